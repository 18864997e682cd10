package diff

import (
	"slices"

	"readout/timeline"
)

// What a run of words must have to be called a wording that was taken up again, and not
// words that any two texts share: "the two leaders", "in the United States". Letters are
// counted for scripts in which every character is a word.
const (
	leastContent = 3 // words that are neither structure nor formula
	leastLetters = 8 // in these
	// Words that nine in ten earlier releases have, such as the names of the parties,
	// are formula too, if there are usualOf at least to judge by.
	usualOf = 5
)

// ancestry is the wording of the earlier meetings, to be found by its words.
type ancestry struct {
	vocabulary *vocabulary
	said       []wording
	at         map[trigram][]place // in the order in which they were said
}

// wording is a statement as its words, punctuation left out.
type wording struct {
	release   *timeline.Release
	statement string
	words     []token // with the ids of their folded forms
}

// noteUsual makes formulae of the words that nearly all of the releases have.
func (a *ancestry) noteUsual(releases int) {
	if releases < usualOf {
		return
	}
	in := map[int32]int{}
	last := map[int32]*timeline.Release{}
	for _, w := range a.said {
		for _, t := range w.words {
			if last[t.id] != w.release {
				last[t.id] = w.release
				in[t.id]++
			}
		}
	}
	for id, n := range in {
		if 10*n >= 9*releases {
			a.vocabulary.entries[id].class |= formula
		}
	}
}

type trigram [leastContent]int32

// place is where in an earlier wording a run of words begins.
type place struct{ wording, word int32 }

func (a *ancestry) add(r *timeline.Release, st timeline.Statement) {
	w := wording{r, st.ID, a.words(st.Text)}
	for i := range len(w.words) - leastContent + 1 {
		t := trigramAt(w.words, i)
		a.at[t] = append(a.at[t], place{int32(len(a.said)), int32(i)})
	}
	a.said = append(a.said, w)
}

// words returns the folded words of text.
func (a *ancestry) words(text string) []token {
	all := a.vocabulary.tokenize(text)
	out := all[:0]
	for _, t := range all {
		if e := &a.vocabulary.entries[t.id]; e.word {
			t.id = e.folded
			out = append(out, t)
		}
	}
	return out
}

func trigramAt(words []token, i int) trigram {
	return trigram{words[i].id, words[i+1].id, words[i+2].id}
}

// origins returns for each word the wording it comes from, here for those of no run.
func (a *ancestry) origins(words []token, here *wording) []*wording {
	out := make([]*wording, 0, len(words))
	fill := func(to int, o *wording) {
		for len(out) < to {
			out = append(out, o)
		}
	}
	for _, run := range a.runs(words) {
		p := a.first(words[run.from:run.to])
		origin := &a.said[p.wording]
		run = a.grow(run, len(out), words, origin.words, int(p.word))
		n := len(out)
		switch {
		case slices.ContainsFunc(words[n:run.from], a.heavy):
			fill(run.from, here)
		case n > 0:
			fill(run.from, out[n-1])
		}
		fill(run.to, origin) // and what leads up to it, at the start of the text
	}
	fill(len(words), here)
	return out
}

// run is a stretch of words, without the one at to.
type run struct{ from, to int }

// runs chooses, among all runs that were said before, those that cover most words with
// content, where each run is charged two, so that one long run beats two short ones. Of
// equal choices it takes the one whose first run is the longest.
func (a *ancestry) runs(words []token) []run {
	worth := make([]int, len(words)+1) // of the best choice from here on
	next := make([]int, len(words))    // where the run that begins here ends, 0 for none
	for i := len(words) - leastContent; i >= 0; i-- {
		worth[i] = worth[i+1]
		if !a.content(words[i]) {
			continue
		}
		content, letters := 0, int32(0)
		for to := i + 1; to <= i+a.longest(words[i:]); to++ {
			if !a.content(words[to-1]) {
				continue
			}
			content, letters = content+1, letters+a.vocabulary.entries[words[to-1].id].weight
			if w := worth[to] + content - (leastContent - 1); content >= leastContent && letters >= leastLetters && w >= worth[i] {
				worth[i], next[i] = w, to
			}
		}
	}
	var out []run
	for i := 0; i < len(words); {
		if next[i] == 0 {
			i++
			continue
		}
		out = append(out, run{i, next[i]})
		i = next[i]
	}
	return out
}

// grow widens the run over words without content that its origin, whose words begin at
// the place at, has around it as well: forwards not onto a function word at the end, and
// backwards not below the word done.
func (a *ancestry) grow(r run, done int, words, origin []token, at int) run {
	after := at + r.to - r.from
	for i := 0; r.to+i < len(words) && after+i < len(origin) && words[r.to+i].id == origin[after+i].id && !a.content(words[r.to+i]); i++ {
		if a.heavy(words[r.to+i]) {
			r.to, after, i = r.to+i+1, after+i+1, -1
		}
	}
	for at > 0 && r.from > done && words[r.from-1].id == origin[at-1].id && !a.content(words[r.from-1]) {
		r.from, at = r.from-1, at-1
	}
	return r
}

// content reports whether a word is more than structure and formula, heavy whether it
// is more than structure.
func (a *ancestry) content(t token) bool {
	return a.vocabulary.entries[t.id].class&(stopWord|formula) == 0
}

func (a *ancestry) heavy(t token) bool { return a.vocabulary.entries[t.id].class&stopWord == 0 }

// longest returns how many of the words, from the first, some earlier wording has in a
// row, 0 for fewer than three.
func (a *ancestry) longest(words []token) int {
	n := 0
	for _, p := range a.places(words) {
		n = max(n, a.shared(p, words))
	}
	return n
}

// first returns the first place that has all the words in a row. There must be one.
func (a *ancestry) first(words []token) place {
	places := a.places(words)
	return places[slices.IndexFunc(places, func(p place) bool { return a.shared(p, words) == len(words) })]
}

func (a *ancestry) places(words []token) []place {
	if len(words) < leastContent {
		return nil
	}
	return a.at[trigramAt(words, 0)]
}

// shared returns how many of the words stand in a row at the place.
func (a *ancestry) shared(p place, words []token) int {
	said := a.said[p.wording].words[p.word:]
	n := 0
	for n < len(said) && n < len(words) && said[n].id == words[n].id {
		n++
	}
	return n
}
