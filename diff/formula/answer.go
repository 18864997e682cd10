package formula

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"readout/internal/letters"
	"readout/timeline"
)

// answer makes the formulas of what was found, the weightiest first.
func (c *corpus) answer(all []*found, o Options) []Formula {
	var out []Formula
	j := newJudge(o)
	for _, f := range all {
		if x, ok := f.formula(j, o); ok {
			out = append(out, x)
		}
	}
	sortByWeight(out)
	lightenParts(out, o.days())
	sortByWeight(out)
	sayOnce(out)
	times := map[string]int{}
	for i := range out {
		times[out[i].ID]++
		if n := times[out[i].ID]; n > 1 {
			out[i].ID += "-" + strconv.Itoa(n)
		}
	}
	return out
}

func sortByWeight(fs []Formula) {
	slices.SortStableFunc(fs, func(a, b Formula) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Lane, b.Lane))
	})
}

// A formula most of whose uses stand in sentences of a weightier one is another part of what that one says.
const (
	partOf    = 0.8  // share of its uses that do
	partShare = 0.85 // what it weighs then
)

// lightenParts takes weight from formulas that are other parts of the sentences of weightier ones.
func lightenParts(fs []Formula, days timeline.Filter) {
	told := map[string]bool{}
	for i := range fs {
		used, with := 0, 0
		for _, u := range fs[i].Uses {
			if !days.Covers(u.Release.Day()) {
				continue
			}
			if used++; told[u.Statement.ID] {
				with++
			}
			told[u.Statement.ID] = true
		}
		if float64(with) >= partOf*float64(used) {
			fs[i].Weight = round(fs[i].Weight * partShare)
		}
	}
}

// sayOnce takes back a change that a weightier formula of the same two statements stands
// on already: one verb that moved is one finding, whatever it governs.
func sayOnce(fs []Formula) {
	type finding struct{ old, new, because string }
	said := map[finding]bool{}
	for _, f := range fs {
		for i := 1; i < len(f.Uses); i++ {
			u := &f.Uses[i]
			key := finding{f.Uses[i-1].Statement.ID, u.Statement.ID, u.Because}
			if u.Because == "" {
				continue
			}
			if said[key] {
				u.Change, u.Because = Reworded, ""
			}
			said[key] = true
		}
	}
}

// slugWords is how many words of a formula its id has.
const slugWords = 8

// slug is the id of a formula of the given folded words.
func slug(words string) string {
	ws := strings.Fields(words)
	return strings.Join(ws[:min(len(ws), slugWords)], "-")
}

// formula makes one formula; it reports false where it is not one that is asked for.
func (f *found) formula(j judge, o Options) (Formula, bool) {
	l := f.lane
	x := Formula{Lane: l.name}
	for _, m := range slices.Sorted(maps.Keys(f.spans)) {
		x.Uses = append(x.Uses, f.use(f.spans[m]))
	}
	if x.Topic = topicOf(x.Uses); o.Topic != "" && x.Topic != o.Topic {
		return x, false
	}
	for i := 1; i < len(x.Uses); i++ {
		x.Uses[i].Change, x.Uses[i].Because = j.change(&x.Uses[i-1], &x.Uses[i])
	}
	last := x.Uses[len(x.Uses)-1]
	x.Text = last.Text
	x.ID = slug(f.core.text)
	x.Missing = f.missing()
	x.Weight = f.weight(x.Uses, o.days())
	return x, x.Weight > 0
}

// use makes a use of a place.
func (f *found) use(at span) Use {
	s := &f.lane.sentences[at.sentence]
	start, end := s.tokens[at.from].start, s.tokens[at.to-1].end
	return Use{Release: s.release, Statement: *s.statement, Text: s.statement.Text[start:end], Start: int(start)}
}

// topicOf returns the topic of a formula: of those that half of its uses are on, the one whose name has most of
// its words; of equals the one that statements are on first of all, then that most are on, then the first by name.
// It is "" where no use is on a topic.
func topicOf(uses []Use) string {
	on, first := map[string]int{}, map[string]int{}
	for _, u := range uses {
		for i, id := range u.Statement.Topics {
			if on[id]++; i == 0 {
				first[id]++
			}
		}
	}
	words := letters.Words(uses[len(uses)-1].Text)
	named := func(id string) int {
		if 2*on[id] < len(uses) {
			return -1
		}
		return shared(strings.Split(id, "-"), foldedWords(words))
	}
	best := ""
	for _, id := range slices.Sorted(maps.Keys(on)) {
		if best == "" || cmp.Or(cmp.Compare(named(id), named(best)), cmp.Compare(first[id], first[best]),
			cmp.Compare(on[id], on[best])) > 0 {
			best = id
		}
	}
	return best
}

// foldedWords returns the folded words of a text.
func foldedWords(ws []letters.Token) []string {
	out := make([]string, len(ws))
	for i, w := range ws {
		out[i] = w.Folded
	}
	return out
}

