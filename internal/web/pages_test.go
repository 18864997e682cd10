package web_test

import (
	"compress/gzip"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"readout/diff"
	"readout/diff/formula"
	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/reading"
	"readout/internal/rules"
	"readout/internal/web"
	"readout/timeline"
)

func TestPagesSayWhatTheyAreAbout(t *testing.T) {
	s := newServer(t, web.Options{Source: seeded(t)})
	for path, wants := range map[string][]string{
		"/":                                     {"Norway and Uruguay", "Japan and Russia", "text altered, version 2", "2004–2033", "What one should know", "was altered: 9 words changed"},
		"/series/NO-UY":                         {"Krill quota issue", "Student exchange", "Krill quota issue, 11 March 2031: raised for the first time, 3 statements", "24 Nov"},
		seedTopic:                               {"Living resources of the South Atlantic", "<del>agreed</del><ins>confirmed</ins>", "Not raised at 1 meeting"},
		seedTopic + "?view=final":               {"should be divided by the end of 2032."},
		seedMeeting:                             {"Ingrid Solvang", "Version 1", "captured original", "This text was altered after it was published", "What changed since 11 March 2031", "0035443877190eb77e7d8647baaabe811bac0bef53d006d4585ab579ed4c9c6b", "since 11 March 2031"},
		seedMeeting + "@v1":                     {"the text was altered later", "by the end of 2032"},
		seedMeeting + "/blame":                  {"11 Mar 2031", "at an early date"},
		seedRecord:                              {"Record change", "<del>by the end of 2032</del><ins>at an early date</ins>"},
		seedTopic + "/synopsis":                 {"President Irazoqui", "11 March 2031"},
		"/search?q=krill":                       {"<mark>krill</mark>", "4 statements"},
		"/search?q=zebra":                       {"No statement has all of these words"},
		"/phrase?q=on+an+equal+footing":         {"absent from 3 meetings", "in use at the latest meeting"},
		"/phrase":                               {`href="/series/NO-UY/phrases"`},
		"/changes":                              {"record change", "Student exchange"},
		"/compare":                              {"2032-05-19-no-uy-foreign-ministers-meeting"},
		"/about":                                {"position change", "technical change"},
		"/api/v1":                               {"/api/v1/timeline"},
		"/series/NO-UY/brief":                   {"Where things stand", "5 meetings since 11 March 2031", "raised at 4 of 5 meetings", "tag-dropped"},
		"/series/NO-UY/brief?before=2033-06-01": {"before 1 June 2033", "4 meetings since"},
		"/sources":                              {"1 of 2 in good order", "every 1h", "since 28 April 2036", "never", "at the next run", "2 to come", "Meeting on &lt;lighthouses&gt;", "404 Not Found"},
		"/series/NO-UY?level=summit":            {"24 Nov"},
		"/series/NO-UY?until=2031-12-31":        {"2 Oct", "later meetings"},
		seedTopic + "?speaker=UY&act=state":     {"hidden by the filter"},
	} {
		contains(t, page(t, s, path), wants...)
	}
}

// TestMatrixOfAFewYears sees that both bounds hold, and that the way out of them is
// offered.
func TestMatrixOfAFewYears(t *testing.T) {
	s := newServer(t, web.Options{Source: seeded(t)})
	for query, want := range map[string]string{
		"":                                   "2031 2031 2032 2033 2033",
		"?since=2032-01-01":                  "2032 2033 2033",
		"?until=2032-12-31":                  "2031 2031 2032",
		"?until=2032":                        "2031 2031 2032",
		"?since=2032&until=2032-06":          "2032",
		"?since=2031-10-02&until=2032-05-19": "2031 2032",
		"?since=2032-01-01&meetings=all":     "2032 2033 2033",
		"?until=2030-12-31":                  "",
	} {
		body := page(t, s, "/series/NO-UY"+query)
		var years []string
		_, list, _ := strings.Cut(body, `<ol class="meetings"`)
		for part := range strings.SplitSeq(list, `<time datetime="`) {
			if year, _, ok := strings.Cut(part, "-"); ok && len(year) == 4 {
				years = append(years, year)
			}
		}
		slices.Reverse(years)
		if got := strings.Join(years, " "); got != want {
			t.Errorf("the meetings of %q are of %s, want %s", query, got, want)
		}
		if has := strings.Contains(body, ">all 5</a>"); has == (query == "") {
			t.Errorf("the page of %q leads to all meetings: %v", query, has)
		}
	}
}

