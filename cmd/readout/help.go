package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"
)

// writeHelp writes the help of the command at path, of the program where the
// path is empty. It does not depend on the terminal, so that docs/cli.md can hold
// it.
func writeHelp(w io.Writer, root *cli.App, path []*cli.Command) error {
	var b strings.Builder
	if len(path) == 0 {
		fmt.Fprintf(&b, "%s: %s\n\nUsage:\n  readout [FLAGS] COMMAND [FLAGS] [OPERANDS]\n\nCommands:\n", root.Name, root.Usage)
		writeCommands(&b, root.Commands)
		b.WriteString("\nFlags, before or after the command and its operands:\n")
		writeFlags(&b, root.Flags)
		b.WriteString(exitHelp)
		b.WriteString("\nreadout COMMAND --help says more of a command.\n")
		_, err := io.WriteString(w, b.String())
		return err
	}
	c := path[len(path)-1]
	name := root.Name
	for _, p := range path {
		name += " " + p.Name
	}
	fmt.Fprintf(&b, "%s: %s\n\nUsage:\n", name, c.Usage)
	for _, line := range usageLines(c) {
		b.WriteString("  " + strings.TrimRight(name+" "+line, " ") + "\n")
	}
	if len(c.Subcommands) > 0 {
		b.WriteString("\nSubcommands:\n")
		writeCommands(&b, c.Subcommands)
	}
	if len(c.Flags) > 0 {
		b.WriteString("\nFlags:\n")
		writeFlags(&b, c.Flags)
	}
	if c.Description != "" {
		b.WriteString("\n" + strings.Trim(c.Description, "\n") + "\n")
	}
	b.WriteString("\nreadout --help lists the flags that every command takes, and the exit codes.\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// usageLines returns the ways to call a command, each without its name.
func usageLines(c *cli.Command) []string {
	lines := strings.Split(c.ArgsUsage, "\n")
	if len(c.Flags) > 0 {
		for i, line := range lines {
			lines[i] = strings.TrimRight("[FLAGS] "+line, " ")
		}
	}
	return lines
}

const exitHelp = "\nExit codes:\n" + exitCodes

const exitCodes = `  0  ran, nothing wrong
  1  failed; in a batch some items failed and the rest is stored
  2  wrong usage
  3  differences were found, where --exit-code asked for it
  4  the store stayed locked by another process beyond --lock-timeout
`

func writeCommands(b *strings.Builder, commands []*cli.Command) {
	for _, c := range commands {
		if !c.Hidden {
			fmt.Fprintf(b, "  %-11s %s\n", c.Name, c.Usage)
		}
	}
}

// writeFlags writes every flag with its placeholder, its usage and its default.
func writeFlags(b *strings.Builder, flags []cli.Flag) {
	for _, f := range flags {
		left, usage := describeFlag(f)
		if len(left) > 22 {
			fmt.Fprintf(b, "  %s\n  %-22s %s\n", left, "", usage)
			continue
		}
		fmt.Fprintf(b, "  %-22s %s\n", left, usage)
	}
}

// describeFlag returns how a flag is typed, with its short name and its placeholder, and
// what it is for, with its default.
func describeFlag(f cli.Flag) (typed, usage string) {
	d, ok := f.(cli.DocGenerationFlag)
	if !ok {
		return "--" + f.Names()[0], ""
	}
	placeholder, usage := cutPlaceholder(d.GetUsage())
	for _, n := range f.Names() {
		switch {
		case len(n) == 1:
			typed += ", -" + n
		case typed == "":
			typed = "--" + n
		}
	}
	if d.TakesValue() {
		typed += " " + placeholder
	}
	if text := d.GetDefaultText(); d.TakesValue() && text != "" && text != `""` {
		usage += fmt.Sprintf(" (default %s)", text)
	}
	return typed, usage
}

// cutPlaceholder takes the word in back quotes out of a flag's usage: it names
// the value.
func cutPlaceholder(usage string) (placeholder, rest string) {
	before, after, ok := strings.Cut(usage, "`")
	if !ok {
		return "VALUE", usage
	}
	word, after, _ := strings.Cut(after, "`")
	return strings.ToUpper(word), before + word + after
}
