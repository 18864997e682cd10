package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"
)

// operands returns the operands of the command, one for each of names. A last
// name that ends in "…" stands for one or more.
func operands(c *cli.Context, names ...string) ([]string, error) {
	got := c.Args().Slice()
	more := len(names) > 0 && strings.HasSuffix(names[len(names)-1], "…")
	want := "no operands"
	if len(names) > 0 {
		want = strings.Join(names, " ")
	}
	hint := c.Command.HelpName
	if hint == "" {
		hint = "readout " + c.Command.Name
	}
	switch {
	case len(got) < len(names):
		missing := names[len(got)]
		if list := listing(c, missing); list != "" {
			want += "; " + list + " lists them"
		}
		return nil, &usageError{
			msg:  fmt.Sprintf("%s: %s is missing", strings.TrimPrefix(hint, "readout "), missing),
			hint: strings.TrimSpace(hint + " " + want),
		}
	case len(got) > len(names) && !more:
		extra := got[len(names)]
		return nil, &usageError{
			msg:  fmt.Sprintf("%s: unexpected operand %q, it takes %s", c.Command.Name, extra, want),
			hint: hint + meant(c, names, extra),
		}
	}
	return got, nil
}

// seriesOperand takes the one operand of a command that is asked of a series as what --series names. Where
// the flag is given as well the operand is one too many.
func seriesOperand(c *cli.Context) error {
	if c.Args().Len() != 1 || c.IsSet("series") {
		_, err := operands(c)
		return err
	}
	return c.Set("series", c.Args().First())
}

// listing is the command that lists what an operand may be, "" where none does.
func listing(c *cli.Context, operand string) string {
	switch strings.TrimSuffix(operand, "…") {
	case "TOPIC":
		if s := c.String("series"); s != "" {
			return "readout topics --series " + s
		}
		return "readout topics"
	case "ID", "RELEASE", "OLD":
		return "readout list"
	}
	return ""
}

// meant returns how to go on after an operand too many: where the command takes none
// but a --series, that is what people give it.
func meant(c *cli.Context, names []string, operand string) string {
	if len(names) == 0 && findFlag(c.Command.Flags, "series") != nil && c.String("series") == "" {
		return " --series " + operand
	}
	return " --help"
}

// words joins the operands to one: a topic or a phrase needs no quotes.
func words(c *cli.Context, name string) (string, error) {
	got, err := operands(c, name+"…")
	return strings.Join(got, " "), err
}
