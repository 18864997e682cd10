package names_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"readout/internal/reading/names"
	"readout/internal/rules/list"
	"readout/timeline"
)

// found renders mentions as "CODE:text" so that tables read easily; the other
// parties a word may mean follow a slash.
func found(g *names.Gazetteer, text string) string {
	var out []string
	for _, m := range g.Find(text) {
		s := string(m.Party)
		for _, p := range m.Or {
			s += "/" + string(p)
		}
		out = append(out, s+":"+text[m.Start:m.End])
	}
	return strings.Join(out, " ")
}

func TestFind(t *testing.T) {
	g := names.Default()
	tests := []struct{ in, want string }{
		// Long, short and historic names.
		{"the Russian Federation and the former Soviet Union", "RU:Russian Federation RU:Soviet Union"},
		{"Türkiye, Turkiye, Turkey", "TR:Türkiye TR:Turkiye TR:Turkey"},
		{"Côte d’Ivoire or Cote d'Ivoire or Ivory Coast", "CI:Côte d’Ivoire CI:Cote d'Ivoire CI:Ivory Coast"},
		{"the Holy See, Czechia, Burma, Kosovo", "VA:Holy See CZ:Czechia MM:Burma XK:Kosovo"},
		{"DPRK, ROK, PRC", "KP:DPRK KR:ROK CN:PRC"},
		{"the Palestinian Authority", "PS:Palestinian Authority"},
		// Initials.
		{"the U.S., the U.S.A., the USA and the US told us", "US:U.S. US:U.S.A. US:USA US:US"},
		{"U.S-Japan and U.S.-Japan", "US:U.S JP:Japan US:U.S. JP:Japan"},
		{"the UK’s and the EU's views", "GB:UK EU:EU"},
		{"LET EVERY NATION TELL US PLAINLY", ""},
		// Pairs.
		{"Japan-Russia", "JP:Japan RU:Russia"},
		{"ROK–Portugal", "KR:ROK PT:Portugal"},
		{"Republic of Korea–Portugal", "KR:Republic of Korea PT:Portugal"},
		{"ICELAND-CHILE SUMMIT", "IS:ICELAND CL:CHILE"},
		// Demonyms.
		{"Israelis, Dutch and Filipino officials", "IL:Israelis NL:Dutch PH:Filipino"},
		{"the Korean side", "KR/KP:Korean"},
		// The longest name wins, and names are whole words.
		{"Nigeria is not Niger", "NG:Nigeria NE:Niger"},
		{"Papua New Guinea, Equatorial Guinea, Guinea-Bissau, Guinea", "PG:Papua New Guinea GQ:Equatorial Guinea GW:Guinea-Bissau GN:Guinea"},
		{"the Democratic Republic of the Congo and the Republic of the Congo", "CD:Democratic Republic of the Congo CG:Republic of the Congo"},
		{"the Dominican Republic and Dominica", "DO:Dominican Republic DM:Dominica"},
		{"North Korea and South Korea", "KP:North Korea KR:South Korea"},
		{"Japanesque oman chile", ""},
		// What is no party.
		{"the Indian Ocean, the South China Sea, the East China Sea, the Japanese Sea", ""},
		{"the Gulf of Mexico, the Persian Gulf, the Sea of Japan, the Taiwan Strait", ""},
		{"New Mexico, Northern Ireland, Latin America, the Korean Peninsula", ""},
		{"Cuban American leaders and Native Americans", ""},
		{"Israeli-American relations", "IL:Israeli US:American"},
		{"United Kingdom of Great Britain and Northern Ireland", "GB:United Kingdom of Great Britain and Northern Ireland"},
		// Bearers of a country's name.
		{"Barbara Jordan and Chad Sommer", ""},
		{"Foreign Minister Israel Katzen of Israel", "IL:Israel"},
		{"King of Jordan, Jordan's King, the U.S.-Jordan Strategic Forum", "JO:Jordan JO:Jordan US:U.S. JO:Jordan"},
		{"Governor of Georgia; Prime Minister of Georgia", "GE:Georgia"},
	}
	for _, tt := range tests {
		if got := found(g, tt.in); got != tt.want {
			t.Errorf("Find(%q) =\n  %s, want\n  %s", tt.in, got, tt.want)
		}
	}
}

