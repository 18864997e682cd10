package timeline

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// corpus is a series made ready for linking: its statements in order, as words,
// with the features by which they are compared.
type corpus struct {
	lists    *WordLists
	releases []*Release
	units    []unit
	heads    []head
	lexemes  map[string]*lexeme     // by folded word
	ids      map[string]int         // stem -> feature
	features map[string]int         // term -> feature, none for one that is no evidence
	count    []int                  // feature -> how many statements have it
	latest   []*unit                // feature -> the last of them so far, see prepare
	persons  map[string]bool        // words of names: of people, and of the parties
	people   map[string]bool        // those of people alone
	pairs    map[string]*expression // relationships of two named governments
}

// unit is one statement on its way to its topics.
type unit struct {
	statement *Statement
	release   int  // index into corpus.releases
	head      int  // index into corpus.heads, -1 for none
	first     bool // opens a paragraph or section
	tokens    []token
	words     []*lexeme // of the tokens
	singular  []string
	features  []int // distinct, ascending by first occurrence
	hits      []hit
	bearings  []bearing // of the hits, nil until they are weighed
	protocol  bool
	frame     bool // reports that there was a meeting, or that something follows
	anaphoric bool // speaks of what went before: "He ...", "this offer"
}

// head is a heading as it stands over some statements of one release.
type head struct {
	release int
	text    string // cleaned, "" for a wrapper
	number  string // as printed; a numbered heading rules its block
	depth   int
	parts   []part // the issues it names
	units   []int  // what stands under it
	slogan  bool   // "Building a brighter future": names an issue only in passing
}

// part is one of the issues that a heading names.
type part struct {
	name      string
	relations bool // the relationship of the parties as a whole
}

func newCorpus(releases []*Release, lists *WordLists, finder *issueFinder) *corpus {
	c := &corpus{
		lists:    lists,
		releases: releases,
		lexemes:  map[string]*lexeme{},
		ids:      map[string]int{},
		features: map[string]int{},
		persons:  map[string]bool{},
		people:   map[string]bool{},
		pairs:    map[string]*expression{},
	}
	for ri, r := range releases {
		heads := make([]int, len(r.Sections))
		for i, s := range r.Sections {
			heads[i] = len(c.heads)
			h := lists.parseHeading(s.Heading, ri)
			h.number, h.depth = s.Number, s.Depth
			c.heads = append(c.heads, h)
		}
		for i := range r.Statements {
			s := &r.Statements[i]
			u := unit{statement: s, release: ri, head: -1, tokens: tokens(s.Text)}
			u.words = c.read(u.tokens)
			if s.Section >= 0 && s.Section < len(heads) {
				u.head = heads[s.Section]
			}
			u.first = i == 0 || r.Statements[i-1].Section != s.Section || breaks(r.Text, r.Statements[i-1].End, s.Start)
			if u.head >= 0 {
				c.heads[u.head].units = append(c.heads[u.head].units, len(c.units))
			}
			c.units = append(c.units, u)
			if u.any(func(x *lexeme) bool { return x.title }) {
				c.notePersons(s.Text, u.tokens)
			}
		}
		for _, p := range r.Participants {
			for _, w := range terms(tokens(p.Name)) {
				c.persons[w], c.people[w] = true, true
			}
		}
	}
	c.noteTitles()
	for i := range c.units {
		c.prepare(&c.units[i], finder)
	}
	return c
}

// breaks reports whether a paragraph ends between two offsets of a text.
func breaks(text string, from, to int) bool {
	return from >= 0 && from <= to && to <= len(text) && strings.Contains(text[from:to], "\n\n")
}

// notePersons remembers the names that follow a title: "Minister Baek".
func (c *corpus) notePersons(text string, ts []token) {
	for i := 0; i+1 < len(ts); i++ {
		if !c.lists.titles[ts[i].Folded] || !capital(text[ts[i].Start:]) {
			continue
		}
		for j := i + 1; j < len(ts) && j <= i+3; j++ {
			w := text[ts[j].Start:ts[j].End]
			if !capital(w) || len([]rune(w)) < 2 || strings.ContainsAny(text[ts[j-1].End:ts[j].Start], ",;:()") {
				break
			}
			if c.lists.content(ts[j].Folded) && !c.lists.titles[ts[j].Folded] {
				c.persons[ts[j].Folded], c.people[ts[j].Folded] = true, true
			}
			if strings.HasSuffix(w, "'s") || strings.HasSuffix(w, "’s") {
				break
			}
		}
	}
}

// noteTitles treats words that stand in many titles like names: they are the
// parties, their leaders, the kind of meeting.
func (c *corpus) noteTitles() {
	n := map[string]int{}
	for _, r := range c.releases {
		ws := terms(tokens(r.Title))
		slices.Sort(ws)
		for _, w := range slices.Compact(ws) {
			n[w]++
		}
	}
	for w, k := range n {
		if k >= 3 && 3*k >= len(c.releases) {
			c.persons[w] = true
		}
	}
}

func capital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

func (c *corpus) prepare(u *unit, finder *issueFinder) {
	folded := make([]string, len(u.tokens))
	u.singular = make([]string, len(u.tokens))
	for i, t := range u.tokens {
		folded[i], u.singular[i] = t.Folded, u.words[i].singular
	}
	u.frame = u.any(func(x *lexeme) bool { return x.frames }) && c.lists.isFrame(u, folded, u.head >= 0 && len(c.heads[u.head].parts) == 1)
	u.hits = c.hits(u, finder)
	u.protocol = u.any(func(x *lexeme) bool { return x.protocol }) && c.lists.isProtocol(folded)
	u.anaphoric = len(folded) > 0 && c.lists.anaphors[folded[0]]
	for _, w := range terms(u.tokens) {
		if f := c.evidence(w); f >= 0 && c.latest[f] != u {
			c.latest[f] = u
			u.features = append(u.features, f)
			c.count[f]++
		}
	}
}

// read returns what is known of each of the tokens.
func (c *corpus) read(ts []token) []*lexeme {
	out := make([]*lexeme, len(ts))
	for i, t := range ts {
		out[i] = c.lexeme(t.Folded)
	}
	return out
}

// evidence returns the feature of a term, -1 for one that is no evidence of an issue.
func (c *corpus) evidence(term string) int {
	f, known := c.features[term]
	if !known {
		f = -1
		if c.lists.content(term) && !c.persons[term] {
			f = c.feature(stem(term))
		}
		c.features[term] = f
	}
	return f
}

func (c *corpus) feature(w string) int {
	f, ok := c.ids[w]
	if !ok {
		f = len(c.count)
		c.ids[w] = f
		c.count, c.latest = append(c.count, 0), append(c.latest, nil)
	}
	return f
}

// weight is how much a feature tells statements apart: rare words more than
// frequent ones, on a logarithmic scale.
func (c *corpus) weight(f int) float64 {
	return math.Log(1 + float64(len(c.units))/float64(1+c.count[f]))
}
