package archive

import (
	"context"
	"testing"
)

// patient is a context that is over when it was asked so many times whether it is.
type patient struct {
	context.Context
	left int
}

func (p *patient) Err() error {
	if p.left--; p.left < 0 {
		return context.DeadlineExceeded
	}
	return nil
}

// TestSearchGivesUp: a search looks whether it shall go on with every term and every release,
// so that nobody who waits for the store waits longer for it than for one of these.
func TestSearchGivesUp(t *testing.T) {
	a := grown(t, 40)
	cost := func(words string) (asked int, hits int) {
		p := &patient{context.Background(), 1 << 30}
		found, err := a.Search(p, words, SearchFilter{})
		if err != nil {
			t.Fatalf("%q: %v", words, err)
		}
		return 1<<30 - p.left, len(found)
	}
	one, hits := cost("observers")
	three, _ := cost("observers observers observers")
	if hits < 20 || one < 2*hits/3 || three < one+2 {
		t.Fatalf("%d looks for a word with %d hits, %d for three", one, hits, three)
	}
	for n := range one {
		if _, err := a.Search(&patient{context.Background(), n}, "observers", SearchFilter{}); err == nil {
			t.Errorf("a search whose time was over at its look %d of %d goes on to its end", n, one)
		}
	}
}
