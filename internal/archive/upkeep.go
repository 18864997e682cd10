package archive

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"readout/storage"
	"readout/timeline"
)

// Check returns everything that is wrong with the archive, in words, nil for
// nothing: what the store finds in its file, and a catalogue or reading that
// disagrees with the captures.
func (a *Archive) Check(ctx context.Context) ([]string, error) {
	found, err := a.file.Check(ctx)
	if errors.Is(err, storage.ErrNoStore) {
		return nil, nil
	}
	if err != nil || len(found) > 0 {
		return found, err
	}
	err = a.view(ctx, func(r storage.Reader) error {
		want, err := wanted(r)
		if err != nil {
			return err
		}
		have, err := collect(r.Entries(""))
		if err != nil {
			return err
		}
		found = append(disagreements(want, have), orphans(r, have)...)
		loose, err := looseNotes(r, want)
		if err != nil {
			return err
		}
		faults, err := treeFaults(r)
		found = slices.Concat(found, loose, faults)
		return err
	})
	return found, err
}

// wanted is the catalogue as it ought to be.
func wanted(r storage.Reader) ([]*storage.Entry, error) {
	captures := map[storage.Hash][]storage.Capture{}
	for c, err := range r.Captures() {
		if err != nil {
			return nil, err
		}
		captures[c.SHA256] = append(captures[c.SHA256], c)
	}
	readings := map[storage.ReadingKey]*storage.Reading{}
	for reading, err := range r.Readings() {
		if err != nil {
			return nil, err
		}
		head := headOf(reading.Release)
		reading.Release = &head
		readings[reading.Key] = reading
	}
	return catalogue(captures, readings)
}

// disagreements compares the catalogue with what it ought to be.
func disagreements(want, have []*storage.Entry) (found []string) {
	kept := map[string]string{}
	for _, e := range have {
		b, _ := json.Marshal(e) // it came out of JSON
		kept[e.ID] = string(b)
	}
	for _, e := range want {
		b, err := json.Marshal(e)
		switch got, ok := kept[e.ID]; {
		case err != nil:
			found = append(found, err.Error())
		case !ok:
			found = append(found, fmt.Sprintf("release %s is missing from the catalogue", e.ID))
		case got != string(b):
			found = append(found, fmt.Sprintf("release %s stands wrongly in the catalogue", e.ID))
		}
		delete(kept, e.ID)
	}
	for _, e := range have {
		if _, ok := kept[e.ID]; ok {
			found = append(found, fmt.Sprintf("release %s is in the catalogue without a capture", e.ID))
		}
	}
	return found
}

// looseNotes compares the notes by which the catalogue is kept with what they ought to
// be for its entries.
func looseNotes(r storage.Reader, entries []*storage.Entry) (found []string, err error) {
	claims, ties := 0, 0
	for _, e := range entries {
		k := claim{base: e.Base, sum: sha256.Sum256([]byte(e.Identity))}.key()
		if h, err := holdingOf(r, k); err != nil || h.id != e.ID {
			found = append(found, fmt.Sprintf("release %s is not noted beside those that want the id %s", e.ID, e.Base))
		}
	}
	for _, err := range r.Notes(kindClaim, "") {
		if err != nil {
			return found, err
		}
		claims++
	}
	if claims != len(entries) {
		found = append(found, fmt.Sprintf("%d claims to an id are noted for %d releases", claims, len(entries)))
	}
	for n, err := range r.Notes(kindTied, "") {
		if err != nil {
			return found, err
		}
		b, err := decodeBond(n.Value)
		if err != nil {
			return found, err
		}
		ties += len(b.ties)
		for _, tie := range b.ties {
			if _, err := r.Note(kindTie, tie+n.Key); err != nil {
				found = append(found, fmt.Sprintf("bytes %x are not noted under what ties them to others", n.Key))
			}
		}
	}
	for _, err := range r.Notes(kindTie, "") {
		if err != nil {
			return found, err
		}
		ties--
	}
	if ties != 0 {
		found = append(found, "some bytes are noted under what does not tie them to others")
	}
	return found, nil
}

// orphans names captures that no release has.
func orphans(r storage.Reader, entries []*storage.Entry) (found []string) {
	held := map[storage.Hash]bool{}
	for _, e := range entries {
		for _, v := range e.Versions {
			for _, s := range v.Sightings {
				held[s.Reading.SHA256()] = true
			}
		}
	}
	for c, err := range r.Captures() {
		if err != nil {
			return append(found, err.Error())
		}
		if !held[c.SHA256] {
			found = append(found, fmt.Sprintf("capture %s (%s) is in no release", c.SHA256, c.Name))
		}
	}
	return found
}

// Backup writes a copy of the store to path while it stays in use.
func (a *Archive) Backup(ctx context.Context, path string) error { return a.file.Backup(ctx, path) }

// Compact gives back the room that the store no longer needs and returns its size
// before and after, in bytes.
func (a *Archive) Compact(ctx context.Context) (before, after int64, err error) {
	return a.file.Compact(ctx)
}

// Size is how many bytes the store takes where it is kept.
func (a *Archive) Size(ctx context.Context) (int64, error) { return a.file.Size(ctx) }

// Claim holds a name among all who share the store, and reports whether it got it, and
// how to let it go. A file is shared by one machine, whose callers use lock files.
func (a *Archive) Claim(ctx context.Context, name string) (release func(), got bool, err error) {
	return a.file.Claim(ctx, name)
}

// Warnings says in words which settings of a server put the store at risk, nil for none.
func (a *Archive) Warnings(ctx context.Context) ([]string, error) { return a.file.Warnings(ctx) }

// Stats are counts of what the archive keeps.
type Stats struct {
	Releases   int           `json:"releases"`
	Versions   int           `json:"versions"`
	Captures   int           `json:"captures"`
	Statements int           `json:"statements"`
	Series     int           `json:"series"`
	First      timeline.Date `json:"first"`
	Last       timeline.Date `json:"last"`
	Events     uint64        `json:"events"` // lines of the log of changes
}

// Stats counts what is kept. Statements are those of current versions.
func (a *Archive) Stats(ctx context.Context) (Stats, error) {
	var s Stats
	err := a.view(ctx, func(r storage.Reader) error {
		n, err := r.Counts()
		if err != nil {
			return err
		}
		s = Stats{Releases: n.Releases, Versions: n.Versions, Captures: n.Captures, Statements: n.Statements, Series: n.Series, Events: r.Seq()}
		s.First, s.Last, err = r.Days()
		return err
	})
	return s, err
}
