package speech

import (
	"strings"

	"readout/internal/reading/names"
	"readout/internal/reading/speech/en"
	"readout/timeline"
)

// reader reads names off the tokens of one statement.
type reader struct {
	lex   *Lexicon
	text  string
	toks  []token
	at    map[int]place // by first token
	seats map[int]place // capitals, which may stand for their governments
	known func(word string) bool
}

// place is a gazetteer mention in tokens.
type place struct {
	end     int
	parties []timeline.Party
	demonym bool
}

// read tokenizes text and finds the countries in it.
func (c *cast) read(text string) *reader {
	r := &reader{lex: c.lex, text: text, toks: tokenize(text, c.lex), known: c.known}
	r.look()
	c.cut.Reset(text)
	r.at = r.places(c.gaz.FindIn(c.cut))
	r.seats = r.places(c.gaz.Seats(c.cut))
	return r
}

// known reports whether a folded word belongs to the name of someone already
// introduced.
func (c *cast) known(word string) bool { return c.words[word] }

// places turns mentions by bytes into places by tokens. A mention that is only
// a part of a token, such as "U.S.-Japan", names nobody who could act.
func (r *reader) places(mentions []names.Mention) map[int]place {
	if len(mentions) == 0 {
		return nil
	}
	out := make(map[int]place, len(mentions))
	i := 0
	for _, m := range mentions {
		for i < len(r.toks) && int(r.toks[i].end) <= m.Start {
			i++
		}
		j := i
		for j < len(r.toks) && int(r.toks[j].start) < m.End {
			j++
		}
		if i == j || int(r.toks[i].start) != m.Start {
			continue
		}
		// The gazetteer's names may end before the dot of an abbreviation.
		if end := int(r.toks[j-1].end); end != m.End && (end < m.End || strings.Trim(r.text[m.End:end], ".") != "") {
			continue
		}
		out[i] = place{end: j, parties: append([]timeline.Party{m.Party}, m.Or...), demonym: m.Demonym}
	}
	return out
}

func (r *reader) low(i int) string {
	if i < 0 || i >= len(r.toks) {
		return ""
	}
	return r.toks[i].low
}

// word returns the text of token i as printed.
func (r *reader) word(i int) string { return r.text[r.toks[i].start:r.toks[i].end] }

// look finds the entry of each token in the lexicon.
func (r *reader) look() {
	for i := range r.toks {
		r.toks[i].id = r.lex.ids[r.toks[i].low]
	}
}

// entry returns what is known of the word at token i: nothing where there is no such token.
func (r *reader) entry(i int) *entry {
	if i < 0 || i >= len(r.toks) {
		return &r.lex.entries[0]
	}
	return &r.lex.entries[r.toks[i].id]
}

// is reports whether the word at token i is of a class.
func (r *reader) is(i int, c en.Class) bool { return r.entry(i).classes.Has(c) }

// form returns the form of which verb the word at token i may be; its lemma is "" where it
// is none of the lexicon.
func (r *reader) form(i int) verbForm { return r.entry(i).form }

// auxiliary reports whether the word at token i may be an auxiliary verb.
func (r *reader) auxiliary(i int) bool {
	s := r.entry(i).classes
	return s.Has(en.Future) || s.Has(en.Have) || s.Has(en.Do) || s.Has(en.Modal) || s.Has(en.Be)
}

// adverb reports whether the word at token i may stand between a subject and its verb, or
// a verb and its object, without changing either.
func (r *reader) adverb(i int) bool {
	s, w := r.entry(i).classes, r.low(i)
	return s.Has(en.Adverb) || len(w) > 4 && strings.HasSuffix(w, "ly") && !s.Has(en.NoAdverb)
}

// among reports whether one of the tokens [i, end) is of a class.
func (r *reader) among(i, end int, c en.Class) bool {
	for ; i < min(end, len(r.toks)); i++ {
		if r.is(i, c) {
			return true
		}
	}
	return false
}

// past returns the token after the words of a class that stand at token i, or i.
func (r *reader) past(i int, c en.Class) int {
	for _, words := range r.lex.List(c) {
		end := i
		for w := range strings.FieldsSeq(words) {
			if r.low(end) != w {
				end = -1
				break
			}
			end++
		}
		if end > i {
			return end
		}
	}
	return i
}

// genitive reports whether a possessive ending stands at token i.
func (r *reader) genitive(i int) bool { return r.low(i) == genitive }

func (r *reader) capital(i int) bool {
	return i >= 0 && i < len(r.toks) && r.toks[i].word && r.toks[i].upper
}

func (r *reader) isTitle(i int) bool {
	return r.capital(i) && r.is(i, en.Title)
}

func (r *reader) isTitleWord(i int) bool {
	return r.capital(i) && (r.is(i, en.Title) || r.is(i, en.Portfolio) ||
		r.is(i, en.Under) && r.is(i+1, en.Secretary))
}

// namings returns every naming in the text, in order.
func (r *reader) namings() []naming {
	var out []naming
	for i := 0; i < len(r.toks); {
		if !r.mayName(i) {
			i++
			continue
		}
		n, ok := r.naming(i)
		if !ok {
			i++
			continue
		}
		out = append(out, n)
		i = n.end
	}
	return out
}

// print returns the text of tokens [i, end) as printed.
func (r *reader) print(i, end int) string {
	if i >= end {
		return ""
	}
	var b strings.Builder
	for k := i; k < end; k++ {
		if k > i && r.toks[k-1].end < r.toks[k].start {
			b.WriteByte(' ')
		}
		b.WriteString(r.word(k))
	}
	return b.String()
}
