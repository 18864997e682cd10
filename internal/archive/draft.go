package archive

import (
	"encoding/json"
	"fmt"
	"iter"
	"slices"

	"readout/storage"
)

// shelf is what the catalogue needs of a store: a storage.Writer, or a draft.
type shelf interface {
	rows
	CapturesOf(storage.Hash) iter.Seq2[storage.Capture, error]
	Reading(storage.ReadingKey) (*storage.Reading, error)
	EntryDigests() iter.Seq2[storage.EntryDigest, error]
	AddCapture(c storage.Capture, data []byte) (added bool, err error)
	PutReading(r *storage.Reading, terms [][]string) error
	DeleteReading(storage.ReadingKey) error
	PutEntry(*storage.Entry) error
	DeleteEntry(id string) error
}

// rows are what the catalogue is made from.
type rows interface {
	Captures() iter.Seq2[storage.Capture, error]
	Readings() iter.Seq2[*storage.Reading, error]
}

// draft is a store in memory on which a batch is tried before it is written. The
// catalogue depends on everything that is kept, and making it takes far longer than
// writing the few entries that differ; with a draft that is done while others read
// and write. The writes are then repeated on the store, where it still holds what
// the draft was made from.
//
// A draft follows the store by its log, in which every change of captures and
// readings is named. What it wrote itself and could not repeat is read again.
type draft struct {
	seq      uint64 // of the log, to which the draft follows the store
	last     string // the event of that number, by which the store is known again
	captures map[storage.Hash][]storage.Capture
	readings map[storage.ReadingKey]*storage.Reading // heads
	keys     map[storage.Hash][]storage.ReadingKey   // of readings
	digests  map[string]storage.Hash                 // of entries
	doubtful map[storage.Hash]bool                   // bytes of which the store may hold something else
	dirty    bool                                    // it holds what was not committed
	writes   []func(storage.Writer) error            // to commit
}

func newDraft() *draft {
	return &draft{captures: map[storage.Hash][]storage.Capture{}, readings: map[storage.ReadingKey]*storage.Reading{},
		keys: map[storage.Hash][]storage.ReadingKey{}, digests: map[string]storage.Hash{}, doubtful: map[storage.Hash]bool{}}
}

func (d *draft) Captures() iter.Seq2[storage.Capture, error] {
	return func(yield func(storage.Capture, error) bool) {
		for _, rows := range d.captures {
			for _, c := range rows {
				if !yield(c, nil) {
					return
				}
			}
		}
	}
}

func (d *draft) CapturesOf(h storage.Hash) iter.Seq2[storage.Capture, error] {
	return without(slices.Values(d.captures[h]))
}

func (d *draft) Readings() iter.Seq2[*storage.Reading, error] {
	return func(yield func(*storage.Reading, error) bool) {
		for _, r := range d.readings {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// Reading returns the head of a reading; nobody who makes a catalogue needs more.
func (d *draft) Reading(key storage.ReadingKey) (*storage.Reading, error) {
	if r := d.readings[key]; r != nil {
		return r, nil
	}
	return nil, fmt.Errorf("reading %s: %w", key, storage.ErrNotFound)
}

func (d *draft) EntryDigests() iter.Seq2[storage.EntryDigest, error] {
	return func(yield func(storage.EntryDigest, error) bool) {
		for id, digest := range d.digests {
			if !yield(storage.EntryDigest{ID: id, Digest: digest}, nil) {
				return
			}
		}
	}
}

// without yields the values as a sequence that has no errors.
func without[T any](seq iter.Seq[T]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for v := range seq {
			if !yield(v, nil) {
				return
			}
		}
	}
}

// write notes what is to be repeated on the store.
func (d *draft) write(fn func(storage.Writer) error) {
	d.writes, d.dirty = append(d.writes, fn), true
}

func (d *draft) AddCapture(c storage.Capture, data []byte) (bool, error) {
	b, err := json.Marshal(c)
	if err != nil {
		return false, fmt.Errorf("capture %s: %w", c.Name, err)
	}
	var kept storage.Capture // as the store gives it back
	if err := json.Unmarshal(b, &kept); err != nil {
		return false, fmt.Errorf("capture %s: %w", c.Name, err)
	}
	if slices.ContainsFunc(d.captures[c.SHA256], func(k storage.Capture) bool { return compareCaptures(k, kept) == 0 }) {
		return false, nil
	}
	d.doubtful[c.SHA256] = true
	d.captures[c.SHA256] = append(d.captures[c.SHA256], kept)
	d.write(func(w storage.Writer) error {
		_, err := w.AddCapture(c, data)
		return err
	})
	return true, nil
}

func (d *draft) PutReading(r *storage.Reading, terms [][]string) error {
	kept, err := r.Head()
	if err != nil {
		return err
	}
	d.doubtful[r.Key.SHA256()] = true
	d.keep(kept)
	d.write(func(w storage.Writer) error { return w.PutReading(r, terms) })
	return nil
}

func (d *draft) DeleteReading(key storage.ReadingKey) error {
	if d.readings[key] == nil {
		return nil
	}
	d.doubtful[key.SHA256()] = true
	d.forget(key)
	d.write(func(w storage.Writer) error { return w.DeleteReading(key) })
	return nil
}

func (d *draft) PutEntry(e *storage.Entry) error {
	digest, err := e.Digest()
	if err != nil {
		return err
	}
	d.digests[e.ID] = digest
	d.write(func(w storage.Writer) error { return w.PutEntry(e) })
	return nil
}

func (d *draft) DeleteEntry(id string) error {
	delete(d.digests, id)
	d.write(func(w storage.Writer) error { return w.DeleteEntry(id) })
	return nil
}

func (d *draft) keep(r *storage.Reading) {
	if d.readings[r.Key] == nil {
		d.keys[r.Key.SHA256()] = append(d.keys[r.Key.SHA256()], r.Key)
	}
	d.readings[r.Key] = r
}

func (d *draft) forget(key storage.ReadingKey) {
	delete(d.readings, key)
	h := key.SHA256()
	d.keys[h] = slices.DeleteFunc(d.keys[h], func(k storage.ReadingKey) bool { return k == key })
}
