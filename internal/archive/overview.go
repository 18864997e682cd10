package archive

import (
	"context"

	"readout/storage"
	"readout/timeline"
)

// Overview is the archive in short, with what changed in it since it was looked at
// before. It is for programs that stay up and keep what they derived.
type Overview struct {
	Seq   uint64              // the log stands here
	Heads []*timeline.Release // as [Archive.List] gives them
	// Curated are the series about which decisions have changed, in order.
	Curated []timeline.SeriesID
	// Reread reports that captured bytes were read anew: by other rules, or after a
	// correction. Any release may then differ with its hash unchanged.
	Reread bool

	known map[string]known // by id
}

// known is a release that an overview has.
type known struct {
	digest storage.Hash
	entry  *storage.Entry
}

// Overview returns the archive in short. Given an overview from before, it reads only
// what has changed, and returns old itself where nothing has; old is not changed, and
// the two share the releases that are the same. Nil stands for none.
func (a *Archive) Overview(ctx context.Context, old *Overview) (*Overview, error) {
	if old == nil {
		old = &Overview{Heads: []*timeline.Release{}}
	}
	out := old
	err := a.view(ctx, func(r storage.Reader) error {
		if r.Seq() == old.Seq {
			return nil
		}
		out = &Overview{Seq: r.Seq(), known: make(map[string]known, len(old.known))}
		if err := out.readLog(r, old.Seq); err != nil {
			return err
		}
		return out.readEntries(r, old)
	})
	return out, err
}

// Digest names what the archive says of a release, its versions and captures: equal
// digests, equal answers, unless Reread. It is zero where there is no such release.
func (o *Overview) Digest(id string) storage.Hash { return o.known[id].digest }

// readLog notes what the log says after a number.
func (o *Overview) readLog(r storage.Reader, after uint64) error {
	curated := map[timeline.SeriesID]bool{}
	for e, err := range r.Log(after) {
		if err != nil {
			return err
		}
		switch e.Kind {
		case storage.CurationChanged:
			curated[e.Series] = true
		case storage.ReadingReplaced:
			o.Reread = true
		}
	}
	o.Curated = sortedKeys(curated)
	return nil
}

// readEntries takes the releases that are as they were from old, and reads the rest.
func (o *Overview) readEntries(r storage.Reader, old *Overview) error {
	o.Heads = make([]*timeline.Release, 0, len(old.Heads))
	for d, err := range r.EntryDigests() {
		if err != nil {
			return err
		}
		k, ok := old.known[d.ID]
		if !ok || k.digest != d.Digest {
			e, err := r.Entry(d.ID)
			if err != nil {
				return err
			}
			k = known{d.Digest, e}
		}
		o.known[d.ID] = k
		o.Heads = append(o.Heads, &k.entry.Head)
	}
	timeline.SortReleases(o.Heads)
	return nil
}
