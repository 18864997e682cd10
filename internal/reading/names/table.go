package names

import (
	"iter"
	"strings"

	"readout/internal/rules/list"
	"readout/timeline"
)

// record is one line of the table of parties.
type record struct {
	code     timeline.Party
	name     string
	unsure   bool // name is borne by persons and other places too
	others   []variant
	demonyms []string // plurals included
	seats    []string
	cities   []string
}

type variant struct {
	text   string
	unsure bool
}

func (r record) names() []variant {
	if r.name == "" {
		return r.others
	}
	return append([]variant{{r.name, r.unsure}}, r.others...)
}

// readParties reads the table of parties.
func readParties(lines []list.Line) ([]record, error) {
	out := make([]record, 0, len(lines))
	for _, l := range lines {
		f := l.Fields()
		code := strings.TrimSpace(f[0])
		if code == "" || code != strings.ToUpper(code) || strings.ContainsAny(code, "- ") {
			return nil, l.Errorf("party code %q is not in capitals without space or hyphen", code)
		}
		rec := record{code: timeline.Party(code)}
		rec.name, rec.unsure = strings.CutSuffix(strings.TrimSpace(f[1]), "?")
		for s := range parts(f, 2) {
			text, unsure := strings.CutSuffix(s, "?")
			rec.others = append(rec.others, variant{text, unsure})
		}
		for s := range parts(f, 3) {
			text, plural := strings.CutSuffix(s, "+")
			rec.demonyms = append(rec.demonyms, text)
			if plural {
				rec.demonyms = append(rec.demonyms, text+"s")
			}
		}
		for s := range parts(f, 4) {
			rec.seats = append(rec.seats, s)
		}
		for s := range parts(f, 5) {
			rec.cities = append(rec.cities, s)
		}
		out = append(out, rec)
	}
	return out, nil
}

// parts yields the "|"-separated parts of field i, where there is one.
func parts(fields []string, i int) iter.Seq[string] {
	return func(yield func(string) bool) {
		if i >= len(fields) {
			return
		}
		for s := range strings.SplitSeq(fields[i], "|") {
			if s = strings.TrimSpace(s); s != "" && !yield(s) {
				return
			}
		}
	}
}
