package timeline

import (
	"cmp"
	"slices"
	"strings"
)

// Meeting is one occasion on which the parties met, with every release about it: each
// side's readout, in whatever languages, the joint statement, the remarks, a fact sheet.
type Meeting struct {
	// Releases are in the order of [CompareReleases].
	Releases []*Release
}

// Day is the day of the meeting.
func (m Meeting) Day() Date {
	if len(m.Releases) == 0 {
		return Date{}
	}
	return m.Releases[0].Day()
}

// ID names the meeting by its first release.
func (m Meeting) ID() string {
	if len(m.Releases) == 0 {
		return ""
	}
	return m.Releases[0].ID
}

// Key names the meeting: the ids of its releases, joined by a space.
func (m Meeting) Key() string {
	ids := make([]string, len(m.Releases))
	for i, r := range m.Releases {
		ids[i] = r.ID
	}
	return strings.Join(ids, " ")
}

// Meetings groups the releases by meeting, in the order of [CompareReleases] of their
// first. The result depends on the set of releases alone; they are neither changed nor
// reordered.
//
// Releases tell of one meeting where nothing parts them and something joins them. They
// are parted by other parties, other days, another form (see [SameForm]) and another
// level where both name one. Two readouts of different issuers are joined by the
// same day held; two of one issuer by another language, or by a person of the other side
// who is present in both: a minister may speak to two colleagues on one day. A call may
// fall on two days for its two sides, around midnight; then the persons must be the same.
// A text of another sort, such as a joint statement or remarks, belongs to the meeting of
// its day; where it does not say that its day is that of a meeting, its title must be
// like that of a release about it.
//
// Of several meetings that would fit, the one whose release is most alike is taken, and
// none where two are equally so. An undated release is a meeting of its own.
func Meetings(releases []*Release) []Meeting {
	dated, undated := Dated(releases)
	order := slices.Clone(dated)
	slices.SortStableFunc(order, func(a, b *Release) int { return cmp.Compare(rankOfText(a.Kind), rankOfText(b.Kind)) })
	onDay := map[Date][]*Meeting{}
	var all []*Meeting
	for _, r := range order {
		m := bestMeeting(onDay, r)
		if m == nil {
			m = &Meeting{}
			all = append(all, m)
		}
		m.Releases = append(m.Releases, r)
		for _, d := range nearDays(r) {
			if !slices.Contains(onDay[d], m) {
				onDay[d] = append(onDay[d], m)
			}
		}
	}
	out := make([]Meeting, 0, len(all)+len(undated))
	for _, m := range all {
		SortReleases(m.Releases)
		out = append(out, *m)
	}
	slices.SortFunc(out, func(a, b Meeting) int { return CompareReleases(a.Releases[0], b.Releases[0]) })
	for _, r := range undated {
		out = append(out, Meeting{Releases: []*Release{r}})
	}
	return out
}

// MeetingIDs returns the id of the meeting of every release, by the release's id.
func MeetingIDs(releases []*Release) map[string]string {
	out := make(map[string]string, len(releases))
	for _, m := range Meetings(releases) {
		for _, r := range m.Releases {
			out[r.ID] = m.ID()
		}
	}
	return out
}

// rankOfText orders the texts about a meeting: what reports it comes before what was
// adopted or said at it, for that is told by the report.
func rankOfText(k Kind) int {
	switch k {
	case KindJointStatement:
		return 1
	case KindStatement:
		return 2
	}
	return 0
}

// nearDays lists the days under which a release looks for others about its meeting: its
// own, and for a call the days beside it.
func nearDays(r *Release) []Date {
	first, last := span(r)
	if SameForm(r.Kind, KindCall) {
		first, last = first.AddDays(-1), last.AddDays(1)
	}
	days := []Date{first}
	for d := first.AddDays(1); d.Compare(last) <= 0 && len(days) < longestVisit; d = d.AddDays(1) {
		days = append(days, d)
	}
	return days
}

// Near returns the first and the last day on which another release may be about the meeting of r.
func Near(r *Release) (first, last Date) {
	days := nearDays(r)
	return days[0], days[len(days)-1]
}

// longestVisit is for how many days parties may be said to meet.
const longestVisit = 31

// span returns the first and the last day of what a release is about.
func span(r *Release) (first, last Date) {
	first, last = r.Day(), r.Day()
	if !r.Held.IsZero() && last.Before(r.HeldUntil) {
		last = r.HeldUntil
	}
	return first, last
}

// bestMeeting returns the meeting that r is about, nil where there is none or two that
// cannot be told apart.
func bestMeeting(onDay map[Date][]*Meeting, r *Release) *Meeting {
	var best *Meeting
	score, tie := -1.0, false
	var seen []*Meeting
	for _, d := range nearDays(r) {
		for _, m := range onDay[d] {
			if slices.Contains(seen, m) {
				continue
			}
			seen = append(seen, m)
			switch like := m.likeness(r); {
			case like < 0:
			case like > score:
				best, score, tie = m, like, false
			case like == score:
				tie = true
			}
		}
	}
	if tie {
		return nil
	}
	return best
}

