package timeline_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/timeline"
)

// release makes a release from lines: "# Heading" opens a section, "" a paragraph,
// everything else is a statement.
func release(t testing.TB, id, day string, parties []timeline.Party, text string) *timeline.Release {
	t.Helper()
	held, err := timeline.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	r := &timeline.Release{Held: held, Parties: parties, Series: timeline.SeriesOf(parties), Title: "Malta-Bolivia Foreign Ministers' Meeting"}
	section := -1
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if heading, ok := strings.CutPrefix(line, "# "); ok {
			section = len(r.Sections)
			r.Sections = append(r.Sections, timeline.Section{Heading: heading, Depth: 1})
			continue
		}
		if line == "" {
			r.Text += "\n\n"
			continue
		}
		start := len(r.Text)
		r.Text += line
		r.Statements = append(r.Statements, timeline.Statement{Section: section, Text: line, Start: start, End: len(r.Text), Topics: []string{}})
		r.Text += " "
	}
	r.Name(id)
	return r
}

// fictional is a series of Malta and Bolivia in four layouts.
func fictional(t testing.TB) []*timeline.Release {
	parties := []timeline.Party{"MT", "BO"}
	return []*timeline.Release{
		release(t, "m1", "2041-03-02", parties, `
			Foreign Minister Spiteri Vella met today with Foreign Minister Quisbert in Valletta.
			# 1. Opening remarks
			Minister Spiteri Vella welcomed Minister Quisbert on his first visit to Malta.
			# 2. Bell of the lighthouse
			The two ministers agreed that the bell of the lighthouse should be returned to Sucre after restoration.
			Minister Quisbert stated that the bell had been cast in 1802.
			# 3. Salt flats railway and glass bottles
			Minister Quisbert explained that the salt flats railway would carry passengers from May.
			The two ministers shared the view that glass bottles should bear a deposit mark of both countries.
			# 4. Other matters
			Minister Spiteri Vella expressed concern about the human rights situation in Belarus.`),
		release(t, "m2", "2041-11-20", parties, `
			Minister Quisbert spoke by telephone with Minister Spiteri Vella.

			With regard to the bell of the lighthouse, the two ministers confirmed that it should be returned to Sucre after restoration.
			He stated that a crate had been ordered.

			On the salt flats railway, Minister Quisbert explained that passengers would be carried from August.

			The two ministers discussed Belarus and the deposit mark on glass bottles.`),
		release(t, "m3", "2042-06-15", parties, `
			# Lighthouse bell
			The two ministers agreed that the bell should be returned to Sucre by the end of the year.
			# Railway
			Minister Quisbert reiterated that the salt flats railway would carry passengers.
			# Glass bottles
			The two ministers confirmed that glass bottles should bear a deposit mark of both countries.`),
		release(t, "m4", "2043-01-09", parties, `
			# THE BELL
			The two sides welcomed the return of the bell of the lighthouse to Sucre.
			# FINAL REMARKS AND NEXT STEPS
			The two ministers agreed to meet again in La Paz.`),
	}
}

func TestLinkFollowsAnIssueUnderItsNames(t *testing.T) {
	topics := timeline.Link(fictional(t), timeline.LinkOptions{})
	for _, group := range []struct {
		name string
		ids  []string
	}{
		{"bell", []string{"m1#3", "m1#4", "m2#2", "m2#3", "m3#1", "m4#1"}},
		{"railway", []string{"m1#5", "m2#4", "m3#2"}},
		{"bottles", []string{"m1#6", "m2#5", "m3#3"}},
		{"Belarus", []string{"m1#7", "m2#5"}},
	} {
		shared := topics.Of(group.ids[0])
		for _, id := range group.ids[1:] {
			shared = common(shared, topics.Of(id))
		}
		if len(shared) == 0 {
			for _, id := range group.ids {
				t.Logf("%s: %v", id, topics.Of(id))
			}
			t.Errorf("%s: the statements %v share no topic", group.name, group.ids)
		}
	}
	if bell, rail := topics.Of("m3#1"), topics.Of("m3#2"); len(common(bell, rail)) > 0 {
		t.Errorf("bell %v and railway %v share a topic", bell, rail)
	}
	for _, id := range []string{"m1#1", "m1#2", "m2#1", "m4#2"} {
		if got := topics.Of(id); len(got) != 0 {
			t.Errorf("protocol %s is in %v", id, got)
		}
	}
}

