package archive_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"readout/internal/archive"
	"readout/internal/reading"
	"readout/seeds"
)

// variants returns the embedded releases and captures made from them at random, as the
// web would give them: the same bytes seen again, a page touched up in its markup only,
// a page altered, altered back, and seen under another address or without one.
func variants(t *testing.T, r *rand.Rand) []archive.Input {
	t.Helper()
	docs, err := seeds.All()
	if err != nil {
		t.Fatal(err)
	}
	var out []archive.Input
	for i, d := range docs {
		in := archive.Input{Name: d.Name, Data: d.Data, CapturedAt: d.CapturedAt, Overrides: reading.Overrides{Source: d.Source}}
		out = append(out, in)
		for range r.IntN(4) {
			v := in
			v.Name = fmt.Sprintf("%d-%s", len(out), d.Name)
			v.CapturedAt = d.CapturedAt.Add(time.Duration(1+r.IntN(1000)) * time.Hour)
			switch r.IntN(5) {
			case 0: // the same bytes later
			case 1:
				v.Data = bytes.ReplaceAll(d.Data, []byte("\n\n"), []byte("\n\n\n"))
			case 2:
				v.Data = altered(d.Data, r)
			case 3:
				v.Data = altered(d.Data, r)
				back := in
				back.Name, back.CapturedAt = "back-"+v.Name, v.CapturedAt.Add(time.Hour)
				out = append(out, back)
			case 4:
				v.Overrides.Source = []string{"", fmt.Sprintf("https://mirror.example/%d", i)}[r.IntN(2)]
			}
			out = append(out, v)
		}
	}
	return out
}

// altered returns a page of which one word was replaced by another wherever it stands.
func altered(data []byte, r *rand.Rand) []byte {
	swaps := []string{"agreed", "confirmed", "quota", "limit", "cargo", "shipment", "early", "late", "welcomed", "noted"}
	i := 2 * r.IntN(len(swaps)/2)
	return []byte(strings.ReplaceAll(string(data), swaps[i], swaps[i+1]))
}

// Whatever captures there are, the order in which they come in, how they are cut into
// batches, and repeating some of them, shows in no answer.
func TestNoOrderOfTheSeedsShows(t *testing.T) {
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, 7))
		docs := variants(t, r)
		a := open(t)
		ingest(t, a, docs...)
		want := answers(export(t, a))
		for range 2 {
			r.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
			b := open(t)
			for rest := docs; len(rest) > 0; {
				n := 1 + r.IntN(len(rest))
				ingest(t, b, rest[:n]...)
				rest = rest[n:]
			}
			ingest(t, b, docs[r.IntN(len(docs))])
			if d := cmp.Diff(want, answers(export(t, b))); d != "" {
				t.Fatalf("seed %d: Export after another order (-first +other):\n%s", seed, d)
			}
		}
	}
}
