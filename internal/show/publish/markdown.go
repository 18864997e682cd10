package publish

import (
	"fmt"
	"io"
	"strings"

	"readout/diff"
	"readout/internal/ask"
	"readout/internal/letters"
	"readout/internal/show"
)

// TimelineMarkdown writes a timeline as Markdown: insertions as <ins>, which Markdown
// has no sign for, deletions struck through.
func TimelineMarkdown(w io.Writer, t *ask.Timeline) error {
	var b strings.Builder
	raised, all := t.Issue.Raised, t.Issue.Meetings
	fmt.Fprintf(&b, "# %s\n\n%s · raised at %d of %d meetings\n", escape(t.Topic.Name), t.Series, raised, all)
	if len(t.Topic.Aliases) > 0 {
		fmt.Fprintf(&b, "\nAlso called: %s\n", escape(strings.Join(t.Topic.Aliases, "; ")))
	}
	if note := show.JudgedText(t.Topic.Judged); note != "" {
		fmt.Fprintf(&b, "\n%s\n", escape(note))
	}
	for _, run := range t.Runs() {
		if run.Lull != nil {
			fmt.Fprintf(&b, "\n*%s*\n", escape(show.LullText(*run.Lull)))
		}
		if !run.Entries[0].Raised {
			fmt.Fprintf(&b, "\n*%s*\n", escape(silence(run.Entries)))
			continue
		}
		markdownEntry(&b, &run.Entries[0])
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func markdownEntry(b *strings.Builder, e *ask.TimelineEntry) {
	title := escape(e.Title)
	if link := show.Link(e.Source); link != "" {
		title = fmt.Sprintf("[%s](<%s>)", title, link)
	}
	fmt.Fprintf(b, "\n## %s %s\n", e.Day, title)
	if about := show.Join(" · ", show.Occasion(e), e.Place); about != "" {
		fmt.Fprintf(b, "\n%s\n", escape(about))
	}
	for _, n := range show.Notes(e) {
		fmt.Fprintf(b, "\n*%s*\n", escape(n))
	}
	for _, st := range e.Statements {
		fmt.Fprintf(b, "\n- **%s** %s\n", show.Join(" · ", string(st.Told()), show.Returned(&st),
			show.Join(" ", joined(" ", st.Speakers))), redlined(st))
		if see := show.SeeAlso(&st); see != "" {
			fmt.Fprintf(b, "  - %s\n", escape(see))
		}
		for _, x := range st.Shifts {
			fmt.Fprintf(b, "  - *%s*; before: “%s”\n", escape(show.ShiftText(x)), escape(x.Old.Text))
		}
	}
	for _, d := range e.Dropped {
		fmt.Fprintf(b, "\n- **%s** ~~%s~~\n", show.Dropped, escape(d.Text))
	}
}

// redlined returns the text of a statement with what went and came marked.
func redlined(st ask.TimelineStatement) string {
	var b strings.Builder
	for _, e := range edits(st) {
		body := strings.TrimSpace(e.Text)
		if e.Op == diff.Equal || body == "" {
			b.WriteString(escape(e.Text))
			continue
		}
		lead := e.Text[:len(e.Text)-len(strings.TrimLeft(e.Text, " "))]
		tail := e.Text[len(strings.TrimRight(e.Text, " ")):]
		open, shut := "~~", "~~"
		if e.Op == diff.Insert {
			open, shut = "<ins>", "</ins>"
		}
		b.WriteString(lead + open + escape(body) + shut + tail)
	}
	return b.String()
}

// escape makes text safe inside Markdown: characters that would be read as markup are
// written with a backslash, line breaks as spaces.
func escape(text string) string {
	clean := letters.CleanLines(strings.ReplaceAll(text, "\n", " "))
	var b strings.Builder
	for _, r := range clean {
		if strings.ContainsRune("\\`*_[]<>#|~", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
