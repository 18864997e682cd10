package ask

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"readout/diff"
	"readout/diff/formula"
	"readout/timeline"
)

// Brief is the answer of "brief": where the topics of a series stand before the next
// meeting.
type Brief struct {
	Schema   string            `json:"schema"` // "readout.brief/1"
	Series   timeline.SeriesID `json:"series"`
	Before   timeline.Date     `json:"before"`   // of the meeting prepared for, "" where none was named
	Meetings int               `json:"meetings"` // so far
	First    timeline.Date     `json:"first"`
	Last     *MatrixMeeting    `json:"last"`    // the latest meeting, null for none
	Topics   []BriefTopic      `json:"topics"`  // that the next meeting is likely to raise, likeliest first
	Silent   []BriefTopic      `json:"silent"`  // that were raised again and again and are no longer, latest first
	Others   int               `json:"others"`  // topics in neither list: raised too rarely to expect or to miss
	Lulls    []Lull            `json:"lulls"`   // times from which no release was captured
	Undated  []string          `json:"undated"` // releases that are left out, for their day is not known
	Omitted  int               `json:"omitted"` // topics and silences that were not asked for
	Room     int               `json:"-"`       // see [BriefOptions]
}

// BriefTopic is the state of a topic.
type BriefTopic struct {
	TimelineTopic
	Raised  int               `json:"raised"`  // meetings that raised it
	Last    timeline.Date     `json:"last"`    // day of the last meeting that raised it
	Release string            `json:"release"` // the last release that raised it
	Silent  int               `json:"silent"`  // meetings since then
	Lines   []BriefLine       `json:"lines"`   // what was said at the last meeting that says anything beside narration, in reading order
	Dropped []TimelineDropped `json:"dropped"` // what the last comparable release said and is gone from that meeting
	Shifts  []BriefShift      `json:"shifts"`  // at the last three meetings that raised it, latest first
	Novelty *Novelty          `json:"novelty"` // of the latest change
	Agenda  *Agenda           `json:"agenda"`  // at the last meeting that raised it
}

// BriefLine is a statement with its past.
type BriefLine struct {
	ID       string           `json:"id"`
	Text     string           `json:"text"`
	Speakers []timeline.Party `json:"speakers"`
	Act      timeline.Act     `json:"act"`
	Word     string           `json:"word"` // the reporting verb as the text has it, "" where none was found
	Rank     int              `json:"rank"` // 1 for the strongest position of the lines
	Release  string           `json:"release"`
	Held     timeline.Date    `json:"held"`
	Source   string           `json:"source"`   // address of the release
	Since    timeline.Date    `json:"since"`    // these words
	Meetings int              `json:"meetings"` // releases in a row with these words
	Origin   timeline.Date    `json:"origin"`   // the line, in whatever words

	topics []string
}

// BriefShift is a shift with its day.
type BriefShift struct {
	Held    timeline.Date `json:"held"`
	Release string        `json:"release"`
	diff.Shift
}

// BriefOptions adjust a brief.
type BriefOptions struct {
	Before timeline.Date   // of the meeting prepared for
	Topics int             // how many topics, and how many silences, at most; 0 for all
	Room   int             // how many lines what is laid out for people may take; 0 for no bound
	Lulls  []timeline.Lull // times from which no release was captured
	// Formulas are those of the series; a statement that has one is a stronger position.
	Formulas []formula.Formula
}

// The measures of a brief.
const (
	shiftsBack = 3   // meetings of a topic whose shifts are still news
	sameLine   = 0.6 // share of words from which an earlier statement is the same line
)

