package archive

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/internal/reading"
	"readout/timeline"
)

// The search index finds a phrase exactly where the ledger finds it by reading all
// texts: whatever the script, the punctuation, and how much of a run it is.
func TestIndexFindsWhatTraceFinds(t *testing.T) {
	ctx := context.Background()
	a, err := Open(Options{Path: filepath.Join(t.TempDir(), "readout.db")})
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{
		"The ministers agreed on the krill quota.The quota of 1,000.5 tons of U.S. fleets stands; Norway’s co-operation goes on.",
		"両外相は、オキアミの漁獲枠について意見交換を行い、AI技術、新技術を歓迎した。",
		"The quota, the krill; krill-quota café naïve O'Brien's e-mail user_name foo.bar ๑ การประชุม.",
		"技術 AI 技 術. Krill quota of the fleets.",
	}
	for i, text := range texts {
		in := Input{Name: fmt.Sprint(i, ".txt"), Data: fmt.Appendf(nil, "Talks %d\n\nJanuary %d, 2031\n\n%s\n", i, i+1, text),
			Overrides: reading.Overrides{Parties: []timeline.Party{"NO", "UY"}, ID: fmt.Sprint("talks-", i)}}
		if _, err := a.Ingest(ctx, func(yield func(Input, error) bool) { yield(in, nil) }, IngestOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	all, err := a.Releases(ctx, "NO-UY", SeriesOptions{})
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(1, 1))
	for range 400 {
		rs := []rune(texts[rng.IntN(len(texts))])
		from := rng.IntN(len(rs))
		phrase := strings.TrimSpace(string(rs[from:min(len(rs), from+1+rng.IntN(14))]))
		want := timeline.Trace(all, phrase, timeline.TraceOptions{})
		users, err := a.Phrase(ctx, phrase, PhraseFilter{})
		if err != nil {
			t.Fatal(err)
		}
		got := timeline.Trace(users.Releases, phrase, timeline.TraceOptions{})
		if d := cmp.Diff(usesOf(want), usesOf(got)); d != "" {
			t.Errorf("uses of %q (-by reading +by index):\n%s", phrase, d)
		}
	}
}

// usesOf names the statements and headings of a ledger, and its gaps.
func usesOf(l *timeline.Ledger) []string {
	var out []string
	for _, u := range append(l.Uses, l.Undated...) {
		line := u.Release.ID
		for _, s := range u.Statements {
			line += " " + s.ID
		}
		out = append(out, fmt.Sprint(line, len(u.Headings)))
	}
	for _, g := range l.Gaps {
		out = append(out, fmt.Sprint(g.After.ID, g.Before.ID, g.Releases))
	}
	return out
}
