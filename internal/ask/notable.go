package ask

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"readout/diff"
	"readout/diff/formula"
	"readout/timeline"
)

// Notable is the answer to the question what one should know of a series, or of all: few
// findings, the weightiest first, each with what it stands on.
type Notable struct {
	Schema   string    `json:"schema"` // "readout.notable/1"
	Findings []Finding `json:"findings"`
}

// NewNotable returns the findings as an answer.
func NewNotable(found []Finding) *Notable {
	return &Notable{"readout.notable/1", append([]Finding{}, found...)}
}

// Lines returns the findings.
func (n *Notable) Lines() []any { return lines(n.Findings) }

// FindingKind says what was found.
type FindingKind string

// The kinds of findings. A change of a formula that says which way it went is called as
// package formula calls it.
const (
	FoundReworded FindingKind = FindingKind(formula.Reworded) // a standing formula has other words
	FoundMissing  FindingKind = "missing"                     // one is missing though it was to be expected
	FoundOpened   FindingKind = "opened"                      // an issue was raised for the first time
	FoundLeft     FindingKind = "left_out"                    // an issue is proved to be left out
	FoundSteady   FindingKind = "steady"                      // formulas stand as they did
	FoundRecord   FindingKind = "record"                      // a published text was altered
)

// Finding is one thing that one should know.
type Finding struct {
	Kind    FindingKind       `json:"kind"`
	Series  timeline.SeriesID `json:"series"`
	Release string            `json:"release"` // in which it was found
	Held    timeline.Date     `json:"held"`
	Against string            `json:"against"` // the release that it is held against, "" where there is none
	Topic   string            `json:"topic"`   // id, "" where it is on none
	Name    string            `json:"name"`    // of the topic
	Old     *diff.Quote       `json:"old"`     // the words before, with their statement; null where there are none
	New     *diff.Quote       `json:"new"`     // the words now; of what is missing, the nearest there
	Because string            `json:"because"` // what the direction of a change is read from
	Count   int               `json:"count"`   // texts that had a formula, statements of an issue, formulas that stand, words that were altered
	Day     timeline.Date     `json:"-"`       // it stands at
	Label   string            `json:"-"`       // what the release is called

	weight float64
}

// latestMeetings is how many of the last meetings of a series are news.
const latestMeetings = 3

// What kinds of findings weigh beside each other; the formula and how late it is do the rest.
const (
	weighDirected = 4.0
	weighMissing  = 2.0
	weighOpened   = 1.5
	weighLeft     = 1.4
	weighReworded = 1.2
	weighSteady   = 0.1
	// olderShare is what a finding is worth beside the same one of the meeting after it.
	olderShare = 0.6
)

// Notables returns what one should know of the latest meetings of a series, the weightiest
// first, at most one finding on each topic. Formulas are those of the series.
func Notables(m *Matrix, formulas []formula.Formula) []Finding {
	from := max(0, len(m.Meetings)-latestMeetings)
	n := &notables{m: m, age: map[string]int{}, names: map[string]string{}}
	for i, x := range m.Meetings[from:] {
		for _, r := range x.Releases {
			n.age[r] = len(m.Meetings) - 1 - from - i
		}
	}
	for _, t := range m.Topics {
		n.names[t.ID] = t.Name
		for i := from; i < len(t.Cells); i++ {
			n.issue(&t, &t.Cells[i])
		}
	}
	for i := range formulas {
		n.formula(&formulas[i])
	}
	n.steady(formulas)
	return n.best()
}

// Latest returns what can be told of the latest meetings by their formulas alone, without
// following every topic through the series: it costs a fraction of [Notables].
func Latest(series timeline.SeriesID, topics *timeline.Topics, formulas []formula.Formula) []Finding {
	m := &Matrix{Series: series}
	dated, _ := timeline.Dated(topics.Releases())
	for _, x := range timeline.Meetings(dated) {
		m.Meetings = append(m.Meetings, matrixMeeting(x))
	}
	for _, t := range topics.Topics {
		m.Topics = append(m.Topics, MatrixTopic{TimelineTopic: TopicName(t), Topic: t})
	}
	return Notables(m, formulas)
}

// notables gathers findings.
type notables struct {
	m     *Matrix
	age   map[string]int // of a release: how many meetings came after it
	names map[string]string
	found []Finding
}

// add takes a finding in a release, unless that is too old to be news.
func (n *notables) add(f Finding, r *timeline.Release, weight float64) {
	age, late := n.age[r.ID]
	if !late {
		return
	}
	f.Series, f.Release, f.Held, f.Day, f.Label = n.m.Series, r.ID, r.Held, r.Day(), r.Label()
	f.Name = n.names[f.Topic]
	for range age {
		weight *= olderShare
	}
	f.weight = weight
	n.found = append(n.found, f)
}