func TestErrorsAreExplained(t *testing.T) {
	s := newServer(t, web.Options{Source: seeded(t)})
	for path, want := range map[string]int{
		"/nowhere":                       404,
		"/series/AA-BB":                  404,
		"/series/NO-UY/topics/zebras":    404,
		"/releases/zebra":                404,
		seedMeeting + "@v9":              404,
		"/releases/2031":                 300,
		seedMeeting + "@v0":              400,
		seedTopic + "?since=soon":        400,
		"/series/NO-UY?since=2031-13":    400,
		"/series/NO-UY/brief?before=now": 400,
		"/series/NO-UY/brief/export/svg": 404,
		seedTopic + "?view=upside-down":  400,
		`/search?q=%22open`:              400,
		"/compare/zebra/zebra":           404,
		seedCompare + "/export/papyrus":  404,
		"/series/NO-UY/export/papyrus":   404,
		"/api/v1/zebra":                  404,
		"/api/v1/timeline?series=NO-UY":  400,
		"/api/v1/topics?serie=NO-UY":     400,
		"/api/v1/releases/zebra":         404,
		"/api/v1/releases?kind=festival": 400,
		"/static/../server.go":           404,
		"/static/none.css":               404,
	} {
		if w := get(t, s, path); w.Code != want && !(want == 404 && w.Code == http.StatusTemporaryRedirect) {
			t.Errorf("GET %s = %d, want %d", path, w.Code, want)
		}
	}
}

// TestPagesAreBalanced reads every page with a parser that knows which elements must
// be closed.
func TestPagesAreBalanced(t *testing.T) {
	s := newServer(t, web.Options{Source: twoSided(t)})
	void := strings.Fields("area base br col embed hr img input link meta source track wbr")
	for _, path := range append(allPages(), "/nowhere") {
		body := get(t, s, path).Body.String()
		if strings.Contains(body, "ZgotmplZ") { // what the templates put in place of a value they do not trust
			t.Errorf("%s: a value is held back", path)
		}
		z := html.NewTokenizer(strings.NewReader(body))
		var open []string
		ids := map[string]bool{}
		for z.Next() != html.ErrorToken {
			tok := z.Token()
			for _, a := range tok.Attr {
				switch {
				case a.Key == "id" && ids[a.Val]:
					t.Errorf("%s: two elements have the id %q", path, a.Val)
				case a.Key == "id":
					ids[a.Val] = true
				case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
					t.Errorf("%s: <%s> has the attribute %s, which the policy forbids", path, tok.Data, a.Key)
				}
			}
			switch tok.Type {
			case html.StartTagToken:
				if !slices.Contains(void, tok.Data) {
					open = append(open, tok.Data)
				}
			case html.EndTagToken:
				if len(open) == 0 || open[len(open)-1] != tok.Data {
					t.Fatalf("%s: </%s> closes %v", path, tok.Data, open)
				}
				open = open[:len(open)-1]
			}
		}
		if len(open) > 0 {
			t.Errorf("%s: %v are left open", path, open)
		}
	}
}

// hostile is a release that tries to break out of the page or to deceive its reader.
const hostile = "Meeting <script>alert(1)</script> \u202Eevil\u202C \"onload=x\"\n\nOctober 2, 2031\n\n" +
	"1. Fish <img src=x onerror=alert(2)>\n\n" +
	"(1) The two ministers agreed on </p><script>alert(3)</script> fish \u2066and\u2069 \x1b[31mred\x07 ships.\n"