// likeness is how well r fits as a text about the meeting, -1 where it cannot be one.
func (m Meeting) likeness(r *Release) float64 {
	best := -1.0
	for _, x := range m.Releases {
		if parted(x, r) {
			return -1
		}
		if joined(x, r) {
			best = max(best, titleLikeness(x, r)+sectionLikeness(x, r))
		}
	}
	return best
}

// parted reports whether the releases cannot be about one meeting.
func parted(a, b *Release) bool {
	if a.Series != b.Series || len(a.Parties) < 2 {
		return true
	}
	named := func(l Level) bool { return l != "" && l != LevelOther }
	if a.Level != b.Level && named(a.Level) && named(b.Level) {
		return true
	}
	if rankOfText(a.Kind) > 0 || rankOfText(b.Kind) > 0 {
		return !shareDay(a, b)
	}
	if !SameForm(a.Kind, b.Kind) {
		return true
	}
	return !shareDay(a, b) && !acrossMidnight(a, b)
}

// shareDay reports whether the days of the releases have one in common.
func shareDay(a, b *Release) bool {
	firstA, lastA := span(a)
	firstB, lastB := span(b)
	return !lastA.Before(firstB) && !lastB.Before(firstA)
}

// acrossMidnight reports whether two sides date one call on neighbouring days: both
// name the same person of each side.
func acrossMidnight(a, b *Release) bool {
	if a.Issuer == b.Issuer || a.Held.IsZero() || b.Held.IsZero() || !SameForm(a.Kind, KindCall) || a.Level != b.Level {
		return false
	}
	return !slices.ContainsFunc(a.Parties, func(p Party) bool { return !sharePerson(a, b, p) })
}

// joined reports whether something makes the releases texts about one meeting, where
// nothing parts them.
func joined(a, b *Release) bool {
	if a.Held.IsZero() || b.Held.IsZero() {
		return rankOfText(a.Kind) != rankOfText(b.Kind) && titleLikeness(a, b) >= likeTitle
	}
	switch {
	case rankOfText(a.Kind) > 0 && rankOfText(b.Kind) > 0:
		return rankOfText(a.Kind) == 1 && rankOfText(b.Kind) == 1 && a.Language != b.Language
	case rankOfText(a.Kind) > 0 || rankOfText(b.Kind) > 0:
		return true
	case a.Language != b.Language && a.Language != "" && b.Language != "":
		return true // whoever published them: no ministry reports two meetings of a day in a language each
	case a.Issuer == "" || b.Issuer == "":
		return false
	case a.Issuer != b.Issuer:
		return true
	}
	return slices.ContainsFunc(a.Parties, func(p Party) bool { return p != a.Issuer && sharePerson(a, b, p) })
}

// likeTitle is the likeness of titles from which a text that does not say on which day
// the parties met is about a meeting on the day it is dated.
const likeTitle = 0.35

// sharePerson reports whether both releases name the same participant of the party.
func sharePerson(a, b *Release, p Party) bool {
	for _, x := range a.Participants {
		for _, y := range b.Participants {
			if x.Party == p && y.Party == p && samePerson(x.Name, y.Name) {
				return true
			}
		}
	}
	return false
}

// samePerson reports whether one name holds the last word of the other: "Okafor" and
// "Ms. Ada Okafor".
func samePerson(a, b string) bool {
	x, y := words(a), words(b)
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	return slices.Contains(x, y[len(y)-1]) || slices.Contains(y, x[len(x)-1])
}

// SameForm reports whether two ministries may have meant one occasion by the two
// kinds: one may call a visit what the other calls a meeting, and a video conference
// is a call to some.
func SameForm(a, b Kind) bool {
	form := func(k Kind) Kind {
		switch k {
		case KindVisit:
			return KindMeeting
		case KindVideo:
			return KindCall
		}
		return k
	}
	return form(a) == form(b)
}

// titleLikeness is the share of words that the titles, occasions and places have in
// common; 0 to 1.
func titleLikeness(a, b *Release) float64 {
	x, y := map[string]bool{}, map[string]bool{}
	for _, w := range words(a.Title + " " + a.Occasion + " " + a.Place) {
		x[singular(w)] = true
	}
	for _, w := range words(b.Title + " " + b.Occasion + " " + b.Place) {
		y[singular(w)] = true
	}
	both := 0
	for w := range x {
		if y[w] {
			both++
		}
	}
	return 2 * float64(both) / float64(max(1, len(x)+len(y)))
}

// sectionLikeness is 1 where two texts in different languages have the same printed
// numbers before their headings, else 0: a translation keeps them.
func sectionLikeness(a, b *Release) float64 {
	if a.Language == b.Language || len(a.Sections) == 0 || len(a.Sections) != len(b.Sections) {
		return 0
	}
	for i := range a.Sections {
		if a.Sections[i].Number != b.Sections[i].Number {
			return 0
		}
	}
	return 1
}
