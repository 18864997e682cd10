package reading

import (
	"testing"

	"readout/internal/document"
	"readout/timeline"
)

func TestParties(t *testing.T) {
	r := Default()
	tests := []struct {
		title, issuer, opening, want string
	}{
		{"Chile-Iceland Summit Meeting", "", "", "CL-IS"},
		{"ROK–Portugal Foreign Ministers’ Meeting", "KR", "", "KR-PT"},
		{"Readout of Premier Quill’s Call with President Ana Brum of Brazil", "NZ", "", "BR-NZ"},
		{"Premier Quill’s Call with Prime Minister Ito of Japan and President Cruz of the Philippines", "NZ", "", "JP-NZ-PH"},
		{"Meeting with Chilean Foreign Minister Pérez on Russia and the South China Sea", "NZ", "", "CL-NZ"},
		{"Joint Statement on Aid for Haiti from Dutch Prime Minister Bol and Danish Prime Minister Friis", "NL", "", "DK-NL"},
		{"Minister’s Meeting with Secretary for Strategic Affairs Luz of Argentina", "NZ", "", "AR-NZ"},
		{"Visit to Kenya", "NZ", "", "KE-NZ"},
		{"Talks on the Chile-Peru border dispute with Foreign Minister Luz of Brazil", "NZ", "", "BR-NZ"},
		{"Meeting with Members of Parliament on Housing", "NZ", "The premier met members. They recalled France.", "NZ"},
		{"Meeting with Fijian Business Leaders", "NZ", "The premier met business leaders today.", "NZ"},
		{"Call with the Premier of the Cook Islands", "NZ", "", "NZ"},
		{"Premier’s Participation in the Island Summit", "NZ", "The premier met leaders, hosted by Prime Minister Tau of Fiji.", "NZ"},
		{"Call with Prime Minister Tau", "NZ", "The premier spoke with Prime Minister Tau of Fiji about Chile.", "FJ-NZ"},
		{"Joint Statement on the Antarctic", "NZ", "We, the leaders of Chile, Norway, and New Zealand, reaffirm our will.", "CL-NO-NZ"},
		{"Meeting between Minister Baek and Minister Luz", "", "Minister Baek met Minister Luz of Portugal in Halifax. The boats left Busan. A Korean side note.", "KR-PT"},
		{"Audience with the Pope", "NZ", "", "NZ-VA"},
		{"Minister Baek meets Foreign Minister Luz of Portugal", "", "The Minister met him in Seoul. She spoke of a programme with the IMF. The two agreed on Korea's harbours.", "KR-PT"},
		{"Minister Baek meets Foreign Minister Luz of Portugal", "", "The Minister met him. They were alarmed about the situation in Fiji.", "PT"},
		{"Norway: High Representative/Vice-President Marta Luz meets Foreign Minister Berg", "", "", "EU-NO"},
		{"Statement on the budget", "", "", ""},
		{"Foreign Minister summons the Ambassador of Norway", "", "The Foreign Minister of Peru, Ana Ruiz, summoned the Ambassador of Norway.", "NO-PE"},
		{"Fiji : cyclone", "NZ", "The minister saw the Chilean Ambassador, Mr. Paz, about relief.", "CL-NZ"},
		{"Statement on the unrest in Fiji", "NZ", "We watch it with concern.", "FJ-NZ"},
		{"New Zealand offers boats to Indo-China refugees", "NZ", "The premier has room for them.", "NZ"},
		{"Lugano/Dublin: Norway counts fewer cases", "", "The Government of Norway adopted a report. Because of Dublin the costs fell.", "NO"},
		{"Premier’s Meeting with President Paz of Chile at the G20 Lima Summit", "NZ", "", "CL-NZ"},
		{"Overview of the G20 Lima Summit", "NZ", "The premier took part.", "NZ"},
		{"Chile, Norway and Peru: Trilateral Foreign Ministers' Meeting", "", "", "CL-NO-PE"},
		{"Meeting of the Minister of Finance of Peru with the Governor of the Bank of Canada", "PE", "", "CA-PE"},
		{"Policy rate unchanged", "BOC", "The Bank of Canada held its rate. Demand in the United States is brisk.", "BOC"},
		{"", "", "The Board of the Bank of Norland left its rate. Demand from Canada is brisk.", ""},
	}
	for _, tt := range tests {
		var l layout
		for _, s := range r.abbreviations.sentences(tt.opening) {
			l.statements = append(l.statements, timeline.Statement{Text: tt.opening[s.start:s.end]})
		}
		kind := r.kind(tt.title, openingOf(l))
		got := timeline.SeriesOf(timeline.SortParties(r.parties(tt.title, kind, l, timeline.Party(tt.issuer), nil).list))
		if string(got) != tt.want {
			t.Errorf("parties of %q, %q = %s, want %s", tt.title, tt.opening, got, tt.want)
		}
	}
}

