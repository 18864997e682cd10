package speech_test

import (
	"cmp"
	"fmt"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"readout/internal/reading/names"
	"readout/internal/reading/speech"
	"readout/timeline"
)

// unpublished makes a joint statement of Norway and Peru of which nobody knows whose
// ministry published it.
func unpublished(title string, sentences ...string) *timeline.Release {
	rel := release(title, sentences...)
	rel.Kind = timeline.KindJointStatement
	rel.Doubts = []timeline.Doubt{{Field: "issuer", Why: "the title names Norway first"}}
	return rel
}

// said prints each statement as "NO state", with "?" for the party of one who speaks for a
// party that the text does not prove.
func said(rel *timeline.Release) []string {
	speech.Attribute(rel, names.Default(), speech.Default())
	var out []string
	for _, s := range rel.Statements {
		var ps []string
		for _, p := range s.Speakers {
			ps = append(ps, string(p))
		}
		if s.Unresolved {
			ps = append(ps, "?")
		}
		out = append(out, strings.TrimSpace(strings.Join(ps, ",")+" "+string(s.Act)))
	}
	return out
}

// present prints the participants as "Berg NO host", by their last names.
func present(rel *timeline.Release) []string {
	var out []string
	for _, p := range rel.Participants {
		how := timeline.Proof("-")
		if p.Evidence != nil {
			how = p.Evidence.How
		}
		out = append(out, fmt.Sprint(p.Name, " ", cmp.Or(p.Party, "?"), " ", how))
	}
	return out
}

// speakersTest is a release with the people whom it shall name and what they shall say.
type speakersTest struct {
	name   string
	rel    *timeline.Release
	people []string // as present prints them
	said   []string // as said prints it
}

func checkSpeakers(t *testing.T, tests []speakersTest) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := gocmp.Diff(tt.said, said(tt.rel)); diff != "" {
				t.Errorf("speakers differ (-want +got):\n%s", diff)
			}
			if diff := gocmp.Diff(tt.people, present(tt.rel)); diff != "" {
				t.Errorf("participants differ (-want +got):\n%s", diff)
			}
		})
	}
}

