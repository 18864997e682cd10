package sources_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"readout/internal/document"
	"readout/internal/rules/list"
	"readout/internal/sources"
	"readout/internal/sources/fetch"
)

func html(title, body string) string {
	return "<!DOCTYPE html><html><head><title>" + title + "</title></head><body><main><h1>" + title + "</h1>" + body + "</main></body></html>"
}

// prose is running text of some length.
func prose(sentences int) string {
	var b strings.Builder
	for i := range sentences {
		fmt.Fprintf(&b, "<p>In point %d the two sides shared the view that quota %d of the commission should be kept in year %d.</p>", i, i*7, 2030+i)
	}
	return b.String()
}

func TestJudge(t *testing.T) {
	const asked = "http://mfa.example/press/2037/05/meeting.html"
	title := "Meeting of the Foreign Ministers of Norway and Uruguay"
	whole := html(title+" | Ministry", prose(20))
	w := sources.DefaultWords()
	judge := func(status int, final, body string, known sources.Known) sources.Judgement {
		return w.Judge(&fetch.Response{Requested: asked, URL: final, Status: status, Body: []byte(body), MediaType: "text/html; charset=utf-8"}, known, document.Options{})
	}
	first := judge(200, asked, whole, sources.Known{})
	if first.Standing != sources.Well || first.Known.Size == 0 {
		t.Fatalf("a release is %s: %s", first.Standing, first.Reason)
	}
	for _, tt := range []struct {
		name   string
		status int
		final  string
		body   string
		fresh  sources.Standing // for a page never seen
		known  sources.Standing // for one whose version is known
	}{
		{"the same", 200, asked, whole, sources.Well, sources.Well},
		{"an edit", 200, asked, html(title, prose(19)), sources.Well, sources.Well},
		{"half cut", 200, asked, html(title, prose(10)), sources.Well, sources.Well},
		{"another address", 200, "http://mfa.example/archive/meeting.html", whole, sources.Well, sources.Well},
		{"404", 404, asked, whole, sources.Gone, sources.Gone},
		{"410", 410, asked, "", sources.Gone, sources.Gone},
		{"403", 403, asked, html("Forbidden", ""), sources.Suspect, sources.Suspect},
		{"401", 401, asked, "", sources.Suspect, sources.Suspect},
		{"500", 500, asked, "", sources.Failing, sources.Failing},
		{"429", 429, asked, "", sources.Failing, sources.Failing},
		{"206", 206, asked, whole, sources.Suspect, sources.Suspect},
		{"nothing", 200, asked, "", sources.Suspect, sources.Suspect},
		{"no text", 200, asked, "<html><body><div id=app></div><script>draw()</script></body></html>", sources.Suspect, sources.Suspect},
		{"soft 404 by title", 200, asked, html("Page not found | Ministry", "<p>Try the search.</p>"), sources.Gone, sources.Gone},
		{"soft 404 in German", 200, asked, html("Seite nicht gefunden", "<p>Die Seite gibt es nicht mehr.</p>"), sources.Gone, sources.Gone},
		{"soft 404 in Japanese", 200, asked, html("外務省", "<p>お探しのページは見つかりません。</p>"), sources.Gone, sources.Gone},
		{"home page", 200, "http://mfa.example/", html("Ministry", prose(30)), sources.Suspect, sources.Suspect},
		{"home page in a language", 200, "http://mfa.example/en/index.html", html("Ministry", prose(30)), sources.Suspect, sources.Suspect},
		{"login by address", 200, "http://login.mfa.example/?next=x", html("Ministry", prose(3)), sources.Suspect, sources.Suspect},
		{"login by form", 200, asked, html("Ministry", "<p>Members of the press.</p><form><input name=u><input type='password'></form>"), sources.Suspect, sources.Suspect},
		{"login by words", 200, asked, html("Sign in", "<p>To go on, sign in.</p>"), sources.Suspect, sources.Suspect},
		{"maintenance", 200, asked, html("Site under maintenance", "<p>Back soon.</p>"), sources.Failing, sources.Failing},
		{"bot wall", 200, asked, html("Just a moment...", "<p>Checking your browser.</p>"), sources.Suspect, sources.Suspect},
		{"sent on by the page", 200, asked, `<html><head><meta http-equiv="refresh" content="0; url=/"></head><body><p>Moved.</p></body></html>`, sources.Suspect, sources.Suspect},
		{"much shorter", 200, asked, html(title, prose(3)), sources.Well, sources.Suspect},
		{"another text", 200, asked, html("Opening hours of the consulate", "<p>"+strings.Repeat("Visitors are welcome from nine to noon on working days; bring a passport. ", 25)+"</p>"), sources.Well, sources.Suspect},
		{"binary", 200, asked, "\x00\x01\x02\x03" + strings.Repeat("\x00\xff\xfe", 300), sources.Suspect, sources.Suspect},
		{"a release that tells of such things", 200, asked, html(title, prose(8)+"<p>The wreck was not found. Page not found, says the log of the ship.</p>"), sources.Well, sources.Well},
		{"a short release that does", 200, asked, html("Meeting with the Foreign Minister of Norway", "<p>They met. The wreck was not found: page not found, says the log.</p>"), sources.Well, sources.Suspect},
		{"a release about such things", 200, asked, html("Statement on access denied to inspectors: the page of history not found wanting", prose(8)), sources.Well, sources.Well},
	} {
		if got := judge(tt.status, tt.final, tt.body, sources.Known{}); got.Standing != tt.fresh || (got.Standing != sources.Well) != (got.Reason != "") {
			t.Errorf("%s, never seen: %q (%s), want %q", tt.name, got.Standing, got.Reason, tt.fresh)
		}
		if got := judge(tt.status, tt.final, tt.body, first.Known); got.Standing != tt.known {
			t.Errorf("%s, known: %q (%s), want %q", tt.name, got.Standing, got.Reason, tt.known)
		}
	}
	// What a release was called before it is no notice when it is asked for again.
	odd := judge(200, asked, html("Statement: access denied", prose(2)), sources.Known{})
	if odd.Standing == sources.Well {
		t.Log("a short release with the title of a wall is taken")
	}
}

