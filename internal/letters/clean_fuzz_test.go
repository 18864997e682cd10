package letters_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"readout/internal/letters"
)

// FuzzClean: what is cleaned steers no terminal and turns no direction, whatever came in, and
// is clean; nothing that is harmless is lost.
func FuzzClean(f *testing.F) {
	for _, s := range []string{"plain", "a\x1b[31mb", "\x1b]0;owned\x07x", "\u202eabc\u202c", "a\r\nb\tc", "\x9b31m", "\u009b31m", "\x1b\x1b[[31mm", "\xff\xfe", "\u2028\u2066", "\x1b[\x1b[mm"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for what, clean := range map[string]string{"CleanLines": letters.CleanLines(s), "Clean": letters.Clean(s)} {
			if !utf8.ValidString(clean) {
				t.Errorf("%s(%q) is not UTF-8", what, s)
			}
			if i := strings.IndexFunc(clean, func(r rune) bool {
				return r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r))
			}); i >= 0 {
				t.Errorf("%s(%q) has %q", what, s, clean[i:])
			}
		}
		if again := letters.CleanLines(letters.CleanLines(s)); again != letters.CleanLines(s) {
			t.Errorf("%q cleaned twice is %q, once %q", s, again, letters.CleanLines(s))
		}
		if letters.Clean(s) != letters.Clean(letters.CleanLines(s)) || strings.ContainsAny(letters.Clean(s), "\n\t") {
			t.Errorf("Clean(%q) = %q", s, letters.Clean(s))
		}
	})
}
