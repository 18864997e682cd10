package publish

import (
	"fmt"
	"io"
	"strings"

	"readout/internal/ask"
	"readout/internal/show"
	"readout/timeline"
)

// BriefHTML writes a brief as a web page that prints.
func BriefHTML(w io.Writer, b *ask.Brief) error {
	return writePage(w, "brief", show.LayBrief(b, timeline.Date.String))
}

// BriefMarkdown writes a brief as Markdown.
func BriefMarkdown(w io.Writer, b *ask.Brief) error {
	var out strings.Builder
	p := show.LayBrief(b, timeline.Date.String)
	fmt.Fprintf(&out, "# %s: brief", b.Series)
	if !b.Before.IsZero() {
		fmt.Fprintf(&out, " before %s", b.Before)
	}
	fmt.Fprintf(&out, "\n\n%s\n", escape(p.Head()))
	for _, l := range b.Lulls {
		fmt.Fprintf(&out, "\n*%s, from %s to %s*\n", show.LullText(l), l.From, l.Until)
	}
	if len(p.Rows) > 0 {
		out.WriteString("\n## Where it stands\n")
	}
	for _, r := range p.Rows {
		fmt.Fprintf(&out, "\n### %s\n\n%s\n", escape(r.Topic.Name), p.State(r.Topic))
		for _, l := range r.Lines {
			fmt.Fprintf(&out, "\n- %s *(%s)*\n", escape(show.Join(" ", joined(" ", l.Speakers), l.Text)), p.Past(l))
		}
		for _, x := range r.Shifts {
			fmt.Fprintf(&out, "\n- **%s %s**; before: “%s”; then: “%s”\n", x.Held, escape(show.ShiftText(x.Shift)), escape(x.Old.Text), escape(x.New.Text))
		}
		for _, d := range r.Dropped {
			fmt.Fprintf(&out, "\n- **%s** ~~%s~~\n", show.Dropped, escape(d.Text))
		}
		if r.Left != "" {
			fmt.Fprintf(&out, "\n- … %s\n", r.Left)
		}
	}
	if len(p.Silent) > 0 {
		out.WriteString("\n## Fell silent\n")
	}
	for _, r := range p.Silent {
		fmt.Fprintf(&out, "\n- **%s**: %s", escape(r.Topic.Name), p.State(r.Topic))
		for _, l := range r.Lines {
			fmt.Fprintf(&out, ". Last said: “%s”", escape(l.Text))
		}
		out.WriteByte('\n')
	}
	if rest := p.Rest(); rest != "" {
		fmt.Fprintf(&out, "\n*%s*\n", rest)
	}
	_, err := io.WriteString(w, out.String())
	return err
}