func hostileArchive(tb testing.TB) (*archive.Archive, string) {
	a := newArchive(tb)
	got := ingest(tb, a, each(archive.Input{Name: "x.txt", Data: []byte(hostile), Overrides: reading.Overrides{Parties: []timeline.Party{"NO", "UY"}, Source: "javascript:alert(4)"}}))
	return a, got[0].Release
}

func TestTextsAreNeverMarkup(t *testing.T) {
	a, id := hostileArchive(t)
	s := newServer(t, web.Options{Source: a})
	for _, path := range []string{"/", "/series/NO-UY", "/releases/" + url.PathEscape(id), "/changes", "/search?q=fish", "/search?q=" + url.QueryEscape(`<script>alert(5)</script> fish`),
		"/phrase?q=fish&series=NO-UY", "/compare?old=" + url.QueryEscape(`"><script>alert(6)</script>`), "/releases/" + url.PathEscape(id) + "/blame", "/changes.atom",
		"/releases/" + url.PathEscape("<script>alert(7)</script>"), "/series/" + url.PathEscape("<script>")} {
		body := get(t, s, path).Body.String()
		z := html.NewTokenizer(strings.NewReader(body))
		for z.Next() != html.ErrorToken {
			tok := z.Token()
			bad := tok.Data == "img" && tok.Type == html.StartTagToken || tok.Data == "script" && tok.Type == html.StartTagToken && !strings.HasPrefix(attr(tok, "src"), "/static/")
			if bad || strings.HasPrefix(attr(tok, "href"), "javascript:") {
				t.Errorf("GET %s has %s", path, tok)
			}
		}
		if i := strings.IndexAny(body, "\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\u200E\u200F\x1b\x07\x00"); i >= 0 {
			t.Errorf("GET %s has the character %q", path, body[i:i+3])
		}
	}
}

func attr(tok html.Token, key string) string {
	for _, a := range tok.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func TestCapturedDocumentsAreDownloads(t *testing.T) {
	s := newServer(t, web.Options{Source: seeded(t)})
	w := get(t, s, seedMeeting+"/raw")
	h := w.Header()
	if w.Code != 200 || h.Get("Content-Type") != "application/octet-stream" || !strings.HasPrefix(h.Get("Content-Disposition"), "attachment; filename=") ||
		!strings.Contains(h.Get("Content-Security-Policy"), "sandbox") || h.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("the captured page leaves with %d and %v", w.Code, h)
	}
	if got := h.Get("X-Content-SHA256"); got != "0035443877190eb77e7d8647baaabe811bac0bef53d006d4585ab579ed4c9c6b" {
		t.Errorf("its hash is %s", got)
	}
	contains(t, w.Body.String(), "<h1>")
}

func TestExports(t *testing.T) {
	s := newServer(t, web.Options{Source: seeded(t)})
	for path, starts := range map[string]string{
		seedCompare + "/export/docx":                         "PK",
		seedCompare + "/export/html":                         "<!DOCTYPE html>",
		seedRecord + "/export/markdown":                      "",
		seedTopic + "/export/csv":                            "",
		seedTopic + "/export/docx":                           "PK",
		"/series/NO-UY/export/csv":                           "series,topic,name,",
		"/series/NO-UY/export/svg":                           "<svg ",
		"/series/NO-UY/export/png":                           "\x89PNG",
		"/series/NO-UY/brief/export/html":                    "<!DOCTYPE html>",
		"/series/NO-UY/brief/export/markdown":                "# NO-UY: brief",
		seedCompare + "/export/docx?topic=krill-quota-issue": "PK",
	} {
		w := get(t, s, path)
		if w.Code != 200 || !strings.HasPrefix(w.Body.String(), starts) || w.Body.Len() < 100 || !strings.HasPrefix(w.Header().Get("Content-Disposition"), "attachment") {
			t.Errorf("GET %s = %d, %q…, %s", path, w.Code, w.Body.String()[:min(20, w.Body.Len())], w.Header().Get("Content-Disposition"))
		}
	}
	// What the page shows is what it gives out.
	contains(t, page(t, s, "/series/NO-UY?level=summit&since=2032-01-01"), `/series/NO-UY/export/png?level=summit&amp;since=2032-01-01"`)
	whole, narrow := page(t, s, "/series/NO-UY/export/csv"), page(t, s, "/series/NO-UY/export/csv?level=summit")
	if strings.Count(whole, "2031-03-11") == 0 || strings.Contains(narrow, "2031-03-11") || !strings.Contains(narrow, "2033-11-24") {
		t.Errorf("the table of the summits is\n%s", narrow)
	}
	if err := xml.Unmarshal(get(t, s, "/series/NO-UY/export/svg").Body.Bytes(), new(struct{})); err != nil {
		t.Errorf("the picture is no XML: %v", err)
	}
}

