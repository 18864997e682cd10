package ask

import (
	"testing"

	"readout/timeline"
)

func TestInTwoLanguages(t *testing.T) {
	text := func(issuer timeline.Party, language string, numbers ...string) *timeline.Release {
		r := &timeline.Release{Issuer: issuer, Language: language}
		for _, n := range numbers {
			r.Sections = append(r.Sections, timeline.Section{Number: n, Heading: "Krill"})
		}
		return r
	}
	a := text("UY", "en", "1", "2")
	for name, tt := range map[string]struct {
		b    *timeline.Release
		want bool
	}{
		"a translation":       {text("UY", "es", "1", "2"), true},
		"one that goes on":    {text("UY", "es", "1", "2", "3"), true},
		"other numbers":       {text("UY", "es", "2", "1"), false},
		"no headings":         {text("UY", "es"), false},
		"the same language":   {text("UY", "en", "1", "2"), false},
		"another issuer":      {text("NO", "nb", "1", "2"), false},
		"an issuer not known": {text("", "es", "1", "2"), false},
	} {
		if got := InTwoLanguages(a, tt.b); got != tt.want {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}
