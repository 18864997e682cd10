package speech

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"readout/internal/rules/list"
	"readout/timeline"
)

// actMeet marks verbs of meeting in the lexicon. It is no act of a statement:
// what counts is the purpose for which the parties met.
const actMeet timeline.Act = "meet"

// Lexicon holds the words that attribution goes by: verbs and phrases with the
// speech act they report and their place on a ladder of commitment, and the
// words by which persons, sides and bodies are named. A Lexicon is not changed
// once it is made and may be shared.
type Lexicon struct {
	verbs   map[string][]pattern // by lemma, longest first
	phrases []pattern
	opening map[string][]pattern // the phrases by each word they may begin with
	forms   map[string]verbForm
	irreg   map[string][2]string
	ladder  map[timeline.Act]int
	words   map[string]map[string]string // class -> word -> value
	seq     int
	lines   map[string][]list.Line // by language beside English
	tongues struct {
		sync.Mutex
		made map[string]*tongue // compiled when a text in the language is read first
	}
}

// pattern is a verb with the words that must follow it, or a phrase.
type pattern struct {
	words    [][]string // alternatives per place; the first is the lemma
	act      timeline.Act
	verb     string
	strength int
	seq      int
}

// verbForm says what an inflected word may be a form of.
type verbForm struct {
	lemma                        string
	base, third, past, part, ing bool
}

// Default returns the built-in lexicon.
func Default() *Lexicon {
	lex, err := New(nil)
	if err != nil {
		panic("built-in rules: " + err.Error()) // our own files, and a test reads them
	}
	return lex
}

// New returns the lexicon of a book of rules: acts.tsv, persons.tsv and tongues.tsv,
// whose heads describe the lines. A line may stand in any of the three. Where two lines
// have the same pattern the later one wins. An error names the line.
func New(b *list.Book) (*Lexicon, error) {
	lex := &Lexicon{
		verbs: map[string][]pattern{}, irreg: map[string][2]string{}, ladder: map[timeline.Act]int{},
		words: map[string]map[string]string{}, lines: map[string][]list.Line{},
	}
	for _, file := range []string{"acts.tsv", "persons.tsv", "tongues.tsv"} {
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
	switch f[0] {
	case "verb", "phrase":
		return lex.addPattern(f)
	case "act":
		if len(f) != 3 {
			return fmt.Errorf("want act, ACT, STRENGTH; have %d fields", len(f))
		}
		act, strength, err := parseAct(f[1], f[2])
		lex.ladder[act] = strength
		return err
	case "forms":
		if len(f) != 4 {
			return fmt.Errorf("want forms, LEMMA, PAST, PARTICIPLE; have %d fields", len(f))
		}
		lex.irreg[f[1]] = [2]string{f[2], f[3]}
		return nil
	case "honorific", "title", "portfolio", "group", "side", "body", "event", "particle", "facts", "question", "hosting", "listing", "colleague", "remarks", "about", "leading", "wordless", "upholding", "own":
		if len(f) < 2 || len(f) > 3 {
			return fmt.Errorf("want %s and a word; have %d fields", f[0], len(f))
		}
		ws := lex.words[f[0]]
		if ws == nil {
			ws = map[string]string{}
			lex.words[f[0]] = ws
		}
		value := ""
		if len(f) == 3 {
			value = f[2]
		}
		ws[straighten(strings.ToLower(f[1]))] = value
		return nil
	}
	return fmt.Errorf("unknown kind of line %q", f[0])
}

func (lex *Lexicon) addPattern(f []string) error {
	if len(f) != 5 {
		return fmt.Errorf("want %s, PATTERN, ACT, VERB, STRENGTH; have %d fields", f[0], len(f))
	}
	act, strength, err := parseAct(f[2], f[4])
	if err != nil {
		return err
	}
	places := strings.Fields(strings.ToLower(f[1]))
	if len(places) == 0 || places[0] == "~" {
		return fmt.Errorf("pattern %q does not begin with a word", f[1])
	}
	lex.seq++
	p := pattern{act: act, verb: f[3], strength: strength, seq: lex.seq}
	for _, place := range places {
		p.words = append(p.words, strings.Split(place, "|"))
	}
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

// parseAct reads an act of the ladder (or [actMeet]) and its strength.
func parseAct(act, strength string) (timeline.Act, int, error) {
	a := timeline.Act(act)
	if a != actMeet && !slices.Contains(timeline.Acts(), a) {
		return a, 0, fmt.Errorf("unknown act %q", act)
	}
	n, err := strconv.Atoi(strength)
	if err != nil || n < 0 || n > 100 {
		return a, 0, fmt.Errorf("strength %q is not a number from 0 to 100", strength)
	}
	return a, n, nil
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
}

// Reads reports whether the acts of texts in a language (BCP 47) are known. A text whose
// language is not known is read as English.
func (lex *Lexicon) Reads(language string) bool {
	base, _, _ := strings.Cut(language, "-")
	return base == "" || base == "en" || lex.lines[base] != nil
}

// is reports whether the word stands in the class, and with what value.
func (lex *Lexicon) is(class, word string) bool {
	_, ok := lex.words[class][word]
	return ok
}

// Strength returns the place of a verb on the ladder of commitment, from 0
// ("met") to 100; the higher, the firmer. Verb is a lemma as [Attribute] reports
// it. For a verb that the lexicon does not list under the act, the place of the
// act counts. Strengths are for comparison: "agreed" is above "shared the view".
func (lex *Lexicon) Strength(act timeline.Act, verb string) int {
	best := -1
	consider := func(p pattern) {
		if p.act == act && p.verb == verb && len(p.words) > 0 {
			// The plainest pattern of a verb speaks for it.
			if best < 0 || len(p.words) == 1 {
				best = p.strength
			}
		}
	}
	if head, _, _ := strings.Cut(verb, " "); head != "" {
		for _, p := range lex.verbs[head] {
			consider(p)
		}
	}
	if best < 0 {
		for _, p := range lex.phrases {
			consider(p)
		}
	}
	if best < 0 {
		best = lex.foreignStrength(act, verb)
	}
	if best < 0 {
		return lex.ladder[act]
	}
	return best
}
