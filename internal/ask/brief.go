package ask

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"readout/diff"
	"readout/timeline"
)

// Brief says where the topics of a series stand before the next meeting.
type Brief struct {
	Series   timeline.SeriesID
	Meetings []timeline.Meeting
	Standing []Standing          // topics that the next meeting is likely to raise, likeliest first
	Silent   []Standing          // topics that were raised again and again and are no longer, latest first
	Undated  []*timeline.Release // releases that are in no order, for their day is not known
	Others   int                 // topics in neither list: raised too rarely to expect or to miss
}

// Standing is the state of one topic.
type Standing struct {
	Topic  timeline.Topic
	Raised int               // meetings that raised it
	Last   *timeline.Release // the last release that raised it
	Silent int               // meetings since then
	Lines  []Line            // what that meeting said, in reading order
	// Dropped are the statements that the meeting before said and that one did not.
	Dropped []timeline.Statement
	Silence diff.Silence // set where that is hardly a finding; see [diff.Step]
	Shifts  []DatedShift // at the last three meetings that raised it, latest first
	Note    Note         // of the last meeting that raised it
}

// Line is a statement with its past.
type Line struct {
	Statement timeline.Statement
	Since     *timeline.Release // the first in a row with these words
	Meetings  int               // releases in that row
	Origin    *timeline.Release // the first in which the line stood in whatever words
}

// DatedShift is a shift with the release that shows it.
type DatedShift struct {
	Release *timeline.Release
	Shift   diff.Shift
}

// The measures of a brief.
const (
	recent      = 10  // meetings that say what the next one will raise
	shiftsBack  = 3   // meetings of a topic whose shifts are still news
	sameLine    = 0.6 // share of words from which an earlier statement is the same line
	silentAfter = 3   // meetings without a topic, at least, before its silence is a finding
	regular     = 3   // meetings that must have raised a topic for its silence to be one
	// chance is how likely a silence may be by accident, given how often the topic was
	// raised until then, for it to be a finding.
	chance = 0.05
)

// NewBrief draws up the state of the threads, which are of one series and laid out over
// the same releases, as [Threads] does.
func NewBrief(threads []*Thread) *Brief {
	b := &Brief{}
	if len(threads) == 0 {
		return b
	}
	m := NewMatrix(threads)
	b.Series, b.Meetings, b.Undated = m.Series, m.Meetings, m.Undated
	weight := map[string]float64{}
	for i, th := range threads {
		at := raisedAt(m.Rows[i])
		if len(at) == 0 {
			continue
		}
		s := standing(th, len(at), len(m.Meetings)-1-at[len(at)-1])
		switch {
		case fellSilent(at, len(m.Meetings)):
			b.Silent = append(b.Silent, s)
		case s.Raised > 1 && s.Silent < recent || s.Silent == 0:
			for _, k := range at {
				if age := len(m.Meetings) - 1 - k; age < recent {
					weight[s.Topic.ID] += 1 - float64(age)/(2*recent)
				}
			}
			b.Standing = append(b.Standing, s)
		default:
			b.Others++
		}
	}
	slices.SortStableFunc(b.Standing, func(x, y Standing) int {
		return cmp.Or(cmp.Compare(weight[y.Topic.ID], weight[x.Topic.ID]), cmp.Compare(y.Raised, x.Raised), cmp.Compare(x.Topic.ID, y.Topic.ID))
	})
	slices.SortStableFunc(b.Silent, func(x, y Standing) int {
		return cmp.Or(cmp.Compare(x.Silent, y.Silent), cmp.Compare(y.Raised, x.Raised), cmp.Compare(x.Topic.ID, y.Topic.ID))
	})
	return b
}

// raisedAt lists the meetings that raise the topic of a row.
func raisedAt(r Row) []int {
	var out []int
	for i, c := range r.Cells {
		if c.Mark.Raises() {
			out = append(out, i)
		}
	}
	return out
}

// fellSilent reports whether a topic raised at the given meetings, of n, has been left
// out at the end for longer than its past makes likely.
func fellSilent(at []int, n int) bool {
	first, last := at[0], at[len(at)-1]
	silent := n - 1 - last
	if len(at) < regular || silent < silentAfter {
		return false
	}
	rate := float64(len(at)) / float64(last-first+1)
	return math.Pow(1-rate, float64(silent)) < chance
}

// standing follows the lines of a thread to its last meeting.
func standing(th *Thread, raised, silent int) Standing {
	s := Standing{Topic: th.Timeline.Topic, Raised: raised, Silent: silent}
	lines := map[string]Line{} // by id of the statement
	var shifts [][]DatedShift
	for i, step := range th.Steps {
		if !step.Entry.Raised {
			continue
		}
		r := step.Entry.Release
		twin := s.Last != nil && sameMeeting(th.Steps, s.Last, step)
		if !twin {
			s.Lines, s.Dropped, s.Silence = nil, nil, step.Silence
		}
		s.Last, s.Note = r, th.Notes[i]
		for _, d := range step.Dropped {
			// Two accounts of one meeting may both lack it.
			if !slices.ContainsFunc(s.Dropped, func(x timeline.Statement) bool { return x.ID == d.ID }) {
				s.Dropped = append(s.Dropped, d)
			}
		}
		var here []DatedShift
		for _, c := range step.Statements {
			line := continued(c, r, lines)
			lines[c.Statement.ID] = line
			s.Lines = append(s.Lines, line)
			for _, x := range c.Shifts {
				here = append(here, DatedShift{r, x})
			}
		}
		shifts = append(shifts, here)
	}
	for i := range s.Lines {
		s.Lines[i].Origin = origin(th.Steps, s.Lines[i])
	}
	for k := len(shifts) - 1; k >= max(0, len(shifts)-shiftsBack); k-- {
		s.Shifts = append(s.Shifts, shifts[k]...)
	}
	return s
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
func continued(c diff.StatementChange, r *timeline.Release, lines map[string]Line) Line {
	line := Line{Statement: c.Statement, Since: r, Meetings: 1}
	if c.Kind == diff.Unchanged && len(c.Previous) > 0 {
		if before, known := lines[c.Previous[0].ID]; known {
			line.Since, line.Meetings = before.Since, before.Meetings+1
		}
	}
	return line
}

// origin returns the first release that said on the topic what the line says, in most
// of its words. Unlike the chain of changes it looks over meetings that left it out.
func origin(steps []diff.Step, line Line) *timeline.Release {
	want := bag(line.Statement.Text)
	for _, s := range steps {
		for _, c := range s.Statements {
			if alike(want, bag(c.Statement.Text)) >= sameLine {
				return s.Entry.Release
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
