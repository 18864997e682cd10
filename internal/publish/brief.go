package publish

import (
	"fmt"
	"io"
	"strings"

	"readout/internal/render"
)

// briefPage is what the template shows of a brief.
type briefPage struct {
	*render.Brief
	Rows []briefRow
}

// briefRow is a topic with the lines that the page has room for.
type briefRow struct {
	Topic render.BriefTopic
	Lines []render.BriefLine
	More  int
}

func layBrief(b *render.Brief) briefPage {
	p := briefPage{Brief: b}
	seen := map[string]bool{}
	for _, t := range b.Topics {
		shown, more := t.Briefly(render.BriefLines, seen)
		p.Rows = append(p.Rows, briefRow{t, shown, more})
	}
	return p
}

// BriefHTML writes a brief as a web page that prints.
func BriefHTML(w io.Writer, b *render.Brief) error { return writePage(w, "brief", layBrief(b)) }

// BriefMarkdown writes a brief as Markdown.
func BriefMarkdown(w io.Writer, b *render.Brief) error {
	var out strings.Builder
	p := layBrief(b)
	fmt.Fprintf(&out, "# %s: brief", b.Series)
	if !b.Before.IsZero() {
		fmt.Fprintf(&out, " before %s", b.Before)
	}
	fmt.Fprintf(&out, "\n\n%s\n", escape(b.Head()))
	for _, l := range b.Lulls {
		fmt.Fprintf(&out, "\n*%s, from %s to %s*\n", l.Text(), l.From, l.Until)
	}
	if len(p.Rows) > 0 {
		out.WriteString("\n## Where it stands\n")
	}
	for _, r := range p.Rows {
		fmt.Fprintf(&out, "\n### %s\n\n%s\n", escape(r.Topic.Name), r.Topic.State(b.Meetings))
		for _, l := range r.Lines {
			fmt.Fprintf(&out, "\n- %s *(%s)*\n", escape(join(" ", joined(" ", l.Speakers), l.Text)), l.Past())
		}
		for _, x := range r.Topic.Shifts {
			fmt.Fprintf(&out, "\n- **%s %s**; before: “%s”; then: “%s”\n", x.Held, escape(render.ShiftText(x.Shift)), escape(x.Old.Text), escape(x.New.Text))
		}
		for _, d := range r.Topic.Dropped {
			fmt.Fprintf(&out, "\n- **no longer said** ~~%s~~\n", escape(d.Text))
		}
	}
	if len(b.Silent) > 0 {
		out.WriteString("\n## Fell silent\n")
	}
	for _, t := range b.Silent {
		fmt.Fprintf(&out, "\n- **%s**: %s", escape(t.Name), t.State(b.Meetings))
		if len(t.Lines) > 0 {
			fmt.Fprintf(&out, ". Last said: “%s”", escape(t.Lines[0].Text))
		}
		out.WriteByte('\n')
	}
	_, err := io.WriteString(w, out.String())
	return err
}
