package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"readout/internal/archive"
	"readout/internal/web"
	"readout/timeline"
)

// post sends a form as the server's own page would.
func post(tb testing.TB, h http.Handler, path string, form url.Values) *httptest.ResponseRecorder {
	tb.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Host = "127.0.0.1:8480"
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestDecisions(t *testing.T) {
	a := seeded(t)
	s := newServer(t, web.Options{Source: a})
	const decisions = "/series/NO-UY/decisions"
	page(t, s, seedTopic)
	decide := func(pairs ...string) {
		t.Helper()
		f := url.Values{}
		for i := 0; i < len(pairs); i += 2 {
			f.Set(pairs[i], pairs[i+1])
		}
		w := post(t, s, decisions, f)
		if w.Code != http.StatusSeeOther {
			t.Fatalf("%v = %d: %s", pairs, w.Code, w.Body)
		}
	}
	decide("op", "rename", "topic", "krill-quota-issue", "name", "Krill <b>")
	contains(t, page(t, s, "/series/NO-UY"), "Krill &lt;b&gt;")
	decide("op", "merge", "topic", "student-exchange", "into", "Krill <b>")
	if strings.Contains(page(t, s, "/series/NO-UY"), ">Student exchange<") {
		t.Error("a merged topic still has a row")
	}
	body := page(t, s, decisions)
	contains(t, body, "“Student exchange” is part of “Krill &lt;b&gt;”")
	if w := post(t, s, decisions+"/undo", url.Values{"place": {"0"}, "words": {"something else"}}); w.Code != http.StatusConflict {
		t.Errorf("an undo of what is not the last decision = %d, want 409", w.Code)
	}
	if w := post(t, s, decisions+"/undo", url.Values{"place": {"1"}, "words": {"“Student exchange” is part of “Krill <b>”"}}); w.Code != http.StatusSeeOther {
		t.Fatalf("undo = %d: %s", w.Code, w.Body)
	}
	contains(t, page(t, s, "/series/NO-UY"), ">Student exchange<")
	for _, bad := range []url.Values{
		{"op": {"rename"}, "topic": {"zebras"}, "name": {"x"}},
		{"op": {"rename"}, "topic": {"student-exchange"}},
		{"op": {"delete everything"}, "topic": {"student-exchange"}},
	} {
		if w := post(t, s, decisions, bad); w.Code != 400 && w.Code != 404 {
			t.Errorf("%v = %d, want a refusal", bad, w.Code)
		}
	}
	if w := post(t, newServer(t, web.Options{Source: a, ReadOnly: true}), decisions, url.Values{"op": {"alias"}, "topic": {"student-exchange"}, "name": {"x"}}); w.Code != 403 {
		t.Errorf("a decision on a server that only reads = %d, want 403", w.Code)
	}
	if w := post(t, s, decisions, url.Values{"op": {"alias"}, "topic": {"student-exchange"}, "name": {strings.Repeat("x", 1<<20)}}); w.Code != 400 {
		t.Errorf("a form of a megabyte = %d, want 400", w.Code)
	}
	c, err := a.Curation(t.Context(), "NO-UY")
	if err != nil || len(c.Decisions) != 1 {
		t.Errorf("the archive keeps %v, %v; want the one decision that stands", c.Decisions, err)
	}
}

// TestStatementsArePutWhereTheyBelong takes a statement out of a topic, puts it under
// another one, and takes both back.
func TestStatementsArePutWhereTheyBelong(t *testing.T) {
	a := seeded(t)
	s := newServer(t, web.Options{Source: a})
	const decisions, release, said = "/series/NO-UY/decisions", "2033-11-24-no-uy-summit-meeting", "had to carry observers on every voyage"
	body := page(t, s, seedTopic)
	contains(t, body, said, "wrong issue?")
	r, err := a.Release(t.Context(), archive.Ref{ID: release})
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(r.Statements, func(st timeline.Statement) bool { return strings.Contains(st.Text, said) })
	st := r.Statements[at]
	link := "?" + url.Values{"statement": {st.ID}}.Encode()
	contains(t, body, link+"#correct")
	contains(t, page(t, s, seedTopic+link), `value="`+st.ID+`"`, `id="correct" open`, "<q>"+st.Text+"</q>")
	decide := func(op, topic, statement string) int {
		t.Helper()
		return post(t, s, decisions, url.Values{"op": {op}, "topic": {topic}, "statement": {statement}}).Code
	}
	if code := decide("exclude", "krill-quota-issue", st.ID); code != http.StatusSeeOther {
		t.Fatalf("exclude = %d", code)
	}
	if strings.Contains(page(t, s, seedTopic), `href="/releases/`+release+`#s`+strings.TrimPrefix(st.ID, release+"#")+`"`) {
		t.Error("a statement that was taken out still stands under the topic")
	}
	const students = "/series/NO-UY/topics/student-exchange"
	address := "http://127.0.0.1:8480/releases/" + release + "#s" + strings.TrimPrefix(st.ID, release+"#")
	if code := decide("pin", "student-exchange", address); code != http.StatusSeeOther {
		t.Fatalf("pin = %d", code)
	}
	contains(t, page(t, s, students), said)
	for _, place := range []string{"1", "0"} {
		_, words, _ := strings.Cut(page(t, s, decisions), `name="words" value="`)
		words, _, _ = strings.Cut(words, `"`)
		if w := post(t, s, decisions+"/undo", url.Values{"place": {place}, "words": {html.UnescapeString(words)}}); w.Code != http.StatusSeeOther {
			t.Fatalf("undo of %q = %d", words, w.Code)
		}
	}
	contains(t, page(t, s, seedTopic), said)
	if strings.Contains(page(t, s, students), said) {
		t.Error("a pin that was undone still holds")
	}
	for _, bad := range []string{"", "zebra#1", release + "#99", release, "2004-11-17-jp-ru-foreign-ministers-meeting#1"} {
		if code := decide("exclude", "krill-quota-issue", bad); code != http.StatusBadRequest {
			t.Errorf("exclude of %q = %d, want 400", bad, code)
		}
	}
}

// TestUndoOfATextThatThePageCannotShow decides about a statement with characters that
// are taken out of every page.
func TestUndoOfATextThatThePageCannotShow(t *testing.T) {
	a, id := hostileArchive(t)
	s := newServer(t, web.Options{Source: a})
	const decisions = "/series/NO-UY/decisions"
	if w := post(t, s, decisions, url.Values{"op": {"pin"}, "topic": {topicOf(t, a)}, "statement": {id + "#1"}}); w.Code != http.StatusSeeOther {
		t.Fatalf("pin = %d: %s", w.Code, w.Body)
	}
	_, words, _ := strings.Cut(page(t, s, decisions), `name="words" value="`)
	words, _, _ = strings.Cut(words, `"`)
	if w := post(t, s, decisions+"/undo", url.Values{"place": {"0"}, "words": {html.UnescapeString(words)}}); w.Code != http.StatusSeeOther {
		t.Errorf("undo = %d: %s", w.Code, w.Body)
	}
}

// topicOf returns a topic of Norway and Uruguay.
func topicOf(tb testing.TB, a *archive.Archive) string {
	tb.Helper()
	s, err := a.Series(tb.Context(), "NO-UY", archive.SeriesOptions{})
	if err != nil || len(s.Topics.Topics) == 0 {
		tb.Fatalf("Series = %v, %v; want one with topics", s, err)
	}
	return s.Topics.Topics[0].ID
}

// TestProposals: what is likely one issue is shown with a button for each answer, and is gone
// once it is settled.
func TestProposals(t *testing.T) {
	const decisions = "/series/IS-MT/decisions"
	proposed := func() http.Handler {
		a := newArchive(t)
		for year, matter := range map[string]string{
			"2041": "High-level visits\n\nThe two ministers agreed that the President of Malta would come to Iceland in the autumn.",
			"2042": "Political schedule\n\nThe two ministers shared the view that talks should be held soon.",
			"2043": "Night ferry\n\nThe two ministers praised the night ferry.",
		} {
			text := "Iceland-Malta Foreign Ministers' Meeting\n\nOn May 2, " + year + ", the Foreign Ministers of Iceland and Malta held a meeting in Valletta.\n\n1. " + matter + "\n"
			ingest(t, a, each(archive.Input{Name: year + ".txt", Data: []byte(text), CapturedAt: noon}))
		}
		return newServer(t, web.Options{Source: a})
	}
	for _, op := range []string{"merge", "apart"} {
		s := proposed()
		body := page(t, s, decisions)
		contains(t, body, "Likely one issue")
		contains(t, body, `value="`+op+`"`)
		topic, into := hidden(t, body, "topic"), hidden(t, body, "into")
		if w := post(t, s, decisions, url.Values{"op": {op}, "topic": {topic}, "into": {into}}); w.Code != http.StatusSeeOther {
			t.Fatalf("%s = %d: %s", op, w.Code, w.Body)
		}
		if after := page(t, s, decisions); strings.Contains(after, "Likely one issue") {
			t.Errorf("after %s it is still proposed", op)
		}
	}
}

// hidden returns the value of the first hidden field of a name.
func hidden(t *testing.T, body, name string) string {
	t.Helper()
	_, rest, ok := strings.Cut(body, `name="`+name+`" value="`)
	if !ok {
		t.Fatalf("no field %q in %s", name, body)
	}
	value, _, _ := strings.Cut(rest, `"`)
	return value
}
