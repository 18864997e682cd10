package web_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"readout/internal/archive"
	"readout/internal/reading"
	"readout/internal/rules"
	"readout/internal/web"
	"readout/timeline"
)

// yearly are meetings of Iceland and Peru that repeat a formula, which goes firmer, and one
// that the last of them leaves out.
func yearly(tb testing.TB) *archive.Archive {
	tb.Helper()
	a := newArchive(tb)
	var inputs []archive.Input
	for i, verb := range []string{"agreed", "agreed", "agreed", "agreed", "firmly agreed"} {
		last := "(2) The two ministers welcomed the regular inspection of harbour cranes by independent engineers.\n\n"
		if i == 4 {
			last = "(2) The two ministers spoke about lanterns on the quay at night.\n\n"
		}
		text := fmt.Sprintf("Iceland-Peru Foreign Ministers' Meeting\n\nMay %d, %d\n\n1. Herring grounds\n\n"+
			"(1) The two ministers %s that the joint survey of herring grounds in southern waters would be continued.\n\n2. Harbours\n\n%s", i+2, 2031+i, verb, last)
		inputs = append(inputs, archive.Input{Name: fmt.Sprintf("y%d.txt", i), Data: []byte(text), CapturedAt: noon.AddDate(-1, i, 0),
			Overrides: reading.Overrides{Parties: []timeline.Party{"IS", "PE"}, Source: fmt.Sprintf("https://mfa.example/y/%d", i)}})
	}
	ingest(tb, a, each(inputs...))
	return a
}

// cookies asks for a page with the cookies that an answer set.
func cookies(tb testing.TB, h http.Handler, path string, from *httptest.ResponseRecorder) string {
	tb.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Host = "127.0.0.1:8480"
	for _, c := range from.Result().Cookies() {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		tb.Fatalf("GET %s = %d", path, w.Code)
	}
	return w.Body.String()
}

func TestPins(t *testing.T) {
	s := newServer(t, web.Options{Source: seeded(t)})
	contains(t, page(t, s, "/"), "The longest series")
	pinned := post(t, s, "/series/JP-RU/pin", nil)
	if pinned.Code != http.StatusSeeOther {
		t.Fatalf("pin = %d", pinned.Code)
	}
	_, desk, _ := strings.Cut(cookies(t, s, "/", pinned), `<ul class="multiples">`)
	desk, _, _ = strings.Cut(desk, "</ul>")
	if !strings.Contains(desk, "/series/JP-RU") || strings.Contains(desk, "/series/NO-UY") {
		t.Errorf("the pinned series are %s", desk)
	}
	contains(t, cookies(t, s, "/series/JP-RU", pinned), "Unpin")
	if strings.Contains(page(t, s, "/series/JP-RU"), "Unpin") {
		t.Error("who pinned nothing is shown what somebody else pinned")
	}
	if w := post(t, s, "/series/ZZ-ZZ/pin", nil); w.Code != http.StatusNotFound {
		t.Errorf("a series that is not there is pinned: %d", w.Code)
	}
}

func TestEmptyArchiveOffersTheSamples(t *testing.T) {
	a := newArchive(t)
	if _, err := a.Ingest(t.Context(), each(archive.Input{Name: "x.txt", Data: []byte("x")}), archive.IngestOptions{}); err != nil {
		t.Fatal(err) // makes the store, even where nothing could be read
	}
	asked := 0
	o := web.Options{Source: empty{a}, Samples: func(context.Context) error { asked++; return nil }}
	s := newServer(t, o)
	contains(t, page(t, s, "/"), `action="/samples"`)
	if w := post(t, s, "/samples", nil); w.Code != http.StatusSeeOther || asked != 1 {
		t.Errorf("the samples are taken in %d times, answered by %d", asked, w.Code)
	}
	o.ReadOnly = true
	if strings.Contains(page(t, newServer(t, o), "/"), `action="/samples"`) {
		t.Error("a server that takes nothing in offers to")
	}
	o.ReadOnly, o.Samples = false, nil
	s = newServer(t, o)
	if w := post(t, s, "/samples", nil); strings.Contains(page(t, s, "/"), "/samples") || w.Code != http.StatusNotFound {
		t.Errorf("without samples they are offered, or answered by %d", w.Code)
	}
}

// empty is an archive of which nothing is shown.
type empty struct{ *archive.Archive }

func (e empty) Overview(ctx context.Context, old *archive.Overview) (*archive.Overview, error) {
	o, err := e.Archive.Overview(ctx, old)
	if err != nil {
		return nil, errors.Join(errors.New("overview"), err)
	}
	shown := *o
	shown.Heads = nil
	return &shown, nil
}

// TestDeskSuggests: one field takes countries by any name, in a question too, and days.
func TestDeskSuggests(t *testing.T) {
	g := rules.Default().Extract().Gazetteer
	s := newServer(t, web.Options{Source: seeded(t), Called: g.Names})
	series := `href="/series/NO-UY"`
	for typed, want := range map[string][]string{
		"kingdom of norw": {series},
		"what changed between Norway and uruguay then": {series, "what changed since"},
		"2032-05":                    {"/releases/2032-05-19-no-uy-foreign-ministers-meeting"},
		"19 May 2032":                {"/releases/2032-05-19-no-uy-foreign-ministers-meeting"},
		"on an equal footing":        {"/phrase?q=on%20an%20equal%20footing"},
		"what did norway say of tin": {},
	} {
		body := page(t, s, "/suggest?q="+url.QueryEscape(typed))
		contains(t, body, want...)
		if len(want) == 0 && strings.Contains(body, series) {
			t.Errorf("%q names one party and offers a series", typed)
		}
	}
	contains(t, page(t, s, "/search?q=2032-05-19"), "Of that time")
	contains(t, page(t, s, "/?show=russ"), "Japan and Russia")
	if body := page(t, s, "/?show=russ"); strings.Contains(strings.SplitN(body, `id="all"`, 2)[1], `href="/series/NO-UY"`) {
		t.Error("the filter leaves other series in the list")
	}
	if w := get(t, s, "/?sort=colour"); w.Code != http.StatusBadRequest {
		t.Errorf("an unknown order = %d", w.Code)
	}
}

