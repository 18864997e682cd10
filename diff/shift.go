package diff

import (
	"slices"
	"strings"

	"readout/timeline"
)

// ShiftKind says which way a position went.
type ShiftKind string

// The kinds of shift.
const (
	Firmed    ShiftKind = "firmed"    // a firmer verb: discussed → agreed, may → will
	Softened  ShiftKind = "softened"  // a weaker verb: agreed → discussed, will → may
	Narrowed  ShiftKind = "narrowed"  // less is covered: all → some
	Widened   ShiftKind = "widened"   // more is covered
	ToOneSide ShiftKind = "one_sided" // said by both before, now by one side
	ToJoint   ShiftKind = "joint"     // said by one side before, now by both
)

// Shift is an indication that a position is held more or less firmly than before,
// or by others. It is for a reader to judge, and holds both sentences for that.
type Shift struct {
	Kind  ShiftKind `json:"kind"`
	Scale string    `json:"scale"` // the ladder it was read on: "commitment", "promise", "demand", "objection"; "qualifier" or "speakers"
	From  string    `json:"from"`  // the name of the old rung ("agreed"), the modal verb, the words with their qualifier, or the speakers ("JP RU")
	To    string    `json:"to"`
	Old   Quote     `json:"old"`
	New   Quote     `json:"new"`
	// OldWord and NewWord are the verbs from which it was read, as the sentences have them; "" where it was
	// read from something else, or the verb stands above the sentence.
	OldWord string `json:"old_word"`
	NewWord string `json:"new_word"`
}

// Words are what the shift is read from, as the texts have it: the verbs that govern the matter, or else
// what From and To say.
func (s Shift) Words() (from, to string) {
	if s.OldWord == "" || s.NewWord == "" {
		return s.From, s.To
	}
	return s.OldWord, s.NewWord
}

// Quote is a sentence with the id of its statement.
type Quote struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// Shifts returns the shifts between the two wordings of a change, nil for none. They
// are looked for only where both wordings share words of substance: the verbs that
// are compared are those which govern the shared words on either side, since one
// sentence often holds several verbs. A nil ladder is [DefaultLadder].
func Shifts(c *Change, l *Ladder) []Shift {
	if l == nil {
		l = DefaultLadder()
	}
	return l.shifts(newVocabulary(DefaultLexicon()), c)
}

// shifts is [Shifts] with the vocabulary of a comparison, which knows the words already.
func (l *Ladder) shifts(v *vocabulary, c *Change) []Shift {
	if c.Kind != Reworded || len(c.Old) == 0 || len(c.New) == 0 {
		return nil
	}
	common, ok := v.core(c)
	if !ok {
		return nil
	}
	before, after := l.reading(v, c.Old, common.old), l.reading(v, c.New, common.new)
	var out []Shift
	add := func(kind ShiftKind, scale, from, to string) {
		out = append(out, Shift{Kind: kind, Scale: scale, From: from, To: to, Old: before.quote(), New: after.quote()})
	}
	if kind, moved := compareRungs(before.rung, after.rung); moved {
		add(kind, before.rung.scale, l.names[before.rung], l.names[after.rung])
		out[0].OldWord, out[0].NewWord = before.verb, after.verb
	}
	if from, to, kind, ok := l.modals(c.Marks); ok && c.Similarity >= minAlikeModal {
		add(kind, promise, from, to)
	}
	if kind, ok := sides(before.statement.Speakers, after.statement.Speakers); ok && c.Similarity >= minAlike &&
		before.verbs < 2 && after.verbs < 2 {
		add(kind, "speakers", partyList(before.statement.Speakers), partyList(after.statement.Speakers))
	}
	return out
}

func compareRungs(x, y rung) (ShiftKind, bool) {
	switch {
	case x.scale != y.scale || x.height == 0 || y.height == 0 || x.height == y.height:
		return "", false
	case x.height < y.height:
		return Firmed, true
	}
	return Softened, true
}

// footing is where the shared words begin, in bytes of either text.
type footing struct{ old, new int }

// Shared words count as the same matter from minShared words in a row on that weigh
// minSubstance (a word of substance 2, a formula of the trade 1), where all the shared
// words weigh minShare of the shorter wording: two sentences that only name the same
// summit in passing say nothing about each other's verbs.
const (
	minShared    = 3
	minSubstance = 3
	minShare     = 0.5
	// A verb reaches over so many words of substance to what it governs.
	maxBetween = 3
	// A speaker is held against another, and a modal verb, only where the sentences are
	// alike on the whole: both stand for the sentence, not for the words shared. A modal
	// verb may stand in any clause of it, so that more is asked there.
	minAlike      = 0.4
	minAlikeModal = 0.6
)

// core finds the longest run of shared words of substance, and in it the first word
// of substance. It reports false where the two texts share too little for a verb
// of the one to be held against a verb of the other.
func (v *vocabulary) core(c *Change) (footing, bool) {
	var best footing
	most, shared, old, new := 0, 0, 0, 0
	inOld, inNew := 0, 0 // substance of either side
	for _, e := range c.Edits {
		words, substance, first := v.substance(e.Text)
		if e.Op == Equal && words >= minShared && substance >= minSubstance && substance > most {
			most, best = substance, footing{old + first, new + first}
		}
		if e.Op == Equal {
			shared += substance
		}
		if e.Op != Insert {
			old += len(e.Text)
			inOld += substance
		}
		if e.Op != Delete {
			new += len(e.Text)
			inNew += substance
		}
	}
	return best, most > 0 && float64(shared) >= minShare*float64(min(inOld, inNew))
}

