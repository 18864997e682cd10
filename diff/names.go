package diff

import (
	"cmp"
	"slices"
	"strings"

	"readout/timeline"
)

// A name is a run of words with capitals inside a sentence, without function words and people, that is
// no common word of the series: "Tolva Declaration", "Quad". The names of declarations, bodies and
// programmes are instruments, and say most: what a meeting founded belongs to the issue it is about.
// A language without capitals has no names here.
type name struct {
	text       string // folded, without the possessive
	instrument bool
}

// longestName is how many words a name has at most.
const longestName = 4

// names lists the names in unit o.
func (p *Past) names(o int32) []name {
	p.nameAll()
	return p.unitNames[o]
}

// named lists the units that have a name, ascending.
func (p *Past) named(text string) []int32 {
	p.nameAll()
	return p.naming[text]
}

// nameAll finds the names of all units. It does so once.
func (p *Past) nameAll() {
	if p.naming != nil {
		return
	}
	p.naming, p.unitNames = map[string][]int32{}, make([][]name, len(p.units))
	for i := range p.units {
		p.unitNames[i] = p.findNames(int32(i))
		for _, n := range p.unitNames[i] {
			p.naming[n.text] = append(p.naming[n.text], int32(i))
		}
	}
}

// findNames reads the names off the words of unit o.
func (p *Past) findNames(o int32) (out []name) {
	ts := p.units[o].tokens
	opens := true // the next word begins a sentence
	for i := 0; i < len(ts); i++ {
		e := &p.bench.vocabulary.entries[ts[i].id]
		if !e.word {
			opens = opens || e.text == "." || e.text == ":"
			continue
		}
		n := 0
		for !opens && i+n < len(ts) && n < longestName && p.inName(&p.bench.vocabulary.entries[ts[i+n].id]) {
			n++
		}
		opens = false
		if n > 0 {
			out = p.addName(out, ts[i:i+n])
			i += n - 1
		}
	}
	return out
}

// inName reports whether a word may be part of a name.
func (p *Past) inName(e *entry) bool {
	folded := int(e.folded)
	person := folded < len(p.people) && p.people[folded] > 0
	return e.word && e.capital && !person && p.bench.vocabulary.entries[folded].class&stopWord == 0
}

// addName adds a run of words to the names, if it is rare enough to be one.
func (p *Past) addName(to []name, words []token) []name {
	v := p.bench.vocabulary
	var folded []string
	rare := 0.0
	for _, t := range words {
		e := &v.entries[v.entries[t.id].folded]
		text, _, _ := strings.Cut(e.text, "'")
		folded = append(folded, text)
		if e.class&formula == 0 && !p.lists().Instrument(text) {
			rare += float64(p.rarity(uint32(p.stem(v.entries[t.id].folded))))
		}
	}
	if rare < p.byChance()/2 {
		return to
	}
	return append(to, name{strings.Join(folded, " "), p.lists().Instrument(folded[len(folded)-1])})
}

func (p *Past) lists() *timeline.WordLists {
	return cmp.Or(p.options.Words, timeline.DefaultWordLists())
}

// namesAgain reports whether the meeting of text new has a name of unit o, or of its instruments alone.
func (p *Past) namesAgain(o int32, new int, instruments bool) bool {
	old := p.owner[o]
	return slices.ContainsFunc(p.names(o), func(n name) bool {
		return (n.instrument || !instruments) && slices.ContainsFunc(p.named(n.text), func(u int32) bool {
			return p.owner[u] != old && slices.Contains(p.texts[new].meeting, int(p.owner[u]))
		})
	})
}

// founded reports whether the meeting of text new names an instrument that only statements on an issue
// of x named before: it belongs to that issue, which is raised by its name.
func (p *Past) founded(x *unit, new int) bool {
	before := p.before(new)
	for _, k := range p.texts[new].meeting {
		for u := p.texts[k].from; u < p.texts[k].to; u++ {
			for _, n := range p.names(int32(u)) {
				if n.instrument && p.belongs(n.text, x, before) {
					return true
				}
			}
		}
	}
	return false
}

// belongs reports whether every statement that has the name before a text, and one has, is on an issue of x.
func (p *Past) belongs(text string, x *unit, before int) bool {
	n := 0
	for _, u := range p.named(text) {
		if int(p.owner[u]) >= before {
			break
		}
		if !x.sharesTopic(&p.units[u]) {
			return false
		}
		n++
	}
	return n > 0
}
