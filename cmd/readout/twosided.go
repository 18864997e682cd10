package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"readout/diff"
	"readout/internal/archive"
	"readout/internal/ask"
	"readout/timeline"
)

// diffTwoSided holds two sides' accounts of one meeting against each other. One name is
// enough where the store has the other side's release.
func (a *app) diffTwoSided(ctx context.Context, names []string, o diffOptions) error {
	if a.format.isDocument() {
		return &usageError{msg: "diff --two-sided writes " + joined(formatsOf("")), hint: "readout diff --two-sided RELEASE"}
	}
	var x, y *timeline.Release
	var err error
	switch len(names) {
	case 1:
		x, y, err = a.otherAccount(ctx, names[0])
	case 2:
		x, y, err = a.sides(ctx, names[0], names[1])
	default:
		return &usageError{msg: "diff --two-sided takes one release or two", hint: "readout diff --two-sided RELEASE"}
	}
	if err != nil {
		return err
	}
	t := a.twoSided(x, y)
	if err := a.answer(t); err != nil {
		return err
	}
	if o.exitCode && t.Differs() {
		return errDifferent
	}
	return nil
}

// twoSided compares two accounts word by word, or sets them side by side where they are
// one issuer's in two languages.
func (a *app) twoSided(x, y *timeline.Release) *ask.TwoSided {
	name := a.rules.Extract().Gazetteer.Name
	one := len(timeline.Meetings([]*timeline.Release{x, y})) == 1
	if one && ask.InTwoLanguages(x, y) {
		return ask.NewTwoLanguages(x, y, name, "one meeting, told by one side in two languages, by headings")
	}
	verdict := fmt.Sprintf("%s and %s may not be about one meeting", x.ID, y.ID)
	if one {
		verdict = "one meeting, told by both sides"
	}
	opts := a.diffOptions()
	opts.Cause = diff.Position
	return ask.NewTwoSided(diff.Compare(x, y, opts), name, verdict)
}

// otherAccount returns the release called name and that of another side about the same
// meeting.
func (a *app) otherAccount(ctx context.Context, name string) (x, y *timeline.Release, err error) {
	arch, err := a.open()
	if err != nil {
		return nil, nil, err
	}
	ref, err := parseRef(name)
	if err != nil {
		return nil, nil, err
	}
	x, err = arch.Release(ctx, ref)
	var several *archive.AmbiguousError
	if errors.As(err, &several) && len(several.Candidates) == 2 { // such as the day of the meeting: both are meant
		return a.sides(ctx, several.Candidates[0], several.Candidates[1])
	}
	if err != nil {
		return nil, nil, err
	}
	releases, err := arch.Releases(ctx, x.Series, archive.SeriesOptions{})
	if err != nil {
		return nil, nil, seriesError(x.Series, err)
	}
	var others []*timeline.Release
	for _, m := range timeline.Meetings(releases) {
		if !strings.Contains(" "+m.Key()+" ", " "+x.ID+" ") {
			continue
		}
		for _, r := range m.Releases {
			if r.ID != x.ID {
				others = append(others, r)
			}
		}
	}
	switch len(others) {
	case 0:
		return nil, nil, &hintedError{
			err:  fmt.Errorf("the store has no other side's release about the meeting of %s", x.ID),
			hint: "readout list --series " + string(x.Series),
		}
	case 1:
		return x, others[0], nil
	}
	return nil, nil, &usageError{msg: fmt.Sprintf("%d other releases tell of that meeting: name two", len(others)),
		hint: fmt.Sprintf("readout diff --two-sided %s %s", x.ID, others[0].ID)}
}
