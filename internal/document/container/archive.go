package container

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// read unpacks one member whole. An error of its bounds says so; any other stands
// for damage.
func (w *walk) read(r io.Reader) ([]byte, error) {
	left := min(w.limits.Entry, w.limits.Total-w.total)
	if byRatio := max(freely, w.packed*w.limits.Ratio) - w.total; byRatio < left {
		left = byRatio
	}
	data, err := io.ReadAll(io.LimitReader(r, max(left, 0)+1))
	w.total += int64(len(data))
	switch {
	case int64(len(data)) > left:
		return nil, ErrLimit
	case err != nil:
		return data, ErrDamaged
	}
	return data, nil
}

// exhausted reports whether a limit on all members together is reached.
func (w *walk) exhausted() bool {
	return w.total >= w.limits.Total || w.total >= max(freely, w.packed*w.limits.Ratio)
}

// memberName names a member by its container and its path there.
func memberName(container, name string) string {
	name = strings.ToValidUTF8(strings.ReplaceAll(name, `\`, "/"), "\uFFFD")
	return container + path.Clean("/"+name)
}

func (w *walk) zip(it Item, depth int) {
	z, err := zip.NewReader(bytes.NewReader(it.Data), int64(len(it.Data)))
	if err != nil {
		w.fail(it.Name, ErrDamaged)
		return
	}
	wacz := isWACZ(z)
	for _, f := range z.File {
		name := memberName(it.Name, f.Name)
		if wacz && !strings.HasPrefix(f.Name, waczArchive) {
			continue // indexes and lists of what is there
		}
		if w.stopped || !w.count(it.Name) {
			return
		}
		if f.FileInfo().IsDir() || hidden(strings.ReplaceAll(f.Name, `\`, "/")) {
			continue
		}
		if f.Flags&1 != 0 {
			w.fail(name, ErrEncrypted)
			continue
		}
		r, err := f.Open()
		if err != nil {
			w.fail(name, ErrDamaged)
			continue
		}
		data, err := w.read(r)
		_ = r.Close() // all that can be said of it, reading has said
		w.unpacked(Item{Name: name, Data: data}, err, it.Name, depth)
	}
}

// waczArchive is where a WACZ package keeps its WARC files.
const waczArchive = "archive/"

// isWACZ reports whether a ZIP file is a package of web archives.
func isWACZ(z *zip.Reader) bool {
	described, archived := false, false
	for _, f := range z.File {
		described = described || f.Name == "datapackage.json"
		archived = archived || strings.HasPrefix(f.Name, waczArchive)
	}
	return described && archived
}

// unpacked takes in a member that was read, or its error.
func (w *walk) unpacked(it Item, err error, container string, depth int) {
	switch {
	case errors.Is(err, ErrLimit) && w.exhausted():
		w.stop(container, err)
	case err != nil:
		w.fail(it.Name, err)
	default:
		w.member(it, depth)
	}
}

func (w *walk) tar(it Item, depth int) { w.tarFrom(it.Name, bytes.NewReader(it.Data), depth) }

func (w *walk) tarFrom(name string, src io.Reader, depth int) {
	r := tar.NewReader(src)
	for !w.stopped {
		h, err := r.Next()
		switch {
		case err == io.EOF:
			return
		case errors.Is(err, ErrLimit):
			w.stop(name, ErrLimit)
			return
		case err != nil:
			w.fail(name, fmt.Errorf("%w after %d members", ErrDamaged, w.entries))
			return
		case !w.count(name):
			return
		case h.Typeflag != tar.TypeReg || hidden(h.Name):
			continue
		}
		data, err := w.read(r)
		w.unpacked(Item{Name: memberName(name, h.Name), Data: data}, err, name, depth)
	}
}

// bounded passes on so many bytes, and then ErrLimit. What is skipped of an archive
// has to be unpacked too.
type bounded struct {
	r    io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, ErrLimit
	}
	n, err := b.r.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	return n, err
}

// compressed opens a compressed file: a tar archive or WARC file as it is unpacked,
// any other whole.
func (w *walk) compressed(it Item, kind Kind, depth int) {
	if kind == Gzip && w.warcMembers(it, depth) {
		return
	}
	z, err := decompressor(it.Data, kind)
	if err != nil {
		w.fail(it.Name, ErrDamaged)
		return
	}
	defer z.Close()
	limit := min(w.limits.Total, max(freely, w.packed*w.limits.Ratio))
	r := bufio.NewReader(&bounded{r: z, left: limit})
	if head, _ := r.Peek(512); Detect(it.Name, head) == Tar {
		w.tarFrom(it.Name, r, depth)
		return
	}
	data, err := w.read(r)
	if err != nil {
		w.fail(it.Name, err)
		return
	}
	it.Name, it.Data = strings.TrimSuffix(it.Name, path.Ext(it.Name)), data
	w.member(it, depth)
}

// decompressor opens a compressed stream.
func decompressor(data []byte, kind Kind) (io.ReadCloser, error) {
	r := bytes.NewReader(data)
	switch kind {
	case Gzip:
		return gzip.NewReader(r)
	case Zstd:
		z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(128<<20))
		if err != nil {
			return nil, err
		}
		return z.IOReadCloser(), nil
	}
	return io.NopCloser(bzip2.NewReader(r)), nil
}
