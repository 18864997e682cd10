package main

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"readout/internal/document"
	"readout/internal/document/container"
)

// readable are the endings of the files that are taken out of a folder. A file
// that is named by itself is read whatever it is called.
var readable = []string{".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".shtml",
	".pdf", ".docx", ".eml", ".zip", ".tar", ".tgz", ".gz", ".warc"}

// lookedInto are the endings of files that may hold a release or anything else: what
// tools that copy a site keep its pages as, feeds and data.
var lookedInto = []string{"", ".php", ".asp", ".aspx", ".jsp", ".do", ".cfm", ".rss", ".atom", ".rdf", ".xml", ".json", ".csv", ".tsv"}

// expand replaces folders by the files in them, in order of name. What of them is no
// document is left out, and named.
func (in *intake) expand(paths []string) ([]string, error) {
	var out []string
	for _, p := range paths {
		info, err := os.Stat(p)
		if err != nil || !info.IsDir() { // what cannot be opened is reported as its own item
			out = append(out, p)
			continue
		}
		n := len(out)
		if out, err = in.folder(p, out); err != nil {
			return nil, fmt.Errorf("read folder %q: %w", p, err)
		}
		if len(out) == n {
			in.app.note("%s: no file of a kind that readout reads (%s)", p, strings.Join(readable, " "))
		}
	}
	return out, nil
}

// folder appends the files of one folder to out.
func (in *intake) folder(root string, out []string) ([]string, error) {
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			in.leave(path, err.Error())
			return nil
		case path != root && strings.HasPrefix(d.Name(), "."):
			in.leave(path, "its name says that it is hidden")
			if d.IsDir() {
				return fs.SkipDir
			}
		case d.IsDir():
		case !d.Type().IsRegular():
			in.leave(path, "is no regular file")
		default:
			if why := unreadable(path); why != "" {
				in.leave(path, why)
				return nil
			}
			in.found[path] = true
			out = append(out, path)
		}
		return nil
	})
	return out, err
}

// unreadable returns why a file of a folder is no document, "" for one that is or may
// be.
func unreadable(path string) string {
	ending := strings.ToLower(filepath.Ext(path))
	switch {
	case slices.Contains(readable, ending):
		return ""
	case !slices.Contains(lookedInto, ending):
		return fmt.Sprintf("files that end in %s are not read", ending)
	}
	f, err := os.Open(path)
	if err != nil {
		return bareCause(err).Error()
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, headSize))
	switch {
	case err != nil:
		return bareCause(err).Error()
	case len(head) == 0:
		return "is empty"
	case bytes.HasPrefix(head, []byte("<?php")), bytes.HasPrefix(head, []byte("<%")):
		return "is a program, not a page"
	case container.Detect(path, head) != container.None, document.Recognizes(head):
		return ""
	}
	return "is not a text or document"
}

// leave notes that a file is left out, and why.
func (in *intake) leave(path, why string) {
	in.left = append(in.left, leftOut{path, why})
	in.app.note("left out %s: %s", path, why)
}

// leftOut is a file of a folder that was not taken in.
type leftOut struct{ path, why string }
