package pattern_test

import (
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/internal/rules/pattern"
)

var exprs = []string{
	``, `^`, `^$`, `^(?:photo|page \d+)\s*$`, `(?i)^(?:[(（\[]?\s*photos?|top|to the top$|©)`, `(?i)^(?:ſk|k)elvin`, `^a?b*`, `^.`, `^(?s:.)b`, `^\bx`, `^x\b`,
	`[\pL.,](\*{1,3}|†{1,2})(?:[\s.]|$)`, `\s*[(（\[][^)）\]]*[)）\]]`, `(?i)\bkelvin|ſ`, `[\x{fffd}*]`, `page \d|†?`, `(?:†x)+|b\*`, `1[0-2]`,
	`^[^a-z]`, `(?m)^b`, `\Ab`, `^a|b`, `(?:^|x)b`, `b$`,
}

// FuzzFind holds a pattern to what package regexp finds.
func FuzzFind(f *testing.F) {
	for _, s := range []string{"", "b", "ab", "aab", "Photo", "to the top", "Kosovo* (and † others).", "（1)", "a\xff*", "page 3", "x b", "\nb", "Kelvin", "ſKELVIN", "K\xe2", "\xff\xfe", "(Photo", "tö"} {
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
			if d := cmp.Diff(want.FindAllStringSubmatch(s, -1), p.FindAllStringSubmatch(s, -1)); d != "" {
				t.Errorf("%q in %q: all matches (-want +got):\n%s", exprs[i], s, d)
			}
			if got, want := p.ReplaceAllString(s, "<$0>"), want.ReplaceAllString(s, "<$0>"); got != want {
				t.Errorf("%q in %q: replaced %q, want %q", exprs[i], s, got, want)
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
