package archive

import (
	"context"
	"errors"

	"readout/storage"
)

// News is what came into the archive after a point of its log.
type News struct {
	Seq      uint64    // the log stands here; give it to Remember once the news was delivered
	Releases []Changed // in order of id
}

// Changed is a release of which something was captured.
type Changed struct {
	ID       string
	New      bool  // nothing of it was there before
	Versions []int // its versions that were not there before, in order
}

// Since returns the releases and versions that came in after the given number of
// the log. Readings that changed because rules changed are not news.
func (a *Archive) Since(ctx context.Context, seq uint64) (News, error) {
	news := News{Releases: []Changed{}}
	err := a.view(ctx, func(r storage.Reader) error {
		news.Seq = r.Seq()
		before := map[storage.Hash]bool{} // bytes that were there
		for e, err := range r.Log(0) {
			if err != nil {
				return err
			}
			if e.Seq > seq {
				break
			}
			if e.Kind == storage.CaptureAdded {
				before[e.Capture.SHA256] = true
			}
		}
		for e, err := range r.Entries("") {
			if err != nil {
				return err
			}
			c := Changed{ID: e.ID, New: true}
			for _, v := range e.Versions {
				known := false
				for _, s := range v.Sightings {
					known = known || before[s.Reading.SHA256()]
				}
				if known {
					c.New = false
				} else {
					c.Versions = append(c.Versions, v.Number)
				}
			}
			if len(c.Versions) > 0 {
				news.Releases = append(news.Releases, c)
			}
		}
		return nil
	})
	return news, err
}

// Remembered returns how far the reader called name has got in the log, 0 for one
// that was never remembered.
func (a *Archive) Remembered(ctx context.Context, name string) (uint64, error) {
	var seq uint64
	err := a.view(ctx, func(r storage.Reader) (err error) {
		seq, err = r.Mark(name)
		return err
	})
	if errors.Is(err, storage.ErrNotFound) {
		return 0, nil
	}
	return seq, err
}

// Remember keeps how far the reader called name has got.
func (a *Archive) Remember(ctx context.Context, name string, seq uint64) error {
	return a.db.Update(ctx, func(w storage.Writer) error { return w.SetMark(name, seq) })
}
