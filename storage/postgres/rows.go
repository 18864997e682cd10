package postgres

import (
	"bytes"
	"fmt"
	"iter"
	"strconv"

	"readout/storage"
)

// rows are the [storage.Rows] of a transaction that reads. Writes go to a draft over
// them.
type rows struct{ *transaction }

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
	if p, ok := r.cache.get(aValue, table, key); ok {
		return p.first().Value, nil
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
	r.cache.put(aValue, table, key, valueOf(v))
	return v, nil
}

func (r *rows) Scan(table string, from []byte) iter.Seq2[storage.Row, error] {
	return func(yield func(storage.Row, error) bool) {
		for size, seen := firstPage, 0; ; {
			p, err := r.pageFrom(table, from, size, seen <= rememberMost)
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
			seen += len(p.rows)
			from = append(bytes.Clone(p.rows[len(p.rows)-1].Key), 0)
			size = min(pageStep*len(p.rows), lastPage)
		}
	}
}

// rememberMost is how many rows of a scan are remembered, and those of the page that
// reaches it: who reads more reads a table from end to end, and would have all else
// forgotten.
const rememberMost = lastPage

// pageFrom returns some rows from a key on, up to a number where they are not remembered.
func (r *rows) pageFrom(table string, from []byte, size int, remember bool) (page, error) {
	if p, ok := r.cache.get(aPage, table, from); ok {
		return p, nil
	}
	if from == nil {
		from = []byte{}
	}
	found, err := r.ask("scan:"+strconv.Itoa(size)+table, func() string {
		return fmt.Sprintf("select key, value from %s where key >= $1 order by key limit %d", r.server.table(table), size)
	}, one(from))
	if err != nil {
		return page{}, err
	}
	p := page{end: len(found) < size, rows: make([]storage.Row, len(found))}
	for i, row := range found {
		p.rows[i] = storage.Row{Key: row[0], Value: row[1]}
	}
	if remember {
		r.cache.put(aPage, table, from, p)
	}
	return p, nil
}

func (r *rows) Last(table string, prefix []byte) ([]byte, error) {
	if p, ok := r.cache.get(theLast, table, prefix); ok {
		return p.first().Key, nil
	}
	found, err := r.lastBelow(table, storage.Successor(prefix))
	if err != nil {
		return nil, err
	}
	var last []byte
	if len(found) > 0 && bytes.HasPrefix(found[0][0], prefix) {
		last = found[0][0]
	}
	r.cache.put(theLast, table, prefix, keyOf(last))
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
