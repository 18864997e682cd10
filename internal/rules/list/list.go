// Package list holds every rule file of readout and the one reader of them all. A rule
// file is text: a rule a line, comments after "#" at the beginning of a line, in some
// files "[section]" lines that say what the rules below them are, and examples, which
// begin with ">" (see [Example]). What a file may hold is its [Grammar]; all of them
// stand in one table, [Grammars].
//
// A [Book] is the built-in files with what a user adds to them. The packages that go by
// rules take the lines of a book; what the fields of a line mean is known to them alone.
package list

import (
	"embed"
	"fmt"
	"io"
	"strings"
	"sync"
)

//go:embed data
var data embed.FS

// Place is where a rule stands.
type Place struct {
	File string `json:"file"` // its name; of a user's file, with the folder
	Line int    `json:"line"` // from 1
}

// String writes the place as editors read it: "acts.tsv:12".
func (p Place) String() string { return fmt.Sprintf("%s:%d", p.File, p.Line) }

// Line is one rule.
type Line struct {
	Place
	Section string // the section it stands in, "" in files without any
	Text    string // without the space behind it
	user    bool   // added by a user
}

// BuiltIn reports whether the rule is of a built-in file, which tests have read.
func (l Line) BuiltIn() bool { return !l.user }

// Fields returns the fields of a line of a table, which are parted by tabs.
func (l Line) Fields() []string { return strings.Split(l.Text, "\t") }

// Errorf returns an error that names the place of the rule.
func (l Line) Errorf(format string, args ...any) error {
	return &Error{l.Place, fmt.Errorf(format, args...)}
}

// Error is a rule that cannot be used.
type Error struct {
	Place
	Err error
}

// Error implements error.
func (e *Error) Error() string { return e.Place.String() + ": " + e.Err.Error() }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// file is a rule file that was read.
type file struct {
	text     string
	rules    []Line
	examples []written
	laws     map[int][]Example // by the line of the rule, the examples for each rule that it stands below
}

// builtin holds each embedded file, read when it is first asked for: most questions
// need few of them.
var builtin = sync.OnceValue(func() map[string]func() file {
	out := map[string]func() file{}
	for _, g := range Grammars() {
		out[g.File] = sync.OnceValue(func() file {
			text, err := data.ReadFile("data/" + g.File)
			if err != nil {
				panic("built-in rules: " + err.Error()) // it is embedded
			}
			f, err := g.read(string(text), g.File, true)
			if err != nil {
				panic("built-in rules: " + err.Error()) // our own file, and a test reads it
			}
			return f
		})
	}
	return out
})

// BuiltIn returns the lines of a built-in file.
func BuiltIn(name string) []Line { return builtin()[name]().rules }

// Read returns the rules of a text that is written as the built-in file of that name is.
// An error names the line that cannot be used.
func Read(name string, from io.Reader) ([]Line, error) {
	g, ok := grammar(name)
	if !ok {
		return nil, fmt.Errorf("%s is no rule file", name)
	}
	text, err := io.ReadAll(from)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	f, err := g.read(string(text), name, false)
	return f.rules, err
}
