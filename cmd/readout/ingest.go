package main

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/letters"
	"readout/internal/reading"
)

func (a *app) ingestCommand() *cli.Command {
	return &cli.Command{
		Name:      "ingest",
		Usage:     "take in releases and keep them as versions by date",
		ArgsUsage: "PATH|DIR|URL|- …",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "source", Usage: "the release's `URL`: what makes two texts versions of one release"},
			&cli.StringFlag{Name: "title", Usage: "the release's `TITLE`"},
			&cli.StringFlag{Name: "held", Usage: "the `DAY` of the meeting"},
			&cli.StringFlag{Name: "published", Usage: "the `DAY` the text is dated"},
			&cli.StringFlag{Name: "parties", Usage: "the `PARTIES`, by code or name, separated by commas (JP,RU)"},
			&cli.StringFlag{Name: "captured-at", Usage: "the `TIME` the bytes were seen (RFC 3339)"},
			&cli.StringFlag{Name: "id", Usage: "call the release `ID`"},
			&cli.BoolFlag{Name: "dry-run", Aliases: []string{"n"}, Usage: "store nothing, show what would be stored"},
		}, fetchFlags()...),
		Description: `Reads text, Markdown with YAML front matter, HTML, PDF, DOCX and e-mail, in any
common encoding; of archives (ZIP, tar), feeds and WARC files every document; of a
CDX listing (*.cdx) every capture, from the Wayback Machine, each with the time it
was seen. Of a folder every such file is read, its subfolders too. "-" is standard
input.

The flags override what is found in the documents, for all of them.

Two texts are versions of one release where they have the same --id, else the
same --source, else carry the same address, else report the same meeting under
the same title. The same bytes twice are kept once.

Exit codes: 0; 1 where some inputs failed (the rest is stored); 2; 4.

  readout ingest page.html
  readout ingest --source https://mfa.example/2031/04/17.html --captured-at 2031-04-18T09:00:00Z page.html
  readout ingest --dry-run releases/
  curl -s https://mfa.example/2031/04/17.html | readout ingest --source https://mfa.example/2031/04/17.html -`,
		Action: func(c *cli.Context) error {
			v := a.values(c)
			over := reading.Overrides{
				Source: c.String("source"), Title: c.String("title"), ID: c.String("id"),
				Held: v.date("held"), Published: v.date("published"), Parties: v.parties("parties"),
			}
			at := v.instant("captured-at")
			if v.err != nil {
				return v.err
			}
			paths, err := operands(c, "PATH…")
			if err != nil {
				return err
			}
			o, err := a.fetchOptions(c)
			if err != nil {
				return err
			}
			return a.ingest(c.Context, paths, over, at, o, c.Bool("dry-run"))
		},
	}
}

// ingest takes in what the paths name and reports on every input.
func (a *app) ingest(ctx context.Context, paths []string, over reading.Overrides, at time.Time, o fetchOptions, dryRun bool) error {
	arch, err := a.openOrMake()
	if err != nil {
		return err
	}
	files, err := a.expand(paths)
	if err != nil {
		return err
	}
	web, err := a.web(files, o)
	if err != nil {
		return err
	}
	inputs := func(yield func(archive.Input, error) bool) {
		for in, err := range a.inputs(ctx, files, web) {
			in.Overrides = over.Over(in.Overrides)
			if !at.IsZero() {
				in.CapturedAt = at
			}
			if !yield(in, err) {
				return
			}
		}
	}
	return a.takeIn(ctx, arch, inputs, len(files), dryRun)
}

// web returns what fetches the addresses among the names; without one the file of
// sources, which holds contact and proxy, is not even read.
func (a *app) web(names []string, o fetchOptions) (webReader, error) {
	if !slices.ContainsFunc(names, func(n string) bool { return isURL(n) || isListing(n) }) {
		return nil, nil
	}
	config, err := a.config(o)
	if err != nil {
		return nil, err
	}
	in, err := a.inspector(config, o)
	return in.Take, err
}

// takeIn ingests the inputs, of which there are about total, and writes the
// report. Failures are told on standard error as well.
func (a *app) takeIn(ctx context.Context, arch *archive.Archive, inputs iter.Seq2[archive.Input, error], total int, dryRun bool) error {
	done := a.progress("ingest", total)
	report, err := arch.Ingest(ctx, inputs, archive.IngestOptions{DryRun: dryRun, Progress: done.set})
	done.close()
	if err != nil {
		return err
	}
	for _, r := range report.Results {
		if r.Status == archive.Failed {
			fmt.Fprintln(a.stderr, "readout: error: "+letters.Clean(fmt.Sprintf("%s: %s", r.Input, r.Error)))
		}
	}
	if err := a.answer(ask.NewIngest(ingestResults(report), dryRun)); err != nil {
		return err
	}
	if report.Failed > 0 {
		return errItems
	}
	return nil
}

func ingestResults(report *archive.IngestReport) []ask.IngestResult {
	out := make([]ask.IngestResult, len(report.Results))
	for i, r := range report.Results {
		out[i] = ask.IngestResult{Input: r.Input, Status: string(r.Status), Release: r.Release, Version: r.Version,
			Series: r.Series, Held: r.Held, Published: r.Published, Title: r.Title, Statements: r.Statements, Error: r.Error}
	}
	return out
}
