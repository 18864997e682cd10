package timeline

import (
	"cmp"
	"slices"
	"strings"

	"readout/internal/rules/list"
)

// Lane is what an officer would compare a text with: texts of one form about talks at
// one level. What is missing from a text is judged against the last one of its lane.
type Lane struct {
	// Form is "joint-statement", "meeting", "call", "statement", or one of those that
	// stand apart, as "fact-sheet" does. It is "talks" where the form says less than who
	// met: advisers and working groups meet and telephone by turns.
	Form string
	// Level is who met: a [Level] or a finer rank, such as "advisers". Behind a plus stands a
	// second rank, where it differs or where two thin lanes are followed as one.
	Level string
}

// String names the lane: "joint-statement summit".
func (l Lane) String() string {
	if l.Level == "" {
		return l.Form
	}
	return l.Form + " " + l.Level
}

// Lanes are the lanes of a series.
type Lanes struct {
	of     map[*Release]Lane
	before map[*Release]*Release
}

// thinLane is the number of texts below which a lane is too thin to follow alone.
const thinLane = 3

// NewLanes sorts the releases of a series into lanes. It depends on the set of releases
// alone: the texts of leaders and of foreign ministers share a lane where they have one
// form and either alone would be too thin to follow. Nil words are [DefaultWordLists].
func NewLanes(releases []*Release, words *WordLists) *Lanes {
	lanes := &cmp.Or(words, DefaultWordLists()).lanes
	sorted := slices.Clone(releases)
	SortReleases(sorted)
	l := &Lanes{of: map[*Release]Lane{}, before: map[*Release]*Release{}}
	count := map[Lane]int{}
	for _, r := range sorted {
		l.of[r] = lanes.laneOf(r).onOneMatter(r)
		count[l.of[r]]++
	}
	both := func(a, b Lane) bool { return count[a] > 0 && count[b] > 0 && min(count[a], count[b]) < thinLane }
	for r, lane := range l.of {
		leaders, ministers := Lane{lane.Form, string(LevelSummit)}, Lane{lane.Form, string(LevelForeignMinisters)}
		if (lane == leaders || lane == ministers) && both(leaders, ministers) {
			l.of[r] = Lane{lane.Form, leaders.Level + "+" + ministers.Level}
		}
	}
	past := map[Lane][]*Release{}
	for _, r := range sorted {
		lane := l.of[r]
		l.before[r] = lastComparable(r, past[lane])
		past[lane] = append(past[lane], r)
	}
	return l
}

// Of returns the lane of a release, the zero Lane where it is not one of the series.
func (l *Lanes) Of(r *Release) Lane { return l.of[r] }

// Before returns the last comparable release before r, nil where there is none: of an
// earlier day, in the same language, and of several of that day the one that r's own
// side published.
func (l *Lanes) Before(r *Release) *Release { return l.before[r] }

// lastComparable finds the release before r among those of its lane, which are in order.
// A release without a day stands in no order.
func lastComparable(r *Release, past []*Release) *Release {
	var last *Release
	for _, x := range slices.Backward(past) {
		switch {
		case !dated(r) || !dated(x) || !x.Day().Before(r.Day()) || x.Language != r.Language:
		case last == nil:
			last = x
		case x.Day() != last.Day():
			return last
		case last.Issuer != r.Issuer && x.Issuer == r.Issuer:
			last = x
		}
	}
	return last
}

// dated reports whether the day of a release is known.
func dated(r *Release) bool { return !r.Day().IsZero() }

// laneOf reads the lane of a release off its title, and off its kind and level where the
// title does not say.
func (w *laneWords) laneOf(r *Release) Lane {
	title := singulars(words(r.Title))
	form := w.form(r, title)
	if w.isApart(form) {
		return Lane{Form: form}
	}
	level, person := w.level(r, title)
	switch {
	case form == string(KindJointStatement) && w.oneMatter(title):
		return Lane{form, "on " + strings.Join(w.matter(title), " ")}
	case !person && w.names(w.bodies, title):
		return Lane{"talks", "group"}
	case slices.Contains(workingRanks, strings.Split(level, "+")[0]):
		return Lane{"talks", level}
	}
	return Lane{form, level}
}

// The measures of a joint statement on one matter.
const (
	leastOnMatter = 3  // statements that are on an issue
	shareOnMatter = 90 // percent of these that are on one
)

