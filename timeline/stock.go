package timeline

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// StockOptions adjust [Stock]. The zero value works.
type StockOptions struct {
	// Uses is how many releases must have a phrase for it to count, 0 for 3, or for 2
	// in a series whose releases repeat each other.
	Uses int
	// Words say what names an issue and where a phrase ends; nil stands for [DefaultWordLists].
	Words *WordLists
}

// StockPhrase is a run of words that the releases of a series use again and again.
type StockPhrase struct {
	Text      string // as its first use has it
	Words     int
	Uses      []*Release // in order
	Statement Statement  // of the first use
}

// PhraseChange is a stock phrase that came, went or came back at a release.
type PhraseChange struct {
	Phrase *StockPhrase
	// Run is how many releases had the phrase in the run that ends here, or begins.
	Run int
	// Last is the last release before this one that had it, nil where it appears.
	Last *Release
	// Absent is how many releases had done without it when it came back.
	Absent int
}

// PhraseTurn is a release with the stock phrases that came and went at it.
type PhraseTurn struct {
	Release *Release
	// Apart reports that the release is of another form than the rest of a series
	// whose releases repeat each other: nothing comes or goes at it.
	Apart                           bool
	Appeared, Disappeared, Returned []PhraseChange // those used longest first
}

// Stock finds the stock phrases of a series and says at which release each appeared,
// disappeared and came back: a turn for every dated release, in the order of
// [CompareReleases]. A phrase is gone once it is missing for clearly longer than it
// used to be between two uses. Of phrases that turn together and hold each other, that
// of the longest run is given, and of equals the longest. Texts are compared by words, as [Trace] does.
func Stock(releases []*Release, o StockOptions) []PhraseTurn {
	sorted, _ := Dated(releases)
	m := newMiner(sorted, cmp.Or(o.Words, DefaultWordLists()))
	turns := make([]PhraseTurn, len(sorted))
	for i, r := range sorted {
		turns[i] = PhraseTurn{Release: r, Apart: m.apart[i]}
	}
	uses := o.Uses
	if uses == 0 {
		uses = 3
		if m.formulaic {
			uses = 2
		}
	}
	for _, p := range m.phrases(uses) {
		if m.telling(p.Text) {
			m.turn(turns, p)
		}
	}
	for i := range turns {
		for _, list := range []*[]PhraseChange{&turns[i].Appeared, &turns[i].Disappeared, &turns[i].Returned} {
			*list = outermost(*list)
		}
	}
	return turns
}

// outermost puts the changes in order, single words last, and drops those of phrases that hold another's
// words, or lie in them.
func outermost(list []PhraseChange) []PhraseChange {
	slices.SortFunc(list, func(a, b PhraseChange) int {
		return cmp.Or(cmp.Compare(single(a), single(b)), cmp.Compare(b.Run, a.Run), cmp.Compare(b.Phrase.Words, a.Phrase.Words),
			cmp.Compare(len(b.Phrase.Uses), len(a.Phrase.Uses)), cmp.Compare(a.Phrase.Text, b.Phrase.Text))
	})
	var out []PhraseChange
	var folded []string
	for _, c := range list {
		f := " " + foldText(c.Phrase.Text) + " "
		if !slices.ContainsFunc(folded, func(g string) bool { return strings.Contains(f, g) || strings.Contains(g, f) }) {
			out = append(out, c)
			folded = append(folded, f)
		}
	}
	return out
}

// single is 1 for a phrase of one word, else 0.
func single(c PhraseChange) int {
	if c.Phrase.Words == 1 {
		return 1
	}
	return 0
}

// turn enters the phrase where it came and went.
func (m *miner) turn(turns []PhraseTurn, p *mined) {
	at := make([]int, len(p.uses)) // among the releases that are not apart
	for i, u := range p.uses {
		at[i] = m.rank[u]
	}
	// Releases that repeat each other show a change at once; where each meeting has an
	// agenda of its own, a phrase may rest for some meetings and is not gone.
	long, least := 3*usualGap(at), 2
	if !m.formulaic {
		long, least = long+restful, 3
	}
	for _, run := range runs(at, long+1) {
		first, last, n := at[run.from], at[run.to], run.to-run.from+1
		change := PhraseChange{Phrase: &p.StockPhrase, Run: n}
		switch {
		case run.from > 0:
			change.Last = m.sorted[p.uses[run.from-1]]
			change.Absent = first - at[run.from-1] - 1
			turns[m.index[first]].Returned = append(turns[m.index[first]].Returned, change)
		case n >= least && first > 0: // what the first release has did not appear with it
			turns[m.index[first]].Appeared = append(turns[m.index[first]].Appeared, change)
		}
		gone := len(m.index) - 1 - last
		if run.to+1 < len(at) {
			gone = at[run.to+1] - last - 1
		}
		if n >= least && gone > long {
			turns[m.index[last+1]].Disappeared = append(turns[m.index[last+1]].Disappeared,
				PhraseChange{Phrase: &p.StockPhrase, Run: n, Last: m.sorted[p.uses[run.to]]})
		}
	}
}

// restful is for how many releases in a row a phrase may rest where releases do not
// repeat each other.
const restful = 3

// usualGap is the median number of releases between two uses.
func usualGap(at []int) int {
	gaps := make([]int, 0, len(at))
	for i := 1; i < len(at); i++ {
		gaps = append(gaps, at[i]-at[i-1]-1)
	}
	if len(gaps) == 0 {
		return 0
	}
	slices.Sort(gaps)
	return gaps[len(gaps)/2]
}

// run is the uses from one place of a list to another, both included.
type run struct{ from, to int }

// runs splits uses where more than most releases lie between two.
func runs(at []int, most int) []run {
	out := []run{{0, 0}}
	for i := 1; i < len(at); i++ {
		if at[i]-at[i-1]-1 > most {
			out = append(out, run{i, i})
			continue
		}
		out[len(out)-1].to = i
	}
	return out
}

// The measures of a series whose releases repeat each other, as those of a committee
// that meets by the calendar do, and of a release in it that is of another form.
const (
	formulaicFrom = 0.15 // median share of three-word runs that a release has of its neighbours
	apartBelow    = 0.25 // of that median
	neighbours    = 10   // on either side
)

// forms tells whether the releases repeat each other, and which stand apart.
func forms(runs []map[string]bool) (formulaic bool, apart []bool) {
	apart = make([]bool, len(runs))
	central := make([]float64, len(runs))
	for i := range runs {
		var shares []float64
		for k := max(0, i-neighbours); k < min(len(runs), i+neighbours+1); k++ {
			if k != i {
				shares = append(shares, overlap(runs[i], runs[k]))
			}
		}
		central[i] = median(shares)
	}
	usual := median(slices.Clone(central))
	if usual < formulaicFrom {
		return false, apart
	}
	for i, c := range central {
		apart[i] = c < apartBelow*usual
	}
	return true, apart
}

// overlap is the share of the smaller set that the larger one has.
func overlap(a, b map[string]bool) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	n := 0
	for x := range a {
		if b[x] {
			n++
		}
	}
	return float64(n) / math.Max(1, float64(len(a)))
}

func median(xs []float64) float64 {
	if len(xs) == 0 {
		return 0
	}
	slices.Sort(xs)
	return xs[len(xs)/2]
}
