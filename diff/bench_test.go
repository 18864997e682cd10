package diff_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"readout/diff"
	"readout/timeline"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// prose makes n statements of invented words from a seed.
func prose(seed uint64, n int) []string {
	rng := rand.New(rand.NewPCG(seed, 1))
	syllables := strings.Fields("ba co de fi gu ha ke lo mi nu pra que ri so tu va we xo yu zan ster lin mor dal")
	vocabulary := make([]string, 3000)
	for i := range vocabulary {
		for range 2 + rng.IntN(3) {
			vocabulary[i] += syllables[rng.IntN(len(syllables))]
		}
	}
	out := make([]string, n)
	for i := range out {
		words := make([]string, 12+rng.IntN(16))
		for k := range words {
			// Squaring makes small numbers frequent, as words are.
			x := rng.Float64()
			words[k] = vocabulary[int(x*x*float64(len(vocabulary)))]
		}
		out[i] = "The " + strings.Join(words, " ") + "."
	}
	return out
}

// edited changes a fifth of the statements: words replaced, split, moved, dropped.
func edited(seed uint64, old []string) []string {
	rng := rand.New(rand.NewPCG(seed, 2))
	var out, later []string
	for i, s := range old {
		if rng.IntN(5) > 0 {
			out = append(out, s)
		} else {
			words := strings.Fields(s)
			switch rng.IntN(6) {
			case 0:
				later = append(later, s)
			case 1:
				k := len(words) / 2
				out = append(out, strings.Join(words[:k], " ")+".", "And "+strings.Join(words[k:], " "))
			case 2: // dropped
			default:
				for range 3 {
					words[1+rng.IntN(len(words)-1)] = fmt.Sprint("novel", rng.IntN(999))
				}
				out = append(out, strings.Join(words, " "))
			}
		}
		if i%50 == 49 {
			out, later = append(out, later...), nil
		}
	}
	return append(out, later...)
}

func releaseOf(id string, texts []string) *timeline.Release {
	r := &timeline.Release{ID: id}
	for _, t := range texts {
		r.Statements = append(r.Statements, timeline.Statement{Section: -1, Text: t})
	}
	r.NameStatements(id)
	return r
}

var sizes = []struct {
	name       string
	statements int
}{{"3KB", 22}, {"30KB", 220}, {"1MB", 7300}}

func BenchmarkCompare(b *testing.B) {
	for _, size := range sizes {
		old := prose(1, size.statements)
		a, z := releaseOf("old", old), releaseOf("new", edited(1, old))
		for _, cause := range []diff.Cause{diff.Record, diff.Position} {
			b.Run(string(cause)+"/"+size.name, func(b *testing.B) {
				b.ReportAllocs()
				b.SetBytes(int64(len(strings.Join(old, " "))))
				for b.Loop() {
					diff.Compare(a, z, diff.Options{Cause: cause})
				}
			})
		}
	}
}

// BenchmarkFlat is the same work done by go-diff alone on the words of the whole
// text, without statements, splits or moves: what the two levels are worth.
func BenchmarkFlat(b *testing.B) {
	for _, size := range sizes {
		old := prose(1, size.statements)
		x, y := strings.Join(old, " "), strings.Join(edited(1, old), " ")
		b.Run(size.name, func(b *testing.B) {
			if size.statements > 1000 && testing.Short() {
				b.Skip("takes seconds")
			}
			b.ReportAllocs()
			b.SetBytes(int64(len(x)))
			for b.Loop() {
				ids := make(map[string]rune)
				encode := func(s string) []rune {
					var out []rune
					for _, w := range strings.Fields(s) {
						if _, ok := ids[w]; !ok {
							ids[w] = rune(len(ids) + 1)
						}
						out = append(out, ids[w])
					}
					return out
				}
				dmp := diffmatchpatch.New()
				dmp.DiffTimeout = 0
				dmp.DiffMainRunes(encode(x), encode(y), false)
			}
		})
	}
}

// TestWorstCases runs what could cost the square of its length and requires that
// it ends soon; the limit is generous, for slow machines.
func TestWorstCases(t *testing.T) {
	if testing.Short() {
		t.Skip("large texts")
	}
	long := strings.Join(prose(3, 7300), " ")
	repeated := make([]string, 50_000)
	for i := range repeated {
		repeated[i] = "The two ministers exchanged views on the harbour."
	}
	tests := []struct {
		name     string
		old, new []string
	}{
		{"unrelated", prose(4, 7300), prose(5, 7300)},
		{"repeated", repeated, append([]string{"They met."}, repeated[:30_000]...)},
		{"repeated against other", repeated, prose(6, 7300)},
		{"no sentence marks", []string{long}, []string{strings.Join(prose(7, 7300), " ")}},
		{"no sentence marks, edited", []string{long}, []string{strings.Join(edited(3, prose(3, 7300)), " ")}},
	}
	for _, tt := range tests {
		for _, cause := range []diff.Cause{diff.Record, diff.Position} {
			start := time.Now()
			r := diff.Compare(releaseOf("old", tt.old), releaseOf("new", tt.new), diff.Options{Cause: cause})
			took := time.Since(start)
			t.Logf("%s, %s: %v, %d changes", tt.name, cause, took.Round(time.Millisecond), len(r.Changes))
			if took > 30*time.Second {
				t.Errorf("%s, %s took %v", tt.name, cause, took)
			}
		}
	}
}

// BenchmarkChain follows a topic through meetings that hardly take up what earlier ones
// said, so that what was dropped grows with every one of them.
func BenchmarkChain(b *testing.B) {
	for _, meetings := range []int{50, 100, 200, 400} {
		b.Run(fmt.Sprint(meetings), func(b *testing.B) {
			const each = 6
			texts := prose(1, meetings*each)
			var past [][]string
			for i := range meetings {
				said := slices.Clone(texts[i*each : (i+1)*each])
				if i >= 10 { // one comes back
					said[0] = texts[(i-10)*each+1]
				}
				past = append(past, said)
			}
			line, _ := course(past...)
			b.ReportAllocs()
			for b.Loop() {
				diff.Chain(line, diff.Options{})
			}
		})
	}
}
