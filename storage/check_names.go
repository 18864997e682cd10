package storage

import (
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"readout/timeline"
)

// Lost is a capture of which a damaged store still knows, but not its bytes.
type Lost struct {
	SHA256     Hash
	CapturedAt time.Time
	Name       string // of the input, or its address, where the row is still there
	// Release, Day and Source name what the bytes were of, where the catalogue can
	// still be read.
	Release string
	Day     timeline.Date
	Source  string
}

// String names what was lost: by release, day and address, or else by when and under
// which name it was captured, or at the worst by its hash.
func (l Lost) String() string {
	where := l.Source
	if where == "" {
		where = l.Name
	}
	when := l.Day.String()
	if when == "" && !l.CapturedAt.IsZero() {
		when = "captured " + l.CapturedAt.UTC().Format(time.RFC3339)
	}
	switch {
	case l.Release == "" && where == "" && when == "":
		return "no release that is known, SHA-256 " + l.SHA256.String()
	case l.Release == "" && where == "":
		return fmt.Sprintf("no release that is known (%s, SHA-256 %s)", when, l.SHA256)
	case l.Release == "":
		return fmt.Sprintf("no release that is known (%s, %s)", when, where)
	case where == "":
		return fmt.Sprintf("%s (%s)", l.Release, when)
	}
	return fmt.Sprintf("%s (%s, %s)", l.Release, when, where)
}

// called says of which release bytes are, by the entries that can be read.
func (t *tx) called() map[Hash]Lost {
	out := map[Hash]Lost{}
	for id, err := range t.EntryIDs("") {
		if err != nil {
			return out
		}
		e, err := t.Entry(id)
		if err != nil || e.ID != id {
			continue
		}
		for _, v := range e.Versions {
			for _, s := range v.Sightings {
				h := s.Reading.SHA256()
				out[h] = Lost{SHA256: h, CapturedAt: s.At.UTC(), Release: e.ID, Day: e.Head.Day(), Source: e.Head.Source}
			}
		}
	}
	return out
}

// of names what bytes are of.
func (c *checker) of(h Hash) string {
	if c.named == nil {
		c.named = c.tx.called()
	}
	l := c.named[h]
	l.SHA256 = h
	for row, err := range c.tx.CapturesOf(h) {
		if err == nil {
			l.CapturedAt, l.Name = row.CapturedAt, row.Name
		}
		break
	}
	return l.String()
}

// ofKey is of for a key that begins with the hash.
func (c *checker) ofKey(key []byte) string {
	var h Hash
	copy(h[:], key)
	return c.of(h)
}

// tell is what an error says, with the release in place of a key that people cannot read.
func (c *checker) tell(err error) string {
	var row *damagedRow
	if !errors.As(err, &row) {
		return err.Error()
	}
	of := ""
	switch n := len(row.key); {
	case (row.table == tCapture || row.table == tGone) && n >= len(Hash{}):
		of = c.ofKey(row.key)
	case row.table == tReading && n == 4, row.table == tPlace && n == 4:
		of = c.ofNumber(binary.BigEndian.Uint32(row.key))
	}
	if of == "" {
		return err.Error()
	}
	return fmt.Sprintf("%v: the %s record of %s has a wrong checksum", ErrDamaged, row.table, of)
}

// ofNumber names what a reading is of, "" where its number leads to nothing.
func (c *checker) ofNumber(number uint32) string {
	var r readingRecord
	if c.tx.load(tReading, numKey(number), &r) == nil {
		return c.of(r.Key.SHA256())
	}
	if p, err := c.tx.Place(number); err == nil {
		return Lost{Release: p.Release, Day: p.Day}.String()
	}
	return ""
}

// lostOf names the captures whose bytes are not in a file any more whose pages do not hold
// together. Nobody writes to the file meanwhile.
func lostOf(path string) (found []string) {
	err := Salvage(path, func(_ Reader, d Damage) error {
		for _, l := range d.Lost {
			found = append(found, fmt.Sprintf("captured bytes of %s are lost", l))
		}
		return nil
	})
	if err != nil {
		found = append(found, err.Error())
	}
	return found
}
