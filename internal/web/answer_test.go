package web_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"readout/internal/archive"
	"readout/internal/reading"
	"readout/internal/rules"
	"readout/internal/web"
	"readout/timeline"
)

// desk is a server that knows the names of countries as the command has it.
func desk(tb testing.TB, a *archive.Archive) *web.Server {
	g := rules.Default().Extract().Gazetteer
	return newServer(tb, web.Options{Source: a, Called: g.Names, Party: g.LookupAnywhere, Mentioned: func(text string) []timeline.Party {
		var out []timeline.Party
		for _, m := range g.Find(text) {
			out = append(out, m.Party)
		}
		return out
	}})
}

// TestSearchAnswersWhatChanged: who names two governments is told what changed between them, on
// the page itself and before anything else.
func TestSearchAnswersWhatChanged(t *testing.T) {
	s := desk(t, yearly(t))
	for _, typed := range []string{"what changed since last time between Iceland and Peru?", "iceland peru", "PE-IS", "Islandia Perú", "アイスランド・ペルー", "peru and the iceland"} {
		body := page(t, s, "/search?q="+url.QueryEscape(typed))
		_, answer, ok := strings.Cut(body, `<section class="answer"`)
		if !ok {
			t.Errorf("%q is not answered", typed)
			continue
		}
		answer, rest, _ := strings.Cut(answer, "</section>")
		contains(t, answer, "was firmed on 6 May 2035", "what changed since 5 May 2034", `href="/series/IS-PE/brief"`)
		if !strings.Contains(rest, `<form class="filters asking"`) {
			t.Errorf("%q: the answer stands below the form", typed)
		}
		if strings.Contains(rest, `<a href="/series/IS-PE">`) {
			t.Errorf("%q: the series is named twice", typed)
		}
	}
	for _, typed := range []string{"herring survey", "Iceland on harbours", "Iceland and Chile", "Atlantis"} {
		if body := page(t, s, "/search?q="+url.QueryEscape(typed)); strings.Contains(body, `class="answer"`) {
			t.Errorf("%q names no series and is answered", typed)
		}
	}
}

// TestComparisonBeginsWithWhatOneShouldKnow holds for the latest meetings, and for no other
// pair of texts than an earlier and a later one.
func TestComparisonBeginsWithWhatOneShouldKnow(t *testing.T) {
	s := newServer(t, web.Options{Source: yearly(t)})
	const old, latest = "2034-05-05-is-pe-foreign-ministers-meeting", "2035-05-06-is-pe-foreign-ministers-meeting"
	contains(t, page(t, s, "/compare/"+old+"/"+latest), `<ol class="notable">`, "was firmed on 6 May 2035")
	for _, pair := range []string{latest + "/" + old, "2031-05-02-is-pe-foreign-ministers-meeting/2032-05-03-is-pe-foreign-ministers-meeting"} {
		if strings.Contains(page(t, s, "/compare/"+pair), `<ol class="notable">`) {
			t.Errorf("%s begins with what the latest meeting did", pair)
		}
	}
}

// TestLinesOfASite: a line that comes to all pages of a site is told once, and alters none.
func TestLinesOfASite(t *testing.T) {
	a := newArchive(t)
	const banner = "The reading room in Harbour Lane stays closed until the end of May."
	for _, more := range []string{"", "\n\n" + banner} {
		var inputs []archive.Input
		for i := range 7 {
			text := fmt.Sprintf("Iceland-Peru talks, part %d\n\nMay %d, 2032\n\nThe two ministers agreed to paint harbour crane number %d.%s\n", i+1, i+1, i+1, more)
			inputs = append(inputs, archive.Input{Name: fmt.Sprintf("s%d.txt", i), Data: []byte(text), CapturedAt: noon.AddDate(0, len(more), 0),
				Overrides: reading.Overrides{Parties: []timeline.Party{"IS", "PE"}, Source: fmt.Sprintf("https://mfa.example/s/%d", i)}})
		}
		ingest(t, a, each(inputs...))
	}
	s := newServer(t, web.Options{Source: a})
	body := page(t, s, "/changes")
	if n := strings.Count(body, banner); n != 1 || strings.Contains(body, "record change</span>") {
		t.Errorf("the line is told %d times, want once and no altered text:\n%s", n, body)
	}
	contains(t, body, "7 releases; no text was altered")
	contains(t, page(t, s, "/api/v1/changes"), `"site_wide": 6`, `"records": []`)
	if strings.Contains(page(t, s, "/"), "was altered") {
		t.Error("the first page calls the texts altered")
	}
}
