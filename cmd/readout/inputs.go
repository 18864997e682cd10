package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"path/filepath"
	"strings"

	"readout/internal/archive"
	"readout/internal/document/container"
	"readout/timeline"
)

// intake reads what the operands of a command stand for.
type intake struct {
	app     *app
	web     webReader
	mapping *container.Mapping // of data; nil leaves it to what it looks like
	found   map[string]bool    // the files that stand in a folder, and were not named
	left    []leftOut
}

func (a *app) intake() *intake { return &intake{app: a, found: map[string]bool{}} }

// inputs reads what the names stand for, one after the other. One that cannot be
// read is yielded with its error.
func (in *intake) inputs(ctx context.Context, names []string) iter.Seq2[archive.Input, error] {
	return func(yield func(archive.Input, error) bool) {
		for _, name := range names {
			if ctx.Err() != nil {
				return
			}
			for x, err := range in.input(ctx, name) {
				if in.found[name] && isNoRelease(err) {
					in.leave(x.Name, err.Error())
					continue
				}
				if !yield(x, err) {
					return
				}
			}
		}
	}
}

// input reads what one name stands for: a document, or all those in a container or
// a listing of captures.
func (in *intake) input(ctx context.Context, name string) iter.Seq2[archive.Input, error] {
	return func(yield func(archive.Input, error) bool) {
		if isURL(name) {
			x, err := in.web(ctx, name)
			x.Name = name
			if err == nil && container.Detect(name, x.Data) != container.None {
				in.contained(x)(yield)
				return
			}
			yield(x, err)
			return
		}
		data, err := in.app.read(ctx, name)
		switch {
		case err != nil:
			yield(archive.Input{Name: name}, err)
		case isListing(name):
			listed(ctx, name, data, in.web)(yield)
		case container.Detect(name, data) != container.None:
			in.contained(archive.Input{Name: name, Data: data})(yield)
		default:
			yield(archive.Input{Name: name, Data: data}, nil)
		}
	}
}

// isNoRelease reports whether an error says that there is nothing to take in, rather
// than that something is damaged.
func isNoRelease(err error) bool {
	return errors.Is(err, container.ErrNoMapping) || errors.Is(err, container.ErrListing) ||
		errors.Is(err, container.ErrSummary) || errors.Is(err, container.ErrAnswer)
}

// contained yields the documents of an archive, a feed, data or a WARC file.
func (in *intake) contained(whole archive.Input) iter.Seq2[archive.Input, error] {
	return func(yield func(archive.Input, error) bool) {
		for x, err := range container.Open(whole.Name, whole.Data, container.Options{Mapping: in.mapping}) {
			one := archive.Input{
				Name:       cmp.Or(x.Name, whole.Name),
				Data:       x.Data,
				MediaType:  x.MediaType,
				URL:        x.URL,
				CapturedAt: x.CapturedAt,
			}
			if one.CapturedAt.IsZero() {
				one.CapturedAt = whole.CapturedAt
			}
			one.Overrides.Title = x.Title
			if day, err := timeline.ParseDate(x.Published); err == nil {
				one.Overrides.Published = day
			}
			if !yield(one, err) {
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
			in.Name, in.URL, in.CapturedAt, in.Witnessed = c.Replay(), c.URL, c.At, false
			if !yield(in, err) {
				return
			}
		}
	}
}

// webReader fetches one document.
type webReader func(ctx context.Context, address string) (archive.Input, error)
