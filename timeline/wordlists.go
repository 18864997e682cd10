package timeline

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"

	"readout/internal/letters"
	"readout/internal/rules/list"
)

// WordLists are the words by which statements are judged that are no names of issues: what
// is no evidence of one, headings that wrap, frames, courtesy, how texts are called, and
// where a stock phrase ends. They are not changed once they are made and may be shared.
// The zero WordLists know none.
type WordLists struct {
	common       map[string]bool // function words, the calendar
	diplomatic   map[string]bool // what every release says, whatever it is about
	relationship map[string]bool // words for the relationship of two parties
	tone         map[string]bool // of the diplomatic words, those that tell how it was said
	titles       map[string]bool // words before a person's name
	anaphors     map[string]bool // first words that point back
	slogans      map[string]bool // verbs that open a heading meant to inspire
	leads        map[string]bool // first words of a phrase that says what a sentence is about
	possessives  map[string]bool // first words of what is no issue by itself: "the ship and her crew"
	instruments  map[string]bool // what declarations and treaties are called
	bodies       map[string]bool // what commissions, dialogues and programmes are called
	threats      map[string]bool // words of what a government is deterred from
	threatenedBy map[string]bool // words between one of these and that government
	joins        map[string]bool // words between two issues that are named together
	turnedOn     map[string]bool // words that follow a threat directly: "deterrence against"
	ordinary     map[string]bool // words of the table of issues that mean other things as often
	occasions    map[string]bool // words after which "of" names an occasion
	places       map[string]bool // words before the name of a place
	offices      map[string]bool // words after which "of" or "for" names an office

	wrappers  [][]string // headings that name no issue; "*" stands for any words
	relations [][]string // headings on the relationship as a whole; "*" as in wrappers
	frames    frames
	protocol  map[string][][]string // courtesy and logistics, by first word
	lanes     laneWords
	tails     map[string][][]string // phrases that open a clause on what a point is good for, by first word
	noTails   map[string][][]string // phrases that begin as one of those and open none
	headings  *headingWords         // by which a heading names issues
	edges     map[string]bool       // with which no stock phrase begins or ends
}

// wordFiles are the files whose lines WordLists take, each with what takes in one of them.
var wordFiles = map[string]func(*WordLists, list.Line){
	"topics.txt":    (*WordLists).addSet,
	"wrappers.txt":  (*WordLists).addWrapper,
	"relations.txt": func(w *WordLists, l list.Line) { w.relations = append(slices.Clip(w.relations), pattern(l.Text)) },
	"protocol.txt":  (*WordLists).addProtocol,
	"headings.txt":  (*WordLists).addHeading,
	"tails.txt":     (*WordLists).addTail,
	"frames.txt":    func(w *WordLists, l list.Line) { w.frames.add(l) },
	"lanes.txt":     func(w *WordLists, l list.Line) { w.lanes.add(l) },
	"edges.txt":     (*WordLists).addEdges,
}

// DefaultWordLists returns the lists that come with readout.
func DefaultWordLists() *WordLists { return defaultWordLists() }

// defaultWordLists reads the built-in files once; the result never changes.
var defaultWordLists = sync.OnceValue(func() *WordLists {
	w := new(WordLists).clone()
	for file, add := range wordFiles { // the lines of one file stand apart from those of another
		for _, l := range list.BuiltIn(file) {
			add(w, l)
		}
	}
	return w
})

// Extend returns the lists with the lines of r added, which are written as in the
// built-in file of that name: topics.txt, wrappers.txt, relations.txt, protocol.txt,
// headings.txt, tails.txt, frames.txt, lanes.txt or edges.txt. An error names the line.
func (l *WordLists) Extend(file string, r io.Reader) (*WordLists, error) {
	add, ok := wordFiles[file]
	if !ok {
		return nil, fmt.Errorf("%s is no list of words of a timeline", file)
	}
	lines, err := list.Read(file, r)
	if err != nil {
		return nil, err
	}
	out := l.clone()
	for _, line := range lines {
		add(out, line)
	}
	return out, nil
}

// clone returns a copy to which lines may be added.
func (l *WordLists) clone() *WordLists {
	out := *l
	for _, set := range out.sets() {
		added := map[string]bool{}
		maps.Copy(added, *set)
		*set = added
	}
	out.protocol, out.tails, out.noTails, out.edges = map[string][][]string{}, map[string][][]string{}, map[string][][]string{},
		map[string]bool{}
	out.frames = l.frames.clone()
	maps.Copy(out.tails, l.tails)
	maps.Copy(out.noTails, l.noTails)
	maps.Copy(out.protocol, l.protocol)
	maps.Copy(out.edges, l.edges)
	if out.headings == nil {
		out.headings = newHeadingWords(map[string][]string{})
	}
	return &out
}

