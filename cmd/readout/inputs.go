package main

import (
	"context"
	"fmt"
	"io/fs"
	"iter"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"readout/internal/archive"
	"readout/internal/document/container"
	"readout/timeline"
)

// readable are the endings of the files that are taken out of a folder. A file
// that is named by itself is read whatever it is called.
var readable = []string{".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml",
	".pdf", ".docx", ".eml", ".zip", ".tar", ".tgz", ".gz", ".warc"}

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
			for in, err := range a.input(ctx, name, web) {
				if !yield(in, err) {
					return
				}
			}
		}
	}
}

// input reads what one name stands for: a document, or all those in a container or
// a listing of captures.
func (a *app) input(ctx context.Context, name string, web webReader) iter.Seq2[archive.Input, error] {
	return func(yield func(archive.Input, error) bool) {
		if isURL(name) {
			in, err := web(ctx, name)
			in.Name = name
			yield(in, err)
			return
		}
		data, err := a.read(ctx, name)
		switch {
		case err != nil:
			yield(archive.Input{Name: name}, err)
		case isListing(name):
			listed(ctx, name, data, web)(yield)
		case container.Detect(data) != container.None:
			contained(name, data)(yield)
		default:
			yield(archive.Input{Name: name, Data: data}, nil)
		}
	}
}

// contained yields the documents of an archive, a feed or a WARC file.
func contained(name string, data []byte) iter.Seq2[archive.Input, error] {
	return func(yield func(archive.Input, error) bool) {
		for x, err := range container.Open(name, data, container.Limits{}) {
			in := archive.Input{Name: x.Name, Data: x.Data, MediaType: x.MediaType, URL: x.URL, CapturedAt: x.CapturedAt}
			if in.Name == "" {
				in.Name = name
			}
			in.Overrides.Title = x.Title
			if day, err := timeline.ParseDate(x.Published); err == nil {
				in.Overrides.Published = day
			}
			if !yield(in, err) {
				return
			}
		}
	}
}

// isListing reports whether a file is a listing of captures, which holds none
// itself: CDX has no mark of its own, so its name must say it.
func isListing(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".cdx", ".cdxj":
		return true
	}
	return false
}

// listed fetches the captures of a listing from the Wayback Machine, every text
// once. Each keeps the time at which it was seen.
func listed(ctx context.Context, name string, data []byte, web webReader) iter.Seq2[archive.Input, error] {
	return func(yield func(archive.Input, error) bool) {
		captures, skipped, err := container.CDX(data)
		if err == nil && skipped > 0 {
			err = fmt.Errorf("%d lines cannot be read", skipped)
		}
		if err != nil && !yield(archive.Input{Name: name}, err) {
			return
		}
		seen := map[string]bool{}
		for _, c := range captures {
			key := c.URL + " " + c.Digest
			if c.Status != 0 && c.Status != http.StatusOK || c.Digest != "" && seen[key] {
				continue
			}
			seen[key] = true
			in, err := web(ctx, c.Replay())
			in.Name, in.URL, in.CapturedAt = c.Replay(), c.URL, c.At
			if !yield(in, err) {
				return
			}
		}
	}
}

// webReader fetches one document.
type webReader func(ctx context.Context, address string) (archive.Input, error)
