package timeline

import (
	"slices"
	"strings"

	"readout/internal/rules/list"
)

// tongueFinder finds what a text in another language than English says of the
// issues. Its words are inflected, so the expressions are patterns.
type tongueFinder []tongueExpression

type tongueExpression struct {
	*expression
	patterns []wordPattern
}

// wordPattern is a folded word, open at the ends where the table has "*".
type wordPattern struct {
	text       string
	head, tail bool // any letters may stand before, after
}

func (p wordPattern) fits(w string) bool {
	switch {
	case p.head && p.tail:
		return strings.Contains(w, p.text)
	case p.head:
		return strings.HasSuffix(w, p.text)
	case p.tail:
		return strings.HasPrefix(w, p.text)
	}
	return w == p.text
}

// foreignLine reads a line "language, name, expressions" of a table of issues, and
// reports whether it is one.
func foreignLine(l list.Line) bool {
	lang, _, _ := strings.Cut(l.Text, "\t")
	return len(lang) == 2 && strings.ToLower(lang) == lang && strings.Count(l.Text, "\t") == 2
}

// tongues returns the finders for the languages of the releases beside English,
// nil where all are in English: only their lines are read. What about says is as
// in [Issues.finder].
func (t *Issues) tongues(rs []*Release, about func(Issue) bool) map[string]tongueFinder {
	var out map[string]tongueFinder
	for _, r := range rs {
		lang := languageOf(r)
		if lang == "" || lang == "en" {
			continue
		}
		if _, ok := out[lang]; ok {
			continue
		}
		if out == nil {
			out = map[string]tongueFinder{}
		}
		out[lang] = t.tongue(lang, about)
	}
	return out
}

// languageOf returns the language of a release without script and region.
func languageOf(r *Release) string {
	lang, _, _ := strings.Cut(r.Language, "-")
	return strings.ToLower(lang)
}

func (t *Issues) tongue(lang string, about func(Issue) bool) tongueFinder {
	at := map[string]int{}
	for i, x := range t.list {
		at[x.Name] = i
	}
	var out tongueFinder
	for _, l := range t.foreign {
		if !strings.HasPrefix(l.Text, lang+"\t") {
			continue
		}
		cols := l.Fields()
		i, ok := at[cols[1]]
		if !ok {
			continue
		}
		for _, e := range splitList(cols[2]) {
			text, headed := strings.CutPrefix(e, "^")
			text, vague := strings.CutPrefix(text, "~")
			ps := patternsOf(text)
			if own := about(t.list[i]); len(ps) == 0 || own && len(ps) == 1 {
				continue
			}
			ws := make([]string, len(ps))
			for k, p := range ps {
				ws[k] = p.text
			}
			use := asElsewhere
			if headed {
				use = onlyThere
			}
			out = append(out, tongueExpression{&expression{ws, []issueRef{{i, vague, use}}}, ps})
		}
	}
	slices.SortStableFunc(out, func(a, b tongueExpression) int {
		if d := len(b.words) - len(a.words); d != 0 {
			return d
		}
		return len(strings.Join(b.words, "")) - len(strings.Join(a.words, ""))
	})
	return out
}

// patternsOf reads the words of an expression. "l'homme" and "non-prolifération"
// are cut as texts are.
func patternsOf(text string) []wordPattern {
	var out []wordPattern
	for field := range strings.FieldsSeq(text) {
		ws := words(strings.Trim(field, "*"))
		for i, w := range ws {
			tail := strings.HasSuffix(field, "*") && i == len(ws)-1
			if !tail {
				w = singular(w) // as the words of the text are
			}
			out = append(out, wordPattern{w, strings.HasPrefix(field, "*") && i == 0, tail})
		}
	}
	return out
}

// find is [issueFinder.find] for one language.
func (f tongueFinder) find(ws []string) []hit {
	var out []hit
scan:
	for i := 0; i < len(ws); i++ {
		for _, e := range f {
			if i+len(e.patterns) <= len(ws) && fitAll(e.patterns, ws[i:]) {
				out = append(out, hit{e.expression, i})
				i += len(e.words) - 1
				continue scan
			}
		}
	}
	return out
}

func fitAll(ps []wordPattern, ws []string) bool {
	for i, p := range ps {
		if !p.fits(ws[i]) {
			return false
		}
	}
	return true
}

// findIn returns the expressions in the words of a text in the given language:
// those of its own language, and beside them the English ones. A single English word that
// proper, where it is given, says to be no name is no English in another language: "mars" is a
// month in French.
func (f *issueFinder) findIn(lang string, ws []string, proper func(i int) bool) []hit {
	out := f.find(ws)
	tongue, foreign := f.tongues[lang]
	if foreign && proper != nil {
		out = slices.DeleteFunc(out, func(h hit) bool { return len(h.words) == 1 && !proper(h.at) })
	}
	own := tongue.find(ws)
	if len(own) == 0 {
		return out
	}
	overlaps := func(h hit) bool {
		return slices.ContainsFunc(own, func(o hit) bool { return h.at < o.at+len(o.words) && o.at < h.at+len(h.words) })
	}
	out = append(slices.DeleteFunc(out, overlaps), own...)
	slices.SortStableFunc(out, func(a, b hit) int { return a.at - b.at })
	return out
}

// checkForeign says what is wrong with a line of another language.
func (t *Issues) checkForeign(l list.Line) error {
	cols := l.Fields()
	if !slices.ContainsFunc(t.list, func(x Issue) bool { return x.Name == cols[1] }) {
		return l.Errorf("language %s names the issue %q, which the table has not", cols[0], cols[1])
	}
	return nil
}
