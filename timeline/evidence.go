package timeline

import (
	"slices"
	"strings"
)

// weigh collects the evidence about unit i.
func (l *linker) weigh(i int, profiles bool, b *board, done [][]label) {
	u := &l.units[i]
	l.weighHits(u, b)
	l.weighNames(u, b)
	l.weighContext(i, b, done)
	l.weighHeading(i, b, done)
	if profiles {
		l.weighProfiles(i, b)
	}
}

// weighHits counts the expressions of the table.
func (l *linker) weighHits(u *unit, b *board) {
	if u.bearings == nil && len(u.hits) > 0 {
		u.bearings = l.bearings(u)
	}
	alone := len(u.hits) > 0 && l.alone(u) && !l.ruled(u)
	for n, h := range u.hits {
		how := u.bearings[n]
		if how.again {
			continue
		}
		for _, r := range h.issues {
			x := b.at(l.byIssue[r.issue])
			w := 1.0
			unsure := l.unsure(r.issue) || how.tail && l.doubtful[r.issue]
			if (r.vague || unsure) && !how.firmed {
				w = vagueExpr
				if alone && !unsure && (l.headed[r.issue] || l.reach[r.issue]*seldom < len(l.units)) {
					w = aloneExpr
				}
			}
			if how.threat && l.governs(r.issue) {
				w = min(w, vagueExpr)
			}
			if how.tail && x.expr < 1 {
				w *= tailExpr
			}
			if x.expr >= 1 {
				w *= againExpr
			}
			x.expr += w
		}
	}
}

// bearing is how a hit stands in its sentence. It is the same in every round.
type bearing struct {
	again  bool // the expression stood before
	firmed bool // what is about it says that it names the issue firmly
	threat bool // see threatens
	tail   bool // it stands in the tail
}

// bearings reads how the hits of a unit stand in it.
func (l *linker) bearings(u *unit) []bearing {
	tail := l.tail(u)
	out := make([]bearing, len(u.hits))
	for n, h := range u.hits {
		same := func(x hit) bool { return x.expression == h.expression }
		out[n] = bearing{slices.ContainsFunc(u.hits[:n], same), l.leads(u, h) || l.besideFirm(u, n), l.threatens(u, h), h.at >= tail}
	}
	return out
}

// threatens reports whether a hit is named as what others are to be deterred from, in a clause that named
// another issue firmly before: "extended deterrence against Krasnia's missiles" is on deterrence. Where
// nothing else is named, it is what the clause is about.
func (l *linker) threatens(u *unit, h hit) bool {
	from := h.at
	for from > 0 && !strings.ContainsAny(u.gap(from), ",.;:(") {
		from--
	}
	governs := func(r issueRef) bool { return l.governs(r.issue) }
	other := func(x hit) bool {
		return from <= x.at && x.at < h.at && l.firm(x) && !slices.ContainsFunc(x.issues, governs)
	}
	return slices.ContainsFunc(u.hits, other) && l.threatened(u.tokens[from:h.at])
}

// threatened reports whether words lead on to what others are to be deterred from: "to deter further aggression by".
func (l *linker) threatened(ts []token) bool {
	for i, near := len(ts)-1, threatReach; i >= 0 && near > 0; i, near = i-1, near-1 {
		switch w := ts[i].Folded; {
		case l.lists.threats[w]:
			return true
		case l.lists.turnedOn[w]:
			return i > 0 && l.lists.threats[ts[i-1].Folded]
		case l.lists.threatenedBy[w]:
			near = threatReach
		}
	}
	return false
}

// threatReach is how many words may stand between a threat, the word "by" and the government.
const threatReach = 4

// governs reports whether an issue is a government or body.
func (l *linker) governs(issue int) bool { return len(l.issues.list[issue].Parties) > 0 }

// tail is the place in unit u from which it says what the point that it makes is good for, in a
// clause such as "as a critical enabler of ..." or "which will ...": what is named there is
// not what it is about. There is none before an issue is named firmly.
func (l *linker) tail(u *unit) int {
	if len(u.hits) < 2 {
		return len(u.tokens)
	}
	first := slices.IndexFunc(u.hits, l.firm)
	if first < 0 {
		return len(u.tokens)
	}
	for i := u.hits[first].at + len(u.hits[first].words); i < len(u.tokens); i++ {
		if u.words[i].tails && begins(l.lists.tails, u.tokens[i:]) && !begins(l.lists.noTails, u.tokens[i:]) {
			return i
		}
	}
	return len(u.tokens)
}

