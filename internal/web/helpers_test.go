package web_test

import (
	"context"
	"iter"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"readout/internal/archive"
	"readout/internal/reading"
	"readout/internal/rules"
	"readout/internal/sources"
	"readout/internal/web"
	"readout/seeds"
	"readout/timeline"
)

// noon is the clock of every test.
var noon = time.Date(2036, 5, 1, 12, 0, 0, 0, time.UTC)

func newArchive(tb testing.TB) *archive.Archive {
	tb.Helper()
	return archiveAt(tb, filepath.Join(tb.TempDir(), "readout.db"))
}

func archiveAt(tb testing.TB, path string) *archive.Archive {
	tb.Helper()
	a, err := archive.Open(archive.Options{Path: path, Now: func() time.Time { return noon }})
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

// ingest takes inputs in; each of them must be read.
func ingest(tb testing.TB, a *archive.Archive, inputs iter.Seq2[archive.Input, error]) []archive.Result {
	tb.Helper()
	report, err := a.Ingest(context.Background(), inputs, archive.IngestOptions{})
	if err != nil {
		tb.Fatal(err)
	}
	for _, r := range report.Results {
		if r.Status == archive.Failed {
			tb.Fatalf("Ingest(%s): %s", r.Input, r.Error)
		}
	}
	return report.Results
}

func each(inputs ...archive.Input) iter.Seq2[archive.Input, error] {
	return func(yield func(archive.Input, error) bool) {
		for _, in := range inputs {
			if !yield(in, nil) {
				return
			}
		}
	}
}

// seeded returns an archive of the embedded samples.
func seeded(tb testing.TB) *archive.Archive {
	tb.Helper()
	return seededAt(tb, filepath.Join(tb.TempDir(), "readout.db"))
}

func seededAt(tb testing.TB, path string) *archive.Archive {
	tb.Helper()
	docs, err := seeds.All()
	if err != nil {
		tb.Fatal(err)
	}
	var inputs []archive.Input
	for _, d := range docs {
		inputs = append(inputs, archive.Input{Name: d.Name, Data: d.Data, CapturedAt: d.CapturedAt, Overrides: reading.Overrides{Source: d.Source}})
	}
	a := archiveAt(tb, path)
	ingest(tb, a, each(inputs...))
	return a
}

func newServer(tb testing.TB, o web.Options) *web.Server {
	tb.Helper()
	if o.Names == nil {
		o.Names = rules.Default().Extract().Gazetteer.Name
	}
	if o.Report == nil {
		o.Report = func(err error) { tb.Errorf("the server reports: %v", err) }
	}
	if o.Health == nil {
		o.Health = sampleHealth
	}
	s, err := web.New(o)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// sampleHealth is that of one source that stands well and one that does not.
func sampleHealth(context.Context) ([]sources.Health, error) {
	return []sources.Health{
		{Source: &sources.Source{Name: "harbour", URL: "https://mfa.example/press/", Kind: sources.Index}, Read: noon.Add(-time.Hour), Next: noon, Links: 12,
			Pages: sources.PageCounts{Known: 30, Taken: 27, Waiting: 2, Unwell: 1}, Troubles: []sources.Trouble{{Source: "harbour", URL: "https://mfa.example/press/2031/0417-a-meeting-about-lighthouses.html",
				Title: "Meeting on <lighthouses>", Standing: sources.Gone, Reason: "the server answers 404 Not Found", Since: noon.Add(-30 * time.Hour)}}},
		{Source: &sources.Source{Name: "island", URL: "https://island.example/feed.xml", Kind: sources.Feed}, Standing: sources.Failing, Reason: "https://island.example/feed.xml: no answer within 30 seconds", Since: noon.AddDate(0, 0, -3)},
	}, nil
}

// get asks the handler as a browser on the same machine would.
func get(tb testing.TB, h http.Handler, path string) *httptest.ResponseRecorder {
	tb.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Host = "127.0.0.1:8480"
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// page asks for a page that must be there.
func page(tb testing.TB, h http.Handler, path string) string {
	tb.Helper()
	w := get(tb, h, path)
	if w.Code != http.StatusOK {
		tb.Fatalf("GET %s = %d: %s", path, w.Code, w.Body)
	}
	return w.Body.String()
}

// Addresses of the samples.
const (
	seedMeeting = "/releases/2032-05-19-no-uy-foreign-ministers-meeting"
	seedRecord  = "/compare/2032-05-19-no-uy-foreign-ministers-meeting@v1/2032-05-19-no-uy-foreign-ministers-meeting@v2"
	seedCompare = "/compare/2031-03-11-no-uy-foreign-ministers-meeting/2031-10-02-no-uy-foreign-ministers-call"
	seedTopic   = "/series/NO-UY/topics/krill-quota-issue"
)

// accounts are what both sides published about one meeting.
func accounts() map[timeline.Party]string {
	return map[timeline.Party]string{"NO": `Norway-Uruguay Foreign Ministers' Meeting

On March 2, 2034, the Foreign Ministers of Norway and Uruguay held a meeting in Oslo.

1. Living resources of the South Atlantic

(1) The two ministers agreed on how the krill quota in the South Atlantic should be divided on an equal footing.

(2) The two ministers agreed that the joint scientific survey would be repeated every second year.
`, "UY": `Meeting of the Foreign Ministers of Uruguay and Norway

On March 2, 2034, the Foreign Ministers of Uruguay and Norway held a meeting in Oslo.

1. Living resources of the South Atlantic

(1) The two ministers discussed how the krill quota in the South Atlantic should be divided on an equal footing.

2. Tariffs

The Uruguayan side asked for lower tariffs on <b>wool</b>.
`}
}

// twoSided returns an archive of the samples and of a meeting that both sides tell of.
func twoSided(tb testing.TB) *archive.Archive {
	tb.Helper()
	a := seeded(tb)
	for issuer, text := range accounts() {
		ingest(tb, a, each(archive.Input{Name: string(issuer) + ".txt", Data: []byte(text), CapturedAt: noon.AddDate(-1, 0, 0),
			Overrides: reading.Overrides{Issuer: issuer, Parties: []timeline.Party{"NO", "UY"}, ID: accountID(issuer)}}))
	}
	return a
}

// accountID is the id of one side's account.
func accountID(issuer timeline.Party) string {
	return "2034-03-02-account-" + strings.ToLower(string(issuer))
}

// seedSides shows both accounts side by side.
const seedSides = "/releases/2034-03-02-account-no/sides"

// seedPages are the addresses of pages of every view.
func seedPages() []string {
	return []string{"/", "/series/NO-UY", "/series/JP-RU", seedTopic, seedTopic + "?view=side", seedTopic + "?view=final&changes=only",
		seedMeeting, seedMeeting + "@v1", seedMeeting + "/blame", seedRecord, seedCompare, seedCompare + "?view=side", "/compare",
		seedTopic + "/synopsis", "/search", "/search?q=krill", "/phrase", "/phrase?q=on+an+equal+footing", "/changes", "/series/NO-UY/decisions", "/series/NO-UY/brief", "/series/NO-UY/brief?before=2033-06-01", "/series/NO-UY/phrases", "/about", "/sources", "/doubts", "/api/v1"}
}

// allPages are the addresses of pages of every view over the archive of twoSided.
func allPages() []string {
	return append(seedPages(), seedSides, "/releases/"+accountID("UY"), seedTopic+"?statement=2033-11-24-no-uy-summit-meeting%232")
}

func contains(tb testing.TB, body string, wants ...string) {
	tb.Helper()
	for _, want := range wants {
		if !strings.Contains(body, want) {
			tb.Errorf("the page lacks %q", want)
		}
	}
}
