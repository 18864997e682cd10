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
		writePair(&b, s, x.A.Name, x.B.Name, proposalWords(x))
		writeWays(&b, s, x.Same, x.Apart)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writePair writes two topics that may be one issue, and what is said of them.
func writePair(b *strings.Builder, s Style, one, other, said string) {
	head := text(bold, one)
	head.raw(plain, " and ")
	head.add(bold, other)
	b.WriteString(head.block(s, "", "", s.prose()))
	b.WriteString(text(plain, said).block(s, "  ", "  ", s.prose()))
}

// writeWays writes the commands by which a person decides on a pair.
func writeWays(b *strings.Builder, s Style, same, apart string) {
	b.WriteString("  " + s.paint(dim, "one issue:  "+same) + "\n")
	b.WriteString("  " + s.paint(dim, "two issues: "+apart) + "\n")
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