// NewBrief draws up the state of the threads, which are of one series and laid out over
// the same releases, as [Threads] does.
func NewBrief(threads []*Thread, o BriefOptions) *Brief {
	m := NewMatrix(threads)
	b := &Brief{
		Schema:   "readout.brief/1",
		Series:   m.Series,
		Before:   o.Before,
		Meetings: len(m.Meetings),
		Lulls:    newLulls(o.Lulls),
		Undated:  m.Undated,
		Room:     o.Room,
		Topics:   []BriefTopic{},
		Silent:   []BriefTopic{},
	}
	if n := len(m.Meetings); n > 0 {
		b.First, b.Last = m.Meetings[0].Day(), &m.Meetings[n-1]
	}
	rows := map[string]*MatrixTopic{}
	for i := range m.Topics {
		rows[m.Topics[i].ID] = &m.Topics[i]
	}
	weight, said := map[string]float64{}, saidIn(o.Formulas)
	for _, th := range threads {
		at := raisedAt(rows[th.Timeline.Topic.ID])
		if len(at) == 0 {
			continue
		}
		t := briefTopic(th, len(at), len(m.Meetings)-1-at[len(at)-1], said)
		switch {
		case fellSilent(at, len(m.Meetings)):
			b.Silent = append(b.Silent, t)
		case t.Raised > 1 && t.Silent < recent || t.Silent == 0:
			for _, k := range at {
				if age := len(m.Meetings) - 1 - k; age < recent {
					weight[t.ID] += 1 - float64(age)/(2*recent)
				}
			}
			b.Topics = append(b.Topics, t)
		default:
			b.Others++
		}
	}
	slices.SortStableFunc(b.Topics, func(x, y BriefTopic) int {
		return cmp.Or(cmp.Compare(weight[y.ID], weight[x.ID]), cmp.Compare(y.Raised, x.Raised), cmp.Compare(x.ID, y.ID))
	})
	slices.SortStableFunc(b.Silent, func(x, y BriefTopic) int {
		return cmp.Or(cmp.Compare(x.Silent, y.Silent), cmp.Compare(y.Raised, x.Raised), cmp.Compare(x.ID, y.ID))
	})
	b.Topics, b.Silent = b.atMost(o.Topics, b.Topics), b.atMost(o.Topics, b.Silent)
	return b
}

// atMost returns the first n topics, all for 0, and counts the others as omitted.
func (b *Brief) atMost(n int, topics []BriefTopic) []BriefTopic {
	if n == 0 || n >= len(topics) {
		return topics
	}
	b.Omitted += len(topics) - n
	return topics[:n]
}

// Lines returns the topics, then the silences.
func (b *Brief) Lines() []any { return append(lines(b.Topics), lines(b.Silent)...) }

// briefTopic follows the lines of a thread to its last meeting. Said is the weight of the formula that
// a statement has.
func briefTopic(th *Thread, raised, silent int, said map[string]float64) BriefTopic {
	t := BriefTopic{
		TimelineTopic: TopicName(th.Timeline.Topic),
		Raised:        raised,
		Silent:        silent,
		Lines:         []BriefLine{},
		Dropped:       []TimelineDropped{},
	}
	known := map[string]BriefLine{} // by id of the statement
	var last *timeline.Release
	var shifts [][]BriefShift
	spoke := "" // the meeting of the lines
	for i, step := range th.Steps {
		if !step.Entry.Raised {
			continue
		}
		r := step.Entry.Release
		if last == nil || !sameMeeting(th.Steps, last, step) {
			t.Dropped = []TimelineDropped{}
		}
		last, t.Agenda, t.Novelty = r, &th.Notes[i].Agenda, &th.Notes[i].Novelty
		for _, d := range newDropped(step.Dropped) {
			// Two accounts of one meeting may both lack it.
			if !slices.ContainsFunc(t.Dropped, func(x TimelineDropped) bool { return x.ID == d.ID }) {
				t.Dropped = append(t.Dropped, d)
			}
		}
		here := []BriefShift{}
		var lines []BriefLine
		for _, c := range step.Statements {
			line := continued(c, r, known)
			known[c.Statement.ID] = line
			if line.Act != timeline.ActNone {
				lines = append(lines, line)
			}
			for _, x := range c.Shifts {
				here = append(here, BriefShift{r.Day(), r.ID, x})
			}
		}
		shifts = append(shifts, here)
		if len(lines) > 0 && step.Entry.Meeting != spoke {
			t.Lines, spoke = nil, step.Entry.Meeting
		}
		t.Lines = append(t.Lines, lines...)
	}
	t.Last, t.Release = last.Day(), last.ID
	if raised == 1 {
		t.Novelty = nil
	}
	for i := range t.Lines {
		t.Lines[i].Origin = origin(th.Steps, t.Lines[i])
	}
	rank(t.Lines, t.ID, otherLanguages(th.Steps, th.language()), said)
	t.Shifts = []BriefShift{}
	for k := len(shifts) - 1; k >= max(0, len(shifts)-shiftsBack); k-- {
		t.Shifts = append(t.Shifts, shifts[k]...)
	}
	return t
}

