package show

import (
	"fmt"
	"math"
	"strings"

	"readout/diff"
	"readout/internal/ask"
)

// writeGrounds writes why the statements of a change were paired: the ids, how alike the
// wordings are, and what the score is made of.
func writeGrounds(b *strings.Builder, s Style, c *ask.DiffChange) {
	p := whole(dim, joinNonEmpty(" → ", joinIDs(c.Old), joinIDs(c.New)))
	b.WriteString(p.block(s, "  ", "    ", s.prose()))
	if len(c.Old) == 0 || len(c.New) == 0 {
		return
	}
	b.WriteString(text(dim, grounds(c)).block(s, "  ", "    ", s.prose()))
}

func joinIDs(ss []ask.DiffStatement) string {
	parts := make([]string, len(ss))
	for i, st := range ss {
		parts[i] = st.ID
	}
	return strings.Join(parts, " ")
}

// grounds says what the score of a pairing is made of: "paired by 0.45 of 1: rare words
// in common 0.26 (shoal, patrol), letters in common 0.21, less 0.02 as the author
// narrates; the wordings are 0.31 alike".
func grounds(c *ask.DiffChange) string {
	out := fmt.Sprintf("paired by %.2f of 1", c.Score)
	if len(c.Old)+len(c.New) > 2 {
		out += ", the best pair of them"
	}
	sum, printed := 0.0, 0.0
	for i, r := range c.Reasons {
		if r.Name == "equal" {
			return "paired as the same text"
		}
		// Rounded so that what is printed adds up to the score that is printed.
		sum += r.Value * r.Weight
		part := math.Round(100*sum)/100 - printed
		printed += part
		lead := ", "
		if i == 0 {
			lead = ": "
		}
		out += lead + ground(c, r, part)
	}
	return out + fmt.Sprintf("; the wordings are %.2f alike", c.Similarity)
}

// ground says one reason and what it comes to.
func ground(c *ask.DiffChange, r diff.Reason, part float64) string {
	what, known := reasonText[r.Name]
	if !known {
		what = r.Name
	}
	if r.Weight < 0 {
		return fmt.Sprintf("less %.2f as %s", math.Abs(part), what)
	}
	out := fmt.Sprintf("%s %.2f", what, math.Abs(part))
	if r.Name == "words" && len(c.Shared) > 0 {
		out += " (" + strings.Join(c.Shared, ", ") + ")"
	}
	return out
}

// reasonText says the reasons of a pairing to people.
var reasonText = map[string]string{
	"words":     "rare words in common",
	"letters":   "runs of letters in common",
	"topic":     "a topic or heading in common",
	"place":     "about the same place",
	"wording":   "words and letters in common",
	"narration": "one of them narrates",
	"no topic":  "one of them makes no point on a topic",
}
