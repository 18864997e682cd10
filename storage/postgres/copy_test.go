package postgres_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"readout/storage"
	"readout/storage/postgres"
	"readout/storage/postgres/clustertest"
	"readout/storage/storagetest"
)

// A copy that breaks off, wherever that is, leaves no store that is taken for a whole one,
// and goes on where it is made again.
func TestCopyBreaksOff(t *testing.T) {
	server := clustertest.Start(t, fast...)
	file := func(name string) *storage.DB {
		db, err := storage.Open(filepath.Join(t.TempDir(), name), storage.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return db
	}
	source := file("from.db")
	storagetest.Update(t, source, func(w storage.Writer) error { return storagetest.Put(w, storagetest.Samples(20, 2, 1)...) })
	for _, x := range []struct {
		name string
		step int  // in round trips, from one try to the next
		down bool // from the server
	}{{"to the server", 9, false}, {"from the server", 5, true}} {
		t.Run(x.name, func(t *testing.T) {
			cuts := 0
			for over := false; !over; cuts++ {
				wire, url := server.Wire(t)
				// Who is cut off gives up soon; who comes after it waits, however slow the machine is.
				far, patient := openAt(t, url, postgres.Options{LockTimeout: 50 * time.Millisecond}), openAt(t, url, postgres.Options{})
				from, to, again := source, far, [2]*storage.DB{source, patient}
				if x.down {
					if err := storage.Copy(t.Context(), source, patient, storage.CopyOptions{}); err != nil {
						t.Fatal(err)
					}
					from, to = far, file("to.db")
					again = [2]*storage.DB{patient, to}
				}
				wire.CutAt(clustertest.Cut{Trip: wire.Trips() + 1 + x.step*cuts, Heard: cuts%2 == 1, Stay: true})
				err := storage.Copy(t.Context(), from, to, storage.CopyOptions{})
				if over = !wire.WasCut(); over && err != nil {
					t.Errorf("it was not cut: %v", err)
				}
				wire.Mend()
				copyAgain(t, again[0], again[1])
				far.Close()
				patient.Close()
			}
			if cuts < 5 {
				t.Errorf("it was cut in %d places", cuts-1)
			}
		})
	}
}

// copyAgain makes a copy that may have been broken off.
func copyAgain(t *testing.T, from, to *storage.DB) {
	t.Helper()
	there := to.Exists()
	if there != nil && !errors.Is(there, storage.ErrNoStore) && !errors.Is(there, storage.ErrVersion) {
		t.Fatalf("a copy that was broken off: %v", there)
	}
	err := storage.Copy(t.Context(), from, to, storage.CopyOptions{})
	if stands := errors.Is(err, storage.ErrStands); stands != (there == nil) || err != nil && !stands {
		t.Fatalf("a copy that was broken off (%v) is made again: %v", there, err)
	}
	if same, err := storage.Same(t.Context(), from, to); err != nil || !same {
		t.Fatalf("the copy is the same: %t, %v", same, err)
	}
}
