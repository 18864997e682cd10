package speech

import (
	"testing"

	"readout/internal/reading/names"
	"readout/timeline"
)

// FuzzMayAct holds the quick look at a token to what is read there.
func FuzzMayAct(f *testing.F) {
	for _, s := range []string{
		"The two leaders and senior officials from both countries met.", "leaders agreed; officials will follow",
		"& Minister Arden said that she & he spoke", "Chile's foreign minister, the late Dr. Tolva, and his Chilean counterpart",
		"of all the sides, each party; under Secretary Ostra", "this phone call, that conversation, our partnership, Santiago",
	} {
		f.Add(s)
	}
	g, lex := names.Default(), Default()
	f.Fuzz(func(t *testing.T, s string) {
		c := &cast{lex: lex, gaz: g, parties: []timeline.Party{"CL", "IS"}, home: "IS", words: map[string]bool{}}
		r := c.read(s)
		for i := 0; i < len(r.toks); {
			a, ok := c.actor(r, i)
			if ok && !r.mayAct(i) {
				t.Errorf("an actor begins at token %d (%q) of %q", i, r.word(i), s)
			}
			i = max(i+1, a.end)
		}
		for i := 0; i < len(r.toks); {
			n, ok := r.naming(i)
			if ok && !r.mayName(i) {
				t.Errorf("a naming begins at token %d (%q) of %q", i, r.word(i), s)
			}
			i = max(i+1, n.end)
		}
	})
}