// A formula is expected in a text where the comparable text before had it, or half of
// all since its first use; and where the text is not much shorter than those that have it.
const (
	expectedShare = 0.5
	shortShare    = 1.0 / 3
)

// missing returns the meetings after the first use that lack the formula though it was
// to be expected.
func (f *found) missing() []Missing {
	var out []Missing
	beside := map[*lane][]likeness{}
	first := slices.Min(slices.Collect(maps.Keys(f.spans)))
	usual := f.usualLength()
	had, total, before := 0, 0, false
	for m := first; m < len(f.lane.meetings); m++ {
		_, has := f.spans[m]
		lacks := !has && (before || float64(had) >= expectedShare*float64(total))
		if lacks && float64(f.lane.length(m)) >= shortShare*usual && !f.saidBeside(beside, m) {
			out = append(out, Missing{f.lane.meetings[m].releases[0], f.nearest(m)})
		}
		if total++; has {
			had++
		}
		before = has
	}
	return out
}

// saidBeside reports whether a text of another lane has the formula on the day of a meeting:
// the readout may leave out what the joint statement says. Beside are the sentences of the other
// lanes that have words of the formula, so far as they were looked for.
func (f *found) saidBeside(beside map[*lane][]likeness, m int) bool {
	w := f.look
	for _, x := range f.lane.corpus.days[f.lane.meetings[m].releases[0].Day()] {
		if x.lane == f.lane {
			continue
		}
		having, ok := beside[x.lane]
		if !ok {
			having = x.lane.sharing(w.want)
			beside[x.lane] = having
		}
		for _, s := range x.lane.meetings[x.meeting].in(having) {
			if s.shared/w.whole < variantShare-rounding {
				continue
			}
			if share, _, _ := w.best(&x.lane.sentences[s.sentence]); share >= variantShare {
				return true
			}
		}
	}
	return false
}

// length is how many sentences a meeting has.
func (l *lane) length(m int) int { return l.meetings[m].to - l.meetings[m].from }

// usualLength is the median number of sentences of the meetings that have the formula.
func (f *found) usualLength() float64 {
	var ns []int
	for m := range f.spans {
		ns = append(ns, f.lane.length(m))
	}
	slices.Sort(ns)
	return float64(ns[len(ns)/2])
}

// weight is how much a formula matters in the given days, 0 to 1: what its words tell, times
// the share of the lane's meetings that have it and the logarithm of how many do, more where
// it changed, came or went. It is 0 where none of its uses falls into these days.
func (f *found) weight(uses []Use, days timeline.Filter) float64 {
	moved, used := 0, 0
	for _, u := range uses {
		if days.Covers(u.Release.Day()) {
			used++
			if u.Change != "" && u.Change != Same {
				moved++
			}
		}
	}
	if used == 0 {
		return 0
	}
	held := 0
	for _, m := range f.lane.meetings {
		if days.Covers(m.releases[0].Day()) {
			held++
		}
	}
	said := f.lane.weight(f.lane.core(f))
	share := float64(used) / float64(max(held, used))
	raw := math.Sqrt(said) * math.Log2(1+float64(used)) * (0.5 + 0.5*share) * (1 + 0.5*float64(moved)/float64(used))
	raw *= f.lane.corpus.standing(uses)
	if !days.Since.IsZero() || !days.Until.IsZero() {
		outside := float64(len(uses)-used) / float64(max(len(f.lane.meetings)-held, 1))
		raw *= 0.5 + share/(share+outside)
		if f.turned(days) {
			raw *= turn
		}
	}
	return round(raw / (raw + halfWeight))
}

// standing is what kind of sentences its uses are in makes of a formula: what the author narrates, and courtesy,
// is half of what a party says.
func (c *corpus) standing(uses []Use) float64 {
	sum := 0.0
	for _, u := range uses {
		if u.Statement.Act == timeline.ActNone || c.idle(u.Statement.Text) {
			sum += 0.5
		} else {
			sum++
		}
	}
	return sum / float64(len(uses))
}

// idle reports whether a sentence of the series makes no point; it is read once.
func (c *corpus) idle(text string) bool {
	idle, known := c.idleness[text]
	if !known {
		idle = c.lexicon.Idle(letters.PlainWords(text))
		c.idleness[text] = idle
	}
	return idle
}

const (
	halfWeight = 3 // the raw weight that becomes .5
	turn       = 2 // how many times as much a formula weighs in the days when it came or went
	pause      = 4 // meetings without it after which a formula had gone
)

// turned reports whether the formula came or went in the given days: so many meetings before or after one of its
// uses then, of those that the lane has, none has it.
func (f *found) turned(days timeline.Filter) bool {
	ms := f.lane.meetings
	without := func(m, step int) bool {
		n := 0
		for i := m + step; i >= 0 && i < len(ms) && n < pause; i += step {
			if _, has := f.spans[i]; has {
				return false
			}
			n++
		}
		return n > 0
	}
	for m := range f.spans {
		if days.Covers(ms[m].releases[0].Day()) && (without(m, -1) || without(m, 1)) {
			return true
		}
	}
	return false
}
