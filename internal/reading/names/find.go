package names

import (
	"slices"
	"strings"

	"readout/timeline"
)

// meaning is what a name in the tables stands for.
type meaning struct {
	party   timeline.Party
	or      []timeline.Party
	demonym bool
	unsure  bool
	pass    bool // a phrase that is no party
}

// node is a trie over tokens.
type node struct {
	next  map[string][]*edge
	small map[string]bool // the words of next that a token without a capital may stand for
	ends  *meaning
}

// edge leads on where the text's token agrees with tok in more than its letters.
type edge struct {
	tok token
	to  node
}

// add enters a name and, where it ends in a full stop, the name without it
// ("U.S"): before a hyphen and at the end of a sentence the stop gets lost.
func (n *node) add(name string, m meaning) {
	toks := tokenize(name)
	if len(toks) == 0 {
		return
	}
	n.addTokens(toks, m)
	if last := len(toks) - 1; last > 1 && toks[last].text == "." {
		n.addTokens(toks[:last], m)
	}
}

func (n *node) addTokens(toks []token, m meaning) {
	for i, t := range toks {
		if i == 0 {
			t.space = false
		}
		if n.next == nil {
			n.next = make(map[string][]*edge)
		}
		at := slices.IndexFunc(n.next[t.text], func(e *edge) bool {
			return e.tok.space == t.space && e.tok.upper == t.upper && e.tok.caps == t.caps
		})
		if at < 0 {
			at = len(n.next[t.text])
			n.next[t.text] = append(n.next[t.text], &edge{tok: t})
			n.mayBeSmall(t)
		}
		n = &n.next[t.text][at].to
	}
	switch {
	case n.ends == nil:
		n.ends = &m
	case n.ends.party != m.party && !m.pass:
		n.ends.or = append(n.ends.or, m.party)
	}
}

// mayBeSmall notes that the token leads on, where it need not have a capital.
func (n *node) mayBeSmall(t token) {
	if t.upper || t.caps {
		return
	}
	if n.small == nil {
		n.small = make(map[string]bool)
	}
	n.small[t.text] = true
}

// opensWith reports whether a name may begin, or go on, with the token. With nearly
// every word none does: names have capitals.
func (n *node) opensWith(t *token) bool {
	return t.upper || len(n.small) > 0 && n.small[t.text]
}

// longest returns what the longest name at the head of toks means and how many
// tokens it takes, or nil.
func (n *node) longest(toks []token) (*meaning, int) {
	return n.longestFrom(toks, 0)
}

// longestFrom is longest for the name whose first tokens, up to i, are read. A token may lead on
// in several ways: as the adjective "saudi", which may have a capital, and in "Saudi Arabia".
func (n *node) longestFrom(toks []token, i int) (best *meaning, length int) {
	if n.ends != nil {
		best, length = n.ends, i
	}
	if i == len(toks) || !n.opensWith(&toks[i]) {
		return best, length
	}
	for _, e := range n.next[toks[i].text] {
		if !toks[i].fits(e.tok, i == 0) {
			continue
		}
		if m, k := e.to.longestFrom(toks, i+1); m != nil && (best == nil || k > length) {
			best, length = m, k
		}
	}
	return best, length
}

// pattern is a phrase around a name that makes it no party.
type pattern struct{ before, after []token }

// Words is a text cut into words, to look for several kinds of names in it. The zero
// Words are those of an empty text.
type Words struct{ toks []token }

// Cut returns the words of text.
func Cut(text string) Words { return Words{tokenize(text)} }

// Reset makes w the words of text, in the memory of those it held.
func (w *Words) Reset(text string) { w.toks = appendTokens(w.toks[:0], text) }

// Find returns the parties that text names, in order and without overlap.
func (g *Gazetteer) Find(text string) []Mention { return g.FindIn(Cut(text)) }

