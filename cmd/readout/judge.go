package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/urfave/cli/v2"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/judge"
	"readout/timeline"
)

// modelKeyVariable holds the token for an endpoint that wants one.
const modelKeyVariable = "READOUT_MODEL_KEY"

// judgeOptions are the flags of "judge".
type judgeOptions struct {
	model      judge.Model
	series     timeline.SeriesID // empty for all
	list, undo bool
	again      bool
}

func (a *app) judgeCommand() *cli.Command {
	return &cli.Command{
		Name:      "judge",
		Usage:     "let a local model judge which topics that may be one issue are one",
		ArgsUsage: "[TOPIC OTHER]",
		Flags: []cli.Flag{
			&cli.StringFlag{
				Name:  "model-url",
				Usage: "the `URL` of a server that speaks OpenAI's chat completions (http://127.0.0.1:8080)",
			},
			&cli.StringFlag{Name: "model", Value: "default", Usage: "the `NAME` of the model there"},
			&cli.BoolFlag{Name: "again", Usage: "ask again what this model was asked before"},
			&cli.BoolFlag{Name: "list", Usage: "list the judgements that are kept"},
			&cli.BoolFlag{Name: "undo", Usage: "take back the judgement on two topics, or all of them"},
			&cli.BoolFlag{Name: "allow-private", Usage: "also go to addresses that are neither public nor this machine's own"},
			seriesFlag(),
		},
		Description: `Off unless it is asked for. The pairs that topics propose lists are put to the model, with
the first statements of either topic; it says same, different or unsure, and that is kept
as a judgement, with the hashes of question and model. Answers are made of what is kept
and never ask a model: they are the same wherever the store is. A judgement joins two
topics, or keeps them apart, while the texts leave it open and until a person decides
(topics merge, topics apart). What another model says is a technical change, and no news.

$READOUT_MODEL_KEY is sent as a bearer token where it is set. No redirect is followed.

  readout judge --model-url http://127.0.0.1:8080 --series JP-RU
  readout judge --list
  readout judge --undo --series JP-RU`,
		Action: func(c *cli.Context) error {
			v := a.values(c)
			o := judgeOptions{
				series: v.series("series"),
				list:   c.Bool("list"),
				undo:   c.Bool("undo"),
				again:  c.Bool("again"),
				model: judge.Model{URL: c.String("model-url"), Name: c.String("model"), Key: a.env(modelKeyVariable),
					AllowPrivate: c.Bool("allow-private")},
			}
			if v.err != nil {
				return v.err
			}
			if err := o.check(c); err != nil {
				return err
			}
			arch, err := a.open()
			if err != nil {
				return err
			}
			switch {
			case o.undo:
				return a.unjudge(c.Context, arch, o, c.Args().Slice())
			case o.list:
				return a.judgements(c.Context, arch, o, &ask.Judgements{})
			}
			return a.judge(c.Context, arch, o)
		},
	}
}

// check reports what goes together badly.
func (o judgeOptions) check(c *cli.Context) error {
	ways := 0
	for _, way := range []bool{o.model.URL != "", o.list, o.undo} {
		if way {
			ways++
		}
	}
	switch {
	case ways != 1:
		return &usageError{
			msg:  "judge: one of --model-url, --list and --undo is needed",
			hint: "readout judge --model-url http://127.0.0.1:8080",
		}
	case o.undo && c.Args().Len() == 2:
		return nil
	case o.undo && c.Args().Len() > 0:
		return &usageError{
			msg:  "judge: --undo takes the two topics of a judgement, or none for all of them",
			hint: "readout judge --undo TOPIC OTHER",
		}
	}
	_, err := operands(c)
	return err
}

// judge puts every pair in doubt to the model that did not judge this very question before. Each
// judgement is kept at once: the next one may fail.
func (a *app) judge(ctx context.Context, arch *archive.Archive, o judgeOptions) error {
	ids, err := a.judgedSeries(ctx, arch, o, seriesIDs)
	if err != nil {
		return err
	}
	out, failed := &ask.Judgements{}, false
	for _, id := range ids {
		s, err := arch.Series(ctx, id, archive.SeriesOptions{WithoutJudgements: true})
		if err != nil {
			return seriesError(id, err)
		}
		kept, err := arch.Curation(ctx, id)
		if err != nil {
			return err
		}
		for _, q := range judge.Questions(s.Topics) {
			if !o.again && askedBefore(kept, q, o.model.Name) {
				continue
			}
			if err := a.judgeOne(ctx, arch, id, o.model, q, out); errors.Is(err, judge.ErrNoVerdict) {
				a.note("%s: %s and %s: %v", id, q.A.Name, q.B.Name, err)
				failed = true
			} else if err != nil {
				return err
			}
		}
	}
	if err := a.judgements(ctx, arch, o, out); err != nil {
		return err
	}
	if failed {
		return errItems
	}
	return nil
}

