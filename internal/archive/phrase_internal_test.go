package archive

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/timeline"
)

// A limit and days cut the ledger of a phrase and nothing else: what is left is what the
// ledger over all releases says of the newest uses.
func TestPhraseIsCutNotChanged(t *testing.T) {
	ctx := context.Background()
	a := grown(t, fewOthers)
	const words = "krill quota"
	whole, err := a.Phrase(ctx, words, PhraseFilter{})
	if err != nil {
		t.Fatal(err)
	}
	all := timeline.Trace(whole.Releases, words, timeline.TraceOptions{})
	if len(whole.Series) != others+1 || len(all.Uses) < fewOthers {
		t.Fatalf("%d series with %d uses, want all", len(whole.Series), len(all.Uses))
	}
	for _, limit := range []int{1, 2, 7, 40} {
		cut, err := a.Phrase(ctx, words, PhraseFilter{Limit: limit})
		if err != nil {
			t.Fatal(err)
		}
		got := timeline.Trace(cut.Releases, words, timeline.TraceOptions{})
		from := len(all.Uses) - limit
		if cut.Earlier != from || cut.First == nil || cut.First.ID != all.Uses[0].Release.ID {
			t.Errorf("limit %d: %d earlier after %v, want %d after %s", limit, cut.Earlier, cut.First, from, all.Uses[0].Release.ID)
		}
		want := *all
		want.Uses, want.Gaps = all.Uses[from:], nil
		for _, g := range all.Gaps {
			if !g.After.Day().Before(want.Uses[0].Release.Day()) {
				want.Gaps = append(want.Gaps, g)
			}
		}
		if d := cmp.Diff(usesOf(&want), usesOf(got)); d != "" {
			t.Errorf("limit %d (-by the whole ledger +by its end):\n%s", limit, d)
		}
	}
	day := all.Uses[3].Release.Day()
	some, err := a.Phrase(ctx, words, PhraseFilter{Days: timeline.Filter{Since: day, Until: day}})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range some.Releases {
		if r.Day() != day {
			t.Errorf("release %s of %s in a ledger of %s alone", r.ID, r.Day(), day)
		}
	}
	if len(some.Releases) == 0 || len(some.Series) != others+1 {
		t.Errorf("%d releases of one day and %d series that use the phrase at any time", len(some.Releases), len(some.Series))
	}
}
