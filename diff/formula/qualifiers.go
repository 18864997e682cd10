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
	longest map[string]int       // by first word, the words of the longest entry that begins so
	joins   map[string]bool      // the words that join the members of a list
	orders  int                  // lines of class "order" so far
}

// qualifier is what one entry says.
type qualifier struct {
	class Change // of a formula to which it comes; "" for one that is only a step of an order
	base  string // the first form of the word: between two forms nothing changes
	order int    // the order that it is a step of, 0 for none
	step  int    // its place there, the firmest first
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
	out := &Qualifiers{entries: maps.Clone(q.entries), longest: maps.Clone(q.longest), joins: maps.Clone(q.joins), orders: q.orders}
	if out.entries == nil {
		out.entries, out.longest, out.joins = map[string]qualifier{}, map[string]int{}, map[string]bool{}
	}
	for _, line := range lines {
		f := line.Fields()
		words := strings.Fields(f[1])
		switch class, known := classNames()[f[0]]; {
		case known:
			for _, w := range words {
				out.add(w, func(x *qualifier) { x.class = class })
			}
		case f[0] == "order":
			out.orders++
			for i, w := range words {
				out.add(w, func(x *qualifier) { x.order, x.step = out.orders, i })
			}
		case f[0] == "join":
			for _, w := range words {
				out.joins[letters.Fold(w)] = true
			}
		default:
			return nil, line.Errorf("unknown class %q; known are firm, soft, wide, narrow, order, join", f[0])
		}
	}
	return out, nil
}

// add enters the forms of one word, "full/fully", and sets what is said of them.
func (q *Qualifiers) add(entry string, set func(*qualifier)) {
	forms := strings.Split(strings.ReplaceAll(entry, "_", " "), "/")
	base := folded(letters.Words(forms[0]))
	for _, f := range forms {
		ws := letters.Words(f)
		if len(ws) > 0 {
			q.longest[ws[0].Folded] = max(q.longest[ws[0].Folded], len(ws))
		}
		x := q.entries[folded(ws)]
		x.base = base
		set(&x)
		q.entries[folded(ws)] = x
	}
}

// at returns the qualifier that begins with the first of the words, and how many words
// it takes; 0 where none does.
func (q *Qualifiers) at(words []letters.Token) (qualifier, int) {
	if len(words) == 0 {
		return qualifier{}, 0
	}
	for n := min(q.longest[words[0].Folded], len(words)); n > 0; n-- {
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
