package timeline

import (
	_ "embed"
	"iter"
	"slices"
	"strings"
	"sync"
)

//go:embed words.txt
var wordsFile string

//go:embed wrappers.txt
var wrappersFile string

//go:embed relations.txt
var relationsFile string

//go:embed tails.txt
var tailsFile string

//go:embed protocol.txt
var protocolFile string

// wordLists are the words that are no evidence of an issue.
type wordLists struct {
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
	occasions    map[string]bool // words after which "of" names an occasion
	places       map[string]bool // words before the name of a place
	offices      map[string]bool // words after which "of" or "for" names an office
	wrappers     [][]string      // headings that name no issue; "*" stands for any words
	relations    [][]string      // headings on the relationship as a whole; "*" as in wrappers
	frames       *frames
	tails        map[string][][]string // phrases that open a clause on what a point is good for, by first word
	noTails      map[string][][]string // phrases that begin as one of those and open none
	protocol     map[string][][]string // courtesy and logistics, by first word
}

// builtinLists are the embedded lists, read once; nobody changes them.
var builtinLists = sync.OnceValue(loadWordLists)

// wordListsWith returns the embedded lists with further wrapper headings and phrases of
// protocol.
func wordListsWith(wrappers, protocol []string) *wordLists {
	if len(wrappers) == 0 && len(protocol) == 0 {
		return builtinLists()
	}
	l := loadWordLists()
	l.extend(wrappers, protocol)
	return l
}

func loadWordLists() *wordLists {
	l := &wordLists{common: map[string]bool{}, diplomatic: map[string]bool{}, tone: map[string]bool{}, relationship: map[string]bool{}, instruments: map[string]bool{}, possessives: map[string]bool{}, leads: map[string]bool{}, titles: map[string]bool{}, anaphors: map[string]bool{}, slogans: map[string]bool{}, occasions: map[string]bool{}, offices: map[string]bool{}, places: map[string]bool{}, protocol: map[string][][]string{}}
	sets := map[string]map[string]bool{"[common]": l.common, "[diplomatic]": l.diplomatic, "[tone]": l.tone, "[relationship]": l.relationship, "[instruments]": l.instruments, "[possessives]": l.possessives, "[leads]": l.leads, "[titles]": l.titles, "[anaphors]": l.anaphors, "[slogans]": l.slogans, "[occasions]": l.occasions, "[offices]": l.offices, "[places]": l.places}
	var set map[string]bool
	for line := range lines(wordsFile) {
		if s, ok := sets[line]; ok {
			set = s
			continue
		}
		for w := range strings.FieldsSeq(line) {
			set[w] = true
		}
	}
	l.frames = loadFrames(framesFile)
	l.tails, l.noTails = loadTails(tailsFile)
	for line := range lines(relationsFile) {
		l.relations = append(l.relations, pattern(line))
	}
	l.extend(slices.Collect(lines(wrappersFile)), slices.Collect(lines(protocolFile)))
	return l
}

// loadTails reads the phrases that open a clause on what a point is good for, and behind "!" those
// that only look so.
func loadTails(file string) (tails, noTails map[string][][]string) {
	tails, noTails = map[string][][]string{}, map[string][][]string{}
	for line := range lines(file) {
		phrase, no := strings.CutPrefix(line, "!")
		into := tails
		if no {
			into = noTails
		}
		p := pattern(phrase)
		into[p[0]] = append(into[p[0]], p)
	}
	return tails, noTails
}

// extend adds wrapper headings and phrases of protocol.
func (l *wordLists) extend(wrappers, protocol []string) {
	for _, w := range wrappers {
		if p := pattern(w); len(p) > 0 {
			l.wrappers = append(l.wrappers, p)
		}
	}
	for _, s := range protocol {
		if p := pattern(s); len(p) > 0 {
			l.protocol[p[0]] = append(l.protocol[p[0]], p)
		}
	}
}

// lines yields the lines of a word list, without comments and empty ones.
func lines(file string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for line := range strings.Lines(file) {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' && !yield(line) {
				return
			}
		}
	}
}

// pattern folds the words of a phrase and keeps "*".
func pattern(phrase string) []string {
	var out []string
	for w := range strings.FieldsSeq(phrase) {
		if w == "*" {
			out = append(out, w)
			continue
		}
		out = append(out, words(w)...)
	}
	return out
}

// isWrapper reports whether a heading of these words names no issue.
func (l *wordLists) isWrapper(ws []string) bool {
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
func (l *wordLists) isRelations(ws []string, joint bool) bool {
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
func (l *wordLists) isProtocol(ws []string) bool {
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
func (l *wordLists) content(w string) bool {
	if len(w) < 2 || w[0] >= '0' && w[0] <= '9' || l.common[w] {
		return false
	}
	return !l.diplomatic[w] && !l.diplomatic[singular(w)]
}
