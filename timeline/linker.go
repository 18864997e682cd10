package timeline

import (
	"cmp"
	"slices"
)

// The weights of the evidence, and what it takes to belong. They were set on
// three labelled series, each checked on the other two; see docs/quality.md.
const (
	weightProfile = 1.3 // words the statement shares with the topic's others
	weightHeading = 1.0 // a heading that names the topic alone
	weightListed  = 0.2 // a heading that names the topic among others
	weightContext = 0.5
	damping       = 1.5  // statements that a word's single use is held against
	vagueExpr     = 0.4  // an expression that yields to others
	aloneExpr     = 0.6  // the same where the statement names no other issue
	seldom        = 12   // one in so many statements may name an issue for that
	againExpr     = 0.25 // a further expression of the same issue
	enough        = 0.5  // the least score of a statement's first topic
	likeness      = 0.12 // the least likeness to a topic's other statements
	beside        = 0.55 // the least share of the first topic's score for a further one
	maxTopics     = 3
	scatterIssues = 3 // issues from which a heading may scatter
	maxSayings    = 4 // further names taken from the texts
	rounds        = 5
)

// candidate is a topic in the making.
type candidate struct {
	key    string // identity that does not depend on order
	issue  int    // index into the issues, -1 for a topic of the series' own
	name   string // as the issue table or the first heading has it
	stems  map[int]bool
	uses   []nameUse
	merged int // index of the candidate that has taken it over, -1
}

// nameUse is a heading, or part of one, that named the candidate.
type nameUse struct {
	name    string
	release int
	alone   bool // the heading named nothing else
	slogan  bool // no name to be proud of
}

// linker assigns statements to candidates in rounds.
type linker struct {
	*corpus
	issues  *Issues
	finder  *issueFinder
	cands   []candidate
	byIssue map[int]int
	parts   [][]int // head -> topics of its parts
	labels  [][]label
	byStem  map[int][]int // feature -> topics whose name has it
	counts  [][]share     // feature -> its topics, see tally
	sum     []float64     // topic -> nil outside weighProfiles: its working space
	touched []int         // the same: topics whose sum is not zero
	placed  []int         // feature -> statements that have topics
	unsure  map[int]bool  // see doubtful
	reach   map[int]int   // issue -> statements that name it
}

// label is one topic of a unit with its score and what spoke for it.
type label struct {
	topic                           int
	score                           float64
	expr, profile, heading, context float64
}

func newLinker(c *corpus, issues *Issues, finder *issueFinder) *linker {
	l := &linker{corpus: c, issues: issues, finder: finder, byIssue: map[int]int{}, reach: map[int]int{}, byStem: map[int][]int{}, parts: make([][]int, len(c.heads)), labels: make([][]label, len(c.units))}
	for i := range c.units {
		for _, h := range c.units[i].hits {
			for _, r := range h.issues {
				l.issueTopic(r.issue)
				l.reach[r.issue]++
			}
		}
	}
	for i, h := range c.heads {
		scatters := l.scatters(i)
		for _, p := range h.parts {
			t := l.partTopic(p, languageOf(l.releases[h.release]), h.slogan || scatters)
			if scatters && t >= 0 {
				continue
			}
			if t < 0 || slices.Contains(l.parts[i], t) {
				continue
			}
			l.parts[i] = append(l.parts[i], t)
			l.cands[t].uses = append(l.cands[t].uses, nameUse{name: p, release: h.release, alone: len(h.parts) == 1, slogan: h.slogan})
		}
	}
	return l
}

func (l *linker) issueTopic(issue int) int {
	if t, ok := l.byIssue[issue]; ok {
		return t
	}
	name := l.issues.list[issue].Name
	t := l.add(candidate{key: "issue " + foldName(name), issue: issue, name: name})
	l.byIssue[issue] = t
	return t
}

func (l *linker) add(c candidate) int {
	c.merged = -1
	t := len(l.cands)
	l.cands = append(l.cands, c)
	for f := range c.stems { // each list stays in ascending order
		l.byStem[f] = append(l.byStem[f], t)
	}
	return t
}

// partTopic finds or makes the candidate that a heading's part names: an issue of
// the table that covers half of its words, a heading that shares half of them, or
// a new one. It returns -1 for a part without a telling word, and for one that is
// not in the table where tableOnly is set.
func (l *linker) partTopic(part, lang string, tableOnly bool) int {
	folded := words(part)
	stems := map[int]bool{}
	for _, w := range terms(tokens(part)) {
		if l.lists.content(w) && !l.persons[w] {
			stems[l.feature(stem(w))] = true
		}
	}
	if len(stems) == 0 {
		return -1
	}
	var best *hit
	for _, h := range l.finder.findIn(lang, singulars(folded)) {
		if h.issues[0].vague || 2*len(h.words) < len(stems) {
			continue
		}
		if best == nil || len(h.words) > len(best.words) {
			best = &h
		}
	}
	if best != nil {
		return l.issueTopic(best.issues[0].issue)
	}
	if tableOnly {
		return -1
	}
	common := map[int]int{}
	for f := range stems {
		for _, t := range l.byStem[f] {
			common[t]++
		}
	}
	found, most := -1, 0.0
	for t, n := range common {
		part := float64(n) / float64(min(len(stems), len(l.cands[t].stems)))
		if part > most || part == most && t < found {
			found, most = t, part
		}
	}
	if most >= 0.5 {
		return found
	}
	return l.add(candidate{key: "heading " + foldName(part), issue: -1, name: part, stems: stems})
}

// run assigns every statement, round after round: the first by expressions and
// headings alone, the later ones also by the profiles that have grown.
func (l *linker) run() {
	l.unsure = l.doubtful()
	for round := range rounds {
		l.round(round > 0)
		switch round {
		case 1:
			l.settle()
		case 2:
			l.discover()
		}
	}
}

func (l *linker) round(profiles bool) {
	if profiles {
		l.tally()
	}
	score := make([]label, len(l.cands))
	var touched []int
	next := make([][]label, len(l.units))
	for i := range l.units {
		for _, t := range touched {
			score[t] = label{}
		}
		touched = touched[:0]
		at := func(t int) *label {
			t = l.root(t)
			if score[t] == (label{}) {
				score[t].topic = t
				score[t].score = -1 // marks it as touched
				touched = append(touched, t)
			}
			return &score[t]
		}
		l.weigh(i, profiles, at, next)
		next[i] = l.choose(i, score, touched)
	}
	l.labels = next
}

// choose takes the best of the touched topics.
func (l *linker) choose(i int, score []label, touched []int) []label {
	u := &l.units[i]
	var out []label
	for _, t := range touched {
		x := score[t]
		x.score = x.expr + weightProfile*x.profile + weightHeading*x.heading + weightContext*x.context
		need := enough
		if u.protocol {
			need = 1
			if len(u.statement.Speakers) == 0 { // the city where they met is a word of some issue
				x.score -= weightProfile * x.profile
			}
		}
		if x.score >= need {
			out = append(out, x)
		}
	}
	slices.SortFunc(out, func(a, b label) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(l.cands[a.topic].key, l.cands[b.topic].key))
	})
	n := 0
	for _, x := range out {
		if n < maxTopics && (x.expr >= 1 || x.score >= beside*out[0].score) && (n == 0 || x.expr+x.heading > 0.4) {
			out[n] = x
			n++
		}
	}
	return out[:n]
}
