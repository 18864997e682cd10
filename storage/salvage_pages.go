package storage

import (
	"encoding/binary"
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
	if err := w.count(meta, free, info.Size()); err != nil {
		return err
	}
	for _, now := range []bool{true, false} { // whether the page is free
		for id := uint64(2); int64(id*meta.pageSize)+pageHeader <= info.Size(); id++ {
			if free[id] != now {
				continue
			}
			pages, err := w.page(id, int64(meta.pageSize), info.Size())
			if err != nil {
				return err
			}
			if !now {
				id += pages - 1
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

// count counts the pages in use that have no head of a page, or are not there. Pages that another one
// goes on to have none.
func (w *wreck) count(meta metaPage, free map[uint64]bool, size int64) error {
	ne := binary.NativeEndian
	head := make([]byte, pageHeader)
	for id := uint64(2); id < meta.high; id++ {
		at := int64(id * meta.pageSize)
		if at+int64(meta.pageSize) > size {
			w.damage.Pages += int(meta.high - id)
			break
		}
		if free[id] {
			continue
		}
		if _, err := w.file.ReadAt(head, at); err != nil {
			return err
		}
		switch flags := ne.Uint16(head[8:]); {
		case ne.Uint64(head) == id && (flags == branchPage || flags == leafPage || flags == freePage):
			id += min(uint64(ne.Uint32(head[12:])), meta.high-id)
		default:
			w.damage.Pages++
		}
	}
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
