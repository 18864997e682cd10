package sources

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"

	"readout/internal/letters"
)

//go:embed words.txt
var wordsFile string

// Words are the words by which links to releases, and answers that are no
// documents, are known. They are read-only once made and may be shared.
type Words struct {
	sections map[string]map[string]bool
	sorted   map[string][]string
}

func wordSections() []string {
	return []string{"meeting", "chrome", "away", "next", "home", "language", "languagekey", "notfound", "login", "unavailable", "challenge", "signin"}
}

// DefaultWords returns the built-in list.
func DefaultWords() *Words {
	w, err := (&Words{}).Extend(strings.NewReader(wordsFile))
	if err != nil {
		panic("sources: built-in words.txt: " + err.Error())
	}
	return w
}

// Extend returns a new list that holds w and what r adds, in the format that the
// head of words.txt describes. An entry "!word" takes word out. It returns an error
// that names the line when a section is unknown.
func (w *Words) Extend(r io.Reader) (*Words, error) {
	out := &Words{sections: map[string]map[string]bool{}, sorted: map[string][]string{}}
	for _, s := range wordSections() {
		out.sections[s] = map[string]bool{}
		maps.Copy(out.sections[s], w.sections[s])
	}
	section := ""
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		entry, _, _ := strings.Cut(lines.Text(), "#")
		entry = letters.Line(entry)
		switch {
		case entry == "":
		case strings.HasPrefix(entry, "[") && strings.HasSuffix(entry, "]"):
			if section = strings.Trim(entry, "[]"); !slices.Contains(wordSections(), section) {
				return nil, fmt.Errorf("line %d: unknown section %q; known are %s", n, section, strings.Join(wordSections(), ", "))
			}
		case section == "":
			return nil, fmt.Errorf("line %d: %q stands before the first section", n, entry)
		case strings.HasPrefix(entry, "!"):
			delete(out.sections[section], strings.TrimSpace(entry[1:]))
		default:
			out.sections[section][entry] = true
		}
	}
	for name, entries := range out.sections {
		out.sorted[name] = slices.Sorted(maps.Keys(entries))
	}
	return out, lines.Err()
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
