package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/timeline"
)

func (a *app) topicsCommand() *cli.Command {
	return &cli.Command{
		Name:  "topics",
		Usage: "list the issues of a series; rename, merge, split or pin them",
		Flags: []cli.Flag{seriesFlag(), asKnownAtFlag()},
		Subcommands: []*cli.Command{
			a.curateCommand("rename", "call a topic by another name; the old one stays an alias", "TOPIC NAME",
				func(o []string) timeline.Decision {
					return timeline.Decision{Op: timeline.Rename, Topic: o[0], Name: o[1]}
				}),
			a.curateCommand("alias", "give a topic a further name", "TOPIC NAME",
				func(o []string) timeline.Decision {
					return timeline.Decision{Op: timeline.Alias, Topic: o[0], Name: o[1]}
				}),
			a.curateCommand("merge", "make a topic part of another one", "TOPIC INTO",
				func(o []string) timeline.Decision {
					return timeline.Decision{Op: timeline.Merge, Topic: o[0], Into: o[1]}
				}),
			a.curateCommand("split", "put the statements of a topic that contain WORDS under a topic called NAME", "TOPIC WORDS NAME",
				func(o []string) timeline.Decision {
					return timeline.Decision{Op: timeline.Split, Topic: o[0], Text: o[1], Name: o[2]}
				}),
			a.placeCommand("pin", "put a statement under a topic, which is made where there is none", "STATEMENT TOPIC", timeline.Pin),
			a.placeCommand("exclude", "take a statement out of a topic; \"\" stands for all", "STATEMENT TOPIC", timeline.Exclude),
			a.curateCommand("apart", "say that two topics are two issues; they are not proposed for one any more", "TOPIC OTHER",
				func(o []string) timeline.Decision {
					return timeline.Decision{Op: timeline.Apart, Topic: o[0], Into: o[1]}
				}),
			a.proposeCommand(),
			a.explainCommand(),
			a.exportCurationCommand(),
			a.importCurationCommand(),
		},
		Description: `Decisions about topics always win over what readout finds by itself, and survive
new releases and reindexing. A statement is named by its id, as show prints it.

  readout topics --series JP-RU
  readout topics rename "Territorial issues" "Northern Territories issue" --series JP-RU
  readout topics propose --series JP-RU
  readout topics explain 2004-11-17-jp-ru#7`,
		Action: a.onArchive(func(c *cli.Context, arch *archive.Archive) error {
			v := a.values(c)
			known := archive.SeriesOptions{AsKnownAt: v.knownAt("as-known-at")}
			if v.err != nil {
				return v.err
			}
			series, err := a.namedSeries(c, arch)
			if err != nil {
				return err
			}
			s, err := arch.Series(c.Context, series, known)
			if err != nil {
				return seriesError(series, err)
			}
			a.nothing(len(s.Topics.Topics), "no topic was found in "+string(series))
			return a.answer(ask.NewTopics(series, s.Topics.Topics))
		}),
	}
}

// proposeCommand lists the topics that are likely one issue.
func (a *app) proposeCommand() *cli.Command {
	return &cli.Command{
		Name: "propose", Usage: "list the topics that may be one issue under two names", Flags: []cli.Flag{seriesFlag()},
		Description: `Two topics are joined only where the texts show that they are one issue. Where that is
merely likely they are proposed here, and a meeting that raised one of them is not said
to be silent on the other. Each proposal is settled by one of the two commands it shows.`,
		Action: a.onArchive(func(c *cli.Context, arch *archive.Archive) error {
			series, err := a.namedSeries(c, arch)
			if err != nil {
				return err
			}
			s, err := arch.Series(c.Context, series, archive.SeriesOptions{})
			if err != nil {
				return seriesError(series, err)
			}
			p := ask.NewProposals(series, s.Topics)
			a.nothing(len(p.Proposals), "no two topics of "+string(series)+" are likely one issue")
			return a.answer(p)
		}),
	}
}

// curateCommand is a decision about the topic that the first operand names.
func (a *app) curateCommand(name, usage, args string, decide func(operands []string) timeline.Decision) *cli.Command {
	return &cli.Command{
		Name: name, Usage: usage, ArgsUsage: args, Flags: []cli.Flag{seriesFlag()},
		Action: a.onOperands(args, func(c *cli.Context, arch *archive.Archive, ops []string) error {
			series, err := a.namedSeries(c, arch)
			if err != nil {
				return err
			}
			return a.curate(c.Context, arch, series, decide(ops))
		}),
	}
}

