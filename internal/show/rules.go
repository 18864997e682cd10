package show

import (
	"fmt"
	"io"

	"readout/internal/ask"
)

// writeRulesTest writes a line for each thing that should have come out of an example and
// did not, as editors and compilers do, and how many examples there are.
func writeRulesTest(w io.Writer, s Style, x *ask.RulesTest) error {
	for _, f := range x.Failed {
		at := s.paint(bold, fmt.Sprintf("%s:%d:", f.File, f.Line))
		if _, err := fmt.Fprintf(w, "%s %s is %s, want %s: %s\n", at, f.What, f.Got, f.Want, f.Text); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, "%d examples, %d not as they should be\n", x.Examples, len(x.Failed))
	return err
}

// writeRulesWhy writes each answer with the rules that it rests on.
func writeRulesWhy(w io.Writer, s Style, x *ask.RulesWhy) error {
	if _, err := fmt.Fprintln(w, x.Text); err != nil {
		return err
	}
	for _, d := range x.Decisions {
		if _, err := fmt.Fprintf(w, "\n%s %s\n", s.paint(bold, d.What), d.Value); err != nil {
			return err
		}
		for _, r := range d.Rules {
			if _, err := fmt.Fprintf(w, "  %s  %s\n", s.paint(dim, fmt.Sprintf("%s:%d", r.File, r.Line)), r.Text); err != nil {
				return err
			}
		}
		if len(d.Rules) == 0 {
			if _, err := fmt.Fprintln(w, s.paint(dim, "  no single rule: it would be the same without any one of them")); err != nil {
				return err
			}
		}
	}
	return nil
}
