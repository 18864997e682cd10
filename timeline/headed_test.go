package timeline_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/timeline"
)

// page makes an overview of results: "1. Heading" opens a numbered section, "" a
// paragraph; everything else is a statement, by both sides unless it begins with "-",
// which nobody says.
func page(t testing.TB, day, text string) *timeline.Release {
	t.Helper()
	parties := []timeline.Party{"BO", "MT"}
	r := release(t, "p"+day, day, parties, strings.ReplaceAll(text, "\n", "\n"))
	for i := range r.Sections {
		number, heading, ok := strings.Cut(r.Sections[i].Heading, ". ")
		if ok {
			r.Sections[i].Number, r.Sections[i].Heading = number, heading
		}
	}
	for i := range r.Statements {
		s := &r.Statements[i]
		said, narrated := strings.CutPrefix(s.Text, "- ")
		s.Text, s.Act = said, timeline.ActNone
		if !narrated {
			s.Speakers, s.Act = parties, timeline.ActAgree
		}
	}
	return r
}

// named gives the names of the topics of the statement with the given words.
func named(t testing.TB, topics *timeline.Topics, words string) []string {
	t.Helper()
	for _, r := range topics.Releases() {
		for _, s := range r.Statements {
			if strings.Contains(s.Text, words) {
				out := []string{}
				for _, id := range s.Topics {
					x, _ := topics.Get(id)
					out = append(out, x.Name)
				}
				return out
			}
		}
	}
	t.Fatalf("no statement with %q", words)
	return nil
}

func link(rs ...*timeline.Release) *timeline.Topics {
	return timeline.Link(rs, timeline.LinkOptions{})
}

func TestHeadingRulesItsBlock(t *testing.T) {
	topics := link(page(t, "2041-03-02", `
		- On March 2, Minister Vella held a meeting with Minister Quisbert in Valletta.
		A summary of the meeting follows.

		# 1. Introductory remarks
		The two ministers praised the mild weather.
		# 2. Salt flats railway
		The two ministers agreed that passengers should be carried from May.

		They shared the view that the carriages should be green.
		# 3. Economy
		The two ministers agreed to carry out the Seven-Point Plan.
		# 4. Other matters
		On energy, the two ministers agreed to lay a cable.

		The cable should be ready in 2044.
		# 5. Fisheries and sea charts
		The two ministers agreed that the fishing season should be shorter.`))
	for words, want := range map[string][]string{
		"held a meeting":           {},
		"A summary of the meeting": {},
		"mild weather":             {},
		"from May":                 {"Salt flats railway"},
		"carriages":                {"Salt flats railway"},
		"Seven-Point Plan":         {"Economy"},
		"On energy":                {"Energy security"},
		"ready in 2044":            {"Energy security"},
		"fishing season":           {"Fisheries"},
	} {
		if d := cmp.Diff(want, named(t, topics, words)); d != "" {
			t.Errorf("%s (-want +got):\n%s", words, d)
		}
	}
}

// The heading on the relationship is what its statements are on that name nothing else;
// a visit is an issue only in a series that gives visits a heading.
func TestRelationsAndVisits(t *testing.T) {
	first := func(heading string) *timeline.Release {
		return page(t, "2041-03-02", `
			# 1. `+heading+`
			The two ministers agreed on the dates of the visit of President Quiroga.
			# 2. Malta-Bolivia relations
			The two ministers shared the view that much had been achieved.

			They confirmed that the visit of President Quiroga would be a success.

			They agreed to cooperate against cyber attacks.`)
	}
	topics := link(first("Schedule of high-level visits"))
	for words, want := range map[string][]string{
		"on the dates":  {"Schedule of high-level visits"},
		"achieved":      {"Bilateral relations"},
		"would be":      {"Schedule of high-level visits"},
		"cyber attacks": {"Cyber security", "Bilateral relations"},
	} {
		if d := cmp.Diff(want, named(t, topics, words)); d != "" {
			t.Errorf("%s (-want +got):\n%s", words, d)
		}
	}
	if got := named(t, link(first("Salt flats railway")), "would be a success"); !cmp.Equal(got, []string{"Bilateral relations"}) {
		t.Errorf("a visit without a heading is filed under %q", got)
	}
}

