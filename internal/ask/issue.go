package ask

import (
	"slices"

	"readout/diff"
	"readout/diff/formula"
	"readout/timeline"
)

// Issue sums a topic up: how often it is raised, the formula in which it is held, the strongest
// thing said last, what moved last, and where it is missing.
type Issue struct {
	Raised   int            `json:"raised"`   // meetings that raise it
	Meetings int            `json:"meetings"` // of the series
	Formula  *IssueFormula  `json:"formula"`  // null where no clause recurs, or none was looked for
	Formulas int            `json:"formulas"` // on the topic
	Position *Position      `json:"position"` // the strongest at the last meeting that raises it, null where it only narrates
	Moved    *IssueMove     `json:"moved"`    // the last change that has a direction, or else the last of the formula; null for none
	Missing  *FormulaMissed `json:"missing"`  // the last text that lacks what was to be expected, null for none
}

// IssueFormula is the standing formula of a topic.
type IssueFormula struct {
	ID       string           `json:"id"`
	Text     string           `json:"text"`
	Lane     string           `json:"lane"`
	Speakers []timeline.Party `json:"speakers"` // of the last use
	Uses     int              `json:"uses"`
	First    FormulaUse       `json:"first"`
	Last     FormulaUse       `json:"last"`
	Since    FormulaUse       `json:"since"` // the first use of the words that the last one has
}

// IssueMove is a change of a position, with both sentences.
type IssueMove struct {
	Change  string        `json:"change"` // as a formula or a shift has it: "softened"
	Because string        `json:"because"`
	Held    timeline.Date `json:"held"`
	Old     MovedFrom     `json:"old"`
	New     MovedFrom     `json:"new"`
	Day     timeline.Date `json:"-" cbor:"day"`
}

// MovedFrom is one side of an [IssueMove].
type MovedFrom struct {
	ID   string `json:"id"`   // of the statement
	Text string `json:"text"` // the statement whole
	Part string `json:"part"` // the words of it that the change is about, "" for all
}

// FormulaMissed is a text in which something was looked for that is not there.
type FormulaMissed struct {
	FormulaMissing
	Text string `json:"text"` // what was looked for
}

// leastStanding is how much a formula weighs that stands for an issue: a lighter one is said in passing.
const leastStanding = 1.0 / 3

// newIssue sums up a thread. The formulas are those of its series, the weightiest first.
func newIssue(th *Thread, formulas []formula.Formula) Issue {
	id := th.Timeline.Topic.ID
	x := Issue{Raised: th.Raised, Meetings: th.Met}
	said := saidIn(formulas)
	var current *formula.Formula
	for i := range formulas {
		f := &formulas[i]
		if f.Topic != id {
			continue
		}
		if x.Formulas++; f.Weight < leastStanding {
			continue
		}
		if current == nil || standing(f) && !standing(current) {
			current = f
		}
	}
	x.Position = lastPosition(th, func(id string) float64 { return said[id] })
	x.Moved = lastShift(th)
	if current == nil {
		x.Missing = lastAbsence(th)
		return x
	}
	f := newFormula(*current)
	x.Formula = issueFormula(&f)
	if m := lastMove(&f); m != nil && (x.Moved == nil || !m.Day.Before(x.Moved.Day)) {
		x.Moved = m
	}
	if n := len(f.Missing); n > 0 {
		x.Missing = &FormulaMissed{f.Missing[n-1], f.Text}
	} else {
		x.Missing = lastAbsence(th)
	}
	return x
}

// saidIn returns the weight of the weightiest formula that each statement has, by its id.
func saidIn(formulas []formula.Formula) map[string]float64 {
	said := map[string]float64{}
	for i := range formulas {
		for _, u := range formulas[i].Uses {
			said[u.Statement.ID] = max(said[u.Statement.ID], formulas[i].Weight)
		}
	}
	return said
}

