package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/urfave/cli/v2"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/timeline"
)

func (a *app) phraseCommand() *cli.Command {
	return &cli.Command{
		Name:      "phrase",
		Usage:     "the ledger of a phrase: first and last use, gaps, returns",
		ArgsUsage: "WORDS",
		Flags: append(append([]cli.Flag{seriesFlag(),
			&cli.StringFlag{Name: "speaker", Usage: "only statements of `PARTIES`"},
			&cli.BoolFlag{Name: "exact", Usage: "letter by letter; else case, accents, quotation marks and hyphens do not count"},
			&cli.BoolFlag{Name: "stems", Usage: "endings do not count: sanction finds sanctions"},
		}, sinceUntilFlags()...), asKnownAtFlag()),
		Description: `Without --series the ledger is that of the one series that uses the phrase; where
several do, it runs through the releases of all of them.

  readout phrase "considerable time"
  readout phrase --series JP-RU --speaker JP "peace treaty"`,
		Action: func(c *cli.Context) error {
			v := a.values(c)
			o := phraseOptions{
				series: v.optionalSeries("series"),
				trace:  timeline.TraceOptions{Speakers: v.parties("speaker"), Exact: c.Bool("exact"), Stems: c.Bool("stems")},
				days:   timeline.Filter{Since: v.since("since"), Until: v.until("until")},
				known:  archive.SeriesOptions{AsKnownAt: v.knownAt("as-known-at")},
			}
			if v.err != nil {
				return v.err
			}
			phrase, err := words(c, "WORDS")
			if err != nil {
				return err
			}
			if o.trace.Exact && o.trace.Stems {
				return &usageError{msg: "--exact cannot go with --stems", hint: fmt.Sprintf("readout phrase --exact %q", phrase)}
			}
			return a.phrase(c.Context, phrase, o)
		},
	}
}

type phraseOptions struct {
	series *timeline.SeriesID // nil to look in all
	trace  timeline.TraceOptions
	days   timeline.Filter
	known  archive.SeriesOptions
}

func (a *app) phrase(ctx context.Context, phrase string, o phraseOptions) error {
	if err := hasWord(phrase); err != nil {
		return err
	}
	arch, err := a.open()
	if err != nil {
		return err
	}
	series, releases, err := a.phraseReleases(ctx, arch, phrase, o)
	if err != nil {
		return err
	}
	releases = slices.DeleteFunc(releases, func(r *timeline.Release) bool { return !o.days.Covers(r.Day()) })
	return a.answer(ask.NewPhrase(timeline.Trace(releases, phrase, o.trace), series))
}

// hasWord returns an error where a phrase has no word to look for.
func hasWord(phrase string) error {
	if strings.ContainsFunc(phrase, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) {
		return nil
	}
	return &usageError{msg: fmt.Sprintf("%q has no word to look for", phrase), hint: `readout phrase "peace treaty"`}
}

// phraseReleases returns the releases that the ledger runs through, and their
// series where it is one.
func (a *app) phraseReleases(ctx context.Context, arch *archive.Archive, phrase string,
	o phraseOptions) (timeline.SeriesID, []*timeline.Release, error) {
	if o.series != nil {
		releases, err := a.phraseIn(ctx, arch, *o.series, phrase, o)
		return *o.series, releases, seriesError(*o.series, err)
	}
	users, releases, err := a.phraseUsers(ctx, arch, phrase, o)
	switch {
	case err != nil || len(users) == 0:
		return "", nil, err
	case len(users) == 1:
		return users[0], releases, nil
	}
	a.note("%d series use the phrase; gaps are counted over the releases of all of them: %s", len(users), shortList(users))
	return "", releases, nil
}

// indexed reports whether the search index has what is looked for: not parts of words,
// and not what was known before.
func (o phraseOptions) indexed() bool {
	return !o.trace.Exact && !o.trace.Stems && o.known.AsKnownAt.IsZero()
}

// phraseIn returns the releases of one series.
func (a *app) phraseIn(ctx context.Context, arch *archive.Archive, series timeline.SeriesID, phrase string,
	o phraseOptions) ([]*timeline.Release, error) {
	if o.indexed() {
		_, releases, err := arch.PhraseReleases(ctx, phrase, &series, o.trace)
		if err != nil || len(releases) > 0 {
			return releases, err
		}
	}
	return arch.Releases(ctx, series, o.known) // nobody uses it, or all texts must be read
}

// phraseUsers returns the series that use the phrase, and their releases. What is not in
// the search index is looked for in all texts.
func (a *app) phraseUsers(ctx context.Context, arch *archive.Archive, phrase string,
	o phraseOptions) ([]timeline.SeriesID, []*timeline.Release, error) {
	if o.indexed() {
		return arch.PhraseReleases(ctx, phrase, nil, o.trace)
	}
	ids, err := arch.SeriesIDs(ctx)
	if err != nil {
		return nil, nil, err
	}
	var some []*timeline.Release
	var users []timeline.SeriesID
	for _, id := range ids {
		releases, err := arch.Releases(ctx, id, o.known)
		if err != nil && !isNotFound(err) {
			return nil, nil, err
		}
		if timeline.Trace(releases, phrase, o.trace).Used() {
			users = append(users, id)
			some = append(some, releases...)
		}
	}
	return users, some, nil
}

// shortList joins the first few ids.
func shortList(ids []timeline.SeriesID) string {
	const most = 8
	var parts []string
	for _, id := range ids[:min(most, len(ids))] {
		if id == "" {
			id = "(none)"
		}
		parts = append(parts, string(id))
	}
	if len(ids) > most {
		parts = append(parts, "…")
	}
	return strings.Join(parts, ", ")
}