// begins reports whether the tokens begin with one of the phrases, which are filed by first word.
func begins(phrases map[string][][]string, ts []token) bool {
	return slices.ContainsFunc(phrases[ts[0].Folded], func(p []string) bool {
		return len(p) <= len(ts) && slices.EqualFunc(p, ts[:len(p)], func(w string, t token) bool { return w == t.Folded })
	})
}

// besideFirm reports whether hit n of the unit is joined by "and" to one that names an
// issue firmly: "energy and counter-terrorism" speaks of both.
func (l *linker) besideFirm(u *unit, n int) bool {
	joined := func(a, b int) bool {
		if a < 0 || b >= len(u.hits) {
			return false
		}
		end := u.hits[a].at + len(u.hits[a].words)
		return u.hits[b].at == end+1 && l.lists.joins[u.tokens[end].Folded] && l.firm(u.hits[a+b-n])
	}
	return joined(n-1, n) || joined(n, n+1)
}

// firm reports whether a hit names an issue without yielding to others.
func (l *linker) firm(h hit) bool {
	return slices.ContainsFunc(h.issues, func(r issueRef) bool { return !r.vague && !l.unsure(r.issue) })
}

// leads reports whether a hit stands in the phrase with which a sentence says what it is
// about: "On energy, ...".
func (l *linker) leads(u *unit, h hit) bool {
	if !l.lists.leads[u.tokens[0].Folded] || h.at == 0 {
		return false
	}
	for i := 1; i < len(u.tokens) && i <= h.at+len(h.words); i++ {
		if strings.ContainsAny(u.gap(i), ",:") {
			return i >= h.at+len(h.words)
		}
	}
	return false
}

// weighContext counts what the statement before is on, where unit i goes on with it.
func (l *linker) weighContext(i int, b *board, done [][]label) {
	u := &l.units[i]
	from := l.source(i, done)
	if from < 0 {
		return
	}
	silent := !l.ruled(u) && !slices.ContainsFunc(b.touched, func(t int) bool { return b.score[t].expr >= 1 })
	for _, p := range done[from] {
		x := b.at(p.topic)
		x.context = 0.3
		switch {
		case silent && l.units[from].frame:
			x.context = announced
		case u.anaphoric || silent && !u.protocol:
			x.context = 1
		}
	}
}

// source is the unit that unit i goes on from: the one before it in its paragraph, or the
// one that announced it ("On trade, the minister said the following:"); -1 for none.
func (l *linker) source(i int, done [][]label) int {
	if l.goesOn(i) && len(done[i-1]) > 0 {
		return i - 1
	}
	path := l.units[i].statement.Path
	for k := i - 1; k >= 0 && l.units[k].release == l.units[i].release && l.units[k].head == l.units[i].head; k-- {
		above := l.units[k].statement.Path
		if l.units[k].frame && len(above) > 0 && len(above) < len(path) && slices.Equal(above, path[:len(above)]) {
			return k
		}
	}
	return -1
}

// weighHeading counts the heading above unit i. One that names a single issue rules what
// stands under it. Of several, the statement is on those it names; where it names none, on
// what the one before was on, or on all of them. The relationship as a whole is what a
// statement is on that names nothing else.
func (l *linker) weighHeading(i int, b *board, done [][]label) {
	u := &l.units[i]
	if u.head < 0 {
		return
	}
	parts := l.parts[u.head]
	whole := len(parts) == 1 && len(l.heads[u.head].parts) == 1
	for _, t := range parts {
		x := b.at(t)
		switch {
		case l.relations[t]:
			x.heading = l.relationsWeight(i, t, b, done)
		case whole:
			x.heading = 1
			if k, ok := l.byIssue[l.relationsIssue()]; ok { // "Declaration on Relations" under the heading of a treaty
				b.at(k).expr = 0
			}
		default:
			x.heading = weightListed
		}
	}
}

// weighNames compares unit i with the names of the topics that the series itself
// has given.
func (l *linker) weighNames(u *unit, b *board) {
	found := map[int]int{}
	for _, f := range u.features {
		for _, t := range l.byStem[f] {
			found[t]++
		}
	}
	for t, n := range found { // the highest share counts, in whatever order
		x := b.at(t)
		x.expr = max(x.expr, float64(n)/float64(len(l.cands[t].stems)))
	}
}

// alone reports whether all that unit u names is one issue: then even a vague
// expression says what it is about.
func (l *linker) alone(u *unit) bool {
	issue := -1
	for _, h := range u.hits {
		for _, r := range h.issues {
			if issue >= 0 && r.issue != issue {
				return false
			}
			issue = r.issue
		}
	}
	return issue >= 0
}

