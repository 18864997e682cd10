package formula

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"maps"
	"strings"
	"sync"

	"readout/internal/letters"
)

//go:embed qualifiers.tsv
var embeddedQualifiers string

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
	q, err := (&Qualifiers{}).Extend(strings.NewReader(embeddedQualifiers))
	if err != nil {
		panic("embedded qualifiers: " + err.Error()) // our own file: a bug, and a test reads it
	}
	return q
})

// Extend returns the list with the lines of r added, in the form that the head of
// qualifiers.tsv describes. An error names the line.
func (q *Qualifiers) Extend(r io.Reader) (*Qualifiers, error) {
	out := &Qualifiers{entries: maps.Clone(q.entries), longest: q.longest}
	if out.entries == nil {
		out.entries = map[string]qualifier{}
	}
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, entries, ok := strings.Cut(line, "\t")
		class, known := classNames()[name]
		if !ok || !known {
			return nil, fmt.Errorf("qualifiers line %d: want firm, soft, wide or narrow, a tab and words, got %q", n, line)
		}
		for entry := range strings.FieldsSeq(entries) {
			out.add(class, strings.Split(strings.ReplaceAll(entry, "_", " "), "/"))
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read qualifiers: %w", err)
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
