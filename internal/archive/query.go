package archive

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ErrQuery is returned when the words of a search cannot be understood.
var ErrQuery = errors.New("search")

// query is a search in terms.
type query struct {
	all  []phrase // that must occur; a word is a phrase of one
	none []phrase // that must not
	open bool     // the last of all is a word that may go on
}

// phrase is a run of terms.
type phrase []sought

// opened is the phrase with its last word taken for the beginning of one.
func (p phrase) opened() phrase {
	p = slices.Clone(p)
	p[len(p)-1].more = true
	return p
}

// parseQuery reads words (all of which must occur), "quoted phrases" and -words
// (which must not). A word that ends in * stands for all that begin so.
func parseQuery(s string) (query, error) {
	var q query
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		rest, not := strings.CutPrefix(s, "-")
		var piece string
		if quoted, ok := strings.CutPrefix(rest, `"`); ok {
			if piece, s, ok = strings.Cut(quoted, `"`); !ok {
				return q, fmt.Errorf("%w: the quotation mark before %q is not closed", ErrQuery, quoted)
			}
		} else if i := strings.IndexAny(rest, " \t\n"); i >= 0 {
			piece, s = rest[:i], rest[i:]
		} else {
			piece, s = rest, ""
		}
		p := phrase(seek(piece))
		if len(p) > 0 && strings.HasSuffix(piece, "*") {
			p = p.opened()
		}
		switch {
		case len(p) == 0:
		case not:
			q.none = append(q.none, p)
		default:
			q.all = append(q.all, p)
			q.open = !strings.HasPrefix(rest, `"`)
		}
	}
	if len(q.all) == 0 {
		return q, fmt.Errorf("%w: it needs at least one word that shall occur", ErrQuery)
	}
	return q, nil
}
