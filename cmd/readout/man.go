package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"
)

func (a *app) manCommand() *cli.Command {
	return &cli.Command{
		Name: "man", Usage: "write the manual pages into a folder", ArgsUsage: "DIR",
		Description: `One page for the program and one for every command, in the form that man reads. The
folder is made where it is not there.

  readout man ~/.local/share/man/man1`,
		Action: func(c *cli.Context) error {
			ops, err := operands(c, "DIR")
			if err != nil {
				return err
			}
			if err := os.MkdirAll(ops[0], 0o777); err != nil {
				return err
			}
			for name, page := range manPages(a.cli(), buildVersion().Date) {
				if err := os.WriteFile(filepath.Join(ops[0], name), page, 0o666); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

// manPages returns the pages by the names of their files. They say what --help says; day is
// the one that stands at their foot, "" for none.
func manPages(root *cli.App, day string) map[string][]byte {
	pages := map[string][]byte{"readout.1": programPage(root, day)}
	for _, c := range root.Commands {
		if !c.Hidden {
			pages["readout-"+c.Name+".1"] = commandPage(c, day)
		}
	}
	return pages
}

// programPage is the page of the program: its commands, its global flags, its exit codes.
func programPage(root *cli.App, day string) []byte {
	var p manPage
	p.head("readout", root.Usage, day)
	p.synopsis("readout", "[FLAGS] COMMAND [FLAGS] [OPERANDS]")
	p.section("COMMANDS")
	for _, c := range root.Commands {
		if !c.Hidden {
			p.item("readout-"+c.Name+"(1)", c.Usage)
		}
	}
	p.section("OPTIONS")
	p.flags(root.Flags)
	p.section("EXIT STATUS")
	p.verbatim(exitCodes)
	return p.Bytes()
}

// commandPage is the page of one command, with its subcommands.
func commandPage(c *cli.Command, day string) []byte {
	var p manPage
	p.head("readout-"+c.Name, c.Usage, day)
	p.synopsis("readout "+c.Name, usageLines(c)...)
	if c.Description != "" {
		p.section("DESCRIPTION")
		p.verbatim(c.Description)
	}
	if len(c.Flags) > 0 {
		p.section("OPTIONS")
		p.flags(c.Flags)
	}
	for _, sub := range c.Subcommands {
		if sub.Hidden {
			continue
		}
		p.section(strings.ToUpper(sub.Name))
		p.text(sub.Usage + ":")
		p.usage("readout "+c.Name+" "+sub.Name, usageLines(sub)...)
		p.flags(sub.Flags)
		if sub.Description != "" {
			p.verbatim(sub.Description)
		}
	}
	p.section("SEE ALSO")
	p.text("readout(1) has the flags that every command takes, and the exit codes.")
	return p.Bytes()
}

// manPage is a page in the making, in the language of man(7).
type manPage struct{ bytes.Buffer }

func (p *manPage) head(name, usage, day string) {
	fmt.Fprintf(p, ".TH %s 1 %q readout\n.SH NAME\n%s \\- %s\n", strings.ToUpper(roff(name)), day, roff(name), roff(usage))
}

func (p *manPage) section(name string) { fmt.Fprintf(p, ".SH %s\n", roff(name)) }

func (p *manPage) synopsis(name string, lines ...string) {
	p.section("SYNOPSIS")
	p.usage(name, lines...)
}

// usage writes one line of usage after another.
func (p *manPage) usage(name string, lines ...string) {
	for i, line := range lines {
		if i > 0 {
			p.WriteString(".br\n")
		}
		fmt.Fprintf(p, "\\fB%s\\fR %s\n", roff(name), roff(line))
	}
}

func (p *manPage) text(s string) { p.WriteString(".PP\n" + roff(s) + "\n.PP\n") }

// verbatim writes lines as they stand.
func (p *manPage) verbatim(s string) {
	p.WriteString(".PP\n.nf\n")
	for line := range strings.SplitSeq(strings.Trim(s, "\n"), "\n") {
		p.WriteString(roff(line) + "\n")
	}
	p.WriteString(".fi\n")
}

func (p *manPage) item(head, text string) {
	fmt.Fprintf(p, ".TP\n\\fB%s\\fR\n%s\n", roff(head), roff(text))
}

func (p *manPage) flags(flags []cli.Flag) {
	for _, f := range flags {
		p.item(describeFlag(f))
	}
}

// roff escapes a line of text: what man(7) reads as its own are the backslash, the hyphen,
// which stands for another sign there, and a full stop or quote at the start of a line.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(s)
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "'") {
		return `\&` + s
	}
	return s
}