func common(a, b []string) []string {
	var out []string
	for _, x := range a {
		for _, y := range b {
			if x == y {
				out = append(out, x)
			}
		}
	}
	return out
}

func TestLinkNames(t *testing.T) {
	topics := timeline.Link(fictional(t), timeline.LinkOptions{})
	x, ok := topics.Get("bell-of-the-lighthouse")
	if !ok {
		t.Fatalf("no topic bell-of-the-lighthouse in %v", topics.Topics)
	}
	if x.Name != "Bell of the lighthouse" {
		t.Errorf("name = %q", x.Name)
	}
	if want := []string{"Lighthouse bell", "Bell"}; !cmp.Equal(x.Aliases, want) {
		t.Errorf("aliases = %q, want %q", x.Aliases, want)
	}
	if x.First.String() != "2041-03-02" || x.Last.String() != "2043-01-09" || x.Releases != 4 {
		t.Errorf("first %s, last %s, releases %d", x.First, x.Last, x.Releases)
	}
}

// snapshot is what a caller can see of topics.
func snapshot(ts *timeline.Topics, rs []*timeline.Release) map[string]any {
	out := map[string]any{"topics": ts.Topics}
	for _, r := range rs {
		for _, s := range r.Statements {
			out[s.ID] = ts.Of(s.ID)
			out["why "+s.ID] = ts.Explain(s.ID)
		}
	}
	return out
}

func TestLinkDoesNotDependOnOrder(t *testing.T) {
	rs := fictional(t)
	want := snapshot(timeline.Link(rs, timeline.LinkOptions{}), rs)
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 8 {
		rnd.Shuffle(len(rs), func(i, j int) { rs[i], rs[j] = rs[j], rs[i] })
		if diff := cmp.Diff(want, snapshot(timeline.Link(rs, timeline.LinkOptions{}), rs), cmp.Comparer(func(a, b timeline.Date) bool { return a == b })); diff != "" {
			t.Fatalf("another order gives other topics:\n%s", diff)
		}
	}
}

func TestLinkIgnoresOtherSeries(t *testing.T) {
	rs := fictional(t)
	want := snapshot(timeline.Link(rs, timeline.LinkOptions{Series: "BO-MT"}), rs)
	other := release(t, "x1", "2042-01-01", []timeline.Party{"PT", "KR"}, "# Bell of the lighthouse\nThe two ministers discussed the salt flats railway.")
	got := snapshot(timeline.Link(append(fictional(t), other), timeline.LinkOptions{Series: "BO-MT"}), rs)
	if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b timeline.Date) bool { return a == b })); diff != "" {
		t.Errorf("a release of another series changes the topics:\n%s", diff)
	}
}

func TestLinkCountsAgree(t *testing.T) {
	rs := fictional(t)
	topics := timeline.Link(rs, timeline.LinkOptions{})
	statements, releases := map[string]int{}, map[string]map[string]bool{}
	for _, r := range rs {
		for _, s := range r.Statements {
			if len(s.Topics) > 3 {
				t.Errorf("%s has %d topics", s.ID, len(s.Topics))
			}
			for _, id := range slices.Concat(s.Topics, s.Wholes) {
				if _, ok := topics.Get(id); !ok {
					t.Errorf("%s is in %q, which does not exist", s.ID, id)
				}
				statements[id]++
				if releases[id] == nil {
					releases[id] = map[string]bool{}
				}
				releases[id][r.ID] = true
			}
		}
	}
	for _, x := range topics.Topics {
		if x.Statements != statements[x.ID] || x.Releases != len(releases[x.ID]) || x.Statements == 0 {
			t.Errorf("%s says %d statements in %d releases, has %d in %d", x.ID, x.Statements, x.Releases, statements[x.ID], len(releases[x.ID]))
		}
		raised := 0
		for _, e := range timeline.Build(topics, x.ID, timeline.Filter{}).Entries {
			if e.Raised {
				raised++
			}
		}
		if raised != x.Releases {
			t.Errorf("%s is raised in %d entries, want %d", x.ID, raised, x.Releases)
		}
	}
}

