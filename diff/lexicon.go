package diff

import (
	"io"
	"maps"
	"slices"
	"strings"
	"sync"

	"readout/internal/letters"
	"readout/internal/rules/list"
)

// class is what the lexicon knows of a word; a word may be of several classes.
type class uint16

const (
	stopWord   class = 1 << iota // carries structure, hardly any content
	modal                        // says how far a promise goes: "will", "may"
	negation                     // turns a sentence round
	month                        // name of a month or day, makes a number beside it a date; with a capital letter
	lowerMonth                   // the same, in whatever case
	magnitude                    // belongs to the number before it: "billion"
	formula                      // said of every subject: who speaks, and that they do
	numeral                      // a number in words
	dateUnit                     // makes the number before it a date
	opener                       // opens a clause of its own after a comma: "which"
	joiner                       // goes on with what was said, though it ends as openers do: "including"
)

var classNames = map[string]class{
	"stop": stopWord, "modal": modal, "negation": negation, "month": month, "lowermonth": lowerMonth,
	"magnitude": magnitude, "formula": formula, "numeral": numeral, "dateunit": dateUnit,
	"opener": opener, "joiner": joiner,
}

// Lexicon tells function words, modal verbs, negations, months, numbers in words and
// magnitudes.
// It is immutable and safe for concurrent use.
type Lexicon struct {
	classes map[string]class
	idle    [][]string // phrases of courtesy and logistics, in folded words
	done    [][]string // phrases of business that is finished and of facts of one occasion, the same
	endings []string   // of words that open a clause after a comma: participles
}

// DefaultLexicon returns the embedded word lists: English, with the commonest
// words of some other languages.
func DefaultLexicon() *Lexicon { return defaultLexicon() }

// defaultLexicon parses the embedded lists once; the result never changes.
var defaultLexicon = sync.OnceValue(func() *Lexicon {
	l, err := (&Lexicon{}).with(list.BuiltIn("lexicon.tsv"))
	if err != nil {
		panic("built-in rules: " + err.Error()) // our own file, and a test reads it
	}
	return l
})

// Extend returns a lexicon with the words of r added. Each line is a class
// (stop, modal, negation, month, lowermonth, dateunit, magnitude, numeral, formula, opener, joiner),
// a tab, and words separated by spaces; empty lines and lines that begin with # are
// skipped. The classes idle and done have phrases separated by "|", in which "*" at the end of a
// word stands for any letters: a statement that has one of idle is no position, and the absence of one
// that has one of done is no finding. The class ending has endings of words that are openers. An error
// names the line.
func (l *Lexicon) Extend(r io.Reader) (*Lexicon, error) {
	lines, err := list.Read("lexicon.tsv", r)
	if err != nil {
		return nil, err
	}
	return l.with(lines)
}

// with returns the lexicon with further lines.
func (l *Lexicon) with(lines []list.Line) (*Lexicon, error) {
	out := &Lexicon{maps.Clone(l.classes), slices.Clone(l.idle), slices.Clone(l.done), slices.Clone(l.endings)}
	if out.classes == nil {
		out.classes = make(map[string]class)
	}
	for _, line := range lines {
		f := line.Fields()
		if phrases := out.phrases(f[0]); phrases != nil {
			for phrase := range strings.SplitSeq(letters.Plain(f[1]), "|") {
				*phrases = append(*phrases, strings.Fields(phrase))
			}
			continue
		}
		if f[0] == "ending" {
			out.endings = append(out.endings, strings.Fields(letters.Plain(f[1]))...)
			continue
		}
		c, known := classNames[f[0]]
		if !known {
			words := strings.Join(slices.Sorted(maps.Keys(classNames)), ", ")
			return nil, line.Errorf("unknown class %q; known are done, ending, idle, %s", f[0], words)
		}
		for w := range strings.FieldsSeq(f[1]) {
			out.classes[letters.Plain(w)] |= c
		}
	}
	return out, nil
}

// phrases returns the list of a class that has phrases, nil for one of words.
func (l *Lexicon) phrases(class string) *[][]string {
	switch class {
	case "idle":
		return &l.idle
	case "done":
		return &l.done
	}
	return nil
}

// of returns the classes of a folded word.
func (l *Lexicon) of(folded string) class { return l.classes[folded] }

// Function reports whether a word carries structure and hardly any content: an
// article, a preposition, a modal verb, a number. Case does not matter.
func (l *Lexicon) Function(word string) bool {
	return l.of(letters.Plain(word))&(stopWord|modal|negation|numeral) != 0
}

// Common reports whether releases say the word whatever they speak of: who talks, in
// what capacity, and that they do. Case does not matter.
func (l *Lexicon) Common(word string) bool { return l.of(letters.Plain(word))&formula != 0 }
