package document

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"readout/internal/document/charset"
	"readout/internal/rules/list"
	"readout/internal/rules/pattern"
)

// Words is the list of words by which page furniture is known: class names,
// phrases such as "Back to index", openings of captions. It is read-only once made
// and may be shared.
type Words struct {
	sections map[string]map[string]bool
	starts   map[string][]string // the sections that are matched as beginnings, sorted
	longest  map[string]int      // bytes of the longest entry of each section
	letters  charset.Letters     // how rare each letter is
	kept     map[string]bool     // lines that were taken out: they are furniture on no grounds
}

// DefaultWords returns the built-in list.
var DefaultWords = sync.OnceValue(func() *Words { return NewWords(nil) })

// NewWords returns the list of a book of rules: furniture.txt, whose head describes the
// lines, and the letters of letters.txt. An entry "!word" takes word out.
func NewWords(b *list.Book) *Words {
	w := &Words{sections: map[string]map[string]bool{}, starts: map[string][]string{}, longest: map[string]int{},
		letters: charset.NewLetters(b), kept: map[string]bool{}}
	for _, l := range b.Lines("furniture.txt") {
		entry := strings.ToLower(cleanLine(l.Text))
		if w.sections[l.Section] == nil {
			w.sections[l.Section] = map[string]bool{}
		}
		gone, isGone := strings.CutPrefix(entry, "!")
		if l.Section == "line" { // lines are compared without the marks at their ends
			_, entry = folded(entry)
			_, gone = folded(gone)
		}
		if isGone {
			delete(w.sections[l.Section], gone)
			w.kept[gone] = w.kept[gone] || l.Section == "line"
			continue
		}
		w.sections[l.Section][entry] = true
	}
	for s, entries := range w.sections {
		w.starts[s] = slices.Sorted(maps.Keys(entries))
		for entry := range entries {
			w.longest[s] = max(w.longest[s], len(entry))
		}
	}
	return w
}

// Keeps reports whether somebody said that a line is no furniture, by "!line" under [line].
func (w *Words) Keeps(line string) bool {
	_, bare := folded(line)
	return w.kept[bare]
}

// has reports whether a section holds exactly this word.
func (w *Words) has(section, word string) bool { return w.sections[section][word] }

// begins reports whether s begins with an entry of the section, at a word's end.
func (w *Words) begins(section, s string) bool {
	for _, p := range w.starts[section] {
		if rest, ok := strings.CutPrefix(s, p); ok {
			last, _ := utf8.DecodeLastRuneInString(p)
			next, _ := utf8.DecodeRuneInString(rest)
			if rest == "" || !unicode.IsLetter(last) || !unicode.IsLetter(next) {
				return true
			}
		}
	}
	return false
}

// caption reports whether a block is nothing but captions of photographs.
func (w *Words) caption(text string) bool {
	head := text[:min(len(text), 4*w.longest["caption"]+16)] // a letter in lower case is a third as long at least
	return w.begins("caption", strings.ToLower(head)) && utf8.RuneCountInString(text) < 600
}

// furniture reports whether a line of a web page is furniture by its words alone.
func (w *Words) furniture(text string) bool {
	s, bare := folded(text)
	if strings.HasPrefix(s, "©") && len(strings.Fields(s)) <= 30 {
		return true
	}
	return w.has("line", bare) || len(strings.Fields(s)) <= 12 && (w.begins("start", s) || w.begins("start", bare))
}

// longestConsent is how many words a notice about cookies may have.
const longestConsent = 80

// consent reports whether a block is the notice that asks a visitor to accept cookies.
func (w *Words) consent(text string) bool {
	s, _ := folded(text)
	if len(strings.Fields(s)) > longestConsent {
		return false
	}
	return slices.ContainsFunc(w.starts["consent"], func(phrase string) bool { return strings.Contains(s, phrase) })
}

// leadsAway reports whether a last block only says where else to go.
func (w *Words) leadsAway(text string) bool {
	s, _ := folded(text)
	return len(strings.Fields(s)) <= 8 && !sentence(text) && w.begins("end", s)
}

// folded returns a block in lower case on one line, and without the marks around it.
func folded(text string) (s, bare string) {
	s = strings.ToLower(strings.ReplaceAll(text, "\n", " "))
	return s, strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}

// breadcrumb reports whether a line is the trail of pages that leads to this one:
// "Home > Press > View".
func breadcrumb(text string) bool {
	if sentence(text) {
		return false
	}
	parts, longest := separated(text, ">›»→＞")
	return parts >= 3 && longest <= 14
}

// linkRow reports whether a line is a row of links, which need not be links any
// more: "Legal Matters | About | Privacy".
func linkRow(text string) bool {
	if sentence(text) {
		return false
	}
	parts, longest := separated(strings.ReplaceAll(text, " / ", "|"), "|｜")
	return parts >= 3 && longest <= 6 && !dayBeside.MatchString(text)
}

// dayBeside is a day in a row of what a site says about a release: "News | 04-07-2041 | 16:45".
var dayBeside = pattern.New(`(?:^|[|｜])[^|｜]*\b\d{1,2}\b[^|｜]*\b(?:19|20)\d\d\b|\b(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}\b`)

// separated counts the parts of a text between separators, and the words of the
// longest.
func separated(text, separators string) (parts, longest int) {
	for _, p := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		parts++
		longest = max(longest, len(strings.Fields(p)))
	}
	return parts, longest
}

// sentence reports whether a text ends as a sentence does.
func sentence(text string) bool {
	text = strings.TrimRight(text, " \n\"'”’」』)）]")
	r, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune(".!?。！？．…;:", r) && text != ""
}