// TestSearchNamesTopicsFirst looks for issues by their names, former ones and beginnings
// of words included, with nothing but the form.
func TestSearchNamesTopicsFirst(t *testing.T) {
	s := newServer(t, web.Options{Source: seeded(t)})
	contains(t, page(t, s, "/"), `<form class="find" action="/search" role="search">`, `name="q"`)
	for query, want := range map[string]string{
		"krill":                             seedTopic,
		"KRILL QUO":                         seedTopic,
		`"quota issue" krill`:               seedTopic,
		"living resources":                  seedTopic,
		"krill -zebra&series=NO-UY":         seedTopic,
		"krill&series=JP-RU":                "",
		"zebra":                             "",
		"two ministers":                     "",
		"northern territories&series=ZZ-ZZ": "",
	} {
		words, filter, _ := strings.Cut(query, "&")
		body := page(t, s, "/search?q="+url.QueryEscape(words)+"&"+filter)
		_, found, named := strings.Cut(body, `<section class="hits named">`)
		before, _, _ := strings.Cut(found, "</section>")
		if want == "" && named || want != "" && !strings.Contains(before, `href="`+want+`"`) {
			t.Errorf("the issues called %q are %q, want %q", query, before, want)
		}
		if piece := page(t, s, "/suggest?q="+url.QueryEscape(words)); strings.Contains(piece, "<html") || filter == "" && want != "" && !strings.HasPrefix(piece, `<a class="issue" href="`+want+`"`) {
			t.Errorf("what is suggested for %q is %q, want %q first", words, piece, want)
		}
	}
	if w := get(t, s, `/suggest?q=%22open`); w.Code != http.StatusBadRequest {
		t.Errorf("GET /suggest of half a phrase = %d, want 400", w.Code)
	}
}

// TestAnswersOfTheAPI holds the API against what the command line would write.
func TestAnswersOfTheAPI(t *testing.T) {
	a := seeded(t)
	s := newServer(t, web.Options{Source: a})
	series, err := a.Series(t.Context(), "NO-UY", archive.SeriesOptions{})
	if err != nil {
		t.Fatal(err)
	}
	topic, _ := series.Topics.Get("krill-quota-issue")
	thread, lulls := ask.Follow(series.Topics, topic.ID, timeline.Filter{}, diff.Options{}), timeline.Lulls(series.Releases)
	before, err := a.Release(t.Context(), archive.Ref{ID: "2032-05-19-no-uy-foreign-ministers-meeting", Version: 1})
	if err != nil {
		t.Fatal(err)
	}
	after, err := a.Release(t.Context(), archive.Ref{ID: "2032-05-19-no-uy-foreign-ministers-meeting", Version: 2})
	if err != nil {
		t.Fatal(err)
	}
	formulas := formula.Find(series.Releases, formula.Options{})
	for path, want := range map[string]any{
		"/api/v1/timeline?series=NO-UY&topic=krill-quota-issue":              ask.NewTimeline(thread, ask.TimelineView{Lulls: lulls, Formulas: formulas}),
		"/api/v1/timeline?series=NO-UY&topic=Krill+quota+issue&changes=only": ask.NewTimeline(thread, ask.TimelineView{ChangesOnly: true, Lulls: lulls, Formulas: formulas}),
		"/api/v1/topics?series=NO-UY":                                        ask.NewTopics("NO-UY", series.Topics.Topics),
		"/api/v1/releases/2032-05-19-no-uy-foreign-ministers-meeting@v1":     ask.NewRelease(before),
		"/api/v1/diff?old=2032-05-19-no-uy@v1&new=2032-05-19-no-uy":          ask.NewDiff(diff.Compare(before, after, diff.Options{})),
		"/api/v1/phrase?series=NO-UY&q=on+an+equal+footing":                  ask.NewPhrase(timeline.Trace(series.Releases, "on an equal footing", timeline.TraceOptions{}), "NO-UY"),
	} {
		var got, wanted any
		w := get(t, s, path)
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != 200 {
			t.Fatalf("GET %s = %d, %v: %s", path, w.Code, err, w.Body)
		}
		b, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(b, &wanted); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(wanted, got); d != "" {
			t.Errorf("GET %s differs from the command line (-want +got):\n%s", path, d)
		}
	}
}

