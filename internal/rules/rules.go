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

	"readout/diff"
	"readout/diff/formula"
	"readout/internal/document"
	"readout/internal/reading"
	"readout/timeline"
)

// Rules are the word lists of every stage. They are not changed once they are made
// and may be shared.
type Rules struct {
	Extract    *reading.Rules  // names of parties, kinds, levels, calendar, noise, speech acts
	Furniture  *document.Words // what on a web page is not its text
	Issues     *timeline.Issues
	Lexicon    *diff.Lexicon       // function words, modal verbs, negations
	Ladder     *diff.Ladder        // how firmly verbs bind
	Qualifiers *formula.Qualifiers // what makes a formula firmer or weaker, wider or narrower
	Edges      []string            // function words beside the built-in ones, for stock phrases
	// Digest is the same for the same additions and "" for none: a text that was
	// read under another digest was read by other rules.
	Digest string
}

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
	return []string{Parties, Names, Words, Noise, Calendar, Abbreviations, Acts, Furniture, Issues, Lexicon, Ladder, Qualifiers, Edges}
}

// Default returns the built-in rules.
func Default() *Rules {
	return &Rules{Extract: reading.Default(), Furniture: document.DefaultWords(), Issues: timeline.DefaultIssues(), Lexicon: diff.DefaultLexicon(), Ladder: diff.DefaultLadder(), Qualifiers: formula.DefaultQualifiers()}
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
	r.Extract, err = reading.New(reading.Additions{
		Parties: reader(Parties), Names: reader(Names), Words: reader(Words), Noise: reader(Noise),
		Calendar: reader(Calendar), Abbreviations: reader(Abbreviations), Acts: reader(Acts),
	})
	if err != nil {
		return nil, err
	}
	if from := reader(Furniture); from != nil {
		if r.Furniture, err = r.Furniture.Extend(from); err != nil {
			return nil, fmt.Errorf("%s: %w", Furniture, err)
		}
	}
	if from := reader(Issues); from != nil {
		if r.Issues, err = r.Issues.Extend(from); err != nil {
			return nil, fmt.Errorf("%s: %w", Issues, err)
		}
	}
	if from := reader(Lexicon); from != nil {
		if r.Lexicon, err = r.Lexicon.Extend(from); err != nil {
			return nil, fmt.Errorf("%s: %w", Lexicon, err)
		}
	}
	if from := reader(Ladder); from != nil {
		if r.Ladder, err = r.Ladder.Extend(from); err != nil {
			return nil, fmt.Errorf("%s: %w", Ladder, err)
		}
	}
	if from := reader(Qualifiers); from != nil {
		if r.Qualifiers, err = r.Qualifiers.Extend(from); err != nil {
			return nil, fmt.Errorf("%s: %w", Qualifiers, err)
		}
	}
	for line := range strings.Lines(string(added[Edges])) {
		if !strings.HasPrefix(line, "#") {
			r.Edges = append(r.Edges, strings.Fields(line)...)
		}
	}
	return r, nil
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
