package archive

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"readout/storage"
)

// attempts is how often a batch is tried on a draft before it is worked out while
// the store is held. Each time some other program wrote in between.
const attempts = 3

// errMoved undoes a transaction that found another store than its draft has.
var errMoved = errors.New("the store has moved on")

// commit repeats the writes of the draft on the store. It returns errMoved, and
// writes nothing, where the store has captures or readings that the draft has not.
func (d *draft) commit(ctx context.Context, db engine) error {
	if !d.dirty {
		return nil
	}
	var seq uint64
	var last string
	err := db.Update(ctx, func(w storage.Writer) error {
		if moved, err := d.moved(w); err != nil {
			return err
		} else if moved == nil || len(moved) > 0 {
			return errMoved
		}
		for _, write := range d.writes {
			if err := write(w); err != nil {
				return err
			}
		}
		var err error
		seq, last, err = lastEvent(w)
		return err
	})
	d.writes = nil
	if err != nil {
		return err
	}
	d.seq, d.last, d.dirty = seq, last, false
	clear(d.doubtful)
	return nil
}

// moved returns the bytes of which the store was told something since the draft
// read it, nil where it is another store altogether.
func (d *draft) moved(r storage.Reader) (map[storage.Hash]bool, error) {
	out := map[storage.Hash]bool{}
	known := d.seq == 0
	for e, err := range r.Log(max(d.seq, 1) - 1) {
		switch {
		case err != nil:
			return nil, err
		case e.Seq == d.seq:
			known = eventName(e) == d.last
		case e.Kind == storage.CaptureAdded:
			out[e.Capture.SHA256] = true
		case e.Kind == storage.ReadingReplaced:
			out[e.Reading.SHA256()] = true
		}
	}
	if !known {
		return nil, nil
	}
	return out, nil
}

func lastEvent(r storage.Reader) (seq uint64, name string, err error) {
	if seq = r.Seq(); seq == 0 {
		return 0, "", nil
	}
	for e, err := range r.Log(seq - 1) {
		return seq, eventName(e), err
	}
	return seq, "", nil
}

func eventName(e storage.Event) string {
	b, err := json.Marshal(e)
	if err != nil {
		return "" // it came out of JSON
	}
	return string(b)
}

// follow makes the draft hold what the store holds.
func (a *Archive) follow(ctx context.Context, d *draft) error {
	var all sealedRows
	there := false
	err := a.view(ctx, func(r storage.Reader) (err error) {
		there = true
		moved, err := d.moved(r)
		switch {
		case err != nil:
			return err
		case moved == nil || d.seq == 0:
			*d = *newDraft()
			if all, err = sealedFrom(r); err != nil {
				return err
			}
		case len(moved) == 0 && !d.dirty:
			return d.note(r)
		default:
			maps.Copy(moved, d.doubtful)
			for h := range moved {
				if err := d.reread(r, h); err != nil {
					return err
				}
			}
		}
		clear(d.digests)
		for e, err := range r.EntryDigests() {
			if err != nil {
				return err
			}
			d.digests[e.ID] = e.Digest
		}
		return d.note(r)
	})
	if err != nil {
		return err
	}
	if !there {
		*d = *newDraft()
	}
	return d.open(all)
}

// note marks the draft as holding what the store holds now.
func (d *draft) note(r storage.Reader) (err error) {
	d.seq, d.last, err = lastEvent(r)
	d.dirty, d.writes = false, nil
	clear(d.doubtful)
	return err
}

// reread takes all that is kept of some bytes from the store.
func (d *draft) reread(r storage.Reader, h storage.Hash) error {
	rows, err := collect(r.CapturesOf(h))
	if err != nil {
		return err
	}
	strands, err := strandsOf(rows)
	if err != nil {
		return err
	}
	for _, key := range slices.Clone(d.keys[h]) {
		d.forget(key)
	}
	d.captures[h] = rows
	for _, s := range strands {
		reading, err := r.Reading(s.key)
		if errors.Is(err, storage.ErrNotFound) {
			continue
		} else if err != nil {
			return err
		}
		if reading, err = reading.Head(); err != nil {
			return err
		}
		d.keep(reading)
	}
	return nil
}

// sealedRows are all captures and readings of a store, to be decoded.
type sealedRows struct {
	captures []storage.Sealed[storage.Capture]
	readings []storage.Sealed[*storage.Reading]
}

func sealedFrom(r storage.Reader) (all sealedRows, err error) {
	if all.captures, err = collect(r.SealedCaptures()); err != nil {
		return all, err
	}
	all.readings, err = collect(r.SealedReadings())
	return all, err
}

// open puts rows into the draft. It does not hurry: the other processors belong to
// those who read.
func (d *draft) open(all sealedRows) error {
	for _, s := range all.captures {
		c, err := s()
		if err != nil {
			return err
		}
		d.captures[c.SHA256] = append(d.captures[c.SHA256], c)
	}
	for _, s := range all.readings {
		r, err := s()
		if err != nil {
			return err
		}
		d.keep(r)
	}
	return nil
}