func TestKindAndLevel(t *testing.T) {
	r := Default()
	tests := []struct {
		title string
		kind  timeline.Kind
		level timeline.Level
	}{
		{"Chile-Iceland Summit Meeting on the Occasion of the Premier’s Tour", "meeting", "summit"},
		{"Chile-Iceland Foreign Ministers’ Video Conference", "video", "foreign-ministers"},
		{"Chile-Iceland Foreign Ministers’ Telephone Talk", "call", "foreign-ministers"},
		{"Chile-Iceland Vice-Ministerial Consultations", "meeting", "vice-ministers"},
		{"Working Visit of President Brum: Summit Meeting", "visit", "summit"},
		{"Visit by the Minister for Foreign Affairs - Joint Communiqué", "joint-statement", "foreign-ministers"},
		{"Courtesy Call on the President by Ambassador Lund", "meeting", "summit"},
		{"Joint Leaders’ Statement", "joint-statement", "summit"},
		{"Call with Under Secretary Moss", "call", "vice-ministers"},
		{"National Security Advisor to the Vice President Holm’s Meeting with Officials", "meeting", "other"},
		{"Statement by the Foreign Ministry", "statement", "other"},
		{"Virtual Meeting with Prime Minister Tau", "video", "summit"},
	}
	for _, tt := range tests {
		if k, l := r.kind(tt.title, nil), r.level(tt.title, nil, 2); k != tt.kind || l != tt.level {
			t.Errorf("kind, level of %q = %s, %s, want %s, %s", tt.title, k, l, tt.kind, tt.level)
		}
	}
}

func TestLanguage(t *testing.T) {
	r := Default()
	for in, want := range map[string]string{
		"The two ministers met in the port and agreed on the map.": "en", "Die beiden Minister trafen sich in der Stadt und sprachen.": "de",
		"Les deux ministres se sont rencontrés dans la ville et le port.": "fr", "両外相は会談した。": "ja", "两国外长举行会谈。": "zh",
		"Министры встретились и обсудили вопрос о границе в городе.": "ru", "양국 외교장관은 회담을 가졌다.": "ko",
	} {
		if got := r.language(textDocument(in)); got != want {
			t.Errorf("language(%q) = %q, want %q", in, got, want)
		}
	}
}

func textDocument(s string) *document.Document { return &document.Document{Text: s} }

// A central bank's own text is told from one that mentions the bank.
func TestBank(t *testing.T) {
	r := Default()
	tests := []struct {
		title, opening string
		want           timeline.Party
	}{
		{"FOMC statement", "The Committee raised the rate.", "FED"},
		{"Policy decision", "At its meeting today the Governing Council of the European Central Bank kept its rates.", "ECB"},
		{"Decision", "The Riksbank sets the policy rate at 2 per cent.", "RIKSBANK"},
		{"Minister meets the Governor of the Bank of Japan", "The minister met him.", ""},
		{"Budget speech", "Chile has been spared. The Bank of Canada held its rate.", ""},
		{"Housing", "The minister said that rents had risen although interest was low, as the Bank of England had found.", ""},
	}
	for _, tt := range tests {
		if got := r.bank(tt.title, []string{tt.opening}); got != tt.want {
			t.Errorf("bank of %q, %q = %q, want %q", tt.title, tt.opening, got, tt.want)
		}
	}
}

// The issuer is the one whose authority a page names, or else in doubt.
func TestIssuer(t *testing.T) {
	tests := []struct {
		name, text string
		want       timeline.Party
		doubt      bool
	}{
		{"authority in the title", "Statement of the Ministry of Foreign Affairs of Peru in connection with the unrest in Norway\n\n6 January 2041\n\nWe are concerned.", "PE", false},
		{"seat and authority before the text", "Visit of the Foreign Minister of Norway\n\nLima, 6 January 2041 - Federal Department of Foreign Affairs\n\nThe minister met Foreign Minister Lie of Norway.", "PE", false},
		{"nothing but the order of the title", "Norway-Peru Joint Statement\n\n6 January 2041\n\nThe two leaders welcomed the treaty.", "NO", true},
		{"an authority acts in the title", "Press Release: The Ministry of Foreign Affairs of Peru protests against the raid\n\n6 January 2041\n\nThe ministry called in the Ambassador of Norway.", "PE", false},
		{"a country acts in the title", "Peru protests against the raid\n\n6 January 2041\n\nThe ministry summoned the Ambassador of Norway.", "PE", true},
		{"a bank", "Policy rate unchanged\n\n6 January 2041\n\nThe Bank of Canada held its rate at 2 per cent.", "BOC", false},
	}
	for _, tt := range tests {
		doc, err := document.Parse("a.txt", []byte(tt.text), document.Options{})
		if err != nil {
			t.Fatal(err)
		}
		rel := Release(doc, Default(), Overrides{})
		if rel.Issuer != tt.want || rel.Doubted("issuer") != tt.doubt {
			t.Errorf("%s: issuer %q, doubts %v, want %q, doubt %v", tt.name, rel.Issuer, rel.Doubts, tt.want, tt.doubt)
		}
	}
}

// What no rule reads is said to be unread and given no acts.
func TestUnread(t *testing.T) {
	doc, err := document.Parse("a.txt", []byte("Fundur utanríkisráðherra með utanríkisráðherra Noregs\n\nRáðherrarnir voru sammála um að auka samstarf við það sem er til um fiskveiðar og orku.\n\nÍsland fagnaði því að samstarf milli landanna hafa verið við með það fyrir augum."), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rel := Release(doc, Default(), Overrides{Parties: []timeline.Party{"IS", "NO"}})
	if rel.Language != "is" || rel.LanguageRead || !rel.Doubted("language") {
		t.Errorf("language %q, read %v, doubts %v", rel.Language, rel.LanguageRead, rel.Doubts)
	}
	for _, s := range rel.Statements {
		if s.Act != timeline.ActNone || len(s.Speakers) > 0 {
			t.Errorf("%v %s: %s", s.Speakers, s.Act, s.Text)
		}
	}
}
