package show

import (
	"fmt"
	"io"
	"strings"
	"time"

	"readout/internal/ask"
	"readout/internal/letters"
)

// writeVerification writes what was proved, what was not, and the head.
func writeVerification(w io.Writer, s Style, v *ask.Verification) error {
	var b strings.Builder
	for _, p := range v.Proved {
		b.WriteString(text(plain, p).block(s, s.paint(green, "proved")+"      ", "            ", s.prose()))
	}
	for _, p := range v.Unproved {
		b.WriteString(text(plain, p).block(s, s.paint(yellow, "not proved")+"  ", "            ", s.prose()))
	}
	for _, d := range v.BackDated {
		line := fmt.Sprintf("%s: captured %s as claimed, received %s", d.Release, d.CapturedAt.Format(time.RFC3339),
			d.ReceivedAt.Format(time.RFC3339))
		b.WriteString(text(plain, line).block(s, s.paint(red, "back-dated")+"  ", "            ", s.prose()))
	}
	if v.Key != "" {
		b.WriteString("key         " + letters.Clean(v.Key) + "\n") // whole, to be copied
	}
	b.WriteString("\n" + v.Head)
	_, err := io.WriteString(w, b.String())
	return err
}

// writeWithdrawal says what was deleted.
func writeWithdrawal(w io.Writer, x *ask.Withdrawal) error {
	_, err := fmt.Fprintf(w, "%s was withdrawn: %s\n", letters.Clean(x.Release), letters.Clean(x.Reason))
	for _, h := range x.SHA256 {
		if err == nil {
			_, err = fmt.Fprintf(w, "deleted     %s\n", h)
		}
	}
	for _, id := range x.Others {
		if err == nil {
			_, err = fmt.Fprintf(w, "also of     %s\n", letters.Clean(id))
		}
	}
	return err
}
