package storage

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"time"
)

// Fetch is what whoever fetches documents wants to know next time about an
// address, a source or a host. It is neither primary data nor derived from any: to
// lose it costs requests, not releases.
type Fetch struct {
	Key string // an address, or a name of the caller's making
	// Due is when to look again; zero for never. It stands apart from the notes
	// so that those of what is not due need not be understood.
	Due time.Time
	// Standing is how things stand, in a word of the caller's; where it is
	// another than before, the log says so.
	Standing string
	Notes    []byte // the caller's own; the store does not look inside
}

func (f Fetch) encode() []byte {
	b := appendTime(nil, f.Due)
	b = append(append(b, f.Standing...), 0)
	return append(b, f.Notes...)
}

func decodeFetch(key string, b []byte) (Fetch, error) {
	if len(b) < timeSize {
		return Fetch{}, fmt.Errorf("%w: %s record %q", ErrDamaged, tFetch, key)
	}
	standing, notes, ok := bytes.Cut(b[timeSize:], []byte{0})
	if !ok {
		return Fetch{}, fmt.Errorf("%w: %s record %q", ErrDamaged, tFetch, key)
	}
	return Fetch{Key: key, Due: timeIn(b), Standing: string(standing), Notes: bytes.Clone(notes)}, nil
}

// Fetches yields all that is noted about fetching, in order of key.
func (t *tx) Fetches() iter.Seq2[Fetch, error] {
	return func(yield func(Fetch, error) bool) {
		for row, err := range t.scan(tFetch, nil) {
			var f Fetch
			if err == nil {
				f, err = decodeFetch(string(row.Key), row.Value)
			}
			if !yield(f, err) || err != nil {
				return
			}
		}
	}
}

// PutFetch keeps f in place of what was noted under its key.
func (t *tx) PutFetch(f Fetch) error {
	if f.Key == "" || bytes.IndexByte([]byte(f.Standing), 0) >= 0 {
		return fmt.Errorf("note about fetching %q: a key and a standing without zero bytes are needed", f.Key)
	}
	key := []byte(f.Key)
	var old Fetch
	record, err := t.get(tFetch, key)
	if err == nil {
		old, err = decodeFetch(f.Key, record)
	}
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	if err := t.put(tFetch, key, f.encode()); err != nil {
		return err
	}
	if f.Standing == old.Standing {
		return nil
	}
	return t.log(FetchChanged, key)
}

// DeleteFetch forgets what is noted under a key; it is no error if there is none.
func (t *tx) DeleteFetch(key string) error {
	return t.rows.Delete(tFetch, []byte(key))
}