// Names are one issue where the texts say so, in whatever order they come.
func TestNamesJoinByTheTexts(t *testing.T) {
	rs := func() []*timeline.Release {
		return []*timeline.Release{
			page(t, "2041-03-02", `
				# 1. Introductory remarks
				Minister Vella was determined to settle the territorial issue and to conclude a border treaty.
				# 2. Salt Islands issue
				The two ministers confirmed that a border treaty is to be concluded.
				# 3. Night ferry
				The two ministers praised the Sliema Declaration.`),
			page(t, "2042-03-02", `
				# 1. Territorial issue
				The two ministers agreed to take up the talks again.
				# 2. Link over the sea
				The two ministers confirmed the Sliema Declaration.`),
			page(t, "2043-03-02", `
				# 1. Issue of concluding a border treaty
				The two ministers confirmed that the talks would be sped up.
				# 2. Salt trade
				The two ministers praised the trade in salt.
				# 3. Salt museum
				The two ministers praised the museum.`),
		}
	}
	topics := link(rs()...)
	border := topics.Find("border treaty")[0].Topic
	for _, name := range []string{"Salt Islands issue", "Territorial issue", "Issue of concluding a border treaty"} {
		m := topics.Find(name)
		if len(m) == 0 || m[0].Topic.ID != border.ID {
			t.Errorf("%s is not %s: %+v", name, border.Name, m)
		}
	}
	if border.Releases != 3 {
		t.Errorf("the border treaty is raised in %d releases, want 3", border.Releases)
	}
	if a, b := named(t, topics, "praised the Sliema"), named(t, topics, "confirmed the Sliema"); !cmp.Equal(a, b) {
		t.Errorf("one declaration, two issues: %q and %q", a, b)
	}
	if a, b := named(t, topics, "trade in salt"), named(t, topics, "praised the museum"); cmp.Equal(a, b) {
		t.Errorf("one shared word joins %q", a)
	}
	if strings.Contains(strings.Join(border.Aliases, " "), "ntroductory") {
		t.Errorf("a wrapper is a name: %q", border.Aliases)
	}
	for range 5 {
		shuffled := rs()
		rand.Shuffle(len(shuffled), func(i, k int) { shuffled[i], shuffled[k] = shuffled[k], shuffled[i] })
		sameDay := cmp.Comparer(func(a, b timeline.Date) bool { return a == b })
		if d := cmp.Diff(topics.Topics, link(shuffled...).Topics, sameDay); d != "" {
			t.Fatalf("the order of arrival shows:\n%s", d)
		}
	}
}

// Two headings of one page are two issues, whatever their statements name.
func TestHeadingsOfOnePageStayApart(t *testing.T) {
	topics := link(
		page(t, "2041-03-02", `
			# 1. Night ferry
			The two ministers agreed that the night ferry should carry salt lamps.
			# 2. Salt lamps
			The two ministers agreed on a mark for salt lamps.`),
		page(t, "2042-03-02", `
			# 1. Salt lamps
			The two ministers agreed that the mark should be blue.`))
	if a, b := named(t, topics, "should carry"), named(t, topics, "a mark for"); slices.ContainsFunc(b, func(n string) bool { return n == "Night ferry" }) || !slices.Contains(a, "Night ferry") {
		t.Errorf("ferry %q, lamps %q", a, b)
	}
}

// What is only likely one issue is proposed, and nobody is called silent for it, until a
// person says that it is two.
func TestProposals(t *testing.T) {
	rs := func() []*timeline.Release {
		return []*timeline.Release{
			page(t, "2041-03-02", "# 1. Schedule for visit to Malta by President Quiroga\nThe two ministers agreed that President Quiroga would come in May."),
			page(t, "2042-03-02", "# 1. Political schedule\nThe two ministers agreed that talks should be held soon."),
			page(t, "2043-03-02", "# 1. Night ferry\nThe two ministers praised the night ferry."),
		}
	}
	topics := link(rs()...)
	p := topics.Proposals()
	if len(p) != 1 || p[0].Why != timeline.WhyTable {
		t.Fatalf("proposals %+v, want visits and political dialogue", p)
	}
	for _, id := range []string{p[0].A, p[0].B} {
		line := timeline.Build(topics, id, timeline.Filter{})
		raised, silent := 0, 0
		for _, e := range line.Entries {
			if e.Raised {
				raised++
			} else {
				silent++
			}
		}
		if x, _ := topics.Get(id); x.PartOf != "" {
			if raised != 1 || silent != 1 || len(line.Unsettled) != 1 {
				t.Errorf("%s: raised %d, silent %d, unsettled %d, want one each", id, raised, silent, len(line.Unsettled))
			}
		}
	}
	parted := timeline.Link(rs(), timeline.LinkOptions{Curation: &timeline.Curation{Decisions: []timeline.Decision{{Op: timeline.Apart, Topic: p[0].A, Into: p[0].B}}}})
	if got := parted.Proposals(); len(got) != 0 {
		t.Errorf("proposed again after a person parted them: %+v", got)
	}
}