// substance counts the words of text and weighs what they say; first is where the
// first of these begins, -1 for none.
func (v *vocabulary) substance(text string) (words, weight, first int) {
	first = -1
	for _, t := range v.passing(text) {
		e := &v.entries[t.id]
		if !e.word {
			continue
		}
		words++
		if n := v.weight(t.id); n > 0 {
			if weight += n; first < 0 {
				first = int(t.start)
			}
		}
	}
	return words, weight, first
}

// weight is what a word says: 2 for substance, 1 for a formula of the trade, 0 for a
// function word.
func (v *vocabulary) weight(id int32) int {
	switch e := &v.entries[id]; {
	case !e.word || e.class&(stopWord|modal) != 0:
		return 0
	case e.class&formula != 0:
		return 1
	}
	return 2
}

// reading is how one side puts the shared matter.
type reading struct {
	statement timeline.Statement
	rung      rung   // of the verb that governs it; zero for none
	verb      string // the words of that verb, "" where the act was taken from above
	verbs     int    // reporting verbs in the sentence: with several, who says which is open
}

func (r reading) quote() Quote { return Quote{ID: r.statement.ID, Text: r.statement.Text} }

// reading finds the statement that holds the byte at of the joined texts of ss, and
// the last verb before that byte which reaches it; where the sentence has no verb of
// a ladder, the act it takes from what stands above it counts.
func (l *Ladder) reading(v *vocabulary, ss []timeline.Statement, at int) reading {
	i := 0
	for ; i+1 < len(ss) && at >= len(ss[i].Text); i++ {
		at -= len(ss[i].Text) + 1 // the space they are joined by
	}
	r := reading{statement: ss[i]}
	verbs, last, words := l.verbs(v, ss[i].Text, at)
	r.verbs = verbs
	switch {
	case words != "":
		r.rung, r.verb = last, words
	case verbs == 0:
		r.rung, _ = l.ofAct(ss[i].Act)
	}
	return r
}

// verbs counts the reporting verbs of a sentence and returns the rung and the words of the last
// one that reaches the byte at, "" where none does. A clause hung on with a comma ("…, building on the visit of
// …") is out of the reach of the verbs before it, and so is what stands behind another
// matter.
func (l *Ladder) verbs(v *vocabulary, text string, at int) (n int, last rung, verb string) {
	words := v.sentence(text)
	between := 0 // words of substance since the last verb
	for i := 0; i < len(words.folded); {
		near := words.starts[i] <= at
		if near && words.barrier[i] {
			verb = ""
		}
		r, end := l.at(words.folded, i)
		if end == i || r.scale == promise {
			if between += words.weight[i]; near && words.starts[i] < at && between > maxBetween {
				verb = ""
			}
			i++
			continue
		}
		n++
		if near {
			last, verb, between = r, text[words.starts[i]:words.ends[end-1]], 0
		}
		i = end
	}
	if verb == "" {
		last = rung{}
	}
	return n, last, verb
}

// sentence is the words of a text: folded, with where each starts and ends, whether it begins a
// clause out of the reach of the verbs before, and 1 for a word of substance.
type sentence struct {
	folded  []string
	starts  []int
	ends    []int
	barrier []bool
	weight  []int
}

func (v *vocabulary) sentence(text string) sentence {
	ts := v.passing(text)
	s := sentence{make([]string, 0, len(ts)), make([]int, 0, len(ts)), make([]int, 0, len(ts)), make([]bool, 0, len(ts)),
		make([]int, 0, len(ts))}
	comma, stop := false, false
	for _, t := range ts {
		e := &v.entries[t.id]
		if !e.word {
			comma = e.text == ","
			stop = stop || strings.ContainsAny(e.text, ";:")
			continue
		}
		w := v.entries[e.folded].text
		s.folded, s.starts, s.weight = append(s.folded, w), append(s.starts, int(t.start)), append(s.weight, v.weight(t.id)/2)
		s.ends = append(s.ends, int(t.end))
		s.barrier = append(s.barrier, stop || comma && v.lexicon.hangs(w))
		comma, stop = false, false
	}
	return s
}

// hangs reports whether a word after a comma opens a clause of its own: a relative word or a participle.
func (l *Lexicon) hangs(word string) bool {
	c := l.of(word)
	return c&opener != 0 || c&joiner == 0 && slices.ContainsFunc(l.endings, func(end string) bool {
		return len(word) > len(end)+leastVerb && strings.HasSuffix(word, end)
	})
}

// leastVerb is how many letters a verb has at least before the ending of its participle, less one.
const leastVerb = 2

// modals returns the change of a modal verb, where exactly one was replaced by one of
// another height and no negation came or went, which would turn its meaning round.
func (l *Ladder) modals(marks []Mark) (from, to string, kind ShiftKind, ok bool) {
	for _, m := range marks {
		if m.Kind == MarkNegation {
			return "", "", "", false
		}
		if m.Kind != MarkModal || m.Old == "" || m.New == "" {
			continue
		}
		x, known := l.ofModal(m.Old)
		y, also := l.ofModal(m.New)
		if k, moved := compareRungs(x, y); known && also && moved {
			if ok {
				return "", "", "", false
			}
			from, to, kind, ok = strings.ToLower(m.Old), strings.ToLower(m.New), k, true
		}
	}
	return from, to, kind, ok
}

// sides tells whether a statement went from several speakers to one of them, or
// the other way.
func sides(before, after []timeline.Party) (ShiftKind, bool) {
	switch {
	case len(before) > 1 && len(after) == 1 && slices.Contains(before, after[0]):
		return ToOneSide, true
	case len(before) == 1 && len(after) > 1 && slices.Contains(after, before[0]):
		return ToJoint, true
	}
	return "", false
}

func partyList(ps []timeline.Party) string {
	parts := make([]string, len(ps))
	for i, p := range ps {
		parts[i] = string(p)
	}
	return strings.Join(parts, " ")
}
