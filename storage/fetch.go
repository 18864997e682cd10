package storage

import (
	"encoding/json"
	"fmt"
	"iter"
)

// Fetch is what whoever fetches documents wants to know next time about an
// address, a source or a host. It is neither primary data nor derived from any: to
// lose it costs requests, not releases.
type Fetch struct {
	Key string `json:"key"` // an address, or a name of the caller's making
	// Standing is how things stand, in a word of the caller's; where it is
	// another than before, the log says so.
	Standing string `json:"standing,omitempty"`
	// Notes are the caller's own, as JSON; the store does not look inside.
	Notes json.RawMessage `json:"notes,omitempty"`
}

// bFetch is "fetch: key -> record of JSON". It is made by the first write, so
// files from before there was such a thing need no migration.
const bFetch = "fetch"

// Fetches yields all that is noted about fetching, in order of key.
func (t *tx) Fetches() iter.Seq2[Fetch, error] {
	if t.tx.Bucket([]byte(bFetch)) == nil {
		return func(func(Fetch, error) bool) {}
	}
	return scanJSON[Fetch](t, bFetch, nil)
}

// PutFetch keeps f in place of what was noted under its key.
func (t *tx) PutFetch(f Fetch) error {
	if f.Key == "" {
		return fmt.Errorf("a note about fetching needs a key")
	}
	b, err := t.tx.CreateBucketIfNotExists([]byte(bFetch))
	if err != nil {
		return err
	}
	key := []byte(f.Key)
	standing := ""
	if b.Get(key) != nil {
		var old Fetch
		if err := t.getJSON(bFetch, key, &old); err != nil {
			return err
		}
		standing = old.Standing
	}
	payload, err := json.Marshal(f)
	if err != nil {
		return fmt.Errorf("note about fetching %q: %w", f.Key, err)
	}
	if err := t.put(bFetch, key, payload); err != nil {
		return err
	}
	if f.Standing == standing {
		return nil
	}
	return t.log(FetchChanged, key)
}

// DeleteFetch forgets what is noted under a key; it is no error if there is none.
func (t *tx) DeleteFetch(key string) error {
	if b := t.tx.Bucket([]byte(bFetch)); b != nil {
		return b.Delete([]byte(key))
	}
	return nil
}