// TestOpenAPI asks every question that the description lists, and finds every field of
// the answers in it.
func TestOpenAPI(t *testing.T) {
	s := newServer(t, web.Options{Source: twoSided(t)})
	var d struct {
		Paths map[string]struct {
			Get struct {
				Parameters []struct {
					Name, In string
					Required bool
				}
				Responses map[string]struct {
					Content map[string]struct {
						Schema struct {
							Ref string `json:"$ref"`
						}
					}
				}
			}
		}
		Components struct {
			Schemas map[string]struct {
				Properties map[string]any
				Required   []string
			}
		}
	}
	if err := json.Unmarshal([]byte(page(t, s, "/api/v1/openapi.json")), &d); err != nil {
		t.Fatal(err)
	}
	values := map[string]string{"release": "2032-05-19-no-uy-foreign-ministers-meeting", "series": "NO-UY", "topic": "krill-quota-issue", "q": "krill",
		"old": "2031-03-11-no-uy-foreign-ministers-meeting", "new": "2031-10-02-no-uy-foreign-ministers-call"}
	if len(d.Paths) < 10 {
		t.Errorf("%d questions are described", len(d.Paths))
	}
	for path, p := range d.Paths {
		q := url.Values{}
		for _, x := range p.Get.Parameters {
			if x.In == "path" {
				id := values[x.Name]
				if strings.HasSuffix(path, "/sides") {
					id = accountID("NO")
				}
				path = strings.ReplaceAll(path, "{"+x.Name+"}", id)
			} else if x.Required {
				q.Set(x.Name, values[x.Name])
			}
		}
		var got map[string]any
		if err := json.Unmarshal([]byte(page(t, s, path+"?"+q.Encode())), &got); err != nil {
			t.Fatal(err)
		}
		schema := d.Components.Schemas[strings.TrimPrefix(p.Get.Responses["200"].Content["application/json"].Schema.Ref, "#/components/schemas/")]
		for field := range got {
			if _, ok := schema.Properties[field]; !ok {
				t.Errorf("%s: the description lacks the field %q", path, field)
			}
		}
		for _, field := range schema.Required {
			if _, ok := got[field]; !ok {
				t.Errorf("%s: the answer lacks the field %q", path, field)
			}
		}
	}
}

func TestETags(t *testing.T) {
	s := newServer(t, web.Options{Source: seeded(t)})
	for _, path := range []string{"/", seedTopic, "/api/v1/series", "/api/v1/openapi.json", "/static/style.css"} {
		first := get(t, s, path)
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Host = "localhost"
		r.Header.Set("If-None-Match", first.Header().Get("ETag"))
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if first.Header().Get("ETag") == "" || w.Code != http.StatusNotModified || w.Body.Len() > 0 {
			t.Errorf("GET %s again with %s = %d, %d bytes, want 304", path, first.Header().Get("ETag"), w.Code, w.Body.Len())
		}
	}
}

