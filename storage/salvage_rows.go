package storage

import (
	"bytes"
	"encoding/binary"
	"slices"
	"unicode/utf8"
)

// What a row is by its key and value alone: no page says to which table it belongs.
const (
	captureKeySize = len(Hash{}) + timeSize + 8
	dictMagic      = 0x37A430EC // RFC 8878: 0xEC30A437, lowest byte first
)

// zstdMagic is how a frame of zstd begins.
var zstdMagic = []byte{0x28, 0xB5, 0x2F, 0xFD}

// take keeps a row that proves itself: by the checksum over its key, or for captured
// bytes later by their hash.
func (w *wreck) take(key, value []byte, at int64) {
	if len(key) == 8 && bytes.HasPrefix(value, zstdMagic) {
		seq := binary.BigEndian.Uint64(key)
		w.blobs[seq] = append(w.blobs[seq], extent{at, int64(len(value))})
	}
	payload, err := checked("", key, value)
	if err != nil || len(key) == 0 {
		return
	}
	table := ""
	switch {
	case isText(key) && bytes.HasPrefix(payload, zstdMagic): // a frame of zstd, under an id
		table = tEntry
	case len(key) == captureKeySize:
		table = tCapture
	case len(key) == len(Hash{}):
		table = tGone
	case len(key) == 8 && len(payload) == 1+len(Hash{}) && Kind(payload[0]) == CaptureWithdrawn:
		table = tLog
	case len(key) == 8 && len(payload) > 0 && Kind(payload[0]) == CaptureAdded && len(payload) == 1+captureKeySize:
		table = tLog
	case isDict(payload) && bytes.HasPrefix(key, numKey(dictID(payload))):
		w.putDict(payload)
		return
	case len(payload) == 8:
		table = tMark
	case ofSeries(key):
		table = tCuration
	default:
		return
	}
	w.put(table, key, value)
}

// isDict reports whether a payload is a dictionary.
func isDict(payload []byte) bool {
	return len(payload) > 8 && binary.BigEndian.Uint32(payload) == dictMagic
}

// dictID is the number in a dictionary.
func dictID(content []byte) uint32 { return binary.LittleEndian.Uint32(content[4:]) }

// putDict keeps a dictionary, whichever of its copies was found.
func (w *wreck) putDict(content []byte) {
	key := numKey(dictID(content))
	w.put(tDict, key, seal(key, content))
}

// isText reports whether a key is of letters that are seen, as an id is and a hash is not.
func isText(key []byte) bool {
	return !bytes.ContainsFunc(key, func(c rune) bool { return c <= ' ' || c == 0x7f || c == utf8.RuneError })
}

// ofSeries reports whether a key is the codes of a series, none among them, and after a 0 a
// kind of decision, which is a word of small letters.
func ofSeries(key []byte) bool {
	series, kind, ok := bytes.Cut(key, []byte{0})
	code := func(c rune) bool { return 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' }
	return ok && len(kind) > 0 && !bytes.ContainsFunc(series, func(c rune) bool { return !code(c) }) &&
		!bytes.ContainsFunc(kind, func(c rune) bool { return c < 'a' || c > 'z' })
}

// sort puts the keys of the tables in order, in which put does not keep them.
func (w *wreck) sort() {
	for _, table := range w.over {
		slices.Sort(table.keys)
	}
}

// put keeps a row, in place of one of the same key that was found before.
func (w *wreck) put(table string, key, value []byte) {
	if w.over[table] == nil {
		w.over[table] = &written{rows: map[string][]byte{}}
	}
	t := w.over[table]
	if _, ok := t.rows[string(key)]; !ok {
		t.keys = append(t.keys, string(key))
	}
	t.rows[string(key)] = value
}

// Get returns captured bytes from the file, everything else from memory.
func (w *wreck) Get(table string, key []byte) ([]byte, error) {
	if table != tBlob || len(key) != 8 {
		return w.rehearsed.Get(table, key)
	}
	for _, e := range w.blobs[binary.BigEndian.Uint64(key)] {
		return w.read(e)
	}
	return nil, nil
}

func (w *wreck) read(e extent) ([]byte, error) {
	b := make([]byte, e.size)
	_, err := w.file.ReadAt(b, e.at)
	return b, err
}
