package speech

import (
	"slices"
	"testing"
)

// FuzzPlaces: that most texts are passed over by the letters of their words changes no place
// that a pattern of a language finds.
func FuzzPlaces(f *testing.F) {
	for _, s := range []string{
		"Die beiden Minister vereinbarten, die Krillquote zu überprüfen.", "Les deux ministres sont convenus de réexaminer le quota.",
		"両外相は、オキアミの漁獲枠を見直すことで一致した。", "双方一致同意重新审议磷虾配额。", "양 장관은 크릴 쿼터를 재검토하기로 합의하였다.",
		"Министры договорились пересмотреть квоту.", "اتفق الوزيران على مراجعة الحصة.", "Οι δύο υπουργοί συμφώνησαν.", "İki bakan kotayı gözden geçirmek için anlaştı.", "", "a",
	} {
		f.Add(s)
	}
	all := map[string][]*wordPattern{} // made before, since a fuzzer gives up on what takes ten seconds
	lex := Default()
	for language := range lex.lines {
		tongue := lex.tongue(language)
		for _, v := range tongue.verbs {
			all[language] = append(all[language], v.pattern)
		}
		for _, p := range tongue.by {
			all[language] = append(all[language], p)
		}
	}
	f.Fuzz(func(t *testing.T, s string) {
		for language, patterns := range all {
			for _, p := range patterns {
				if got, want := p.places(s), p.search(s); !slices.Equal(got, want) {
					t.Errorf("%s: %q finds %v in %q, want %v", language, p, got, s, want)
				}
			}
		}
	})
}