// Persons are dealt to the parties only on what the text proves, never in the order of the
// title.
func TestEvidence(t *testing.T) {
	tests := []speakersTest{
		{"host and guest", unpublished("Norway-Peru Joint Statement",
			"President Quispe welcomes Prime Minister Vinje to the Republic of Peru.",
			"Prime Minister Vinje affirms the treaty."),
			[]string{"Quispe PE host", "Vinje NO host"},
			[]string{"PE welcome", "NO confirm"}},
		{"host in the capital", unpublished("Norway-Peru Joint Statement",
			"Prime Minister Quispe warmly received Prime Minister Vinje in Lima.",
			"Prime Minister Vinje affirms the treaty."),
			[]string{"Quispe PE host", "Vinje NO host"},
			[]string{"none", "NO confirm"}},
		{"who is called on did not call", unpublished("Norway-Peru Joint Statement",
			"Minister Berg called on the President of Peru, H.E. Mr. Juan Quispe and held talks with Foreign Minister Ana Luz.",
			"Minister Berg affirmed the treaty."),
			[]string{"Berg NO publisher", "Juan Quispe PE office", "Ana Luz ? -"},
			[]string{"none", "NO confirm"}},
		{"guest in the land", unpublished("Norway-Peru Joint Statement",
			"President Quispe, who is on an official visit to Norway, and Prime Minister Vinje met today.",
			"President Quispe thanked the King."),
			[]string{"Quispe PE visit", "Vinje NO meeting"},
			[]string{"none", "PE welcome"}},
		{"visit of a guest", unpublished("Joint Statement on the visit of President Quispe to Norway",
			"President Quispe recalled the treaty.",
			"Prime Minister Vinje affirmed it."),
			[]string{"Quispe PE visit", "Vinje NO visit"},
			[]string{"PE state", "NO confirm"}},
		{"nothing proves it", unpublished("Norway-Peru Joint Statement",
			"Prime Minister Vinje and President Quispe met today.",
			"They welcomed the treaty.",
			"President Quispe recalled the treaty.",
			"She thanked the hosts.",
			"Prime Minister Vinje and President Quispe discussed kelp."),
			[]string{"Vinje ? -", "Quispe ? -"},
			[]string{"none", "NO,PE welcome", "? state", "? welcome", "NO,PE discuss"}},
		{"one is named with the country", unpublished("Norway-Peru Joint Statement",
			"President Quispe of Peru and Prime Minister Vinje met today.",
			"Prime Minister Vinje affirmed the treaty."),
			[]string{"Quispe PE office", "Vinje NO meeting"},
			[]string{"none", "NO confirm"}},
		{"what is called a party's own", unpublished("Norway-Peru Joint Statement",
			"President Quispe and Prime Minister Vinje met today.",
			"President Quispe thanked Prime Minister Vinje for Norway’s hospitality."),
			[]string{"Quispe PE meeting", "Vinje NO commitment"},
			[]string{"none", "PE welcome"}},
		{"what is called a party's own, in the present", unpublished("Norway-Peru Joint Statement",
			"President Quispe and Prime Minister Vinje met today.",
			"President Quispe thanks Prime Minister Vinje for Norway’s hospitality."),
			[]string{"Quispe PE meeting", "Vinje NO commitment"},
			[]string{"none", "PE welcome"}},
		{"welcomed to a palace and to a country", unpublished("Norway-Peru Joint Statement",
			"Prime Minister Vinje welcomed President Quispe to the palace and to Norway.",
			"President Quispe thanked him."),
			[]string{"Vinje NO host", "Quispe PE host"},
			[]string{"NO welcome", "PE welcome"}},
		{"a visitor whom the title gives a country", unpublished("Visit of Norwegian Minister Lie to Peru",
			"Minister Lie explained the tariff.",
			"Minister Moe took note."),
			[]string{"Lie NO office", "Moe ? -"},
			[]string{"NO state", "? state"}},
		{"a visit that the title tells", unpublished("Prime Minister Vinje Signs Treaty during Visit to Peru",
			"Prime Minister Vinje thanked President Quispe."),
			[]string{"Vinje NO visit", "Quispe PE meeting"},
			[]string{"NO welcome"}},
		{"lists by sides", release("Talks",
			"Deputy Minister Lie led the talks.",
			"Present on the Norwegian side were Director Moe and Adviser Berg, and the Peruvian side included Ambassador Paz and Mr. Luis Rey, Director.",
			"Director Rey explained the tariff."),
			[]string{"Lie NO publisher", "Moe NO side", "Berg NO side", "Paz PE side", "Luis Rey PE side"},
			[]string{"none", "none", "PE state"}},
		{"a name turned round", release("Talks",
			"Minister Lie met Ms. Quispe, Rosa María, Minister of Fisheries of Peru, in Oslo.",
			"Minister Quispe thanked him."),
			[]string{"Lie NO meeting", "Quispe, Rosa María PE office"},
			[]string{"none", "PE welcome"}},
		{"an honorific in two parts", release("Talks",
			"Minister Lie met H. E. Rosa Quispe, president of Peru.",
			"President Quispe thanked him."),
			[]string{"Lie NO meeting", "Rosa Quispe PE office"},
			[]string{"none", "PE welcome"}},
		{"those who are only spoken of", release("Talks",
			"Minister Lie met Minister Rosa Quispe of Peru.",
			"The two ministers agreed that President Paz will meet Prime Minister Moe in May."),
			[]string{"Lie NO meeting", "Rosa Quispe PE office"},
			[]string{"none", "NO,PE agree"}},
		{"between, with an aside", release("Norway-Peru Summit",
			"A summit between Prime Minister Lie, in Peru for the jubilee, and President Quispe was held at noon.",
			"President Quispe stated that the pier was Peru's."),
			[]string{"Lie NO visit", "Quispe PE meeting"},
			[]string{"none", "PE state"}},
	}
	checkSpeakers(t, tests)
}