func TestLinkKeepsNamesWhenAMeetingArrives(t *testing.T) {
	rs := fictional(t)
	before := timeline.Link(rs[:3], timeline.LinkOptions{})
	after := timeline.Link(rs, timeline.LinkOptions{})
	for _, x := range before.Topics {
		if y, ok := after.Get(x.ID); !ok || y.Name != x.Name {
			t.Errorf("topic %s (%s) is gone or renamed after the next meeting", x.ID, x.Name)
		}
	}
}

func TestLinkWithoutTable(t *testing.T) {
	topics := timeline.Link(fictional(t), timeline.LinkOptions{Issues: new(timeline.Issues)})
	if len(common(topics.Of("m1#3"), topics.Of("m4#1"))) == 0 {
		t.Errorf("the bell is lost without the table: %v, %v", topics.Of("m1#3"), topics.Of("m4#1"))
	}
	if got := timeline.Link(nil, timeline.LinkOptions{}); len(got.Topics) != 0 || got.Find("anything") != nil {
		t.Errorf("no releases give %v", got.Topics)
	}
}

func TestUndatedReleaseDoesNotRenameATopic(t *testing.T) {
	rs := fictional(t)
	undated := release(t, "m0", "", rs[0].Parties, "# Question of the lighthouse bell\nThe two ministers agreed that the bell of the lighthouse should be returned to Sucre.")
	topics := timeline.Link(append(rs, undated), timeline.LinkOptions{})
	x, ok := topics.Get("bell-of-the-lighthouse")
	if !ok || x.First.String() != "2041-03-02" || len(topics.Of("m0#1")) == 0 {
		t.Errorf("topic %+v, statement in %v", x, topics.Of("m0#1"))
	}
}

func TestLinkTakesFurtherWords(t *testing.T) {
	words, err := timeline.DefaultWordLists().Extend("wrappers.txt", strings.NewReader("Bell *\nlighthouse bell\nthe bell\n"))
	if err != nil {
		t.Fatal(err)
	}
	topics := timeline.Link(fictional(t), timeline.LinkOptions{Words: words})
	if x, ok := topics.Get("bell-of-the-lighthouse"); ok {
		t.Errorf("a heading that is said to name nothing names %+v", x)
	}
}

func TestExplain(t *testing.T) {
	topics := timeline.Link(fictional(t), timeline.LinkOptions{})
	sum := 0.0
	kinds := map[string]bool{}
	for _, r := range topics.Explain("m3#1") {
		sum += r.Weight
		kinds[r.Kind] = true
		if r.Topic == "" || r.Detail == "" {
			t.Errorf("reason without topic or detail: %+v", r)
		}
	}
	if sum < 0.9 || sum > 1.1 || !kinds["heading"] || !kinds["words"] {
		t.Errorf("reasons %+v: weights sum to %.2f", topics.Explain("m3#1"), sum)
	}
	if got := topics.Explain("m1#1"); got != nil {
		t.Errorf("protocol is explained: %+v", got)
	}
}

func TestFind(t *testing.T) {
	topics := timeline.Link(fictional(t), timeline.LinkOptions{})
	for _, c := range []struct {
		query, want string
		exact       bool
	}{
		{"bell-of-the-lighthouse", "bell-of-the-lighthouse", true},
		{"The Bell of the Lighthouse", "bell-of-the-lighthouse", true},
		{"lighthouse bell", "bell-of-the-lighthouse", true},
		{"where is the bell", "bell-of-the-lighthouse", false},
		{"bottles", "glass-bottles", false},
		{"President Lukashenko", "belarus", false},
	} {
		got := topics.Find(c.query)
		if len(got) == 0 || got[0].Topic.ID != c.want || got[0].Exact != c.exact {
			t.Errorf("Find(%q) = %+v, want %s first, exact %v", c.query, got, c.want, c.exact)
		}
	}
	for _, q := range []string{"", "  ", "…", "zoology"} {
		if got := topics.Find(q); got != nil {
			t.Errorf("Find(%q) = %+v, want nothing", q, got)
		}
	}
}
