package reading

import (
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

func TestSentences(t *testing.T) {
	a := Default().abbreviations
	tests := []struct{ name, in string }{
		{"plain", "The two sides met.|They agreed on a map.|Was it signed?|Yes!|It was."},
		{"titles", "Mr. Orsel met H.E. Dr. Anna Bryn, Prof. Lutz and St. Gallen's Gov. Hahn.|They talked."},
		{"initials", "Premier Tobias R. Quill spoke.|J. R. Quill listened."},
		{"junior", "President Tobias R. Quill, Jr. spoke today with Ms. Hahn.|President Tobias Quill, Jr. The rest followed."},
		{"acronym inside", "The U.S. President and the U.S. Congress agreed."},
		{"asides", "They read the U.S. (Treasury) figures, approx. [3] of them, and J. R. (Bob) Quill's."},
		{"acronym at the end", "They went to the U.S.|The leaders agreed."},
		{"time", "It began at 9 a.m. and ended at 2 p.m.|The lunch followed at 3 p.m. Korea time."},
		{"numbers", "It cost 3.5 million under No. 12.|In 2031.|They paid."},
		{"brackets", "They will meet (the day is open. It will be fixed later.) in May.|They parted."},
		{"open bracket", "They agreed (in part.|Then they left."},
		{"quotation", "She called it “a start. A good one.” and left.|“It is late.|We go.”|He agreed."},
		{"closing quote", "He said “no.”|She said \"yes.\"|They parted."},
		{"small letter", "They signed the memo. and left."},
		{"ellipsis", "They talked ... and talked.|They left..."},
		{"japanese", "両外相は会談した。|次回は「来年。春」に行う。|以上。"},
		{"german", "Sie trafen sich am 5. Mai in Bern.|Es war der 6.|Danach reiste er ab."},
		{"magnitudes", "Der Beitrag beläuft sich auf rund 66 Mio. Franken pro Jahr.|Die Seiten einigten sich auf 3 Mrd.|Die Zahlung folgt."},
		{"numbered", "They agreed on krill quota no. 4 in the south and art. 7 of it.|Was that so?|The answer was no.|They left."},
		{"no space", "(1)The ministers met.The text is garbled."},
		{"no mark", "They met in the port"},
		{"line breaks", "They met\nat sea.|They\nagreed."},
		{"semicolons", "They agreed: first, to talk; second, to listen."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := strings.Split(tt.in, "|")
			in := strings.Join(want, " ")
			if tt.name == "japanese" {
				in = strings.Join(want, "")
			}
			if tt.name == "junior" {
				want = []string{want[0], "President Tobias Quill, Jr.", "The rest followed."}
			}
			var got []string
			for _, s := range a.sentences(in) {
				got = append(got, in[s.start:s.end])
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("sentences(%q) (-want +got):\n%s", in, diff)
			}
		})
	}
}

func FuzzSentences(f *testing.F) {
	a := Default().abbreviations
	f.Add("Mr. A met “B. C.” (D. E.) at 3 p.m. Then? 終わり。はい")
	f.Add("\xff. . A.\u00a0B\n")
	f.Fuzz(func(t *testing.T, s string) {
		var kept strings.Builder
		last := 0
		for _, sp := range a.sentences(s) {
			if sp.start < last || sp.end <= sp.start || sp.end > len(s) {
				t.Fatalf("sentences(%q): span %v after %d", s, sp, last)
			}
			text := s[sp.start:sp.end]
			if text != strings.TrimSpace(text) {
				t.Fatalf("sentences(%q): span %q is not trimmed", s, text)
			}
			if strings.TrimFunc(s[last:sp.start], unicode.IsSpace) != "" {
				t.Fatalf("sentences(%q): %q is in no sentence", s, s[last:sp.start])
			}
			kept.WriteString(text)
			last = sp.end
		}
		if strings.TrimFunc(s[last:], unicode.IsSpace) != "" {
			t.Fatalf("sentences(%q): %q is in no sentence", s, s[last:])
		}
	})
}
