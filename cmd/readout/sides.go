package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"readout/diff"
	"readout/internal/document"
	"readout/internal/reading"
	"readout/storage"
	"readout/timeline"
)

// sides returns the two releases that the user names. Statements of two versions
// of one release are told apart by ID@vN#k.
func (a *app) sides(ctx context.Context, oldName, newName string) (before, after *timeline.Release, err error) {
	if oldName != "-" && newName != "-" && a.isFile(oldName) && a.isFile(newName) {
		before, after, err = a.bothFiles(ctx, oldName, newName)
	} else if before, err = a.side(ctx, oldName); err == nil {
		after, err = a.side(ctx, newName)
	}
	if err != nil {
		return nil, nil, err
	}
	if before.ID == after.ID && before.Version > 0 {
		before.NameStatements(fmt.Sprintf("%s@v%d", before.ID, before.Version))
		after.NameStatements(fmt.Sprintf("%s@v%d", after.ID, after.Version))
	}
	return before, after, nil
}

// bothFiles reads two files at the same time: reading takes most of the time of a
// comparison.
func (a *app) bothFiles(ctx context.Context, oldName, newName string) (before, after *timeline.Release, err error) {
	done := make(chan error, 1)
	go func() {
		var err error
		after, err = a.fileRelease(ctx, newName)
		done <- err
	}()
	before, err = a.fileRelease(ctx, oldName)
	other := <-done
	return before, after, cmp.Or(err, other)
}

// side returns the release that the user calls name: a file on disk or standard
// input, else a release of the store.
func (a *app) side(ctx context.Context, name string) (*timeline.Release, error) {
	if a.isFile(name) {
		return a.fileRelease(ctx, name)
	}
	ref, err := parseRef(name)
	if err != nil {
		return nil, err
	}
	arch, err := a.open()
	var rel *timeline.Release
	if err == nil {
		rel, err = arch.Release(ctx, ref)
	}
	if (isNotFound(err) || errors.Is(err, storage.ErrNoStore)) &&
		(filepath.Ext(name) != "" || strings.ContainsRune(name, filepath.Separator)) {
		return nil, &hintedError{err: fmt.Errorf("%s is neither a file nor a release of the store", name), hint: "readout list"}
	}
	return rel, err
}

// isFile reports whether the user means a file, "-" for standard input included.
func (a *app) isFile(name string) bool {
	if a.storeOnly {
		return false
	}
	info, err := os.Stat(name)
	return name == "-" || err == nil && !info.IsDir()
}

// fileRelease reads a release out of a file; its id is the name as given.
func (a *app) fileRelease(ctx context.Context, name string) (*timeline.Release, error) {
	data, err := a.read(ctx, name)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	doc, err := document.Parse(filepath.Base(name), data, document.Options{Words: a.rules.Furniture(), PDF: a.pdf})
	if err != nil {
		return nil, err
	}
	rel := reading.Release(doc, a.rules.Extract(), reading.Overrides{})
	rel.Name(strings.ReplaceAll(name, "#", "_"))
	return rel, nil
}

// causeOf says why two texts differ: two versions of one release, or two meetings.
// Files are two versions of one text where they carry the same address, or report
// the same meeting.
func causeOf(before, after *timeline.Release) diff.Cause {
	switch {
	case before.Version > 0 && after.Version > 0:
		if before.ID == after.ID {
			return diff.Record
		}
	case before.Source != "" && after.Source != "":
		if before.Source == after.Source {
			return diff.Record
		}
	case before.Day() == after.Day() && before.Title == after.Title:
		return diff.Record
	}
	return diff.Position
}