// TestNewReleasesShowWithinASecond takes a release in behind the server's back.
func TestNewReleasesShowWithinASecond(t *testing.T) {
	a := seeded(t)
	s := newServer(t, web.Options{Source: a})
	page(t, s, "/series/NO-UY")
	page(t, s, seedTopic)
	ingest(t, a, each(archive.Input{Name: "new.txt", Data: []byte("Telephone Talk between the Foreign Ministers of Norway and Uruguay\n\nMarch 3, 2034\n\n1. Krill quota issue\n\nThe two ministers agreed on the krill quota.\n"),
		Overrides: reading.Overrides{Parties: []timeline.Party{"NO", "UY"}}}))
	deadline := time.Now().Add(time.Second)
	for _, path := range []string{"/series/NO-UY", seedTopic, "/"} {
		for !strings.Contains(page(t, s, path), "3 March 2034") {
			if time.Now().After(deadline) {
				t.Fatalf("GET %s does not show the new release after a second", path)
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
}

func TestAnEmptyArchiveIsNoError(t *testing.T) {
	s := newServer(t, web.Options{Source: newArchive(t)})
	contains(t, page(t, s, "/"), "Nothing has been taken in yet")
	page(t, s, "/changes")
	page(t, s, "/changes.atom")
	page(t, s, "/search?q=fish")
	page(t, s, "/api/v1/series")
}

// TestAnswersArePacked: who takes gzip or Brotli gets it, who does not gets the same text plain.
func TestAnswersArePacked(t *testing.T) {
	s := newServer(t, web.Options{Source: seeded(t)})
	css := regexp.MustCompile(`/static/style\.css[^"]*`).FindString(page(t, s, "/"))
	for _, path := range []string{"/series/NO-UY", "/changes.atom", "/api/v1/series", css} {
		plain := get(t, s, path)
		if plain.Header().Get("Content-Encoding") != "" || !strings.Contains(plain.Header().Get("Vary"), "Accept-Encoding") {
			t.Errorf("%s: plain %q, vary %q", path, plain.Header().Get("Content-Encoding"), plain.Header().Get("Vary"))
		}
		if plain.Body.Len() < 1024 { // not worth it
			continue
		}
		tags := map[string]bool{plain.Header().Get("ETag"): true}
		for header, unpack := range map[string]func(io.Reader) (io.Reader, error){
			"gzip":     func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
			"gzip, br": func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil },
		} {
			r := httptest.NewRequest(http.MethodGet, path, nil)
			r.Host = "127.0.0.1:8480"
			r.Header.Set("Accept-Encoding", header)
			w := httptest.NewRecorder()
			s.ServeHTTP(w, r)
			if got := w.Header().Get("Content-Encoding"); !strings.HasSuffix(header, got) || got == "" {
				t.Errorf("%s: %d bytes come as %q to who takes %s", path, w.Body.Len(), got, header)
				continue
			}
			tags[w.Header().Get("ETag")] = true
			z, err := unpack(w.Body)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := io.ReadAll(z); err != nil || string(got) != plain.Body.String() {
				t.Errorf("%s: another text under %s, %v", path, header, err)
			}
		}
		if len(tags) != 3 {
			t.Errorf("%s: the three forms share validators: %v", path, tags)
		}
	}
}

// TestSearchNamesSeries: a country's name, begun, offers its series; one letter nothing.
func TestSearchNamesSeries(t *testing.T) {
	s := newServer(t, web.Options{Source: seeded(t), Names: rules.Default().Extract().Gazetteer.Name})
	for typed, want := range map[string]bool{"uruguay": true, "uru": true, "Norw": true, "no-u": true, "u": false, "norway chile": false} {
		body := get(t, s, "/suggest?q="+url.QueryEscape(typed)).Body.String()
		if got := strings.Contains(body, `href="/series/NO-UY"`); got != want {
			t.Errorf("%q offers the series: %v, want %v in %s", typed, got, want, body)
		}
	}
}
