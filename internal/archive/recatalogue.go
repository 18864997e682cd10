package archive

import (
	"encoding/json"
	"iter"

	"readout/storage"
)

// recatalogue makes the catalogue agree with the captures and readings, writing
// only the entries that differ.
func (a *Archive) recatalogue(w storage.Writer) ([]*storage.Entry, error) {
	entries, err := wanted(w)
	if err != nil {
		return nil, err
	}
	stale := map[string]string{}
	for e, err := range w.Entries("") {
		if err != nil {
			return nil, err
		}
		b, err := json.Marshal(e)
		if err != nil {
			return nil, err
		}
		stale[e.ID] = string(b)
	}
	var changed []*storage.Entry
	for _, e := range entries {
		b, err := json.Marshal(e)
		if err != nil {
			return nil, err
		}
		if stale[e.ID] != string(b) {
			changed = append(changed, e)
		}
		delete(stale, e.ID)
	}
	for id := range stale {
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
func wanted(r storage.Reader) ([]*storage.Entry, error) {
	captures, err := collect(r.Captures())
	if err != nil {
		return nil, err
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
