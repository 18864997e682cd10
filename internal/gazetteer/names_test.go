package gazetteer_test

import (
	"testing"

	"readout/internal/gazetteer"
)

func TestFindInOtherLanguages(t *testing.T) {
	g := gazetteer.Default()
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
		{"tr", "Norveç'in ve İzlanda Dışişleri Bakanı", "NO:Norveç IS:İzlanda"},
		{"ar", "وزير خارجية النرويج مع وزير الخارجية التشيلي وللنرويج", "NO:النرويج"},
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
