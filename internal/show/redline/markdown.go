package redline

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/diff"
)

// Markdown writes the reports as CommonMark with strike-through (GitHub's
// extension): ~~what went~~ and **what came**. What stands in the texts is escaped
// and never read as markup.
func Markdown(w io.Writer, reports []*diff.Report, o Options) error {
	b := bufio.NewWriter(w)
	for i, r := range reports {
		if i > 0 {
			fmt.Fprint(b, "\n---\n\n")
		}
		o.markdownHead(b, r)
		o.markdownRows(b, r)
	}
	return b.Flush()
}

// markdownRows writes the statements of a report as a list.
func (o Options) markdownRows(w io.Writer, r *diff.Report) {
	for _, row := range rows(r, o, 0, false) {
		if row.change == nil {
			fmt.Fprintf(w, "\n*… %s*\n", count(len(row.folded), "unchanged statement"))
			continue
		}
		fmt.Fprint(w, "\n- ")
		about := o.about(row)
		if row.mark != markUnchanged || row.change.Split || row.change.Merged {
			about = slices.Insert(about, 0, row.words())
		}
		if len(about) > 0 {
			fmt.Fprintf(w, "*%s*  \n  ", escapeMarkdown(strings.Join(about, " · ")))
		}
		if diff.Apart(row.edits) {
			fmt.Fprintf(w, "%s  \n  ", markdownEdits(row.edits[:1]))
			row.edits = row.edits[1:]
		}
		fmt.Fprintln(w, markdownEdits(row.edits))
	}
}

// markdownLink returns an address as it stands between angle brackets.
func markdownLink(s string) string {
	return strings.NewReplacer("<", "%3C", ">", "%3E", " ", "%20").Replace(s)
}

