// Package rules gathers what every stage goes by, made of the rule files and what a user
// adds to them. The files stand in one folder, in package list, which reads them all.
//
// [Default] returns the built-in rules, [Load] those with the additions of a folder.
package rules

import (
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"readout/diff"
	"readout/diff/formula"
	"readout/internal/document"
	"readout/internal/reading"
	"readout/internal/rules/list"
	"readout/timeline"
)

// Rules are the word lists of every stage. They are not changed once they are made
// and may be shared. Each list is made when it is first asked for: most questions need
// few of them, and reading all takes longer than answering.
type Rules struct {
	book       *list.Book
	extract    func() *reading.Rules
	furniture  func() *document.Words
	issues     func() *timeline.Issues
	words      func() *timeline.WordLists
	lexicon    func() *diff.Lexicon
	ladder     func() *diff.Ladder
	qualifiers func() *formula.Qualifiers

	// Digest is the same for the same additions and "" for none: a text that was
	// read under another digest was read by other rules.
	Digest string
}

// Book returns the rule files, nil where they are the built-in ones.
func (r *Rules) Book() *list.Book { return r.book }

// Extract are names of parties, kinds, levels, calendar, noise and speech acts.
func (r *Rules) Extract() *reading.Rules { return r.extract() }

// Furniture is what on a web page is not its text.
func (r *Rules) Furniture() *document.Words { return r.furniture() }

// Issues is the table of recurring issues.
func (r *Rules) Issues() *timeline.Issues { return r.issues() }

// WordLists are the words of topics that are no names of issues, and those of lanes.
func (r *Rules) WordLists() *timeline.WordLists { return r.words() }

// Lexicon has function words, modal verbs and negations.
func (r *Rules) Lexicon() *diff.Lexicon { return r.lexicon() }

// Ladder says how firmly verbs bind.
func (r *Rules) Ladder() *diff.Ladder { return r.ladder() }

// Qualifiers make a formula firmer or weaker, wider or narrower.
func (r *Rules) Qualifiers() *formula.Qualifiers { return r.qualifiers() }

// Diff returns the lists by which texts are compared.
func (r *Rules) Diff() diff.Options {
	return diff.Options{Lexicon: r.Lexicon(), Ladder: r.Ladder(), Qualifiers: r.Qualifiers(), Words: r.WordLists()}
}

// Default returns the built-in rules.
func Default() *Rules { return of(nil) }

// Load returns the built-in rules with what the files of the folder add; the name is
// what places in it are told under. A file that is not there adds nothing; one that
// cannot be used is an error that names it and its line. Other files are ignored.
func Load(folder fs.FS, name string) (*Rules, error) {
	b, err := list.Open(folder, name)
	if err != nil {
		return nil, err
	}
	if b.Digest() == "" {
		return Default(), nil
	}
	return New(b)
}

// New returns the rules of a book. All of them are made at once: a line that cannot be
// used is told whatever is asked.
func New(b *list.Book) (*Rules, error) {
	r, made := lazily(b)
	var errs []error
	for _, make := range made {
		errs = append(errs, make())
	}
	return r, errors.Join(errs...)
}

// Without returns the rules without some of their lines, see [list.Book.Without]. The
// expressions of an issue in other languages go with its last line.
func (r *Rules) Without(places ...list.Place) *Rules {
	b := r.book.Without(places...)
	if b.Changed("issues.tsv") {
		named := map[string]bool{}
		for _, l := range b.Lines("issues.tsv") {
			named[l.Fields()[0]] = true
		}
		var stray []list.Place
		for _, l := range b.Lines("issues_tongues.tsv") {
			if !named[l.Fields()[1]] {
				stray = append(stray, l.Place)
			}
		}
		b = b.Without(stray...)
	}
	out, _ := lazily(b)
	return out
}

