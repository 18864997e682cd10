package timeline

import (
	"cmp"
	"io"
	"slices"
	"strings"
	"sync"

	"readout/internal/rules/list"
)

// Issue is a recurring issue of international affairs and how texts speak of it.
type Issue struct {
	Name string
	// PartOf is the name of the broader issue that this one belongs to, or "".
	PartOf string
	// Same reports that the issue and PartOf are one in a series whose texts name both
	// together: the peace treaty and the islands that it is about.
	Same bool
	// Calls is the name of the issue that this one is in a series whose texts name the pair
	// by it: where they speak of "the A-B Alliance", the alliance is the relationship.
	Calls string
	// Parties are the governments and bodies the issue is about. Inside a series
	// of one of them a single word says nothing, and an issue whose name is short,
	// just the party's own, is not used.
	Parties []Party
	// Expressions are words and phrases that speak of the issue. One that begins
	// with "~" is vague and yields to any other issue the statement names. One that
	// begins with "^" counts only in a series that gives the issue a heading: "visit" is
	// courtesy in most releases, and the first item of the agenda in some.
	Expressions []string
}

// calendar reports whether the issue is what the parties arrange, such as visits: its
// expressions count only in a series that gives it a heading.
func (x Issue) calendar() bool {
	return len(x.Expressions) > 0 && !slices.ContainsFunc(x.Expressions, func(e string) bool { return e[0] != '^' })
}

// Issues is a table of issues. It helps [Link] to recognise and name topics; it
// is not needed for them. The zero Issues knows none.
type Issues struct {
	list    []Issue
	foreign []list.Line // expressions in other languages, read when a text is in one
	// spelled are the names and expressions of the list in words, worked out for the
	// first series; nil in the zero Issues, whose list is empty.
	spelled func() [][]spelling
	filed   func() *expressions // the same by first word
}

// spelling is a name or an expression of an issue.
type spelling struct {
	key    string   // the words, joined
	words  []string // singular, folded
	vague  bool
	headed bool // counts only where the series gives the issue a heading
}

// spell takes the names and expressions of the issues apart, the name first.
func spell(list []Issue) [][]spelling {
	out := make([][]spelling, len(list))
	for i, x := range list {
		for _, e := range append([]string{x.Name}, x.Expressions...) {
			text, headed := strings.CutPrefix(e, "^")
			text, vague := strings.CutPrefix(text, "~")
			ws := singulars(words(text))
			out[i] = append(out[i], spelling{strings.Join(ws, " "), ws, vague, headed})
		}
	}
	return out
}

// DefaultIssues returns the table that comes with readout.
func DefaultIssues() *Issues {
	t, err := new(Issues).with(list.BuiltIn("issues.tsv"))
	if err != nil {
		panic("built-in rules: " + err.Error()) // our own file, and a test reads it
	}
	t.foreign = list.BuiltIn("issues_tongues.tsv") // that they name issues of the table is tested
	return t
}

// Extend returns a new table with the lines of r added; an issue that is already
// there, by name, gains what the new line says. A line has the columns name, part
// of, parties and expressions, separated by tabs; lists inside a column are
// separated by "|"; empty lines and lines that begin with "#" are skipped. To
// replace the default table, extend an empty one. A line may also have the columns
// language, name and expressions in that language, for an issue that stands above;
// "*" at the ends of their words stands for any letters.
func (t *Issues) Extend(r io.Reader) (*Issues, error) {
	lines, err := list.Read("issues.tsv", r)
	if err != nil {
		return nil, err
	}
	return t.with(lines)
}

// with returns the table with further lines.
func (t *Issues) with(lines []list.Line) (*Issues, error) {
	out := &Issues{list: slices.Clone(t.list), foreign: slices.Clip(t.foreign)}
	at := map[string]int{}
	for i, x := range out.list {
		at[foldName(x.Name)] = i
	}
	for _, l := range lines {
		if foreignLine(l) {
			if err := out.checkForeign(l); err != nil {
				return nil, err
			}
			out.foreign = append(out.foreign, l)
			continue
		}
		x, err := issueOf(l)
		if err != nil {
			return nil, err
		}
		if i, ok := at[foldName(x.Name)]; ok {
			out.list[i] = out.list[i].and(x)
			continue
		}
		at[foldName(x.Name)] = len(out.list)
		out.list = append(out.list, x)
	}
	out.spelled = sync.OnceValue(func() [][]spelling { return spell(out.list) })
	out.filed = sync.OnceValue(func() *expressions { return expressionsOf(out.spelled()) })
	return out, nil
}

// issueOf reads a line of the table.
func issueOf(l list.Line) (Issue, error) {
	cols := l.Fields()
	if foldName(cols[0]) == "" {
		return Issue{}, l.Errorf("the issue has no name")
	}
	x := Issue{Name: strings.TrimSpace(cols[0])}
	if calls, ok := strings.CutPrefix(strings.TrimSpace(cols[1]), "=="); ok {
		x.Calls = calls
	} else {
		x.PartOf, x.Same = strings.CutPrefix(strings.TrimSpace(cols[1]), "=")
	}
	for _, p := range splitList(cols[2]) {
		x.Parties = append(x.Parties, Party(p))
	}
	if len(cols) > 3 {
		x.Expressions = splitList(cols[3])
	}
	return x, nil
}

// and returns the issue with what a later line of the same name says.
func (x Issue) and(more Issue) Issue {
	if more.PartOf != "" {
		x.PartOf, x.Same = more.PartOf, more.Same
	}
	x.Calls = cmp.Or(more.Calls, x.Calls)
	x.Parties = SortParties(append(slices.Clone(x.Parties), more.Parties...))
	x.Expressions = append(slices.Clone(x.Expressions), more.Expressions...)
	return x
}

// All returns the issues of the table in its order.
func (t *Issues) All() []Issue { return slices.Clone(t.list) }

func splitList(s string) []string {
	var out []string
	for p := range strings.SplitSeq(s, "|") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// expression is one way to speak of one or more issues.
type expression struct {
	words  []string // singular, folded
	issues []issueRef
}

type issueRef struct {
	issue int // index into Issues.list
	vague bool
	// inHeaded is how the expression counts in a series that gives the issue a heading,
	// where it counts otherwise than elsewhere.
	inHeaded headedUse
}

// headedUse is how an expression counts in a series that gives its issue a heading.
type headedUse byte

const (
	asElsewhere headedUse = iota
	onlyThere             // elsewhere not at all
	firmThere             // elsewhere it is vague
)

// refer notes that the expression speaks of issue i. A later spelling of the same words
// changes an earlier one: the expressions may call the bare name vague.
func (x *expression) refer(i int, e spelling) {
	k := slices.IndexFunc(x.issues, func(r issueRef) bool { return r.issue == i })
	switch {
	case k < 0 && e.headed:
		x.issues = append(x.issues, issueRef{i, e.vague, onlyThere})
	case k < 0:
		x.issues = append(x.issues, issueRef{i, e.vague, asElsewhere})
	case e.headed && !e.vague:
		x.issues[k].inHeaded = firmThere
	case !e.headed:
		x.issues[k].vague = e.vague
	}
}
