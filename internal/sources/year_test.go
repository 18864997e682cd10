package sources_test

import (
	"context"
	"fmt"
	"hash/crc32"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/sources"
)

const (
	yearReleases = 200
	yearEdits    = 30
	yearRemovals = 5
)

// notice is one release of the simulated ministry.
type notice struct {
	n       int
	at      time.Time
	edits   []time.Time
	removed time.Time
	how     int // it was removed
}

func (e *notice) path() string {
	return fmt.Sprintf("/press/%d/%02d/meeting-of-ministers-no-%d.html", e.at.Year(), e.at.Month(), e.n)
}

// text is what the release says at t.
func (e *notice) text(t time.Time) string {
	k := 0
	for _, edit := range e.edits {
		if !t.Before(edit) {
			k++
		}
	}
	return release(e.n, e.at, fmt.Sprintf("The two ministers discussed the quota of krill and shared the view that %d tonnes were enough.", 1000*e.n+k))
}

// ministry is a site in the course of a year.
type ministry struct {
	clock   *clock
	notices []*notice
	outages [][2]time.Time // one is errors, one is silence, one is a page that says so
	served  int
}

// newMinistry draws a year. Half of the edits come in the first two days.
func newMinistry(c *clock) *ministry {
	m := &ministry{clock: c}
	rnd := rand.New(rand.NewPCG(20, 37))
	for n := range yearReleases {
		// Not at night, and not before the first run.
		at := start.Add(time.Duration(n)*362*24*time.Hour/yearReleases + time.Duration(rnd.IntN(30))*time.Hour)
		at = at.Truncate(24 * time.Hour).Add(time.Duration(7+rnd.IntN(12))*time.Hour + time.Duration(rnd.IntN(60))*time.Minute)
		m.notices = append(m.notices, &notice{n: n + 1, at: at})
	}
	for i, n := range rnd.Perm(yearReleases - 20)[:yearEdits] {
		after := time.Duration(3+rnd.IntN(45)) * time.Hour
		if i%2 == 1 {
			after = time.Duration(3+rnd.IntN(25)) * 24 * time.Hour
		}
		m.notices[n].edits = []time.Time{m.notices[n].at.Add(after)}
	}
	for i := range yearRemovals {
		e := m.notices[20+i*31]
		e.removed, e.how = e.at.Add(time.Duration(5+i*9)*24*time.Hour), i
	}
	for i, hours := range []int{7, 50, 20} {
		from := start.Add(time.Duration(60+i*100)*24*time.Hour + 5*time.Hour)
		m.outages = append(m.outages, [2]time.Time{from, from.Add(time.Duration(hours) * time.Hour)})
	}
	return m
}

func (m *ministry) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	now := m.clock.Now()
	m.served++
	for i, o := range m.outages {
		if now.Before(o[0]) || !now.Before(o[1]) {
			continue
		}
		switch i {
		case 0:
			w.WriteHeader(http.StatusServiceUnavailable)
		case 1:
			panic(http.ErrAbortHandler)
		default:
			io.WriteString(w, "<html><title>Ministry</title><h1>Site under maintenance</h1><p>We are working on our site and will be back soon.</p></html>")
		}
		return
	}
	switch r.URL.Path {
	case "/robots.txt":
		io.WriteString(w, "User-agent: *\nDisallow: /internal/\n")
	case "/":
		io.WriteString(w, "<html><title>Ministry of Foreign Affairs</title><h1>Welcome</h1><p>"+strings.Repeat("All about the ministry. ", 40)+"</p></html>")
	case "/press/":
		m.index(w, r, now)
	default:
		m.release(w, r, now)
	}
}

// index lists the newest twenty releases.
func (m *ministry) index(w http.ResponseWriter, r *http.Request, now time.Time) {
	var b strings.Builder
	b.WriteString(`<html><title>Press</title><nav><a href="/">Home</a><a href="/about">About us</a></nav><main><h1>Press</h1><ul>`)
	listed := 0
	for _, e := range slices.Backward(m.notices) {
		if e.at.After(now) || !e.removed.IsZero() && !now.Before(e.removed) {
			continue
		}
		fmt.Fprintf(&b, `<li>%s <a href="%s">Meeting of the Foreign Ministers (No. %d)</a></li>`, e.at.Format("2 January 2006"), e.path(), e.n)
		if listed++; listed == 20 {
			break
		}
	}
	b.WriteString(`</ul></main></html>`)
	answer(w, r, b.String(), true)
}

