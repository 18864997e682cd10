package storage

import (
	"bytes"
	"fmt"
	"iter"
	"strings"
)

// Note is something that the caller has derived and keeps to be looked up. The store
// does not look into it.
type Note struct {
	Kind, Key string
	Value     []byte
}

func noteKey(kind, key string) []byte { return []byte(kind + "\x00" + key) }

func (t *tx) Note(kind, key string) ([]byte, error) { return t.copyOf(tNote, noteKey(kind, key)) }

func (t *tx) Notes(kind, prefix string) iter.Seq2[Note, error] {
	return func(yield func(Note, error) bool) {
		for row, err := range t.scan(tNote, noteKey(kind, prefix)) {
			n := Note{Kind: kind}
			if err == nil {
				n.Key, n.Value = string(row.Key[len(kind)+1:]), bytes.Clone(row.Value)
			}
			if !yield(n, err) || err != nil {
				return
			}
		}
	}
}

func (t *tx) PutNote(n Note) error {
	if n.Kind == "" || strings.ContainsRune(n.Kind, 0) {
		return fmt.Errorf("note of kind %q cannot be kept under such a name", n.Kind)
	}
	if n.Value == nil {
		return t.rows.Delete(tNote, noteKey(n.Kind, n.Key))
	}
	return t.put(tNote, noteKey(n.Kind, n.Key), n.Value)
}