// onOneMatter is the lane of a joint statement whose statements are all but alone on one issue: it cannot
// lack what one about a whole meeting says. Any other release stays in its lane.
func (l Lane) onOneMatter(r *Release) Lane {
	if l.Form != string(KindJointStatement) {
		return l
	}
	count, on, issue := map[string]int{}, 0, ""
	for _, s := range r.Statements {
		if len(s.Topics) > 0 {
			on++
		}
		for _, t := range s.Topics {
			if count[t]++; count[t] > count[issue] || count[t] == count[issue] && t < issue {
				issue = t
			}
		}
	}
	if on < leastOnMatter || 100*count[issue] < shareOnMatter*on {
		return l
	}
	return Lane{l.Form, "on " + issue}
}

// workingRanks are those of whom it says little whether they met or telephoned.
var workingRanks = []string{"advisers", "deputy-advisers", "officials"}

// laneWords are the phrases by which a title says what sort of text it stands over.
type laneWords struct {
	forms, ranks, bodies, counterparts, occasions []lanePhrase
}

// lanePhrase is a phrase, in singular words, and what it says.
type lanePhrase struct {
	words []string
	name  string
}

// add takes in a line of lanes.txt.
func (w *laneWords) add(l list.Line) {
	to := map[string]*[]lanePhrase{"forms": &w.forms, "ranks": &w.ranks, "bodies": &w.bodies,
		"counterparts": &w.counterparts, "occasions": &w.occasions}[l.Section]
	name, phrases, _ := strings.Cut(l.Text, "\t")
	for _, p := range splitList(phrases) {
		*to = append(slices.Clip(*to), lanePhrase{singulars(words(p)), name})
	}
}

// find returns what the phrases say of a title, in order: at each place the longest.
func (w *laneWords) find(list []lanePhrase, title []string) []string {
	var out []string
	for i := 0; i < len(title); {
		best := lanePhrase{}
		for _, p := range list {
			if len(p.words) > len(best.words) && i+len(p.words) <= len(title) && slices.Equal(title[i:i+len(p.words)], p.words) {
				best = p
			}
		}
		if best.name != "" {
			out = append(out, best.name)
		}
		i += max(1, len(best.words))
	}
	return out
}

func (w *laneWords) names(list []lanePhrase, title []string) bool {
	return len(w.find(list, title)) > 0
}

// form is the form of a text: what its title calls it, or else its kind, where a visit and
// a video conference are meetings.
func (w *laneWords) form(r *Release, title []string) string {
	if r.Kind != KindJointStatement {
		if found := w.find(w.forms, title); len(found) > 0 {
			return found[0]
		}
	}
	switch r.Kind {
	case KindVisit, KindVideo:
		return string(KindMeeting)
	}
	return string(r.Kind)
}

// isApart reports whether a form is one of those that are no account of a meeting.
func (w *laneWords) isApart(form string) bool {
	return slices.ContainsFunc(w.forms, func(p lanePhrase) bool { return p.name == form })
}

// level is who met, and whether the title names a leader or minister in person. The first
// rank of the title is that of the side that reports; the last one is the guest's, and it counts
// where it lifts the talks above those of equals, or takes them below.
func (w *laneWords) level(r *Release, title []string) (level string, person bool) {
	found := w.find(w.ranks, title)
	if len(found) == 0 {
		return string(r.Level), false
	}
	if r.Level == LevelForeignMinisters {
		for i := range found {
			if found[i] == "ministers" { // the text says more than the title
				found[i] = string(r.Level)
			}
		}
	}
	own, guest := found[0], found[len(found)-1]
	person = own == string(LevelSummit) || strings.HasSuffix(own, "ministers")
	summit := string(LevelSummit)
	switch {
	case own == guest, own == "vice-president":
	case guest == summit && (slices.Contains(workingRanks, own) || person), own == summit && strings.HasSuffix(guest, "ministers"):
		own += "+" + guest
	}
	if other := w.find(w.counterparts, title); len(other) > 0 && own != summit {
		own += "+" + other[0]
	}
	return own, person
}

// oneMatter reports whether a joint statement is about one matter and not about a meeting:
// "Joint statement on grain".
func (w *laneWords) oneMatter(title []string) bool {
	return len(w.matter(title)) > 0 && !w.names(w.occasions, title)
}

// matter is what follows "statement on" in a title.
func (w *laneWords) matter(title []string) []string {
	for i := range title {
		if (title[i] == "statement" || title[i] == "declaration") && i+2 < len(title) && title[i+1] == "on" {
			return title[i+2:]
		}
	}
	return nil
}