func TestNames(t *testing.T) {
	g := names.Default()
	for _, tt := range []struct{ party, name, demonym string }{
		{"JP", "Japan", "Japanese"}, {"KR", "Republic of Korea", "South Korean"}, {"EU", "European Union", "European Union"}, {"ZZ", "ZZ", "ZZ"},
	} {
		p := timeline.Party(tt.party)
		if n, d := g.Name(p), g.Demonym(p); n != tt.name || d != tt.demonym {
			t.Errorf("Name, Demonym(%s) = %q, %q, want %q, %q", p, n, d, tt.name, tt.demonym)
		}
	}
	for in, want := range map[string]timeline.Party{"jp": "JP", "Japan": "JP", "the Netherlands": "NL", "South Korea": "KR", "nato": "NATO", "Atlantis": "", "Japan and Chile": ""} {
		if got, ok := g.Lookup(in); got != want || ok != (want != "") {
			t.Errorf("Lookup(%q) = %q, %t, want %q", in, got, ok, want)
		}
	}
}

func TestHost(t *testing.T) {
	g := names.Default()
	for in, want := range map[string]timeline.Party{
		"www.mofa.go.jp": "JP", "www.gov.uk": "GB", "history.archives.gov": "US", "ec.europa.eu": "EU", "www.shop.eu": "",
		"www.mid.ru": "RU", "startup.io": "", "www.gov.me": "ME", "mofa.example": "", "jp": "", "": "", "www.nato.int.": "NATO",
	} {
		if got := g.Host(in); got != want {
			t.Errorf("Host(%q) = %q, want %q", in, got, want)
		}
	}
}

// with returns the gazetteer with further lines of parties.tsv.
func with(parties string) (*names.Gazetteer, error) {
	b, err := list.Open(fstest.MapFS{"parties.tsv": {Data: []byte(parties)}}, "")
	if err != nil {
		return nil, err
	}
	return names.New(b)
}

func TestExtend(t *testing.T) {
	base := names.Default()
	g, err := with("# ours\nFOO\tFederation of Outer Oceans\tFOO\tOuter Oceanian+\tPort Foo\nJP\t\tLand of the Rising Sun|日本\n")
	if err != nil {
		t.Fatal(err)
	}
	in := "FOO and the Outer Oceanians met the Land of the Rising Sun; 日本は"
	want := "FOO:FOO FOO:Outer Oceanians JP:Land of the Rising Sun JP:日本"
	if got := found(g, in); got != want {
		t.Errorf("extended Find = %s, want %s", got, want)
	}
	if got := g.Name("JP"); got != "Japan" {
		t.Errorf("Name(JP) = %q after a line without a name, want Japan", got)
	}
	if got := found(base, in); got != "" {
		t.Errorf("additions changed the built-in names: Find = %s", got)
	}
	for _, bad := range []string{"JP", "jp\tJapan", "A-B\tx", "A\tb\tc\td\te\tf\tg"} {
		if _, err := with(bad); err == nil {
			t.Errorf("parties.tsv of %q gave no error", bad)
		}
	}
}

func TestSeatsAndPlaces(t *testing.T) {
	g := names.Default()
	codes := func(ms []names.Mention) (out []timeline.Party) {
		for _, m := range ms {
			out = append(out, m.Party)
		}
		return out
	}
	in := "from Reykjavik by way of Busan to Mexico City"
	if diff := cmp.Diff([]timeline.Party{"IS", "MX"}, codes(g.Seats(names.Cut(in)))); diff != "" {
		t.Errorf("Seats(%q) (-want +got):\n%s", in, diff)
	}
	if diff := cmp.Diff([]timeline.Party{"IS", "KR", "MX"}, codes(g.Places(names.Cut(in)))); diff != "" {
		t.Errorf("Places(%q) (-want +got):\n%s", in, diff)
	}
}

func FuzzFind(f *testing.F) {
	g := names.Default()
	f.Add("the U.S.-Japan alliance and Côte d’Ivoire")
	f.Add("日本–Россия \xff Guinea-")
	f.Fuzz(func(t *testing.T, s string) {
		last := 0
		for _, m := range g.Find(s) {
			if m.Start < last || m.End <= m.Start || m.End > len(s) {
				t.Fatalf("Find(%q): mention %v overlaps or is out of range", s, m)
			}
			last = m.End
		}
	})
}
