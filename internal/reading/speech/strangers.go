package speech

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/letters"
	"readout/timeline"
)

// encounter is one naming of a person by office.
type encounter struct {
	at      [2]int // office and name
	words   []string
	office  string
	country timeline.Party
}

// introduceAll reads the people off the title and the statements. Who is named
// without a country in the opening is of the ministry that writes; where that is
// not known, of the side that is left over.
func (f *foreign) introduceAll(rel *timeline.Release) {
	texts := []string{rel.Title}
	for _, s := range rel.Statements {
		texts = append(texts, withoutQuotes(s.Text))
	}
	f.firsts = f.firstCharacters(texts)
	f.capitals = capitalsInside(texts[1:])
	for i, text := range texts {
		for _, n := range f.namings(text) {
			if len(n.words) > 0 {
				f.introduce(n, text, f.opens(i, n, text))
			}
		}
	}
	if len(f.parties) != 2 {
		return
	}
	if f.home == "" {
		for _, p := range f.people {
			if p.party != "" && slices.Contains(f.parties, p.party) && f.people[0].party == "" {
				f.home = f.other(p.party)
				break
			}
		}
	}
	for _, text := range texts[1:min(len(texts), preamble+1)] {
		f.faceEachOther(text)
	}
	for _, p := range f.people {
		switch {
		case p.taking:
			p.prove(f.home, timeline.ProofPublisher, "")
		case rel.Kind == timeline.KindVisit: // those who come up later are hosts, elsewhere anybody's
			p.prove(f.other(f.home), timeline.ProofVisit, "")
		}
	}
}

// opens reports whether who is named in text i, the title being the first, is there introduced as one
// who takes part: in the title, in the first sentence, in one that tells of the meeting, or by the
// whole name. "Minister Mendoza welcomed it" in another introduces nobody: who that is was said before,
// or is said nowhere.
func (f *foreign) opens(i int, n encounter, text string) bool {
	switch {
	case i > preamble:
		return false
	case i <= 1 || len(f.meetings(text)) > 0:
		return true
	}
	return len(n.words) > 1 && !uncased(n.words)
}

// capitalsInside returns the words that stand with a capital behind the first word of a sentence.
func capitalsInside(sentences []string) map[string]bool {
	out := map[string]bool{}
	for _, s := range sentences {
		for i, at := range wordsOf(s) {
			if w := s[at[0]:at[1]]; i > 0 && capital(w) {
				out[w] = true
			}
		}
	}
	return out
}

// firstCharacters returns the parties by the first character of a name in Chinese that the texts
// give them, but for one that two have.
func (f *foreign) firstCharacters(texts []string) map[string]timeline.Party {
	out := map[string]timeline.Party{}
	for _, text := range texts {
		if !han(text) {
			continue
		}
		for _, m := range f.gaz.Find(text) {
			first, n := utf8.DecodeRuneInString(text[m.Start:])
			if !unicode.Is(unicode.Han, first) || !slices.Contains(f.parties, m.Party) {
				continue
			}
			c := text[m.Start : m.Start+n]
			if p, ok := out[c]; ok && p != m.Party {
				out[c] = ""
			} else {
				out[c] = m.Party
			}
		}
	}
	return out
}

// faceEachOther gives the second of two persons in a sentence of meeting the
// other side: "桐島大臣は、ヴァルコネン大臣と会談".
func (f *foreign) faceEachOther(text string) {
	var first *stranger
	var named encounter // of the first
	for _, n := range f.namings(text) {
		p := f.find(n)
		switch {
		case p == nil || p == first || len(n.words) == 0:
		case first == nil:
			first, named = p, n
		case p.party == "" && f.met(text, named, n):
			p.prove(f.other(cmp.Or(first.party, f.home)), timeline.ProofMeeting, text[min(named.at[0], n.at[0]):max(named.at[1], n.at[1])])
			return
		default:
			return
		}
	}
}

// met reports whether the words beside a naming make it the one who was met.
func (f *foreign) met(text string, first, n encounter) bool {
	if f.last {
		return f.head("with", text[n.at[1]:]) > 0 || n.at[0] >= first.at[1] && f.whole("with", text[first.at[1]:n.at[0]])
	}
	return f.oblique(text, n.at)
}

// introduce takes in a naming in a text.
func (f *foreign) introduce(n encounter, text string, early bool) {
	p := f.find(n)
	if p == nil && len(f.people) >= mostPeople {
		return
	}
	switch {
	case p == nil:
		p = &stranger{words: n.words, office: n.office}
		f.people = append(f.people, p)
	case uncased(n.words):
		p.words = f.sameUncapitalized(p.words, n.words)
	case len(n.words) > len(p.words):
		p.words = n.words
	}
	p.prove(n.country, timeline.ProofOffice, f.around(text, n.at))
	p.taking = p.taking || early
}

