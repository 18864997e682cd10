package diff

import (
	"slices"
	"strings"
)

// marks lists the changed numbers, dates, names, modal verbs and negations, in
// the order of the edits, each once. A word that was only carried to another place in
// the text is not marked, nor a name that stands in the other text already, and nothing
// is where the text was rewritten whole: there is no small edit to overlook.
func (v *vocabulary) marks(c *comparison) []Mark {
	if len(c.shared) == 0 {
		return nil
	}
	balance := make(map[int32]int) // of words: inserted less deleted
	c.gaps(func(g span) {
		for _, t := range c.olds[g.old0:g.old1] {
			balance[v.markKey(t.id)]--
		}
		for _, t := range c.news[g.new0:g.new1] {
			balance[v.markKey(t.id)]++
		}
	})
	var out []Mark
	olds, news := marker{v, c.old, c.olds}, marker{v, c.new, c.news}
	c.gaps(func(g span) {
		gone := olds.find(g.old0, g.old1, func(key int32) bool { return balance[key] < 0 }, c.news)
		come := news.find(g.new0, g.new1, func(key int32) bool { return balance[key] > 0 }, c.olds)
		for _, kind := range []MarkKind{MarkNumber, MarkDate, MarkName, MarkModal, MarkNegation} {
			for _, m := range paired(kind, gone[kind], come[kind]) {
				if !slices.Contains(out, m) {
					out = append(out, m)
				}
			}
		}
	})
	return out
}

// has reports whether the word is among the tokens.
func (v *vocabulary) has(ts []token, key int32) bool {
	return slices.ContainsFunc(ts, func(t token) bool { return v.markKey(t.id) == key })
}

// paired makes marks of what went and came in one edit. Each replaces another only
// where there are as many of both: of one name and three others nobody can say which
// stands for which.
func paired(kind MarkKind, gone, come []string) []Mark {
	out := make([]Mark, 0, len(gone)+len(come))
	if len(gone) == len(come) {
		for k := range gone {
			out = append(out, Mark{kind, gone[k], come[k]})
		}
		return out
	}
	for _, o := range gone {
		out = append(out, Mark{Kind: kind, Old: o})
	}
	for _, n := range come {
		out = append(out, Mark{Kind: kind, New: n})
	}
	return out
}

// markKey is what a word is known by when it is looked up on the other side: its
// folded form without the ending of a possessive, but for months that "may" shows to
// need their capital.
func (v *vocabulary) markKey(id int32) int32 {
	e := &v.entries[id]
	if e.class&month != 0 {
		return id
	}
	if e.capital {
		folded := v.entries[e.folded].text
		if owner, ok := strings.CutSuffix(folded, "'s"); ok && owner != "" {
			return v.id(owner)
		}
	}
	return e.folded
}

// gaps calls f with the places of the tokens of each edit, in order.
func (c *comparison) gaps(f func(span)) {
	o, n := 0, 0
	for _, m := range append(c.shared[:len(c.shared):len(c.shared)], match{len(c.olds), len(c.news), 0}) {
		if m.old > o || m.new > n {
			f(span{o, m.old, n, m.new})
		}
		o, n = m.old+m.n, m.new+m.n
	}
}

// marker finds what is worth marking in one text.
type marker struct {
	*vocabulary
	text   string
	tokens []token
}

// find sorts the words from one place to another that pass keep into kinds of
// mark. No name begins with a word that the other text has. Capitalized words side by side
// are one name, a month and the numbers
// beside it one date. The result is nil where there are none.
func (m marker) find(from, to int, keep func(key int32) bool, other []token) map[MarkKind][]string {
	var out map[MarkKind][]string
	add := func(kind MarkKind, text string) {
		if out == nil {
			out = make(map[MarkKind][]string)
		}
		out[kind] = append(out[kind], text)
	}
	for i := from; i < to; i++ {
		e := m.entry(i)
		if !e.word || !keep(m.markKey(m.tokens[i].id)) {
			continue
		}
		if e.class&negation != 0 {
			add(MarkNegation, e.text)
		}
		kind := MarkName
		switch {
		case e.class&modal != 0 && !(e.capital && i > 0):
			add(MarkModal, e.text)
			continue
		case e.class&negation != 0:
			continue
		case e.calendar(), e.number && m.dated(i):
			kind = MarkDate
		case e.number, e.class&numeral != 0 && !m.counts(i):
			kind = MarkNumber
		case e.class&numeral != 0:
			continue
		case e.capital && e.class&stopWord == 0 && !m.opens(i) && !m.has(other, m.markKey(m.tokens[i].id)):
		default:
			continue
		}
		end := i
		for kind != MarkNumber && end+1 < to && m.continues(kind, end+1) {
			end++
		}
		add(kind, strings.Join(strings.Fields(m.text[m.tokens[i].start:m.tokens[end].end]), " "))
		i = end
	}
	return out
}

// entry is what is known of the token at i.
func (m marker) entry(i int) *entry { return &m.entries[m.tokens[i].id] }

// calendar reports whether the token names a month or a day.
func (e *entry) calendar() bool {
	return e.class&lowerMonth != 0 || e.class&month != 0 && e.capital
}

// figure reports whether a token is a number, in digits or in words, a month or a day.
func (e *entry) figure() bool { return e.number || e.class&numeral != 0 || e.calendar() }

// continues reports whether the token at i goes on with a name or date.
func (m marker) continues(kind MarkKind, i int) bool {
	e := m.entry(i)
	if kind == MarkName {
		return e.capital && !e.calendar() && e.class&(stopWord|numeral) == 0
	}
	return e.calendar() || e.number && m.dated(i) || e.text == "," && i+1 < len(m.tokens) && m.year(i+1)
}

// dated reports whether the number at i belongs to a date: a month stands beside
// it, it has a unit of dates, or it looks like a year.
func (m marker) dated(i int) bool {
	if m.entry(i).class&dateUnit != 0 {
		return true
	}
	for _, k := range []int{i - 1, i + 1} {
		if k >= 0 && k < len(m.tokens) && m.entry(k).calendar() {
			return true
		}
	}
	return m.year(i)
}

// year reports whether the token at i is four digits from 1000 to 2999.
func (m marker) year(i int) bool {
	s := m.entry(i).text
	return len(s) == 4 && (s[0] == '1' || s[0] == '2') && strings.Trim(s, "0123456789") == ""
}

// counts reports whether the numeral at i counts those who speak, known already: a
// sentence begins "The two leaders". "Two agreements were signed" is news.
func (m marker) counts(i int) bool {
	return i > 0 && i+1 < len(m.tokens) && m.entry(i-1).class&stopWord != 0 && m.opens(i-1) && m.entry(i+1).class&formula != 0
}

// opens reports whether the token at i begins a sentence, where a capital letter
// says nothing.
func (m marker) opens(i int) bool {
	for i--; i >= 0; i-- {
		e := m.entry(i)
		if e.word {
			return false
		}
		if strings.ContainsAny(e.text, ".!?:•") {
			return true
		}
	}
	return true
}
