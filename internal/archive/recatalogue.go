package archive

import (
	"iter"

	"readout/storage"
)

// recatalogue makes the catalogue agree with the captures and readings, writing
// only the entries that differ.
func recatalogue(w shelf) ([]*storage.Entry, error) {
	entries, err := wanted(w)
	if err != nil {
		return nil, err
	}
	stale := map[string]storage.Hash{}
	for e, err := range w.EntryDigests() {
		if err != nil {
			return nil, err
		}
		stale[e.ID] = e.Digest
	}
	var changed []*storage.Entry
	for _, e := range entries {
		digest, err := e.Digest()
		if err != nil {
			return nil, err
		}
		if kept, ok := stale[e.ID]; !ok || kept != digest {
			changed = append(changed, e)
		}
		delete(stale, e.ID)
	}
	for _, id := range sortedKeys(stale) {
		if err := w.DeleteEntry(id); err != nil {
			return nil, err
		}
	}
	for _, e := range changed {
		if err := w.PutEntry(e); err != nil {
			return nil, err
		}
	}
	return entries, nil
}

// wanted is the catalogue as it ought to be.
func wanted(r rows) ([]*storage.Entry, error) {
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
		readings[reading.Key] = reading
	}
	return catalogue(captures, readings)
}

func collect[T any](seq iter.Seq2[T, error]) ([]T, error) {
	var out []T
	for v, err := range seq {
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}
