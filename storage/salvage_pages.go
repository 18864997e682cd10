package storage

import (
	"encoding/binary"
	"io"
	"os"
)

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
	w.sort()
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
