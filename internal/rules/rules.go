// Package rules gathers the word lists that readout goes by, with what a user adds
// to them. Every list is a data file of the package that uses it; a folder of files
// of the same names and forms extends them.
//
// [Default] returns the built-in lists, [Load] those with the additions of a folder.
package rules

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"sync"

	"readout/diff"
	"readout/diff/formula"
	"readout/internal/document"
	"readout/internal/reading"
	"readout/timeline"
)

// Rules are the word lists of every stage. They are not changed once they are made
// and may be shared. Each built-in list is read when it is first asked for: most
// questions need few of them, and reading all takes longer than answering.
type Rules struct {
	extract    func() *reading.Rules
	furniture  func() *document.Words
	issues     func() *timeline.Issues
	lexicon    func() *diff.Lexicon
	ladder     func() *diff.Ladder
	qualifiers func() *formula.Qualifiers

	Edges []string // function words beside the built-in ones, for stock phrases
	// Digest is the same for the same additions and "" for none: a text that was
	// read under another digest was read by other rules.
	Digest string
}

// Extract are names of parties, kinds, levels, calendar, noise and speech acts.
func (r *Rules) Extract() *reading.Rules { return r.extract() }

// Furniture is what on a web page is not its text.
func (r *Rules) Furniture() *document.Words { return r.furniture() }

// Issues is the table of recurring issues.
func (r *Rules) Issues() *timeline.Issues { return r.issues() }

// Lexicon has function words, modal verbs and negations.
func (r *Rules) Lexicon() *diff.Lexicon { return r.lexicon() }

// Ladder says how firmly verbs bind.
func (r *Rules) Ladder() *diff.Ladder { return r.ladder() }

// Qualifiers make a formula firmer or weaker, wider or narrower.
func (r *Rules) Qualifiers() *formula.Qualifiers { return r.qualifiers() }

// Names of the files that [Load] looks for.
const (
	Parties       = "parties.tsv"
	Names         = "names.tsv"
	Words         = "words.txt"
	Noise         = "noise.txt"
	Calendar      = "calendar.tsv"
	Abbreviations = "abbreviations.txt"
	Acts          = "acts.tsv"
	Furniture     = "furniture.txt"
	Issues        = "issues.tsv"
	Lexicon       = "lexicon.tsv"
	Ladder        = "ladder.tsv"
	Qualifiers    = "qualifiers.tsv"
	Edges         = "edges.txt"
)

// Files returns the names of all files that [Load] looks for, in the order in which
// they are documented.
func Files() []string {
	return []string{Parties, Names, Words, Noise, Calendar, Abbreviations, Acts, Furniture, Issues, Lexicon, Ladder,
		Qualifiers, Edges}
}

// Default returns the built-in rules.
func Default() *Rules {
	return &Rules{
		extract: sync.OnceValue(reading.Default), furniture: sync.OnceValue(document.DefaultWords),
		issues: sync.OnceValue(timeline.DefaultIssues), lexicon: sync.OnceValue(diff.DefaultLexicon),
		ladder: sync.OnceValue(diff.DefaultLadder), qualifiers: sync.OnceValue(formula.DefaultQualifiers),
	}
}

// Load returns the built-in rules with what the files of the folder add. A file
// that is not there adds nothing; one that cannot be used is an error that names it
// and its line. Files of other names are left alone.
func Load(folder fs.FS) (*Rules, error) {
	added, digest, err := readAll(folder)
	if err != nil {
		return nil, err
	}
	r := Default()
	if len(added) == 0 {
		return r, nil
	}
	r.Digest = digest
	reader := func(name string) io.Reader {
		if b, ok := added[name]; ok {
			return bytes.NewReader(b)
		}
		return nil
	}
	extract, err := reading.New(reading.Additions{
		Parties: reader(Parties), Names: reader(Names), Words: reader(Words), Noise: reader(Noise),
		Calendar: reader(Calendar), Abbreviations: reader(Abbreviations), Acts: reader(Acts),
	})
	if err != nil {
		return nil, err
	}
	r.extract = func() *reading.Rules { return extract }
	err = errors.Join(
		extend(Furniture, reader(Furniture), &r.furniture, (*document.Words).Extend),
		extend(Issues, reader(Issues), &r.issues, (*timeline.Issues).Extend),
		extend(Lexicon, reader(Lexicon), &r.lexicon, (*diff.Lexicon).Extend),
		extend(Ladder, reader(Ladder), &r.ladder, (*diff.Ladder).Extend),
		extend(Qualifiers, reader(Qualifiers), &r.qualifiers, (*formula.Qualifiers).Extend))
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(added[Edges])) {
		if !strings.HasPrefix(line, "#") {
			r.Edges = append(r.Edges, strings.Fields(line)...)
		}
	}
	return r, nil
}

// extend adds the lines of a file, nil for none, to a list. They are read at once, so
// that one that cannot be used is told whatever is asked.
func extend[T any](name string, from io.Reader, list *func() *T, add func(*T, io.Reader) (*T, error)) error {
	if from == nil {
		return nil
	}
	longer, err := add((*list)(), from)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	*list = func() *T { return longer }
	return nil
}

// readAll returns the files that are there, and the digest of their names and bytes.
func readAll(folder fs.FS) (map[string][]byte, string, error) {
	added := map[string][]byte{}
	sum := sha256.New()
	for _, name := range Files() {
		data, err := fs.ReadFile(folder, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, "", err
		}
		added[name] = data
		fmt.Fprintf(sum, "%s %d\n%s", name, len(data), data)
	}
	return added, hex.EncodeToString(sum.Sum(nil)[:8]), nil
}