// TestTopicTellsItsFormulas: how an issue stands, its formulas over time, and a knot that opens
// the redline.
func TestTopicTellsItsFormulas(t *testing.T) {
	s := newServer(t, web.Options{Source: yearly(t)})
	body := page(t, s, "/series/IS-PE/topics/herring-grounds")
	contains(t, body, "How it stands", "Said in 5 texts since 2 May 2031; firmed on 6 May 2035 (agreed → firmly agreed).", `class="l-joint"`, `class="p-firmed"`, "2033</text>")
	knot := `href="/compare/`
	_, after, ok := strings.Cut(body, knot)
	if address, _, _ := strings.Cut(after, `"`); !ok || !strings.Contains(address, "?topic=herring-grounds#c-") {
		t.Fatalf("the knot leads to %q", address)
	} else {
		path, anchor, _ := strings.Cut("/compare/"+address, "#")
		contains(t, page(t, s, strings.ReplaceAll(path, "&amp;", "&")), `id="`+anchor+`"`, "firmly")
	}
	contains(t, page(t, s, "/series/IS-PE/topics/harbours"), "missing on 6 May 2035", `class="l-missing"`)
	contains(t, page(t, s, "/series/IS-PE"), "was firmed on 6 May 2035 (agreed → firmly agreed)", "is missing on 6 May 2035")
	contains(t, page(t, s, "/"), "was firmed on 6 May 2035 (agreed → firmly agreed)")
}

// TestReleaseCanBeCited: reference managers find what they read, and every statement carries
// what proves it.
func TestReleaseCanBeCited(t *testing.T) {
	s := newServer(t, web.Options{Source: seeded(t)})
	body := page(t, s, seedMeeting)
	contains(t, body, `<meta name="citation_title" content="`, `<meta name="DC.date" content="2032-05-20">`, `<meta property="og:title" content="`, `<meta name="description" content="`,
		"SHA-256 0035443877190eb77e7d8647baaabe811bac0bef53d006d4585ab579ed4c9c6b (2032-05-19-no-uy-foreign-ministers-meeting@v2).", `data-said="6"`,
		`rel="prev"`, `rel="next"`, "Contents by issue")
	for format, starts := range map[string]string{"ris": "TY  - ", "bibtex": "@", "csl": "["} {
		if got := page(t, s, seedMeeting+"/cite/"+format); !strings.HasPrefix(got, starts) {
			t.Errorf("as %s it begins %q", format, got[:min(20, len(got))])
		}
	}
	narrow := page(t, s, seedMeeting+"?topic=krill-quota-issue")
	contains(t, narrow, "Only what is said on Krill quota issue")
	if got, all := strings.Count(narrow, `class="st"`), strings.Count(body, `class="st"`); got == 0 || got >= all {
		t.Errorf("narrowed it has %d of %d statements", got, all)
	}
	for path, want := range map[string]int{"/cite/papyrus": 404, "?topic=zebra": 404} {
		if w := get(t, s, seedMeeting+path); w.Code != want {
			t.Errorf("GET %s = %d, want %d", path, w.Code, want)
		}
	}
	if w := get(t, s, "/api/v1"+seedMeeting+"/cite?statement=99"); w.Code != http.StatusBadRequest {
		t.Errorf("a statement that is not there is cited: %d", w.Code)
	}
}

// TestDecisionOffersUndo: the page that a decision leads to tells it and takes it back.
func TestDecisionOffersUndo(t *testing.T) {
	s := newServer(t, web.Options{Source: seeded(t)})
	w := post(t, s, "/series/NO-UY/decisions", url.Values{"op": {"rename"}, "topic": {"krill-quota-issue"}, "name": {"Quotas"}})
	to := w.Header().Get("Location")
	if to = get(t, s, to).Header().Get("Location"); !strings.Contains(to, "decided=0") {
		t.Fatalf("the decision leads to %q", to)
	}
	contains(t, page(t, s, to), "Decided: “Krill quota issue” is called “Quotas”.", "<button>Undo</button>")
	post(t, s, "/series/NO-UY/decisions", url.Values{"op": {"alias"}, "topic": {"Quotas"}, "name": {"Catch"}})
	if strings.Contains(page(t, s, to), "<button>Undo</button>") {
		t.Error("a decision that is not the last one can be undone")
	}
}

// TestFeedIsASummary: a few lines on each text, with links to the pages.
func TestFeedIsASummary(t *testing.T) {
	s := newServer(t, web.Options{Source: yearly(t)})
	body := page(t, s, "/changes.atom")
	contains(t, body, "http://127.0.0.1:8480/compare/", "?topic=herring-grounds", `<link href="http://127.0.0.1:8480/releases/`, "1 reworded")
	if strings.Contains(body, "firmly") {
		t.Error("the feed has redlines in it")
	}
	contains(t, page(t, newServer(t, web.Options{Source: seeded(t)}), "/changes.atom"), "@v1/", "4 words in, 5 out")
}
