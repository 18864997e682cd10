package storage

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
)

// This file reads bbolt's pages by itself, with plain reads and every offset
// checked. bbolt's own check trusts offsets and page numbers, follows them in a
// goroutine of its own, and a wrong one there ends the process: no recover and no
// SetPanicOnFault of ours reaches it. Only a file that passes here is handed to it.
//
// The layout is that of https://pkg.go.dev/go.etcd.io/bbolt, data file version 2,
// in the byte order of the machine. A page is: id uint64, flags uint16, count
// uint16, overflow uint32 (how many pages more it takes), then count elements of 16
// bytes, then keys and values.
const (
	pageHeader  = 16
	element     = 16
	branchPage  = 0x01
	leafPage    = 0x02
	freePage    = 0x10
	bucketEntry = 0x01 // flag of a leaf element whose value is a bucket
	noFreelist  = 1<<64 - 1

	boltMagic = 0xED0CDAED
	maxPage   = 16 << 20 // the largest size of a page
	metaSize  = 64       // after the header of a meta page, its checksum included
)

// metaPage is one of the two pages that say what the newest transaction is.
type metaPage struct {
	pageSize             uint64
	root, freelist, high uint64 // page numbers; no page of the file is high or above
	txid                 uint64
}

// parseMeta reads a meta page, ok if its checksum is right.
func parseMeta(b []byte) (m metaPage, ok bool) {
	b = b[pageHeader:]
	ne := binary.NativeEndian
	m = metaPage{
		pageSize: uint64(ne.Uint32(b[8:])),
		root:     ne.Uint64(b[16:]),
		freelist: ne.Uint64(b[32:]),
		high:     ne.Uint64(b[40:]),
		txid:     ne.Uint64(b[48:]),
	}
	sum := fnv.New64a()
	_, _ = sum.Write(b[:56]) // never fails
	return m, ne.Uint32(b) == boltMagic && m.pageSize >= 1<<10 && m.pageSize <= maxPage && ne.Uint64(b[56:]) == sum.Sum64()
}

// metas is what the two meta pages say.
type metas struct {
	newest metaPage // the one that bbolt will use, where good > 0
	good   int      // how many of them are whole
	marked bool     // one of them at least has bbolt's mark, whole or not
}

// readMetas reads the meta pages. Where the first is not whole, the second is looked
// for at every page size, as bbolt does.
func readMetas(r io.ReaderAt) (ms metas) {
	b := make([]byte, pageHeader+metaSize)
	read := func(at int64) bool {
		if _, err := r.ReadAt(b, at); err != nil {
			return false
		}
		m, ok := parseMeta(b)
		ms.marked = ms.marked || binary.NativeEndian.Uint32(b[pageHeader:]) == boltMagic
		if ok && (ms.good == 0 || m.txid > ms.newest.txid) {
			ms.newest = m
		}
		if ok {
			ms.good++
		}
		return ok
	}
	if read(0) {
		read(int64(ms.newest.pageSize))
		return ms
	}
	for size := int64(1 << 10); size <= maxPage; size *= 2 {
		if read(size) {
			break
		}
	}
	return ms
}

// checkSize looks at the file before bbolt maps it. It reports ErrVersion for one
// that is none of bbolt's, and ErrDamaged for one without a whole meta page or
// shorter than its newest transaction says: reading on would fault in mapped memory.
func checkSize(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	ms := readMetas(f)
	switch m, size := ms.newest, uint64(info.Size()); {
	case !ms.marked:
		return fmt.Errorf("%w: %s is not a readout store", ErrVersion, path)
	case ms.good == 0:
		return fmt.Errorf("%w: %s has no whole meta page", ErrDamaged, path)
	case size/m.pageSize < m.high:
		return fmt.Errorf("%w: %s is cut off: %d bytes of %d pages of %d bytes", ErrDamaged, path, size, m.high, m.pageSize)
	}
	return nil
}

// walker visits every page that the newest transaction reaches, each once.
type walker struct {
	file io.ReaderAt
	meta metaPage
	seen []bool // by page number
}

// errPage is a page that cannot be what it is pointed at for.
var errPage = errors.New("page is damaged")

// walkPages returns the first thing that is wrong with the pages of the file.
func walkPages(file io.ReaderAt) error {
	ms := readMetas(file)
	if ms.good < 2 {
		return fmt.Errorf("%w: one of the two meta pages has a wrong checksum; the last transaction may be lost", errPage)
	}
	// checkSize has compared high with the size of the file.
	w := &walker{file, ms.newest, make([]bool, ms.newest.high)}
	if err := w.freelist(); err != nil {
		return err
	}
	return w.tree(w.meta.root)
}

