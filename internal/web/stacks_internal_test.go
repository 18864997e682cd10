package web

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"readout/internal/archive"
	"readout/timeline"
)

// bookseller has a series of one release for every id, and counts how often one was read.
type bookseller struct {
	Source
	read map[timeline.SeriesID]int
}

func (b *bookseller) Series(_ context.Context, id timeline.SeriesID, _ archive.SeriesOptions) (*archive.Series, error) {
	b.read[id]++
	r := &timeline.Release{ID: string(id), Text: strings.Repeat("x", 1<<20)}
	return &archive.Series{ID: id, Releases: []*timeline.Release{r}, Topics: timeline.Link([]*timeline.Release{r}, timeline.LinkOptions{})}, nil
}

// What is kept of series is bounded: the one that was asked for longest ago is read anew.
func TestSeriesAreKeptWithinABound(t *testing.T) {
	const room = 3 // series of 4 MB
	source := &bookseller{read: map[timeline.SeriesID]int{}}
	st := newStacks(room*4<<20 + 1<<20)
	shelves := map[int]*shelf{}
	open := func(i int) {
		t.Helper()
		if shelves[i] == nil {
			shelves[i] = &shelf{id: timeline.SeriesID(fmt.Sprint(i)), stacks: st, errands: new(errands)}
		}
		v, err := shelves[i].open(t.Context(), source)
		if err != nil || v == nil || v.ID != shelves[i].id {
			t.Fatalf("series %d: %v, %v", i, v, err)
		}
	}
	for _, i := range []int{0, 1, 2, 0, 1, 2} {
		open(i)
	}
	for i, n := range source.read {
		if n != 1 {
			t.Errorf("series %s, of as many as there is room for, was read %d times", i, n)
		}
	}
	open(0)
	open(3) // 1 was asked for longest ago
	open(0)
	open(2)
	if source.read["0"] != 1 || source.read["2"] != 1 {
		t.Errorf("read %v, want the series that were asked for lately once", source.read)
	}
	open(1)
	if source.read["1"] != 2 {
		t.Errorf("read %v, want 1 read anew", source.read)
	}
	if st.size > st.limit {
		t.Errorf("%d bytes are kept, more than %d", st.size, st.limit)
	}
}
