package show

import (
	"fmt"
	"io"
	"strings"

	"readout/internal/ask"
	"readout/timeline"
)

// writeBrief writes the brief as a page to read before the meeting.
func writeBrief(w io.Writer, s Style, b *ask.Brief) error {
	var out strings.Builder
	p := LayBrief(b, timeline.Date.String)
	head := text(bold, string(b.Series))
	head.raw(plain, " · brief")
	if !b.Before.IsZero() {
		head.raw(plain, " before "+b.Before.String())
	}
	out.WriteString(head.block(s, "", "", s.prose()))
	out.WriteString(text(plain, p.Head()).block(s, "", "", s.prose()))
	for _, l := range b.Lulls {
		out.WriteString(text(yellow, LullText(l)+", from "+l.From.String()+" to "+l.Until.String()).block(s, "", "", s.prose()))
	}
	if len(p.Rows) > 0 {
		out.WriteString("\n" + s.paint(boldCyan, "Where it stands") + "\n")
	}
	for _, r := range p.Rows {
		p.write(&out, s, r)
	}
	if len(p.Silent) > 0 {
		out.WriteString("\n" + s.paint(boldCyan, "Fell silent") + "\n")
	}
	for _, r := range p.Silent {
		p.writeSilent(&out, s, r)
	}
	rest := p.Rest()
	if p.Cut() {
		rest = Join("; ", rest, fmt.Sprintf("readout brief --series %s --topics 0 shows more", b.Series))
	} else if rest != "" {
		rest = Join("; ", rest, fmt.Sprintf("readout topics --series %s lists all", b.Series))
	}
	if rest != "" {
		out.WriteString("\n" + text(dim, rest).block(s, "", "", s.prose()))
	}
	if note := undatedNote(b.Undated); note != "" {
		out.WriteString("\n" + text(dim, note).block(s, "", "", s.prose()))
	}
	_, err := io.WriteString(w, out.String())
	return err
}

func (p *BriefPage) write(b *strings.Builder, s Style, r BriefRow) {
	b.WriteByte('\n')
	head := text(bold, r.Topic.Name)
	head.raw(plain, "  ")
	head.add(dim, p.State(r.Topic))
	b.WriteString(head.block(s, "", "  ", s.prose()))
	for _, l := range r.Lines {
		q := &paragraph{}
		who, said, cited := p.lineClaim(l)
		q.add(dim, who)
		q.raw(plain, " ")
		q.add(plain, said)
		q.raw(plain, " ")
		q.add(dim, cited)
		b.WriteString(q.block(s, "  ", "  ", s.prose()))
	}
	for _, x := range r.Shifts {
		b.WriteString(text(plain, shiftClaim(x)).block(s, "  "+s.paint(boldCyan, "»")+" ", "    ", s.prose()))
	}
	for _, d := range r.Dropped {
		b.WriteString(text(plain, droppedClaim(d)).block(s, "  "+s.paint(red, "-")+" ", "    ", s.prose()))
	}
	if r.Left != "" {
		b.WriteString("  " + s.paint(dim, "… "+r.Left) + "\n")
	}
}

func (p *BriefPage) writeSilent(b *strings.Builder, s Style, r BriefRow) {
	q := text(bold, r.Topic.Name)
	q.raw(plain, "  ")
	q.add(dim, p.State(r.Topic))
	b.WriteString("\n" + q.block(s, "", "  ", s.prose()))
	for _, l := range r.Lines {
		b.WriteString(text(plain, silentClaim(l)).block(s, "  ", "  ", s.prose()))
	}
}
