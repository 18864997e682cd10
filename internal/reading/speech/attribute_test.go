package speech_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"readout/internal/reading/names"
	"readout/internal/reading/speech"
	"readout/timeline"
)

// release makes a release of Norway and Peru, written by Norway, from a title
// and sentences.
func release(title string, sentences ...string) *timeline.Release {
	rel := &timeline.Release{Title: title, Kind: timeline.KindMeeting, Issuer: "NO", Parties: []timeline.Party{"NO", "PE"}}
	for _, s := range sentences {
		rel.Statements = append(rel.Statements, timeline.Statement{Section: -1, Text: s})
	}
	return rel
}

// attributed runs Attribute and prints each statement as "NO,PE act verb".
func attributed(rel *timeline.Release) []string {
	speech.Attribute(rel, names.Default(), speech.Default())
	var out []string
	for _, s := range rel.Statements {
		var ps []string
		for _, p := range s.Speakers {
			ps = append(ps, string(p))
		}
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s %s", strings.Join(ps, ","), s.Act, s.Verb)))
	}
	return out
}

func TestConversation(t *testing.T) {
	rel := release("Norway-Peru Foreign Ministers' Meeting",
		"On May 3, Minister of Foreign Affairs Åse Lindqvold met Mr. Ramiro Uchu, Minister of Foreign Affairs of the Republic of Peru, in Bergen.",
		"The two ministers agreed to set up a fund for glacier research.",
		"With regard to herring, Minister Lindqvold stated that the quota stood at 400 tonnes.",
		"She added that it would not be raised.",
		"In response, Minister Uchu expressed his hope for a review.",
		"He thanked Minister Lindqvold for the frank talk.",
		"They exchanged views on the observatory.",
		"The Peruvian side explained the new tariff.",
		"Lima will publish the text in June.",
		"The evening was spent at the harbour.",
	)
	want := []string{
		"none",
		"NO,PE agree agree",
		"NO state state",
		"NO state add",
		"PE express express",
		"PE welcome thank",
		"NO,PE discuss exchange",
		"PE state explain",
		"PE commit publish",
		"none",
	}
	if diff := cmp.Diff(want, attributed(rel)); diff != "" {
		t.Errorf("attribution differs (-want +got):\n%s", diff)
	}
	people := []timeline.Participant{
		{Name: "Åse Lindqvold", Title: "Minister of Foreign Affairs", Party: "NO"},
		{Name: "Ramiro Uchu", Title: "Minister of Foreign Affairs of the Republic of Peru", Party: "PE"},
	}
	if diff := cmp.Diff(people, rel.Participants, cmpopts.IgnoreFields(timeline.Participant{}, "Evidence")); diff != "" {
		t.Errorf("participants differ (-want +got):\n%s", diff)
	}
}

func FuzzAttribute(f *testing.F) {
	f.Add("Norway-Peru Meeting", "The two ministers agreed that Lima's bell, which Mr. X sold, be cast.\nHe will go.")
	f.Add("", "The following: (a) the former and the latter, <u>both</u> – we – were 'told'.")
	lex, g := speech.Default(), names.Default()
	f.Fuzz(func(t *testing.T, title, body string) {
		rel := release(title, strings.Split(body, "\n")...)
		speech.Attribute(rel, g, lex)
		for _, s := range rel.Statements {
			if !slices.Contains(timeline.Acts(), s.Act) {
				t.Fatalf("act %q of %q is none of the acts", s.Act, s.Text)
			}
			if (s.Act == timeline.ActNone) != (len(s.Speakers) == 0 && !s.Unresolved) || s.Unresolved && len(s.Speakers) > 0 {
				t.Fatalf("%q: act %s, speakers %v", s.Text, s.Act, s.Speakers)
			}
			if !slices.Equal(s.Speakers, timeline.SortParties(s.Speakers)) {
				t.Fatalf("%q: speakers %v are not sorted", s.Text, s.Speakers)
			}
			if len(s.Speakers) > 0 && !slices.ContainsFunc(s.Speakers, func(p timeline.Party) bool { return slices.Contains(rel.Parties, p) }) {
				t.Fatalf("%q: speakers %v are none of the parties %v", s.Text, s.Speakers, rel.Parties)
			}
		}
	})
}

