package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/show"
	"readout/internal/show/bulletin"
	"readout/internal/sources"
)

// The ceiling of a report that people read: a message that is longer is not read, and some
// servers refuse it.
const (
	mostNews  = 40        // changes
	newsBytes = 19 * 1024 // as written, every alternative of a message counted
)

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
	if o.name != "" {
		from, known, err := arch.Remembered(ctx, o.name)
		if err != nil {
			return err
		}
		if !known {
			a.note("%s starts from now; readout changes --since DAY tells older news", o.name)
			return arch.Remember(ctx, o.name, from)
		}
		o.after = from
	}
	report, seq, err := a.news(ctx, arch, filters, o)
	if err != nil {
		return err
	}
	for _, f := range filters {
		report = report.Keep(f)
	}
	news := !report.Empty()
	if news {
		if err := a.deliver(ctx, report, o); err != nil {
			return err
		}
	}
	if o.name != "" {
		if err := arch.Remember(ctx, o.name, seq); err != nil {
			return err
		}
	}
	if news {
		if err := a.noteHead(ctx, arch, o.authority); err != nil {
			return err
		}
	}
	if news && o.exitCode {
		return errDifferent
	}
	return nil
}

// news returns what happened since the point that the options name, in the series
// that the filters let through, and how far the log goes.
func (a *app) news(ctx context.Context, arch *archive.Archive, filters []ask.NewsFilter, o changesOptions) (*ask.Changes, uint64, error) {
	var changed []archive.Changed
	var seq uint64
	var err error
	if o.since.IsZero() {
		changed, seq, err = arch.Changed(ctx, o.after)
	} else {
		changed, err = arch.ChangedSince(ctx, o.since)
	}
	if err != nil {
		return nil, 0, err
	}
	changed = slices.DeleteFunc(changed, func(c archive.Changed) bool {
		return slices.ContainsFunc(filters, func(f ask.NewsFilter) bool { return f.Series != "" && f.Series != c.Series })
	})
	report, err := arch.News(ctx, changed, o.against)
	if err != nil {
		return nil, 0, err
	}
	troubles, err := sources.Troubles(ctx, arch, o.after)
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
		body, err := o.posted(report)
		if err != nil {
			return err
		}
		if err := a.post(ctx, o.webhook, body); err != nil {
			return err
		}
	}
	if o.webhook != "" && o.exec == "" {
		return nil
	}
	report, err := a.ceiling(report, o)
	if err != nil {
		return err
	}
	if o.exec != "" {
		return a.pipe(ctx, o.exec, func(w io.Writer) error { return a.writeNews(w, report, o.send) })
	}
	if a.format == formatText {
		return errors.Join(a.answer(report), a.stdout.Flush())
	}
	return errors.Join(a.writeNews(a.stdout, report, o.send), a.stdout.Flush())
}

// posted returns what a webhook is sent.
func (o changesOptions) posted(report *ask.Changes) ([]byte, error) {
	if o.chat != webhookJSON {
		return bulletin.Chat(o.chat, report)
	}
	var body bytes.Buffer
	err := show.JSON(&body, o.programs(report))
	return body.Bytes(), err
}

// programs returns the report as programs take it: whole, unless --max was given.
func (o changesOptions) programs(report *ask.Changes) *ask.Changes {
	if o.most <= 0 {
		return report
	}
	return o.brief(report, o.most)
}

// ceiling returns as much of the report as its format has room for.
func (a *app) ceiling(report *ask.Changes, o changesOptions) (*ask.Changes, error) {
	if o.most >= 0 || a.format == formatJSON || a.format == formatLines || a.format == formatAtom {
		return o.programs(report), nil
	}
	for most := mostNews; ; most /= 2 {
		told := o.brief(report, most)
		var b bytes.Buffer
		if err := a.writeNews(&b, told, o.send); err != nil || b.Len() <= newsBytes || most == 0 {
			return told, err
		}
	}
}

// brief returns the weightiest changes, with the command that tells all.
func (o changesOptions) brief(report *ask.Changes, most int) *ask.Changes {
	told := report.Brief(most)
	if told.LeftOut == nil {
		return told
	}
	told.LeftOut.Command = fmt.Sprintf("readout changes --after %d --max 0", o.after)
	if !o.since.IsZero() {
		told.LeftOut.Command = "readout changes --since " + ask.Instant{Time: o.since}.String() + " --max 0"
	}
	if o.watch != "" {
		told.LeftOut.Command += " --watch " + o.watch
	}
	return told
}
