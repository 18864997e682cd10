package speech

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"readout/internal/reading/speech/en"
	"readout/internal/rules/list"
	"readout/timeline"
)

// actMeet marks verbs of meeting in the lexicon. It is no act of a statement:
// what counts is the purpose for which the parties met.
const actMeet timeline.Act = "meet"

// Lexicon holds the words that attribution goes by: verbs and phrases with the
// speech act they report, and the words of English and of other languages by which
// one tells who speaks. A Lexicon is not changed once it is made and may be shared.
type Lexicon struct {
	en.Words
	verbs     map[string][]pattern // by lemma, longest first
	phrases   []pattern
	opening   map[string][]pattern // the phrases by each word they may begin with
	adverbial [][][]string         // places of words, as those of a pattern
	forms     map[string]verbForm
	irreg     map[string][]string // past, participle and perhaps third person, by lemma
	entries   []entry             // of every word that anything is known of; the first is of the others
	ids       map[string]int32    // the index of a word's entry
	seq       int
	lines     map[string][]list.Line // by language beside English
	tongues   struct {
		sync.Mutex
		made map[string]*tongue // compiled when a text in the language is read first
	}
}

// pattern is a verb with the words that must follow it, or a phrase.
type pattern struct {
	words [][]string // alternatives per place; the first is the lemma
	act   timeline.Act
	verb  string
	firm  bool // tells what was said also in the passive, see [clauseReader.impersonal]
	seq   int
}

// entry is what is known of a word.
type entry struct {
	classes en.Set
	form    verbForm
}

// verbForm says what an inflected word may be a form of.
type verbForm struct {
	lemma                        string
	base, third, past, part, ing bool
}

// known reports whether the word is a form of a verb in the lexicon.
func (f verbForm) known() bool { return f.lemma != "" }

// Default returns the built-in lexicon.
func Default() *Lexicon {
	lex, err := New(nil)
	if err != nil {
		panic("built-in rules: " + err.Error()) // our own files, and a test reads them
	}
	return lex
}

// New returns the lexicon of a book of rules: acts.tsv, persons.tsv, english.tsv and
// tongues.tsv, whose heads describe the lines. A line may stand in any of them. Where two
// lines have the same pattern the later one wins. An error names the line.
func New(b *list.Book) (*Lexicon, error) { return made(b) }

// files are the rule files of a lexicon.
var files = []string{"acts.tsv", "persons.tsv", "english.tsv", "tongues.tsv"}

var made = list.Once(build, files...)

// build makes the lexicon of a book.
func build(b *list.Book) (*Lexicon, error) {
	lex := &Lexicon{
		verbs: map[string][]pattern{}, irreg: map[string][]string{}, lines: map[string][]list.Line{},
	}
	for _, file := range files {
		for _, l := range b.Lines(file) {
			if err := lex.add(l); err != nil {
				return nil, l.Errorf("%w", err)
			}
		}
	}
	lex.index()
	return lex, nil
}

// add takes in one line.
func (lex *Lexicon) add(l list.Line) error {
	if isLanguage(l.Text) {
		return lex.addTongue(l)
	}
	f := l.Fields()
	switch kind := f[0]; {
	case kind == "verb" || kind == "phrase":
		return lex.addPattern(f)
	case kind == "adverbial" && len(f) == 2:
		places, err := placesOf(f[1])
		lex.adverbial = append(lex.adverbial, places)
		return err
	case kind == "forms" && (len(f) == 4 || len(f) == 5):
		lex.irreg[f[1]] = f[2:]
		return nil
	case kind == "forms" || kind == "adverbial":
		return fmt.Errorf("want forms, LEMMA, PAST, PARTICIPLE and perhaps THIRD; or adverbial, PATTERN; have %d fields", len(f))
	case en.IsClass(kind):
		f[1] = straighten(strings.ToLower(f[1]))
		return lex.Words.Add(f)
	}
	return fmt.Errorf("unknown kind of line %q", f[0])
}

// firm is the mark of a verb that tells what was said also in the passive.
const firm = "firm"

// addPattern takes in a verb or phrase. Where the mark stands, older files have a number;
// it says nothing.
func (lex *Lexicon) addPattern(f []string) error {
	if len(f) < 4 || len(f) > 5 {
		return fmt.Errorf("want %s, PATTERN, ACT, VERB and perhaps %q; have %d fields", f[0], firm, len(f))
	}
	if _, err := strconv.Atoi(f[len(f)-1]); len(f) == 5 && f[4] != firm && err != nil {
		return fmt.Errorf("%q is no mark of a verb: want %q or nothing", f[4], firm)
	}
	act, err := parseAct(f[2])
	if err != nil {
		return err
	}
	places, err := placesOf(f[1])
	if err != nil {
		return err
	}
	lex.seq++
	p := pattern{words: places, act: act, verb: f[3], firm: len(f) == 5 && f[4] == firm, seq: lex.seq}
	if f[0] == "phrase" {
		lex.phrases = append(lex.phrases, p)
		return nil
	}
	for _, lemma := range p.words[0] {
		q := p
		if q.verb == "-" {
			q.verb = lemma
		}
		lex.verbs[lemma] = append(lex.verbs[lemma], q)
	}
	return nil
}

// placesOf reads the places of a pattern and the words that may stand at each.
func placesOf(text string) ([][]string, error) {
	fields := strings.Fields(strings.ToLower(text))
	if len(fields) == 0 || fields[0] == "~" {
		return nil, fmt.Errorf("pattern %q does not begin with a word", text)
	}
	var out [][]string
	for _, place := range fields {
		out = append(out, strings.Split(place, "|"))
	}
	return out, nil
}

// parseAct reads an act, or [actMeet].
func parseAct(act string) (timeline.Act, error) {
	a := timeline.Act(act)
	if a != actMeet && !slices.Contains(timeline.Acts(), a) {
		return a, fmt.Errorf("unknown act %q", act)
	}
	return a, nil
}

// index orders the patterns, most specific first, and spells out the verb forms.
func (lex *Lexicon) index() {
	bySpecificity := func(a, b pattern) int {
		if d := len(b.words) - len(a.words); d != 0 {
			return d
		}
		return b.seq - a.seq
	}
	lex.forms = map[string]verbForm{}
	for lemma, ps := range lex.verbs {
		slices.SortFunc(ps, bySpecificity)
		lex.inflect(lemma)
	}
	slices.SortFunc(lex.phrases, bySpecificity)
	lex.opening = map[string][]pattern{}
	for _, p := range lex.phrases {
		for _, w := range p.words[0] {
			lex.opening[w] = append(lex.opening[w], p)
		}
	}
	lex.enter()
}

// enter gives every word that anything is known of its entry.
func (lex *Lexicon) enter() {
	lex.entries, lex.ids = []entry{{}}, map[string]int32{}
	of := func(word string) *entry {
		id := lex.ids[word]
		if id == 0 {
			id = int32(len(lex.entries))
			lex.ids[word], lex.entries = id, append(lex.entries, entry{})
		}
		return &lex.entries[id]
	}
	for word, form := range lex.forms {
		of(word).form = form
	}
	for word, classes := range lex.Words.All() {
		of(word).classes = classes
	}
}

// Reads reports whether the acts of texts in a language (BCP 47) are known. A text whose
// language is not known is read as English.
func (lex *Lexicon) Reads(language string) bool {
	base, _, _ := strings.Cut(language, "-")
	return base == "" || base == "en" || lex.lines[base] != nil
}