// judgeOne puts one question and keeps what is said.
func (a *app) judgeOne(ctx context.Context, arch *archive.Archive, id timeline.SeriesID, m judge.Model, q judge.Question,
	out *ask.Judgements) error {
	j, err := m.Ask(ctx, q)
	if err != nil {
		return err
	}
	before, err := arch.Judge(ctx, id, j)
	if err != nil {
		return err
	}
	out.Asked++
	if before != nil && before.Verdict != j.Verdict {
		out.Changed++
	}
	return nil
}

// askedBefore reports whether a model of that name has judged this very question.
func askedBefore(c timeline.Curation, q judge.Question, model string) bool {
	return slices.ContainsFunc(c.Judgements, func(j timeline.Judgement) bool {
		return j.Pairs(q.A.Name, q.B.Name) && j.Question == q.SHA256() && j.Model == model
	})
}

// unjudge takes back the judgement on the two topics, or every one.
func (a *app) unjudge(ctx context.Context, arch *archive.Archive, o judgeOptions, pair []string) error {
	ids, err := a.judgedSeries(ctx, arch, o, judged)
	if err != nil {
		return err
	}
	out := &ask.Judgements{}
	for _, id := range ids {
		n, err := arch.Unjudge(ctx, id, func(j timeline.Judgement) bool { return len(pair) == 0 || j.Pairs(pair[0], pair[1]) })
		if err != nil {
			return err
		}
		out.Undone += n
	}
	if out.Undone == 0 && len(pair) > 0 {
		return &hintedError{err: fmt.Errorf("no judgement is kept on %q and %q", pair[0], pair[1]), hint: "readout judge --list"}
	}
	return a.judgements(ctx, arch, o, out)
}

// judgements fills an answer with all that is kept, and writes it.
func (a *app) judgements(ctx context.Context, arch *archive.Archive, o judgeOptions, out *ask.Judgements) error {
	ids, err := a.judgedSeries(ctx, arch, o, judged)
	if err != nil {
		return err
	}
	out.Schema, out.Judgements = "readout.judgements/1", []ask.Judgement{}
	for _, id := range ids {
		c, err := arch.Curation(ctx, id)
		if err != nil {
			return err
		}
		s, err := arch.Series(ctx, id, archive.SeriesOptions{})
		if err != nil {
			return seriesError(id, err)
		}
		for _, j := range c.Judgements {
			out.Judgements = append(out.Judgements, ask.NewJudgement(id, j, s.Topics))
		}
	}
	a.note("%s", judgedNote(out))
	return a.answer(out)
}

// judgedNote says in a line what was done.
func judgedNote(j *ask.Judgements) string {
	note := fmt.Sprintf("judgements kept: %d", len(j.Judgements))
	if j.Asked > 0 {
		note += fmt.Sprintf(", questions answered: %d", j.Asked)
	}
	if j.Changed > 0 {
		note += fmt.Sprintf(", of these otherwise than before (a technical change): %d", j.Changed)
	}
	if j.Undone > 0 {
		note += fmt.Sprintf(", taken back: %d", j.Undone)
	}
	return note
}

// judged returns the series of which judgements are kept.
func judged(ctx context.Context, arch *archive.Archive) ([]timeline.SeriesID, error) {
	return arch.Judged(ctx)
}

// judgedSeries returns the series that --series names, else those of all.
func (a *app) judgedSeries(ctx context.Context, arch *archive.Archive, o judgeOptions,
	all func(context.Context, *archive.Archive) ([]timeline.SeriesID, error)) ([]timeline.SeriesID, error) {
	if o.series != "" {
		return []timeline.SeriesID{o.series}, nil
	}
	return all(ctx, arch)
}