func TestSpeakers(t *testing.T) {
	tests := []struct {
		name string
		rel  *timeline.Release
		want []string
	}{
		{"frame in prose", release("Talks",
			"Foreign Minister Lindqvold met Peruvian Foreign Minister Uchu.",
			"Foreign Minister Uchu made the following statements.",
			"The pier had been closed in May.",
			"He was deeply grateful to the divers.",
			"Peru could wait no longer.",
			"Foreign Minister Lindqvold responded as follows.",
			"The pier would open soon.",
			"The two ministers agreed to meet again.",
			"The evening ended early."),
			[]string{"none", "PE state make", "PE state make", "PE express be grateful", "PE state make",
				"NO state respond", "NO state respond", "NO,PE agree agree", "none"}},
		{"parts of an agreement", release("Joint Statement",
			"The Parties recall the treaty and agree to take the following steps:",
			"Norway will lower its tariff.",
			"Peru will (i) open the pier."),
			[]string{"NO,PE agree agree", "NO commit lower", "PE commit open"}},
		{"former and latter", release("Talks",
			"Foreign Minister Lindqvold met Peruvian Foreign Minister Uchu.",
			"The latter raised the matter of the pier.",
			"The former took note."),
			[]string{"none", "PE discuss raise", "NO state take note"}},
		{"gender", release("Talks",
			"Ms. Åse Lindqvold of Norway met Mr. Ramiro Uchu of Peru.",
			"Mr. Uchu welcomed the plan.",
			"She urged patience.",
			"He thanked the hosts."),
			[]string{"none", "PE welcome welcome", "NO urge urge", "PE welcome thank"}},
		{"sides and seats", release("Talks",
			"The Peruvian side explained the tariff.",
			"Oslo took note of this.",
			"Both sides exchanged views.",
			"Each side committed to calm.",
			"Norwegian officials and their Peruvian counterparts discussed nets."),
			[]string{"PE state explain", "NO state take note", "NO,PE discuss exchange", "NO,PE commit commit", "NO,PE discuss discuss"}},
		{"each in one sentence", release("Talks",
			"Norwegian Minister Lie held to his account, while Peruvian Minister Uchu held to his."),
			[]string{"NO,PE state hold to"}},
		{"a third party beside", release("Talks",
			"On June 3, Norway, Peru, and Iceland held their second meeting.",
			"The ministers discussed herring.",
			"They look forward to meeting again."),
			[]string{"none", "IS,NO,PE discuss discuss", "IS,NO,PE commit look forward"}},
		{"delegations of three", release("Talks",
			"Foreign Minister Åse Lindqvold, Minister of Defence Odd Lie, and Adviser Kari Moe met with Peruvian Foreign Minister Ramiro Uchu, Peruvian Minister of Defence Luis Paz, and Peruvian Adviser Ana Rey.",
			"Foreign Minister Lindqvold, Minister Lie, and Ms. Moe restated the promise.",
			"Minister Paz and Ms. Rey took note."),
			[]string{"none", "NO confirm restate", "PE state take note"}},
		{"in a role", release("Talks",
			"Foreign Minister Lindqvold met Peruvian Foreign Minister Uchu.",
			"As sponsors of the pact and NATO allies, Foreign Minister Lindqvold and Foreign Minister Uchu discussed nets.",
			"They deplored the storm."),
			[]string{"none", "NO,PE discuss discuss", "NO,PE condemn deplore"}},
		{"pairs in a row", release("Talks",
			"Adviser Kari Moe of Norway met Adviser Ana Rey of Peru.",
			"After the meeting between President Vinje and President Quispe, Moe and Rey restated the promise."),
			[]string{"none", "NO,PE confirm restate"}},
		{"with a body", release("Talks",
			"Foreign Minister Lindqvold of Norway travelled to Lima.",
			"Ms. Lindqvold and the incoming administration discussed kelp."),
			[]string{"none", "NO,PE discuss discuss"}},
		{"a third party alone", release("Talks", "Iceland condemned the raid."), []string{"none"}},
		{"three in a list", release("Talks",
			"Today Iceland, Norway, and Peru agreed to buy nets."),
			[]string{"IS,NO,PE agree agree"}},
		{"a board by what it is of", release("Talks", "The Board of Governors approved a tariff."), []string{"NO agree approve"}},
		{"joint statement", release("Norway-Peru Joint Statement",
			"President Vinje of Norway and President Quispe of Peru met today.",
			"Our seas are cold.",
			"We affirm the treaty.",
			"Recognizing the worth of nets;",
			"Our governments will meet again.",
			"We, the ministers of the sea, have been working to open the pier.",
			"FISHERIES",
			"Done at Oslo in two copies."),
			[]string{"none", "NO,PE state", "NO,PE confirm affirm", "NO,PE state recognize", "NO,PE commit meet", "NO,PE commit work", "none", "none"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, attributed(tt.rel)); diff != "" {
				t.Errorf("attribution differs (-want +got):\n%s", diff)
			}
		})
	}
}

// A list stands deeper than the sentence that announces it, and ends where its
// numbering does.
func TestFrameOfList(t *testing.T) {
	rel := release("Talks")
	for _, s := range []struct {
		text string
		path []string
	}{
		{"The two ministers agreed on the following.", []string{"1"}},
		{"The pier will be open to all.", []string{"1", "(1)"}},
		{"The two sides will count the nets.", []string{"1", "(2)"}},
		{"Minister Lie of Norway spoke of the weather.", []string{"2"}},
		{"It had rained.", []string{"2"}},
	} {
		rel.Statements = append(rel.Statements, timeline.Statement{Text: s.text, Path: s.path})
	}
	want := []string{"NO,PE agree agree", "NO,PE agree agree", "NO,PE agree agree", "NO state speak", "none"}
	if diff := cmp.Diff(want, attributed(rel)); diff != "" {
		t.Errorf("attribution differs (-want +got):\n%s", diff)
	}
}

