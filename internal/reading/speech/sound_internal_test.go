package speech

import (
	"math/rand/v2"
	"testing"
)

// A glance tells only words apart that more than two letters part.
func TestGlanceIsABound(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	word := func(n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = "aeknst-"[r.IntN(7)]
		}
		return string(b)
	}
	told := 0
	for range 20_000 {
		a, b := word(1+r.IntN(8)), word(1+r.IntN(8))
		if farApart(a, b) {
			told++
			if d := distance([]rune(a), []rune(b)); d <= mostApart {
				t.Fatalf("%q and %q are taken to be far apart; %d letters differ", a, b, d)
			}
		}
	}
	if told == 0 {
		t.Error("no two words are told apart at a glance")
	}
}

// Everybody named in a long text is compared with everybody: to tell two names apart costs nothing but the look.
func TestNamesAreToldApartWithoutAllocating(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { sameSound("vinje", "quispe") }); n > 0 {
		t.Errorf("two names are told apart with %.0f allocations, want 0", n)
	}
}
