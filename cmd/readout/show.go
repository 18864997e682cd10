package main

import (
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/letters"
)

func (a *app) showCommand() *cli.Command {
	return &cli.Command{
		Name:      "show",
		Usage:     "show a release: its sections, statements, speakers, topics",
		ArgsUsage: "ID[@vN|@DAY]",
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "text", Usage: "write the extracted text"},
			&cli.BoolFlag{Name: "raw", Usage: "write the captured bytes"},
		},
		Description: `ID may be any prefix that only one release has, or the day of its meeting.
ID@v1 is the first version, ID@2031-04-17 the one that stood on that day.`,
		Action: a.onRelease(func(c *cli.Context, arch *archive.Archive, ref archive.Ref) error {
			if c.Bool("text") && c.Bool("raw") {
				return &usageError{msg: "--text cannot go with --raw", hint: "readout show --text " + c.Args().First()}
			}
			if c.Bool("raw") {
				capture, err := arch.Raw(c.Context, ref)
				if err != nil {
					return err
				}
				data := capture.Data
				if a.screen.is() { // bytes that steer a terminal are for a file
					data = []byte(letters.CleanLines(strings.ToValidUTF8(string(data), "\uFFFD")))
				}
				_, err = a.stdout.Write(data)
				return err
			}
			rel, err := arch.Release(c.Context, ref)
			if err != nil {
				return err
			}
			if c.Bool("text") {
				text := rel.Text + "\n"
				if a.screen.is() {
					text = letters.CleanLines(text)
				}
				_, err := io.WriteString(a.stdout, text)
				return err
			}
			x, err := ask.NewCitation(rel, 0, a.partyName)
			if err != nil {
				return err
			}
			return a.write(ask.NewRelease(rel), citations(x))
		}),
	}
}

// parseRef reads a reference to a release; a bad one is wrong usage.
func parseRef(s string) (archive.Ref, error) {
	ref, err := archive.ParseRef(s)
	if err != nil {
		return ref, &usageError{msg: err.Error(), hint: "readout list"}
	}
	return ref, nil
}

func (a *app) logCommand() *cli.Command {
	return &cli.Command{
		Name:      "log",
		Usage:     "list the versions of a release and what changed between them",
		ArgsUsage: "ID",
		Description: `A version is a distinct text of a published page; its record changes are seen with
readout diff ID@v1 ID@v2.`,
		Action: a.onRelease(func(c *cli.Context, arch *archive.Archive, ref archive.Ref) error {
			log, err := arch.VersionLog(c.Context, ref)
			if err != nil {
				return err
			}
			return a.answer(log)
		}),
	}
}