// A body that issues statements of its own speaks in every sentence.
func TestOneBody(t *testing.T) {
	rel := &timeline.Release{Title: "Statement of the Monetary Board", Kind: timeline.KindStatement, Issuer: "NO", Parties: []timeline.Party{"NO"}}
	for _, s := range []string{
		"Prices have risen at a moderate pace.",
		"The Board seeks to keep prices stable.",
		"The Board decided to leave the rate at 2 percent.",
		"The Board judges that it can be patient.",
		"Anna Lie, Chair;",
	} {
		rel.Statements = append(rel.Statements, timeline.Statement{Section: -1, Text: s})
	}
	want := []string{"NO state", "NO commit seek", "NO agree decide", "NO state judge", "none"}
	if diff := cmp.Diff(want, attributed(rel)); diff != "" {
		t.Errorf("attribution differs (-want +got):\n%s", diff)
	}
}

func TestNoParties(t *testing.T) {
	rel := &timeline.Release{Statements: []timeline.Statement{{Text: "The two ministers agreed to meet."}, {Text: ""}}}
	if diff := cmp.Diff([]string{"agree agree", "none"}, attributed(rel)); diff != "" {
		t.Errorf("attribution differs (-want +got):\n%s", diff)
	}
	speech.Attribute(&timeline.Release{}, names.Default(), speech.Default())
}

func BenchmarkAttribute(b *testing.B) {
	rel := release("Norway-Peru Foreign Ministers' Meeting",
		"On May 3, Minister of Foreign Affairs Åse Lindqvold met Mr. Ramiro Uchu, Minister of Foreign Affairs of the Republic of Peru, in Bergen.",
		"With regard to herring, Minister Lindqvold stated that the quota stood at 400 tonnes and would not be raised before the spring.",
		"The two ministers agreed to set up a fund for glacier research.")
	lex, g := speech.Default(), names.Default()
	b.ReportAllocs()
	for b.Loop() {
		speech.Attribute(rel, g, lex)
	}
}

// TestTurns gives what stands under a name in a transcript to that person's party, and
// what stands under "Question" to nobody.
func TestTurns(t *testing.T) {
	rel := &timeline.Release{
		Title: "Press conference of the Foreign Ministers of Norway and Peru", Kind: timeline.KindStatement, Issuer: "NO", Parties: []timeline.Party{"NO", "PE"},
		Sections: []timeline.Section{{Heading: "Foreign Minister of Peru Rosa Quispe", Depth: 1}, {Heading: "Ola Vik, Foreign Minister of Norway", Depth: 1},
			{Heading: "Question (Andes Herald)", Depth: 1}, {Heading: "Rosa Quispe", Depth: 1}, {Heading: "Background", Depth: 1}},
		Statements: []timeline.Statement{
			{Section: 0, Text: "The cable will be laid in the spring."}, {Section: 1, Text: "This is good news for both coasts."},
			{Section: 2, Text: "I should like to know the price of it."}, {Section: 3, Text: "We will publish the figures in May."},
			{Section: 4, Text: "Peru opened its first cable in 2031."}},
	}
	speech.Attribute(rel, names.Default(), speech.Default())
	var got []string
	for _, s := range rel.Statements {
		got = append(got, fmt.Sprint(s.Speakers, " ", s.Act))
	}
	want := []string{"[PE] state", "[NO] state", "[] none", "[PE] commit", "[] none"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestListOfVerbs gives the items under "The two ministers:" their own acts, in a joint
// statement and in the report of a meeting.
func TestListOfVerbs(t *testing.T) {
	for _, kind := range []timeline.Kind{timeline.KindJointStatement, timeline.KindMeeting} {
		rel := &timeline.Release{
			Title: "Meeting of the Foreign Ministers of Norway and Peru", Kind: kind, Issuer: "NO", Parties: []timeline.Party{"NO", "PE"}, Sections: []timeline.Section{},
			Statements: []timeline.Statement{
				{Section: -1, Path: []string{"1"}, Text: "The two Ministers:"},
				{Section: -1, Path: []string{"1", "(a)"}, Text: "welcomed the first meeting of the committee;"},
				{Section: -1, Path: []string{"1", "(b)"}, Text: "agreed to hold its second meeting in Lima; and"},
				{Section: -1, Path: []string{"1", "(c)"}, Text: "condemned the attacks on ships."}},
		}
		speech.Attribute(rel, names.Default(), speech.Default())
		var got []string
		for _, s := range rel.Statements[1:] {
			got = append(got, fmt.Sprint(s.Speakers, " ", s.Act))
		}
		if diff := cmp.Diff([]string{"[NO PE] welcome", "[NO PE] agree", "[NO PE] condemn"}, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", kind, diff)
		}
	}
}
