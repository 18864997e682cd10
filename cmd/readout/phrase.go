package main

import (
	"context"
	"fmt"
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
			&cli.IntFlag{Name: "limit", Usage: "only the newest `N` releases that use it, 0 for all", DefaultText: "100 as text, else 0"},
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
				limit:  v.limit(a.format == formatText),
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
	limit  int // of releases that use the phrase, 0 for none; what must be read to be searched is not cut
}

func (a *app) phrase(ctx context.Context, phrase string, o phraseOptions) error {
	if err := hasWord(phrase); err != nil {
		return err
	}
	arch, err := a.open()
	if err != nil {
		return err
	}
	users, err := a.phraseUsers(ctx, arch, phrase, o)
	if err != nil {
		return err
	}
	series := timeline.SeriesID("")
	switch {
	case o.series != nil:
		series = *o.series
	case len(users.Series) == 1:
		series = users.Series[0]
	case len(users.Series) > 1:
		a.note("%d series use the phrase; gaps are counted over the releases of all of them: %s", len(users.Series),
			shortList(users.Series))
	}
	answer := ask.NewPhrase(timeline.Trace(users.Releases, phrase, o.trace), series)
	if users.First != nil {
		answer.After(users.Earlier, timeline.Trace([]*timeline.Release{users.First}, phrase, o.trace))
		a.note("the newest %d releases that use it are shown; --limit 0 shows all", o.limit)
	}
	return a.answer(answer)
}

// hasWord returns an error where a phrase has no word to look for.
func hasWord(phrase string) error {
	if strings.ContainsFunc(phrase, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) {
		return nil
	}
	return &usageError{msg: fmt.Sprintf("%q has no word to look for", phrase), hint: `readout phrase "peace treaty"`}
}

// phraseUsers returns what the ledger of a phrase is made of. What is not in the search
// index is looked for in all texts: parts of words, and what was known before.
func (a *app) phraseUsers(ctx context.Context, arch *archive.Archive, phrase string, o phraseOptions) (*archive.PhraseUsers, error) {
	if !o.trace.Exact && !o.trace.Stems && o.known.AsKnownAt.IsZero() {
		users, err := arch.Phrase(ctx, phrase, archive.PhraseFilter{Series: o.series, Days: o.days, Trace: o.trace, Limit: o.limit})
		if err != nil || o.series == nil || len(users.Series) > 0 {
			return users, err
		}
	}
	ids, err := arch.SeriesIDs(ctx)
	if o.series != nil {
		ids = []timeline.SeriesID{*o.series}
	}
	users := &archive.PhraseUsers{}
	for _, id := range ids {
		releases, err := arch.Releases(ctx, id, o.known)
		if o.series != nil && err != nil {
			return nil, seriesError(id, err)
		}
		if err != nil && !isNotFound(err) {
			return nil, err
		}
		if o.series == nil && !timeline.Trace(releases, phrase, o.trace).Used() {
			continue
		}
		users.Series = append(users.Series, id)
		for _, r := range releases {
			if o.days.Covers(r.Day()) {
				users.Releases = append(users.Releases, r)
			}
		}
	}
	return users, err
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