// scatters reports whether the statements under a heading name many issues and
// seldom the heading's own: then it is a wrapper, whatever it says.
func (l *linker) scatters(i int) bool {
	own := map[int]bool{}
	for _, p := range l.heads[i].parts {
		for _, h := range l.finder.find(singulars(words(p.name))) {
			for _, r := range h.issues {
				own[r.issue] = true
			}
		}
	}
	other, others, mine := map[int]bool{}, 0, 0
	for _, k := range l.heads[i].units {
		hasOwn, hasOther := false, false
		for _, h := range l.units[k].hits {
			for _, r := range h.issues {
				if own[r.issue] {
					hasOwn = true
				} else if !r.vague {
					hasOther, other[r.issue] = true, true
				}
			}
		}
		if hasOwn {
			mine++
		} else if hasOther {
			others++
		}
	}
	return len(other) >= scatterIssues && others > mine
}

// ruled reports whether a heading above the unit names issues, and not only the
// relationship.
func (l *linker) ruled(u *unit) bool {
	return u.head >= 0 && slices.ContainsFunc(l.parts[u.head], func(t int) bool { return !l.relations[t] })
}

// relationsWeight is the weight of a heading on the relationship, whose topic is t, for
// unit i: nothing where the unit names another issue and not the relationship, or where it
// goes on with one that it does not name.
func (l *linker) relationsWeight(i, t int, b *board, done [][]label) float64 {
	if b.at(t).expr > 0 || slices.ContainsFunc(l.units[i].tokens, func(t token) bool { return l.lists.relationship[t.Folded] }) {
		return 1
	}
	named, arranged := false, false
	for _, k := range b.touched {
		if b.score[k].expr >= enough {
			named = true
			arranged = arranged || l.cands[k].issue >= 0 && l.issues.list[l.cands[k].issue].calendar()
		}
	}
	switch {
	case arranged:
		return 0
	case named:
		return besideRelations
	}
	if l.goesOn(i) && len(done[i-1]) > 0 {
		for _, p := range done[i-1] {
			b.at(p.topic).context = 1
		}
		return 0
	}
	return 1
}

// fallBack adds to the labels of unit i what its heading says where nothing else spoke
// for it. Of several issues in the heading it is on the one whose statements are most like
// it, else on what the unit before was on, else on all of them. Under a numbered heading
// that names no issue it is on what was said under it last.
func (l *linker) fallBack(i int, labels []label, b *board, done [][]label) []label {
	u := &l.units[i]
	if u.head < 0 || u.frame {
		return labels
	}
	parts := l.parts[u.head]
	if len(parts) == 0 && labels == nil && l.heads[u.head].number != "" && !u.protocol {
		return l.saidLast(i, done)
	}
	if len(parts) < 2 || slices.ContainsFunc(labels, func(x label) bool { return l.isPart(x.topic, u.head) }) {
		return labels
	}
	best := -1
	for _, t := range parts {
		if p := b.at(t).profile; p > 0 && (best < 0 || p > b.at(best).profile) {
			best = t
		}
	}
	part := func(t int) label { return label{topic: l.root(t), score: enough, heading: enough} }
	switch {
	case best >= 0:
		return append(labels, part(best))
	case labels != nil:
		return labels
	case l.goesOn(i):
		for _, t := range parts {
			if find(done[i-1], l.root(t)) != nil {
				return []label{part(t)}
			}
		}
	}
	for _, t := range parts {
		labels = append(labels, part(t))
	}
	return labels[:min(maxTopics, len(labels))]
}

// isPart reports whether a heading names the topic.
func (l *linker) isPart(topic, head int) bool {
	return slices.ContainsFunc(l.parts[head], func(t int) bool { return l.root(t) == topic })
}

// saidLast is what all units before i under the same heading were on that were on
// anything, nil where they were on different things or on none.
func (l *linker) saidLast(i int, done [][]label) []label {
	only := -1
	for k := i - 1; k >= 0 && l.units[k].head == l.units[i].head; k-- {
		for _, x := range done[k] {
			if only >= 0 && x.topic != only {
				return nil
			}
			only = x.topic
		}
	}
	if only < 0 {
		return nil
	}
	return []label{{topic: only, score: enough, context: enough / weightContext}}
}

// goesOn reports whether unit i stands in one paragraph with the unit before.
func (l *linker) goesOn(i int) bool {
	return i > 0 && !l.units[i].first && l.units[i-1].release == l.units[i].release
}
