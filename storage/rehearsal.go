package storage

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"iter"
	"maps"
	"slices"
	"sync"
)

// Rehearse returns a store that begins as this one and takes writes as it does, but
// keeps them in memory: to try what would become of something. It holds nothing of
// this store between calls, and sees what others write to it meanwhile.
func (db *DB) Rehearse() *DB {
	out := *db
	out.engine = &rehearsal{under: db.engine, over: map[string]*written{}}
	return &out
}

// rehearsal is an engine that keeps what is written in memory, over another one that
// it only reads.
type rehearsal struct {
	under Engine
	mu    sync.Mutex
	over  map[string]*written // by table
}

// written is what was written to a table.
type written struct {
	keys []string          // in order
	rows map[string][]byte // nil for what was deleted
}

func (w *written) put(key string, value []byte) {
	if _, ok := w.rows[key]; !ok {
		i, _ := slices.BinarySearch(w.keys, key)
		w.keys = slices.Insert(w.keys, i, key)
	}
	w.rows[key] = value
}

// from returns the keys from one on.
func (w *written) from(key []byte) []string {
	i, _ := slices.BinarySearch(w.keys, string(key))
	return w.keys[i:]
}

func (w *written) clone() *written { return &written{slices.Clone(w.keys), maps.Clone(w.rows)} }

var nothingWritten = &written{}

func (e *rehearsal) View(ctx context.Context, fn func(Rows) error) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.run(ctx, e.over, fn)
}

func (e *rehearsal) Update(ctx context.Context, fn func(Rows) error) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	over := map[string]*written{}
	for table, w := range e.over {
		over[table] = w.clone()
	}
	if err := e.run(ctx, over, fn); err != nil {
		return err
	}
	e.over = over
	return nil
}

func (e *rehearsal) run(ctx context.Context, over map[string]*written, fn func(Rows) error) error {
	err := e.under.View(ctx, func(under Rows) error { return fn(&rehearsed{under, over}) })
	if errors.Is(err, ErrNoStore) {
		return fn(&rehearsed{noRows{}, over})
	}
	return err
}

// rehearsed are the rows of a rehearsal in one transaction.
type rehearsed struct {
	under Rows
	over  map[string]*written
}

// in is what was written to a table.
func (r *rehearsed) in(table string) *written { return cmp.Or(r.over[table], nothingWritten) }

func (r *rehearsed) Get(table string, key []byte) ([]byte, error) {
	if v, ok := r.in(table).rows[string(key)]; ok {
		return v, nil
	}
	return r.under.Get(table, key)
}

func (r *rehearsed) Put(table string, key, value []byte) error {
	if value == nil {
		value = []byte{}
	}
	r.put(table, key, value)
	return nil
}

func (r *rehearsed) Delete(table string, key []byte) error {
	r.put(table, key, nil)
	return nil
}

func (r *rehearsed) put(table string, key, value []byte) {
	if r.over[table] == nil {
		r.over[table] = &written{rows: map[string][]byte{}}
	}
	r.over[table].put(string(key), value)
}

// Scan merges the rows of both.
func (r *rehearsed) Scan(table string, from []byte) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		w := r.in(table)
		keys := w.from(from)
		written := func(k string) bool { // yields what was written under k
			v := w.rows[k]
			return v == nil || yield(Row{[]byte(k), v}, nil)
		}
		for row, err := range r.under.Scan(table, from) {
			if err != nil {
				yield(row, err)
				return
			}
			for len(keys) > 0 && keys[0] < string(row.Key) {
				if !written(keys[0]) {
					return
				}
				keys = keys[1:]
			}
			if len(keys) > 0 && keys[0] == string(row.Key) {
				continue // the written one comes with the next row
			}
			if !yield(row, nil) {
				return
			}
		}
		for _, k := range keys {
			if !written(k) {
				return
			}
		}
	}
}

func (r *rehearsed) Last(table string, prefix []byte) ([]byte, error) {
	w := r.in(table)
	best, err := r.lastUnder(table, prefix, w)
	if err != nil {
		return nil, err
	}
	keys := w.from(prefix)
	if end := Successor(prefix); end != nil {
		keys = keys[:len(keys)-len(w.from(end))]
	}
	for _, k := range slices.Backward(keys) {
		if w.rows[k] != nil {
			if k > string(best) {
				best = []byte(k)
			}
			break
		}
	}
	return best, nil
}

// lastUnder is the greatest key with a prefix that is there and was not deleted since.
func (r *rehearsed) lastUnder(table string, prefix []byte, w *written) ([]byte, error) {
	last, err := r.under.Last(table, prefix)
	if v, ok := w.rows[string(last)]; err != nil || !ok || v != nil {
		return last, err
	}
	last = nil
	for row, err := range r.under.Scan(table, prefix) { // seldom: the very last one was deleted
		if err != nil || !bytes.HasPrefix(row.Key, prefix) {
			return last, err
		}
		if v, ok := w.rows[string(row.Key)]; !ok || v != nil {
			last = bytes.Clone(row.Key)
		}
	}
	return last, nil
}

// Fetch has rows come at once where those beneath are far away.
func (r *rehearsed) Fetch(table string, keys [][]byte) error {
	return r.far(func(f Fetcher) error { return f.Fetch(table, keys) })
}

// FetchEnds is the same for ends.
func (r *rehearsed) FetchEnds(table string, ends []Ends) error {
	return r.far(func(f Fetcher) error { return f.FetchEnds(table, ends) })
}

// FetchParts is the same for parts.
func (r *rehearsed) FetchParts(table string, parts []Ends) error {
	return r.far(func(f Fetcher) error { return f.FetchParts(table, parts) })
}

// far tells the rows beneath what will be asked for, where they are far away.
func (r *rehearsed) far(tell func(Fetcher) error) error {
	if f, ok := r.under.(Fetcher); ok {
		return tell(f)
	}
	return nil
}

func (r *rehearsed) Writes() uint64 { return r.under.Writes() }

// noRows are the tables of a store that is not there.
type noRows struct{}

func (noRows) Get(string, []byte) ([]byte, error)  { return nil, nil }
func (noRows) Last(string, []byte) ([]byte, error) { return nil, nil }
func (noRows) Writes() uint64                      { return 0 }
func (noRows) Put(string, []byte, []byte) error    { return nil }
func (noRows) Delete(string, []byte) error         { return nil }

func (noRows) Scan(string, []byte) iter.Seq2[Row, error] { return func(func(Row, error) bool) {} }
