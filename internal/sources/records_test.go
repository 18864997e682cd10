package sources_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/sources"
)

const recordSources = `sources:
  - {name: posts, url: 'http://mfa.example/wp-json/wp/v2/posts', kind: records, parties: [NO, UY]}
  - {name: table, url: 'http://data.example/releases.json', kind: records,
     map: {records: data.items, title: head, text: body, published: day}}
`

// post is a record of a site that many sites are made with.
func post(n int, said string) string {
	return fmt.Sprintf(`{"id": %d, "date": "2036-12-%02dT10:00:00", "link": "http://mfa.example/n/%d", "title": {"rendered": "Meeting of the Foreign Ministers (No. %d)"},
 "content": {"rendered": "<p>The foreign ministers of Norway and Uruguay met for the %dth time and talked about krill.</p><p>%s</p>"}}`, n, n, n, n, n, said)
}

// paged serves parts of an answer, each of which names the next one.
type paged []string

func (p paged) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	n := 1
	if q := r.URL.Query().Get("page"); q != "" {
		fmt.Sscan(q, &n)
	}
	if n > len(p) || strings.HasSuffix(r.URL.Path, "robots.txt") {
		http.NotFound(w, r)
		return
	}
	if n < len(p) {
		w.Header().Set("Link", fmt.Sprintf(`<http://mfa.example/>; rel="up", <%s?page=%d>; rel="next"`, r.URL.Path, n+1))
	}
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprint(w, p[n-1])
}

// items is an answer whose records have no address.
func items(said ...string) string {
	var all []string
	for i, s := range said {
		all = append(all, fmt.Sprintf(`{"head": "Norway-Uruguay Foreign Ministers' Meeting %d", "day": "2036-11-%02d", "body": %q}`, i+1, i+1, s))
	}
	return `{"data": {"items": [` + strings.Join(all, ",") + `]}}`
}

func TestRecordsArePulledOneByOne(t *testing.T) {
	b := newBench(t, recordSources)
	site := paged{"[" + post(3, "They agreed.") + "," + post(2, "They talked.") + "]", "[" + post(1, "They parted.") + "]"}
	data := pages{"/releases.json": items("The ministers of Norway and Uruguay agreed to halve the quota.", "The ministers of Norway and Uruguay discussed ice.")}
	b.hosts["mfa.example"], b.hosts["data.example"] = &site, data
	rep := b.pull(t, sources.PullOptions{DryRun: true})
	if rep.Totals.Left != 4 || len(rep.Pages) != 4 {
		t.Errorf("rehearsal = %+v, want the four records of the first parts", rep)
	}
	rep = b.pull(t, sources.PullOptions{Force: true})
	if rep.Totals.New != 4 || statuses(rep)["/n/3"] != ask.PageNew {
		t.Fatalf("first pull = %+v", rep)
	}
	for _, asked := range b.requests() {
		if strings.Contains(asked, "/n/") {
			t.Errorf("%s was fetched, whose text the answer holds", asked)
		}
	}
	if c := b.hours(t, 3); c.New+c.Revised+c.Failed != 0 {
		t.Errorf("nothing is new, and the pull says %+v", c)
	}
	site[0] = "[" + post(3, "They agreed at last.") + "," + post(2, "They talked.") + "]"
	data["/releases.json"] = items("The ministers of Norway and Uruguay agreed to halve the quota.", "The ministers of Norway and Uruguay discussed thin ice.")
	if c := b.hours(t, 1); c.Revised != 2 || c.New != 0 {
		t.Errorf("two records were edited, and the pull says %+v", c)
	}
	// After an outage, parts are read up to a record that is known.
	site = paged{"[" + post(6, "Six.") + "]", "[" + post(5, "Five.") + "]", "[" + post(4, "Four.") + "," + post(3, "They agreed at last.") + "]", "[" + post(2, "Not asked for.") + "]"}
	if c := b.hours(t, 1); c.New != 3 || c.Revised != 0 {
		t.Errorf("three records came, and the pull says %+v", c)
	}
	list, err := b.archive.List(context.Background(), archive.ListFilter{})
	if err != nil || len(list) != 7 {
		t.Fatalf("the archive has %d releases, %v; want the five posts and two of the table", len(list), err)
	}
	delete(data, "/releases.json")
	if c := b.pull(t, sources.PullOptions{Force: true}); c.Sources[1].Status != ask.ListFailed {
		t.Errorf("an answer of 404 = %+v", c.Sources[1])
	}
	b.clock.set(b.clock.Now().Add(48 * time.Hour))
	data["/releases.json"] = `{"data": {"items": []}}`
	if c := b.pull(t, sources.PullOptions{}); c.Sources[1].Status != ask.ListFailed || !strings.Contains(c.Sources[1].Error, "finds no record") {
		t.Errorf("an answer without a record = %+v", c.Sources[1])
	}
}

// TestInspectRecords asks what a mapping finds, and what is found without one.
func TestInspectRecords(t *testing.T) {
	b := newBench(t, recordSources)
	b.hosts["mfa.example"] = &paged{"[" + post(3, "They agreed.") + "," + post(2, "They talked.") + "]"}
	b.hosts["data.example"] = pages{"/releases.json": items("The ministers of Norway and Uruguay agreed to halve the quota.", "")}
	in := inspect(t, b.web, *b.config.Source("table"))
	if in.Kind != "records" || in.Taken != 1 || len(in.Links) != 2 || in.Links[1].Taken || in.Links[1].Reason == "" {
		t.Errorf("Inspect = %+v, want one record with a text and one without", in)
	}
	if in.Links[0].Text != "Norway-Uruguay Foreign Ministers' Meeting 1" || in.Links[0].Reason != "is a record of 2036-11-01" {
		t.Errorf("the record is %+v", in.Links[0])
	}
	if in.First == nil || in.First.Release == nil || in.First.Release.Published.String() != "2036-11-01" {
		t.Errorf("the first release = %+v", in.First)
	}
	found := inspect(t, b.web, sources.Source{URL: "http://mfa.example/wp-json/wp/v2/posts"})
	if found.Kind != "records" || found.Taken != 2 || found.Links[0].URL != "http://mfa.example/n/3" {
		t.Errorf("Inspect of an interface = %+v", found)
	}
	_, err := sources.Inspector{Client: b.client()}.Inspect(context.Background(), sources.Source{URL: "http://data.example/releases.json"})
	if err == nil || !strings.Contains(err.Error(), "mapping") {
		t.Errorf("Inspect of data without a mapping = %v, want what to do", err)
	}
}
