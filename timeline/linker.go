package timeline

import (
	"cmp"
	"slices"
)

// The weights of the evidence, and what it takes to belong. They were set on
// three labelled series, each checked on the other two; see docs/quality.md.
const (
	weightProfile   = 1.3 // words the statement shares with the topic's others
	weightHeading   = 1.0 // a heading that names the topic alone
	weightListed    = 0.2 // a heading that names the topic among others
	weightContext   = 0.5
	announced       = 2    // context of what a sentence announced that names the issue
	besideRelations = 0.6  // a heading on the relationship above a statement that names an issue
	damping         = 1.5  // statements that a word's single use is held against
	vagueExpr       = 0.4  // an expression that yields to others
	aloneExpr       = 0.6  // the same where the statement names no other issue
	tailExpr        = 0.6  // an expression in a clause that says what the point is good for
	seldom          = 12   // one in so many statements may name an issue for that
	againExpr       = 0.25 // a further expression of the same issue
	enough          = 0.5  // the least score of a statement's first topic
	likeness        = 0.12 // the least likeness to a topic's other statements
	startling       = 0.45 // likeness that outweighs what the statement before was on
	beside          = 0.55 // the least share of the first topic's score for a further one
	maxTopics       = 3
	scatterIssues   = 3 // issues from which a heading may scatter
	maxSayings      = 4 // further names taken from the texts
	rounds          = 5
)

// candidate is a topic in the making.
type candidate struct {
	key    string // identity that does not depend on order
	issue  int    // index into the issues, -1 for a topic of the series' own
	name   string // as the issue table or the first heading has it
	stems  map[int]bool
	uses   []nameUse
	also   []string // what the table calls the issues that it has taken over
	merged int      // index of the candidate that has taken it over, -1
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
	issues   *Issues
	finder   *issueFinder
	cands    []candidate
	byIssue  map[int]int
	parts    [][]int // head -> topics of its parts
	headsOf  [][]int // topic -> headings that name it, see noteHeadings
	labels   [][]label
	byStem   map[int][]int // feature -> topics whose name has it
	counts   [][]share     // feature -> its topics, see tally
	sum      []float64     // topic -> nil outside weighProfiles: its working space
	touched  []int         // the same: topics whose sum is not zero
	placed   []int         // feature -> statements that have topics
	doubtful map[int]bool  // see findDoubtful
	ordinary map[int]bool  // issue -> named by ordinary words alone
	reach    map[int]int   // issue -> statements that name it
	headed   map[int]bool  // issues that a heading of the series names
	// alikePairs are pairs of topics whose statements are alike, but not enough to join them.
	alikePairs map[[2]int]bool
	// relations are the topics of headings on the relationship as a whole.
	relations map[int]bool
}

// label is one topic of a unit with its score and what spoke for it.
type label struct {
	topic                           int
	score                           float64
	expr, profile, heading, context float64
}

func newLinker(c *corpus, issues *Issues, finder *issueFinder) *linker {
	l := &linker{
		corpus:     c,
		issues:     issues,
		finder:     finder,
		byIssue:    map[int]int{},
		reach:      map[int]int{},
		headed:     map[int]bool{},
		relations:  map[int]bool{},
		alikePairs: map[[2]int]bool{},
		byStem:     map[int][]int{},
		parts:      make([][]int, len(c.heads)),
		labels:     make([][]label, len(c.units)),
	}
	for i := range c.heads {
		l.readHead(i)
	}
	l.settleHits()
	for i := range c.units {
		for _, h := range c.units[i].hits {
			for _, r := range h.issues {
				l.issueTopic(r.issue)
				l.reach[r.issue]++
			}
		}
	}
	return l
}

