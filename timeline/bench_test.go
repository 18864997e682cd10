package timeline_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"readout/timeline"
)

// BenchmarkLink links one series of 20 statements a release. The time of a
// statement should hardly grow with the series: see docs/benchmarks.md.
func BenchmarkLink(b *testing.B) {
	for _, n := range []int{200, 1000, 5000} {
		b.Run(fmt.Sprintf("releases=%d", n), func(b *testing.B) {
			rs := longSeries(b, n)
			b.ReportAllocs()
			for b.Loop() {
				timeline.Link(rs, timeline.LinkOptions{})
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(20*n), "ns/statement")
		})
	}
}

// longSeries is a series of n releases that take up recurring issues, some of the
// table and some not, in words of which new ones keep coming.
func longSeries(tb testing.TB, n int) []*timeline.Release {
	issues := []string{"climate change", "irregular migration", "food security", "the salt flats railway", "the bell of the lighthouse",
		"counternarcotics", "the Taiwan Strait", "glass bottles", "cyber attacks", "the glacier observatory", "fisheries", "the ferry of Gozo"}
	verbs := []string{"discussed", "welcomed progress on", "reaffirmed their position on", "agreed to set up a fund for", "expressed concern about"}
	rnd := rand.New(rand.NewPCG(1, 2))
	rs := make([]*timeline.Release, n)
	for i := range rs {
		var text strings.Builder
		for k := range 20 {
			if k%5 == 0 {
				text.WriteString("\n")
			}
			if k == 15 { // now and then a heading of its own
				fmt.Fprintf(&text, "# Question of word%d and word%d\n", i/3, rnd.IntN(200+20*i))
			}
			a := issues[rnd.IntN(len(issues))]
			fmt.Fprintf(&text, "The two ministers %s %s, its %s and the %s of word%d.\n", verbs[rnd.IntN(len(verbs))], a,
				a[strings.LastIndexByte(a, ' ')+1:]+"house", verbs[rnd.IntN(2)], rnd.IntN(200+20*i))
		}
		day := fmt.Sprintf("%d-%02d-%02d", 2040+i/300, 1+i%12, 1+i%28)
		rs[i] = release(tb, fmt.Sprintf("r%05d", i), day, []timeline.Party{"MT", "BO"}, text.String())
	}
	return rs
}
