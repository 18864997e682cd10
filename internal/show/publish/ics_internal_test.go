package publish

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzFold states the law of folding: no line is longer than 75 octets or cuts a
// character, and taking the folds out gives the line back.
func FuzzFold(f *testing.F) {
	f.Add("SUMMARY", "short")
	f.Add("DESCRIPTION", strings.Repeat("Ålesund–Žižek, ", 20))
	f.Add("X", strings.Repeat("条", 60))
	f.Fuzz(func(t *testing.T, name, value string) {
		if !utf8.ValidString(name) || !utf8.ValidString(value) || strings.ContainsAny(name+value, "\r\n") || len(name) > 40 {
			t.Skip("not what a property is made of")
		}
		var c calendar
		c.property(name, value)
		text, ended := strings.CutSuffix(c.String(), "\r\n")
		if !ended {
			t.Fatalf("line does not end: %q", text)
		}
		for line := range strings.SplitSeq(text, "\r\n") {
			if len(line) > lineOctets || !utf8.ValidString(line) {
				t.Errorf("line of %d octets: %q", len(line), line)
			}
		}
		if got := strings.ReplaceAll(text, "\r\n ", ""); got != name+":"+value {
			t.Errorf("unfolded %q, want %q", got, name+":"+value)
		}
	})
}
