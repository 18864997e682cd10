package example

import (
	"path"
	"strings"

	"readout/internal/letters"
	"readout/internal/rules/list"
)

// Of returns the examples of a file, and after them those that its other rules are by
// themselves.
func Of(b *list.Book, file string) []list.Example {
	out := b.Examples(file)
	guarded := map[list.Place]bool{}
	for _, x := range out {
		guarded[x.Rule.Place] = true
	}
	for _, l := range b.Lines(file) {
		if x, ok := own(b, l); ok && !guarded[l.Place] {
			out = append(out, x)
		}
	}
	return out
}

// own returns the example that a rule is by itself, and whether it is one: a name of a
// party must be found as that, an expression lead to its issue. Of the names and
// expressions of a line the first plain one is tried. A rule that says how names are
// inflected, or that a word is no name, is none.
func own(b *list.Book, l list.Line) (list.Example, bool) {
	f := l.Fields()
	x := list.Example{Place: l.Place, Rule: l}
	switch file := path.Base(l.File); {
	case file == "parties.tsv":
		x.Text, x.Want = f[1], []list.Want{{Key: "names", Value: f[0]}}
	case file == "names.tsv" && !strings.ContainsAny(f[1][:1], "~+-"):
		x.Text, x.Want = nameIn(b, f), []list.Want{{Key: "in", Value: f[0]}, {Key: "names", Value: f[1]}}
	case file == "issues_tongues.tsv":
		e, _, _ := strings.Cut(f[2], "|")
		// Japanese is told from Chinese by its kana, which an expression may not have.
		if e = strings.ReplaceAll(e, "*", ""); !strings.ContainsAny(e, "~^") && f[0] != "ja" {
			x.Text, x.Want = e+stop(e), []list.Want{{Key: "in", Value: f[0]}, {Key: "on", Value: f[1]}}
		}
	case file == "issues.tsv" && len(f) == 4:
		for e := range strings.SplitSeq(f[3], "|") {
			// One that is the name of the issue would name the topic by itself.
			if x.Text == "" && !strings.ContainsAny(e, "~*+^=") && !strings.EqualFold(e, f[0]) {
				x.Text, x.Want = "The two sides discussed the "+e+".", []list.Want{{Key: "on", Value: f[0]}}
			}
		}
	}
	return x, x.Text != ""
}

// stop returns the full stop of the script in which a text is written.
func stop(text string) string {
	if strings.ContainsFunc(text, letters.Joined) {
		return "。"
	}
	return "."
}

// nameIn returns a name of a line of names.tsv as a text has it: the first name, else the
// first adjective with an ending of the language.
func nameIn(b *list.Book, f []string) string {
	if name, _, _ := strings.Cut(f[2], "|"); name != "" || len(f) < 4 {
		return name
	}
	adjective, _, _ := strings.Cut(f[3], "|")
	stem, inflected := strings.CutSuffix(adjective, "~")
	if !inflected {
		return adjective
	}
	word, longest := "", -1
	for _, l := range b.Lines("names.tsv") {
		e := l.Fields()
		if e[0] != f[0] || e[1] != "~demonym" {
			continue
		}
		ending := strings.TrimPrefix(e[2], "-")
		if base, ok := strings.CutSuffix(stem, ending); ok && len(ending) > longest {
			endings := strings.Split(e[3], "|")
			word, longest = base+endings[len(endings)-1], len(ending)
		}
	}
	return word
}