// placeCommand is a decision about where one statement belongs.
func (a *app) placeCommand(name, usage, args string, op timeline.CurationOp) *cli.Command {
	return &cli.Command{
		Name: name, Usage: usage, ArgsUsage: args,
		Action: a.onOperands(args, func(c *cli.Context, arch *archive.Archive, ops []string) error {
			rel, st, err := statement(c.Context, arch, ops[0])
			if err != nil {
				return err
			}
			return a.curate(c.Context, arch, rel.Series, timeline.Decision{Op: op, Topic: ops[1], Release: rel.ID, Text: st.Text})
		}),
	}
}

// statement returns the statement with the id "RELEASE#n" and its release.
func statement(ctx context.Context, arch *archive.Archive, id string) (*timeline.Release, timeline.Statement, error) {
	release, number, ok := strings.Cut(id, "#")
	if !ok {
		return nil, timeline.Statement{}, &usageError{
			msg:  fmt.Sprintf("%q is not the id of a statement, RELEASE#7", id),
			hint: "readout show " + id,
		}
	}
	ref, err := parseRef(release)
	if err != nil {
		return nil, timeline.Statement{}, err
	}
	rel, err := arch.Release(ctx, ref)
	if err != nil {
		return nil, timeline.Statement{}, err
	}
	for _, st := range rel.Statements {
		if strings.HasSuffix(st.ID, "#"+number) {
			return rel, st, nil
		}
	}
	return nil, timeline.Statement{}, &hintedError{
		err:  fmt.Errorf("release %s has no statement #%s, it has %d", rel.ID, number, len(rel.Statements)),
		hint: "readout show " + rel.ID,
	}
}

// curate adds a decision to those of the series and says what it did. A topic that
// the decision needs and the series does not have is an error.
func (a *app) curate(ctx context.Context, arch *archive.Archive, series timeline.SeriesID, d timeline.Decision) error {
	if series == "" {
		return &usageError{msg: "the release belongs to no series", hint: "readout ingest --parties JP,RU FILE"}
	}
	s, err := arch.Series(ctx, series, archive.SeriesOptions{WithoutJudgements: true}) // a person decides about what a model joined, too
	if err != nil {
		return seriesError(series, err)
	}
	for _, name := range []*string{&d.Topic, &d.Into} {
		if *name == "" || d.Op == timeline.Pin {
			continue
		}
		t, err := exactTopic(s, *name)
		if err != nil {
			return err
		}
		*name = t.Name
	}
	if (d.Op == timeline.Rename || d.Op == timeline.Alias || d.Op == timeline.Split) && strings.TrimSpace(d.Name) == "" {
		return &usageError{msg: "a topic needs a name", hint: "readout topics --help"}
	}
	before := len(s.Topics.Topics)
	err = arch.Curate(ctx, series, func(c timeline.Curation) (timeline.Curation, error) {
		c.Decisions = append(c.Decisions, d)
		return c, nil
	})
	if err != nil {
		return err
	}
	if s, err = arch.Series(ctx, series, archive.SeriesOptions{}); err != nil {
		return err
	}
	a.note("%s: %s noted, %d topics before and %d now", series, d.Op, before, len(s.Topics.Topics))
	return nil
}

// exactTopic returns the topic that has that id or name.
func exactTopic(s *archive.Series, name string) (timeline.Topic, error) {
	matches := s.Topics.Find(name)
	if len(matches) > 0 && matches[0].Exact {
		return matches[0].Topic, nil
	}
	hint := "readout topics --series " + string(s.ID)
	err := fmt.Errorf("%s has no topic called %q", s.ID, name)
	if len(matches) > 0 {
		err = fmt.Errorf("%w; the nearest is %q", err, matches[0].Topic.Name)
	}
	return timeline.Topic{}, &hintedError{err: err, hint: hint}
}

func (a *app) explainCommand() *cli.Command {
	return &cli.Command{
		Name: "explain", Usage: "say why a statement is under its topics", ArgsUsage: "STATEMENT",
		Action: a.onOperands("STATEMENT", func(c *cli.Context, arch *archive.Archive, ops []string) error {
			rel, st, err := statement(c.Context, arch, ops[0])
			if err != nil {
				return err
			}
			if rel.Series == "" {
				return &hintedError{
					err:  fmt.Errorf("release %s belongs to no series, so its statements have no topics", rel.ID),
					hint: "readout ingest --parties JP,RU FILE",
				}
			}
			s, err := arch.Series(c.Context, rel.Series, archive.SeriesOptions{})
			if err != nil {
				return err
			}
			return a.answer(ask.NewExplanation(st, s.Topics))
		}),
	}
}
