package storage

import (
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

// longNote is how many bytes a note has that is worth compressing.
const longNote = 200

// How a note is kept: its first byte.
const (
	notePlain  = 0
	notePacked = 1
)

func (t *tx) Note(kind, key string) ([]byte, error) {
	kept, err := t.get(tNote, noteKey(kind, key))
	if err != nil {
		return nil, err
	}
	return t.openNote(kept)
}

// openNote returns what is in a note, as a copy.
func (t *tx) openNote(kept []byte) ([]byte, error) {
	switch {
	case len(kept) > 0 && kept[0] == notePlain:
		return append(make([]byte, 0, len(kept)-1), kept[1:]...), nil
	case len(kept) > 0 && kept[0] == notePacked:
		return t.packer.unpack(kept[1:])
	}
	return nil, fmt.Errorf("%w: a note", ErrDamaged)
}

func (t *tx) Notes(kind, prefix string) iter.Seq2[Note, error] {
	return func(yield func(Note, error) bool) {
		for row, err := range t.scan(tNote, noteKey(kind, prefix)) {
			n := Note{Kind: kind}
			if err == nil {
				n.Key = string(row.Key[len(kind)+1:])
				n.Value, err = t.openNote(row.Value)
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
	kept := append([]byte{notePlain}, n.Value...)
	if len(n.Value) >= longNote {
		packed, err := t.packer.pack(0, n.Value)
		if err != nil {
			return err
		}
		kept = append([]byte{notePacked}, packed...)
	}
	return t.put(tNote, noteKey(n.Kind, n.Key), kept)
}
