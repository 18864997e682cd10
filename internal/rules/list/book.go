package list

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
)

// Book is the built-in rule files with what a user adds to them. It is not changed once
// it is made and may be shared; nil is the built-in files.
type Book struct {
	added   map[string]file // by the name of the file
	gone    map[Place]bool  // rules that are taken out, see Without
	touched map[string]bool // the files that one was taken out of
	digest  string
}

// Open returns the book of the built-in files and those of a folder, which is named
// where places in it are told. A file that is not there adds nothing; one that cannot be
// used is an error that names it and its line. Files of other names are ignored.
func Open(folder fs.FS, name string) (*Book, error) {
	b := &Book{added: map[string]file{}}
	sum := sha256.New()
	for _, g := range Grammars() {
		text, err := fs.ReadFile(folder, g.File)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if g.Fixed != "" {
			return nil, fmt.Errorf("%s cannot be added to: %s", path.Join(name, g.File), g.Fixed)
		}
		if b.added[g.File], err = g.read(string(text), path.Join(name, g.File), false); err != nil {
			return nil, err
		}
		fmt.Fprintf(sum, "%s %d\n%s", g.File, len(text), text)
	}
	if len(b.added) > 0 {
		b.digest = hex.EncodeToString(sum.Sum(nil)[:8])
	}
	return b, nil
}

// Digest is the same for the same additions and "" for none.
func (b *Book) Digest() string {
	if b == nil {
		return ""
	}
	return b.digest
}

// Lines returns the rules of a file: the built-in ones, then those that were added.
func (b *Book) Lines(name string) []Line {
	own := BuiltIn(name)
	if !b.Changed(name) {
		return own
	}
	return b.kept(slices.Concat(own, b.added[name].rules))
}

// Before returns the rules of a file with those that were added before the built-in ones:
// for names, of which the first that claims a word has it.
func (b *Book) Before(name string) []Line {
	own := BuiltIn(name)
	if !b.Changed(name) {
		return own
	}
	return b.kept(slices.Concat(b.added[name].rules, own))
}

func (b *Book) kept(lines []Line) []Line {
	if len(b.gone) == 0 {
		return lines
	}
	return slices.DeleteFunc(lines, func(l Line) bool { return b.gone[l.Place] })
}

// Without returns the book without some of its rules: what comes out differently without
// a rule is what the rule decides.
func (b *Book) Without(rules ...Place) *Book {
	out := &Book{gone: map[Place]bool{}, touched: map[string]bool{}}
	if b != nil {
		out.added, out.digest = b.added, b.digest
		maps.Copy(out.gone, b.gone)
		maps.Copy(out.touched, b.touched)
	}
	for _, p := range rules {
		out.gone[p] = true
		out.touched[path.Base(p.File)] = true
	}
	return out
}

// Changed reports whether the book has other rules in a file than the built-in ones.
func (b *Book) Changed(name string) bool {
	return b != nil && (b.touched[name] || len(b.added[name].rules) > 0)
}

// Once returns make with what it makes of the built-in files kept: all books that change
// none of the files share it.
func Once[T any](make func(*Book) (T, error), files ...string) func(*Book) (T, error) {
	own := sync.OnceValues(func() (T, error) { return make(nil) })
	return func(b *Book) (T, error) {
		if slices.ContainsFunc(files, b.Changed) {
			return make(b)
		}
		return own()
	}
}

// Text is a file as it is written.
type Text struct {
	File string // as places in it are told
	Text string
}

// Name gives the error of who read the text as that of its file.
func (t Text) Name(err error) error {
	if e := new(Error); errors.As(err, &e) {
		return &Error{Place{t.File, e.Line}, e.Err}
	}
	return err
}

// Texts returns a file as it is written, the built-in one and then what was added, for
// whoever reads it with [Read]. Rules that were taken out are empty lines.
func (b *Book) Texts(name string) []Text {
	out := []Text{{name, b.whole(builtin()[name]())}}
	if b != nil && len(b.added[name].rules) > 0 {
		out = append(out, Text{b.added[name].rules[0].File, b.whole(b.added[name])})
	}
	return out
}

// whole returns the text of a file without the rules that were taken out.
func (b *Book) whole(f file) string {
	if b == nil || len(b.gone) == 0 {
		return f.text
	}
	lines := strings.SplitAfter(f.text, "\n")
	for _, l := range f.rules {
		if b.gone[l.Place] {
			lines[l.Line-1] = "\n"
		}
	}
	return strings.Join(lines, "")
}

// Sections gathers the texts of rules by section, in their order.
func Sections(lines []Line) map[string][]string {
	out := map[string][]string{}
	for _, l := range lines {
		out[l.Section] = append(out[l.Section], l.Text)
	}
	return out
}
