package storage

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"time"
	"unicode/utf8"

	"readout/timeline"
)

// Lost is a capture of which a damaged store still knows, but not its bytes.
type Lost struct {
	SHA256     Hash
	CapturedAt time.Time
	Name       string // of the input, or its address, where the row is still there
	// Release, Day and Source name what the bytes were of, as far as the catalogue can
	// still be read.
	Release string
	Day     timeline.Date
	Source  string
}

// Salvage reads what is still whole of a store, however damaged its file is: every
// capture whose row has its checksum and whose bytes have their hash, the decisions of
// people, and marks. It hands fn a reader of these alone, and what is known to be lost,
// in order of release and time. The file is only read, with every offset checked: its pages
// are gone through one by one, those that no other leads to any more as well, so that
// no broken link can hide a page or lead round in a circle. The caller sees to it that
// nobody writes to the file.
func Salvage(path string, fn func(Reader, []Lost) error) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	defer f.Close()
	packer, err := newPacker()
	if err != nil {
		return err
	}
	w := &wreck{file: f, packer: packer, over: map[string]*written{}, blobs: map[uint64][]extent{}}
	if err := w.sweep(); err != nil {
		return err
	}
	t := &tx{rows: w, packer: packer}
	lost := w.settle(t)
	return fn(t, lost)
}

// wreck is what was found in the pages of a damaged file: small rows in memory, captured
// bytes where they stand in the file. It is the Rows of a transaction that reads.
type wreck struct {
	rehearsed
	file   *os.File
	packer *packer
	over   map[string]*written
	blobs  map[uint64][]extent // by their number; several of one, where a page was copied
}

// extent is a piece of the file.
type extent struct{ at, size int64 }

// sweep reads every page of the file: free ones first, so that what stands in use there
// too is taken from where it is in use.
func (w *wreck) sweep() error {
	info, err := w.file.Stat()
	if err != nil {
		return err
	}
	meta := readMetas(w.file).newest
	if meta.pageSize == 0 {
		meta.pageSize = uint64(os.Getpagesize())
	}
	free := w.free(meta)
	for _, now := range []bool{true, false} { // whether the page is free
		for id := uint64(2); int64(id*meta.pageSize)+pageHeader <= info.Size(); id++ {
			if free[id] != now {
				continue
			}
			if err := w.page(int64(id*meta.pageSize), int64(meta.pageSize), info.Size()); err != nil {
				return err
			}
		}
	}
	if err := w.strayDicts(); err != nil {
		return err
	}
	w.rehearsed = rehearsed{noRows{}, w.over}
	return nil
}

// free returns the pages that are listed as free, none where the list cannot be read.
func (w *wreck) free(meta metaPage) map[uint64]bool {
	if meta.freelist == noFreelist || meta.freelist < 2 || meta.freelist >= meta.high {
		return nil
	}
	walk := &walker{w.file, meta, make([]bool, meta.high)}
	flags, count, b, err := walk.page(meta.freelist)
	if err != nil || flags != freePage {
		return nil
	}
	ids, n := b[pageHeader:], uint64(count)
	if count == 0xFFFF { // too many for the head: the first number is the count
		n, ids = binary.NativeEndian.Uint64(ids), ids[8:]
	}
	out := map[uint64]bool{}
	for i := range min(n, uint64(len(ids)/8)) {
		out[binary.NativeEndian.Uint64(ids[8*i:])] = true
	}
	return out
}

// page reads a page if it is a leaf; what does not fit into the file is left alone.
func (w *wreck) page(at, pageSize, fileSize int64) error {
	head := make([]byte, pageHeader)
	if _, err := w.file.ReadAt(head, at); err != nil {
		return err
	}
	ne := binary.NativeEndian
	if ne.Uint64(head) != uint64(at/pageSize) || ne.Uint16(head[8:]) != leafPage {
		return nil
	}
	size := (int64(ne.Uint32(head[12:])) + 1) * pageSize
	if at+size > fileSize {
		size = fileSize - at
	}
	b := make([]byte, size)
	if _, err := io.ReadFull(io.NewSectionReader(w.file, at, size), b); err != nil {
		return err
	}
	w.leaf(b, at, int(ne.Uint16(head[10:])))
	return nil
}

// leaf takes the rows of a leaf page that begins at a place of the file.
func (w *wreck) leaf(b []byte, at int64, count int) {
	for i := range count {
		e, err := elementAt(b, i)
		if err != nil {
			return
		}
		ne := binary.NativeEndian
		pos, keySize, size := uint64(ne.Uint32(e[4:])), uint64(ne.Uint32(e[8:])), uint64(ne.Uint32(e[12:]))
		key, err := piece(e, pos, keySize)
		if err != nil {
			continue
		}
		value, err := piece(e, pos+keySize, size)
		if err != nil {
			continue
		}
		if ne.Uint32(e) == bucketEntry {
			w.inline(value, at+int64(len(b)-len(e))+int64(pos+keySize))
			continue
		}
		w.take(key, value, at+int64(len(b)-len(e))+int64(pos+keySize))
	}
}

// inline takes the rows of a small bucket, which stands in the page of another.
func (w *wreck) inline(value []byte, at int64) {
	if len(value) < 2*pageHeader || binary.NativeEndian.Uint64(value) != 0 {
		return
	}
	page := value[pageHeader:]
	if binary.NativeEndian.Uint16(page[8:]) == leafPage {
		w.leaf(page, at+pageHeader, int(binary.NativeEndian.Uint16(page[10:])))
	}
}

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
	case (len(key) == 4 || len(key) == len(dictCopy(0))) && len(payload) > 4 && binary.BigEndian.Uint32(payload) == dictMagic:
		table = tDict
	case len(payload) == 8:
		table = tMark
	case ofSeries(key):
		table = tCuration
	default:
		return
	}
	w.put(table, key, value)
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

