package formula

import (
	"io"
	"maps"
	"strings"
	"sync"

	"readout/internal/letters"
	"readout/internal/rules/list"
)

// Qualifiers are the words that make a formula firmer or weaker, wider or narrower.
// They are immutable and safe for concurrent use.
type Qualifiers struct {
	entries map[string]qualifier // by folded words, joined by spaces
	longest int                  // words of the longest entry
}

// qualifier is what one entry says.
type qualifier struct {
	class Change // of a formula to which it comes
	base  string // the first form of the word: between two forms nothing changes
}

// classNames returns what each class of the data file makes of a formula when one of its
// words comes.
func classNames() map[string]Change {
	return map[string]Change{"firm": Firmed, "soft": Softened, "wide": Widened, "narrow": Narrowed}
}

// DefaultQualifiers returns the embedded list.
func DefaultQualifiers() *Qualifiers { return defaultQualifiers() }

// defaultQualifiers reads the embedded file once; the result never changes.
var defaultQualifiers = sync.OnceValue(func() *Qualifiers {
	q, err := (&Qualifiers{}).with(list.BuiltIn("qualifiers.tsv"))
	if err != nil {
		panic("built-in rules: " + err.Error()) // our own file, and a test reads it
	}
	return q
})

// Extend returns the list with the lines of r added, in the form that the head of
// qualifiers.tsv describes. An error names the line.
func (q *Qualifiers) Extend(r io.Reader) (*Qualifiers, error) {
	lines, err := list.Read("qualifiers.tsv", r)
	if err != nil {
		return nil, err
	}
	return q.with(lines)
}

// with returns the list with further lines.
func (q *Qualifiers) with(lines []list.Line) (*Qualifiers, error) {
	out := &Qualifiers{entries: maps.Clone(q.entries), longest: q.longest}
	if out.entries == nil {
		out.entries = map[string]qualifier{}
	}
	for _, line := range lines {
		f := line.Fields()
		class, known := classNames()[f[0]]
		if !known {
			return nil, line.Errorf("unknown class %q; known are firm, soft, wide, narrow", f[0])
		}
		for entry := range strings.FieldsSeq(f[1]) {
			out.add(class, strings.Split(strings.ReplaceAll(entry, "_", " "), "/"))
		}
	}
	return out, nil
}

// add enters the forms of one word.
func (q *Qualifiers) add(class Change, forms []string) {
	base := folded(letters.Words(forms[0]))
	for _, f := range forms {
		ws := letters.Words(f)
		q.longest = max(q.longest, len(ws))
		q.entries[folded(ws)] = qualifier{class, base}
	}
}

// at returns the qualifier that begins with the first of the words, and how many words
// it takes; 0 where none does.
func (q *Qualifiers) at(words []letters.Token) (qualifier, int) {
	for n := min(q.longest, len(words)); n > 0; n-- {
		if e, ok := q.entries[folded(words[:n])]; ok {
			return e, n
		}
	}
	return qualifier{}, 0
}

// folded joins the folded words by spaces.
func folded(ws []letters.Token) string {
	parts := make([]string, len(ws))
	for i, w := range ws {
		parts[i] = w.Folded
	}
	return strings.Join(parts, " ")
}
