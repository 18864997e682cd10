package main

import (
	"io"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/show/publish"
)

func (a *app) citeCommand() *cli.Command {
	return &cli.Command{
		Name:      "cite",
		Usage:     "cite a release or one of its statements, for reference managers and footnotes",
		ArgsUsage: "ID[@vN|@DAY][#STATEMENT]",
		Description: `A citation names the version, the moment at which it was captured and the hash of its
bytes: the page may say something else by now.

  readout cite 2031-04-17-no-uy-meeting
  readout cite 2031-04-17-no-uy-meeting#3 --format bibtex`,
		Action: a.onOperands("ID", func(c *cli.Context, arch *archive.Archive, ops []string) error {
			id, number, one := strings.Cut(ops[0], "#")
			ref, err := parseRef(id)
			if err != nil {
				return err
			}
			statement := 0
			if one {
				if statement, err = strconv.Atoi(number); err != nil || statement < 1 {
					return &usageError{msg: "#" + number + " is not the number of a statement", hint: "readout show " + id}
				}
			}
			rel, err := arch.Release(c.Context, ref)
			if err != nil {
				return err
			}
			x, err := ask.NewCitation(rel, statement, a.partyName)
			if err != nil {
				return err
			}
			return a.write(x, citations(x))
		}),
	}
}

// citations are the formats of reference managers.
func citations(x *ask.Citation) map[format]func(io.Writer) error {
	return map[format]func(io.Writer) error{
		formatCSL:    func(w io.Writer) error { return publish.CSL(w, x) },
		formatRIS:    func(w io.Writer) error { return publish.RIS(w, x) },
		formatBibTeX: func(w io.Writer) error { return publish.BibTeX(w, x) },
	}
}
