package diff

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/letters"
	"readout/timeline"
)

// Substitution is one wording that took the place of another in several releases.
type Substitution struct {
	From, To string // as their first instance has them
	// Forth are the releases in which To took the place of From, in the order in which
	// they were compared, one instance each; Back those where it went the other way.
	Forth, Back []Instance
}

// Instance is one place where a wording took the place of another.
type Instance struct {
	Cause    Cause
	Release  *timeline.Release // the newer text
	Old, New timeline.Statement
}

// The measures of a substitution.
const (
	substituted = 4   // words of either wording at most
	mostBack    = 0.1 // share of its releases that may have gone the other way
	alikeEnough = 0.5 // likeness of two statements whose words are compared
)

// LeastInstances is in how many releases a substitution is found unless the caller asks otherwise.
const LeastInstances = 3

// Substitutions finds the replacements that recur in one direction: in so many releases or
// more, [LeastInstances] for 0, and in hardly any the other way round ("impact" gave way to "effect"). Numbers,
// days and names are what every text puts in anew and count for nothing; nor do a change
// of case or of function words alone. The most frequent comes first.
func Substitutions(reports []*Report, least int, o Options) []Substitution {
	s := substitutions{least: cmp.Or(least, LeastInstances), lexicon: o.lexicon(), byPair: map[[2]string]*Substitution{}}
	for _, r := range reports {
		for i := range r.Changes {
			if c := &r.Changes[i]; c.Kind == Reworded && len(c.Old) == 1 && len(c.New) == 1 && !c.Link.Uncertain &&
				c.Similarity >= alikeEnough {
				s.read(r, c)
			}
		}
	}
	return s.answer()
}

type substitutions struct {
	least   int // releases that must have one
	lexicon *Lexicon
	byPair  map[[2]string]*Substitution
	order   [][2]string
}

// read enters the replacements of one change.
func (s *substitutions) read(r *Report, c *Change) {
	for i := 1; i < len(c.Edits); i++ {
		old, new := c.Edits[i-1], c.Edits[i]
		if old.Op != Delete || new.Op != Insert {
			continue
		}
		from, told := s.wording(old.Text)
		to, also := s.wording(new.Text)
		if from == "" || to == "" || from == to || !told && !also {
			continue
		}
		pair := [2]string{from, to}
		x := s.byPair[pair]
		if x == nil {
			x = &Substitution{From: trimMarks(old.Text), To: trimMarks(new.Text)}
			s.byPair[pair] = x
			s.order = append(s.order, pair)
		}
		if !slices.ContainsFunc(x.Forth, func(i Instance) bool { return i.Release.ID == r.New.ID }) {
			x.Forth = append(x.Forth, Instance{r.Cause, r.New, c.Old[0], c.New[0]})
		}
	}
}

// wording is the form in which a wording is counted, "" for one that is not: too long,
// a number or a name. Told reports whether it has a word of substance, which one of the two
// must have: "is" may give way to "remains".
func (s *substitutions) wording(text string) (form string, told bool) {
	ws := letters.Words(text)
	if len(ws) == 0 || len(ws) > substituted {
		return "", false
	}
	parts := make([]string, len(ws))
	for i, w := range ws {
		shown := text[w.Start:w.End]
		class := s.lexicon.of(letters.Plain(shown))
		if strings.ContainsAny(shown, "0123456789") || class&(month|magnitude|numeral) != 0 || isCapital(shown) && i > 0 {
			return "", false
		}
		told = told || class&stopWord == 0 || class&modal != 0
		parts[i] = w.Folded
	}
	if isCapital(text[ws[0].Start:]) && s.lexicon.of(parts[0]) == 0 {
		return "", false
	}
	return strings.Join(parts, " "), told
}

// isCapital reports whether a word begins with a capital letter.
func isCapital(w string) bool {
	first, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(first)
}

// trimMarks takes white space and punctuation off both ends.
func trimMarks(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return !letters.Word(r) })
}

// answer returns the pairs that are found often, with what went the other way.
func (s *substitutions) answer() []Substitution {
	var out []Substitution
	for _, pair := range s.order {
		x := *s.byPair[pair]
		if back := s.byPair[[2]string{pair[1], pair[0]}]; back != nil {
			x.Back = back.Forth
		}
		if len(x.Forth) >= s.least && float64(len(x.Back)) <= mostBack*float64(len(x.Forth)) {
			out = append(out, x)
		}
	}
	slices.SortStableFunc(out, func(a, b Substitution) int {
		return cmp.Or(cmp.Compare(len(b.Forth), len(a.Forth)), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	return out
}
