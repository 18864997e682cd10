package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/show"
	"readout/internal/show/bulletin"
	"readout/internal/show/redline"
	"readout/internal/sources"
)

func (a *app) changesCommand() *cli.Command {
	return &cli.Command{
		Name:  "changes",
		Usage: "what is new: releases with their position changes, altered pages, sources in trouble",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "since", Usage: "what was captured at `TIME` or later (RFC 3339, or a day)"},
			&cli.StringFlag{Name: "since-last", Usage: "what NAME has not been told yet; `NAME` is remembered once the report was delivered"},
			&cli.StringFlag{Name: "watch", Usage: "with the filters of the watch `NAME` (readout watch)"},
			&cli.StringFlag{Name: "mail-to", Usage: "with --format rfc822: the recipients, `ADDRESSES` separated by commas"},
			&cli.StringFlag{Name: "mail-from", Usage: "with --format rfc822: the sender's `ADDRESS`"},
			&cli.StringFlag{Name: "subject", Usage: "the `TITLE` of a page, feed or message", DefaultText: "what is in it"},
			&cli.StringFlag{Name: "exec", Usage: "hand the report to `COMMAND` of the shell on its standard input"},
			&cli.StringFlag{Name: "webhook", Usage: "post the report as JSON to `URL`; $READOUT_WEBHOOK_SECRET signs it"},
		}, newsFilterFlags()...),
		Description: `Prints nothing at all where there is nothing to tell. Position changes (a later
meeting says something else) and record changes (a published page was altered) are
told apart; changes of readout's own rules are no news.

With --since-last, NAME moves on only after the report was written out whole, and
--exec or --webhook succeeded: news may be told twice after a failure, never lost.

Beside text, json and jsonl, --format takes markdown, html, atom (a feed) and
rfc822 (a message for sendmail -t).

  readout changes --since 2031-04-01
  readout changes --since-last desk --series JP-RU
  readout changes --since-last mail --format rfc822 --mail-to desk@mfa.example | sendmail -t`,
		Action: func(c *cli.Context) error {
			v := a.values(c)
			o := changesOptions{
				since: v.instant("since"), name: c.String("since-last"), watch: c.String("watch"), filter: v.newsFilter(),
				exec: c.String("exec"), webhook: c.String("webhook"),
				send: bulletin.Options{Title: c.String("subject"), From: c.String("mail-from"), To: v.list("mail-to"),
					Redline: redline.Options{Names: a.partyName}},
			}
			if v.err != nil {
				return v.err
			}
			if _, err := operands(c); err != nil {
				return err
			}
			if o.name != "" && !o.since.IsZero() {
				return &usageError{msg: "--since cannot go with --since-last", hint: "readout changes --since-last " + o.name}
			}
			if a.format == formatMail && len(o.send.To) == 0 {
				return &usageError{msg: "--format rfc822 needs --mail-to", hint: "readout changes --format rfc822 --mail-to desk@mfa.example"}
			}
			return a.changes(c.Context, o)
		},
	}
}

type changesOptions struct {
	since         time.Time
	name, watch   string
	filter        ask.NewsFilter
	exec, webhook string
	send          bulletin.Options
}

// newsFilterFlags narrow news; "changes" and "watch add" share them.
func newsFilterFlags() []cli.Flag {
	return []cli.Flag{
		seriesFlag(),
		&cli.StringFlag{Name: "topic", Usage: "only news of `TOPIC`, by its id or words of its name"},
		&cli.StringFlag{Name: "phrase", Usage: "only where `WORDS` came in or went"},
		&cli.StringFlag{Name: "kind", Usage: "only these `KINDS`: position, record, source"},
		&cli.BoolFlag{Name: "shifts", Usage: "only what softened or firmed, or went from both sides to one or back"},
		&cli.IntFlag{Name: "min-words", Usage: "only changes of at least `N` words", DefaultText: "0"},
	}
}

func (v *flagReader) newsFilter() ask.NewsFilter {
	f := ask.NewsFilter{Series: v.series("series"), Topic: v.c.String("topic"), Phrase: v.c.String("phrase"), Kinds: closedSet(v, "kind", ask.NewsKinds()), MinWords: v.c.Int("min-words"), Shifts: v.c.Bool("shifts")}
	if f.MinWords < 0 {
		v.fail("min-words", fmt.Errorf("%d is less than nothing", f.MinWords), "")
	}
	return f
}

