package storage

import (
	"encoding/binary"

	"github.com/klauspost/compress/zstd"
)

// A leaf page has a head, then an element for each row, which says where its key and value
// stand and how long they are, then the keys and values themselves, one behind the other in
// the order of the elements. So a head or an element that is hurt can be told from the others,
// and what it would lead to be tried: rows are taken only if they prove themselves.

// leaf is a page as rows are looked for in it, or the page of a small bucket in another.
type leaf struct {
	w    *wreck
	at   int64  // where it begins in the file
	head []byte // its first bytes, the elements among them
	end  int64  // of what it may go on to in the file
}

// page takes the rows of the page with a number, if it is a leaf, and returns over how many
// pages it goes on. A page without the head of any is looked at as if it were a leaf.
func (w *wreck) page(id uint64, pageSize, fileSize int64) (pages uint64, err error) {
	l := &leaf{w: w, at: int64(id) * pageSize, end: fileSize}
	l.head = make([]byte, min(pageSize, fileSize-l.at))
	if _, err := w.file.ReadAt(l.head, l.at); err != nil {
		return 1, err
	}
	ne := binary.NativeEndian
	own, flags := ne.Uint64(l.head) == id, ne.Uint16(l.head[8:])
	if own && (flags == branchPage || flags == freePage) {
		return 1, nil
	}
	spans := l.spans()
	l.take(spans)
	pages = 1 + uint64(ne.Uint32(l.head[12:]))
	if n := len(spans); !own || flags != leafPage || n == 0 || uint64((spans[n-1].end()+pageSize-1)/pageSize) != pages {
		pages = 1 // what it says of itself does not agree
	}
	return pages, nil
}

// span is where a row stands in its page.
type span struct {
	at, key, value int64 // where it begins, and the lengths of its key and value
	bucket         bool
}

func (s span) end() int64 { return s.at + s.key + s.value }

// spans are the rows of which the elements of a page tell. Where the head says another number
// than follows from where the first key stands, behind the elements, the larger one counts.
func (l *leaf) spans() (out []span) {
	ne := binary.NativeEndian
	read := func(i int) (s span, ok bool) {
		e, err := elementAt(l.head, i)
		if err != nil {
			return s, false
		}
		return span{at: pageHeader + element*int64(i) + int64(ne.Uint32(e[4:])), key: int64(ne.Uint32(e[8:])),
			value: int64(ne.Uint32(e[12:])), bucket: ne.Uint32(e) == bucketEntry}, true
	}
	count := int(ne.Uint16(l.head[10:]))
	if first, ok := read(0); ok && (first.at-pageHeader)%element == 0 {
		count = max(count, int((first.at-pageHeader)/element))
	}
	for i := range count {
		s, ok := read(i)
		if !ok {
			break
		}
		out = append(out, s)
	}
	return out
}

// take takes the rows, those too whose element does not agree with its neighbours.
func (l *leaf) take(spans []span) {
	behind := pageHeader + element*int64(len(spans))
	for i, s := range spans {
		next := int64(-1)
		if i+1 < len(spans) {
			next = spans[i+1].at
		}
		if l.row(s); s.at == behind && s.end() == next {
			behind = next
			continue
		}
		for _, guess := range s.guesses(behind, next) {
			l.row(guess)
		}
		if next < 0 {
			l.last(behind)
		}
		if s.at == behind {
			behind = s.end()
		} else {
			behind = next
		}
	}
}

// guesses are other places of a row: where it begins behind the one before it, and the
// lengths as they are or such that it ends where the next one begins, or the key with the
// length of those of primary tables. Next is negative for the last row.
func (s span) guesses(behind, next int64) []span {
	out := []span{{at: behind, key: s.key, value: s.value}}
	for _, size := range []int64{int64(captureKeySize), 8, int64(len(Hash{})), 4} {
		out = append(out, span{at: behind, key: size, value: s.value},
			span{at: behind, key: size, value: next - behind - size})
	}
	return append(out, span{at: behind, key: next - behind - s.value, value: s.value},
		span{at: behind, key: s.key, value: next - behind - s.key})
}

// last takes the last row of a page, which ends where its checksum is right, or its frame ends.
func (l *leaf) last(behind int64) {
	for _, size := range []int64{int64(captureKeySize), 8, int64(len(Hash{}))} {
		key := l.bytes(behind, size)
		rest := l.bytes(behind+size, min(int64(len(l.head)), l.end-l.at)-behind-size)
		if key == nil || rest == nil {
			return
		}
		if end := recordEnd(key, rest); end > 0 {
			l.row(span{at: behind, key: size, value: int64(end)})
		}
	}
	if size := l.frame(behind + 8); size > 0 {
		l.row(span{at: behind, key: 8, value: size})
	}
}

// frame is how many bytes a frame of zstd takes that begins at a place, 0 where none does. A
// frame is a head and blocks, of which each says how long it is, and whether it is the last.
func (l *leaf) frame(from int64) int64 {
	var h zstd.Header
	if err := h.Decode(l.bytes(from, min(zstd.HeaderMaxSize, l.end-l.at-from))); err != nil || h.Skippable {
		return 0
	}
	const blockHead = 3
	for at := from + int64(h.HeaderSize); ; {
		b := l.bytes(at, blockHead)
		if b == nil {
			return 0
		}
		head := int64(b[0]) | int64(b[1])<<8 | int64(b[2])<<16
		size := head >> 3
		if head>>1&3 == 1 { // one byte, so many times
			size = 1
		}
		if at += blockHead + size; head&1 == 1 {
			return at - from
		}
	}
}

// row takes the row at a place, if one is there.
func (l *leaf) row(s span) {
	key, value := l.bytes(s.at, s.key), l.bytes(s.at+s.key, s.value)
	switch {
	case key == nil || value == nil:
	case s.bucket:
		l.inline(value, s.at+s.key)
	default:
		l.w.take(key, value, l.at+s.at+s.key)
	}
}

// inline takes the rows of a small bucket, whose page stands in the row of another.
func (l *leaf) inline(value []byte, at int64) {
	if len(value) < 2*pageHeader || binary.NativeEndian.Uint64(value) != 0 {
		return
	}
	in := &leaf{w: l.w, at: l.at + at + pageHeader, head: value[pageHeader:], end: l.at + at + int64(len(value))}
	if binary.NativeEndian.Uint16(in.head[8:]) == leafPage {
		in.take(in.spans())
	}
}

// bytes returns a piece of the page, nil where it leaves the file.
func (l *leaf) bytes(from, size int64) []byte {
	switch {
	case from < 0 || size < 0 || l.at+from+size > l.end:
		return nil
	case from+size <= int64(len(l.head)):
		return l.head[from : from+size : from+size]
	}
	b, err := l.w.read(extent{l.at + from, size})
	if err != nil {
		return nil
	}
	return b
}
