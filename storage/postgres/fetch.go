package postgres

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"

	"readout/storage"
)

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
			r.cache.put(aValue, table, k, page{})
		}
		for _, row := range found {
			r.cache.put(aValue, table, row[0], valueOf(row[1]))
		}
	}
	return nil
}

// FetchEnds implements [storage.Fetcher]: the first row of each scan is remembered as its
// first page.
func (r *rows) FetchEnds(table string, ends []storage.Ends) error {
	unknown := slices.DeleteFunc(slices.Clone(ends), func(e storage.Ends) bool {
		return r.knows(aPage, table, e.From) && (len(e.Prefix) == 0 || r.knows(theLast, table, e.Prefix))
	})
	for some := range slices.Chunk(unknown, fetchMost) {
		found, err := r.ask("ends:"+table, func() string {
			return fmt.Sprintf("select f.key, f.value, l.key from unnest($1, $2) with ordinality e (start, below, n) "+
				"left join lateral (select key, value from %[1]s where key >= start order by key limit 1) f on true "+
				"left join lateral (select key from %[1]s where key < below order by key desc limit 1) l on true "+
				"order by n", r.server.table(table))
		}, bounds(some)...)
		if err != nil {
			return err
		}
		for i, row := range found {
			r.rememberEnds(table, some[i], row)
		}
	}
	return nil
}

// bounds are the parameters of a query about parts of a table: where each begins, and
// the key that it ends before.
func bounds(ends []storage.Ends) []param {
	from, below := make([][]byte, len(ends)), make([][]byte, len(ends))
	for i, e := range ends {
		from[i], below[i] = e.From, storage.Successor(e.Prefix)
	}
	return []param{array(from), array(below)}
}

// rememberEnds keeps what FetchEnds was answered: a row's key and value, and a last key;
// nil for none.
func (r *rows) rememberEnds(table string, e storage.Ends, row [][]byte) {
	if !r.knows(aPage, table, e.From) {
		first := page{end: true}
		if row[0] != nil {
			first = page{rows: []storage.Row{{Key: row[0], Value: row[1]}}}
		}
		r.cache.put(aPage, table, e.From, first)
	}
	if len(e.Prefix) == 0 {
		return
	}
	last := row[2]
	if !bytes.HasPrefix(last, e.Prefix) {
		last = nil
	}
	r.cache.put(theLast, table, e.Prefix, keyOf(last))
}

// How many parts of a table, and rows of each, are asked for at once.
const (
	partsMost = 64
	partMost  = lastPage
)

// FetchParts implements [storage.Fetcher]: the rows of each part are remembered as the
// first page of its scan, with the row behind them, by which a scan sees that it is at
// the end. Of a long part that page holds the first rows only.
func (r *rows) FetchParts(table string, parts []storage.Ends) error {
	unknown := slices.DeleteFunc(slices.Clone(parts), func(e storage.Ends) bool {
		return len(e.Prefix) == 0 || r.knows(aPage, table, e.From)
	})
	for some := range slices.Chunk(unknown, partsMost) {
		found, err := r.ask("parts:"+table, func() string {
			return fmt.Sprintf("select n, r.key, r.value from unnest($1, $2) with ordinality e (start, below, n) "+
				"cross join lateral ("+
				"(select key, value from %[1]s where key >= start and key < below order by key limit %[2]d) union all "+
				"(select key, value from %[1]s where key >= below order by key limit 1)) r "+
				"order by n, r.key", r.server.table(table), partMost)
		}, bounds(some)...)
		if err != nil {
			return err
		}
		pages := make([]page, len(some))
		for _, row := range found {
			p := &pages[binary.BigEndian.Uint64(row[0])-1]
			p.rows = append(p.rows, storage.Row{Key: row[1], Value: row[2]})
		}
		for i, p := range pages {
			r.cache.put(aPage, table, some[i].From, whole(p, some[i].Prefix))
		}
	}
	return nil
}

// whole is a page of rows that have a prefix and the one behind them: rows may be left
// out between the two where there are as many as are asked for.
func whole(p page, prefix []byte) page {
	n := len(p.rows)
	p.end = n == 0 || bytes.HasPrefix(p.rows[n-1].Key, prefix)
	if n > partMost {
		return page{rows: p.rows[:partMost]}
	}
	return page{rows: p.rows, end: p.end && n < partMost}
}

// knows reports whether something was answered already.
func (r *rows) knows(q question, table string, key []byte) bool {
	_, ok := r.cache.get(q, table, key)
	return ok
}

// unknown are the keys whose rows are not remembered.
func (r *rows) unknown(table string, keys [][]byte) [][]byte {
	return slices.DeleteFunc(slices.Clone(keys), func(k []byte) bool { return r.knows(aValue, table, k) })
}