// Whom a text only mentions, or whose something is, or whom people meet, is of no party for that.
func TestMentioned(t *testing.T) {
	readout := func(title string, sentences ...string) *timeline.Release {
		rel := release(title, sentences...)
		rel.Kind = timeline.KindMeeting
		return rel
	}
	visit := func(sentences ...string) *timeline.Release {
		rel := readout("Visit of Deputy Minister Lie to Peru", sentences...)
		rel.Kind = timeline.KindVisit
		return rel
	}
	tests := []speakersTest{
		{"whose initiative is welcomed", unpublished("Norway-Peru Joint Statement",
			"Prime Minister Vinje welcomes President Quispe’s initiative to bring the fishermen to Peru for talks."),
			[]string{"Vinje ? -"}, []string{"? welcome"}},
		{"whose commitment is confirmed", readout("Call with Peru", "Adviser Lie spoke with Adviser Rosa Paz of Peru.",
			"Ms. Paz and Mr. Lie confirmed President Quispe and Prime Minister Vinje’s commitment to the treaty."),
			[]string{"Lie NO meeting", "Rosa Paz PE office", "Quispe ? -"}, []string{"none", "NO,PE confirm"}},
		{"whom an unnamed visitor meets", visit("Deputy Minister Lie travelled to Lima.",
			"He met Foreign Minister Ana Rey, Chief of Staff Eva Sol, and Deputy Finance Minister Luz Mar.",
			"Chief of Staff Sol explained the tariff."),
			[]string{"Lie NO visit", "Ana Rey PE visit", "Eva Sol ? -", "Luz Mar ? -"}, []string{"none", "none", "? state"}},
		{"a list of those who are met", visit("Deputy Minister Lie travelled to Peru and met President Quispe of Peru, Foreign Minister and Alternate Prime Minister Rey, and Minister Sol.",
			"Minister Sol explained the tariff."),
			[]string{"Lie NO visit", "Quispe PE office", "Rey PE meeting", "Sol PE meeting"}, []string{"none", "PE state"}},
		{"who is quoted in passing", visit("Deputy Minister Lie travelled to Lima.", "As Prime Minister Vinje has said, the pier is open."),
			[]string{"Lie NO visit", "Vinje ? -"}, []string{"none", "? state"}},
		{"who comes along", readout("Talks", "Adviser Lie together with Secretary Moe received Adviser Rosa Paz of Peru."),
			[]string{"Lie NO meeting", "Moe ? -", "Rosa Paz PE office"}, []string{"none"}},
		{"a delegation with a word between", readout("Talks", "The Peruvian interagency delegation was chaired by Adviser Paz.", "Adviser Paz thanked the hosts."),
			[]string{"Paz PE side"}, []string{"none", "PE welcome"}},
		{"a name without what is joined to it", readout("Talks", "Minister Lie met Minister Omar Al-Nouri of Peru.", "Minister Nouri thanked him."),
			[]string{"Lie NO meeting", "Omar Al-Nouri PE office"}, []string{"none", "PE welcome"}},
		{"an office before another person", readout("Talks", "Minister Lie met Chairman of Peru, Mr. Paz, in Oslo.",
			"At the request of Chairman of Peru, Mr. Lie explained the tariff."),
			[]string{"Lie NO publisher", "Paz PE office"}, []string{"none", "NO state"}},
		{"a headline", readout("Minister Tor Lie Leading the Talks with Peru", "Minister Lie explained the tariff."),
			[]string{"Tor Lie NO publisher"}, []string{"NO state"}},
		{"an office beside another", readout("Talks", "Assistant to the President for Fisheries Tor Lie met President Quispe of Peru.", "President Quispe thanked him."),
			[]string{"Tor Lie NO meeting", "Quispe PE office"}, []string{"none", "PE welcome"}},
	}
	checkSpeakers(t, tests)
}

// Who has the floor in a transcript speaks for one party, whomever the sentence is about;
// journalists speak for none.
func TestTranscript(t *testing.T) {
	rel := release("Press conference of the Foreign Ministers of Norway and Peru",
		"MINISTER LIE: I welcome my good colleague from Peru.",
		"I congratulate you.",
		"Peru has been patient.",
		"QUESTION (Herald): When will it open?",
		"It has been closed for a year.",
		"MINISTER QUISPE: Thank you.",
		"I promise that we will open it.",
		"The two ministers agreed on a date.",
		"Q: But who pays?")
	rel.Kind = timeline.KindStatement
	rel.Doubts = []timeline.Doubt{{Field: "issuer"}}
	want := []string{"NO welcome", "NO welcome", "NO state", "none", "none", "PE welcome", "PE commit", "NO,PE agree", "none"}
	if diff := gocmp.Diff(want, said(rel)); diff != "" {
		t.Errorf("speakers differ (-want +got):\n%s", diff)
	}
}

