package timeline

import "slices"

// Filter narrows what [Build] shows. The zero Filter lets everything through.
type Filter struct {
	Since, Until Date    // first and last day, both included; zero is open
	Speakers     []Party // statements with at least one of these speakers
	Acts         []Act   // statements with one of these acts
	Kinds        []Kind  // releases of one of these kinds
	Levels       []Level // releases of one of these levels
}

// IsZero reports whether the filter has no condition.
func (f Filter) IsZero() bool {
	return f.Since.IsZero() && f.Until.IsZero() && len(f.Kinds)+len(f.Levels)+len(f.Speakers)+len(f.Acts) == 0
}

// Admits reports whether a release passes the conditions on its day, kind and level.
func (f Filter) Admits(r *Release) bool {
	return f.Covers(r.Day()) && (len(f.Kinds) == 0 || slices.Contains(f.Kinds, r.Kind)) &&
		(len(f.Levels) == 0 || slices.Contains(f.Levels, r.Level))
}

// Match reports whether the statement passes the conditions on speakers and acts.
func (f Filter) Match(s Statement) bool {
	if len(f.Acts) > 0 && !slices.Contains(f.Acts, s.Act) {
		return false
	}
	if len(f.Speakers) == 0 {
		return true
	}
	return slices.ContainsFunc(s.Speakers, func(p Party) bool { return slices.Contains(f.Speakers, p) })
}

// Covers reports whether the day lies in the range of the filter. An unknown day
// lies in no range that has a beginning or an end.
func (f Filter) Covers(d Date) bool {
	if d.IsZero() {
		return f.Since.IsZero() && f.Until.IsZero()
	}
	return (f.Since.IsZero() || !d.Before(f.Since)) && (f.Until.IsZero() || !f.Until.Before(d))
}

// Entry is one meeting in the timeline of a topic.
type Entry struct {
	Release *Release
	// Meeting is the id of the first release about the same meeting: this one's own
	// unless there are other texts about it (see [Meetings]).
	Meeting string
	// Raised reports whether the release takes the topic up at all, also where
	// the filter hides all of its statements: silence is a finding, a filter is not.
	Raised bool
	// Statements are those of the topic that pass the filter, in reading order.
	Statements []Statement
}

// Unsettled is a release of which it is not known whether it raises a topic.
type Unsettled struct {
	Release *Release
	Twin    string // id of the topic that it raises and that may be the same issue
}

// Timeline is one topic laid out in the order in which the meetings were held.
type Timeline struct {
	Series  SeriesID
	Topic   Topic
	Entries []Entry
	// Unsettled are the dated releases that do not raise the topic but one that is likely
	// the same issue (see [Topics.Proposals]): nothing is said of them, in order.
	Unsettled []Unsettled
	// Undated are the entries of releases whose day is not known, in order of id. They
	// come neither before nor after another.
	Undated []Entry
}

// Build lays out the topic with the given id, and its parts, over the releases that were searched for
// it. Every dated one in the filter's range is an entry, in the order of
// [CompareReleases]; one that does not take the topic up has Raised false. The
// timeline's series is that of the releases where they share one, else empty.
//
// It takes the topics, and not releases, because silence is a finding: only where a
// release was searched may it be said not to raise something. For the same reason there
// is no entry at all on a topic that the topics do not have.
func Build(topics *Topics, id string, f Filter) *Timeline {
	topic, ok := topics.Get(id)
	if !ok {
		return &Timeline{Topic: Topic{ID: id}}
	}
	dated, undated := Dated(topics.releases)
	t := &Timeline{Topic: topic}
	for i, r := range topics.releases {
		if i == 0 {
			t.Series = r.Series
		} else if t.Series != r.Series {
			t.Series = ""
		}
	}
	meeting := topics.meetingIDs()
	twin := topics.raisedTwins(id, dated, meeting)
	for _, r := range dated {
		if !f.Admits(r) {
			continue
		}
		if k, ok := twin[meeting[r.ID]]; ok {
			t.Unsettled = append(t.Unsettled, Unsettled{r, k})
		} else {
			t.Entries = append(t.Entries, f.entry(r, topic, meeting[r.ID]))
		}
	}
	for _, r := range undated {
		if f.Admits(r) {
			t.Undated = append(t.Undated, f.entry(r, topic, r.ID))
		}
	}
	return t
}

// entry returns what the release says on the topic and the filter lets through.
func (f Filter) entry(r *Release, topic Topic, meeting string) Entry {
	e := Entry{Release: r, Meeting: meeting}
	for _, s := range r.Statements {
		if !s.On(topic.ID) {
			continue
		}
		e.Raised = true
		if f.Match(s) {
			e.Statements = append(e.Statements, s)
		}
	}
	return e
}
