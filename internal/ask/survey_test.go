package ask_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/diff"
	"readout/internal/ask"
	"readout/timeline"
)

// meeting makes a release from lines "topic: text", held on the day; "# Heading" opens
// a section. The issuer is part of the id.
func meeting(t testing.TB, issuer timeline.Party, day, text string) *timeline.Release {
	t.Helper()
	held, err := timeline.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	r := &timeline.Release{Held: held, Issuer: issuer, Kind: timeline.KindMeeting, Level: timeline.LevelForeignMinisters,
		Parties: []timeline.Party{"NO", "UY"}, Series: "NO-UY", Title: "Norway-Uruguay Foreign Ministers' Meeting"}
	section := -1
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if heading, ok := strings.CutPrefix(line, "# "); ok {
			r.Sections = append(r.Sections, timeline.Section{Heading: heading, Depth: 1})
			section++
			continue
		}
		if topic, said, ok := strings.Cut(line, ": "); ok {
			r.Statements = append(r.Statements, timeline.Statement{Text: said, Section: section, Topics: []string{topic}, Speakers: r.Parties})
		}
	}
	r.Name(day + "-" + strings.ToLower(string(issuer)))
	return r
}

func threads(rs []*timeline.Release, ids ...string) []*ask.Thread {
	var topics []timeline.Topic
	for _, id := range ids {
		topics = append(topics, timeline.Topic{ID: id, Name: id})
	}
	return ask.Threads(timeline.Assigned(rs, topics...), topics, timeline.Filter{}, diff.Options{})
}

// TestMatrixOfSomeMeetings keeps some columns: topics that none of them raises go, and
// what is left says what it said in the whole series.
func TestMatrixOfSomeMeetings(t *testing.T) {
	rs := []*timeline.Release{
		meeting(t, "NO", "2031-01-10", "krill: The two ministers agreed on the krill quota.\nferry: Both sides praised the ferry."),
		meeting(t, "NO", "2031-03-10", "krill: The two ministers exchanged views on the krill quota."),
		meeting(t, "NO", "2031-05-10", "krill: The two ministers exchanged views on the krill quota.\nseeds: A seed bank will be built."),
	}
	whole := ask.NewMatrix(threads(rs, "krill", "ferry", "seeds"))
	m := whole.Keep(func(x timeline.Meeting) bool { return x.Day() != rs[0].Held })
	if len(m.Meetings) != 2 || len(m.Topics) != 2 || m.Topics[0].Topic.ID != "krill" || m.Topics[1].Topic.ID != "seeds" || m.Series != whole.Series {
		t.Fatalf("Keep = %+v, want krill and seeds at two meetings", m)
	}
	for i, c := range m.Topics[0].Cells {
		if want := whole.Topics[0].Cells[i+1]; c.Mark != want.Mark {
			t.Errorf("the mark of meeting %d is %s, %s in the whole matrix", i, c.Mark, want.Mark)
		}
	}
	if all := whole.Keep(func(timeline.Meeting) bool { return true }); len(all.Topics) != 3 || len(all.Meetings) != 3 {
		t.Errorf("Keep(all) has %d topics at %d meetings", len(all.Topics), len(all.Meetings))
	}
}