// of returns the rules of the built-in files under the name of a book.
func of(b *list.Book) *Rules {
	return &Rules{
		book: b, Digest: b.Digest(),
		extract: sync.OnceValue(reading.Default), furniture: document.DefaultWords,
		issues: sync.OnceValue(timeline.DefaultIssues), words: timeline.DefaultWordLists,
		lexicon: diff.DefaultLexicon, ladder: diff.DefaultLadder, qualifiers: formula.DefaultQualifiers,
	}
}

// lazily returns the rules of a book, each list made when it is asked for, and what makes
// them beforehand.
func lazily(b *list.Book) (*Rules, []func() error) {
	r := of(b)
	return r, []func() error{
		when(b, &r.extract, func() (*reading.Rules, error) { return reading.New(b) }, readingFiles...),
		when(b, &r.furniture, func() (*document.Words, error) { return document.NewWords(b), nil }, "furniture.txt", "letters.txt"),
		when(b, &r.issues, func() (*timeline.Issues, error) {
			return extended(b, new(timeline.Issues), (*timeline.Issues).Extend, "issues.tsv", "issues_tongues.tsv")
		}, "issues.tsv", "issues_tongues.tsv"),
		when(b, &r.words, func() (*timeline.WordLists, error) { return wordLists(b) }, topicFiles...),
		when(b, &r.lexicon, func() (*diff.Lexicon, error) {
			return extended(b, new(diff.Lexicon), (*diff.Lexicon).Extend, "lexicon.tsv")
		}, "lexicon.tsv"),
		when(b, &r.ladder, func() (*diff.Ladder, error) {
			return extended(b, new(diff.Ladder), (*diff.Ladder).Extend, "ladder.tsv")
		}, "ladder.tsv"),
		when(b, &r.qualifiers, func() (*formula.Qualifiers, error) {
			return extended(b, new(formula.Qualifiers), (*formula.Qualifiers).Extend, "qualifiers.tsv")
		}, "qualifiers.tsv"),
	}
}

// readingFiles are the files of package reading and what is beneath it, topicFiles those
// of [timeline.WordLists].
var (
	readingFiles = []string{"parties.tsv", "names.tsv", "notparties.txt", "offices.txt", "hosts.tsv", "words.txt", "noise.txt",
		"calendar.tsv", "events.tsv", "languages.tsv", "abbreviations.txt", "acts.tsv", "persons.tsv", "english.tsv",
		"tongues.tsv"}
	topicFiles = []string{"topics.txt", "headings.txt", "tails.txt", "wrappers.txt", "relations.txt", "protocol.txt",
		"frames.txt", "lanes.txt", "edges.txt"}
)

// when has a list made of a book whose files are not the built-in ones alone. It returns
// what makes the list and says whether that can be done; who asks for the list without
// having asked that must know that it can.
func when[T any](b *list.Book, kept *func() *T, make func() (*T, error), files ...string) func() error {
	if !slices.ContainsFunc(files, b.Changed) {
		return func() error { return nil }
	}
	made := sync.OnceValues(make)
	*kept = func() *T {
		list, err := made()
		if err != nil {
			panic("rules that cannot be used: " + err.Error())
		}
		return list
	}
	return func() error { _, err := made(); return err }
}

// extended extends an empty list by files of a book, one after the other.
func extended[T any](b *list.Book, empty *T, add func(*T, io.Reader) (*T, error), files ...string) (*T, error) {
	made := empty
	for _, name := range files {
		for _, text := range b.Texts(name) {
			var err error
			if made, err = add(made, strings.NewReader(text.Text)); err != nil {
				return nil, text.Name(err)
			}
		}
	}
	return made, nil
}

// wordLists makes the lists of words of topics and lanes.
func wordLists(b *list.Book) (*timeline.WordLists, error) {
	made := new(timeline.WordLists)
	for _, name := range topicFiles {
		add := func(w *timeline.WordLists, r io.Reader) (*timeline.WordLists, error) { return w.Extend(name, r) }
		var err error
		if made, err = extended(b, made, add, name); err != nil {
			return nil, err
		}
	}
	return made, nil
}
