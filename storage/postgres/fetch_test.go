package postgres_test

import (
	"fmt"
	"testing"

	"readout/storage"
	"readout/storage/postgres"
	"readout/storage/postgres/clustertest"
	"readout/storage/storagetest"
	"readout/timeline"
)

// The releases of many series come for a few answers: of series that are empty, that
// stand last in the table, and that have more than comes at once.
func TestMembersComeTogether(t *testing.T) {
	server := clustertest.Start(t, fast...)
	wire, url := server.Wire(t)
	opened := func() *storage.DB {
		db := openAt(t, url, postgres.Options{})
		return db
	}
	const long = 1200
	sizes := map[timeline.SeriesID]int{"AA-BB": long, "AA-CC": 0, "AA-DD": 1024, "XX-YY": 1, "YY-ZZ": 30}
	samples := storagetest.Samples(long, 1, 1)
	storagetest.Update(t, opened(), func(w storage.Writer) error {
		for id, size := range sizes {
			for i := range size {
				e := *samples[i].Entry
				e.ID, e.Identity, e.Head.Series = fmt.Sprintf("%s-%04d", id, i), fmt.Sprint(id, i), id
				e.Head.ID = e.ID
				if err := w.PutEntry(&e); err != nil {
					return err
				}
			}
		}
		return nil
	})
	ids := []timeline.SeriesID{"AA-BB", "AA-CC", "AA-DD", "XX-YY", "YY-ZZ"}
	before := wire.Trips()
	storagetest.View(t, opened(), func(r storage.Reader) error {
		if err := r.Ahead(storage.Soon{Members: ids}); err != nil {
			return err
		}
		for _, id := range ids {
			n := 0
			for e, err := range r.EntriesOf(id) {
				if err != nil {
					return err
				}
				if e.Head.Series != id {
					t.Errorf("a release of %s among those of %s", e.Head.Series, id)
				}
				n++
			}
			if n != sizes[id] {
				t.Errorf("%s has %d releases, want %d", id, n, sizes[id])
			}
		}
		return nil
	})
	// To begin and to end, the index, what is behind its first thousand, and entries by
	// the five hundred.
	if trips := wire.Trips() - before; trips > 14 {
		t.Errorf("%d round trips", trips)
	}
}
