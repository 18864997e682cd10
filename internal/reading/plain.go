package reading

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// plain returns s as numbers are looked for in it: full-width digits and letters made
// plain, no-break spaces made spaces.
func plain(s string) string { return norm.NFKC.String(s) }

// tail returns the last n bytes of s and less, at a letter.
func tail(s string, n int) string {
	if len(s) <= n {
		return s
	}
	s = s[len(s)-n:]
	for s != "" && !utf8.RuneStart(s[0]) {
		s = s[1:]
	}
	return s
}

// headOf returns the first n bytes of s and less, at a letter.
func headOf(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
