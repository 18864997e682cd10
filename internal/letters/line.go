package letters

import (
	"strings"
	"unicode"
)

// OneLine returns s as one line with single spaces and none around it, sharing its memory where it
// is one already, as most sentences are.
func OneLine(s string) string {
	if IsLine(s) {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// IsLine reports whether s is what [OneLine] makes of it.
func IsLine(s string) bool {
	last := ' ' // none may stand at the head
	for _, r := range s {
		if r == ' ' && last == ' ' || r != ' ' && unicode.IsSpace(r) {
			return false
		}
		last = r
	}
	return s == "" || last != ' '
}
