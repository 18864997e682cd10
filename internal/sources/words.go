package sources

import (
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"

	"readout/internal/letters"
	"readout/internal/rules/list"
)

// Words are the words by which links to releases, and answers that are no
// documents, are known. They are read-only once made and may be shared.
type Words struct {
	sections map[string]map[string]bool
	sorted   map[string][]string
}

// DefaultWords returns the built-in list.
func DefaultWords() *Words { return NewWords(nil) }

// NewWords returns the list of a book of rules: links.txt, whose head describes the lines.
// An entry "!word" takes word out.
func NewWords(b *list.Book) *Words {
	w := &Words{sections: map[string]map[string]bool{}, sorted: map[string][]string{}}
	for _, l := range b.Lines("links.txt") {
		if w.sections[l.Section] == nil {
			w.sections[l.Section] = map[string]bool{}
		}
		entry := letters.Line(l.Text)
		if gone, ok := strings.CutPrefix(entry, "!"); ok {
			delete(w.sections[l.Section], strings.TrimSpace(gone))
			continue
		}
		w.sections[l.Section][entry] = true
	}
	for name, entries := range w.sections {
		w.sorted[name] = slices.Sorted(maps.Keys(entries))
	}
	return w
}

// has reports whether a section holds the whole of s.
func (w *Words) has(section, s string) bool { return w.sections[section][letters.Line(s)] }

// within returns the first entry of a section, in order, that stands in the folded
// text as whole words; "" for none. Scripts without spaces have no whole words.
func (w *Words) within(section, folded string) string {
	for _, entry := range w.sorted[section] {
		for rest := folded; ; {
			i := strings.Index(rest, entry)
			if i < 0 {
				break
			}
			if bounded(rest[:i], rest[i+len(entry):], entry) {
				return entry
			}
			rest = rest[i+len(entry):]
		}
	}
	return ""
}

func bounded(before, after, entry string) bool {
	if strings.ContainsFunc(entry, letters.Joined) {
		return true
	}
	rs := []rune(before)
	if len(rs) > 0 && letters.Word(rs[len(rs)-1]) {
		return false
	}
	for _, r := range after {
		return !letters.Word(r)
	}
	return true
}

// isHome reports whether an address is the first page of a site, of a language or
// nothing more.
func (w *Words) isHome(u *url.URL) bool {
	for key := range u.Query() {
		if !w.has("languagekey", key) {
			return false // "/?p=12" and "/index.php?id=12" are documents
		}
	}
	for i, s := range segments(u) {
		last := i == len(segments(u))-1
		if !w.has("language", s) && !(last && w.has("home", s)) {
			return false
		}
	}
	return true
}

// segments returns the parts of a path between slashes, decoded.
func segments(u *url.URL) []string {
	return slices.DeleteFunc(strings.Split(path.Clean(u.Path), "/"), func(s string) bool { return s == "" || s == "." })
}
