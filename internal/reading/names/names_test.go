package names_test

import (
	"strings"
	"testing"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"readout/internal/reading/names"
)

func TestFindInOtherLanguages(t *testing.T) {
	g := names.Default()
	tests := []struct{ lang, in, want string }{
		{"ja", "日・ノルウェー外相電話会談", "JP:日 NO:ノルウェー"},
		{"ja", "第３回日・米・韓次官協議", "JP:日 US:米 KR:韓"},
		{"ja", "日米韓首脳会合と日EU定期首脳協議", "JP:日 US:米 KR:韓 JP:日 EU:EU"},
		{"ja", "チリ側と日本側。今日中に本日英気を養う", "CL:チリ JP:日本"},
		{"ja", "マリ・ヨハンセン大臣はマリアとチリングをマリで", "ML:マリ"},
		{"ja", "日本海とインド洋", ""},
		{"ja", "アイスランド・チリ外相会談", "IS:アイスランド CL:チリ"},
		{"zh", "中俄外长会晤，挪威外交大臣，中方和俄方", "CN:中 RU:俄 NO:挪威 CN:中 RU:俄"},
		{"zh", "双方在会谈中表示", ""},
		{"ko", "한·노르웨이 외교장관회담, 일본은", "KR:한 NO:노르웨이 JP:일본"},
		{"de", "Islands Außenminister und die norwegische Ministerin, die Niederlande", "IS:Islands NO:norwegische NL:Niederlande"},
		{"en", "the Island", ""},
		{"fr", "la ministre norvégienne, le Chili et les États-Unis; Maurice Durand", "NO:norvégienne CL:Chili US:États-Unis"},
		{"es", "la canciller noruega y Perú, los islandeses, EE. UU.", "NO:noruega PE:Perú IS:islandeses US:EE. UU."},
		{"ru", "с Министром иностранных дел Норвегии, исландской стороной, в Чили, Российской Федерации", "NO:Норвегии IS:исландской CL:Чили RU:Российской Федерации"},
		{"pt", "a ministra norueguesa e a Islândia", "NO:norueguesa IS:Islândia"},
		{"it", "il Ministro norvegese e l'Islanda", "NO:norvegese IS:Islanda"},
		{"ru", "с Новой Зеландией, в Саудовской Аравии, Объединенных Арабских Эмиратов, Коста-Рики, Словении", "NZ:Новой Зеландией SA:Саудовской Аравии AE:Объединенных Арабских Эмиратов CR:Коста-Рики SI:Словении"},
		{"ru", "Российская сторона и Российская Федерация", "RU:Российская RU:Российская Федерация"},
		{"uk", "з Міністром закордонних справ Японії, чилійською стороною, з Норвегією, в Україні", "JP:Японії CL:чилійською NO:Норвегією UA:Україні"},
		{"pl", "z Ministrem Spraw Zagranicznych Japonii, z Nową Zelandią, w Niemczech, norweskiej minister, Arabii Saudyjskiej", "JP:Japonii NZ:Nową Zelandią DE:Niemczech NO:norweskiej SA:Arabii Saudyjskiej"},
		{"de", "der Dominikanischen Republik und den Vereinigten Arabischen Emiraten", "DO:Dominikanischen Republik AE:Vereinigten Arabischen Emiraten"},
		{"zh", "挪威外長與法國總統，澳大利亞、義大利", "NO:挪威 FR:法國 AU:澳大利亞 IT:義大利"},
		{"tr", "Japonya Dışişleri Bakanı ile, Fransa'nın", "JP:Japonya FR:Fransa"},
		{"tr", "Norveç'in ve İzlanda Dışişleri Bakanı", "NO:Norveç IS:İzlanda"},
		{"ar", "وزير خارجية النرويج مع وزير الخارجية التشيلي وللنرويج", "NO:النرويج CL:التشيلي NO:وللنرويج"},
	}
	for _, tt := range tests {
		if got := found(g.In(tt.lang), tt.in); got != tt.want {
			t.Errorf("In(%q).Find(%q) =\n  %s, want\n  %s", tt.lang, tt.in, got, tt.want)
		}
	}
	if g.In("sw") != g || g.In("") != g {
		t.Error("a language without names gives another gazetteer")
	}
}

// members are the codes of the members of the United Nations and its observers.
const members = `AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CY
CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH GM GN GQ GR GT GW GY HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE
KG KH KI KM KN KP KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP
NR NZ OM PA PE PG PH PK PL PS PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR
TT TV TZ UA UG US UY UZ VA VC VE VN VU WS YE ZA ZM ZW`

// TestFindEveryMember looks for the name that the Unicode locale data has for each
// member. What may be skipped is borne by persons or cities too.
func TestFindEveryMember(t *testing.T) {
	skip := map[string]string{"fr": "DM GD MU", "es": "DM GD"}
	for _, lang := range []string{"de", "fr", "es", "pt", "it", "ru", "uk", "zh", "zh-Hant", "ko", "tr", "ar", "pl", "ja"} {
		g, namer := names.Default().In(lang), display.Regions(language.MustParse(lang))
		for code := range strings.FieldsSeq(members) {
			name, _, _ := strings.Cut(namer.Name(language.MustParseRegion(code)), " (")
			got := g.Find(name)
			if (len(got) != 1 || string(got[0].Party) != code) && !strings.Contains(skip[lang], code) {
				t.Errorf("In(%q).Find(%q) = %v, want %s", lang, name, got, code)
			}
		}
	}
}
