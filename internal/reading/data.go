package reading

import (
	"iter"
	"regexp"
	"strings"
)

var sectionName = regexp.MustCompile(`^\[[a-z -]+\]$`)

// sections is a data file of lines under "[name]" headings. Text from "#" at the
// beginning of a line is a comment.
type sections map[string][]string

func readSections(text string) sections {
	out, name := make(sections), ""
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n\t ")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case sectionName.MatchString(line):
			name = line[1 : len(line)-1]
		default:
			out[name] = append(out[name], line)
		}
	}
	return out
}

// lines yields the lines of one section, without leading space.
func (s sections) lines(name string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, line := range s[name] {
			if !yield(strings.TrimLeft(line, " \t")) {
				return
			}
		}
	}
}
