package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/urfave/cli/v2"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/timeline"
)

func (a *app) watchCommand() *cli.Command {
	return &cli.Command{
		Name:  "watch",
		Usage: "keep filters for changes under a name",
		Subcommands: []*cli.Command{
			{Name: "list", Usage: "list the watches", Action: a.onArchive(a.listWatches)},
			{
				Name:      "add",
				Usage:     "keep the filters as NAME; what NAME held before is replaced",
				ArgsUsage: "NAME",
				Flags:     newsFilterFlags(),
				Action: func(c *cli.Context) error {
					v := a.values(c)
					f := v.newsFilter()
					if v.err != nil {
						return v.err
					}
					return a.watches(c, func(ctx context.Context, arch *archive.Archive, name string) error {
						if err := a.noteIdle(ctx, arch, f); err != nil {
							return err
						}
						return arch.SetWatch(ctx, ask.Watch{Name: name, Filter: f})
					})
				},
			},
			{
				Name: "remove", Usage: "forget NAME", ArgsUsage: "NAME",
				Action: func(c *cli.Context) error {
					return a.watches(c, func(ctx context.Context, arch *archive.Archive, name string) error {
						if _, err := watchNamed(ctx, arch, name); err != nil {
							return err
						}
						return arch.RemoveWatch(ctx, name)
					})
				},
			},
		},
		Description: `Without a subcommand the watches are listed.

  readout watch add krill --topic "krill quota" --series NO-UY
  readout changes --watch krill --since-last krill`,
		Action: a.onArchive(a.listWatches),
	}
}

func (a *app) listWatches(c *cli.Context, arch *archive.Archive) error {
	ws, err := arch.Watches(c.Context)
	if err != nil {
		return err
	}
	a.nothing(len(ws), "no watch; readout watch add NAME --topic TOPIC keeps one")
	return a.answer(ask.NewWatches(ws))
}

// noteIdle says where a filter can match nothing yet, because its series, topic or phrase is
// nowhere in the store.
func (a *app) noteIdle(ctx context.Context, arch *archive.Archive, f ask.NewsFilter) error {
	ids := []timeline.SeriesID{f.Series}
	if f.Series == "" {
		var err error
		if ids, err = seriesIDs(ctx, arch); err != nil {
			return err
		}
	}
	series, topic, phrase := f.Series == "", f.Topic == "", f.Phrase == ""
	for _, id := range ids {
		if series && topic && phrase {
			break
		}
		s, err := arch.Series(ctx, id, archive.SeriesOptions{})
		if isNotFound(err) {
			continue
		}
		if err != nil {
			return err
		}
		series = true
		topic = topic || slices.ContainsFunc(s.Topics.Topics, f.Fits)
		phrase = phrase || timeline.Trace(s.Releases, f.Phrase, timeline.TraceOptions{}).Used()
	}
	const idle = "the watch matches nothing until "
	switch {
	case !series:
		a.note("the store has no series %s yet: "+idle+"it has", f.Series)
	case !topic:
		a.note("no topic is called %q yet: "+idle+"one is", f.Topic)
	case !phrase:
		a.note("nothing says %q yet: "+idle+"something does", f.Phrase)
	}
	return nil
}

// watches does something with the watch that the operand names.
func (a *app) watches(c *cli.Context, do func(context.Context, *archive.Archive, string) error) error {
	ops, err := operands(c, "NAME")
	if err != nil {
		return err
	}
	arch, err := a.open()
	if err != nil {
		return err
	}
	return do(c.Context, arch, ops[0])
}

// watchNamed returns the watch of that name.
func watchNamed(ctx context.Context, arch *archive.Archive, name string) (ask.Watch, error) {
	ws, err := arch.Watches(ctx)
	if err != nil {
		return ask.Watch{}, err
	}
	for _, w := range ws {
		if w.Name == name {
			return w, nil
		}
	}
	return ask.Watch{}, &hintedError{err: fmt.Errorf("there is no watch %q", name), hint: "readout watch"}
}