func (o Options) markdownHead(w io.Writer, r *diff.Report) {
	name, meaning := kicker(r.Cause)
	fmt.Fprintf(w, "# %s\n\n**%s**: %s.\n\n", escapeMarkdown(o.headline(r)), name, meaning)
	for _, s := range sides(r) {
		fmt.Fprintf(w, "- %s: %s", s.Name, escapeMarkdown(s.Title))
		for _, f := range s.Facts {
			value := escapeMarkdown(f.Value)
			if f.Link != "" {
				value = "<" + markdownLink(f.Link) + ">"
			}
			fmt.Fprintf(w, "; %s %s", strings.ToLower(f.Name), value)
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintln(w)
	fmt.Fprintf(w, "%s\n", escapeMarkdown(summary(r)))
}

// markdownEdits writes the pieces with their marks around the words, never around
// the spaces beside them, where Markdown would not read them as marks.
func markdownEdits(edits []diff.Edit) string {
	var b strings.Builder
	for i, e := range edits {
		text := clean(e.Text)
		core := strings.TrimSpace(text)
		if e.Op == diff.Equal || core == "" {
			b.WriteString(escapeMarkdown(text))
			continue
		}
		at := strings.Index(text, core)
		b.WriteString(text[:at])
		open, end := "**", "**"
		if e.Op == diff.Delete {
			open, end = "~~", "~~"
		}
		next := ""
		if i+1 < len(edits) {
			next = edits[i+1].Text
		}
		if !flanks(b.String(), core, text[at+len(core):]+next) {
			open, end = "<ins>", "</ins>"
			if e.Op == diff.Delete {
				open, end = "<del>", "</del>"
			}
		}
		b.WriteString(open + escapeMarkdown(core) + end)
		b.WriteString(text[at+len(core):])
	}
	return b.String()
}

// flanks reports whether marks around core are read as emphasis between the text
// before and after: https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run.
// A mark right after another mark counts as one beside punctuation, and runs of
// the same mark would grow together.
func flanks(before, core, after string) bool {
	b, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(core)
	last, _ := utf8.DecodeLastRuneInString(core)
	a, _ := utf8.DecodeRuneInString(after)
	mark := func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }
	edge := func(r rune) bool { return r == utf8.RuneError || unicode.IsSpace(r) || mark(r) }
	if b == '*' || b == '~' {
		return false
	}
	return (!mark(first) || edge(b)) && (!mark(last) || edge(a))
}

// escapeMarkdown returns the text with a backslash before every character that
// Markdown could read as markup.
func escapeMarkdown(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case strings.ContainsRune("\\`*_~[]<>&|#{}!", r):
			b.WriteByte('\\')
		case (r == '-' || r == '+') && i == 0:
			b.WriteByte('\\')
		case (r == '.' || r == ')') && i > 0 && strings.Trim(s[:i], "0123456789") == "":
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// CriticMarkup writes the reports in CriticMarkup, which editors such as iA Writer
// and Marked accept or reject in place: {--deleted--}, {++inserted++} and
// {~~old~>new~~}; comments tell the two ends of a move. One paragraph is one
// statement. A backslash keeps what looks like a mark in the texts from being one.
func CriticMarkup(w io.Writer, reports []*diff.Report, o Options) error {
	b := bufio.NewWriter(w)
	for i, r := range reports {
		if i > 0 {
			fmt.Fprintln(b)
		}
		name, _ := kicker(r.Cause)
		fmt.Fprintf(b, "{>>%s. %s. %s<<}\n", name, escapeCritic(o.headline(r)), escapeCritic(summary(r)))
		for _, row := range rows(r, o, 0, false) {
			if row.change == nil {
				fmt.Fprintf(b, "\n{>>%s left out<<}\n", count(len(row.folded), "unchanged statement"))
				continue
			}
			fmt.Fprint(b, "\n")
			switch row.mark {
			case markAway:
				fmt.Fprintf(b, "{--%s--}{>>%s<<}\n", escapeCritic(clean(join(row.old))), row.comment())
			case markHere:
				if o.Side == Both {
					fmt.Fprintf(b, "{++%s++}{>>%s<<}\n", escapeCritic(clean(join(row.new))), row.comment())
					continue
				}
				fmt.Fprintln(b, criticEdits(row.edits))
			default:
				fmt.Fprint(b, criticEdits(row.edits))
				if said := row.comment(); said != "" {
					fmt.Fprintf(b, "{>>%s<<}", said)
				}
				fmt.Fprintln(b)
			}
		}
	}
	return b.Flush()
}

// comment says what the marks do not: that a statement stands elsewhere, why it may be
// no finding that it was dropped, where a person should look.
func (r row) comment() string {
	var parts []string
	if r.mark == markAway || r.mark == markHere {
		parts = append(parts, r.words())
	}
	for _, why := range []string{r.change.Absence.Words(), r.change.Link.Doubt()} {
		if why != "" {
			parts = append(parts, why)
		}
	}
	return strings.Join(parts, "; ")
}

// criticEdits writes the pieces, a deletion and the insertion after it as one
// substitution.
func criticEdits(edits []diff.Edit) string {
	var b strings.Builder
	for i := 0; i < len(edits); i++ {
		text := escapeCritic(clean(edits[i].Text))
		switch {
		case edits[i].Op == diff.Equal:
			b.WriteString(text)
		case edits[i].Op == diff.Insert:
			b.WriteString("{++" + text + "++}")
		case i+1 < len(edits) && edits[i+1].Op == diff.Insert:
			i++
			b.WriteString("{~~" + text + "~>" + escapeCritic(clean(edits[i].Text)) + "~~}")
		default:
			b.WriteString("{--" + text + "--}")
		}
	}
	return b.String()
}

// escapeCritic puts a backslash before the characters of which CriticMarkup builds
// its marks, where they could be part of one.
func escapeCritic(s string) string {
	return strings.NewReplacer(`\`, `\\`, "{", `\{`, "}", `\}`, "~", `\~`, "<<", `\<\<`, ">>", `\>\>`).Replace(s)
}
