package web_test

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"

	"readout/internal/archive"
	"readout/internal/reading"
	"readout/timeline"
)

// sampleReleases yields invented releases: so many series, with so many meetings each
// and about eleven statements a meeting. Issues come and go, wordings change a
// little from meeting to meeting. The same numbers give the same releases.
func sampleReleases(series, meetings int) iter.Seq2[archive.Input, error] {
	return func(yield func(archive.Input, error) bool) {
		for i := range series {
			parties := samplePair(i)
			rng := rand.New(rand.NewPCG(uint64(i), 7))
			for m := range meetings {
				in := archive.Input{Name: fmt.Sprintf("s%03d-m%04d.txt", i, m), CapturedAt: noon.AddDate(-5, 0, m).Add(1), Data: sampleText(rng, i, m)}
				in.Overrides = reading.Overrides{Parties: parties, Source: "https://mfa.example/" + in.Name}
				if !yield(in, nil) {
					return
				}
			}
		}
	}
}

// sampleCodes are parties; any two of them are a pair.
var sampleCodes = strings.Fields("AT BE BG CH CY CZ DK EE ES FI FR GR HR HU IE IS IT LT LU LV MT NL PL PT")

// samplePair returns the i-th pair.
func samplePair(i int) []timeline.Party {
	n := len(sampleCodes)
	a := i % n
	b := (a + 1 + i/n) % n
	return timeline.SortParties([]timeline.Party{timeline.Party(sampleCodes[a]), timeline.Party(sampleCodes[b])})
}

// sampleIssues are what the releases speak of.
var sampleIssues = []string{"cod quotas", "seabed cables", "grain corridor", "ferry links", "student exchange", "wildfire aircraft", "lighthouse keepers",
	"customs forms", "glacier monitoring", "harbour dredging", "film festivals", "bee health", "railway gauge", "tidal power", "peat bogs"}

func sampleText(rng *rand.Rand, series, meeting int) []byte {
	var b strings.Builder
	day := noon.AddDate(-5, 0, meeting*11+series%7)
	fmt.Fprintf(&b, "Foreign Ministers' Meeting, %d\n\n%s\n\n", meeting+1, day.Format("January 2, 2006"))
	for k, issue := range rng.Perm(len(sampleIssues))[:4] {
		fmt.Fprintf(&b, "%d. %s\n\n", k+1, strings.ToUpper(sampleIssues[issue][:1])+sampleIssues[issue][1:])
		for j := range 2 + rng.IntN(2) {
			verb := []string{"agreed", "confirmed", "discussed", "welcomed"}[rng.IntN(4)]
			how := []string{"at an early date", "by the end of the year", "on an equal footing", "in close consultation"}[rng.IntN(4)]
			fmt.Fprintf(&b, "(%d) The two ministers %s that work on the %s, in particular part %d of the plan, would continue %s.\n\n", j+1, verb, sampleIssues[issue], j+1, how)
		}
	}
	return []byte(b.String())
}

// sampleSeries is the series of the i-th pair.
func sampleSeries(i int) timeline.SeriesID { return timeline.SeriesOf(samplePair(i)) }
