package diff_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/diff"
	"readout/timeline"
)

// matters are what the generated series speaks of, each with wordings of one point.
var matters = [][]string{
	{"agreed that the night ferry between Arn and Port Velm would carry bicycles", "confirmed that the night ferry between Arn and Port Velm will carry bicycles free of charge"},
	{"agreed that felted wool from Bress would be let in as yarn", "welcomed that felted wool from Bress is let in as yarn"},
	{"agreed that the orchard at Sill should be replanted jointly", "reaffirmed that the orchard at Sill should be replanted with old sorts of pear"},
	{"agreed that seventy hives would cross the pass each spring", "agreed that eighty hives would cross the pass each spring"},
	{"agreed that the salt works at Hamm would stay open", "urged that the salt works at Hamm stay open to visitors"},
	{"discussed doctors who practise on either side of the border", "agreed that doctors may practise on either side of the border"},
	{"agreed that the bell of Ostrav should ring at noon again", "recalled that the bell of Ostrav rings at noon"},
	{"condemned the theft of charts from the lighthouse of Quill", "again condemned thefts of charts from the lighthouse of Quill"},
}

// generated is a series of meetings, some told in two texts of one day or by telephone, on matters that come and go.
func generated(t *testing.T, seed uint64) []*timeline.Release {
	t.Helper()
	rnd := rand.New(rand.NewPCG(seed, 14))
	var out []*timeline.Release
	for year := range 9 {
		for n := range 1 + rnd.IntN(2) {
			var ss []timeline.Statement
			for k, wordings := range matters {
				if rnd.IntN(3) == 0 {
					continue
				}
				s := both(fmt.Sprint("matter", k), "The leaders "+wordings[rnd.IntN(len(wordings))]+".")
				s.Topics = append(s.Topics, fmt.Sprint("group", k%3))
				ss = append(ss, s)
			}
			rnd.Shuffle(len(ss), func(i, j int) { ss[i], ss[j] = ss[j], ss[i] })
			kind := []timeline.Kind{timeline.KindJointStatement, timeline.KindMeeting, timeline.KindCall}[(n+rnd.IntN(2))%3]
			r := heldOn(t, fmt.Sprintf("%d-01-10", 2031+year), kind, ss...)
			r.Name(fmt.Sprintf("%s-%d", r.ID, n))
			out = append(out, r)
		}
	}
	return out
}

// verdicts tells, for every topic, what became of each statement and what is missing where: a line each.
func verdicts(rs []*timeline.Release) map[string][]string {
	past := diff.NewPast(rs, diff.Options{})
	out := map[string][]string{}
	for k := range len(matters) + 3 {
		topic := fmt.Sprint("matter", k)
		if k >= len(matters) {
			topic = fmt.Sprint("group", k-len(matters))
		}
		for _, s := range chainOf(rs, topic, diff.Options{Past: past}) {
			id := s.Entry.Release.ID
			for _, c := range s.Statements {
				line := fmt.Sprint("said ", c.Statement.ID, " ", c.Kind, c.Link.Uncertain, " ", c.Returned != nil)
				for _, p := range c.Previous {
					line += " " + p.ID
				}
				out[topic] = append(out[topic], line)
			}
			for _, m := range slices.Concat(s.Dropped, s.Missing) {
				out[topic] = append(out[topic], "gone "+m.Statement.ID+" from "+id)
			}
		}
		slices.Sort(out[topic])
	}
	return out
}

// eachSeries runs a law over generated series.
func eachSeries(t *testing.T, law func(t *testing.T, rs []*timeline.Release, seed uint64)) {
	t.Helper()
	for seed := range uint64(12) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { law(t, generated(t, seed), seed) })
	}
}

// TestLawOneVerdict: the verdict of a statement is the same under all its topics.
func TestLawOneVerdict(t *testing.T) {
	eachSeries(t, func(t *testing.T, rs []*timeline.Release, _ uint64) {
		under := verdicts(rs)
		for k := range matters {
			group := under[fmt.Sprint("group", k%3)]
			for _, line := range under[fmt.Sprint("matter", k)] {
				if !slices.Contains(group, line) {
					t.Errorf("%q is not told under the other topic, which has %q", line, group)
				}
			}
		}
	})
}

// TestLawOneDay: nothing that one text says is gone from another text of its day.
func TestLawOneDay(t *testing.T) {
	eachSeries(t, func(t *testing.T, rs []*timeline.Release, _ uint64) {
		for topic, lines := range verdicts(rs) {
			for _, line := range lines {
				id, from, gone := strings.Cut(strings.TrimPrefix(line, "gone "), " from ")
				if gone && id[:len("2031-01-10")] == from[:len("2031-01-10")] {
					t.Errorf("%s: %s", topic, line)
				}
			}
		}
	})
}

// TestLawOrder: no order in which the texts come shows.
func TestLawOrder(t *testing.T) {
	eachSeries(t, func(t *testing.T, rs []*timeline.Release, seed uint64) {
		want := verdicts(rs)
		shuffled := slices.Clone(rs)
		swap := func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] }
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(rs), swap)
		if d := cmp.Diff(want, verdicts(shuffled)); d != "" {
			t.Errorf("shuffled (-want +got):\n%s", d)
		}
	})
}

// TestLawLaterText: a text after the last changes no verdict on the texts before it.
func TestLawLaterText(t *testing.T) {
	eachSeries(t, func(t *testing.T, rs []*timeline.Release, _ uint64) {
		last := rs[len(rs)-1]
		before := slices.DeleteFunc(slices.Clone(rs), func(r *timeline.Release) bool { return r.Day() == last.Day() })
		now := verdicts(rs)
		for topic, lines := range verdicts(before) {
			later := slices.DeleteFunc(slices.Clone(now[topic]), func(line string) bool {
				_, from, gone := strings.Cut(line, " from ")
				if !gone {
					from = strings.TrimPrefix(line, "said ")
				}
				return strings.HasPrefix(from, last.Day().String())
			})
			if d := cmp.Diff(lines, later); d != "" {
				t.Errorf("%s (-without +with the last day):\n%s", topic, d)
			}
		}
	})
}

// TestLawReturned: a statement has returned only where a comparable text between was searched and lacked it.
func TestLawReturned(t *testing.T) {
	seen := 0
	eachSeries(t, func(t *testing.T, rs []*timeline.Release, _ uint64) {
		past := diff.NewPast(rs, diff.Options{})
		for _, r := range rs {
			for _, c := range past.Statements(r, r.Statements) {
				if c.Returned == nil {
					continue
				}
				seen++
				a := c.Returned.Absence
				between := a.Against != nil && c.Returned.Release.Day().Before(a.Against.Day()) && a.Against.Day().Before(r.Day())
				if a.Silence != "" || !between || past.Lane(a.Against) != past.Lane(r) {
					t.Errorf("%s returned from %s, searched in %v: %s", c.Statement.ID, c.Returned.Release.ID, a.Against, a.Silence)
				}
			}
		}
	})
	if seen == 0 {
		t.Error("no series has a statement that returned: the law was not tried")
	}
}