func TestJudgeOwnAddress(t *testing.T) {
	w := sources.DefaultWords()
	page := func(canonical string) string {
		return `<html><head><link rel="canonical" href="` + canonical + `"><title>Meeting</title></head><body><p>The two ministers agreed on the quota of krill in the southern ocean.</p></body></html>`
	}
	for _, tt := range []struct {
		final, canonical, own string
		misled                bool
	}{
		{"http://mfa.example/press/a.html", "https://mfa.example/press/a.html", "https://mfa.example/press/a.html", false},
		{"http://mfa.example/press/a.html", "/press/b.html", "http://mfa.example/press/b.html", false},
		{"http://mfa.example/press/a.html", "", "", false},
		{"http://mfa.example/press/a.html", "http://mfa.example/", "", true},
		{"http://mfa.example/press/a.html", "http://mfa.example/press/", "", true},
		{"http://mfa.example/press/a.html", "http://cms.vendor.example2/x", "", true},
		{"http://mfa.example/view?id=7", "http://mfa.example/view", "", true},
	} {
		got := w.Judge(&fetch.Response{Requested: tt.final, URL: tt.final, Status: 200, Body: []byte(page(tt.canonical))}, sources.Known{}, document.Options{})
		if got.Own != tt.own || got.Misled != tt.misled {
			t.Errorf("%s calls itself %q: %q, %v; want %q, %v", tt.final, tt.canonical, got.Own, got.Misled, tt.own, tt.misled)
		}
	}
}

func TestWordsExtend(t *testing.T) {
	book, err := list.Open(fstest.MapFS{"links.txt": {Data: []byte("[notfound]\nhic non est\n!not found\n")}}, "")
	if err != nil {
		t.Fatal(err)
	}
	w := sources.NewWords(book)
	resp := &fetch.Response{Requested: "http://mfa.example/a", URL: "http://mfa.example/a", Status: 200, Body: []byte(html("Hic non est", "<p>Vale.</p>"))}
	if got := w.Judge(resp, sources.Known{}, document.Options{}); got.Standing != sources.Gone {
		t.Errorf("by a word of the user: %q, want gone", got.Standing)
	}
}

func BenchmarkJudge(b *testing.B) {
	w := sources.DefaultWords()
	resp := &fetch.Response{Requested: "http://mfa.example/a", URL: "http://mfa.example/a", Status: 200, Body: []byte(release(1, time.Time{}, prose(100)))}
	b.SetBytes(int64(len(resp.Body)))
	b.ReportAllocs()
	for b.Loop() {
		w.Judge(resp, sources.Known{}, document.Options{})
	}
}
