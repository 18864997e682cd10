package reading_test

import (
	"strings"
	"testing"

	"readout/internal/document"
	"readout/internal/reading"
	"readout/timeline"
)

func parsePage(t *testing.T, name, text string) *timeline.Release {
	t.Helper()
	doc, err := document.Parse(name, []byte(text), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return reading.Release(doc, reading.Default(), reading.Overrides{})
}

// What stands above the text is told apart: a category, a path, captions, the day and
// the title. Nothing of it is a statement.
func TestHeadOfPage(t *testing.T) {
	const body = "\n\nOn May 4, Foreign Minister Ada Holm of Norway met Foreign Minister Luis Rojas of Chile in Oslo. An overview follows.\n\n1. Salmon\n\nThe two ministers agreed to lower the duty on salmon.\n"
	const ja = "\n\n5月4日、森外務大臣は、オスロにおいて、ルンデ・ノルウェー外務大臣と外相会談を行いました。\n1 漁業\n両外相は、漁業協議を進めることで一致しました。\n"
	for _, tt := range []struct{ name, text, title string }{
		{"a category line", "Norway-Chile Relations\nNorway-Chile Foreign Ministers' Meeting\nMay 5, 2043" + body, "Norway-Chile Foreign Ministers' Meeting"},
		{"a country as category", "Republic of Chile\nTalks with Minister Rojas\n\nMay 5, 2043" + body, "Talks with Minister Rojas"},
		{"two parties that go on in the next line", "Norway-Chile\nVice-Ministerial Consultations\non Salmon\n\nMay 5, 2043" + body, "Norway-Chile Vice-Ministerial Consultations on Salmon"},
		{"a category and no title", "Norway-Chile Relations\n\nMay 5, 2043\nphoto: Norway-Chile Foreign Ministers' Meeting\nphoto: Norway-Chile Foreign Ministers' Meeting" + body, ""},
		{"a series of pictures", "Norway-Chile Relations\n\nMay 5, 2043\nphoto1: Norway-Chile Foreign Ministers' Meeting\nphoto2: Norway-Chile Foreign Ministers' Meeting" + body, "Norway-Chile Foreign Ministers' Meeting"},
		{"captions with a credit", "Norway-Chile Relations\n\nMay 5, 2043\nPhotograph of the ministers\nNorway-Chile Talks (Photo: Office of the Press)" + body, ""},
		{"a path", "Home > News > May 2043 > Talks\nTalks with Minister Rojas of Chile\nMay 5, 2043" + body, "Talks with Minister Rojas of Chile"},
		{"a long title right above long lines", "Norway-Chile Foreign Ministers' Meeting between Foreign Minister Holm and Foreign Minister Rojas (Overview)\n" +
			"On May 4, 2043, Foreign Minister Ada Holm of Norway, in Oslo, held a meeting with Foreign Minister Luis Rojas of Chile for the first time since he took office. An overview of their meeting follows below, with all the points.\n", "Norway-Chile Foreign Ministers' Meeting between Foreign Minister Holm and Foreign Minister Rojas (Overview)"},
		{"below a form", "Annex A\nMinutes of the meeting of the Board on 4 May 2043\nDATE: 4 May 2043\nUNIT: Markets\nCLASS: OPEN\nDecision on the rate\n\nThe Board leaves the rate where it is for the rest of the year.\n", "Decision on the rate"},
		{"the body above the title", "Open Market Committee\n\nMinutes of the Open Market Committee\n\nThe Committee met in Oslo on 4 May 2043 and left the rate where it was for the rest of the year.\n", "Minutes of the Open Market Committee"},
		{"a category in Japanese", "ノルウェー王国\n日・ノルウェー外相会談\n令和25年5月4日" + ja, "日・ノルウェー外相会談"},
		{"a category and no title in Japanese", "ノルウェー王国\n\n令和25年5月4日\n（写真）外相会談の様子" + ja, ""},
	} {
		rel := parsePage(t, "page.txt", tt.text)
		if rel.Title != tt.title {
			t.Errorf("%s: title %q, want %q", tt.name, rel.Title, tt.title)
		}
		for _, s := range rel.Statements {
			if strings.Contains(strings.ToLower(s.Text), "photo") || strings.Contains(s.Text, "写真") || strings.Contains(s.Text, "Relations") {
				t.Errorf("%s: %q is a statement", tt.name, s.Text)
			}
		}
	}
	rel := parsePage(t, "page.txt", "Norway-Chile Relations\n\nMay 5, 2043"+body)
	if want := "(meeting of 2043-05-04)"; !strings.HasSuffix(rel.Label(), "of 2043-05-04)") {
		t.Errorf("a page without a title is called %q, want as %q", rel.Label(), want)
	}
}

// A caption is kept without the label that says that it is one; words that only begin
// like a label stay.
func TestLabelsOfCaptions(t *testing.T) {
	for line, want := range map[string]string{
		"photo 2: The ministers in Oslo":             "The ministers in Oslo",
		"Photos: The ministers in Oslo":              "The ministers in Oslo",
		"(Photo 1) The ministers in Oslo":            "The ministers in Oslo",
		"[Photo]: The ministers in Oslo":             "The ministers in Oslo",
		"photo (The ministers in Oslo)":              "The ministers in Oslo",
		"（写真１）握手する両大臣":                               "握手する両大臣",
		"写真：握手する両大臣":                                 "握手する両大臣",
		"Fotos: Los ministros en Oslo":               "Los ministros en Oslo",
		"Photograph of the ministers":                "Photograph of the ministers",
		"The ministers (Photo: Office of the Press)": "The ministers (Photo: Office of the Press)",
	} {
		rel := parsePage(t, "page.txt", "Norway-Chile Foreign Ministers' Meeting\n\nMay 5, 2043\n\n"+line+
			"\n\nOn May 4, Foreign Minister Ada Holm of Norway met Foreign Minister Luis Rojas of Chile in Oslo.\n")
		var got []string
		for _, l := range rel.Lines {
			if l.Role == timeline.RoleCaption {
				got = append(got, l.Text)
			}
		}
		if len(got) != 1 || got[0] != want {
			t.Errorf("%q: captions %q, want %q", line, got, want)
		}
	}
}

// Boxes of the site are no text and no title.
func TestFurnitureOfSites(t *testing.T) {
	const page = `<html><head><title>Talks in Oslo</title></head><body>
<section class="site-banner"><p>An official website of the Kingdom of Norway</p><h2>Official websites use .no</h2><p>Only offices of the state may use such an address.</p></section>
<div class="head"><span>Sort by</span> <h1>Foreign Minister Holm meets Foreign Minister Rojas of Chile</h1></div><p>5 May 2043</p>
<p>Foreign Minister Ada Holm of Norway met Foreign Minister Luis Rojas of Chile in Oslo on 4 May 2043 to speak about salmon.</p>
<p>The two ministers agreed to lower the duty on salmon by the end of the year, and to open a consulate in Bergen.</p>
<p>They confirmed that the results of the joint survey of the stocks would be published every spring from now on.</p>
<div id="feedback"><p>Are you happy with this page?</p><p>Yes No</p><p>What made you unhappy?</p><p>Thank you for letting us know!</p></div></body></html>`
	rel := parsePage(t, "page.html", page)
	if rel.Title != "Foreign Minister Holm meets Foreign Minister Rojas of Chile" {
		t.Errorf("title %q", rel.Title)
	}
	if len(rel.Statements) != 3 || len(rel.Sections) != 0 {
		t.Errorf("%d statements and %d sections, want 3 and none: %+v", len(rel.Statements), len(rel.Sections), rel.Sections)
	}
}

// A place is a city in which the two met, or none.
func TestPlaceOfMeeting(t *testing.T) {
	for _, tt := range []struct{ in, place string }{
		{"Foreign Minister Ada Holm met Foreign Minister Luis Rojas of Chile in Santiago, Chile, on 4 May 2043.", "Santiago"},
		{"Foreign Minister Ada Holm, in Cabo Negro, Chile, for the Harbour Summit, held a meeting with Foreign Minister Luis Rojas of Chile.", "Cabo Negro"},
		{"Foreign Minister Ada Holm, in Belgium for a conference, held a meeting with Foreign Minister Luis Rojas of Chile at the Embassy of Chile in Brussels.", "Brussels"},
		{"Foreign Minister Ada Holm, visiting Iquique, a city in the north of Chile, held a meeting with Foreign Minister Luis Rojas of Chile.", "Iquique"},
		{"Foreign Minister Ada Holm met Foreign Minister Luis Rojas of Chile, building on the talks in Lisbon in November 2042.", ""},
		{"Foreign Minister Ada Holm met Foreign Minister Luis Rojas of Chile, who was in Norway.", ""},
		{"Foreign Minister Ada Holm met Foreign Minister Luis Rojas of Chile at the November Forum and at the Markets Department.", ""},
		{"Foreign Minister Ada Holm met Foreign Minister Luis Rojas of Chile at Larkin House of the Ministry.", ""},
		{"Foreign Minister Ada Holm met Foreign Minister Luis Rojas of Chile for the first time since the summit in Lisbon.", ""},
		{"Foreign Minister Ada Holm met Foreign Minister Luis Rojas of Chile in the margins of the meeting of the EV.", ""},
		{"Foreign Minister Ada Holm met Foreign Minister Luis Rojas of Chile and discussed the landslides in Iquique.", ""},
		{"Foreign Minister Ada Holm met Foreign Minister Luis Rojas of Chile on the crisis in Iquique.", ""},
		{"Foreign Minister Ada Holm hosted Foreign Minister Luis Rojas of Chile for a “Harbours in Action” morning.", ""},
		{"Foreign Minister Ada Holm met Foreign Minister Luis Rojas of Chile in Iquique to discuss the landslides in Lota.", "Iquique"},
		{"Foreign Minister Ada Holm met Foreign Minister Luis Rojas of Chile in Washington, D.C. on 4 May 2043.", "Washington, D.C."},
	} {
		rel := parsePage(t, "page.txt", "Norway-Chile Foreign Ministers' Meeting\n\n5 May 2043\n\n"+tt.in+"\n")
		if rel.Place != tt.place {
			t.Errorf("%q: place %q, want %q", tt.in, rel.Place, tt.place)
		}
	}
	for title, want := range map[string]string{
		"Norway-Chile Foreign Ministers' Meeting in Santiago":           "Santiago",
		"Norway-Chile Foreign Ministers' Meeting to Invest in Harbours": "",
	} {
		if rel := parsePage(t, "page.txt", title+"\n\n5 May 2043\n\nThe two ministers welcomed the new ferry.\n"); rel.Place != want {
			t.Errorf("%q: place %q, want %q", title, rel.Place, want)
		}
	}
	for in, want := range map[string]string{
		"5月4日、ベルゲンを訪問中の森外務大臣は、ルンデ・ノルウェー外務大臣と会談を行いました。":         "ベルゲン",
		"5月4日、リマAPEC首脳会議の際に、森総理大臣は、ルンデ・ノルウェー首相と首脳会談を行いました。":    "リマ",
		"5月4日、ノルウェーを訪問中の森外務大臣は、ルンデ・ノルウェー外務大臣と会談を行いました。":        "",
		"5月4日、森外務大臣は、訪日中のルンデ・ノルウェー外務大臣と外相会談を行いました。概要は次のとおりです。": "",
	} {
		if rel := parsePage(t, "page.txt", "日・ノルウェー会談\n\n令和25年5月4日\n\n"+in+"\n"); rel.Place != want || rel.Kind != timeline.KindMeeting {
			t.Errorf("%q: place %q, kind %q, want %q and a meeting", in, rel.Place, rel.Kind, want)
		}
	}
}
