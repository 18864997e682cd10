package show

import (
	"io"
	"strings"

	"readout/internal/ask"
)

// writeProposals writes pairs of topics that may be one issue, each with what speaks for
// it and the two commands that settle it.
func writeProposals(w io.Writer, s Style, p *ask.Proposals) error {
	var b strings.Builder
	for i, x := range p.Proposals {
		if i > 0 {
			b.WriteString("\n")
		}
		head := text(bold, x.A.Name)
		head.raw(plain, " and ")
		head.add(bold, x.B.Name)
		b.WriteString(head.block(s, "", "", s.prose()))
		why := text(plain, proposalWords(x))
		b.WriteString(why.block(s, "  ", "  ", s.prose()))
		b.WriteString("  " + s.paint(dim, "one issue:  "+x.Same) + "\n")
		b.WriteString("  " + s.paint(dim, "two issues: "+x.Apart) + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// proposalWords says what speaks for a proposal.
func proposalWords(p ask.Proposal) string {
	switch p.Why {
	case "table":
		return "often one issue; no text of the series names both together"
	case "name":
		return "their names share “" + p.What + "”, and no text raises both"
	}
	return "their statements are alike, and no text raises both"
}
