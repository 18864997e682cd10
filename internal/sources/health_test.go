package sources_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"readout/internal/sources"
)

func TestHealth(t *testing.T) {
	b := newBench(t, oneIndex+"  - {name: new, url: 'http://new.example/press/', kind: index}\n")
	site := pages{"/press/": links("/r/1", "/r/2"), "/r/1": release(1, start, "They agreed."), "/r/2": release(2, start, "They talked.")}
	b.hosts["mfa.example"] = site
	// One that is asked again and again says the same as one that was never asked.
	monitor := &sources.Monitor{Archive: b.archive}
	health := func() []sources.Health {
		t.Helper()
		all, err := monitor.Health(context.Background(), b.config)
		if err != nil || len(all) != 2 {
			t.Fatalf("Health = %+v, %v; want two sources", all, err)
		}
		for _, m := range []*sources.Monitor{{Archive: b.archive}, monitor} {
			again, err := m.Health(context.Background(), b.config)
			if d := cmp.Diff(all, again, cmpopts.IgnoreFields(sources.Health{}, "Source")); d != "" || err != nil {
				t.Fatalf("Health once more (-before +after):\n%s%v", d, err)
			}
		}
		return all
	}
	if h := health()[0]; h.Name != "mfa" || h.Standing != sources.Well || !h.Read.IsZero() || !h.Next.IsZero() || h.Pages != (sources.PageCounts{}) {
		t.Errorf("before the first run: %+v", h)
	}
	b.pull(t, sources.PullOptions{Names: []string{"mfa"}, Limit: 1})
	if h := health()[0]; !h.Read.Equal(start) || !h.Next.After(start) || h.Links != 2 || h.Pages != (sources.PageCounts{Known: 2, Taken: 1, Waiting: 1}) {
		t.Errorf("after the first run: %+v", h)
	}
	b.hours(t, 1)
	delete(site, "/r/1")
	b.hours(t, 48)
	all := health()
	h := all[0]
	if h.Pages != (sources.PageCounts{Known: 2, Taken: 2, Unwell: 1}) || len(h.Troubles) != 1 || h.Troubles[0].Standing != sources.Gone || h.Troubles[0].Since.IsZero() {
		t.Errorf("after a page is gone: %+v", h)
	}
	if all[1].Standing != sources.Failing || all[1].Reason == "" || all[1].Since.IsZero() {
		t.Errorf("a source that nothing answers for: %+v", all[1])
	}
}
