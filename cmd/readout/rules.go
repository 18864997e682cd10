package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/rules"
	"readout/internal/rules/example"
	"readout/internal/rules/list"
	"readout/timeline"
)

func (a *app) rulesCommand() *cli.Command {
	return &cli.Command{
		Name:  "rules",
		Usage: "the rules by which texts are read: try their examples, ask which ones decided",
		Subcommands: []*cli.Command{
			{Name: "test", Usage: "run the examples of the rule files, yours among them", Action: a.testRules},
			{
				Name: "why", Usage: "name the rules that decided act, speakers, topic and day of a statement", ArgsUsage: "ID#N",
				Flags:  []cli.Flag{&cli.StringFlag{Name: "text", Usage: "ask about `SENTENCE`, as one of Norway after talks with Uruguay"}},
				Action: a.whyRules,
			},
		},
		Description: `Rule files stand in a folder (--rules); docs/word-lists.md describes them. An example in
one is a text and what must come out of it, below the rule that it is for:

  > The two ministers pledged to open a ferry line. => act commit; speakers NO UY

A rule decides what is another answer without it: "rules why" reads the text again
without each rule that may have a say, which takes some seconds.

  readout rules test --rules ~/rules
  readout rules why 2031-03-11-no-uy-foreign-ministers-meeting#4
  readout rules why --text "The two sides agreed on the krill quota."`,
		Action: a.testRules,
	}
}

// testRules is the action of "rules test".
func (a *app) testRules(c *cli.Context) error {
	if _, err := operands(c); err != nil {
		return err
	}
	n, failed := example.RunAll(a.rules)
	out := make([]ask.RuleFailure, len(failed))
	for i, f := range failed {
		out[i] = ask.RuleFailure{File: f.File, Line: f.Line, Text: f.Text, What: f.Key, Want: f.Want, Got: f.Got}
	}
	if err := a.answer(ask.NewRulesTest(n, out)); err != nil {
		return err
	}
	if len(failed) > 0 {
		return errItems
	}
	return nil
}

// whyRules is the action of "rules why".
func (a *app) whyRules(c *cli.Context) error {
	if text := c.String("text"); text != "" {
		if _, err := operands(c); err != nil {
			return err
		}
		return a.answer(ask.NewRulesWhy("", text, decisions(example.WhyText(a.rules, text))))
	}
	return a.onOperands("ID#N", func(c *cli.Context, arch *archive.Archive, ops []string) error {
		id, number, _ := strings.Cut(ops[0], "#")
		n, err := strconv.Atoi(number)
		if err != nil {
			return &usageError{
				msg:  fmt.Sprintf("%q names no statement", ops[0]),
				hint: "readout rules why ID#N takes the statement's number; readout show ID shows them",
			}
		}
		ref, err := parseRef(id)
		if err != nil {
			return err
		}
		return a.whyStatement(c.Context, arch, ref, n)
	})(c)
}

// whyStatement answers for the nth statement of a release of the store.
func (a *app) whyStatement(ctx context.Context, arch *archive.Archive, ref archive.Ref, n int) error {
	read, err := arch.Reader(ctx, ref)
	if err != nil {
		return err
	}
	rel, err := read(a.rules)
	if err != nil {
		return err
	}
	if n < 1 || n > len(rel.Statements) {
		return &hintedError{err: fmt.Errorf("%s has no statement %d", rel.ID, n), hint: "readout show " + rel.ID}
	}
	series, err := arch.Releases(ctx, rel.Series, archive.SeriesOptions{})
	if err != nil {
		return err
	}
	q := &statementQuestion{read: read, number: n, series: series}
	s := rel.Statements[n-1]
	near := []string{example.Fold(rel.Title), example.Fold(headingOf(rel, s)), example.Fold(s.Text)}
	for _, first := range rel.Statements[:min(3, len(rel.Statements))] {
		near = append(near, example.Fold(first.Text))
	}
	found := example.Why(a.rules, []example.Question{
		{What: "act", Near: near[1:3], Files: example.ActFiles, Answer: q.act},
		{What: "speakers", Near: near, Files: example.SpeakerFiles, Answer: q.speakers},
		{What: "topic", Near: near[:3], Files: example.TopicFiles, Answer: q.topic},
		{What: "held", Near: near, Files: example.DayFiles, Answer: q.held},
	})
	return a.answer(ask.NewRulesWhy(s.ID, s.Text, decisions(found)))
}

// headingOf returns the heading that a statement stands under, "" for none.
func headingOf(rel *timeline.Release, s timeline.Statement) string {
	if s.Section < 0 || s.Section >= len(rel.Sections) {
		return ""
	}
	return rel.Sections[s.Section].Heading
}

// statementQuestion asks of one statement what the rules make of it.
type statementQuestion struct {
	read   func(*rules.Rules) (*timeline.Release, error)
	number int // of the statement, from 1
	series []*timeline.Release
}

// statement returns the release and the statement as the rules read them.
func (q *statementQuestion) statement(r *rules.Rules) (*timeline.Release, timeline.Statement) {
	rel, err := q.read(r)
	if err != nil || q.number > len(rel.Statements) {
		return &timeline.Release{}, timeline.Statement{}
	}
	return rel, rel.Statements[q.number-1]
}

func (q *statementQuestion) act(r *rules.Rules) string {
	_, s := q.statement(r)
	return string(s.Act)
}

func (q *statementQuestion) speakers(r *rules.Rules) string {
	_, s := q.statement(r)
	return example.Codes(s.Speakers)
}

func (q *statementQuestion) held(r *rules.Rules) string {
	rel, _ := q.statement(r)
	return rel.Held.String()
}

// topic links the series anew with the release as the rules read it.
func (q *statementQuestion) topic(r *rules.Rules) string {
	rel, s := q.statement(r)
	series := []*timeline.Release{rel}
	for _, other := range q.series {
		if other.ID != rel.ID {
			series = append(series, other)
		}
	}
	topics := timeline.Link(series, timeline.LinkOptions{Issues: r.Issues(), Words: r.WordLists()})
	var names []string
	for _, id := range topics.Of(s.ID) {
		if t, ok := topics.Get(id); ok {
			names = append(names, t.Name)
		}
	}
	return strings.Join(names, ", ")
}

func decisions(found []example.Decision) []ask.Decision {
	out := make([]ask.Decision, len(found))
	for i, d := range found {
		out[i] = ask.Decision{What: d.What, Value: d.Value}
		for _, l := range d.Rules {
			out[i].Rules = append(out[i].Rules, ruleLine(l))
		}
	}
	return out
}

func ruleLine(l list.Line) ask.RuleLine {
	return ask.RuleLine{File: l.File, Line: l.Line, Text: l.Text}
}
