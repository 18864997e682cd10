package storage

import (
	"errors"

	"readout/timeline"
)

// Place says where a reading stands in the catalogue: what a search filters and sorts
// by, so that only what is shown need be decoded.
type Place struct {
	Release   string            `cbor:"1,keyasint"` // id
	Series    timeline.SeriesID `cbor:"2,keyasint,omitempty"`
	Day       timeline.Date     `cbor:"3,keyasint,omitzero"`
	Published timeline.Date     `cbor:"4,keyasint,omitzero"`
	Current   bool              `cbor:"5,keyasint,omitempty"` // it is read as the version seen last
}

func (t *tx) Place(number uint32) (*Place, error) {
	var p Place
	if err := t.load(tPlace, numKey(number), &p); err != nil {
		return nil, err
	}
	return &p, nil
}

func (t *tx) ReleaseOf(key ReadingKey) (string, error) {
	n, err := t.number(key)
	if err != nil {
		return "", err
	}
	p, err := t.Place(n)
	if err != nil {
		return "", err
	}
	return p.Release, nil
}

// setPlaces tells the readings of an entry that they belong to it, or where drop is
// set that they do not any more.
func (t *tx) setPlaces(e *Entry, drop bool) error {
	current := e.Versions[e.Current-1].Reading
	done := map[ReadingKey]bool{}
	for _, v := range e.Versions {
		for _, s := range v.Sightings {
			if done[s.Reading] {
				continue
			}
			done[s.Reading] = true
			p := Place{Release: e.ID, Series: e.Head.Series, Day: e.Head.Day(), Published: e.Head.Published,
				Current: s.Reading == current}
			if err := t.setPlace(s.Reading, p, drop); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *tx) setPlace(key ReadingKey, p Place, drop bool) error {
	n, err := t.number(key)
	if err != nil || n == 0 {
		return err
	}
	if !drop {
		return t.save(tPlace, numKey(n), p)
	}
	old, err := t.Place(n)
	if errors.Is(err, ErrNotFound) || err == nil && old.Release != p.Release {
		return nil // it has another release already
	}
	return t.rows.Delete(tPlace, numKey(n))
}
