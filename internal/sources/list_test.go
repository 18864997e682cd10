package sources_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"readout/internal/ask"
	"readout/internal/reading"
	"readout/internal/sources"
	"readout/internal/sources/fetch"
)

// indexPage is a ministry's list of releases with everything that surrounds it.
const indexPage = `<!DOCTYPE html><html lang="en"><head><title>Press releases</title>
<link rel="alternate" type="application/rss+xml" href="/press/feed.xml"></head><body>
<nav><a href="/">Home</a><a href="/press/">Press</a><a href="/countries/norway/">Bilateral relations with Norway in 2037</a></nav>
<main><h1>Press releases</h1><ul>
<li><span>5 May 2037</span> <a href="/press/2037/05/05/meeting-norway-uruguay.html?utm_source=list#top">Meeting of the Foreign Ministers of Norway and Uruguay</a></li>
<li><span>4 May 2037</span> <a href="/press/2037/05/04/call-with-chile.html"><img src="a.jpg" alt=""></a> <a href="/press/2037/05/04/call-with-chile.html">Telephone call with the Foreign Minister of Chile</a></li>
<li><span>3 May 2037</span> <a href="/press/2037/05/03/aid.html">Emergency grant aid after the flood</a></li>
<li><span>2 May 2037</span> <a href="http://mfa.example:80/press/2037/05/02/visit.html">Visit of the Deputy Minister to Oslo</a></li>
<li><a href="https://other.example/press/2037/05/01/meeting.html">Meeting of ministers on another site, 1 May 2037</a></li>
<li><a href="/press/2037/05/photos.zip">Photographs of the meeting, May 2037</a></li>
<li><a href="mailto:press@mfa.example">Write to the press office about a meeting</a></li>
</ul><p><a href="/press/2037/04/">April 2037</a> <a href="/press/2037/03/">March 2037</a> <a href="/press/2036/">2036</a> <a href="/press/?page=2" rel="next">Next</a></p></main>
<footer><a href="/about/ministry">About the ministry and its ministers</a><a href="/privacy">Privacy</a></footer></body></html>`