// issue takes in what a meeting did with an issue: raised it for the first time, or left it
// out though the last comparable text had it.
func (n *notables) issue(t *MatrixTopic, c *Cell) {
	switch {
	case c.Mark == Opened && c.Position != nil && len(c.Said) > 0:
		n.add(Finding{
			Kind:  FoundOpened,
			Topic: t.ID,
			New:   &diff.Quote{ID: c.Position.ID, Text: c.Position.Text},
			Count: c.New,
		}, c.Said[0], weighOpened)
	case c.Absent != nil && t.Raised >= regular && c.Mark == NotRaised:
		gone := c.Absent.Statements[0]
		for _, x := range n.m.Meetings {
			for _, r := range x.Meeting.Releases {
				if r.ID == c.Absent.In {
					n.add(Finding{Kind: FoundLeft, Topic: t.ID, Against: c.Absent.Against, Old: &diff.Quote{ID: gone.ID, Text: gone.Text},
						Count: len(c.Absent.Statements)}, r, weighLeft)
				}
			}
		}
	}
}

// formula takes in what became of a formula.
func (n *notables) formula(f *formula.Formula) {
	for i := 1; i < len(f.Uses); i++ {
		u, before := f.Uses[i], f.Uses[i-1]
		x := Finding{Kind: FindingKind(u.Change), Topic: f.Topic, Against: before.Release.ID, Because: u.Because, Count: i,
			Old: &diff.Quote{ID: before.Statement.ID, Text: before.Text}, New: &diff.Quote{ID: u.Statement.ID, Text: u.Text}}
		switch u.Change {
		case formula.Same:
		case formula.Reworded:
			n.add(x, u.Release, weighReworded*f.Weight)
		default:
			n.add(x, u.Release, weighDirected*f.Weight)
		}
	}
	for _, gone := range f.Missing {
		last, had := useBefore(f.Uses, gone.Release.Day())
		x := Finding{
			Kind:    FoundMissing,
			Topic:   f.Topic,
			Against: last.Release.ID,
			Count:   had,
			Old:     &diff.Quote{ID: last.Statement.ID, Text: last.Text},
		}
		if s := gone.Nearest.Statement; s.ID != "" {
			x.New = &diff.Quote{ID: s.ID, Text: s.Text}
		}
		n.add(x, gone.Release, weighMissing*f.Weight)
	}
}

// useBefore is the last use before a day, and how many there are; there is one, since nothing
// is missing before it was said.
func useBefore(uses []formula.Use, day timeline.Date) (last formula.Use, n int) {
	last = uses[0]
	for _, u := range uses {
		if u.Release.Day().Before(day) {
			last = u
			n++
		}
	}
	return last, n
}

// steady counts the formulas that the last text of any stands by.
func (n *notables) steady(formulas []formula.Formula) {
	same := map[*timeline.Release]int{}
	for _, f := range formulas {
		if u := f.Uses[len(f.Uses)-1]; u.Change == formula.Same {
			same[u.Release]++
		}
	}
	for _, x := range n.m.Meetings {
		for _, r := range x.Meeting.Releases {
			if k := same[r]; k > 0 && n.age[r.ID] == 0 {
				n.add(Finding{Kind: FoundSteady, Count: k}, r, weighSteady)
			}
		}
	}
}

// best returns the findings in their order, one on each topic and in each wording.
func (n *notables) best() []Finding {
	SortFindings(n.found)
	told := map[string]bool{}
	var out []Finding
	for _, f := range n.found {
		keys := []string{string(f.Kind)}
		if f.Kind != FoundSteady {
			keys = []string{"on " + cmp.Or(f.Topic, f.oldText())}
			if f.Old != nil {
				keys = append(keys, "of "+f.Old.ID)
			}
		}
		if slices.ContainsFunc(keys, func(k string) bool { return told[k] }) {
			continue
		}
		for _, k := range keys {
			told[k] = true
		}
		out = append(out, f)
	}
	return out
}

func (f *Finding) oldText() string {
	if f.Old == nil {
		return ""
	}
	return f.Old.Text
}

// SortFindings puts the weightiest findings first.
func SortFindings(all []Finding) {
	slices.SortStableFunc(all, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), b.Day.Compare(a.Day), strings.Compare(a.key(), b.key()))
	})
}

// key tells findings of one weight apart.
func (f *Finding) key() string {
	return fmt.Sprint(f.Series, f.Release, f.Topic, f.Kind, f.oldText())
}

// NewRecordFinding is that a ministry altered a text it had published; d compares the two
// versions. It weighs more than any other: who quotes the text must know.
func NewRecordFinding(d *diff.Report) Finding {
	const weighRecord = 10
	return Finding{Kind: FoundRecord, Series: d.New.Series, Release: fmt.Sprintf("%s@v%d", d.New.ID, d.New.Version), Held: d.New.Held,
		Against: fmt.Sprintf("%s@v%d", d.Old.ID, d.Old.Version), Count: d.Summary.WordsInserted + d.Summary.WordsDeleted,
		Day: d.New.Day(), Label: d.New.Label(), weight: weighRecord}
}
