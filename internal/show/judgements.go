package show

import (
	"fmt"
	"io"
	"strings"

	"readout/internal/ask"
	"readout/timeline"
)

// writeJudgements writes what a model said of pairs of topics, each with what it comes to and
// the commands of a person who holds otherwise.
func writeJudgements(w io.Writer, s Style, js *ask.Judgements) error {
	var b strings.Builder
	for i, j := range js.Judgements {
		if i > 0 {
			b.WriteString("\n")
		}
		writePair(&b, s, j.A, j.B, judgementWords(j))
		record := fmt.Sprintf("%s, %s, question %.12s, model %.12s", j.Series, j.JudgedAt, j.Question, j.ModelSHA256)
		b.WriteString(text(dim, record).block(s, "  ", "  ", s.prose()))
		writeWays(&b, s, j.Same, j.Apart)
		b.WriteString("  " + s.paint(dim, "in doubt:   "+j.Undo) + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// judgementWords says what a judgement is and whether it counts.
func judgementWords(j ask.Judgement) string {
	said := map[timeline.Verdict]string{
		timeline.OneIssue:  "one issue",
		timeline.TwoIssues: "two issues",
		timeline.Unsure:    "unsure",
	}[j.Verdict]
	switch {
	case j.Holds:
		return j.Model + ": " + said
	case j.Verdict == timeline.Unsure:
		return j.Model + ": " + said + "; they stay in doubt"
	}
	return j.Model + ": " + said + "; does not count, since a person or the texts settled it"
}
