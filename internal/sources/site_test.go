package sources_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/sources"
	"readout/internal/sources/fetch"
)

// clock passes only while somebody sleeps, or when a test sets it.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	return ctx.Err()
}

// set moves the clock on to t.
func (c *clock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t.After(c.now) {
		c.now = t
	}
}

var start = time.Date(2037, 1, 1, 0, 0, 0, 0, time.UTC)

// errDown is what a connection to a site gives that is not there.
var errDown = errors.New("connection refused")

// web is a web without a network: hosts are handlers. It notes every request.
type web struct {
	clock *clock
	hosts map[string]http.Handler
	mu    sync.Mutex
	asked []asked
}

type asked struct {
	at  time.Time
	url string
}

func newWeb() *web { return &web{clock: &clock{now: start}, hosts: map[string]http.Handler{}} }

func (w *web) RoundTrip(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	w.asked = append(w.asked, asked{w.clock.Now(), r.URL.String()})
	w.mu.Unlock()
	h := w.hosts[r.URL.Host]
	if h == nil {
		return nil, errDown
	}
	rec := httptest.NewRecorder()
	down := false
	func() {
		defer func() {
			if err := recover(); err == http.ErrAbortHandler {
				down = true
			} else if err != nil {
				panic(err)
			}
		}()
		h.ServeHTTP(rec, r)
	}()
	if down {
		return nil, errDown
	}
	resp := rec.Result()
	resp.Request = r
	return resp, nil
}

// requests returns the paths asked for since the last call.
func (w *web) requests() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var out []string
	for _, a := range w.asked {
		if !strings.HasSuffix(a.url, "/robots.txt") {
			out = append(out, a.url)
		}
	}
	w.asked = nil
	return out
}

func (w *web) client() *fetch.Client {
	return fetch.New(fetch.Options{Clock: w.clock, Trip: w, Contact: "desk@example.org"})
}

// pages serves texts by path and query; what is not there is 404.
type pages map[string]string

func (p pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, ok := p[r.URL.RequestURI()]
	if !ok {
		http.NotFound(w, r)
		return
	}
	switch {
	case strings.HasPrefix(body, "->"):
		http.Redirect(w, r, body[2:], http.StatusFound)
	case strings.HasPrefix(body, "!"):
		var status int
		fmt.Sscanf(body, "!%d", &status)
		w.WriteHeader(status)
	default:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, body)
	}
}

// bench is an archive with a puller on a web.
type bench struct {
	*web
	archive *archive.Archive
	config  *sources.Config
	words   *sources.Words
}

func newBench(t testing.TB, config string) *bench {
	t.Helper()
	w := newWeb()
	a, err := archive.Open(archive.Options{Path: filepath.Join(t.TempDir(), "readout.db"), Now: w.clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	c, err := sources.ParseConfig("sources.yaml", []byte(config), gazetteer())
	if err != nil {
		t.Fatal(err)
	}
	return &bench{web: w, archive: a, config: c, words: sources.DefaultWords()}
}

// pull pulls as a process of its own would.
func (b *bench) pull(t testing.TB, o sources.PullOptions) *ask.Pull {
	t.Helper()
	p := &sources.Puller{Archive: b.archive, Client: b.client(), Words: b.words}
	report, err := p.Pull(context.Background(), b.config, o)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// hours pulls at every hour for n hours and adds the counts up.
func (b *bench) hours(t testing.TB, n int) ask.PullCounts {
	t.Helper()
	var sum ask.PullCounts
	for range n {
		b.clock.set(b.clock.Now().Truncate(time.Hour).Add(time.Hour))
		c := b.pull(t, sources.PullOptions{}).Totals
		sum.Found, sum.New, sum.Revised, sum.Gone, sum.Suspect, sum.Failed = sum.Found+c.Found, sum.New+c.New, sum.Revised+c.Revised, sum.Gone+c.Gone, sum.Suspect+c.Suspect, sum.Failed+c.Failed
	}
	return sum
}

// release is the page of an invented meeting; what differs from page to page is
// its number and what was said.
func release(n int, day time.Time, said string) string {
	return fmt.Sprintf(`<!DOCTYPE html><html lang="en"><head><title>Meeting of the Foreign Ministers of Norway and Uruguay (No. %d) | Ministry</title></head><body>
<nav><a href="/">Home</a> <a href="/press/">Press</a> <a href="/contact">Contact</a></nav>
<main><h1>Meeting of the Foreign Ministers of Norway and Uruguay (No. %d)</h1><p>%s</p>
<p>The Foreign Minister of Norway and the Foreign Minister of Uruguay met for the %dth time this year and talked for an hour about matters of common interest to both countries.</p>
<p>%s</p><p>The two ministers agreed to meet again in session %d of the commission on fisheries, trade and polar research.</p></main>
<footer><a href="/legal">Legal notice</a></footer></body></html>`, n, n, day.Format("January 2, 2006"), n, said, n*7919)
}
