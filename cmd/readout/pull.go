package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/urfave/cli/v2"

	"readout/internal/ask"
	"readout/internal/sources"
	"readout/storage/postgres"
)

func (a *app) pullCommand() *cli.Command {
	return &cli.Command{
		Name:      "pull",
		Usage:     "fetch what is due from the sources",
		ArgsUsage: "[NAME…]",
		Flags: append(fetchFlags(),
			&cli.BoolFlag{Name: "dry-run", Aliases: []string{"n"}, Usage: "ask the lists, fetch and store nothing, say what is due"},
			&cli.BoolFlag{Name: "force", Usage: "ask every list now, due or not"},
			&cli.BoolFlag{Name: "recheck", Usage: "look at every known page again now, due or not"},
			&cli.IntFlag{Name: "limit", Usage: "at most `N` new pages of a source in one run", DefaultText: "200"},
			&cli.StringFlag{Name: "log", Usage: "log to standard error as `text` or json", DefaultText: "no log"},
		),
		Description: `Lists (index pages, feeds, sitemaps) are asked for new links, known releases are
looked at again: often in their first days, since that is when pages are silently
edited, then ever more rarely. A page that is gone, an error page, a wall is no
version: it is reported, and nothing is lost. docs/sources.md says more.

Prints nothing where nothing happened. Two pulls at once do not do the work twice:
the second one ends at once.

Exit codes: 0; 1 where a source or page failed, the rest is stored; 2; 4.

  readout pull
  readout pull norway --dry-run
  readout pull -q && readout changes --since-last mail`,
		Action: func(c *cli.Context) error {
			o, err := a.fetchOptions(c)
			if err != nil {
				return err
			}
			v := a.values(c)
			logging := oneOf(&v, "log", logNone, []logFormat{logText, logJSON})
			if c.Int("limit") < 0 {
				v.fail("limit", fmt.Errorf("%d is less than nothing", c.Int("limit")), "")
			}
			if v.err != nil {
				return v.err
			}
			return a.pull(c, o, a.logger(logging), sources.PullOptions{
				Names:   c.Args().Slice(),
				DryRun:  c.Bool("dry-run"),
				Force:   c.Bool("force"),
				Recheck: c.Bool("recheck"),
				Limit:   c.Int("limit"),
			})
		},
	}
}

func (a *app) pull(c *cli.Context, o fetchOptions, log *slog.Logger, p sources.PullOptions) error {
	config, err := a.config(o)
	if err != nil {
		return err
	}
	if len(config.Sources) == 0 {
		return &hintedError{err: fmt.Errorf("there is no source in %s", o.file), hint: "readout sources add https://mfa.example/press/"}
	}
	client, err := a.client(config, o)
	if err != nil {
		return err
	}
	arch, err := a.openOrMake()
	if err != nil {
		return err
	}
	if !p.DryRun {
		if err := arch.Make(c.Context); err != nil {
			return err
		}
	}
	p.Progress = func(doing string) { log.Info("pull", "doing", doing) }
	puller := &sources.Puller{Archive: arch, Client: client, PDF: a.pdf, Words: sources.NewWords(a.rules.Book()), Lock: a.db + ".pull"}
	if postgres.IsURL(a.db) {
		puller.Lock = "" // other machines share the store, and no folder
	}
	release, alone, err := arch.Claim(c.Context, "pull")
	if err != nil {
		return err
	}
	var report *ask.Pull
	if err = sources.ErrRunning; alone {
		defer release()
		report, err = puller.Pull(c.Context, config, p)
	}
	switch {
	case errors.Is(err, sources.ErrRunning):
		a.note("another pull is running, this one has nothing to do")
		return nil
	case errors.Is(err, sources.ErrNoSource):
		return &usageError{msg: err.Error(), hint: "readout sources list"}
	case err != nil:
		return err
	}
	logReport(c.Context, log, report)
	if err := a.answer(report); err != nil {
		return err
	}
	if a.talk.is() { // a job of cron is told nothing where nothing happened
		a.noteIdlePull(report)
	}
	if report.Trouble() {
		return errItems
	}
	return nil
}

// noteIdlePull tells somebody at a terminal when sources that are not due will be, and how they
// are asked now.
func (a *app) noteIdlePull(r *ask.Pull) {
	var next time.Time
	for _, s := range r.Sources {
		if s.Status != ask.ListNotDue {
			return
		}
		if next.IsZero() || s.Next.Before(next) {
			next = s.Next.Time
		}
	}
	if !next.IsZero() {
		a.note("no source is due before %s; readout pull --force asks now", next.Local().Format("2006-01-02 15:04"))
	}
}

// logFormat is how the course of a pull is logged.
type logFormat string

const (
	logNone logFormat = ""
	logText logFormat = "text"
	logJSON logFormat = "json"
)

// logger returns a log on standard error.
func (a *app) logger(f logFormat) *slog.Logger {
	switch f {
	case logText:
		return slog.New(slog.NewTextHandler(a.stderr, nil))
	case logJSON:
		return slog.New(slog.NewJSONHandler(a.stderr, nil))
	}
	return slog.New(slog.DiscardHandler)
}

// logReport logs what a pull found, a line for every source and page.
func logReport(ctx context.Context, log *slog.Logger, r *ask.Pull) {
	for _, s := range r.Sources {
		level := slog.LevelInfo
		if s.Error != "" {
			level = slog.LevelError
		}
		log.Log(ctx, level, "source", "name", s.Name, "status", s.Status, "links", s.Links, "new", s.Counts.New, "revised",
			s.Counts.Revised, "error", s.Error)
	}
	for _, p := range r.Pages {
		level := slog.LevelInfo
		if p.Status == ask.PageFailed || p.Status == ask.PageSuspect || p.Status == ask.PageGone {
			level = slog.LevelWarn
		}
		log.Log(ctx, level, "page", "source", p.Source, "url", p.URL, "status", p.Status, "release", p.Release, "reason", p.Reason)
	}
}
