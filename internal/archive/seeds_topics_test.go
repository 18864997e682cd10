package archive_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"readout/internal/archive"
	"readout/internal/reading"
	"readout/seeds"
)

// TestSeedsAreFiledAsAReaderWould holds the topics of the embedded page of a ministry, in
// order of its statements, against the issues a reader files them under: words of the
// names, none for a statement that frames the page.
func TestSeedsAreFiledAsAReaderWould(t *testing.T) {
	want := [][]string{
		{}, {}, {}, {}, // who met, and that an overview follows
		{"political"}, {"political"}, {"political"},
		{"territor"}, {"territor", "anniversary"}, {"territor", "political"}, {"territor"}, {"territor"}, {"territor"},
		{"energy", "terrorism", "political"},
		{"united nations"},
	}
	arch := open(t)
	docs, err := seeds.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range docs {
		ingest(t, arch, archive.Input{Name: d.Name, Data: d.Data, CapturedAt: d.CapturedAt, Overrides: reading.Overrides{Source: d.Source}})
	}
	s, err := arch.Series(context.Background(), "JP-RU", archive.SeriesOptions{})
	if err != nil {
		t.Fatal(err)
	}
	statements := s.Releases[0].Statements
	if len(statements) != len(want) {
		t.Fatalf("%d statements, want %d", len(statements), len(want))
	}
	for i, st := range statements {
		var names []string
		for _, id := range st.Topics {
			topic, _ := s.Topics.Get(id)
			names = append(names, strings.ToLower(topic.Name))
		}
		if len(names) != len(want[i]) {
			t.Errorf("#%d is filed under %q, want %q: %s", i+1, names, want[i], st.Text)
		}
		for _, w := range want[i] {
			if !slices.ContainsFunc(names, func(n string) bool { return strings.Contains(n, w) }) {
				t.Errorf("#%d is not filed under %q but %q: %s", i+1, w, names, st.Text)
			}
		}
	}
}
