package main

import (
	"context"
	"io"
	"slices"

	"github.com/urfave/cli/v2"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/show/publish"
	"readout/timeline"
)

func (a *app) spreadCommand() *cli.Command {
	return &cli.Command{
		Name:      "spread",
		Usage:     "who said a phrase first, who took it up, who let it go",
		ArgsUsage: "WORDS",
		Flags: append(append([]cli.Flag{
			&cli.BoolFlag{Name: "stems", Usage: "endings do not count: sanction finds sanctions"},
		}, sinceUntilFlags()...), asKnownAtFlag()),
		Description: `The phrase is looked for in the releases of all series. A party said it where it is
a speaker of a statement that has it; what the author of a text narrates is nobody's.
Beside text, json and jsonl, --format takes svg and png, a picture with a line for each
party from its first use to its last, csv, and graphml: an arrow leads to a party from
those that had said the phrase before and said it with it the first time.

  readout spread "free and open Indo-Pacific"`,
		Action: func(c *cli.Context) error {
			v := a.values(c)
			o := phraseOptions{
				trace: timeline.TraceOptions{Stems: c.Bool("stems")},
				days:  timeline.Filter{Since: v.since("since"), Until: v.until("until")},
				known: archive.SeriesOptions{AsKnownAt: v.knownAt("as-known-at")},
			}
			if v.err != nil {
				return v.err
			}
			phrase, err := words(c, "WORDS")
			if err != nil {
				return err
			}
			return a.spread(c.Context, phrase, o)
		},
	}
}

func (a *app) spread(ctx context.Context, phrase string, o phraseOptions) error {
	if err := hasWord(phrase); err != nil {
		return err
	}
	if err := a.noPicture("spread " + phrase); err != nil {
		return err
	}
	arch, err := a.open()
	if err != nil {
		return err
	}
	releases, err := a.spreadReleases(ctx, arch, phrase, o)
	if err != nil {
		return err
	}
	releases = slices.DeleteFunc(releases, func(r *timeline.Release) bool { return !o.days.Covers(r.Day()) })
	answer := ask.NewSpread(timeline.SpreadOf(releases, phrase, o.trace))
	a.nothing(len(answer.Parties), "nobody is known to have said it")
	return a.write(answer, map[format]func(io.Writer) error{
		formatCSV:     func(w io.Writer) error { return publish.SpreadCSV(w, answer) },
		formatSVG:     func(w io.Writer) error { return publish.SpreadSVG(w, answer) },
		formatPNG:     func(w io.Writer) error { return publish.SpreadPNG(w, answer) },
		formatGraphML: func(w io.Writer) error { return publish.SpreadGraphML(w, answer) },
	})
}

// spreadReleases returns the releases of the series that use the phrase, all of them whole:
// who spoke without the phrase is told as well.
func (a *app) spreadReleases(ctx context.Context, arch *archive.Archive, phrase string, o phraseOptions) ([]*timeline.Release, error) {
	o.limit = 1 // only the series are asked for
	users, err := a.phraseUsers(ctx, arch, phrase, o)
	if err != nil {
		return nil, err
	}
	var out []*timeline.Release
	for _, id := range users.Series {
		releases, err := arch.Releases(ctx, id, o.known)
		if err != nil {
			return nil, err
		}
		out = append(out, releases...)
	}
	return out, nil
}
