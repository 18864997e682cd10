package archive

import (
	"cmp"
	"slices"

	"readout/storage"
)

// catalogue returns the entries of all releases in order of id, given the captures
// of each sequence of bytes. It says what a catalogue is.
func catalogue(captures map[storage.Hash][]storage.Capture, readings map[storage.ReadingKey]*storage.Reading) ([]*storage.Entry, error) {
	seen, err := sightings(captures, readings)
	if err != nil {
		return nil, err
	}
	entries, claims := releases(seen)
	sharing := map[string][]claim{}
	at := map[string][]int{}
	for i, c := range claims {
		sharing[c.base] = append(sharing[c.base], c)
		at[c.base] = append(at[c.base], i)
	}
	taken := func(id string) bool {
		return slices.ContainsFunc(sharing[id], func(c claim) bool { return c.plain(sharing[id]) })
	}
	for base, all := range sharing {
		for k, id := range names(all, taken) {
			e := entries[at[base][k]]
			e.ID, e.Head.ID = id, id
		}
	}
	slices.SortFunc(entries, func(a, b *storage.Entry) int { return cmp.Compare(a.ID, b.ID) })
	return entries, nil
}

// wanted is the catalogue of everything that is kept, as it ought to be.
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
		head := storage.HeadOf(reading.Release)
		reading.Release = &head
		readings[reading.Key] = reading
	}
	return catalogue(captures, readings)
}
