package sources_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/sources"
)

const oneIndex = "sources:\n  - {name: mfa, url: 'http://mfa.example/press/', kind: index, links: '/r/', parties: [NO, UY]}\n"

func links(paths ...string) string {
	var b strings.Builder
	b.WriteString("<html><body><main><ul>")
	for _, p := range paths {
		fmt.Fprintf(&b, `<li><a href="%s">Meeting of the ministers</a></li>`, p)
	}
	b.WriteString("</ul></main></body></html>")
	return b.String()
}

// statuses returns what the report says of every page, by path.
func statuses(r *ask.Pull) map[string]ask.PageStatus {
	out := map[string]ask.PageStatus{}
	for _, p := range r.Pages {
		_, path, _ := strings.Cut(p.URL, ".example")
		out[path] = p.Status
	}
	return out
}

func TestPullTakesWhatIsNew(t *testing.T) {
	b := newBench(t, oneIndex)
	site := pages{"/press/": links("/r/1", "/r/2"), "/r/1": release(1, start, "They agreed."), "/r/2": release(2, start, "They talked.")}
	b.hosts["mfa.example"] = site
	rep := b.pull(t, sources.PullOptions{})
	if rep.Totals != (ask.PullCounts{Found: 2, Asked: 2, New: 2}) || statuses(rep)["/r/1"] != ask.PageNew || rep.Requests["http://mfa.example"] != 4 {
		t.Fatalf("first pull = %+v", rep)
	}
	if p := rep.Pages[0]; p.Release == "" || p.Version != 1 || p.Title == "" {
		t.Errorf("page = %+v", p)
	}
	b.requests()
	if rep = b.pull(t, sources.PullOptions{}); rep.Sources[0].Status != ask.ListNotDue || len(b.requests()) != 0 {
		t.Errorf("at once again = %+v", rep)
	}
	site["/press/"] = links("/r/3", "/r/1", "/r/2", "/elsewhere", "http://other.example/r/9")
	site["/r/3"] = release(3, start, "They met.")
	b.clock.set(start.Add(58 * time.Minute)) // cron is never on the second
	rep = b.pull(t, sources.PullOptions{})
	if got := b.requests(); rep.Totals.New != 1 || slices.Contains(got, "http://other.example/r/9") || slices.Contains(got, "http://mfa.example/elsewhere") {
		t.Errorf("an hour later = %+v, asked %q", rep.Totals, got)
	}
}

func TestPullUnknownName(t *testing.T) {
	b := newBench(t, oneIndex)
	p := &sources.Puller{Archive: b.archive, Client: b.client()}
	if _, err := p.Pull(context.Background(), b.config, sources.PullOptions{Names: []string{"nobody"}}); !errors.Is(err, sources.ErrNoSource) {
		t.Errorf("Pull = %v, want ErrNoSource", err)
	}
}

func TestDryRunStoresNothing(t *testing.T) {
	b := newBench(t, oneIndex)
	b.hosts["mfa.example"] = pages{"/press/": links("/r/1"), "/r/1": release(1, start, "They agreed.")}
	for range 2 {
		rep := b.pull(t, sources.PullOptions{DryRun: true})
		if statuses(rep)["/r/1"] != ask.PageDue || rep.Totals.Found != 1 || slices.Contains(b.requests(), "http://mfa.example/r/1") {
			t.Errorf("dry run = %+v", rep)
		}
	}
	if list, err := b.archive.List(context.Background(), archive.ListFilter{}); err != nil || len(list) != 0 {
		t.Errorf("List = %v, %v; want nothing", list, err)
	}
}

