package postgres

import (
	"bytes"
	"fmt"
	"iter"
	"slices"
	"strconv"

	"readout/storage"
)

// rows are the [storage.Rows] of a transaction that reads. Writes go to a draft over
// them.
type rows struct{ *transaction }

// page are some rows of a scan.
type page struct {
	rows []storage.Row
	end  bool // there are no more behind them
}

// How many rows are asked for at first and at most by a scan: most look at few, and
// nobody says beforehand which. Each page has some times as many as the one before.
const (
	firstPage = 16
	lastPage  = 1024
	pageStep  = 8
)

func (r *rows) Get(table string, key []byte) ([]byte, error) {
	if table == storage.MetaTable {
		return r.meta[string(key)], nil
	}
	k := cacheKey(table, key)
	if v, ok := r.cache.get(aValue, k); ok {
		return v, nil
	}
	found, err := r.ask("get:"+table, func() string {
		return "select value from " + r.server.table(table) + " where key = $1"
	}, one(key))
	if err != nil {
		return nil, err
	}
	var v []byte
	if len(found) > 0 {
		v = found[0][0]
	}
	r.cache.put(aValue, k, v)
	return v, nil
}

// fetchMost is how many rows are asked for at once.
const fetchMost = 512

// Fetch implements [storage.Fetcher]: what is asked for is remembered, also that it is
// not there.
func (r *rows) Fetch(table string, keys [][]byte) error {
	for some := range slices.Chunk(r.unknown(table, keys), fetchMost) {
		found, err := r.ask("fetch:"+table, func() string {
			return "select key, value from " + r.server.table(table) + " where key = any($1)"
		}, array(some))
		if err != nil {
			return err
		}
		for _, k := range some {
			r.cache.put(aValue, cacheKey(table, k), nil)
		}
		for _, row := range found {
			r.cache.put(aValue, cacheKey(table, row[0]), row[1])
		}
	}
	return nil
}

// FetchEnds implements [storage.Fetcher]: the first row of each scan is remembered as its
// first page.
func (r *rows) FetchEnds(table string, ends []storage.Ends) error {
	for some := range slices.Chunk(ends, fetchMost) {
		from, below := make([][]byte, len(some)), make([][]byte, len(some))
		for i, e := range some {
			from[i], below[i] = e.From, storage.Successor(e.Prefix)
		}
		found, err := r.ask("ends:"+table, func() string {
			return fmt.Sprintf("select f.key, f.value, l.key from unnest($1, $2) with ordinality e (start, below, n) "+
				"left join lateral (select key, value from %[1]s where key >= start order by key limit 1) f on true "+
				"left join lateral (select key from %[1]s where key < below order by key desc limit 1) l on true "+
				"order by n", r.server.table(table))
		}, array(from), array(below))
		if err != nil {
			return err
		}
		for i, row := range found {
			r.rememberEnds(table, some[i], row)
		}
	}
	return nil
}

// rememberEnds keeps what FetchEnds was answered: a row's key and value, and a last key;
// nil for none.
func (r *rows) rememberEnds(table string, e storage.Ends, row [][]byte) {
	first := page{end: true}
	if row[0] != nil {
		first = page{rows: []storage.Row{{Key: row[0], Value: row[1]}}}
	}
	r.cache.putPage(cacheKey(table, e.From), first)
	if len(e.Prefix) == 0 {
		return
	}
	last := row[2]
	if !bytes.HasPrefix(last, e.Prefix) {
		last = nil
	}
	r.cache.put(theLast, cacheKey(table, e.Prefix), last)
}

// unknown are the keys whose rows are not remembered.
func (r *rows) unknown(table string, keys [][]byte) [][]byte {
	out := make([][]byte, 0, len(keys))
	for _, k := range keys {
		if _, ok := r.cache.get(aValue, cacheKey(table, k)); !ok {
			out = append(out, k)
		}
	}
	return out
}

func (r *rows) Scan(table string, from []byte) iter.Seq2[storage.Row, error] {
	return func(yield func(storage.Row, error) bool) {
		p, err := r.first(table, from)
		for {
			if err != nil {
				yield(storage.Row{}, err)
				return
			}
			for _, row := range p.rows {
				if !yield(row, nil) {
					return
				}
			}
			if p.end {
				return
			}
			last := p.rows[len(p.rows)-1].Key
			p, err = r.pageFrom(table, append(bytes.Clone(last), 0), min(pageStep*len(p.rows), lastPage))
		}
	}
}

// first returns the first page of a scan, which is remembered.
func (r *rows) first(table string, from []byte) (page, error) {
	k := cacheKey(table, from)
	if p, ok := r.cache.page(k); ok {
		return p, nil
	}
	p, err := r.pageFrom(table, from, firstPage)
	if err == nil {
		r.cache.putPage(k, p)
	}
	return p, err
}

// pageFrom returns up to some number of rows from a key on.
func (r *rows) pageFrom(table string, from []byte, size int) (page, error) {
	if from == nil {
		from = []byte{}
	}
	found, err := r.ask("scan:"+strconv.Itoa(size)+table, func() string {
		return fmt.Sprintf("select key, value from %s where key >= $1 order by key limit %d", r.server.table(table), size)
	}, one(from))
	p := page{end: len(found) < size, rows: make([]storage.Row, len(found))}
	for i, row := range found {
		p.rows[i] = storage.Row{Key: row[0], Value: row[1]}
	}
	return p, err
}

func (r *rows) Last(table string, prefix []byte) ([]byte, error) {
	k := cacheKey(table, prefix)
	if v, ok := r.cache.get(theLast, k); ok {
		return v, nil
	}
	found, err := r.lastBelow(table, storage.Successor(prefix))
	if err != nil {
		return nil, err
	}
	var last []byte
	if len(found) > 0 && bytes.HasPrefix(found[0][0], prefix) {
		last = found[0][0]
	}
	r.cache.put(theLast, k, last)
	return last, nil
}

// lastBelow asks for the greatest key below one, the greatest of all below nil.
func (r *rows) lastBelow(table string, below []byte) ([][][]byte, error) {
	if below == nil {
		return r.ask("end:"+table, func() string {
			return "select key from " + r.server.table(table) + " order by key desc limit 1"
		})
	}
	return r.ask("last:"+table, func() string {
		return "select key from " + r.server.table(table) + " where key < $1 order by key desc limit 1"
	}, one(below))
}

func (r *rows) Put(string, []byte, []byte) error { return storage.ErrReadOnly }
func (r *rows) Delete(string, []byte) error      { return storage.ErrReadOnly }
func (r *rows) Writes() uint64                   { return r.state.writes }