// around returns the words of a naming with those beside it, in which its country stands.
func (f *foreign) around(text string, at [2]int) string {
	from := strings.LastIndexAny(text[:at[0]], ",;，；、。")
	if from >= 0 {
		_, n := utf8.DecodeRuneInString(text[from:])
		from += n
	}
	from = max(from, 0)
	end := at[1]
	if i := strings.IndexAny(text[end:], ",;.，；、。"); i >= 0 && i < longestTitle {
		end += i
	}
	return text[from:end]
}

// longestTitle is how many bytes may stand after a name and still tell of its bearer.
const longestTitle = 90

// find returns the person of the naming, or nil.
func (f *foreign) find(n encounter) *stranger {
	for _, p := range f.people {
		if n.country != "" && p.party != "" && n.country != p.party {
			continue
		}
		if len(n.words) > 0 && uncased(n.words) {
			if f.sameUncapitalized(p.words, n.words) != nil {
				return p
			}
			continue
		}
		for _, w := range n.words {
			if slices.ContainsFunc(p.words, func(v string) bool { return f.sameName(v, w) }) {
				return p
			}
		}
	}
	return nil
}

// sameName reports whether two words are one name by [sameStranger] or but for the endings of
// their cases in the language.
func (t *tongue) sameName(a, b string) bool {
	if sameStranger(a, b) {
		return true
	}
	const least = shortestStem // bytes that one stem of both begins with, whatever the script
	if len(t.cases) == 0 || len(a) < least || len(b) < least || a[:least] != b[:least] {
		return false
	}
	stems := t.stemsOf(a)
	return slices.ContainsFunc(t.stemsOf(b), func(s string) bool { return slices.Contains(stems, s) })
}

// shortestStem is how many letters are left at least of a name without its ending.
const shortestStem = 4

// stemsOf returns a name as it stands and without each ending that it may have.
func (t *tongue) stemsOf(name string) []string {
	out := []string{name}
	for _, e := range t.cases {
		if stem, ok := strings.CutSuffix(name, e); ok && utf8.RuneCountInString(stem) >= shortestStem {
			out = append(out, stem)
		}
	}
	return out
}

// sameStranger reports whether two words are one name: they are equal, differ in
// an ending of case, or, in scripts without spaces, one is the family name at
// either end of the other.
func sameStranger(a, b string) bool {
	if a == b {
		return true
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	first, _ := utf8.DecodeRuneInString(a)
	if letters.Joined(first) {
		if utf8.RuneCountInString(a) == 1 { // family names of Korea and China have one
			return strings.HasPrefix(b, a) && (hangul(a) || unicode.Is(unicode.Han, first) && utf8.RuneCountInString(b) <= 4)
		}
		return strings.HasPrefix(b, a) || strings.HasSuffix(b, a)
	}
	if first < 0x400 || first > 0x4ff { // only Cyrillic names are declined
		return false
	}
	common := 0
	for common < len(a) && a[common] == b[common] {
		common++
	}
	return common >= leastStem && len(b)-common <= 6
}

// meant returns the party of a naming: that of its country, of the person, or, of
// a bare office, of the only side that has it.
func (f *foreign) meant(n encounter) timeline.Party {
	if slices.Contains(f.parties, n.country) {
		return n.country
	}
	if len(n.words) > 0 {
		if p := f.find(n); p != nil {
			return p.party
		}
		return ""
	}
	if n.country == "" {
		return f.home
	}
	return ""
}

// capitals are where capitalised words stand, by their stems.
type capitals map[string][][2]int

func capitalsOf(s string) capitals {
	out := capitals{}
	for _, at := range wordsOf(s) {
		if w := s[at[0]:at[1]]; capital(w) {
			out[stem(w)] = append(out[stem(w)], at)
		}
	}
	return out
}

// stem returns as much of a word as is the same in all its forms, by [tongue.sameName].
func stem(w string) string { return w[:min(len(w), leastStem)] }

// leastStem is how many bytes the forms of a name have alike at least.
const leastStem = 4

// placesOf returns where a person is named without an office, given the capitalised words of s.
func (f *foreign) placesOf(p *stranger, s string, words capitals) [][2]int {
	last := p.words[len(p.words)-1]
	if first, _ := utf8.DecodeRuneInString(last); letters.Joined(first) {
		i := strings.Index(s, last)
		if i < 0 || i > 0 && utf8.RuneCountInString(last) < 3 {
			return nil // two such letters are many a word, but for what a sentence begins with
		}
		return [][2]int{{i, i + len(last)}}
	}
	if uncased(p.words) {
		return f.bareName(p, s)
	}
	var out [][2]int
	for _, w := range words[stem(last)] {
		if f.sameName(s[w[0]:w[1]], last) {
			out = append(out, w)
		}
	}
	return out
}

// wordsOf returns the places of the words of s, hyphens and apostrophes inside
// them included.
func wordsOf(s string) [][2]int {
	var out [][2]int
	start := -1
	for i, r := range s + " " {
		in := unicode.IsLetter(r) || unicode.IsMark(r) || start >= 0 && strings.ContainsRune("-'’", r)
		switch {
		case in && start < 0:
			start = i
		case !in && start >= 0:
			out = append(out, [2]int{start, i})
			start = -1
		}
	}
	return out
}