func TestSilentEditRemovalAndReturn(t *testing.T) {
	b := newBench(t, oneIndex)
	site := pages{"/press/": links("/r/1"), "/r/1": release(1, start, "They agreed on krill.")}
	b.hosts["mfa.example"] = site
	b.hours(t, 1)
	site["/r/1"] = release(1, start, "They discussed krill.")
	if c := b.hours(t, 4); c.Revised != 1 {
		t.Fatalf("after an edit: %+v", c)
	}
	before := site["/r/1"]
	site["/r/1"] = "->/"
	site["/"] = html("Ministry", prose(30))
	if c := b.hours(t, 8); c.Suspect != 1 || c.Revised != 0 || c.New != 0 {
		t.Errorf("after the address leads to the home page: %+v", c)
	}
	delete(site, "/r/1")
	if c := b.hours(t, 24); c.Gone != 1 {
		t.Errorf("after the page is gone: %+v", c)
	}
	troubles, err := sources.Troubles(context.Background(), b.archive, 0)
	if err != nil || len(troubles) != 1 || troubles[0].Standing != sources.Gone || troubles[0].Source != "mfa" || troubles[0].Since.IsZero() {
		t.Errorf("Troubles = %+v, %v", troubles, err)
	}
	_, seq, err := b.archive.Changed(context.Background(), 0)
	if err != nil {
		t.Fatal(err)
	}
	if late, err := sources.Troubles(context.Background(), b.archive, seq); err != nil || len(late) != 0 {
		t.Errorf("Troubles since now = %+v, %v; want none", late, err)
	}
	site["/r/1"] = before
	if c := b.hours(t, 48); c.New+c.Revised != 0 {
		t.Errorf("after the page is back: %+v, want no version", c)
	}
	if troubles, err = sources.Troubles(context.Background(), b.archive, 0); err != nil || len(troubles) != 0 {
		t.Errorf("Troubles = %+v, %v; want none", troubles, err)
	}
	list, err := b.archive.List(context.Background(), archive.ListFilter{})
	if err != nil || len(list) != 1 || list[0].Versions != 2 || list[0].Issuer == "" {
		t.Errorf("List = %+v, %v; want one release with two versions", list, err)
	}
}

// Half of all sites put a token on every page.
func TestTokensDoNotFillTheStore(t *testing.T) {
	b := newBench(t, oneIndex)
	n := 0
	b.hosts["mfa.example"] = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n++
		switch r.URL.Path {
		case "/press/":
			io.WriteString(w, links("/r/1"))
		case "/r/1":
			w.Header().Set("ETag", fmt.Sprintf(`"%d"`, n))
			io.WriteString(w, strings.Replace(release(1, start, "They agreed."), "</head>", fmt.Sprintf("<meta name=token content=%d></head>", n), 1))
		default:
			http.NotFound(w, r)
		}
	})
	b.hours(t, 72)
	list, err := b.archive.List(context.Background(), archive.ListFilter{})
	if err != nil || len(list) != 1 {
		t.Fatalf("List = %v, %v", list, err)
	}
	log, err := b.archive.Log(context.Background(), archive.Ref{ID: list[0].ID})
	if err != nil || len(log) != 1 || log[0].Captures != 1 {
		t.Errorf("Log = %+v, %v; want one version captured once", log, err)
	}
}

// A host that asks to be left alone is asked no more in the run, whichever source leads to
// it.
func TestHostThatAsksForItIsLeftAlone(t *testing.T) {
	b := newBench(t, oneIndex+"  - {name: second, url: 'http://mfa.example/news/', kind: index, links: '/r/', parties: [NO, UY]}\n")
	b.hosts["mfa.example"] = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Retry-After", "36000")
		w.WriteHeader(http.StatusServiceUnavailable)
	})
	rep := b.pull(t, sources.PullOptions{})
	for _, s := range rep.Sources {
		if s.Status != ask.ListWaiting {
			t.Errorf("%s is %q, want it to wait", s.Name, s.Status)
		}
	}
	if asked := b.requests(); len(asked) != 1 {
		t.Errorf("requests %q, want the one that was refused", asked)
	}
}

func TestRetryAfterIsRememberedAcrossRuns(t *testing.T) {
	b := newBench(t, oneIndex)
	busy := true
	site := pages{"/press/": links("/r/1"), "/r/1": release(1, start, "They agreed.")}
	b.hosts["mfa.example"] = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if busy && r.URL.Path == "/press/" {
			w.Header().Set("Retry-After", "36000")
			w.WriteHeader(http.StatusTooManyRequests)
			return
		}
		site.ServeHTTP(w, r)
	})
	rep := b.pull(t, sources.PullOptions{})
	if rep.Sources[0].Status != ask.ListWaiting || !rep.Sources[0].Next.Equal(start.Add(10*time.Hour+time.Second)) || rep.Trouble() {
		t.Errorf("first run = %+v", rep.Sources[0])
	}
	b.requests()
	if b.hours(t, 9); len(b.requests()) != 0 {
		t.Error("the host was asked before its time")
	}
	if rep := b.pull(t, sources.PullOptions{Force: true}); rep.Sources[0].Status != ask.ListWaiting || len(b.requests()) != 0 {
		t.Errorf("forced = %+v", rep.Sources[0])
	}
	busy = false
	if c := b.hours(t, 2); c.New != 1 {
		t.Errorf("after its time: %+v", c)
	}
}