// A topic that is part of another says so, and the whole holds what its parts say.
func TestWholeHoldsItsParts(t *testing.T) {
	topics := link(
		page(t, "2041-03-02", "# 1. North Korea\nThe two ministers condemned the launch of a missile by North Korea.\n# 2. Abductions issue\nThe two ministers discussed the abductions."),
		page(t, "2042-03-02", "# 1. Abductions issue\nThe two ministers agreed to work on the abductions."),
		page(t, "2043-03-02", "# 1. Artificial intelligence\nThe two ministers discussed artificial intelligence.\n# 2. Space\nThe two ministers discussed the space station."))
	part, _ := topics.Get("abductions-issue")
	if part.PartOf != "north-korea" {
		t.Fatalf("part of %q, want north-korea", part.PartOf)
	}
	whole := timeline.Build(topics, "north-korea", timeline.Filter{})
	said := 0
	for _, e := range whole.Entries {
		said += len(e.Statements)
	}
	if said != 3 || whole.Topic.Statements != 3 || whole.Topic.Releases != 2 {
		t.Errorf("the whole has %d statements, counts %d in %d releases; want 3, 3, 2", said, whole.Topic.Statements, whole.Topic.Releases)
	}
	if x, ok := topics.Get("emerging-technologies"); !ok || x.Releases != 1 {
		t.Errorf("two parts make no whole: %+v", topics.Topics)
	}
	if got := named(t, topics, "agreed to work on the abductions"); !cmp.Equal(got, []string{"Abductions issue"}) {
		t.Errorf("the part's statement is filed under %q", got)
	}
}

// Two parts of an issue make the whole a topic although no text names it; one does not.
func TestPartsMakeAWhole(t *testing.T) {
	tariffs := "# 1. Tariffs\nThe two ministers agreed to review the tariffs on krill."
	topics := link(page(t, "2041-03-02", tariffs+"\n# 2. Forests\nThe two ministers spoke of oaks."),
		page(t, "2042-03-02", "# 1. Unfair trade practices\nThe two ministers condemned the dumping of herring."))
	for _, id := range []string{"tariffs", "unfair-trade-practices"} {
		if part, _ := topics.Get(id); part.PartOf != "trade" {
			t.Errorf("%s is part of %q, want trade", id, part.PartOf)
		}
	}
	if whole, ok := topics.Get("trade"); !ok || whole.Statements != 2 {
		t.Errorf("the whole is %+v, want one of 2 statements", whole)
	}
	if _, ok := link(page(t, "2041-03-02", tariffs)).Get("trade"); ok {
		t.Error("one part makes a whole")
	}
}

// A heading that names one occasion lends no name to the others.
func TestNamesOfOneOccasion(t *testing.T) {
	topics := link(
		page(t, "2041-03-02", "# 1. Visit by President Quiroga\nThe two ministers agreed that President Quiroga would come in May."),
		page(t, "2042-03-02", "# 1. High-level visits\nThe two ministers agreed that the visits should go on."))
	x := topics.Find("High-level visits")[0].Topic
	if x.Name != "High-level visits" || strings.Contains(strings.Join(x.Aliases, ";"), "Quiroga") {
		t.Errorf("%q, also %q", x.Name, x.Aliases)
	}
}

// The texts of one meeting in two languages have one topic under each number.
func TestNumbersJoinTongues(t *testing.T) {
	two := func(day, lang, text string) *timeline.Release {
		r := page(t, day, text)
		r.Language, r.Issuer, r.Kind = lang, "MT", timeline.KindMeeting
		r.Name("p" + day + lang)
		return r
	}
	topics := link(
		two("2041-03-02", "en", "# 1. Night ferry\nThe two ministers praised the ferry.\n# 2. Salt lamps\nThe two ministers agreed on a mark."),
		two("2041-03-02", "ja", "# 1. 夜行便\n両外相は、夜行便を歓迎しました。\n# 2. 岩塩ランプ\n両外相は、表示について一致しました。"))
	if a, b := named(t, topics, "praised the ferry"), named(t, topics, "歓迎"); !cmp.Equal(a, b) || !cmp.Equal(a, []string{"Night ferry"}) {
		t.Errorf("ferry %q and %q", a, b)
	}
}
