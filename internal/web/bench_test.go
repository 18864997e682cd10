package web_test

import (
	"context"
	"flag"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"readout/internal/archive"
	"readout/internal/reading"
	"readout/internal/web"
)

// benchStore keeps the store of the benchmark from one run to the next: filling it
// takes a minute. Each run writes to a copy, so that the next one measures the same.
var benchStore = flag.String("bench-store", "", "keep the store of BenchmarkPages in `FILE`")

// The size of the archive that pages are measured on: 100 series of 101 meetings,
// some 100,000 statements.
const (
	benchSeries   = 100
	benchMeetings = 101
)

// benchArchive returns an archive of 100,000 statements.
func benchArchive(b *testing.B) *archive.Archive {
	b.Helper()
	if *benchStore == "" {
		a := newArchive(b)
		ingest(b, a, sampleReleases(benchSeries, benchMeetings))
		return a
	}
	if _, err := os.Stat(*benchStore); err != nil {
		ingest(b, openBenchStore(b, *benchStore), sampleReleases(benchSeries, benchMeetings))
	}
	data, err := os.ReadFile(*benchStore)
	if err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(b.TempDir(), "pages.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		b.Fatal(err)
	}
	return openBenchStore(b, path)
}

func openBenchStore(b *testing.B, path string) *archive.Archive {
	b.Helper()
	a, err := archive.Open(archive.Options{Path: path, Now: func() time.Time { return noon }})
	if err != nil {
		b.Fatal(err)
	}
	return a
}

// BenchmarkPages asks for 50 pages a second while another process' worth of writing
// goes on: a new release every half second. It reports the median and the 99th
// percentile of the time that the server takes for each sort of page. Pages of the
// series that is written to are among them.
func BenchmarkPages(b *testing.B) {
	a := benchArchive(b)
	s := newServer(b, web.Options{Source: a, Report: func(err error) { b.Errorf("the server reports: %v", err) }})
	pages := benchPages(b, a)
	for _, p := range pages { // the first asking reads the archive
		for _, path := range p.paths {
			page(b, s, path)
		}
	}
	stop := make(chan struct{})
	var writing sync.WaitGroup
	writing.Go(func() { write(b, a, stop) })
	for _, p := range pages {
		b.Run(p.name, func(b *testing.B) { p.run(b, s) })
	}
	close(stop)
	writing.Wait()
}

// benchPage is a sort of page, with addresses that take turns.
type benchPage struct {
	name  string
	paths []string
}

func benchPages(b *testing.B, a *archive.Archive) []benchPage {
	b.Helper()
	pages := []benchPage{{"home", []string{"/"}}, {"changes", []string{"/changes"}}, {"search", []string{"/search?q=ferry+links", "/search?q=%22peat+bogs%22"}},
		{"phrase", nil}, {"series", nil}, {"topic", nil}, {"meeting", nil}, {"compare", nil}, {"blame", nil}, {"api-timeline", nil}}
	at := map[string]*benchPage{}
	for i := range pages {
		at[pages[i].name] = &pages[i]
	}
	for i := range 8 {
		id := sampleSeries(i)
		series, err := a.Series(context.Background(), id, archive.SeriesOptions{})
		if err != nil {
			b.Fatal(err)
		}
		n := len(series.Releases)
		last, before, topic := series.Releases[n-1].ID, series.Releases[n-2].ID, series.Topics.Topics[0].ID
		for name, path := range map[string]string{
			"phrase":       fmt.Sprintf("/phrase?q=on+an+equal+footing&series=%s", id),
			"series":       fmt.Sprintf("/series/%s", id),
			"topic":        fmt.Sprintf("/series/%s/topics/%s", id, topic),
			"meeting":      "/releases/" + last,
			"compare":      "/compare/" + before + "/" + last,
			"blame":        "/releases/" + last + "/blame",
			"api-timeline": fmt.Sprintf("/api/v1/timeline?series=%s&topic=%s", id, topic),
		} {
			at[name].paths = append(at[name].paths, path)
		}
	}
	return pages
}

// run asks at a steady rate, whether or not the answers come in time.
func (p benchPage) run(b *testing.B, s *web.Server) {
	const every = time.Second / 50
	var mu sync.Mutex
	var took []time.Duration
	var asking sync.WaitGroup
	bytes := 0
	tick := time.NewTicker(every)
	defer tick.Stop()
	for i := 0; b.Loop(); i++ {
		<-tick.C
		asking.Go(func() {
			r := httptest.NewRequest("GET", p.paths[i%len(p.paths)], nil)
			r.Host = "127.0.0.1:8480"
			w := httptest.NewRecorder()
			began := time.Now()
			s.ServeHTTP(w, r)
			mu.Lock()
			defer mu.Unlock()
			took = append(took, time.Since(began))
			bytes = w.Body.Len()
			if w.Code != 200 {
				b.Errorf("GET %s = %d", r.URL, w.Code)
			}
		})
	}
	asking.Wait()
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(bytes)/1024, "KB")
	b.ReportMetric(0, "ns/op")
}

// write takes releases into the first series until it is told to stop.
func write(b *testing.B, a *archive.Archive, stop <-chan struct{}) {
	for n := 0; ; n++ {
		in := archive.Input{Name: fmt.Sprintf("live-%d.txt", n), CapturedAt: time.Now(), Overrides: reading.Overrides{Parties: samplePair(0)},
			Data: fmt.Appendf(nil, "Telephone Talk\n\nJune 3, 2046\n\nThe two ministers discussed the %dth part of the ferry links.\n", n)}
		in.Overrides.Source = fmt.Sprintf("https://mfa.example/live/%d/%d", time.Now().UnixNano(), n)
		if _, err := a.Ingest(context.Background(), each(in), archive.IngestOptions{}); err != nil {
			b.Error(err)
			return
		}
		select {
		case <-stop:
			return
		case <-time.After(500 * time.Millisecond):
		}
	}
}
