package gazetteer

import (
	_ "embed"
	"fmt"
	"io"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"readout/timeline"
)

//go:embed names.tsv
var namesTSV string

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
func readTongues(table string) (map[string]*tongue, error) {
	out := make(map[string]*tongue)
	for line := range dataLines(table) {
		f := strings.Split(line, "\t")
		if len(f) < 2 || len(f) > 5 || len(f[0]) != 2 {
			return nil, fmt.Errorf("name of a party: want language, code, names, adjectives, short names; have %q", line)
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

// ExtendNames returns a gazetteer that also knows the names in other languages
// that r lists in the form of the embedded table. They win over embedded ones. An
// error shows the offending line.
func (g *Gazetteer) ExtendNames(r io.Reader) (*Gazetteer, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("read party names: %w", err)
	}
	added, err := readTongues(strings.ReplaceAll(string(text), "\r", ""))
	if err != nil {
		return nil, err
	}
	out := *g
	out.tongues = make(map[string]*tongue, len(g.tongues))
	for lang, t := range g.tongues {
		out.tongues[lang] = &tongue{records: t.records}
	}
	for lang, t := range added {
		if old := g.tongues[lang]; old != nil {
			t.records = append(t.records, old.records...)
		}
		out.tongues[lang] = t
	}
	return &out, nil
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
	for _, r := range t.records {
		switch r.code {
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
				l.joins[fold(s)] = true
			}
			continue
		}
		for _, n := range r.names {
			l.addName(lang, n, r.code)
		}
		for _, a := range r.adjectives {
			for _, form := range inflectAdjective(lang, a) {
				l.names.add(form, meaning{party: r.code, demonym: true})
			}
		}
		for _, s := range r.shorts {
			if _, ok := l.shorts[fold(s)]; !ok {
				l.shorts[fold(s)] = r.code
			}
		}
	}
	tag, err := language.Parse(lang)
	if err != nil {
		return l // a language of the user's own has only the names given for it
	}
	namer := display.Regions(tag)
	if namer == nil {
		return l
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
		if m, n := l.names.longest(tokenize(name)); name == "" || m != nil && n == len(tokenize(name)) {
			continue
		}
		l.addName(lang, name, r.code)
	}
	return l
}

func (l *local) addName(lang, name string, p timeline.Party) {
	l.names.add(name, meaning{party: p})
	for _, form := range inflectName(lang, name) {
		l.names.add(form, meaning{party: p})
	}
	if lang == "ar" { // "النرويجي" is what is Norwegian, and the plainest form of the adjective
		for _, ending := range []string{"ي", "ية", "يين"} {
			l.names.add(name+ending, meaning{party: p, demonym: true})
		}
	}
}

// inflectName returns further forms of a country's name: cases, and the letters
// that Arabic writes onto it. A form that no text has does no harm.
func inflectName(lang, name string) []string {
	if strings.Contains(name, " ") && lang != "ar" {
		return nil
	}
	with := func(stem string, endings ...string) []string {
		var out []string
		for _, e := range endings {
			out = append(out, stem+e)
		}
		return out
	}
	cut := func(ending string) string { return strings.TrimSuffix(name, ending) }
	switch lang {
	case "de":
		return with(name, "s")
	case "ar":
		out := []string{"و" + name, "ب" + name}
		if rest, ok := strings.CutPrefix(name, "ال"); ok {
			out = append(out, "لل"+rest)
		}
		return out
	case "ru":
		switch {
		case strings.ToUpper(name) == name:
			return nil
		case strings.HasSuffix(name, "ия"):
			return with(cut("я"), "и", "ю", "ей")
		case strings.HasSuffix(name, "а"):
			return with(cut("а"), "ы", "е", "у", "ой", "и")
		case strings.HasSuffix(name, "ь"):
			return with(cut("ь"), "я", "и", "ю", "ем", "е")
		case strings.HasSuffix(name, "й"):
			return with(cut("й"), "я", "ю", "ем", "е")
		case strings.ContainsAny(name[len(name)-2:], "бвгджзклмнпрстфхцчшщ"):
			return with(name, "а", "у", "ом", "е")
		}
	}
	return nil
}

// inflectAdjective returns the forms of an adjective that ends in "~", or the
// adjective itself.
func inflectAdjective(lang, a string) []string {
	stem, ok := strings.CutSuffix(a, "~")
	if !ok {
		return []string{a}
	}
	var endings []string
	switch lang {
	case "de":
		endings = []string{"", "e", "en", "em", "er", "es"}
	case "ru":
		endings = []string{"ий", "ая", "ое", "ие", "ого", "ой", "ому", "им", "ими", "их", "ую", "ом"}
	case "fr":
		endings = []string{"", "s", "e", "es", "ne", "nes"}
	case "it":
		if s, ok := strings.CutSuffix(stem, "o"); ok {
			stem, endings = s, []string{"o", "a", "i", "e"}
		} else {
			stem, endings = strings.TrimSuffix(stem, "e"), []string{"e", "i"}
		}
	default: // Spanish, Portuguese
		if s, ok := strings.CutSuffix(stem, "o"); ok {
			stem, endings = s, []string{"o", "a", "os", "as"}
		} else {
			endings = []string{"", "s", "a", "as", "es"}
		}
	}
	out := make([]string, len(endings))
	for i, e := range endings {
		out[i] = stem + e
	}
	return out
}
