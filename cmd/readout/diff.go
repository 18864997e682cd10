package main

import (
	"context"
	"fmt"
	"io"

	"github.com/urfave/cli/v2"

	"readout/diff"
	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/show"
	"readout/internal/show/redline"
	"readout/timeline"
)

func (a *app) diffCommand() *cli.Command {
	return &cli.Command{
		Name:      "diff",
		Usage:     "compare two texts, statement by statement and word by word",
		ArgsUsage: "OLD NEW\n--series SERIES\n--topic TOPIC [--series SERIES] [--all]\n--two-sided RELEASE [RELEASE]",
		Flags: append([]cli.Flag{
			&cli.StringFlag{
				Name:    "topic",
				Aliases: []string{"t"},
				Usage:   "only statements of `TOPIC`; alone: the last two meetings that raised it",
			},
			&cli.StringFlag{Name: "series", Aliases: []string{"s"}, Usage: "look in `SERIES`"},
			&cli.BoolFlag{Name: "all", Usage: "with --topic alone: every step from meeting to meeting"},
			&cli.BoolFlag{Name: "two-sided", Usage: "two sides' accounts of one meeting: what each says alone"},
			&cli.BoolFlag{Name: "exit-code", Usage: "exit with 3 where the texts differ"},
			&cli.IntFlag{Name: "context", Aliases: []string{"C"}, Usage: "show `N` unchanged statements around a change", DefaultText: "0"},
			&cli.BoolFlag{Name: "changes-only", Usage: "leave out how many statements did not change"},
			&cli.BoolFlag{
				Name:  "table",
				Usage: "with --topic alone: all meetings that raised it side by side, a row for every line of descent",
			},
			lastFlag(),
			&cli.BoolFlag{Name: "explain", Usage: "say which statements were compared, how alike they are and what speaks for the pairing"},
		}, redlineFlags()...),
		Description: `OLD and NEW are a release id (or a prefix that only it has), a version of one
(ID@v1), a release as it stood on a day (ID@2031-04-17), the day of a meeting
(2031-04-17), or a file on disk. Two files need no store.

With --series alone the last two comparable texts of the series are compared, with
--topic alone those that raised the topic: a joint statement with a joint statement,
a call with a call.

Two releases give a position change, two versions of one release a record change.

What is shown can be narrowed in text and in documents; json and jsonl have all of it.

With --two-sided nothing is older or newer: given a release, the other side's about the
same meeting is looked up, and what only one of them says is set apart. One issuer's
texts in two languages are set side by side under their headings, which a translation
keeps; sentences are not paired.

Beside text, json and jsonl, --format takes html (a page to mail), docx (tracked
changes), markdown, criticmarkup, unified (a patch), csv and side-by-side.

Exit codes: 0; 3 with --exit-code where the texts differ; 1 and 2 on errors.

  readout diff 2031-04-17 2032-02-03
  readout diff 2031-04-17-vo-os@v1 2031-04-17-vo-os@v2
  readout diff old.html new.html
  readout diff 2031-04-17 2032-02-03 --format docx > changes.docx
  readout diff --topic "fisheries" --series OS-VO --all
  readout diff --topic "fisheries" --series OS-VO --table --last 8`,
		Action: func(c *cli.Context) error {
			v := a.values(c)
			o := diffOptions{
				topic:    c.String("topic"),
				series:   v.series("series"),
				all:      c.Bool("all"),
				table:    c.Bool("table"),
				exitCode: c.Bool("exit-code"),
				last:     v.last(),
				view:     show.DiffView{Context: c.Int("context"), ChangesOnly: c.Bool("changes-only"), Explain: c.Bool("explain")},
			}
			if o.view.Context < 0 {
				v.fail("context", fmt.Errorf("%d is less than nothing", o.view.Context), "")
			}
			o.redline = redlineOptions(&v)
			o.view.Hidden, o.view.Sentences = hiddenOf(o.redline.Side), o.redline.Granularity == redline.Sentence
			if v.err != nil {
				return v.err
			}
			if o.last > 0 && !o.table {
				return &usageError{msg: "--last goes with --table", hint: "readout diff --topic TOPIC --table --last 8"}
			}
			if c.Bool("side-by-side") {
				a.format = formatColumns
			}
			if c.Bool("two-sided") {
				if o.topic != "" || o.all || o.table {
					return &usageError{msg: "--two-sided goes without --topic, --all and --table", hint: "readout diff --two-sided RELEASE"}
				}
				return a.diffTwoSided(c.Context, c.Args().Slice(), o)
			}
			if o.topic != "" && c.NArg() == 0 {
				return a.diffTopic(c.Context, o)
			}
			if o.series != "" && c.NArg() == 0 && !o.all && !o.table {
				return a.diffSeries(c.Context, o)
			}
			if o.all || o.table {
				return &usageError{
					msg:  "--all and --table go with --topic and without OLD and NEW",
					hint: "readout diff --topic TOPIC --all",
				}
			}
			ops, err := operands(c, "OLD", "NEW")
			if err != nil {
				return err
			}
			return a.diff(c.Context, ops[0], ops[1], o)
		},
	}
}