// otherLanguages returns 1 by the id of each release in another language than the given one.
func otherLanguages(steps []diff.Step, language string) map[string]int {
	ids := map[string]int{}
	for _, s := range steps {
		if r := s.Entry.Release; r.Language != language {
			ids[r.ID] = 1
		}
	}
	return ids
}

// rank says of lines on a topic which is the strongest position, which the next. A meeting may
// have accounts in two languages: those that count as foreign come last.
func rank(lines []BriefLine, topic string, foreign map[string]int, said map[string]float64) {
	order := make([]int, len(lines))
	strong := make([]float64, len(lines))
	for i, l := range lines {
		order[i] = i
		strong[i] = strength(&timeline.Statement{Act: l.Act, Speakers: l.Speakers, Topics: l.topics}, topic, said[l.ID])
		if courteous(l.Text) {
			strong[i] *= courtesy
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(foreign[lines[a].Release], foreign[lines[b].Release]), cmp.Compare(strong[b], strong[a]))
	})
	for place, i := range order {
		lines[i].Rank = place + 1
	}
}

// sameMeeting reports whether the step is about the meeting that the release last is
// about.
func sameMeeting(steps []diff.Step, last *timeline.Release, step diff.Step) bool {
	for _, x := range steps {
		if x.Entry.Release == last {
			return x.Entry.Meeting == step.Entry.Meeting
		}
	}
	return false
}

// continued is the line that a statement goes on with.
func continued(c diff.StatementChange, r *timeline.Release, known map[string]BriefLine) BriefLine {
	st := c.Statement
	line := BriefLine{ID: st.ID, Text: st.Text, Speakers: some(st.Speakers), Act: st.Act, Word: ActWord(st.Text, st.Verb),
		Release: r.ID, Held: r.Held, Source: r.Source, Since: r.Day(), Meetings: 1, topics: st.Topics}
	if c.Kind == diff.Unchanged && len(c.Previous) > 0 {
		if before, ok := known[c.Previous[0].ID]; ok {
			line.Since, line.Meetings = before.Since, before.Meetings+1
		}
	}
	return line
}

// origin returns the day of the first release that said on the topic what the line says,
// in most of its words. Unlike the chain of changes it looks over meetings that left it
// out.
func origin(steps []diff.Step, line BriefLine) timeline.Date {
	want := bag(line.Text)
	for _, s := range steps {
		for _, c := range s.Statements {
			if alike(want, bag(c.Statement.Text)) >= sameLine {
				return s.Entry.Release.Day()
			}
		}
	}
	return line.Since
}

// bag counts the words of a text, case aside.
func bag(text string) map[string]int {
	out := map[string]int{}
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		out[w]++
	}
	return out
}

// alike is the share of words that two bags have in common, 0 to 1.
func alike(a, b map[string]int) float64 {
	common, all := 0, 0
	for w, n := range a {
		common += 2 * min(n, b[w])
		all += n
	}
	for _, n := range b {
		all += n
	}
	if all == 0 {
		return 0
	}
	return float64(common) / float64(all)
}