// sets are the sections of topics.txt.
func (l *WordLists) sets() map[string]*map[string]bool {
	return map[string]*map[string]bool{
		"common":        &l.common,
		"diplomatic":    &l.diplomatic,
		"relationship":  &l.relationship,
		"tone":          &l.tone,
		"titles":        &l.titles,
		"anaphors":      &l.anaphors,
		"slogans":       &l.slogans,
		"leads":         &l.leads,
		"possessives":   &l.possessives,
		"instruments":   &l.instruments,
		"bodies":        &l.bodies,
		"threats":       &l.threats,
		"threatened by": &l.threatenedBy,
		"turned on":     &l.turnedOn,
		"joins":         &l.joins,
		"ordinary":      &l.ordinary,
		"occasions":     &l.occasions,
		"places":        &l.places,
		"offices":       &l.offices,
	}
}

func (l *WordLists) addSet(line list.Line) {
	set := *l.sets()[line.Section]
	for word := range strings.FieldsSeq(line.Text) {
		set[word] = true
	}
}

func (l *WordLists) addWrapper(line list.Line) {
	if p := pattern(line.Text); len(p) > 0 {
		l.wrappers = append(slices.Clip(l.wrappers), p)
	}
}

func (l *WordLists) addProtocol(line list.Line) {
	if p := pattern(line.Text); len(p) > 0 {
		l.protocol[p[0]] = append(slices.Clip(l.protocol[p[0]]), p)
	}
}

func (l *WordLists) addTail(line list.Line) {
	into := l.tails
	text, none := strings.CutPrefix(line.Text, "!")
	if none {
		into = l.noTails
	}
	if p := pattern(text); len(p) > 0 {
		into[p[0]] = append(slices.Clip(into[p[0]]), p)
	}
}

func (l *WordLists) addEdges(line list.Line) {
	for word := range strings.FieldsSeq(line.Text) {
		l.edges[letters.Bare(word)] = true
	}
}

// Instrument reports whether a folded word ends the name of a declaration, treaty, body or programme
// that a meeting may have founded: "Tolva Declaration", "Joint Fisheries Commission".
func (l *WordLists) Instrument(word string) bool {
	w := singular(word)
	return l.instruments[w] || l.bodies[w]
}

// pattern folds the words of a phrase and keeps "*".
func pattern(phrase string) []string {
	var out []string
	for w := range strings.FieldsSeq(phrase) {
		if w == anyWords {
			out = append(out, w)
			continue
		}
		out = append(out, words(w)...)
	}
	return out
}

// isWrapper reports whether a heading of these words names no issue.
func (l *WordLists) isWrapper(ws []string) bool {
	for _, p := range l.wrappers {
		if matchPattern(p, ws) {
			return true
		}
	}
	return len(ws) == 0
}

// isRelations reports whether a heading of these words is about the relationship of the
// parties as a whole. One that joins several things is so only where the pattern says how
// it begins: "Relations between A and B", but not "Trade and bilateral relations".
func (l *WordLists) isRelations(ws []string, joint bool) bool {
	return slices.ContainsFunc(l.relations, func(p []string) bool {
		return !(joint && p[0] == "*") && matchPattern(p, ws)
	})
}

func matchPattern(p, ws []string) bool {
	if len(p) == 0 {
		return len(ws) == 0
	}
	if p[0] == "*" {
		for i := range len(ws) + 1 {
			if i > 0 && matchPattern(p[1:], ws[i:]) {
				return true
			}
		}
		return false
	}
	return len(ws) > 0 && ws[0] == p[0] && matchPattern(p[1:], ws[1:])
}

// isProtocol reports whether a sentence of these words speaks of courtesy or
// logistics.
func (l *WordLists) isProtocol(ws []string) bool {
	for i, w := range ws {
		for _, p := range l.protocol[w] {
			if i+len(p) <= len(ws) && slices.Equal(ws[i:i+len(p)], p) {
				return true
			}
		}
	}
	return false
}

// content reports whether a folded word can be evidence of an issue.
func (l *WordLists) content(w string) bool {
	if len(w) < 2 || w[0] >= '0' && w[0] <= '9' || l.common[w] {
		return false
	}
	return !l.diplomatic[w] && !l.diplomatic[singular(w)]
}