// answer serves a page, with an ETag that tells the truth or with none.
func answer(w http.ResponseWriter, r *http.Request, body string, tagged bool) {
	if tagged {
		tag := fmt.Sprintf(`"%x"`, crc32.ChecksumIEEE([]byte(body)))
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	io.WriteString(w, body)
}

func (m *ministry) release(w http.ResponseWriter, r *http.Request, now time.Time) {
	for _, e := range m.notices {
		if e.path() != r.URL.Path || e.at.After(now) {
			continue
		}
		if !e.removed.IsZero() && !now.Before(e.removed) {
			m.gone(w, r, e)
			return
		}
		body := e.text(now)
		switch e.n % 6 {
		case 0: // a token on every page that changes with every request
			body = strings.Replace(body, "</head>", fmt.Sprintf("<meta name=csrf content=%d></head>", m.served), 1)
			w.Header().Set("ETag", fmt.Sprintf(`"%d"`, m.served))
			answer(w, r, body, false)
		case 1, 2:
			answer(w, r, body, true)
		default:
			answer(w, r, body, false)
		}
		return
	}
	http.NotFound(w, r)
}

// gone answers for a page that was taken away, in one of the ways of the web.
func (m *ministry) gone(w http.ResponseWriter, r *http.Request, e *notice) {
	switch e.how {
	case 0:
		http.NotFound(w, r)
	case 1:
		w.WriteHeader(http.StatusGone)
	case 2:
		http.Redirect(w, r, "/", http.StatusMovedPermanently)
	case 3:
		io.WriteString(w, "<html><title>Page not found | Ministry</title><h1>Page not found</h1><p>"+strings.Repeat("Try our search. ", 30)+"</p></html>")
	default:
		io.WriteString(w, "<html><title>Ministry</title><form action=/login><p>Members only.</p><input type=text><input type=password></form></html>")
	}
}

// A year of hourly runs beside a ministry that publishes, edits, removes and fails.
func TestYear(t *testing.T) {
	if testing.Short() {
		t.Skip("a year takes some seconds")
	}
	b := newBench(t, "sources:\n  - {name: ministry, url: 'http://mfa.example/press/', kind: index, parties: [NO, UY]}\n")
	m := newMinistry(b.clock)
	b.hosts["mfa.example"] = m
	ctx := context.Background()
	var sum ask.PullCounts
	failedRuns, troubledOutside := 0, 0
	caught := map[string]time.Time{} // address and version -> when
	mail := mailbox{told: map[string]string{}}
	for h := range 366 * 24 {
		b.clock.set(start.Add(time.Duration(h)*time.Hour + time.Duration(h%7)*time.Second))
		rep := b.pull(t, sources.PullOptions{})
		sum = plus(sum, rep.Totals)
		if s := rep.Sources[0]; s.Standing == string(sources.Stale) {
			t.Errorf("%s: stale: %s", rep.At, s.Error)
		}
		if rep.Sources[0].Status == ask.ListFailed {
			failedRuns++
			if !m.down(rep.At.Time) {
				troubledOutside++
			}
		}
		for _, p := range rep.Pages {
			if p.Status == ask.PageNew || p.Status == ask.PageRevised {
				caught[fmt.Sprintf("%s v%d", p.URL, p.Version)] = rep.At.Time
			}
		}
		mail.note(rep)
		if h%24 == 23 {
			mail.send(ctx, t, b, rep.At.Time)
		}
	}
	mail.want(t, caught, m)
	wantYear(ctx, t, b, m, caught)
	if sum.New != yearReleases || sum.Revised != yearEdits || sum.Gone+sum.Suspect != yearRemovals {
		t.Errorf("counted %+v, want %d new, %d revised, %d gone or suspect", sum, yearReleases, yearEdits, yearRemovals)
	}
	if troubledOutside > 0 || failedRuns == 0 {
		t.Errorf("%d failed runs, %d of them without an outage", failedRuns, troubledOutside)
	}
	wantPolite(t, b)
	troubles, err := sources.Troubles(ctx, b.archive, 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(troubles) != yearRemovals {
		t.Errorf("at the end of the year %d things do not stand well, want the %d removed pages: %+v", len(troubles), yearRemovals, troubles)
	}
}

// down reports whether there is an outage at t.
func (m *ministry) down(t time.Time) bool {
	return slices.ContainsFunc(m.outages, func(o [2]time.Time) bool { return !t.Before(o[0]) && t.Before(o[1]) })
}

func plus(a, b ask.PullCounts) ask.PullCounts {
	return ask.PullCounts{Found: a.Found + b.Found, Asked: a.Asked + b.Asked, New: a.New + b.New, Revised: a.Revised + b.Revised, Unchanged: a.Unchanged + b.Unchanged,
		Gone: a.Gone + b.Gone, Suspect: a.Suspect + b.Suspect, Failed: a.Failed + b.Failed, Left: a.Left + b.Left}
}

// wantYear checks that the archive holds the year and nothing else.
func wantYear(ctx context.Context, t *testing.T, b *bench, m *ministry, caught map[string]time.Time) {
	t.Helper()
	list, err := b.archive.List(ctx, archive.ListFilter{})
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != yearReleases {
		t.Errorf("%d releases in the archive, want %d", len(list), yearReleases)
	}
	versions := map[string]int{}
	for _, r := range list {
		versions[strings.TrimPrefix(r.Source, "http://mfa.example")] = r.Versions
	}
	var late, lateEdit time.Duration
	for _, e := range m.notices {
		if got, want := versions[e.path()], 1+len(e.edits); got != want {
			t.Errorf("%s (published %s, edited %v) has %d versions, want %d", e.path(), e.at, e.edits, got, want)
		}
		if at := caught["http://mfa.example"+e.path()+" v1"]; !m.down(e.at) {
			late = max(late, at.Sub(e.at))
		}
		for _, edit := range e.edits {
			lateEdit = max(lateEdit, caught["http://mfa.example"+e.path()+" v2"].Sub(edit))
		}
	}
	t.Logf("a release was captured at the latest %v after it came, an edit %v", late, lateEdit)
	if late > 2*time.Hour {
		t.Errorf("a release was captured %v after it came, want at the next run", late)
	}
	if lateEdit > 10*24*time.Hour {
		t.Errorf("an edit was captured %v after it was made", lateEdit)
	}
}

// wantPolite checks the pause between any two requests, and what a year costs.
func wantPolite(t *testing.T, b *bench) {
	t.Helper()
	for i := 1; i < len(b.asked); i++ {
		if d := b.asked[i].at.Sub(b.asked[i-1].at); d < time.Second {
			t.Fatalf("request %d, %s, came %v after the one before", i, b.asked[i].url, d)
		}
	}
	count := map[string]int{}
	for _, a := range b.asked {
		switch p := strings.TrimPrefix(a.url, "http://mfa.example"); p {
		case "/robots.txt", "/press/":
			count[p]++
		default:
			count["releases"]++
		}
	}
	t.Logf("requests of the year: %v", count)
	if n := count["/robots.txt"]; n > 366+200 {
		t.Errorf("%d requests for robots.txt, want about one a day", n)
	}
	if n := count["/press/"]; n > 366*24+200 {
		t.Errorf("%d requests for the index page, want about one an hour", n)
	}
	if n := count["releases"]; n > 45*yearReleases {
		t.Errorf("%d requests for %d releases, want at most 45 for each", n, yearReleases)
	}
}

// mailbox is a reader who is told once a day what is new.
type mailbox struct {
	mark   uint64
	told   map[string]string // what -> the day it was told
	today  int               // releases and versions that the day's runs took in
	silent int               // days without a mail
}

// note counts what a run took in.
func (m *mailbox) note(r *ask.Pull) { m.today += r.Totals.New + r.Totals.Revised }

// send tells the news of the day. There is a mail exactly where something was taken
// in or came to stand badly, and nothing is told twice.
func (m *mailbox) send(ctx context.Context, t *testing.T, b *bench, at time.Time) {
	t.Helper()
	changed, seq, err := b.archive.Changed(ctx, m.mark)
	if err != nil {
		t.Fatal(err)
	}
	troubles, err := sources.Troubles(ctx, b.archive, m.mark)
	if err != nil {
		t.Fatal(err)
	}
	day := at.Format(time.DateOnly)
	tell := func(what string) {
		if before, ok := m.told[what]; ok {
			t.Errorf("%s: %s was told before, on %s", day, what, before)
		}
		m.told[what] = day
	}
	n := 0
	for _, c := range changed {
		if c.New {
			n++
			tell(c.ID + " v1")
		}
		for _, step := range c.Alterations {
			n++
			tell(fmt.Sprintf("%s v%d", c.ID, step.New))
		}
	}
	for _, x := range troubles {
		if x.URL != "" {
			tell(fmt.Sprintf("trouble %s %s", x.URL, x.Standing))
		}
	}
	if n != m.today {
		t.Errorf("%s: %d releases and versions told, %d were taken in", day, n, m.today)
	}
	if n+len(troubles) == 0 {
		m.silent++
	}
	m.mark, m.today = seq, 0
}

// want checks that the year was told whole, and that quiet days were quiet.
func (m *mailbox) want(t *testing.T, caught map[string]time.Time, site *ministry) {
	t.Helper()
	versions := 0
	for what := range m.told {
		if !strings.HasPrefix(what, "trouble ") {
			versions++
		}
	}
	if versions != len(caught) {
		t.Errorf("%d releases and versions were told, %d captured", versions, len(caught))
	}
	for _, e := range site.notices {
		trouble := "trouble http://mfa.example" + e.path() + " "
		if !e.removed.IsZero() && m.told[trouble+string(sources.Gone)]+m.told[trouble+string(sources.Suspect)] == "" {
			t.Errorf("nobody was told that %s was removed", e.path())
		}
	}
	t.Logf("%d of 366 days without a mail", m.silent)
	if m.silent < 100 {
		t.Errorf("a mail on all but %d days of a year with %d events", m.silent, yearReleases+yearEdits+yearRemovals)
	}
}