type diffOptions struct {
	topic    string
	series   timeline.SeriesID
	all      bool
	table    bool
	exitCode bool
	last     int // columns of the table, 0 for all
	view     show.DiffView
	redline  redline.Options
}

// diff compares two texts that the user names.
func (a *app) diff(ctx context.Context, oldName, newName string, o diffOptions) error {
	before, after, err := a.sides(ctx, oldName, newName)
	if err != nil {
		return err
	}
	opts := a.diffOptions()
	opts.Cause = causeOf(before, after)
	if o.topic != "" {
		if opts.Topic, err = a.topicOf(ctx, before, after, o.topic); err != nil {
			return err
		}
	}
	if opts.Past, err = a.pastOf(ctx, before, after, opts); err != nil {
		return err
	}
	return a.writeReports([]*diff.Report{diff.Compare(before, after, opts)}, nil, o)
}

// pastOf lays out the series of two different releases of the store, nil where they have none
// in common.
func (a *app) pastOf(ctx context.Context, before, after *timeline.Release, o diff.Options) (*diff.Past, error) {
	if before.Version == 0 || after.Version == 0 || before.ID == after.ID || before.Series != after.Series {
		return nil, nil
	}
	arch, err := a.open()
	if err != nil {
		return nil, err
	}
	s, err := arch.Series(ctx, after.Series, archive.SeriesOptions{})
	if err != nil {
		return nil, seriesError(after.Series, err)
	}
	return diff.NewPast(s.Releases, o), nil
}

// diffSeries compares the last two texts of the lane of a series that has most.
func (a *app) diffSeries(ctx context.Context, o diffOptions) error {
	arch, err := a.open()
	if err != nil {
		return err
	}
	s, err := arch.Series(ctx, o.series, archive.SeriesOptions{})
	if err != nil {
		return seriesError(o.series, err)
	}
	opts := a.diffOptions()
	opts.Cause, opts.Past = diff.Position, diff.NewPast(s.Releases, opts)
	texts, ok := opts.Past.Latest()
	if !ok {
		return &hintedError{
			err:  fmt.Errorf("series %s has no two comparable texts", o.series),
			hint: "readout list --series " + string(o.series),
		}
	}
	return a.writeReports([]*diff.Report{diff.Compare(texts.Old, texts.New, opts)}, nil, o)
}

// topicOf returns the id of the topic that the two releases are compared on.
func (a *app) topicOf(ctx context.Context, before, after *timeline.Release, query string) (string, error) {
	if before.Version == 0 || after.Version == 0 { // files: the two of them are all there is of their series
		both := []*timeline.Release{before, after}
		topics := timeline.Link(both, timeline.LinkOptions{Issues: a.rules.Issues(), Words: a.rules.WordLists()})
		if found := topics.Find(query); len(found) > 0 {
			return found[0].Topic.ID, nil
		}
		return "", fmt.Errorf("the two texts have no topic that speaks of %q", query)
	}
	arch, err := a.open()
	if err != nil {
		return "", err
	}
	f, err := a.follow(ctx, arch, query, after.Series, archive.SeriesOptions{})
	return f.topic.ID, err
}

// diffTopic compares the last text that raised a topic with the last comparable one that did,
// or all of them so.
func (a *app) diffTopic(ctx context.Context, o diffOptions) error {
	arch, err := a.open()
	if err != nil {
		return err
	}
	f, err := a.follow(ctx, arch, o.topic, o.series, archive.SeriesOptions{})
	if err != nil {
		return err
	}
	line := timeline.Build(f.series.Topics, f.topic.ID, timeline.Filter{})
	opts := a.diffOptions()
	opts.Cause, opts.Topic, opts.Past = diff.Position, f.topic.ID, diff.NewPast(f.series.Releases, opts)
	if o.table {
		return a.answer(ask.NewSynopsis(line, diff.Lay(diff.Chain(line, opts))).Last(o.last))
	}
	along := diff.Along(line, opts.Past)
	if len(along) == 0 {
		return &hintedError{err: fmt.Errorf("topic %q was raised in no two comparable texts, there is nothing to compare", f.topic.Name),
			hint: fmt.Sprintf("readout timeline %q --series %s", f.topic.Name, f.series.ID)}
	}
	if !o.all {
		along = along[len(along)-1:]
	}
	var reports []*diff.Report
	for _, x := range along {
		reports = append(reports, diff.Compare(x.Old, x.New, opts))
	}
	return a.writeReports(reports, &f, o)
}

// writeReports writes one comparison, or with --all the chain of them along the
// topic that was followed.
func (a *app) writeReports(reports []*diff.Report, f *followed, o diffOptions) error {
	different := false
	diffs := make([]*ask.Diff, len(reports))
	for i, r := range reports {
		diffs[i] = ask.NewDiff(r)
		different = different || diffs[i].Differs()
	}
	var err error
	switch {
	case a.format.isDocument():
		err = a.writeDocument(reports, o.redline)
	case a.format == formatText:
		err = a.paged(func(w io.Writer) error { return show.Diffs(w, a.style, o.view, diffs...) })
	case o.all:
		err = a.answer(ask.NewChain(f.series.ID, f.topic, diffs))
	default:
		err = a.answer(diffs[0])
	}
	if err == nil && different && o.exitCode {
		return errDifferent
	}
	return err
}
