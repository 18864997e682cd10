package speech

import (
	"readout/internal/reading/speech/en"
	"readout/timeline"
)

// group reads "the two leaders", "both sides", "the Icelandic side", "senior
// officials from both countries", "our governments", "the two".
func (c *cast) group(r *reader, i int) (actor, bool) {
	d, ok := c.determiner(r, i)
	if !ok {
		return actor{}, false
	}
	a := actor{first: i, kind: groupActor, parties: d.parties}
	j, w := d.end, r.low(d.end)
	many := r.is(j, en.Group) && w[len(w)-1] == 's'
	switch {
	case r.is(i, en.Each) && j == i+1 && (r.is(j, en.Side) || r.is(j, en.EachOf) || r.lex.Has(en.Group, w+"s")),
		many && j == i && (i == 0 || !r.toks[i-1].word || r.is(i-1, en.But)) && c.acts(r, j+1):
		a.plural, a.end = true, j+1
	case r.is(j, en.Group) && (d.definite && (many || j == i || !r.capital(j)) || r.is(j-1, en.Adjective)):
		a.plural, a.end = !r.is(j, en.Single) || d.all, j+1
		if a.parties != nil {
			a.kind = namedActor // "Israeli participants" are one side
		}
		c.groupOf(r, &a)
	case a.parties != nil && (r.is(j, en.Side) || r.is(j, en.Body)):
		a.kind, a.end, a.institution = namedActor, j+1, r.is(j, en.Body)
	case r.is(i, en.The) && d.all && j == i+2 && (isFinite(r, j) || r.adverb(j)):
		a.end, a.plural = j, true // "The two discussed"
	case (d.our || j == i+1 && d.definite) && r.is(j, en.Shared):
		a.end = j + 1
	default:
		return actor{}, false
	}
	return a, true
}

// groupOf takes in what says whose group it is, behind its office: "officials from both countries",
// "the leaders of France and Germany", "the heads of the foreign ministries".
func (c *cast) groupOf(r *reader, a *actor) {
	a.end = r.officeOfAll(a.end)
	if !r.is(a.end, en.Whence) {
		return
	}
	if end := c.bothCountries(r, a.end+1); end > 0 {
		a.end = end
	} else if ps, end := c.countries(r, a.end+1); len(ps) > 1 {
		a.end, a.parties, a.kind = end, ps, namedActor
	}
}

// officeOfAll returns the end of "of foreign affairs" and the like at token i, i where no office stands there.
func (r *reader) officeOfAll(i int) int {
	if !r.is(i, en.Of) {
		return i
	}
	j := i + 1
	for r.is(j, en.Definite) || r.is(j, en.Count) {
		j++
	}
	from := j
	for r.is(j, en.Portfolio) || j > from && r.is(j, en.And) && r.is(j+1, en.Portfolio) {
		j++
	}
	if j == from {
		return i
	}
	return j
}

// determiner is what stands before the noun of a group.
type determiner struct {
	end      int
	parties  []timeline.Party // "the Peruvian …"
	definite bool             // "the", "both", "our"
	all      bool             // "both", "the two", "our"
	our      bool
}

// maxDeterminer is how many tokens a determiner may have.
const maxDeterminer = 8

// determiner reads the determiner that begins at token i. It may be empty.
func (c *cast) determiner(r *reader, i int) (determiner, bool) {
	var d determiner
	for d.end = i; d.end < len(r.toks) && d.end-i < maxDeterminer; d.end++ {
		j := d.end
		if p, ok := r.at[j]; ok && (p.demonym || p.end < len(r.toks) && r.toks[p.end].word && !r.genitive(p.end)) {
			if !c.nounAhead(r, p.end) {
				return d, true
			}
			d.parties = append(d.parties, c.pick(p.parties)...)
			d.definite = true
			d.end = p.end - 1
			continue
		}
		switch {
		case r.is(j, en.Definite):
			d.definite = true
		case r.is(j, en.Count):
			d.definite, d.all = true, true
		case r.is(j, en.Of):
			if !d.all {
				return d, false
			}
		case r.is(j, en.Our):
			d.definite, d.all, d.our = true, true, true
		default:
			if !r.is(j, en.Adjective) && !(d.our && r.toks[j].word && !r.toks[j].upper && j-i < 4 && r.ownNoun(j+1)) {
				return d, true
			}
		}
	}
	return d, true
}

