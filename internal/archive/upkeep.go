package archive

import (
	"context"
	"errors"
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
		c := &audit{ctx: ctx, r: r}
		if err := c.run(); err != nil {
			return err
		}
		faults, err := treeFaults(r)
		found = slices.Concat(c.found, faults)
		return err
	})
	return found, err
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
		s = Stats{
			Releases:   n.Releases,
			Versions:   n.Versions,
			Captures:   n.Captures,
			Statements: n.Statements,
			Series:     n.Series,
			Events:     r.Seq(),
		}
		s.First, s.Last, err = r.Days()
		return err
	})
	return s, err
}