// FindIn is [Gazetteer.Find] in words that are cut already.
func (g *Gazetteer) FindIn(w Words) []Mention {
	toks := w.toks
	var out []Mention
	for i := 0; i < len(toks); {
		if g.local == nil && !g.names.opensWith(&toks[i]) {
			i++
			continue
		}
		if pair, n := g.run(toks, i); n > 0 {
			out = append(out, pair...)
			i += n
			continue
		}
		m, n := g.name(toks, i)
		if m == nil {
			i++
			continue
		}
		if rest := g.surrounded(toks, i, i+n); rest >= 0 {
			n += rest
		} else if !m.pass && !(m.unsure && g.doubtful(toks, i, i+n)) {
			out = append(out, Mention{Party: m.party, Or: slices.Clone(m.or),
				Start: toks[i].start, End: toks[i+n-1].end, Demonym: m.demonym})
		}
		i += n
	}
	return out
}

// Seats returns the seats of government that the words name ("Reykjavik", "Downing
// Street"), as mentions of their parties. It is weak evidence: a capital may stand
// for its government or be the place where others met.
func (g *Gazetteer) Seats(w Words) []Mention { return g.seats.all(w.toks) }

// Places returns the cities that the words name, seats of government among them, as
// mentions of the parties they lie in. It is the weakest evidence of all.
func (g *Gazetteer) Places(w Words) []Mention { return g.places().all(w.toks) }

// all returns every longest name of the trie in toks.
func (n *node) all(toks []token) []Mention {
	var out []Mention
	for i := 0; i < len(toks); {
		if !n.opensWith(&toks[i]) {
			i++
			continue
		}
		m, k := n.longest(toks[i:])
		if m == nil {
			i++
			continue
		}
		out = append(out, Mention{Party: m.party, Or: slices.Clone(m.or), Start: toks[i].start, End: toks[i+k-1].end})
		i += k
	}
	return out
}

// surrounded reports how many tokens after the name toks[from:to] belong with it
// to a phrase that is no party, or -1 where the name stands in no such phrase.
func (g *Gazetteer) surrounded(toks []token, from, to int) int {
	for _, p := range g.around {
		if p.encloses(toks, from, to) {
			return len(p.after)
		}
	}
	return -1
}

func (p pattern) encloses(toks []token, from, to int) bool {
	if len(p.before) > from || len(p.after) > len(toks)-to {
		return false
	}
	for i, want := range p.before {
		if !sameWord(toks[from-len(p.before)+i], want) {
			return false
		}
	}
	for i, want := range p.after {
		if t := toks[to+i]; !sameWord(t, want) || i == 0 && t.space != want.space {
			return false
		}
	}
	return true
}

func sameWord(t, want token) bool {
	return t.text == want.text && (!want.upper || t.upper)
}

// doubtful reports whether the name toks[from:to], which persons bear too or
// which is a common word in capitals, is not a party here: it stands beside a
// capitalised word that is neither an office nor joined to it by a hyphen, or,
// for initials, in a line set in capitals.
func (g *Gazetteer) doubtful(toks []token, from, to int) bool {
	var before, after token
	if from > 0 && toks[from].space {
		before = toks[from-1]
	}
	if to < len(toks) && toks[to].space {
		after = toks[to]
	}
	if toks[from].caps && to-from == 1 && len(toks[from].text) <= 3 {
		shouted := func(t token) bool { return t.caps && len(t.text) > 3 }
		return shouted(before) && shouted(after)
	}
	name := func(t token) bool { return t.upper && t.letters && !g.offices[t.text] }
	if from > 0 && toks[from-1].text == "-" {
		return false
	}
	if before.text == "of" && strings.HasSuffix(after.text, "ing") {
		return false // "President Marin of France Announcing a Treaty"
	}
	if name(after) && after.text != "-" {
		return !g.startsName(toks[to:])
	}
	return name(before) && !g.endsName(toks[:from])
}

// startsName reports whether toks begin with the name of a party: "India
// Bangladesh" is two countries and no person.
func (g *Gazetteer) startsName(toks []token) bool {
	m, _ := g.names.longest(toks)
	return m != nil
}

// endsName reports whether toks end with the name of a party.
func (g *Gazetteer) endsName(toks []token) bool {
	for i := max(0, len(toks)-6); i < len(toks); i++ {
		if m, n := g.names.longest(toks[i:]); m != nil && i+n == len(toks) {
			return true
		}
	}
	return false
}
