package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"readout/internal/document"
)

// endless gives one byte for ever, and counts what was taken of it.
type endless struct {
	b     byte
	taken int
}

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = e.b
	}
	e.taken += len(p)
	return len(p), nil
}

// What is too large is refused by its size, before it is read; what has no size, after
// as much as a document may have.
func TestTooLarge(t *testing.T) {
	dir := t.TempDir()
	sparse := filepath.Join(dir, "sparse.txt")
	if err := os.WriteFile(sparse, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(sparse, 2<<30); err != nil {
		t.Skip(err) // a file system without sparse files
	}
	for _, b := range []byte{0, 'a', '\n'} {
		in := &endless{b: b}
		for _, name := range []string{"-", sparse} {
			var talk bytes.Buffer
			code := run(t.Context(), []string{"--db", filepath.Join(dir, "r.db"), "ingest", name}, in, io.Discard, &talk)
			if code != exitFailed || !strings.Contains(talk.String(), "larger than 20 MiB") {
				t.Errorf("ingest %s of endless %q = %d: %s", name, b, code, talk.String())
			}
		}
		if in.taken > 2*document.MaxBytes {
			t.Errorf("%d bytes were read before they were refused", in.taken)
		}
	}
}

func TestDevice(t *testing.T) {
	if _, err := os.Stat("/dev/zero"); err != nil {
		t.Skip(err)
	}
	var talk bytes.Buffer
	code := run(t.Context(), []string{"--db", filepath.Join(t.TempDir(), "r.db"), "ingest", "/dev/zero"}, nil, io.Discard, &talk)
	if code != exitFailed || !strings.Contains(talk.String(), "/dev/zero: is a device, not a document") {
		t.Errorf("ingest = %d: %s", code, talk.String())
	}
}

// A signal ends a command that waits for standard input.
func TestSignalWhileWaiting(t *testing.T) {
	r, w := io.Pipe()
	t.Cleanup(func() { _ = w.Close() }) // a pipe in memory has no error to report
	ctx, signal := context.WithCancel(t.Context())
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, []string{"--db", filepath.Join(t.TempDir(), "r.db"), "ingest", "-"}, r, io.Discard, io.Discard)
	}()
	_, err := w.Write([]byte("Meeting")) // the command has begun to read
	if err != nil {
		t.Fatal(err)
	}
	signal()
	select {
	case got := <-code:
		if got != exitInterrupted {
			t.Errorf("ingest ends with %d, want %d", got, exitInterrupted)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("ingest does not end")
	}
}