// settleHits lets expressions that count only in a series that gives their issue a
// heading go where it does not, and makes them firm where it does.
func (l *linker) settleHits() {
	at := map[string]int{}
	for k, x := range l.issues.list {
		at[x.Name] = k
	}
	for k, x := range l.issues.list { // what may be one issue has one heading
		if p, ok := at[x.PartOf]; ok && x.Same && (l.headed[k] || l.headed[p]) {
			l.headed[k], l.headed[p] = true, true
		}
	}
	settled := map[*expression]*expression{}
	for i := range l.units {
		u := &l.units[i]
		u.hits = slices.DeleteFunc(u.hits, func(h hit) bool { return l.settled(h.expression, settled) == nil })
		for k := range u.hits {
			u.hits[k].expression = settled[u.hits[k].expression]
		}
	}
}

// settled is the expression as it counts in this series, nil where it does not.
func (l *linker) settled(x *expression, known map[*expression]*expression) *expression {
	if out, ok := known[x]; ok {
		return out
	}
	out := &expression{words: x.words}
	for _, r := range x.issues {
		switch {
		case r.inHeaded == onlyThere && !l.headed[r.issue]:
			continue
		case r.inHeaded == firmThere && l.headed[r.issue]:
			r.vague = false
		}
		out.issues = append(out.issues, r)
	}
	if len(out.issues) == len(x.issues) &&
		!slices.ContainsFunc(x.issues, func(r issueRef) bool { return r.inHeaded == firmThere && l.headed[r.issue] }) {
		out = x
	} else if len(out.issues) == 0 {
		out = nil
	}
	known[x] = out
	return out
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

// run assigns every statement, round after round: the first by expressions and
// headings alone, the later ones also by the profiles that have grown.
func (l *linker) run() {
	l.doubtful, l.ordinary = l.findDoubtful()
	for round := range rounds {
		l.round(round > 0, round == rounds-1)
		switch round {
		case 0:
			l.join()
		case 1:
			l.joinAlike()
		case 2:
			l.discover()
		}
	}
}

func (l *linker) round(profiles, last bool) {
	if profiles {
		l.tally()
	}
	b := &board{linker: l, score: make([]label, len(l.cands))}
	next := make([][]label, len(l.units))
	for i := range l.units {
		b.wipe()
		l.weigh(i, profiles && !l.units[i].frame, b, next)
		next[i] = l.choose(i, b)
		if last {
			next[i] = l.fallBack(i, next[i], b, next)
		}
		if l.units[i].frame && next[i] == nil {
			next[i] = l.resumed(i, next)
		}
	}
	for i := range next {
		if l.units[i].frame { // what it names is what those after it are on, see source
			next[i] = nil
		}
	}
	l.labels = next
}

// resumed is what an announcement that names nothing is on: "In response, the minister
// said the following" goes on with the announcement before it.
func (l *linker) resumed(i int, done [][]label) []label {
	path := len(l.units[i].statement.Path)
	for k := i - 1; k >= 0 && path > 0 && l.units[k].release == l.units[i].release && l.units[k].head == l.units[i].head; k-- {
		if l.units[k].frame && len(l.units[k].statement.Path) == path {
			return done[k]
		}
	}
	return nil
}

// board is what speaks for each topic, for one unit.
type board struct {
	*linker
	score   []label // by topic
	touched []int   // topics that something speaks for
}

// at is the score of topic t, or of the topic that has taken it over.
func (b *board) at(t int) *label {
	t = b.root(t)
	if b.score[t] == (label{}) {
		b.score[t].topic = t
		b.score[t].score = -1 // marks it as touched
		b.touched = append(b.touched, t)
	}
	return &b.score[t]
}

func (b *board) wipe() {
	for _, t := range b.touched {
		b.score[t] = label{}
	}
	b.touched = b.touched[:0]
}

// choose takes the best of the touched topics.
func (l *linker) choose(i int, b *board) []label {
	u := &l.units[i]
	var out []label
	named, goesOn := false, false
	for _, t := range b.touched {
		named = named || b.score[t].expr >= enough || b.score[t].heading >= enough
		goesOn = goesOn || b.score[t].context >= 1
	}
	for _, t := range b.touched {
		x := b.score[t]
		if x.expr+x.heading+x.context == 0 && (named || goesOn && x.profile < startling) {
			continue
		}
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
