package pattern_test

import (
	"testing"

	"readout/internal/rules/pattern"
)

func TestFindWords(t *testing.T) {
	p := pattern.Words([]string{`state visits?`, `visit`, `(?:phone|video) call`, `\d+ talks`, `treffen\pL*`, `^opening`, `visit to hamm`}, []string{`会談`, `電話(?:会談)?`})
	for _, tt := range []struct{ text, want string }{
		{"A State Visit to Hamm", "State Visit"},
		{"a visit to Hamm", "visit"}, // of two expressions at one place the first decides
		{"revisit", ""},
		{"visits", ""},
		{"visit1", ""},
		{"visit_1", "visit"},
		{"(visit)", "visit"},
		{"the video call, then a visit", "video call"},
		{"VIſIT", "VIſIT"}, // the long s is an s in any case
		{"Two 12 talks", "12 talks"},
		{"ein Treffens", "Treffens"},
		{"opening", "opening"},
		{"the opening", ""},
		{"日米電話会談", "電話会談"},
		{"visit、会談", "visit"},
		{"x会談 visit", "会談"},
		{"", ""},
	} {
		got := ""
		if m := p.FindWords(tt.text); m != nil {
			got = tt.text[m[0]:m[1]]
		}
		if got != tt.want {
			t.Errorf("FindWords(%q) = %q, want %q", tt.text, got, tt.want)
		}
		if m := p.Regexp().FindStringIndex(tt.text); (m != nil) != (tt.want != "") {
			t.Errorf("the expression of all words in %q: %v, want a match for %q", tt.text, m, tt.want)
		}
	}
	if m := pattern.Words(nil, nil).FindWords("anything"); m != nil {
		t.Errorf("no words are found at %v", m)
	}
}

func TestOpenings(t *testing.T) {
	p := pattern.Openings([]string{`photo(?:graph)?\b`, `[(（]end`, `\d+ of \d+$`})
	for text, want := range map[string]bool{"Photograph: Hamm": true, "photos": false, "a photo": false, "（END）": true, "3 of 12": true, "3 of 12 seals": false, "": false} {
		if got := p.MatchString(text); got != want {
			t.Errorf("MatchString(%q) = %v, want %v", text, got, want)
		}
	}
}
