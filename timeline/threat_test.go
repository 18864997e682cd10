package timeline_test

import (
	"slices"
	"testing"

	"readout/timeline"
)

// topicNames links one text of two governments, a statement a line, and gives the names of each one's topics.
func topicNames(t *testing.T, parties []timeline.Party, texts ...string) [][]string {
	t.Helper()
	r := &timeline.Release{ID: "r", Parties: parties, Series: "S", Held: march(t), Language: "en"}
	for _, text := range texts {
		r.Statements = append(r.Statements, timeline.Statement{Section: -1, Text: text, Act: timeline.ActConfirm, Speakers: parties})
	}
	r.Name("r")
	topics := timeline.Link([]*timeline.Release{r}, timeline.LinkOptions{})
	var out [][]string
	for _, s := range topics.Releases()[0].Statements {
		var names []string
		for _, id := range s.Topics {
			x, _ := topics.Get(id)
			names = append(names, x.Name)
		}
		out = append(out, names)
	}
	return out
}

// TestThreat checks that a government which others are to be deterred from is not what a clause on deterrence is
// about, and that it is where it is what the policy is for.
func TestThreat(t *testing.T) {
	tests := []struct {
		text, issue string
		want        bool
	}{
		{"The two sides agreed to strengthen extended deterrence against North Korean missiles.", "North Korea", false},
		{"They confirmed that defense cooperation serves to deter further aggression by Iran.", "Iran", false},
		{"They reviewed defense cooperation in view of the threat posed by North Korea.", "North Korea", false},
		{"They urged North Korea to return to talks.", "North Korea", true},
		{"They agreed to deter further aggression by Iran.", "Iran", true}, // nothing else is named
		{"They agreed on sanctions against Iran and on its nuclear programme.", "Iran", true},
		{"They discussed extended deterrence, and reviewed the talks with Iran.", "Iran", true}, // another clause
		{"They agreed that arms control talks with Iran serve both.", "Iran", true},
	}
	for _, tt := range tests {
		// Two bystanders keep the issue from being all that the text is about.
		got := topicNames(t, []timeline.Party{"BO", "MT"}, tt.text, "They welcomed the fishing season.", "They praised the students.")[0]
		if slices.Contains(got, tt.issue) != tt.want {
			t.Errorf("%q is on %q, %s wanted: %v", tt.text, got, tt.issue, tt.want)
		}
	}
}

// TestTablesOfBodies checks that what central banks and committees say has issues of its own, in several languages.
func TestTablesOfBodies(t *testing.T) {
	tests := []struct{ language, text, want string }{
		{"en", "The Board decided to keep the deposit facility at 2.40 percent.", "Interest rates"},
		{"en", "The Council expects underlying inflation to settle around the medium-term target.", "Inflation"},
		{"en", "The size of the balance sheet will fall as maturing securities are no longer replaced.", "Asset purchases"},
		{"en", "Members will follow a meeting-by-meeting approach and are not pre-committing to a path.", "Forward guidance"},
		{"en", "Downside risks prevail, and the outlook is tilted to the downside.", "Risks to the outlook"},
		{"en", "Negotiated wages have slowed, and job vacancies have fallen.", "Employment and labor market"},
		{"en", "Financing conditions remain tight, and bank lending has been weak.", "Exchange rates and financial stability"},
		{"en", "Governments should make public finances more sustainable through structural reforms.", "Fiscal and structural policies"},
		{"en", "The committee extended the mandate of the panel of experts and the travel ban.", "Sanctions"},
		{"en", "Participating States stressed the human dimension and the work of ODIHR.", "OSCE and Council of Europe"},
		{"en", "The mission mandate was renewed, and troop-contributing countries were thanked.", "Peacekeeping"},
		{"de", "Die Inflationsrate wird sich dem Ziel nähern.", "Inflation"},
		{"de", "Der Rat beließ die Leitzinsen unverändert.", "Interest rates"},
		{"fr", "Le Conseil a maintenu les taux directeurs.", "Interest rates"},
		{"fr", "Le marché du travail reste solide.", "Employment and labor market"},
		{"es", "La estabilidad de precios es la meta, y los tipos de interés siguen altos.", "Inflation"},
		{"ja", "物価上昇率は目標に近づいた。", "Inflation"},
		{"ja", "政策金利を据え置いた。", "Interest rates"},
		{"ja", "国債の買入れを減額した。", "Asset purchases"},
	}
	for _, tt := range tests {
		r := &timeline.Release{ID: "r", Parties: []timeline.Party{"BO"}, Series: "BO", Held: march(t), Language: tt.language}
		r.Statements = []timeline.Statement{{Section: -1, Text: tt.text, Act: timeline.ActState, Speakers: r.Parties}}
		r.Name("r")
		topics := timeline.Link([]*timeline.Release{r}, timeline.LinkOptions{})
		var got []string
		for _, id := range topics.Releases()[0].Statements[0].Topics {
			x, _ := topics.Get(id)
			got = append(got, x.Name)
		}
		if !slices.Contains(got, tt.want) {
			t.Errorf("%s: %q is on %q, want %s", tt.language, tt.text, got, tt.want)
		}
	}
}

func march(t *testing.T) timeline.Date {
	t.Helper()
	d, err := timeline.ParseDate("2041-03-02")
	if err != nil {
		t.Fatal(err)
	}
	return d
}
