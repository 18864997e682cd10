package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"readout/internal/archive"
)

// maxInput bounds the bytes read of one input: far above any release, far below
// what would exhaust the machine.
const maxInput = 64 << 20

// readable are the endings of the files that are taken out of a folder. A file
// that is named by itself is read whatever it is called.
var readable = []string{".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml"}

// expand replaces folders by the files in them, in order of name. Files whose name
// begins with a dot, and kinds of file that hold no release, are passed over.
func (a *app) expand(paths []string) ([]string, error) {
	var out []string
	for _, p := range paths {
		info, err := os.Stat(p)
		if err != nil || !info.IsDir() { // what cannot be opened is reported as its own item
			out = append(out, p)
			continue
		}
		n := len(out)
		err = filepath.WalkDir(p, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				a.note("%v", err)
				return nil
			case path != p && strings.HasPrefix(d.Name(), "."):
				if d.IsDir() {
					return fs.SkipDir
				}
			case d.Type().IsRegular() && slices.Contains(readable, strings.ToLower(filepath.Ext(path))):
				out = append(out, path)
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("read folder %q: %w", p, err)
		}
		if len(out) == n {
			a.note("%s: no file of a kind that readout reads (%s)", p, strings.Join(readable, " "))
		}
	}
	return out, nil
}

// inputs reads what the names stand for, one after the other. One that cannot be
// read is yielded with its error.
func (a *app) inputs(ctx context.Context, names []string, web webReader) iter.Seq2[archive.Input, error] {
	return func(yield func(archive.Input, error) bool) {
		for _, name := range names {
			if ctx.Err() != nil {
				return
			}
			var in archive.Input
			var err error
			if isURL(name) {
				in, err = web(ctx, name)
			} else {
				in.Data, err = a.read(name)
			}
			in.Name = name
			if !yield(in, err) {
				return
			}
		}
	}
}

// webReader fetches one document.
type webReader func(ctx context.Context, address string) (archive.Input, error)

// read returns the bytes of a file, or of standard input for "-".
func (a *app) read(name string) ([]byte, error) {
	r := a.stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, bareCause(err)
		}
		defer f.Close()
		r = f
	}
	data, err := io.ReadAll(io.LimitReader(r, maxInput+1))
	switch {
	case err != nil:
		return nil, bareCause(err)
	case len(data) > maxInput:
		return nil, fmt.Errorf("larger than %d MiB", maxInput>>20)
	case len(data) == 0:
		return nil, errors.New("is empty")
	}
	return data, nil
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