// changes tells the news and then remembers that it did.
func (a *app) changes(ctx context.Context, o changesOptions) error {
	arch, err := a.open()
	if err != nil {
		return err
	}
	filters := []ask.NewsFilter{o.filter}
	if o.watch != "" {
		w, err := watchNamed(ctx, arch, o.watch)
		if err != nil {
			return err
		}
		filters = append(filters, w.Filter)
	}
	report, seq, err := a.news(ctx, arch, filters, o)
	if err != nil {
		return err
	}
	for _, f := range filters {
		report = report.Keep(f)
	}
	if !report.Empty() {
		if err := a.deliver(ctx, report, o); err != nil {
			return err
		}
	}
	if o.name == "" {
		return nil
	}
	return arch.Remember(ctx, o.name, seq)
}

// news returns what happened since the point that the options name, in the series
// that the filters let through, and how far the log goes.
func (a *app) news(ctx context.Context, arch *archive.Archive, filters []ask.NewsFilter, o changesOptions) (*ask.Changes, uint64, error) {
	var changed []archive.Changed
	var from, seq uint64
	var err error
	if o.since.IsZero() {
		if o.name != "" {
			if from, err = arch.Remembered(ctx, o.name); err != nil {
				return nil, 0, err
			}
		}
		changed, seq, err = arch.Changed(ctx, from)
	} else {
		changed, err = arch.ChangedSince(ctx, o.since)
	}
	if err != nil {
		return nil, 0, err
	}
	changed = slices.DeleteFunc(changed, func(c archive.Changed) bool {
		return slices.ContainsFunc(filters, func(f ask.NewsFilter) bool { return f.Series != "" && f.Series != c.Series })
	})
	report, err := arch.News(ctx, changed)
	if err != nil {
		return nil, 0, err
	}
	troubles, err := sources.Troubles(ctx, arch, from)
	if err != nil {
		return nil, 0, err
	}
	for _, t := range troubles {
		if n := t.News(); o.since.IsZero() || !n.Since.Before(o.since) {
			report.Sources = append(report.Sources, n)
		}
	}
	return report, seq, nil
}

// deliver writes the report to its destination and returns once it has all arrived.
func (a *app) deliver(ctx context.Context, report *ask.Changes, o changesOptions) error {
	if o.webhook != "" {
		var body bytes.Buffer
		if err := show.JSON(&body, report); err != nil {
			return err
		}
		if err := a.post(ctx, o.webhook, body.Bytes()); err != nil {
			return err
		}
	}
	if o.exec != "" {
		return a.pipe(ctx, o.exec, func(w io.Writer) error { return a.writeNews(w, report, o.send) })
	}
	if o.webhook != "" {
		return nil
	}
	if a.format == formatText {
		return errors.Join(a.answer(report), a.stdout.Flush())
	}
	return errors.Join(a.writeNews(a.stdout, report, o.send), a.stdout.Flush())
}

// writeNews writes the report in the format the user asked for.
func (a *app) writeNews(w io.Writer, report *ask.Changes, send bulletin.Options) error {
	if send.Title == "" {
		send.Title = "Readout: " + show.Summary(report)
		if a.format == formatAtom { // the title of a feed names the feed, not its contents
			send.Title = "Readout"
		}
	}
	send.Date = a.now().UTC()
	switch a.format {
	case formatJSON:
		return show.JSON(w, report)
	case formatLines:
		return show.JSONLines(w, report.Lines())
	case formatMarkdown:
		return redline.DigestMarkdown(w, send.Title, report, send.Redline)
	case formatHTML:
		return redline.DigestHTML(w, send.Title, report, send.Redline)
	case formatAtom:
		return bulletin.Atom(w, report, send)
	case formatMail:
		if send.From == "" {
			send.From = sender(a.env)
		}
		return bulletin.Mail(w, report, send)
	}
	return show.Text(w, show.Style{Width: a.style.Width}, report)
}

// sender returns the address of whoever runs the program.
func sender(env func(string) string) string {
	user := env("LOGNAME")
	if user == "" {
		user = env("USER")
	}
	host, err := os.Hostname()
	if user == "" || err != nil || strings.ContainsAny(user+host, " <>@\"") {
		return ""
	}
	return user + "@" + host
}