func TestOutageCostsLittleAndLosesNothing(t *testing.T) {
	b := newBench(t, oneIndex)
	site := pages{"/press/": links("/r/1"), "/r/1": release(1, start, "They agreed.")}
	b.hosts["mfa.example"] = site
	for n := 2; n <= 30; n++ {
		site[fmt.Sprintf("/r/%d", n)] = release(n, start, "They agreed.")
	}
	b.hours(t, 1)
	b.requests()
	delete(b.hosts, "mfa.example")
	c := b.hours(t, 24)
	if asked := len(b.requests()); asked > 24*12 || c.Gone+c.Suspect != 0 {
		t.Errorf("%d requests in a day without an answer; %+v", asked, c)
	}
	troubles, err := sources.Troubles(context.Background(), b.archive, 0)
	if err != nil || len(troubles) == 0 || troubles[0].Standing != sources.Failing {
		t.Errorf("Troubles = %+v, %v; want the source failing", troubles, err)
	}
	// Meanwhile more came than one page of the list holds.
	b.hosts["mfa.example"] = site
	page := func(from, to int) string {
		var paths []string
		for n := from; n >= to; n-- {
			paths = append(paths, fmt.Sprintf("/r/%d", n))
		}
		return links(paths...)
	}
	site["/press/"] = page(30, 21) + `<a rel="next" href="?page=2">older</a>`
	site["/press/?page=2"] = page(20, 11) + `<a rel="next" href="?page=3">older</a>`
	site["/press/?page=3"] = page(10, 1) + `<a rel="next" href="?page=4">older</a>`
	if c := b.hours(t, 5); c.New != 29 {
		t.Errorf("after the outage: %+v, want 29 new", c)
	}
	if slices.Contains(b.requests(), "http://mfa.example/press/?page=4") {
		t.Error("the list was read beyond what is known")
	}
	if troubles, err := sources.Troubles(context.Background(), b.archive, 0); err != nil || len(troubles) != 0 {
		t.Errorf("Troubles = %+v, %v; want none", troubles, err)
	}
}

func TestListThatTurnsIntoAnErrorPage(t *testing.T) {
	b := newBench(t, oneIndex)
	site := pages{"/press/": links("/r/1"), "/r/1": release(1, start, "They agreed.")}
	b.hosts["mfa.example"] = site
	b.hours(t, 1)
	for name, page := range map[string]string{"soft 404": html("Page not found", ""), "login": html("Sign in", "<input type=password>"), "empty": links(), "home": "->/", "server": "!500"} {
		site["/press/"] = page
		b.clock.set(b.clock.Now().Add(5 * time.Hour))
		if rep := b.pull(t, sources.PullOptions{Force: true}); rep.Sources[0].Status != ask.ListFailed || rep.Sources[0].Error == "" || !rep.Trouble() {
			t.Errorf("%s: %+v, want it failed", name, rep.Sources[0])
		}
	}
}

func TestStaleSource(t *testing.T) {
	b := newBench(t, oneIndex)
	site := pages{}
	b.hosts["mfa.example"] = site
	var paths []string
	for n := range 6 {
		paths = append(paths, fmt.Sprintf("/r/%d", n))
		site["/press/"], site[paths[n]] = links(paths...), release(n, start, "They agreed.")
		b.hours(t, 48)
	}
	if rep := b.pull(t, sources.PullOptions{}); rep.Sources[0].Standing != string(sources.Well) {
		t.Errorf("in its rhythm: %+v", rep.Sources[0])
	}
	b.hours(t, 24*5)
	rep := b.pull(t, sources.PullOptions{})
	if rep.Sources[0].Standing != string(sources.Stale) || !strings.Contains(rep.Sources[0].Error, "nothing new since") {
		t.Errorf("after a week of silence: %+v, want it stale", rep.Sources[0])
	}
	site["/press/"], site["/r/new"] = links(append(paths, "/r/new")...), release(99, start, "They agreed.")
	b.hours(t, 1)
	if rep := b.pull(t, sources.PullOptions{}); rep.Sources[0].Standing != string(sources.Well) {
		t.Errorf("after something new: %+v", rep.Sources[0])
	}
}

