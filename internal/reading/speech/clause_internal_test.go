package speech

import (
	"testing"

	"readout/internal/reading/names"
	"readout/timeline"
)

// TestClause gives sentences about Norway and Peru their act and verb, one rule
// of the parser after another.
func TestClause(t *testing.T) {
	tests := []struct {
		name, text string
		act        timeline.Act
		verb       string
	}{
		{"first verb decides", "The two ministers reviewed the fund and agreed to raise it.", "discuss", "review"},
		{"subordinate verb does not", "The two sides welcomed the decision by which herring was agreed upon.", "welcome", "welcome"},
		{"adverbs", "The two sides also strongly and jointly condemned the raid.", "condemn", "condemn"},
		{"fronted phrase", "With regard to the Gulf of Paita, the two sides exchanged in-depth views.", "discuss", "exchange"},
		{"fronted country", "On Iran, President Vinje voiced his concern.", "express", "voice"},
		{"fronted participle", "Recalling that Peru discussed whaling, the two leaders resolved to go on.", "commit", "resolve"},
		{"fronted clause", "While Norway and Peru differ, the two sides agreed to talk.", "agree", "agree"},
		{"apposition", "Ms. Åse Lindqvold, Minister for Foreign Affairs of Norway, urged patience.", "urge", "urge"},
		{"relative clause", "Minister Uchu, who was in Oslo for a fair, thanked Minister Lindqvold.", "welcome", "thank"},
		{"aside", "The two sides, noting that copper is dear, agreed on a tariff.", "agree", "agree"},
		{"brackets", "Norway (the “Owner”) reiterated its claim.", "confirm", "reiterate"},
		{"phrase after the subject", "The two sides over the course of an hour discussed kelp.", "discuss", "discuss"},
		{"date after the subject", "President Vinje on May 4, 2033 welcomed the treaty.", "welcome", "welcome"},
		{"cleft", "It is in this spirit that Minister Uchu welcomed the plan.", "welcome", "welcome"},
		{"said in passing", "As Minister Uchu has made clear, the sea is not for sale.", "state", "make clear"},
		{"said in passing, twice", "As Minister Uchu has made clear, and as Minister Lindqvold explained, the sea is not for sale.", "state", "make clear"},

		{"spoke on a subject", "President Vinje spoke with President Quispe on kelp.", "discuss", "speak"},
		{"spoke on a day", "President Vinje spoke with President Quispe on the eve of the feast.", "none", ""},
		{"after but", "Nets are dear, but Leaders also stressed thrift.", "state", "stress"},

		{"importance agreed on", "They agreed on the importance of kelp.", "share_view", "agree"},
		{"fact agreed", "They agreed that kelp is the basis of the trade.", "share_view", "agree"},
		{"course agreed", "They agreed that kelp should be sold.", "agree", "agree"},
		{"concurred that", "They concurred that the sea is cold.", "share_view", "concur"},
		{"concurred to", "They concurred to meet.", "agree", "concur"},
		{"shared view", "They shared the frank view that it was late.", "share_view", "share"},
		{"shared interest", "They shared an interest in kelp.", "share_view", "share"},
		{"shared concern", "They shared serious concerns about the dam.", "express", "share"},
		{"expressed resolve", "Norway expressed its firm determination to go on.", "commit", "express"},
		{"expressed need", "They expressed the need for calm.", "state", "express"},
		{"raised concerns", "Minister Uchu raised concerns about nets.", "discuss", "raise"},
		{"renewed call", "They reiterated their call for calm.", "urge", "reiterate"},
		{"called on", "They called on the owners to pay.", "urge", "call on"},
		{"courtesy call", "Minister Uchu called on the Speaker.", "none", ""},
		{"noted with", "They noted with satisfaction the opening.", "welcome", "note"},
		{"took note", "They took note of the report.", "state", "take note"},
		{"announced by one", "Peru announced that nets had been bought.", "state", "announce"},
		{"announced by both", "We announce that nets will be bought.", "commit", "announce"},
		{"grateful", "He was deeply grateful for the boat.", "express", "be grateful"},

		{"will", "The two sides will build a pier.", "commit", "build"},
		{"will oppose", "We will oppose any such raid.", "condemn", "oppose"},
		{"committed", "Both countries remain firmly committed to calm.", "commit", "commit"},
		{"may", "The two sides may hold talks.", "none", ""},

		{"met", "Minister Lindqvold met Minister Uchu.", "none", ""},
		{"met to discuss", "President Vinje met with President Quispe to discuss copper.", "discuss", "discuss"},
		{"spoke to congratulate", "President Vinje spoke with President Quispe to congratulate her.", "welcome", "congratulate"},
		{"met and expressed", "President Vinje met President Quispe and expressed his hope.", "express", "express"},
		{"met, highlighting", "President Vinje met President Quispe in Lima, highlighting the trade.", "state", "highlight"},
		{"spoke regarding", "President Vinje spoke today with President Quispe regarding nets.", "discuss", "speak"},
		{"met, where", "President Vinje and President Quispe met in Lima, where they affirmed the treaty.", "confirm", "affirm"},
		{"began by", "Minister Uchu began by thanking the hosts.", "welcome", "thank"},
		{"met, and another clause", "Minister Lindqvold met Minister Uchu of Peru in Oslo; a group to discuss kelp was formed.", "none", ""},
		{"led to more than a verb", "The two ministers took steps to bring home kelp.", "none", ""},
		{"held talks", "The two sides held talks for an hour.", "none", ""},
		{"held discussions", "The two sides held candid, useful discussions on nets.", "discuss", "hold"},
		{"conversation focused", "The conversation, which lasted an hour, focused on nets.", "discuss", "focus"},
		{"briefed", "Minister Uchu was briefed on the pier.", "state", "brief"},

		{"it was agreed", "It was agreed that nets be bought.", "agree", "agree"},
		{"agreement reached", "In this regard, full agreement was reached on nets.", "agree", "reach"},
		{"no exchange of views", "An exchange of views was not held.", "none", ""},
		{"exchange of views", "There was a frank exchange of views on nets.", "discuss", "exchange"},
		{"passive", "The price of nets was also discussed.", "discuss", "discuss"},
		{"importance stressed", "The importance of nets was stressed.", "state", "stress"},
		{"proposed by", "The talks had been proposed by Peru.", "none", ""},
		{"situation, then the point", "They discussed the situation at sea and expressed their alarm.", "express", "express"},

		{"no act", "The pier was built in 1911.", "none", ""},
		{"possessive", "Minister Uchu’s remarks welcomed nobody.", "none", ""},
	}
	rel := &timeline.Release{Parties: []timeline.Party{"NO", "PE"}, Issuer: "NO"}
	lex, g := Default(), names.Default()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rel.Statements = []timeline.Statement{{Text: tt.text}}
			c := newCast(rel, g, lex)
			r := c.readers[0]
			got := (&clauseReader{reader: r, actors: c.actors(r)}).main()
			if got.act != tt.act || got.act != timeline.ActNone && got.verb != tt.verb {
				t.Errorf("main(%q) = %s %q, want %s %q", tt.text, got.act, got.verb, tt.act, tt.verb)
			}
		})
	}
}
