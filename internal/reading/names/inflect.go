package names

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/timeline"
)

// Codes of the lines of names.tsv that say how names are inflected.
const (
	formsNoun      timeline.Party = "~noun"
	formsAdjective timeline.Party = "~adjective"
	formsDemonym   timeline.Party = "~demonym"
	formsPrefix    timeline.Party = "~prefix"
	formsDerived   timeline.Party = "~derived"
)

// inflections are the endings of a language. A form that no text has does no harm.
type inflections struct {
	nouns, adjectives []paradigm // the words of a name
	demonyms          []paradigm // what stands before "~" in an adjective
	prefixes          []paradigm // small words that are written onto the name
	derivations       []paradigm // endings that make an adjective of a name, in small letters
}

// paradigm is an ending and those that stand in its place in other cases, in an
// order that the paradigms of a language share: words of one name agree.
type paradigm struct {
	ending string
	forms  []string
}

// inflectionsOf picks the lines about endings out of those of a language.
func inflectionsOf(records []foreignName) inflections {
	var in inflections
	for _, r := range records {
		var ps []paradigm
		for _, ending := range r.names {
			for _, e := range lettersOf(ending) {
				p := paradigm{ending: strings.Trim(e, "-")}
				for _, f := range r.adjectives {
					f = strings.Trim(f, "-")
					if e != ending { // a class of letters is kept
						f = e + strings.Replace(f, again, e, 1)
					}
					p.forms = append(p.forms, f)
				}
				ps = append(ps, p)
			}
		}
		switch r.code {
		case formsNoun:
			in.nouns = append(in.nouns, ps...)
		case formsAdjective:
			in.adjectives = append(in.adjectives, ps...)
		case formsDemonym:
			in.demonyms = append(in.demonyms, ps...)
		case formsPrefix:
			in.prefixes = append(in.prefixes, ps...)
		case formsDerived:
			if len(r.names) == 0 {
				ps = []paradigm{{forms: r.adjectives}}
			}
			in.derivations = append(in.derivations, ps...)
		}
	}
	return in
}

// again stands in a form for the letter of the class once more: "[mn]" and "&al" are "mmal" and "nnal".
const again = "&"

// lettersOf returns the letters of a class ("[bc]"), or the ending itself.
func lettersOf(ending string) []string {
	inner, ok := strings.CutPrefix(ending, "[")
	if !ok {
		return []string{ending}
	}
	return strings.Split(strings.TrimSuffix(inner, "]"), "")
}

// inflect returns the forms of a word by the paradigm with the longest ending that
// it has, nil where it has none.
func inflect(word string, ps []paradigm) []string {
	best := -1
	for i, p := range ps {
		if strings.HasSuffix(word, p.ending) && (best < 0 || len(p.ending) > len(ps[best].ending)) {
			best = i
		}
	}
	if best < 0 {
		return nil
	}
	out := make([]string, len(ps[best].forms))
	for i, f := range ps[best].forms {
		out[i] = strings.TrimSuffix(word, ps[best].ending) + f
	}
	return out
}

// nameForms returns further forms of a name. In a name of several words each is
// declined as a noun and as an adjective, all in one case. Initials ("США") have
// no cases.
func (in inflections) nameForms(name string) []string {
	words := strings.Split(name, " ")
	var out []string
	for _, p := range in.prefixes {
		for _, f := range p.forms {
			if rest, ok := strings.CutPrefix(name, p.ending); ok {
				out = append(out, f+rest)
			}
		}
	}
	if initials := strings.ToUpper(name) == name && strings.ToLower(name) != name; initials || len(words) > 4 {
		return out
	}
	sofar := [][]string{nil} // the ways to decline the words before, each by case
	for _, w := range words {
		ways := [][]string{inflect(w, in.nouns)}
		if len(words) > 1 {
			ways = append(ways, inflect(w, in.adjectives))
		}
		var next [][]string
		for _, way := range ways {
			for _, before := range sofar {
				next = append(next, agree(before, way, w))
			}
		}
		sofar = next
	}
	for _, way := range sofar {
		out = append(out, way...)
	}
	return slices.Compact(out)
}

// agree joins the forms of the words before, by case, to those of a word, which
// stays as it is where it has no forms.
func agree(before, forms []string, word string) []string {
	if before == nil {
		if forms == nil {
			return []string{word, word, word, word, word, word}
		}
		return forms
	}
	var out []string
	for i, b := range before {
		switch {
		case forms == nil:
			out = append(out, b+" "+word)
		case i < len(forms):
			out = append(out, b+" "+forms[i])
		}
	}
	return out
}

// demonymForms returns the forms of an adjective that ends in "~", or the adjective
// itself.
func (in inflections) demonymForms(a string) []string {
	stem, ok := strings.CutSuffix(a, "~")
	if !ok {
		return []string{a}
	}
	if forms := inflect(stem, in.demonyms); forms != nil {
		return forms
	}
	return []string{stem}
}

// derived returns the adjectives that are made of the name by an ending, in small letters where the
// alphabet has any.
func (in inflections) derived(name string) []string {
	if strings.Contains(name, " ") && cased(name) {
		return nil
	}
	first, n := utf8.DecodeRuneInString(name)
	var out []string
	for _, form := range inflect(string(unicode.ToLower(first))+name[n:], in.derivations) {
		out = append(out, in.demonymForms(form)...)
	}
	return out
}

// cased reports whether a name is written in an alphabet with capitals.
func cased(name string) bool { return strings.ToUpper(name) != strings.ToLower(name) }