// Who is introduced and then has the floor is one person, under the name as it was first printed.
func TestTranscriptOfOne(t *testing.T) {
	rel := release("Press conference of the Foreign Ministers of Norway and Peru",
		"Minister Lie of Norway and Minister Quispe of Peru met the press.",
		"MINISTER LIE: The pier is open.",
		"MINISTER QUISPE: They didn’t say so.")
	rel.Kind = timeline.KindStatement
	checkSpeakers(t, []speakersTest{{"both", rel, []string{"Lie NO office", "Quispe PE office"}, []string{"none", "NO state", "PE state"}}})
}

// A government's statement about another one is its own throughout.
func TestAboutAnother(t *testing.T) {
	rel := release("Statement of the Ministry of Foreign Affairs of Norway on the events in Peru",
		"We watch the events in Peru with concern.",
		"Peru has not answered our note.",
		"The Peruvian Government promised an inquiry.",
		"We urge all to be calm.")
	rel.Kind = timeline.KindStatement
	if diff := gocmp.Diff([]string{"NO state", "NO state", "NO state", "NO urge"}, said(rel)); diff != "" {
		t.Errorf("speakers differ (-want +got):\n%s", diff)
	}
}

// A heading may speak for the items under it.
func TestHeadedItems(t *testing.T) {
	rel := release("Norway-Peru Talks",
		"Foreign Minister Lie met Peruvian Foreign Minister Rosa Quispe.",
		"The pier is open.", "Explained the new tariff.",
		"The nets were counted.",
		"Minister Lie took note.")
	rel.Sections = []timeline.Section{{Heading: "Peruvian side", Number: "1"}, {Heading: "Opening remarks by Minister Lie"}, {Heading: "Fisheries"}}
	for i, section := range []int{-1, 0, 0, 1, 2} {
		rel.Statements[i].Section = section
	}
	if diff := gocmp.Diff([]string{"none", "PE state", "PE state", "NO state", "NO state"}, said(rel)); diff != "" {
		t.Errorf("speakers differ (-want +got):\n%s", diff)
	}
}

// What both deal with they discuss at least; what they do without words is no statement.
func TestDealing(t *testing.T) {
	rel := release("Norway-Peru Talks",
		"The two ministers surveyed the state of trade.",
		"The two ministers visited the pier.",
		"From the Peruvian side, it was explained that the quota had changed.",
		"Minister Lie took the opportunity to explain the plan.",
		"No agreement was reached on nets.",
		"The matter of nets was not raised.",
		"The two ministers signed an agreement on nets.")
	want := []string{"NO,PE discuss", "none", "PE state", "NO state", "none", "none", "NO,PE agree"}
	if diff := gocmp.Diff(want, said(rel)); diff != "" {
		t.Errorf("acts differ (-want +got):\n%s", diff)
	}
}

// A mark of the subject inside a clause is not that of the sentence, in Japanese.
func TestClauseInJapanese(t *testing.T) {
	rel := release("日・ペルー外相会談",
		"大森大臣は、キスペ・ペルー外務大臣と会談しました。",
		"キスペ大臣が来年日本を訪問することを確認しました。",
		"ペルーが役割を果たすよう働きかけました。",
		"日本側から回答を求めたのに対し、ペルー側は検討する旨述べました。",
		"ペルー側が提案した研究を進めることで一致しました。",
		"率直なやりとりが行われました。")
	rel.Language, rel.Issuer, rel.Parties = "ja", "JP", []timeline.Party{"JP", "PE"}
	want := []string{"none", "JP,PE confirm", "JP urge", "PE state", "JP,PE agree", "JP,PE discuss"}
	lex, g := speech.Default(), names.Default().In("ja")
	speech.Attribute(rel, g, lex)
	var got []string
	for _, s := range rel.Statements {
		var ps []string
		for _, p := range s.Speakers {
			ps = append(ps, string(p))
		}
		got = append(got, strings.TrimSpace(strings.Join(ps, ",")+" "+string(s.Act)))
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("speakers differ (-want +got):\n%s", diff)
	}
}

// What is denied was not said.
func TestDenied(t *testing.T) {
	rel := release("Norway-Peru Talks",
		"The two ministers did not discuss nets.",
		"The two ministers did not agree on nets.",
		"The Peruvian side decided to open the pier and the Norwegian side decided to close it.",
		"Minister Lie appeared to know of it.")
	if diff := gocmp.Diff([]string{"none", "NO,PE state", "NO,PE agree", "none"}, said(rel)); diff != "" {
		t.Errorf("acts differ (-want +got):\n%s", diff)
	}
}