// prove looks which bytes are those of a capture, by their hash, and notes where they
// stand. Of several copies one that has its hash is kept.
func (w *wreck) prove(t *tx) {
	wanted := map[Hash]bool{}
	for key := range w.rowsOf(tCapture) {
		wanted[Hash([]byte(key[:len(Hash{})]))] = true
	}
	for seq, copies := range w.blobs {
		for _, e := range copies {
			packed, err := w.read(e)
			if err != nil {
				continue
			}
			data, err := t.unpack(packed)
			if h := HashOf(data); err == nil && wanted[h] {
				w.blobs[seq] = []extent{e}
				w.put(tBorn, bytes.Clone(h[:]), seqKey(seq))
				break
			}
		}
	}
}

// settle puts the rows in order, takes out the captures whose bytes are gone with what
// tells of them, and returns these.
func (w *wreck) settle(t *tx) []Lost {
	w.bury(t)
	w.sift(t)
	w.prove(t)
	for _, table := range w.over {
		slices.Sort(table.keys)
	}
	called := w.called(t)
	lost := map[Hash]Lost{}
	for key := range w.rowsOf(tCapture) {
		c, err := t.capture([]byte(key))
		if err == nil {
			_, err = t.Blob(c.SHA256)
		}
		if err != nil {
			l := lostCapture(key, called)
			l.Name = c.Name
			lost[l.SHA256] = l
			delete(w.over[tCapture].rows, key)
		}
	}
	for seq, value := range w.rowsOf(tLog) {
		key := string(value[checksumSize+1:])
		if w.known(key) {
			continue
		}
		if l := lostCapture(key, called); lost[l.SHA256].SHA256 != l.SHA256 {
			lost[l.SHA256] = l
		}
		delete(w.over[tLog].rows, seq)
	}
	for h, l := range called {
		if _, err := t.Blob(h); err != nil && lost[h].SHA256 != h && !w.known(string(h[:])) {
			lost[h] = l
		}
	}
	delete(w.over, tEntry)
	return slices.SortedFunc(maps.Values(lost), func(a, b Lost) int {
		return cmp.Or(cmp.Compare(a.Release, b.Release), a.CapturedAt.Compare(b.CapturedAt), bytes.Compare(a.SHA256[:], b.SHA256[:]))
	})
}

// bury takes withdrawn bytes out of what is salvaged: pages that are free may still hold
// the rows of their captures.
func (w *wreck) bury(t *tx) {
	for key := range w.rowsOf(tGone) {
		if _, err := t.Withdrawal(Hash([]byte(key))); err != nil {
			delete(w.over[tGone].rows, key) // something else, with a key as long
		}
	}
	for _, row := range w.rowsOf(tLog) {
		key := row[checksumSize+1:]
		if Kind(row[checksumSize]) != CaptureWithdrawn || w.known(string(key)) {
			continue
		}
		if record, err := w.packer.encode(withdrawalRecord{Reason: lostReason}); err == nil {
			w.put(tGone, key, seal(key, record))
		}
	}
	for key, row := range w.rowsOf(tCapture) {
		if w.rowsOf(tGone)[key[:len(Hash{})]] != nil {
			w.put(tGone, []byte(key), row)
			delete(w.over[tCapture].rows, key)
		}
	}
}

// sift takes out rows that are none of captures: other tables have keys as long.
func (w *wreck) sift(t *tx) {
	for key := range w.rowsOf(tCapture) {
		c, err := t.capture([]byte(key))
		if err == nil {
			var again []byte
			if again, _, err = captureKey(c); err == nil && string(again) == key {
				continue
			}
		}
		delete(w.over[tCapture].rows, key)
	}
}

// lostReason stands for the reason of a withdrawal that only the log tells of any more.
const lostReason = "the reason could not be read any more"

// known reports whether the capture under a key, or the withdrawal under a hash, is there.
func (w *wreck) known(key string) bool {
	return w.rowsOf(tCapture)[key] != nil || w.rowsOf(tGone)[key] != nil
}

// rowsOf are the rows of a table, nil for none.
func (w *wreck) rowsOf(table string) map[string][]byte {
	if w.over[table] == nil {
		return nil
	}
	return w.over[table].rows
}

// called says of which release bytes are, by the entries that can still be read.
func (w *wreck) called(t *tx) map[Hash]Lost {
	out := map[Hash]Lost{}
	for id := range w.rowsOf(tEntry) {
		e, err := t.Entry(id)
		if err != nil || e.ID != id {
			continue
		}
		for _, v := range e.Versions {
			for _, s := range v.Sightings {
				h := s.Reading.SHA256()
				out[h] = Lost{SHA256: h, CapturedAt: s.At.UTC(), Release: e.ID, Day: e.Head.Day(), Source: e.Head.Source}
			}
		}
	}
	return out
}

// lostCapture is what the key of a capture tells, and the catalogue of its bytes.
func lostCapture(key string, called map[Hash]Lost) Lost {
	h := Hash([]byte(key[:len(Hash{})]))
	l := called[h]
	l.SHA256, l.CapturedAt = h, timeIn([]byte(key[len(h):]))
	return l
}
