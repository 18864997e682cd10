package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"readout/internal/document"
	"readout/internal/document/container"
)

// maxContainer bounds the bytes of one archive, feed or list: room for a site, below
// what would exhaust a small machine. A document by itself is bounded lower.
const maxContainer = 256 << 20

// headSize is how much of an input tells whether it is a container.
const headSize = 64 << 10

// read returns the bytes of a file, or of standard input for "-". What is too large is
// refused by its size, before it is read, and what has no size after as much as a
// document may have. A signal ends the waiting.
func (a *app) read(ctx context.Context, name string) ([]byte, error) {
	type answer struct {
		data []byte
		err  error
	}
	done := make(chan answer, 1)
	go func() {
		data, err := a.readWhole(ctx, name)
		done <- answer{data, err}
	}()
	select {
	case <-ctx.Done():
		return nil, ctx.Err() // the reader ends with the process, or with its next bytes
	case got := <-done:
		return got.data, bareCause(got.err)
	}
}

func (a *app) readWhole(ctx context.Context, name string) ([]byte, error) {
	if name == "-" {
		return bounded(ctx, a.stdin, 0, name)
	}
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case info.Mode()&fs.ModeDevice != 0:
		return nil, errors.New("is a device, not a document")
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	size := int64(0)
	if info.Mode().IsRegular() {
		size = info.Size()
	}
	return bounded(ctx, f, size, name)
}

// bounded reads r, of which so many bytes are known to be there: 0 where that is not
// known.
func bounded(ctx context.Context, r io.Reader, size int64, name string) ([]byte, error) {
	var data bytes.Buffer
	r = &interruptible{ctx, r}
	if _, err := data.ReadFrom(io.LimitReader(r, headSize)); err != nil {
		return nil, err
	}
	limit := int64(document.MaxBytes)
	if isListing(name) || container.Detect(name, data.Bytes()) != container.None {
		limit = maxContainer
	}
	if size > limit {
		return nil, tooLarge(limit)
	}
	if size > headSize {
		data.Grow(int(size-headSize) + bytes.MinRead) // what the last, empty reading asks for
	}
	_, err := data.ReadFrom(io.LimitReader(r, limit+1-int64(data.Len())))
	switch {
	case err != nil:
		return nil, err
	case int64(data.Len()) > limit:
		return nil, tooLarge(limit)
	case data.Len() == 0:
		return nil, errors.New("is empty")
	}
	return data.Bytes(), nil
}

func tooLarge(limit int64) error {
	return fmt.Errorf("larger than %d MiB, the most that is read of its kind", limit>>20)
}

// interruptible reads until its context is done.
type interruptible struct {
	ctx context.Context
	r   io.Reader
}

// Read implements io.Reader.
func (i *interruptible) Read(p []byte) (int, error) {
	if err := i.ctx.Err(); err != nil {
		return 0, err
	}
	return i.r.Read(p)
}

// bareCause drops the operation and path of a file error, where the message names
// the input already.
func bareCause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
