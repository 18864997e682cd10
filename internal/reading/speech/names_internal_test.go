package speech

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/internal/reading/names"
	"readout/timeline"
)

func TestTokenize(t *testing.T) {
	tests := map[string]string{
		"Mr. J. Vinje’s U.S.-Peru talks on nets.": "mr.|j.|vinje|'s|u.s.-peru|talks|on|nets|.",
		"the ministers’ “nets”":                   "the|ministers|'s|“|nets|”",
		"**Nets** They":                           "||nets|||they",
		"<b>Nets</b> a<sup>b</sup> <3":            "nets|||a|b|3",
		"Ｈ ９:４０":                                  "ｈ|９|:|４０",
		"They didn’t.":                            "they|didn't|.",
	}
	for in, want := range tests {
		var got []string
		for _, tok := range tokenize(in, Default()) {
			got = append(got, tok.low)
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("tokenize(%q) = %q, want %q", in, s, want)
		}
	}
}

func TestNamings(t *testing.T) {
	tests := []struct {
		text string
		want []string // name / title / party
	}{
		{"Foreign Minister QUISPE Alma met Norwegian Minister of Trade Odd Vinje.",
			[]string{"QUISPE Alma/Foreign Minister/", "Odd Vinje/Minister of Trade/NO"}},
		{"H.E. Ms. Alma Quispe, President of the Republic of Peru, arrived.",
			[]string{"Alma Quispe/President of the Republic of Peru/PE"}},
		{"President Odd R. Vinje, Jr. and Prime Minister Alma Quispe of Peru spoke.",
			[]string{"Odd R. Vinje, Jr./President/", "Alma Quispe/Prime Minister/PE"}},
		{"The President and the Vice President left.", []string{"/President/", "/Vice President/"}},
		{"Peru’s Secretary General Bruno Uchu", []string{"Bruno Uchu/Secretary General/PE"}},
		{"Director of the Office of the Foreign Affairs Commission Alma Quispe",
			[]string{"Alma Quispe/Director of the Office of the Foreign Affairs Commission/"}},
		{"Minister for Digital Affairs Odd Vinje", []string{"Odd Vinje/Minister for Digital Affairs/"}},
		{"Odd Vinje, Secretary of State, spoke", []string{"Odd Vinje/Secretary of State/"}},
		{"the Minister of Trade of Norway, Odd Vinje, spoke", []string{"Odd Vinje/Minister of Trade of Norway/NO"}},
		{"his Peruvian counterpart Bruno Uchu", []string{"Bruno Uchu//PE"}},
		{"Foreign Minister Vinje Meets Ambassador Uchu", []string{"Vinje/Foreign Minister/", "Uchu/Ambassador/"}},
	}
	for _, tt := range tests {
		r := (&cast{gaz: names.Default(), lex: Default()}).read(tt.text)
		var got []string
		for _, n := range r.namings() {
			party := ""
			if len(n.country) > 0 {
				party = string(n.country[0])
			}
			got = append(got, n.full+"/"+n.title+"/"+party)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("namings(%q) differ (-want +got):\n%s", tt.text, diff)
		}
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{"Þórey": "thorey", "SØRLI": "sorli", "João": "joao", "O’Neill": "oneill", "Do-hyeon": "dohyeon"} {
		if got := fold(in); got != want {
			t.Errorf("fold(%q) = %q, want %q", in, got, want)
		}
	}
	for _, pair := range [][2]string{{"paik", "baek"}, {"yun", "yoon"}, {"lee", "rhee"}} {
		if !sameSound(pair[0], pair[1]) {
			t.Errorf("sameSound(%q, %q) = false", pair[0], pair[1])
		}
	}
	for _, pair := range [][2]string{{"vinje", "quispe"}, {"bodin", "patan"}, {"uchu", "vinje"}, {"li", "lu"}} {
		if sameSound(pair[0], pair[1]) {
			t.Errorf("sameSound(%q, %q) = true", pair[0], pair[1])
		}
	}
}

func TestForms(t *testing.T) {
	lex := Default()
	for word, lemma := range map[string]string{
		"agreed": "agree", "committed": "commit", "discusses": "discuss", "replied": "reply", "denounces": "denounce",
		"stating": "state", "planning": "plan", "held": "hold", "spoke": "speak", "sought": "seek",
	} {
		if got := lex.forms[word].lemma; got != lemma {
			t.Errorf("lemma of %q = %q, want %q", word, got, lemma)
		}
	}
}

func TestPartiesOfPeople(t *testing.T) {
	tests := []struct {
		name, title string
		issuer      timeline.Party
		texts       []string
		want        map[string]timeline.Party
	}{
		{"the remaining party", "", "", []string{"Minister Vinje met Foreign Minister Uchu of Peru."},
			map[string]timeline.Party{"Vinje": "NO", "Uchu": "PE"}},
		{"the publisher's own", "", "PE", []string{"Minister Uchu met Minister Vinje."},
			map[string]timeline.Party{"Uchu": "PE", "Vinje": "NO"}},
		{"a visitor", "President Uchu’s State Visit to Norway", "", []string{"President Uchu met Prime Minister Vinje."},
			map[string]timeline.Party{"Uchu": "PE", "Vinje": "NO"}},
		{"two of one side", "", "NO", []string{"President Vinje and Vice President Lie spoke with President Uchu."},
			map[string]timeline.Party{"Vinje": "NO", "Lie": "NO", "Uchu": "PE"}},
		{"two leaders", "", "NO", []string{"It rained.", "It rained.", "It rained.", "President Vinje and President Uchu agreed."},
			map[string]timeline.Party{"Vinje": "NO", "Uchu": "PE"}},
		{"talked about", "", "NO", []string{"Minister Lie met Minister Uchu of Peru after a call between President Vinje and King Olav."},
			map[string]timeline.Party{"Lie": "NO", "Uchu": "PE", "Vinje": "", "Olav": ""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rel := &timeline.Release{Title: tt.title, Issuer: tt.issuer, Parties: []timeline.Party{"NO", "PE"}}
			for _, s := range tt.texts {
				rel.Statements = append(rel.Statements, timeline.Statement{Text: s})
			}
			got := map[string]timeline.Party{}
			for _, p := range newCast(rel, names.Default(), Default()).people {
				got[p.full] = p.party
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("parties differ (-want +got):\n%s", diff)
			}
		})
	}
}