// page reads page id with its overflow and returns its flags, its count and all its bytes.
func (w *walker) page(id uint64) (flags, count int, b []byte, err error) {
	head := make([]byte, pageHeader)
	if id < 2 || id >= w.meta.high {
		return 0, 0, nil, fmt.Errorf("%w: number %d is outside the file", errPage, id)
	}
	if _, err := w.file.ReadAt(head, int64(id*w.meta.pageSize)); err != nil {
		return 0, 0, nil, fmt.Errorf("page %d: %w", id, err)
	}
	overflow := uint64(binary.NativeEndian.Uint32(head[12:]))
	if binary.NativeEndian.Uint64(head) != id || id+overflow >= w.meta.high {
		return 0, 0, nil, fmt.Errorf("%w: %d has a wrong head", errPage, id)
	}
	for n := id; n <= id+overflow; n++ {
		if w.seen[n] {
			return 0, 0, nil, fmt.Errorf("%w: %d is used twice", errPage, n)
		}
		w.seen[n] = true
	}
	b = make([]byte, (overflow+1)*w.meta.pageSize)
	if _, err := w.file.ReadAt(b, int64(id*w.meta.pageSize)); err != nil {
		return 0, 0, nil, fmt.Errorf("page %d: %w", id, err)
	}
	return int(binary.NativeEndian.Uint16(head[8:])), int(binary.NativeEndian.Uint16(head[10:])), b, nil
}

func (w *walker) freelist() error {
	if w.meta.freelist == noFreelist {
		return nil
	}
	flags, count, b, err := w.page(w.meta.freelist)
	if err != nil {
		return err
	}
	ids := b[pageHeader:]
	n := uint64(count)
	if count == 0xFFFF { // too many for the head: the first number is the count
		n, ids = binary.NativeEndian.Uint64(ids), ids[8:]
	}
	if flags != freePage || n > uint64(len(ids)/8) {
		return fmt.Errorf("%w: %d is no list of free pages", errPage, w.meta.freelist)
	}
	for i := range n {
		if id := binary.NativeEndian.Uint64(ids[8*i:]); id < 2 || id >= w.meta.high {
			return fmt.Errorf("%w: free page %d is outside the file", errPage, id)
		}
	}
	return nil
}

// tree visits the pages of one bucket from its root down.
func (w *walker) tree(id uint64) error {
	flags, count, b, err := w.page(id)
	if err != nil {
		return err
	}
	switch flags {
	case branchPage:
		err = w.branch(b, count)
	case leafPage:
		err = w.leaf(b, count)
	default:
		err = fmt.Errorf("%w: flags %#x", errPage, flags)
	}
	if errors.Is(err, errPage) {
		return fmt.Errorf("page %d: %w", id, err)
	}
	return err
}

func (w *walker) branch(b []byte, count int) error {
	if count == 0 {
		return fmt.Errorf("%w: no children", errPage)
	}
	var last []byte
	for i := range count {
		e, err := elementAt(b, i)
		if err != nil {
			return err
		}
		pos, size := binary.NativeEndian.Uint32(e), binary.NativeEndian.Uint32(e[4:])
		key, err := piece(e, uint64(pos), uint64(size))
		if err != nil {
			return err
		}
		if i > 0 && bytes.Compare(last, key) >= 0 {
			return fmt.Errorf("%w: keys out of order", errPage)
		}
		last = key
		if err := w.tree(binary.NativeEndian.Uint64(e[8:])); err != nil {
			return err
		}
	}
	return nil
}

func (w *walker) leaf(b []byte, count int) error {
	var last []byte
	for i := range count {
		e, err := elementAt(b, i)
		if err != nil {
			return err
		}
		flags, pos := binary.NativeEndian.Uint32(e), uint64(binary.NativeEndian.Uint32(e[4:]))
		keySize, size := uint64(binary.NativeEndian.Uint32(e[8:])), uint64(binary.NativeEndian.Uint32(e[12:]))
		key, err := piece(e, pos, keySize)
		if err != nil {
			return err
		}
		value, err := piece(e, pos+keySize, size)
		if err != nil {
			return err
		}
		if i > 0 && bytes.Compare(last, key) >= 0 {
			return fmt.Errorf("%w: keys out of order", errPage)
		}
		last = key
		switch flags {
		case 0:
		case bucketEntry:
			if err := w.bucket(value); err != nil {
				return err
			}
		default:
			return fmt.Errorf("%w: flags %#x of a key", errPage, flags)
		}
	}
	return nil
}

// bucket follows the value of a bucket: the number of its root page and its
// sequence, or 0, its sequence and a small leaf page in place.
func (w *walker) bucket(value []byte) error {
	if len(value) < pageHeader {
		return fmt.Errorf("%w: bucket of %d bytes", errPage, len(value))
	}
	if root := binary.NativeEndian.Uint64(value); root != 0 {
		return w.tree(root)
	}
	inline := value[pageHeader:]
	if len(inline) < pageHeader || binary.NativeEndian.Uint16(inline[8:]) != leafPage {
		return fmt.Errorf("%w: bucket without a page", errPage)
	}
	return w.leaf(inline, int(binary.NativeEndian.Uint16(inline[10:])))
}

// elementAt returns the page from its element i on: positions count from there.
func elementAt(b []byte, i int) ([]byte, error) {
	at := pageHeader + element*i
	if len(b) < at+element {
		return nil, fmt.Errorf("%w: more keys than it has room for", errPage)
	}
	return b[at:], nil
}

func piece(b []byte, pos, size uint64) ([]byte, error) {
	if pos+size > uint64(len(b)) {
		return nil, fmt.Errorf("%w: a key or value leaves it", errPage)
	}
	return b[pos : pos+size], nil
}
