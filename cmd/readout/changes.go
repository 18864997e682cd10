package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"readout/diff"
	"readout/internal/ask"
	"readout/internal/show"
	"readout/internal/show/bulletin"
	"readout/internal/show/redline"
	"readout/timeline"
)

func (a *app) changesCommand() *cli.Command {
	return &cli.Command{
		Name:  "changes",
		Usage: "what is new: releases with their position changes, altered pages, sources in trouble",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "since", Usage: "what was captured at `TIME` or later (RFC 3339, or a date)"},
			&cli.StringFlag{
				Name:  "since-last",
				Usage: "what NAME has not been told yet; `NAME` is remembered once the report was delivered",
			},
			&cli.Uint64Flag{Name: "after", Usage: "what came in after number `N` of the log, as a report names it"},
			&cli.IntFlag{
				Name:        "max",
				Usage:       "tell at most `N` changes, the weightiest; 0: all of them",
				DefaultText: "40 and under 20 kB, all for json, jsonl and atom",
			},
			&cli.BoolFlag{Name: "exit-code", Usage: "exit with 3 where there is news"},
			againstFlag(),
			&cli.StringFlag{Name: "watch", Usage: "with the filters of the watch `NAME` (readout watch)"},
			&cli.StringFlag{Name: "mail-to", Usage: "with --format rfc822: the recipients, `ADDRESSES` separated by commas"},
			&cli.StringFlag{Name: "mail-from", Usage: "with --format rfc822: the sender's `ADDRESS`"},
			&cli.StringFlag{Name: "subject", Usage: "the `TITLE` of a page, feed or message", DefaultText: "what is in it"},
			&cli.StringFlag{Name: "exec", Usage: "hand the report to `COMMAND` of the shell on its standard input"},
			&cli.StringFlag{Name: "webhook", Usage: "post the report as JSON to `URL`; $READOUT_WEBHOOK_SECRET signs it"},
			timestampFlag(),
			&cli.StringFlag{
				Name:        "webhook-format",
				Usage:       "with --webhook: as `FORMAT`: json, or a short message for slack, teams or mattermost",
				DefaultText: "json",
			},
		}, newsFilterFlags()...),
		Description: `Prints nothing at all where there is nothing to tell. Position changes (a later
meeting says something else) and record changes (a published page was altered) are
told apart; changes of readout's own rules are no news.

With --since-last, the first use of a NAME starts from now, and tells nothing. NAME moves
on only after the report was written out whole, and --exec or --webhook succeeded: news
may be told twice after a failure, never lost.

What is for people has a ceiling: the weightiest changes are told, what only the author
narrates is not, and the last line counts what was left out and gives the command that
tells all of it.

Where there is news, the head of the log of captures is said on standard error; with
--timestamp an authority says when it saw that head.

Beside text, json and jsonl, --format takes markdown, html, atom (a feed) and
rfc822 (a message for sendmail -t).

  readout changes --since 2031-04-01
  readout changes --since-last desk --series JP-RU
  readout changes --since-last desk --exit-code >news.txt || mail -s News desk <news.txt
  readout changes --since-last mail --format rfc822 --mail-to desk@mfa.example | sendmail -t`,
		Action: func(c *cli.Context) error {
			v := a.values(c)
			o := changesOptions{
				since:     v.start("since"),
				name:      c.String("since-last"),
				watch:     c.String("watch"),
				filter:    v.newsFilter(),
				against:   v.against(),
				exec:      c.String("exec"),
				webhook:   c.String("webhook"),
				after:     c.Uint64("after"),
				exitCode:  c.Bool("exit-code"),
				most:      -1,
				authority: c.String("timestamp"),
				send: bulletin.Options{Title: c.String("subject"), From: c.String("mail-from"), To: v.list("mail-to"),
					Redline: redline.Options{Names: a.partyName}},
			}
			if c.IsSet("max") {
				if o.most = c.Int("max"); o.most < 0 {
					v.fail("max", fmt.Errorf("%d is less than nothing", o.most), "--max 0")
				}
			}
			o.chat = oneOf(&v, "webhook-format", webhookJSON, append(bulletin.ChatKinds(), webhookJSON))
			if v.err != nil {
				return v.err
			}
			if c.IsSet("webhook-format") && o.webhook == "" {
				return &usageError{
					msg:  "--webhook-format goes with --webhook",
					hint: "readout changes --since-last hook --webhook URL --webhook-format slack",
				}
			}
			if _, err := operands(c); err != nil {
				return err
			}
			if o.name != "" && (!o.since.IsZero() || c.IsSet("after")) {
				return &usageError{msg: "--since and --after cannot go with --since-last", hint: "readout changes --since-last " + o.name}
			}
			if !o.since.IsZero() && c.IsSet("after") {
				return &usageError{msg: "--since cannot go with --after", hint: "readout changes --since 2031-04-17"}
			}
			if a.format == formatMail && len(o.send.To) == 0 {
				return &usageError{
					msg:  "--format rfc822 needs --mail-to",
					hint: "readout changes --format rfc822 --mail-to desk@mfa.example",
				}
			}
			return a.changes(c.Context, o)
		},
	}
}

// webhookJSON stands among the chats for the report itself.
const webhookJSON bulletin.ChatKind = "json"

type changesOptions struct {
	since         time.Time
	after         uint64 // number of the log that is told on from
	name, watch   string
	filter        ask.NewsFilter
	against       diff.Basis
	exec, webhook string
	chat          bulletin.ChatKind // what the webhook takes, or webhookJSON
	exitCode      bool
	authority     string // that stamps the head, "" for none
	most          int    // changes to tell, 0 for all, -1 for as many as the format has room for
	send          bulletin.Options
}

// newsFilterFlags narrow news; "changes" and "watch add" share them.
func newsFilterFlags() []cli.Flag {
	return []cli.Flag{
		seriesFlag(),
		&cli.StringFlag{Name: "topic", Usage: "only news of `TOPIC`, by its id or words of its name"},
		&cli.StringFlag{Name: "phrase", Usage: "only where `WORDS` came in or went"},
		&cli.StringFlag{
			Name:  "kind",
			Usage: "only these `KINDS` of news (position,record,source) or of releases (meeting,call,joint-statement,…)",
		},
		formFlags()[1],
		&cli.BoolFlag{Name: "shifts", Usage: "only what softened or firmed, or went from both sides to one or back"},
		&cli.IntFlag{Name: "min-words", Usage: "only changes of at least `N` words", DefaultText: "0"},
	}
}

func (v *flagReader) newsFilter() ask.NewsFilter {
	f := ask.NewsFilter{Series: v.series("series"), Topic: v.c.String("topic"), Phrase: v.c.String("phrase"),
		Levels: closedSet(v, "level", timeline.Levels()), MinWords: v.c.Int("min-words"), Shifts: v.c.Bool("shifts")}
	for _, k := range closedSet(v, "kind", newsAndReleaseKinds()) {
		if slices.Contains(ask.NewsKinds(), ask.NewsKind(k)) {
			f.Kinds = append(f.Kinds, ask.NewsKind(k))
		} else {
			f.Forms = append(f.Forms, timeline.Kind(k))
		}
	}
	if f.MinWords < 0 {
		v.fail("min-words", fmt.Errorf("%d is less than nothing", f.MinWords), "")
	}
	return f
}

// newsAndReleaseKinds are the values of --kind: the kinds of news and those of releases, which
// have none in common.
func newsAndReleaseKinds() []string {
	var out []string
	for _, k := range ask.NewsKinds() {
		out = append(out, string(k))
	}
	for _, k := range timeline.Kinds() {
		out = append(out, string(k))
	}
	return out
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
