package speech

import "readout/timeline"

// group reads "the two leaders", "both sides", "the Icelandic side", "senior
// officials from both countries", "our governments", "the two".
func (c *cast) group(r *reader, i int) (actor, bool) {
	d, ok := c.determiner(r, i)
	if !ok {
		return actor{}, false
	}
	a := actor{first: i, kind: groupActor, parties: d.parties}
	j, w := d.end, r.low(d.end)
	many := r.lex.is("group", w) && w[len(w)-1] == 's'
	switch {
	case r.low(i) == "each" && j == i+1 && (r.lex.is("side", w) || r.lex.is("group", w+"s") || w == "party" || w == "country"),
		many && j == i && (i == 0 || !r.toks[i-1].word || r.low(i-1) == "but") && c.acts(r, j+1):
		a.plural, a.end = true, j+1
	case r.lex.is("group", w) && (d.definite && (many || j == i || !r.capital(j)) || isGroupAdjective(r.low(j-1))):
		a.plural, a.end = w != "group" || d.all, j+1
		if a.parties != nil {
			a.kind = namedActor // "Israeli participants" are one side
		}
		c.groupOf(r, &a)
	case a.parties != nil && (r.lex.is("side", w) || r.lex.is("body", w)):
		a.kind, a.end, a.institution = namedActor, j+1, r.lex.is("body", w)
	case r.low(i) == "the" && d.all && j == i+2 && (isFinite(r, j) || isAdverb(w)):
		a.end, a.plural = j, true // "The two discussed"
	case (d.our || j == i+1 && d.definite) && isOwnNoun(w):
		a.end = j + 1
	default:
		return actor{}, false
	}
	return a, true
}

// groupOf takes in what says whose group it is: "officials from both countries",
// "the leaders of France and Germany".
func (c *cast) groupOf(r *reader, a *actor) {
	if w := r.low(a.end); w != "from" && w != "of" {
		return
	}
	if end := c.bothCountries(r, a.end+1); end > 0 {
		a.end = end
	} else if ps, end := c.countries(r, a.end+1); len(ps) > 1 {
		a.end, a.parties, a.kind = end, ps, namedActor
	}
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
		j, w := d.end, r.low(d.end)
		if p, ok := r.at[j]; ok && (p.demonym || p.end < len(r.toks) && r.toks[p.end].word && r.low(p.end) != "'s") {
			if !c.nounAhead(r, p.end) {
				return d, true
			}
			d.parties = append(d.parties, c.pick(p.parties)...)
			d.definite = true
			d.end = p.end - 1
			continue
		}
		switch w {
		case "the", "these", "their", "this":
			d.definite = true
		case "both", "two", "three", "2", "3", "four", "five", "all", "each":
			d.definite, d.all = true, true
		case "of":
			if !d.all {
				return d, false
			}
		case "our":
			d.definite, d.all, d.our = true, true, true
		default:
			if !isGroupAdjective(w) && !(d.our && r.toks[j].word && !r.toks[j].upper && j-i < 4 && c.ownNoun(r, j+1)) {
				return d, true
			}
		}
	}
	return d, true
}

// acts reports whether a finite verb of the lexicon in the past stands at token
// i, adverbs aside.
func (c *cast) acts(r *reader, i int) bool {
	for isAdverb(r.low(i)) {
		i++
	}
	f := r.lex.forms[r.low(i)]
	return f.past || r.low(i) == "will"
}

// isOwnNoun reports whether "our" and the noun stand for the parties together.
func isOwnNoun(w string) bool {
	return w == "partnership" || w == "alliance" || w == "peoples" || w == "cooperation"
}

func (c *cast) ownNoun(r *reader, i int) bool {
	return isOwnNoun(r.low(i)) || c.lex.is("group", r.low(i))
}

// countries reads a list of countries at token i: "France, Germany, and the
// United States".
func (c *cast) countries(r *reader, i int) (ps []timeline.Party, end int) {
	for {
		if r.low(i) == "the" {
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
		if r.low(i) == "and" {
			i++
		}
	}
}

// nounAhead reports whether a noun for a side or group follows within a few
// words of a country's name.
func (c *cast) nounAhead(r *reader, i int) bool {
	for j := i; j < len(r.toks) && j < i+3; j++ {
		if w := r.low(j); c.lex.is("group", w) || c.lex.is("side", w) || c.lex.is("body", w) {
			return true
		}
		if !isGroupAdjective(r.low(j)) && !r.isTitleWord(j) {
			return false
		}
	}
	return false
}

func isGroupAdjective(w string) bool {
	switch w {
	case "foreign", "prime", "defense", "defence", "senior", "national", "security", "respective", "other", "relevant",
		"high-level", "trade", "finance", "economic", "vice", "deputy", "political", "military", "working-level":
		return true
	}
	return false
}

// bothCountries reads "both countries" or "the two sides" at token i and returns
// its end, or 0.
func (c *cast) bothCountries(r *reader, i int) int {
	if r.low(i) == "the" {
		i++
	}
	if (r.low(i) == "both" || r.low(i) == "two") && c.lex.is("group", r.low(i+1)) {
		return i + 2
	}
	return 0
}

// body reads "the Committee", "the Biden-Harris Administration", "the Government
// of Japan", "the Chilean customs service".
func (c *cast) body(r *reader, i int) (actor, bool) {
	a := actor{first: i, kind: namedActor, institution: true}
	j := i
	if r.low(j) != "the" {
		return a, false
	}
	j++
	for ; j < len(r.toks) && j-i < 7; j++ {
		if p, ok := r.at[j]; ok {
			a.parties = c.pick(p.parties)
			j = p.end - 1
			continue
		}
		if !r.capital(j) && !(j == i+1 && r.low(j) == "delegation") {
			break
		}
		if !c.lex.is("body", r.low(j)) && r.low(j) != "delegation" {
			continue
		}
		a.end = j + 1
		if r.low(a.end) == "of" {
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
	switch r.low(j) {
	case "the", "this", "these", "their", "that", "our":
		j++
	default:
		if !r.capital(j) || !r.lex.is("event", r.low(j)) {
			return a, false
		}
	}
	for k := j; k < j+4 && k < len(r.toks); k++ {
		if r.lex.is("event", r.low(k)) && !r.lex.is("event", r.low(k+1)) {
			a.end = k + 1
			a.plural = r.low(k) != "this" && r.toks[k].low[len(r.toks[k].low)-1] == 's'
			return a, true
		}
		if isPreposition(r.low(k)) || isAuxiliary(r.low(k)) || !r.toks[k].word {
			break
		}
	}
	return a, false
}