func TestTwoAddressesOfOnePage(t *testing.T) {
	b := newBench(t, oneIndex)
	b.hosts["mfa.example"] = pages{"/press/": links("/r/old", "/r/new", "/r/short"), "/r/new": release(1, start, "They agreed."), "/r/old": "->/r/new", "/r/short": "->/r/new"}
	rep := b.pull(t, sources.PullOptions{})
	if rep.Totals.New != 1 || rep.Totals.Unchanged != 2 {
		t.Errorf("pull = %+v %+v; want one release", rep.Totals, rep.Pages)
	}
	if c := b.hours(t, 200); c.Found+c.New+c.Revised != 0 {
		t.Errorf("later: %+v", c)
	}
}

func TestLimitIsLeftForTheNextRun(t *testing.T) {
	b := newBench(t, oneIndex)
	site := pages{}
	var paths []string
	for n := range 12 {
		paths = append(paths, fmt.Sprintf("/r/%d", n))
		site[paths[n]] = release(n, start, "They agreed.")
	}
	site["/press/"] = links(paths...)
	b.hosts["mfa.example"] = site
	rep := b.pull(t, sources.PullOptions{Limit: 5})
	if rep.Totals.New != 5 || rep.Totals.Left != 7 || statuses(rep)["/r/0"] != ask.PageNew {
		t.Errorf("first run = %+v", rep.Totals)
	}
	if rep = b.pull(t, sources.PullOptions{Limit: 10}); rep.Totals.New != 7 {
		t.Errorf("second run = %+v", rep.Totals)
	}
}

func TestStoppedRunKeepsWhatItHas(t *testing.T) {
	b := newBench(t, oneIndex)
	ctx, cancel := context.WithCancel(context.Background())
	site := pages{"/press/": links("/r/1", "/r/2", "/r/3")}
	for n := range 3 {
		site[fmt.Sprintf("/r/%d", n+1)] = release(n+1, start, "They agreed.")
	}
	b.hosts["mfa.example"] = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/r/2" {
			cancel()
		}
		site.ServeHTTP(w, r)
	})
	p := &sources.Puller{Archive: b.archive, Client: b.client()}
	rep, err := p.Pull(ctx, b.config, sources.PullOptions{})
	if !errors.Is(err, context.Canceled) || rep == nil || rep.Totals.New != 1 {
		t.Errorf("Pull = %+v, %v; want one release and the context's error", rep, err)
	}
	if rep := b.pull(t, sources.PullOptions{}); rep.Totals.New != 2 {
		t.Errorf("the next run = %+v, want the other two", rep.Totals)
	}
}

