package show

import (
	"fmt"
	"io"

	"readout/internal/ask"
)

// writeDoubts writes the doubts release by release, each with the command that settles
// it.
func writeDoubts(w io.Writer, s Style, x *ask.Doubts) error {
	release := ""
	for _, d := range x.Doubts {
		if d.Release != release {
			if release != "" {
				if _, err := fmt.Fprintln(w); err != nil {
					return err
				}
			}
			release = d.Release
			if _, err := fmt.Fprintln(w, s.paint(bold, release)); err != nil {
				return err
			}
		}
		if _, err := fmt.Fprintf(w, "  %s: %s\n    %s\n", d.Field, d.Why, s.paint(dim, d.Hint)); err != nil {
			return err
		}
	}
	return nil
}
