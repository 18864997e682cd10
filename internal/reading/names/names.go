package names

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"readout/internal/letters"
	"readout/internal/rules/list"
	"readout/timeline"
)

// tongue is a language in which parties are named beside English. Its names are
// put together when a text in that language is read first: most runs read none.
type tongue struct {
	records []foreignName
	once    sync.Once
	made    *local
}

// foreignName is one line of the table of names in other languages.
type foreignName struct {
	code                      timeline.Party // "-" and "+" as the table says
	names, adjectives, shorts []string
}

// local are the names of one language.
type local struct {
	names  *node
	shorts map[string]timeline.Party // what stands in a pair ("日米")
	sides  [][]token                 // words after which one short name is a party
	heads  [][]token                 // words that tell a pair from part of a word
	joins  map[string]bool           // letters that join names ("和") and belong to none
}

// readTongues reads the table of names in other languages, by language.
func readTongues(lines []list.Line) (map[string]*tongue, error) {
	out := make(map[string]*tongue)
	for _, l := range lines {
		f := l.Fields()
		if len(f[0]) != 2 {
			return nil, l.Errorf("%q is no language of two letters", f[0])
		}
		t := out[f[0]]
		if t == nil {
			t = new(tongue)
			out[f[0]] = t
		}
		r := foreignName{code: timeline.Party(f[1])}
		for i, to := range []*[]string{&r.names, &r.adjectives, &r.shorts} {
			for s := range parts(f, i+2) {
				*to = append(*to, s)
			}
		}
		t.records = append(t.records, r)
	}
	return out, nil
}

// In returns a gazetteer that also knows the names of parties in the language of
// the BCP 47 code lang, and g itself where the tables have none for it.
func (g *Gazetteer) In(lang string) *Gazetteer {
	base, _, _ := strings.Cut(lang, "-")
	t := g.tongues[base]
	if t == nil {
		return g
	}
	t.once.Do(func() { t.made = t.make(base, g.parties) })
	out := *g
	out.local = t.made
	return &out
}

// make puts the names of a language together: the table's own first, for a name
// belongs to the line that has it first, then those of the Unicode locale data.
func (t *tongue) make(lang string, parties []record) *local {
	l := &local{names: new(node), shorts: make(map[string]timeline.Party), joins: make(map[string]bool)}
	in := inflectionsOf(t.records)
	for _, r := range t.records {
		switch r.code {
		case formsNoun, formsAdjective, formsDemonym, formsPrefix, formsDerived:
			continue
		case "-":
			for _, n := range r.names {
				l.names.add(n, meaning{pass: true})
			}
			continue
		case "+":
			for _, n := range r.names {
				l.sides = append(l.sides, tokenize(n))
			}
			for _, n := range r.adjectives {
				l.heads = append(l.heads, tokenize(n))
			}
			for _, s := range r.shorts {
				l.joins[letters.Fold(s)] = true
			}
			continue
		}
		for _, n := range r.names {
			l.addName(in, n, r.code)
		}
		code := r.code
		for _, a := range r.adjectives {
			for _, form := range in.demonymForms(a) {
				l.names.add(form, meaning{party: code, demonym: true})
				if r, n := utf8.DecodeRuneInString(form); unicode.IsLower(r) { // it may be the head of a full name too
					l.names.add(string(unicode.ToUpper(r))+form[n:], meaning{party: code, demonym: true})
				}
			}
		}
		for _, s := range r.shorts {
			if _, ok := l.shorts[letters.Fold(s)]; !ok {
				l.shorts[letters.Fold(s)] = r.code
			}
		}
	}
	for _, variant := range variantsOf(lang) {
		l.addRegions(in, variant, parties)
	}
	return l
}

// variantsOf returns the codes under which the locale data has names for texts of
// one language: some are written in two scripts, and texts do not say in which.
func variantsOf(lang string) []string {
	switch lang {
	case "zh":
		return []string{"zh", "zh-Hant"}
	case "sr":
		return []string{"sr", "sr-Latn"}
	}
	return []string{lang}
}

// addRegions adds the names of the Unicode locale data that no line of the table
// has taken already.
func (l *local) addRegions(in inflections, lang string, parties []record) {
	tag, err := language.Parse(lang)
	if err != nil {
		return // a language of the user's own has only the names given for it
	}
	namer := display.Regions(tag)
	if namer == nil {
		return
	}
	for _, r := range parties {
		if len(r.code) != 2 {
			continue
		}
		region, err := language.ParseRegion(string(r.code))
		if err != nil {
			continue
		}
		name, _, _ := strings.Cut(namer.Name(region), " (")
		if m, n := l.names.longest(tokenize(name)); name == "" || m != nil && n == len(tokenize(name)) && m.party != r.code {
			continue
		}
		l.addName(in, name, r.code)
	}
}

// nukta is the point below a letter of Devanagari, which many leave out.
const nukta = "\u093c"

func (l *local) addName(in inflections, name string, p timeline.Party) {
	l.names.add(name, meaning{party: p})
	if bare := strings.ReplaceAll(name, nukta, ""); bare != name { // "फ़्रांस", "फ्रांस"
		l.names.add(bare, meaning{party: p})
	}
	for _, form := range in.nameForms(name) {
		l.names.add(form, meaning{party: p})
	}
	for _, form := range in.derived(name) {
		l.names.add(form, meaning{party: p, demonym: true})
	}
}