func inspect(t *testing.T, w *web, s sources.Source) *ask.Inspection {
	t.Helper()
	in, err := sources.Inspector{Client: w.client()}.Inspect(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func takenOf(in *ask.Inspection) []string {
	var out []string
	for _, k := range in.Links {
		if k.Taken {
			_, path, _ := strings.Cut(k.URL, "mfa.example")
			out = append(out, path)
		}
	}
	return out
}

func TestInspectIndex(t *testing.T) {
	w := newWeb()
	w.hosts["mfa.example"] = pages{"/press/": indexPage, "/press/2037/05/05/meeting-norway-uruguay.html": release(1, start, "They talked.")}
	w.hosts["mfa.example:80"] = w.hosts["mfa.example"]
	in := inspect(t, w, sources.Source{URL: "http://mfa.example/press/"})
	want := []string{"/press/2037/05/05/meeting-norway-uruguay.html", "/press/2037/05/04/call-with-chile.html", "/press/2037/05/03/aid.html", "/press/2037/05/02/visit.html"}
	if got := takenOf(in); in.Kind != string(sources.Index) || !slices.Equal(got, want) || in.Taken != 4 {
		t.Errorf("Inspect = %s, taken %q, want %q", in.Kind, got, want)
		for _, k := range in.Links {
			t.Logf("%v %s (%s): %s", k.Taken, k.URL, k.Text, k.Reason)
		}
	}
	if in.Links[slices.IndexFunc(in.Links, func(k ask.InspectedLink) bool { return strings.HasSuffix(k.URL, "call-with-chile.html") })].Text != "Telephone call with the Foreign Minister of Chile" {
		t.Error("the headline of a link with a picture is lost")
	}
	if !slices.Equal(in.Feeds, []string{"http://mfa.example/press/feed.xml"}) {
		t.Errorf("feeds = %q", in.Feeds)
	}
	if in.First == nil || in.First.Release == nil || in.First.Release.Series != "NO-UY" || !slices.Contains(in.First.Cut, "Legal notice") || slices.Contains(in.First.Cut, "They talked.") {
		t.Errorf("first = %+v", in.First)
	}
}

func TestInspectWithPatternAndSelector(t *testing.T) {
	w := newWeb()
	w.hosts["mfa.example"] = pages{"/press/": indexPage}
	pattern := func(s string) *sources.Pattern {
		p, err := sources.NewPattern(s)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	in := inspect(t, w, sources.Source{URL: "http://mfa.example/press/", Kind: sources.Index, Links: pattern(`/(press/2037|about)/|other`), Exclude: pattern(`aid|photos`)})
	want := []string{"/press/2037/05/05/meeting-norway-uruguay.html", "/press/2037/05/04/call-with-chile.html", "/press/2037/05/02/visit.html", "/press/2037/04/", "/press/2037/03/", "/about/ministry"}
	if got := takenOf(in); !slices.Equal(got, want) {
		t.Errorf("by pattern %q, want %q", got, want)
	}
	in = inspect(t, w, sources.Source{URL: "http://mfa.example/press/", Kind: sources.Index, Select: sources.Selectors{Links: "main p a"}})
	if got, want := takenOf(in), []string{"/press/2037/04/", "/press/2037/03/", "/press/2036/", "/press/?page=2"}; !slices.Equal(got, want) {
		t.Errorf("by selector %q, want %q", got, want)
	}
}

// Layouts of lists that have nothing in common but that they list.
func TestLayoutsOfLists(t *testing.T) {
	head := `<html><body><div id="menu"><a href="/en/">English</a><a href="/min/">Ministry and its tasks abroad</a></div>`
	for name, tt := range map[string]struct {
		page string
		want int
	}{
		"table with numbers": {head + `<table><tr><td>03.02.2037<td><a href="/view?id=4711">Joint statement on fisheries</a></tr>
			<tr><td>01.02.2037<td><a href="/view?id=4710">Visit to Montevideo</a></tr><tr><td>30.01.2037<td><a href="/view?id=4709">Consultations in Oslo</a></tr></table>`, 3},
		"Japanese, era dates": {head + `<dl><dt>令和19年2月3日</dt><dd><a href="page4_000123.html">日・ウルグアイ外相会談</a></dd>
			<dt>令和19年2月1日</dt><dd><a href="page4_000122.html">ノルウェー外務大臣による表敬</a></dd><dt>令和19年1月9日</dt><dd><a href="page1_000121.html">緊急無償資金協力</a></dd></dl>`, 3},
		"cards": {head + `<article><a href="/nyheter/mote-i-oslo-om-fisk/"><h2>Møte i Oslo om fisk</h2></a><time datetime="2037-02-03">3. februar</time><p>Ministrene møttes.</p></article>
			<article><a href="/nyheter/samtale-med-uruguay-i-dag/"><h2>Samtale med Uruguay</h2></a><time datetime="2037-02-02">2. februar</time></article>
			<article><a href="/nyheter/besok-fra-chile-i-mai/"><h2>Besøk fra Chile</h2></a><time datetime="2037-02-01">1. februar</time></article>`, 3},
		"nothing dated": {head + `<ul><li><a href="/text/alpha-beta-gamma-delta">Statement by the Minister on the talks</a><li><a href="/text/one-two-three-four">Meeting with the ambassador of Chile</a><li><a href="/text/a-b-c-d">Remarks at the conference on whales</a></ul>`, 3},
		"no list":       {head + `<p>See <a href="/law">the law</a> and <a href="/map">a map</a>.</p>`, 0},
		"broken markup": {head + `<ul><li>2037-02-03<a href=/r/2037/a.html>Meeting of the ministers<li>2037-02-02 <a href='/r/2037/b.html'>Call of the ministers<li><a href="/r/2037/c.html">Visit of the ministers 2037-02-01`, 3},
	} {
		w := newWeb()
		w.hosts["mfa.example"] = pages{"/list/": tt.page}
		in := inspect(t, w, sources.Source{URL: "http://mfa.example/list/", Kind: sources.Index})
		if in.Taken != tt.want {
			t.Errorf("%s: %d links taken, want %d", name, in.Taken, tt.want)
			for _, k := range in.Links {
				t.Logf("%v %s (%s): %s", k.Taken, k.URL, k.Text, k.Reason)
			}
		}
	}
}

const rss = `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Press</title><link>http://mfa.example/</link>
<item><title>Meeting &amp; talks</title><link>http://mfa.example/r/1</link><pubDate>Tue, 05 May 2037 09:00:00 GMT</pubDate></item>
<item><title>Call</title><link>/r/2</link></item><item><title>Guid only</title><guid>http://cdn.example/r/3</guid></item></channel></rss>`

func TestFeedsAndSitemaps(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	fmt.Fprint(z, `<urlset><url><loc>http://mfa.example/press/2037/meeting-with-norway-in-oslo.html</loc><lastmod>2037-02-03</lastmod></url>
<url><loc>http://mfa.example/press/2037/call-with-chile-on-fish.html</loc></url><url><loc>http://mfa.example/press/2036/visit-of-the-minister.html</loc></url>
<url><loc>http://mfa.example/contact</loc></url><url><loc>http://mfa.example/</loc></url></urlset>`)
	z.Close()
	w := newWeb()
	w.hosts["mfa.example"] = pages{
		"/feed.xml":   rss,
		"/broken.xml": strings.Replace(rss, "&amp;", "& <b>", 1)[:len(rss)-60],
		"/atom":       `<feed xmlns="http://www.w3.org/2005/Atom"><title>P</title><entry><title>A</title><link href="/r/1"/><updated>2037-05-05T09:00:00Z</updated></entry></feed>`,
		"/json":       `{"version": "https://jsonfeed.org/version/1.1", "title": "P", "items": [{"id": "1", "url": "http://mfa.example/r/1", "title": "A"}]}`,
		"/maps.xml":   `<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>http://mfa.example/map.gz</loc></sitemap><sitemap><loc>http://other.example/map.xml</loc></sitemap></sitemapindex>`,
		"/map.gz":     packed.String(),
		"/empty.xml":  `<rss`,
	}
	for path, want := range map[string]struct {
		kind  sources.Kind
		taken int
	}{
		"/feed.xml": {sources.Feed, 3}, "/broken.xml": {sources.Feed, 2}, "/atom": {sources.Feed, 1}, "/json": {sources.Feed, 1}, "/maps.xml": {sources.Sitemap, 3}, "/map.gz": {sources.Sitemap, 3},
	} {
		in := inspect(t, w, sources.Source{URL: "http://mfa.example" + path})
		if in.Kind != string(want.kind) || in.Taken != want.taken {
			t.Errorf("Inspect(%s) = %s with %d links, want %s with %d: %+v", path, in.Kind, in.Taken, want.kind, want.taken, in.Links)
		}
		if damaged := strings.Contains(in.Note, "damaged"); damaged != (path == "/broken.xml") {
			t.Errorf("Inspect(%s) note = %q", path, in.Note)
		}
	}
	if _, err := (sources.Inspector{Client: w.client()}).Inspect(context.Background(), sources.Source{URL: "http://mfa.example/feed.xml", Kind: sources.Sitemap}); err == nil {
		t.Error("a feed passes for a sitemap")
	}
}

func TestInspectPage(t *testing.T) {
	w := newWeb()
	related := `<aside class="related"><ul><li><a href="/press/2036/a.html">Meeting of the Ministers, 3 May 2036</a></li><li><a href="/press/2036/b.html">Visit of the Minister, 2 May 2036</a></li><li><a href="/press/2036/c.html">Call of the Ministers, 1 May 2036</a></li></ul></aside></main>`
	w.hosts["mfa.example"] = pages{"/press/2037/05/meeting.html": strings.Replace(release(1, start, strings.Repeat("They talked about krill and whales. ", 30)), "</main>", related, 1)}
	in := inspect(t, w, sources.Source{URL: "http://mfa.example/press/2037/05/meeting.html"})
	if in.Kind != string(sources.Page) || in.First == nil || in.First.Release.Title == "" || len(in.Links) != 0 {
		t.Errorf("Inspect = %+v", in)
	}
	if _, err := (sources.Inspector{Client: w.client()}).Inspect(context.Background(), sources.Source{URL: "http://mfa.example/none"}); err == nil || !strings.Contains(err.Error(), "404") {
		t.Errorf("Inspect of what is not there = %v", err)
	}
	take, err := (sources.Inspector{Client: w.client()}).Take(context.Background(), "http://mfa.example/press/2037/05/meeting.html")
	if err != nil || len(take.Data) == 0 || take.URL == "" || !take.CapturedAt.Equal(w.clock.Now().Truncate(time.Second)) {
		t.Errorf("Take = %+v, %v", take, err)
	}
	if _, err := (sources.Inspector{Client: w.client()}).Take(context.Background(), "http://mfa.example/none"); err == nil {
		t.Error("Take took an error page")
	}
}

// FuzzLists states that nothing a server answers makes a list fail in any other
// way than by an error, or makes it take what is not on the web.
func FuzzLists(f *testing.F) {
	f.Add(indexPage)
	f.Add(rss)
	f.Add(`<sitemapindex><sitemap><loc>:</loc></sitemap></sitemapindex>`)
	f.Add(`{"version":"https://jsonfeed.org/version/1","items":[{"url":"javascript:1"}]}`)
	words, rules := sources.DefaultWords(), reading.Default()
	f.Fuzz(func(t *testing.T, body string) {
		w := newWeb()
		w.hosts["mfa.example"] = http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/list" {
				io.WriteString(rw, body)
			}
		})
		in, err := sources.Inspector{Words: words, Rules: rules, Client: fetch.New(fetch.Options{Clock: w.clock, Trip: w, Tries: 1})}.Inspect(context.Background(), sources.Source{URL: "http://mfa.example/list", Kind: sources.Index})
		if err != nil {
			return
		}
		for _, k := range in.Links {
			if k.Taken && !strings.HasPrefix(k.URL, "http://") && !strings.HasPrefix(k.URL, "https://") || k.Reason == "" {
				t.Errorf("link %+v", k)
			}
		}
	})
}
