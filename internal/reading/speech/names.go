package speech

import (
	"strings"
	"unicode/utf8"

	"readout/internal/reading/speech/en"
	"readout/timeline"
)

// naming is a place in a text where a person or an office is named: "Foreign
// Minister Brimdal", "the President", "Mr. Quintrel, Minister of Foreign Affairs
// of the Republic of Chile".
type naming struct {
	first, end int      // tokens, the article and an apposition included
	name       []string // folded words of the name, nil for a bare title
	full       string   // the name as printed
	title      string   // as printed, without country
	heads      []string // the title's words in lower case, without connectors
	country    []timeline.Party
	gender     byte // 'm', 'f' or 0
	definite   bool // begins with "the"
	former     bool
	small      bool // the office may be written small: "Ana Ruiz, president of Chile"
}

// mayName reports whether a naming may begin at token i: with a capital, a country or
// one of the few small words that stand before a title.
func (r *reader) mayName(i int) bool {
	if r.capital(i) || r.is(i, en.Possessive) {
		return true
	}
	if _, ok := r.at[i]; ok {
		return true
	}
	return r.is(i, en.The) || r.is(i, en.Former) || r.is(i, en.Incoming) || r.low(i) == "&"
}

// named reports whether a person's whole name stands at token i, or one after courtesy titles, and
// not the first of several names.
func (r *reader) named(i int) bool {
	from := r.honorifics(i, &naming{})
	if n := r.nameLength(from); n > 1 || n > 0 && from > i {
		return !r.is(from+n, en.And) || !r.capital(from+n+1)
	}
	return false
}

// naming reads a naming that begins at token i.
func (r *reader) naming(i int) (naming, bool) {
	n := naming{first: i}
	if r.is(i, en.The) {
		n.definite = true
		i++
	} else if r.is(i, en.Possessive) && !r.capital(i) {
		i++ // "his Israeli counterpart NAME"
	}
	if n.former = r.is(i, en.Former); n.former || r.is(i, en.Incoming) {
		i++
	}
	i = r.countryBefore(i, &n)
	i = r.honorifics(i, &n)
	i = r.title(i, &n)
	if r.is(i, en.Counterpart) && n.country != nil {
		n.heads = append(n.heads, r.low(i))
		i++
	}
	// "the Secretary General of the Party, NAME," and "Dr." after the title
	if r.low(i) == "," && n.title != "" && n.definite && r.named(i+1) {
		i++
	}
	i = r.honorifics(i, &n)
	end := i + r.nameLength(i)
	if rest := r.turnedRound(i, end); rest > end && r.honorific(i-1) {
		end = rest
	}
	if end > i {
		if n.title == "" && n.gender == 0 && len(n.heads) == 0 && !r.honorific(i-1) && !r.introduced(i, end) {
			return n, false
		}
		r.setName(&n, i, end)
		i = r.countryAfter(end, &n)
		i = r.apposition(i, &n)
	} else if n.title == "" {
		return n, false
	}
	n.end = i
	return n, i > n.first
}

// introduced reports whether the bare name toks[i:end] may stand without title:
// it is known already, or a title follows it in apposition.
func (r *reader) introduced(i, end int) bool {
	all := true
	for k := i; k < end; k++ {
		if r.toks[k].word && !r.known(fold(r.word(k))) {
			all = false
			break
		}
	}
	if all {
		return true
	}
	if end-i < 2 || r.low(end) != "," {
		return false
	}
	n := naming{small: true}
	k := end + 1
	if r.is(k, en.The) {
		k++
	}
	k = r.countryBefore(k, &n)
	j := r.title(k, &n)
	return j > k && n.title != "" && r.nameLength(j) == 0
}

// nameLength returns how many tokens of a personal name begin at token i.
func (r *reader) nameLength(i int) int {
	start := i
	for i < len(r.toks) {
		t := r.toks[i]
		switch {
		case t.word && t.upper && i == start && r.isTitleWord(i):
			return i - start
		case t.word && t.upper && !r.stopsName(i):
			i++
		case i > start && t.word && r.is(i, en.Particle) && r.capital(i+1):
			i++
		case i > start && t.low == "." && utf8.RuneCountInString(r.word(i-1)) == 1:
			i++
		case i > start && t.low == "," && r.is(i+1, en.Junior):
			i += 2
			if r.low(i) == "." {
				i++
			}
			return i - start
		default:
			return i - start
		}
	}
	return i - start
}

// stopsName reports whether the capitalised word at token i is no part of a name.
func (r *reader) stopsName(i int) bool {
	if p, ok := r.at[i]; ok && (p.demonym || p.end > i+1) {
		return true
	}
	if r.isTitle(i) || r.honorific(i) {
		return true
	}
	if f := r.form(i); f.third && !f.base || f.ing && !f.base {
		return true // a headline: "Foreign Minister Meets Ambassador", "Minister Leading the Talks"
	}
	return r.is(i, en.Calendar) || r.is(i, en.Opener)
}

// turnedRound returns the end of a name whose family name stands first, before a comma:
// "Rojas, Pedro Luis, Minister of …". It is 0 where tokens [i, end) begin no such name.
func (r *reader) turnedRound(i, end int) int {
	if end == i || end-i > 2 || r.low(end) != "," {
		return 0
	}
	n := r.nameLength(end + 1)
	rest := end + 1 + n
	if n == 0 || n > 3 || r.low(rest) != "," {
		return 0
	}
	office := naming{small: true}
	k := rest + 1
	if r.is(k, en.The) {
		k++
	}
	k = r.countryBefore(k, &office)
	if r.title(k, &office) == k {
		return 0
	}
	return rest
}

func (r *reader) setName(n *naming, i, end int) {
	n.full = r.print(i, end)
	for ; i < end; i++ {
		if !r.toks[i].word || !r.toks[i].upper && r.is(i, en.Particle) {
			continue
		}
		printed := r.word(i)
		if head, rest, ok := strings.Cut(printed, "-"); ok && r.lex.Has(en.Particle, strings.ToLower(head)) {
			printed = rest // "Al-Nouri" is "Nouri" too
		}
		w := fold(printed)
		if len(w) < 2 || r.lex.Has(en.Junior, w) {
			continue
		}
		n.name = append(n.name, w)
	}
}
