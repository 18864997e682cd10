package attribution_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/internal/attribution"
	"readout/internal/gazetteer"
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
	attribution.Attribute(rel, gazetteer.Default(), attribution.Default())
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
	if diff := cmp.Diff(people, rel.Participants); diff != "" {
		t.Errorf("participants differ (-want +got):\n%s", diff)
	}
}

func FuzzAttribute(f *testing.F) {
	f.Add("Norway-Peru Meeting", "The two ministers agreed that Lima's bell, which Mr. X sold, be cast.\nHe will go.")
	f.Add("", "The following: (a) the former and the latter, <u>both</u> – we – were 'told'.")
	lex, g := attribution.Default(), gazetteer.Default()
	f.Fuzz(func(t *testing.T, title, body string) {
		rel := release(title, strings.Split(body, "\n")...)
		attribution.Attribute(rel, g, lex)
		for _, s := range rel.Statements {
			if !slices.Contains(timeline.Acts(), s.Act) {
				t.Fatalf("act %q of %q is none of the acts", s.Act, s.Text)
			}
			if (s.Act == timeline.ActNone) != (len(s.Speakers) == 0) {
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