// acts reports whether a finite verb of the lexicon in the past stands at token
// i, adverbs aside.
func (c *cast) acts(r *reader, i int) bool {
	for r.adverb(i) {
		i++
	}
	f := r.form(i)
	return f.past || r.is(i, en.Future)
}

// ownNoun reports whether "our" and the noun at token i stand for the parties together.
func (r *reader) ownNoun(i int) bool { return r.is(i, en.Shared) || r.is(i, en.Group) }

// countries reads a list of countries at token i: "France, Germany, and the
// United States".
func (c *cast) countries(r *reader, i int) (ps []timeline.Party, end int) {
	for {
		if r.is(i, en.The) {
			i++
		}
		p, ok := r.at[i]
		if !ok || p.demonym {
			return ps, end
		}
		ps, end = append(ps, c.pick(p.parties)...), p.end
		i = p.end
		if r.low(i) == "," {
			i++
		}
		if r.is(i, en.And) {
			i++
		}
	}
}

// nounAhead reports whether a noun for a side or group follows within a few
// words of a country's name.
func (c *cast) nounAhead(r *reader, i int) bool {
	for j := i; j < len(r.toks) && j < i+3; j++ {
		if r.is(j, en.Group) || r.is(j, en.Side) || r.is(j, en.Body) {
			return true
		}
		if !r.is(j, en.Adjective) && !r.isTitleWord(j) {
			return false
		}
	}
	return false
}

// bothCountries reads "both countries" or "the two sides" at token i and returns
// its end, or 0.
func (c *cast) bothCountries(r *reader, i int) int {
	if r.is(i, en.The) {
		i++
	}
	if (r.is(i, en.Both) || r.is(i, en.Two)) && r.is(i+1, en.Group) {
		return i + 2
	}
	return 0
}

// body reads "the Committee", "the Biden-Harris Administration", "the Government
// of Japan", "the Chilean customs service".
func (c *cast) body(r *reader, i int) (actor, bool) {
	a := actor{first: i, kind: namedActor, institution: true}
	j := i
	if !r.is(j, en.The) {
		return a, false
	}
	j++
	for ; j < len(r.toks) && j-i < 7; j++ {
		if p, ok := r.at[j]; ok {
			a.parties = c.pick(p.parties)
			j = p.end - 1
			continue
		}
		if !r.capital(j) && !(j == i+1 && r.is(j, en.Delegation)) {
			break
		}
		if !r.is(j, en.Body) && !r.is(j, en.Delegation) {
			continue
		}
		a.end = j + 1
		if r.is(a.end, en.Of) {
			var n naming
			if end := r.countryAfter(a.end, &n); end > a.end {
				a.end, a.parties = end, c.pick(n.country)
			} else if r.capital(a.end + 1) {
				a.end += 2 // "Board of Governors"
			}
		}
		if a.parties == nil && c.home != "" {
			a.parties = []timeline.Party{c.home}
		}
		return a, true
	}
	return a, false
}

// event reads "the conversation", "this phone call", "Discussions".
func (c *cast) event(r *reader, i int) (actor, bool) {
	a := actor{first: i, kind: eventActor}
	j := i
	if r.is(j, en.EventOpener) {
		j++
	} else if !r.capital(j) || !r.is(j, en.Event) {
		return a, false
	}
	for k := j; k < j+4 && k < len(r.toks); k++ {
		if r.is(k, en.Event) && !r.is(k+1, en.Event) {
			a.end = k + 1
			a.plural = r.toks[k].low[len(r.toks[k].low)-1] == 's'
			return a, true
		}
		if r.is(k, en.Preposition) || r.auxiliary(k) || !r.toks[k].word {
			break
		}
	}
	return a, false
}
