package storage

import "iter"

// Draft are rows with what is written over them held in memory: for an engine that
// sends all writes of a transaction at its end, so that each needs no answer of a
// server.
type Draft struct{ rehearsed }

// NewDraft returns a draft over rows that are only read.
func NewDraft(under Rows) *Draft {
	return &Draft{rehearsed{under, map[string]*written{}}}
}

// Written yields what was written, in order of table and key. The value of a row that
// was deleted is nil.
func (d *Draft) Written() iter.Seq2[string, Row] {
	return func(yield func(string, Row) bool) {
		for _, table := range sortedKeys(d.over) {
			w := d.over[table]
			for _, k := range w.keys {
				if !yield(table, Row{[]byte(k), w.rows[k]}) {
					return
				}
			}
		}
	}
}
