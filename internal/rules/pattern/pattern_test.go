package pattern_test

import (
	"regexp"
	"slices"
	"testing"

	"readout/internal/rules/pattern"
)

var exprs = []string{
	``, `^`, `^$`, `^(?:photo|page \d+)\s*$`, `(?i)^(?:[(（\[]?\s*photos?|top|to the top$|©)`, `(?i)^(?:ſk|k)elvin`, `^a?b*`, `^.`, `^(?s:.)b`, `^\bx`, `^x\b`,
	`^[^a-z]`, `(?m)^b`, `\Ab`, `^a|b`, `(?:^|x)b`, `b$`,
}

// FuzzFind holds a pattern to what package regexp finds.
func FuzzFind(f *testing.F) {
	for _, s := range []string{"", "b", "ab", "aab", "Photo", "to the top", "page 3", "x b", "\nb", "Kelvin", "ſKELVIN", "K\xe2", "\xff\xfe", "(Photo", "tö"} {
		f.Add(s)
	}
	ps := make([]*pattern.Pattern, len(exprs))
	for i, e := range exprs {
		ps[i] = pattern.New(e)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for i, p := range ps {
			want := regexp.MustCompile(exprs[i])
			if got, want := p.MatchString(s), want.MatchString(s); got != want {
				t.Errorf("%q in %q: match %v, want %v", exprs[i], s, got, want)
			}
			if got, want := p.FindString(s), want.FindString(s); got != want {
				t.Errorf("%q in %q: found %q, want %q", exprs[i], s, got, want)
			}
			if got, want := p.FindStringIndex(s), want.FindStringIndex(s); !slices.Equal(got, want) {
				t.Errorf("%q in %q: found at %v, want %v", exprs[i], s, got, want)
			}
			if got, want := p.FindStringSubmatchIndex(s), want.FindStringSubmatchIndex(s); !slices.Equal(got, want) {
				t.Errorf("%q in %q: groups at %v, want %v", exprs[i], s, got, want)
			}
		}
	})
}

// TestInvalid says that a mistake shows when the pattern is used.
func TestInvalid(t *testing.T) {
	p := pattern.New("(")
	defer func() {
		if recover() == nil {
			t.Error("an invalid pattern was used without a panic")
		}
	}()
	p.MatchString("x")
}