func TestSeveralKindsAndHosts(t *testing.T) {
	b := newBench(t, `sources:
  - {name: feed, url: 'http://feed.example/feed', kind: feed, headers: {X-Key: secret}}
  - {name: page, url: 'http://page.example/statement', kind: page, schedule: 2h}
  - {name: closed, url: 'http://closed.example/press/', kind: index}
  - {name: broken, url: 'http://broken.example/feed', kind: feed}
`)
	item := func(day string) string {
		return `<rss version="2.0"><channel><title>P</title><item><title>Meeting</title><link>http://feed.example/r/1</link><pubDate>` + day + `</pubDate></item><item><title>X</title><link>http://third.example/r/2</link></item></channel></rss>`
	}
	feed := pages{"/feed": item("Thu, 01 Jan 2037 09:00:00 GMT"), "/r/1": release(1, start, "They agreed.")}
	var mu sync.Mutex // hosts are asked side by side
	keys := map[string]string{}
	note := func(h http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			keys[r.URL.Host+r.URL.Path] = r.Header.Get("X-Key")
			mu.Unlock()
			h.ServeHTTP(w, r)
		})
	}
	b.hosts["feed.example"], b.hosts["third.example"] = note(feed), note(pages{"/r/2": release(2, start, "They met.")})
	statement := pages{"/statement": release(3, start, "They talked.")}
	b.hosts["page.example"] = statement
	b.hosts["closed.example"] = pages{"/robots.txt": "User-agent: *\nDisallow: /\n"}
	b.hosts["broken.example"] = pages{"/feed": "<rss><channel><item>"}
	rep := b.pull(t, sources.PullOptions{})
	var got []string
	for _, s := range rep.Sources {
		got = append(got, s.Name+" "+string(s.Status))
	}
	if want := []string{"feed read", "page read", "closed failed", "broken failed"}; !slices.Equal(got, want) || rep.Totals.New != 3 {
		t.Errorf("pull = %q, %+v; want %q and three new", got, rep.Totals, want)
	}
	if !strings.Contains(rep.Sources[2].Error, "robots.txt") {
		t.Errorf("closed: %q", rep.Sources[2].Error)
	}
	if keys["feed.example/feed"] != "secret" || keys["third.example/r/2"] != "" {
		t.Errorf("keys = %v, want the header at its own site only", keys)
	}
	statement["/statement"] = release(3, start, "They talked at length.")
	if c := b.hours(t, 3); c.Revised != 1 {
		t.Errorf("the page was edited: %+v", c)
	}
	// What the feed says was changed is looked at at once.
	b.hours(t, 24*20)
	feed["/feed"], feed["/r/1"] = item("Thu, 22 Jan 2037 09:00:00 GMT"), release(1, start, "They disagreed.")
	if c := b.hours(t, 1); c.Revised != 1 {
		t.Errorf("the entry was edited: %+v", c)
	}
	if rep := b.pull(t, sources.PullOptions{Names: []string{"page"}}); len(rep.Sources) != 1 {
		t.Errorf("one source by name: %+v", rep.Sources)
	}
}

func TestSelectors(t *testing.T) {
	b := newBench(t, oneIndex)
	page := func(said string) string {
		return `<html><head><title>Meeting</title></head><body><div class="x">Ministry, all that is fit to print about fisheries and whales</div><div class="t"><h1>Meeting of the Foreign Ministers</h1><p>` + said +
			`</p><p class="x">The minister also thanked the readers of this page.</p></div><div>Another column says that the two ministers agreed on nothing.</div></body></html>`
	}
	site := pages{"/press/": links("/r/1"), "/r/1": page("The two ministers agreed on the quota of krill.")}
	b.hosts["mfa.example"] = site
	b.config.Sources[0].Select = sources.Selectors{Content: ".t", Remove: ".x"}
	b.hours(t, 1)
	list, err := b.archive.List(context.Background(), archive.ListFilter{})
	if err != nil || len(list) != 1 {
		t.Fatalf("List = %v, %v", list, err)
	}
	r, err := b.archive.Release(context.Background(), archive.Ref{ID: list[0].ID})
	if err != nil || len(r.Statements) != 1 || !strings.Contains(r.Statements[0].Text, "quota of krill") {
		t.Errorf("Release = %+v, %v; want the one statement that is selected", r, err)
	}
	// Another selector is no change of the page, and neither is what it leaves out.
	b.config.Sources[0].Select = sources.Selectors{}
	site["/r/1"] = strings.Replace(site["/r/1"], "readers", "friends", 1)
	if c := b.hours(t, 48); c.New+c.Revised != 0 {
		t.Errorf("after another selector: %+v, want no version", c)
	}
	site["/r/1"] = page("The two ministers discussed the quota of krill.")
	if c := b.hours(t, 48); c.Revised != 1 {
		t.Errorf("after an edit: %+v", c)
	}
}

func TestRunsDoNotOverlap(t *testing.T) {
	b := newBench(t, oneIndex)
	lock := filepath.Join(t.TempDir(), "pull.lock")
	var inner error
	b.hosts["mfa.example"] = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/press/" {
			_, inner = (&sources.Puller{Archive: b.archive, Client: b.client(), Lock: lock}).Pull(context.Background(), b.config, sources.PullOptions{})
		}
		http.NotFound(w, r)
	})
	for range 2 {
		p := &sources.Puller{Archive: b.archive, Client: b.client(), Lock: lock}
		if _, err := p.Pull(context.Background(), b.config, sources.PullOptions{Force: true}); err != nil || !errors.Is(inner, sources.ErrRunning) {
			t.Errorf("Pull = %v, another one meanwhile = %v; want ErrRunning for that", err, inner)
		}
	}
}
