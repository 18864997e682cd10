package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/document/container"
	"readout/internal/letters"
	"readout/internal/reading"
	"readout/internal/show"
	"readout/internal/sources"
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
			&cli.StringFlag{Name: "mapping", Usage: "read JSON, CSV and XML by the mapping of the source `NAME`"},
			&cli.BoolFlag{Name: "verbose", Aliases: []string{"v"}, Usage: "name every input on standard error as soon as it is kept"},
			&cli.BoolFlag{Name: "dry-run", Aliases: []string{"n"}, Usage: "store nothing, show what would be stored"},
		}, fetchFlags()...),
		Description: `Reads text, Markdown with YAML or TOML front matter, HTML, PDF, DOCX and e-mail, in any
common encoding; of archives (ZIP, tar), feeds and WARC files every document; of a
CDX listing (*.cdx) every capture, from the Wayback Machine, each with the time it
was seen; of the answer of a WordPress interface every record, and of other JSON, CSV
or XML those that a mapping finds. Of a folder every such file is read, its subfolders
too, and what is left out is named. "-" is standard input.

The flags override what is found in the documents, for all of them.

Two texts are versions of one release where they have the same --id, else the
same --source, else carry the same address, else report the same meeting under
the same title. The same bytes twice are kept once.

It ends with what it could not decide; readout doubts lists that. As jsonl every
result is written when it is durable.

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
			return a.ingest(c.Context, paths, ingestOptions{
				over:    over,
				at:      at,
				mapping: c.String("mapping"),
				dryRun:  c.Bool("dry-run"),
				verbose: c.Bool("verbose"),
				fetch:   o,
			})
		},
	}
}

// ingestOptions are the flags of ingest.
type ingestOptions struct {
	over    reading.Overrides
	at      time.Time
	mapping string // name of the source whose mapping reads data
	dryRun  bool
	verbose bool // name every input
	fetch   fetchOptions
}

// ingest takes in what the paths name and reports on every input.
func (a *app) ingest(ctx context.Context, paths []string, o ingestOptions) error {
	arch, err := a.openOrMake()
	if err != nil {
		return err
	}
	if !o.dryRun {
		if err := arch.Make(ctx); err != nil {
			return err
		}
	}
	in := a.intake()
	if in.mapping, err = a.mappingNamed(o); err != nil {
		return err
	}
	files, err := in.expand(paths)
	if err != nil {
		return err
	}
	if in.web, err = a.web(files, o.fetch); err != nil {
		return err
	}
	inputs := func(yield func(archive.Input, error) bool) {
		for x, err := range in.inputs(ctx, files) {
			x.Overrides = o.over.Over(x.Overrides)
			if !o.at.IsZero() {
				x.CapturedAt, x.Witnessed = o.at, false
			}
			if !yield(x, err) {
				return
			}
		}
	}
	return a.takeIn(ctx, arch, in, inputs, len(files), o)
}

// mappingNamed returns the mapping of the source that the options name, nil for none.
func (a *app) mappingNamed(o ingestOptions) (*container.Mapping, error) {
	if o.mapping == "" {
		return nil, nil
	}
	config, err := a.config(o.fetch)
	if err != nil {
		return nil, err
	}
	s := config.Source(o.mapping)
	if s == nil || s.Map == nil {
		return nil, &usageError{
			msg:  fmt.Sprintf("--mapping: no source %q with a mapping stands in %s", o.mapping, o.fetch.file),
			hint: "readout sources list",
		}
	}
	return s.Map, nil
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
// report; as JSON Lines, each result when it is durable. Failures are told on standard
// error as well, and at the end what could not be decided.
func (a *app) takeIn(ctx context.Context, arch *archive.Archive, in *intake, inputs iter.Seq2[archive.Input, error], total int,
	o ingestOptions) error {
	if o.verbose {
		total = 0 // no bar among the lines
	}
	done := a.progress("ingest", total)
	var broken error // standard output
	each := func(r archive.Result) {
		if r.Refused && in.found[r.Input] {
			return // see leaveRefused
		}
		if o.verbose && r.Status != archive.Failed {
			a.note("%s: %s", r.Input, show.Join(" ", string(r.Status), r.Release))
		}
		if r.Status == archive.Failed {
			fmt.Fprintln(a.stderr, "readout: error: "+letters.Clean(fmt.Sprintf("%s: %s", r.Input, r.Error)))
		}
		if a.format == formatLines {
			broken = errors.Join(broken, show.JSONLines(a.stdout, []any{ask.NewIngestResult(r.IngestResult)}), a.stdout.Flush())
		}
	}
	report, err := arch.Ingest(ctx, inputs, archive.IngestOptions{
		DryRun:   o.dryRun,
		Refuse:   sources.NewWords(a.rules.Book()).NoRelease,
		Progress: done.set,
		Each:     each,
	})
	done.close()
	if err = cmp.Or(err, broken); err != nil {
		return err
	}
	in.leaveRefused(report)
	if a.format != formatLines {
		if err := a.answer(ingestAnswer(report, in.left, o.dryRun)); err != nil {
			return err
		}
	}
	a.tellUndecided(report, len(in.left))
	if report.Failed > 0 {
		return errItems
	}
	return nil
}

// leaveRefused takes the files of folders that are no release out of a report, as files
// that are left out: a folder of saved pages has its index pages too.
func (in *intake) leaveRefused(report *archive.IngestReport) {
	report.Results = slices.DeleteFunc(report.Results, func(r archive.Result) bool {
		left := r.Refused && in.found[r.Input]
		if left {
			report.Failed--
			in.leave(r.Input, r.Error)
		}
		return left
	})
}

// fewResults is up to how many results the warnings of each are told.
const fewResults = 40

// tellUndecided says what of the results is in doubt, and what was left out.
func (a *app) tellUndecided(report *archive.IngestReport, left int) {
	fields, warned := map[string]int{}, 0
	seen := map[string]bool{}
	for _, r := range report.Results {
		if r.Release == "" || seen[r.Release] {
			continue
		}
		seen[r.Release] = true
		for _, f := range r.Undecided {
			fields[f]++
		}
		if len(r.Warnings) > 0 {
			warned++
		}
		for _, w := range r.Warnings {
			if len(report.Results) <= fewResults {
				a.note("%s: %s", r.Input, w)
			}
		}
	}
	var parts []string
	for _, p := range []struct {
		n         int
		one, many string
	}{
		{fields["day"], "1 release has no day", "%d releases have no day"},
		{fields["parties"], "1 has no parties", "%d have no parties"},
		{fields["language"], "1 is in a language that is not read", "%d are in a language that is not read"},
		{warned, "1 is doubtful", "%d are doubtful"},
		{left, "1 file was left out", "%d files were left out"},
	} {
		switch p.n {
		case 0:
		case 1:
			parts = append(parts, p.one)
		default:
			parts = append(parts, fmt.Sprintf(p.many, p.n))
		}
	}
	if len(parts) > 0 {
		a.note("%s; readout doubts lists what to decide", strings.Join(parts, ", "))
	}
}

func ingestAnswer(report *archive.IngestReport, left []leftOut, dryRun bool) *ask.Ingest {
	answer := ask.NewIngest(ingestResults(report), dryRun)
	for _, l := range left {
		answer.LeftOut = append(answer.LeftOut, ask.LeftOut{Input: l.path, Why: l.why})
	}
	return answer
}

func ingestResults(report *archive.IngestReport) []ask.IngestResult {
	out := make([]ask.IngestResult, len(report.Results))
	for i, r := range report.Results {
		out[i] = ask.NewIngestResult(r.IngestResult)
	}
	return out
}
