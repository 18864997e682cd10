package formula

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/diff"
	"readout/internal/letters"
	"readout/timeline"
)

// corpus is a series in words: each word once, with what it weighs.
type corpus struct {
	lexicon  *diff.Lexicon
	ids      map[string]int32 // of folded words
	stems    map[string]int32 // of what their forms have in common
	words    []word
	texts    map[string]wording
	idleness map[string]bool // by text, see [corpus.idle]
	lanes    []*lane         // in the order of their names
	days     map[timeline.Date][]held
	scratch  scratch
}

// wording is a text in words; texts that are said again share one.
type wording struct {
	number int // from 0, in the order in which they are met
	tokens []token
}

// held is a meeting of a lane.
type held struct {
	lane    *lane
	meeting int
}

// word is what is known of one folded word.
type word struct {
	text       string
	statements int     // that have it
	weight     float64 // what it says: 0 for a function word, 1 for one that hardly any statement has
	edge       bool    // a formula may begin and end with it
	common     bool    // said of every subject
}

// lane is the texts of a series that are compared with each other.
type lane struct {
	corpus    *corpus
	name      string
	meetings  []meeting // in order
	sentences []sentence
	byWord    map[int32][]int // sentences that have a word, in order
}

// meeting is the texts of one lane about one encounter.
type meeting struct {
	releases []*timeline.Release
	from, to int // its sentences
}

// sentence is a statement in words.
type sentence struct {
	release   *timeline.Release
	statement *timeline.Statement
	meeting   int
	text      int // the number of its wording
	tokens    []token
}

// token is a word of a sentence. Barrier reports that a mark stands before it over
// which no formula goes.
type token struct {
	id         int32
	start, end int32
	barrier    bool
}

// newCorpus lays out the releases. Statements that only narrate and belong to no issue
// say nothing that could become a formula.
func newCorpus(releases []*timeline.Release, o Options) *corpus {
	c := &corpus{
		lexicon:  o.lexicon(),
		ids:      map[string]int32{},
		stems:    map[string]int32{},
		texts:    map[string]wording{},
		idleness: map[string]bool{},
		days:     map[timeline.Date][]held{},
	}
	sorted := slices.Clone(releases)
	timeline.SortReleases(sorted)
	names := namesIn(sorted, o.Names)
	lanes, byName := timeline.NewLanes(sorted, o.Diff.Words), map[string]*lane{}
	for _, m := range timeline.Meetings(sorted) {
		for _, r := range m.Releases {
			name := lanes.Of(r).String()
			l := byName[name]
			if l == nil {
				l = &lane{corpus: c, name: name, byWord: map[int32][]int{}}
				byName[name] = l
				c.lanes = append(c.lanes, l)
			}
			l.add(r, m.Key())
		}
	}
	slices.SortFunc(c.lanes, func(a, b *lane) int { return strings.Compare(a.name, b.name) })
	for _, l := range c.lanes {
		for m := range l.meetings {
			day := l.meetings[m].releases[0].Day()
			c.days[day] = append(c.days[day], held{l, m})
		}
	}
	c.weigh(names)
	return c
}

// namesIn returns the folded words of the names of all who took part, and of the parties.
func namesIn(releases []*timeline.Release, parties []string) map[string]bool {
	out := map[string]bool{}
	add := func(name string) {
		for _, t := range letters.Words(name) {
			out[t.Folded] = true
		}
	}
	for _, r := range releases {
		for _, p := range r.Participants {
			add(p.Name)
		}
	}
	for _, n := range parties {
		add(n)
	}
	return out
}

// add lays out a release in the lane, together with the release before it where both
// are about the meeting of that key.
func (l *lane) add(r *timeline.Release, key string) {
	n := len(l.meetings) - 1
	if n < 0 || (timeline.Meeting{Releases: l.meetings[n].releases}).Key() != key && !l.continues(n, r) {
		l.meetings = append(l.meetings, meeting{from: len(l.sentences)})
		n++
	}
	m := &l.meetings[n]
	m.releases = append(m.releases, r)
	for i := range r.Statements {
		st := &r.Statements[i]
		if st.Act == timeline.ActNone && len(st.Topics) == 0 {
			continue
		}
		at := len(l.sentences)
		w := l.corpus.wording(st.Text)
		l.sentences = append(l.sentences, sentence{release: r, statement: st, meeting: n, text: w.number, tokens: w.tokens})
		l.index(at)
	}
	m.to = len(l.sentences)
}

// continues reports whether a release is of the day of a meeting: texts of one day are
// never held against each other.
func (l *lane) continues(n int, r *timeline.Release) bool {
	return l.meetings[n].releases[0].Day() == r.Day()
}

// index enters the words of a sentence, each once.
func (l *lane) index(at int) {
	for _, t := range l.sentences[at].tokens {
		if list := l.byWord[t.id]; len(list) == 0 || list[len(list)-1] != at {
			l.corpus.words[t.id].statements++
			l.byWord[t.id] = append(list, at)
		}
	}
}

// wording returns the words of a text, which is split when it is first met.
func (c *corpus) wording(text string) wording {
	w, ok := c.texts[text]
	if !ok {
		w = wording{len(c.texts), c.tokens(text)}
		c.texts[text] = w
	}
	return w
}

// tokens splits a text into words.
func (c *corpus) tokens(text string) []token {
	ws := letters.Words(text)
	out := make([]token, len(ws))
	end := 0
	for i, w := range ws {
		id, ok := c.ids[w.Folded]
		if !ok {
			id = c.newWord(w.Folded)
		}
		out[i] = token{id: id, start: int32(w.Start), end: int32(w.End), barrier: strings.ContainsAny(text[end:w.Start], ".;:()[]–—。；：（）")}
		end = w.End
	}
	return out
}

// newWord numbers a word that is met for the first time: forms of one word, "veer" and "veering", are one.
func (c *corpus) newWord(folded string) int32 {
	stem := folded
	if !c.lexicon.Function(folded) {
		stem = timeline.Stem(folded)
	}
	id, ok := c.stems[stem]
	if !ok {
		id = int32(len(c.words))
		c.stems[stem] = id
		c.words = append(c.words, word{text: folded})
	}
	c.ids[folded] = id
	return id
}

// weigh says of every word how much it tells: the rarer among the statements of the
// series, the more. Names of persons and parties tell nothing: a formula outlives them.
func (c *corpus) weigh(names map[string]bool) {
	total := 0
	for _, l := range c.lanes {
		total += len(l.sentences)
	}
	scale := math.Log(float64(max(total, leastCorpus)))
	for i := range c.words {
		w := &c.words[i]
		first, _ := utf8.DecodeRuneInString(w.text)
		function := c.lexicon.Function(w.text) || unicode.Is(unicode.Hiragana, first)
		number := strings.ContainsFunc(w.text, unicode.IsDigit)
		w.common = c.lexicon.Common(w.text)
		w.edge = !function && !number && (utf8.RuneCountInString(w.text) > 1 || letters.Ideograph(first))
		if !w.edge || names[w.text] {
			continue
		}
		w.weight = 1 - math.Log(float64(max(w.statements, 1)))/scale
		if w.common {
			w.weight *= commonShare
		}
	}
}

// leastCorpus is as many statements as a series is taken to have: in a few texts every
// word that recurs would seem to be said always.
const leastCorpus = 400

// commonShare is what a word that is said of every subject counts beside one that is not.
const commonShare = 0.3