func TestMatrix(t *testing.T) {
	rs := []*timeline.Release{
		meeting(t, "NO", "2031-01-10", "krill: The two ministers agreed on the krill quota for the southern shelf.\nferry: Both sides praised the ferry line to Arn.\nferry: A second ship will be bought."),
		meeting(t, "NO", "2031-03-10", "krill: The two ministers exchanged views on the krill quota for the southern shelf."),
		meeting(t, "NO", "2031-05-10", "krill: The two ministers exchanged views on the krill quota for the southern shelf.\nferry: Both sides praised the ferry line to Arn.\nseeds: A seed bank will be built near Tarn."),
	}
	rs[1].Statements[0].Act, rs[1].Statements[0].Verb = timeline.ActDiscuss, "exchange"
	m := ask.NewMatrix(threads(rs, "krill", "ferry", "seeds"))
	var got []string
	for _, row := range m.Topics {
		line := row.Topic.ID
		for _, c := range row.Cells {
			line += " " + fmt.Sprint(c.Marks)
		}
		got = append(got, line)
	}
	want := []string{
		"krill [new] [softened reworded] [raised]",
		"ferry [new] [not_raised missed] [raised]", // the second ship was gone at the meeting before
		"seeds [not_raised] [not_raised] [new]",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("matrix:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if m.Series != "NO-UY" || len(m.Meetings) != 3 || len(m.Lulls) != 0 {
		t.Errorf("series %s, %d meetings, lulls %v", m.Series, len(m.Meetings), m.Lulls)
	}
	quota := m.Topics[0].Cells[1]
	if quota.Direction != ask.Softer || quota.Kept == nil || *quota.Kept <= 0 || *quota.Kept >= 1 || quota.Position.Word != "exchanged" {
		t.Errorf("the quota went %s, kept %v, strongest %+v", quota.Direction, quota.Kept, quota.Position)
	}
	if a := m.Topics[1].Cells[1].Absent; a == nil || a.Against != rs[0].ID || a.In != rs[1].ID || len(a.Statements) != 2 {
		t.Errorf("absence of the ferry: %+v, want it proved by two statements of the meeting before", a)
	}
	if empty := ask.NewMatrix(nil); len(empty.Topics) != 0 || len(empty.Meetings) != 0 {
		t.Errorf("matrix of nothing: %+v", empty)
	}
}

// TestMatrixSortsByState: what is alive stands first, then what fell quiet, the latest first, then
// what was raised once.
func TestMatrixSortsByState(t *testing.T) {
	const krill, ferry, seeds = "krill: The quota stands.\n", "ferry: The ferry sails.\n", "seeds: A seed bank will be built.\n"
	var rs []*timeline.Release
	for i, text := range []string{seeds + ferry + krill, ferry + krill, ferry + krill, krill, krill, krill, krill} {
		rs = append(rs, meeting(t, "NO", fmt.Sprintf("2031-0%d-10", i+1), strings.TrimSuffix(text, "\n")))
	}
	var got []string
	for _, x := range ask.NewMatrix(threads(rs, "seeds", "ferry", "krill")).Topics {
		got = append(got, fmt.Sprintf("%s %s %d, %s, %d since", x.ID, x.State, x.Raised, x.Last, x.Since))
	}
	want := []string{"krill alive 7, 2031-07-10, 0 since", "ferry quiet 3, 2031-03-10, 4 since", "seeds once 1, 2031-01-10, 6 since"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("topics (-want +got):\n%s", d)
	}
}

// A text much shorter than the last one passes things over; that is no mark, only a number.
func TestMatrixOfAShortText(t *testing.T) {
	long := "krill: The two ministers agreed on the krill quota for the southern shelf.\nkrill: Observers will sail on every vessel."
	for _, said := range []string{"Both sides praised the ferry line to Arn.", "A second ship will be bought.", "The pier at Tarn was mended.", "Tickets will be sold in both harbours.", "A bell will be cast."} {
		long += "\nferry: " + said
	}
	rs := []*timeline.Release{
		meeting(t, "NO", "2031-01-10", long),
		meeting(t, "NO", "2031-03-10", "krill: The two ministers agreed on the krill quota for the southern shelf."),
	}
	c := ask.NewMatrix(threads(rs, "krill")).Topics[0].Cells[1]
	if c.Mark != ask.Raised || c.Dropped != 0 || c.Silent != 1 {
		t.Errorf("mark %s, %d dropped, %d passed over; want raised, 0, 1", c.Mark, c.Dropped, c.Silent)
	}
}

// What either side's account of a meeting keeps is not dropped, and the two are not
// held against each other.
func TestTwoAccountsOfOneMeeting(t *testing.T) {
	rs := []*timeline.Release{
		meeting(t, "NO", "2031-01-10", "krill: The two ministers agreed on the krill quota for the southern shelf.\nkrill: Observers will sail on every vessel."),
		meeting(t, "NO", "2031-05-10", "krill: The two ministers agreed on the krill quota for the southern shelf."),
		meeting(t, "UY", "2031-05-10", "krill: Observers will sail on every vessel."),
	}
	ts := threads(rs, "krill")
	for i, s := range ts[0].Steps {
		if len(s.Dropped) > 0 {
			t.Errorf("step %d says %q is dropped", i, s.Dropped[0].Statement.Text)
		}
		if i > 0 && s.Previous != rs[0] {
			t.Errorf("step %d is compared with %v", i, s.Previous)
		}
	}
	m := ask.NewMatrix(ts)
	if len(m.Meetings) != 2 || len(m.Topics[0].Cells[1].Releases) != 2 {
		t.Errorf("%d meetings, cell %+v", len(m.Meetings), m.Topics[0].Cells)
	}
}

func TestFollowComparesTheFirstMeetingInRange(t *testing.T) {
	rs := []*timeline.Release{
		meeting(t, "NO", "2031-01-10", "krill: The two ministers agreed on the krill quota."),
		meeting(t, "NO", "2031-05-10", "krill: The two ministers agreed on the krill quota."),
	}
	since, _ := timeline.ParseDate("2031-02-01")
	th := ask.Follow(timeline.Assigned(rs), "krill", timeline.Filter{Since: since}, diff.Options{})
	if len(th.Steps) != 1 || len(th.Notes) != 1 || len(th.Timeline.Entries) != 1 || th.Steps[0].Statements[0].Kind != diff.Unchanged {
		t.Errorf("steps in range: %+v", th.Steps)
	}
}

func TestNoveltyAndAgenda(t *testing.T) {
	const rest = "\nferry: Both sides praised the ferry line.\nseeds: A seed bank will be built.\ntunnel: The tunnel was discussed."
	var rs []*timeline.Release
	for i, said := range []string{"north", "north", "south", "south", "east", "east"} {
		rs = append(rs, meeting(t, "NO", fmt.Sprintf("2031-0%d-10", i+1), "krill: The two ministers agreed on the krill quota for the "+said+"ern shelf of the sea."+rest))
	}
	rs = append(rs, meeting(t, "NO", "2031-07-10", strings.TrimPrefix(rest, "\n")+"\nkrill: Nobody knew any more what was to become of all those small animals."))
	th := threads(rs, "krill")[0]
	last := th.Notes[len(th.Notes)-1]
	if n := last.Novelty; !n.Notable || n.Earlier != 5 || n.Above != 5 {
		t.Errorf("novelty of a rewrite: %+v", n)
	}
	if a := last.Agenda; a.Moved != "down" || a.Place != 4 || a.Last.Place != 1 {
		t.Errorf("agenda: %+v", a)
	}
	for i, n := range th.Notes[:6] {
		if n.Novelty.Notable || n.Agenda.Notable() {
			t.Errorf("note %d is notable: %+v", i, n)
		}
	}
}

func TestAgendaHeading(t *testing.T) {
	rs := []*timeline.Release{
		meeting(t, "NO", "2031-01-10", "# Regional matters\nkrill: Krill was discussed.\nferry: The ferry was praised.\n# Culture\nchoir: A choir sang."),
		meeting(t, "NO", "2031-02-10", "# Krill quota\nkrill: Krill was discussed.\n# Culture\nferry: The ferry was praised.\nchoir: A choir sang."),
	}
	a := threads(rs, "krill")[0].Notes[1].Agenda
	if a.Change != "got" || a.Heading != "Krill quota" {
		t.Errorf("agenda: %+v", a)
	}
}

// TestBriefLeavesNarrationOut: who met when stands in no brief; what was said before does, with its day.
func TestBriefLeavesNarrationOut(t *testing.T) {
	r := meeting(t, "NO", "2031-01-10", "krill: The two ministers met over krill.\nkrill: The two ministers agreed on the krill quota.")
	later := meeting(t, "NO", "2031-03-10", "krill: The two ministers met over krill again.")
	r.Statements[0].Act, later.Statements[0].Act = timeline.ActNone, timeline.ActNone
	lines := ask.NewBrief(threads([]*timeline.Release{r, later}, "krill"), ask.BriefOptions{}).Topics[0].Lines
	if len(lines) != 1 || lines[0].ID != r.Statements[1].ID || lines[0].Held != r.Held {
		t.Errorf("lines %+v, want the agreement alone", lines)
	}
	r.Statements[1].Act = timeline.ActNone
	if lines := ask.NewBrief(threads([]*timeline.Release{r, later}, "krill"), ask.BriefOptions{}).Topics[0].Lines; len(lines) != 0 {
		t.Errorf("where nothing but narration stands: %+v, want nothing", lines)
	}
}

// TestBriefRanksPositions: what binds comes before what was talked about, what both say before what one does.
func TestBriefRanksPositions(t *testing.T) {
	r := meeting(t, "NO", "2031-01-10", "krill: They discussed krill.\nkrill: Norway will count the krill.\nkrill: They agreed on the krill quota.")
	for i, x := range []timeline.Statement{
		{Act: timeline.ActDiscuss, Speakers: []timeline.Party{"NO", "UY"}},
		{Act: timeline.ActCommit, Speakers: []timeline.Party{"NO"}},
		{Act: timeline.ActAgree, Speakers: []timeline.Party{"NO", "UY"}},
	} {
		r.Statements[i].Act, r.Statements[i].Speakers = x.Act, x.Speakers
	}
	var got []int
	for _, l := range ask.NewBrief(threads([]*timeline.Release{r}, "krill"), ask.BriefOptions{}).Topics[0].Lines {
		got = append(got, l.Rank)
	}
	if d := cmp.Diff([]int{3, 2, 1}, got); d != "" {
		t.Errorf("ranks (-want +got):\n%s", d)
	}
}

func TestBrief(t *testing.T) {
	const quota, agreed = "krill: The two ministers exchanged views on the krill quota for the southern shelf.", "krill: The two ministers agreed on the krill quota for the southern shelf."
	const ferry = "\nferry: Both sides praised the ferry line to Arn."
	var rs []*timeline.Release
	for i, text := range []string{
		agreed + ferry, agreed + ferry + "\nseeds: A seed bank will be built.", agreed + ferry, agreed + ferry,
		quota + "\nkrill: Observers will sail on every vessel.", quota, quota,
	} {
		rs = append(rs, meeting(t, "NO", fmt.Sprintf("2031-0%d-10", i+1), text))
	}
	b := ask.NewBrief(threads(rs, "krill", "ferry", "seeds"), ask.BriefOptions{})
	if len(b.Topics) != 1 || len(b.Silent) != 1 || b.Others != 1 {
		t.Fatalf("%d standing, %d silent, %d others", len(b.Topics), len(b.Silent), b.Others)
	}
	s := b.Topics[0]
	if s.ID != "krill" || s.Raised != 7 || s.Silent != 0 || s.Release != rs[6].ID || len(s.Dropped) != 0 {
		t.Errorf("standing: %+v", s)
	}
	if l := s.Lines[0]; l.Since != rs[4].Day() || l.Meetings != 3 || l.Origin != rs[0].Day() {
		t.Errorf("line since %s, %d meetings, origin %s", l.Since, l.Meetings, l.Origin)
	}
	if len(s.Shifts) != 1 || s.Shifts[0].Release != rs[4].ID || s.Shifts[0].Shift.Kind != diff.Softened {
		t.Errorf("shifts: %+v", s.Shifts)
	}
	if x := b.Silent[0]; x.ID != "ferry" || x.Silent != 3 || x.Release != rs[3].ID {
		t.Errorf("silent: %+v", x)
	}
	if b := ask.NewBrief(nil, ask.BriefOptions{}); len(b.Topics)+len(b.Silent) != 0 {
		t.Errorf("brief of nothing: %+v", b)
	}
}

// A meeting that two sides tell of is one meeting, raised where either side raises it.
func TestTimelineCountsMeetingsNotAccounts(t *testing.T) {
	rs := []*timeline.Release{
		meeting(t, "NO", "2031-01-10", "krill: The two ministers agreed on the krill quota for the southern shelf."),
		meeting(t, "NO", "2031-05-10", "ferry: Both sides praised the ferry line to Arn."),
		meeting(t, "UY", "2031-05-10", "krill: Observers will sail on every vessel."),
		meeting(t, "NO", "2031-07-10", "ferry: A second ship will be bought."),
	}
	tl := ask.NewTimeline(threads(rs, "krill")[0], ask.TimelineView{})
	if raised, all := tl.Issue.Raised, tl.Issue.Meetings; raised != 2 || all != 3 || len(tl.Entries) != 4 {
		t.Errorf("raised at %d of %d meetings, %d entries; want 2 of 3, 4", raised, all, len(tl.Entries))
	}
}

// A line goes back to the first text that said it on the topic, over meetings that left it
// out, and not to one that said something else.
func TestOriginOfALine(t *testing.T) {
	const line = "krill: Observers will sail on every vessel of the southern fleet."
	rs := []*timeline.Release{
		meeting(t, "NO", "2031-01-10", "krill: The two ministers agreed on the quota."),
		meeting(t, "NO", "2031-03-10", "krill: Observers shall sail on every vessel of the southern fleet."),
		meeting(t, "NO", "2031-05-10", "krill: The two ministers agreed on the quota."),
		meeting(t, "NO", "2031-07-10", line),
	}
	b := ask.NewBrief(threads(rs, "krill"), ask.BriefOptions{})
	if l := b.Topics[0].Lines[0]; l.Origin != rs[1].Day() || l.Since != rs[3].Day() {
		t.Errorf("the line stands since %s, in whatever words since %s; want %s and %s", l.Since, l.Origin, rs[3].Day(), rs[1].Day())
	}
}
