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
		for _, claim := range p.Claims(r) {
			fmt.Fprintf(&out, "\n- %s\n", escape(claim))
		}
		if r.Left != "" {
			fmt.Fprintf(&out, "\n- … %s\n", r.Left)
		}
	}
	if len(p.Silent) > 0 {
		out.WriteString("\n## Fell silent\n")
	}
	for _, r := range p.Silent {
		fmt.Fprintf(&out, "\n- **%s** %s\n", escape(r.Topic.Name), p.State(r.Topic))
		for _, claim := range p.SilentClaims(r) {
			fmt.Fprintf(&out, "  %s\n", escape(claim))
		}
	}
	if rest := p.Rest(); rest != "" {
		fmt.Fprintf(&out, "\n*%s*\n", rest)
	}
	_, err := io.WriteString(w, out.String())
	return err
}
