package timeline_test

import (
	"testing"

	"readout/timeline"
)

// TestStem checks that the forms of one word meet, and that words of other beginnings do not.
func TestStem(t *testing.T) {
	same := [][2]string{{"sanctions", "sanction"}, {"negotiating", "negotiations"}, {"электростанции", "электростанция"},
		{"трудовой", "трудовых"}, {"συμφωνία", "συμφωνίας"}, {"дом", "дом"}}
	for _, w := range same {
		if a, b := timeline.Stem(w[0]), timeline.Stem(w[1]); a != b {
			t.Errorf("%s is %s, %s is %s", w[0], a, w[1], b)
		}
	}
	for _, w := range [][2]string{{"газ", "год"}, {"станция", "станок"}, {"harbour", "harvest"}} {
		if a := timeline.Stem(w[0]); a == timeline.Stem(w[1]) {
			t.Errorf("%s and %s are both %s", w[0], w[1], a)
		}
	}
}