// standing reports whether no text since the last use of a formula lacks it.
func standing(f *formula.Formula) bool {
	last := f.Uses[len(f.Uses)-1].Release.Day()
	return !slices.ContainsFunc(f.Missing, func(m formula.Missing) bool { return last.Before(m.Release.Day()) })
}

func issueFormula(f *Formula) *IssueFormula {
	x := &IssueFormula{
		ID:       f.ID,
		Text:     f.Text,
		Lane:     f.Lane,
		Speakers: f.Last.Speakers,
		Uses:     len(f.Uses),
		First:    f.First,
		Last:     f.Last,
		Since:    f.First,
	}
	for _, u := range f.Uses {
		if u.Change != "" && u.Change != formula.Same {
			x.Since = u
		}
	}
	return x
}

// lastMove is the last change of a formula, nil where its words stayed.
func lastMove(f *Formula) *IssueMove {
	for i := len(f.Uses) - 1; i > 0; i-- {
		old, new := &f.Uses[i-1], &f.Uses[i]
		if new.Change != formula.Same {
			return &IssueMove{Change: string(new.Change), Because: new.Because, Held: new.Held, Day: new.Day,
				Old: MovedFrom{old.Statement, old.Sentence, old.Text}, New: MovedFrom{new.Statement, new.Sentence, new.Text}}
		}
	}
	return nil
}

// lastShift is the last step of a thread at which a position was firmed or softened, nil for none.
func lastShift(th *Thread) *IssueMove {
	for i := len(th.whole) - 1; i >= 0; i-- {
		s := &th.whole[i]
		for _, c := range s.Statements {
			for _, x := range c.Shifts {
				if Sways(x.Kind) {
					r := s.Entry.Release
					from, to := x.Words()
					return &IssueMove{Change: string(x.Kind), Because: from + " → " + to, Held: r.Held, Day: r.Day(),
						Old: MovedFrom{ID: x.Old.ID, Text: x.Old.Text}, New: MovedFrom{ID: x.New.ID, Text: x.New.Text}}
				}
			}
		}
	}
	return nil
}

// Sways reports whether a shift says how firmly a position is held or how much it covers, and not by whom.
func Sways(k diff.ShiftKind) bool { return k != diff.ToOneSide && k != diff.ToJoint }

// lastPosition is the strongest position at the last meeting of a thread that raises the topic.
func lastPosition(th *Thread, weight func(id string) float64) *Position {
	var said []saying
	meeting := ""
	for i := len(th.whole) - 1; i >= 0; i-- {
		s := &th.whole[i]
		if !s.Entry.Raised || meeting != "" && s.Entry.Meeting != meeting {
			continue
		}
		meeting = s.Entry.Meeting
		for k := range s.Statements {
			said = append(said, saying{s.Entry.Release, &s.Statements[k].Statement})
		}
	}
	return strongest(said, th.Timeline.Topic.ID, th.language(), weight)
}

// lastAbsence is the last release that leaves the topic out though the comparable one before took a
// position on it, with the strongest that was looked for; nil for none. That something was talked about,
// or who met whom, is no position.
func lastAbsence(th *Thread) *FormulaMissed {
	for i := len(th.whole) - 1; i >= 0; i-- {
		s := &th.whole[i]
		var gone *diff.Missing
		for k := range s.Missing {
			x := &s.Missing[k]
			held := binding(x.Statement.Act) > binding(timeline.ActDiscuss)
			if held && (gone == nil ||
				strength(&x.Statement, th.Timeline.Topic.ID, 0) > strength(&gone.Statement, th.Timeline.Topic.ID, 0)) {
				gone = x
			}
		}
		if gone != nil {
			r := s.Entry.Release
			return &FormulaMissed{FormulaMissing{
				Release: r.ID,
				Held:    r.Held,
				Nearest: newNearest(gone.Nearest),
				Day:     r.Day(),
			}, gone.Statement.Text}
		}
	}
	return nil
}
