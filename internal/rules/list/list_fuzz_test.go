package list_test

import (
	"errors"
	"strings"
	"testing"

	"readout/internal/rules/list"
)

// FuzzRead: of a rule file of a user either every line can be used or the error names the line;
// no line has a break in it, and each stands where its place says.
func FuzzRead(f *testing.F) {
	for _, g := range list.Grammars() {
		f.Add(g.File, "# a comment\n\nword\tother\n!word\n[section]\nx\ty\tz\n")
	}
	f.Add("furniture.txt", "line\n\x00\r\n\ttab\n> example\n= answer\n")
	f.Add("nothing.txt", "")
	f.Fuzz(func(t *testing.T, name, text string) {
		lines, err := list.Read(name, strings.NewReader(text))
		if err != nil {
			var at *list.Error
			if errors.As(err, &at) && (at.Place.Line < 1 || at.Place.Line > strings.Count(text, "\n")+1) {
				t.Errorf("%s: line %d of %q", name, at.Place.Line, text)
			}
			return
		}
		for _, l := range lines {
			if strings.ContainsRune(l.Text, '\n') || l.BuiltIn() {
				t.Errorf("%s: line %q, built in: %v", name, l.Text, l.BuiltIn())
			}
		}
	})
}
