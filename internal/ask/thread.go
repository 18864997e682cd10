package ask

import (
	"math"
	"slices"

	"readout/diff"
	"readout/timeline"
)

// Thread is one topic from meeting to meeting.
type Thread struct {
	Timeline *timeline.Timeline
	Steps    []diff.Step // one for each entry of the timeline
	Notes    []Note      // one for each step
	// Raised and Met count the meetings that raise the topic, and all of the series, also those that a
	// filter leaves out; two releases about one meeting are one.
	Raised, Met int

	whole []diff.Step // also those that a filter of days, kinds or levels leaves out
}

// language is the one in which most releases raise the topic, the first by its code of equals.
func (th *Thread) language() string {
	n := map[string]int{}
	for i := range th.whole {
		if e := &th.whole[i].Entry; e.Raised {
			n[e.Release.Language]++
		}
	}
	usual := ""
	for language, count := range n {
		if count > n[usual] || count == n[usual] && language < usual {
			usual = language
		}
	}
	return usual
}

// Note is what is worth noting about a step beside its changes.
type Note struct {
	Novelty Novelty // zero where the topic was not raised, or for the first time
	Agenda  Agenda  // zero where the topic was not raised
}

// Novelty says how much of the wording on a topic changed at a meeting, and how that
// compares with the meetings before.
type Novelty struct {
	Changed float64 `json:"changed"`        // share of the words of both texts that were put in or taken out, 0 to 1
	Usual   float64 `json:"usual"`          // the median share at the meetings before, 0 where there are none
	Earlier int     `json:"earlier"`        // how many changes there were before
	Above   int     `json:"above"`          // how many of them were smaller
	Notable bool    `json:"notable"`        // greater than every one before by a wide margin, or Still
	Still   bool    `json:"-" cbor:"still"` // nothing changed on a topic whose wording usually does
}

// minHistory is how many changes a topic must have seen for one to be called unusual.
const minHistory = 4

// judge says whether the change is unusual, in a history long enough to judge by.
func (n *Novelty) judge() {
	if n.Earlier < minHistory {
		return
	}
	n.Still = n.Changed == 0 && n.Usual >= 0.25
	n.Notable = n.Still || n.Above == n.Earlier && n.Changed >= n.Usual+(1-n.Usual)/2
}

// Agenda is the place of a topic in a release, and how it moved since the last release
// that raised it.
type Agenda struct {
	Place   int    `json:"place"`   // 1 for the topic raised first
	Of      int    `json:"of"`      // how many topics the release raises
	Heading string `json:"heading"` // of the section given to the topic, or ""
	// Moved is "up" or "down" where the topic moved by half of the agenda or more.
	Moved string `json:"moved"`
	// Change is "got" or "lost" where the topic got a heading of its own, or lost it.
	Change string        `json:"heading_change"`
	Last   timeline.Slot `json:"-" cbor:"last"` // zero where there is none to compare with
}

// Notable reports whether the topic moved, or got or lost its heading.
func (a Agenda) Notable() bool { return a.Moved != "" || a.Change != "" }

// Follow lays the topic with the given id out over the releases of its series. The filter's
// days, kinds and levels cut the result, not what is compared: the first meeting in the range
// is held against the one before it. The zero options work.
func Follow(topics *timeline.Topics, id string, f timeline.Filter, o diff.Options) *Thread {
	cut := timeline.Filter{Since: f.Since, Until: f.Until, Kinds: f.Kinds, Levels: f.Levels}
	f = timeline.Filter{Speakers: f.Speakers, Acts: f.Acts}
	t := timeline.Build(topics, id, f)
	o = within(topics, o)
	th := &Thread{Timeline: t, Steps: diff.Chain(t, o)}
	th.Notes = notes(th.Steps, id)
	th.Raised, th.Met = meetings(t.Entries)
	entries, notes := t.Entries, th.Notes
	th.whole, th.Steps, th.Notes, t.Entries = th.Steps, nil, nil, nil
	for i, e := range entries {
		if cut.Admits(e.Release) {
			t.Entries, th.Steps, th.Notes = append(t.Entries, e), append(th.Steps, th.whole[i]), append(th.Notes, notes[i])
		}
	}
	return th
}

// within returns the options with the series as a whole, which it lays out unless that was done.
func within(topics *timeline.Topics, o diff.Options) diff.Options {
	if o.Past == nil {
		o.Past = diff.NewPast(topics.Releases(), o)
	}
	return o
}

func notes(steps []diff.Step, topic string) []Note {
	out := make([]Note, len(steps))
	var shares []float64 // of the steps before, ascending
	slots := map[*timeline.Release]timeline.Slot{}
	for i, s := range steps {
		if !s.Entry.Raised {
			continue
		}
		slots[s.Entry.Release] = timeline.SlotOf(s.Entry.Release, topic)
		out[i].Agenda = agenda(slots, s)
		if s.Previous == nil {
			continue
		}
		share := changed(s)
		out[i].Novelty = novelty(share, shares)
		at, _ := slices.BinarySearch(shares, share)
		shares = slices.Insert(shares, at, share)
	}
	return out
}

// changed is the share of the words of both sides that were put in or taken out.
func changed(s diff.Step) float64 {
	var n wordCount
	n.add(s)
	return n.changed()
}

// wordCount counts the words of a step on both sides. The zero value is ready.
type wordCount struct{ edited, all int }

// add counts the words of a step.
func (n *wordCount) add(s diff.Step) {
	for _, c := range s.Statements {
		for _, e := range diff.Legible(c.Edits) {
			words := diff.CountWords(e.Text)
			if e.Op == diff.Equal {
				n.all += 2 * words
				continue
			}
			n.all += words
			n.edited += words
		}
	}
	for _, d := range s.Dropped {
		words := diff.CountWords(d.Statement.Text)
		n.all, n.edited = n.all+words, n.edited+words
	}
}

// changed is the share of the words that were put in or taken out, 0 where there are none.
func (n wordCount) changed() float64 {
	if n.all == 0 {
		return 0
	}
	return round(float64(n.edited) / float64(n.all))
}

// kept is the share that was not, nil where there are none.
func (n wordCount) kept() *float64 {
	if n.all == 0 {
		return nil
	}
	x := round(1 - float64(n.edited)/float64(n.all))
	return &x
}

// novelty compares a share with those of earlier steps, which are ascending.
func novelty(share float64, earlier []float64) Novelty {
	n := Novelty{Changed: share, Earlier: len(earlier)}
	if len(earlier) == 0 {
		return n
	}
	n.Usual = earlier[len(earlier)/2]
	n.Above, _ = slices.BinarySearch(earlier, share)
	n.judge()
	return n
}

// agenda compares the slot of a step with that in the release before. Releases of
// another kind have another agenda: a joint statement and a telephone call are not
// compared.
func agenda(slots map[*timeline.Release]timeline.Slot, s diff.Step) Agenda {
	here := slots[s.Entry.Release]
	a := Agenda{Place: here.Place, Of: here.Of, Heading: here.Heading}
	if s.Previous == nil || !timeline.SameForm(s.Previous.Kind, s.Entry.Release.Kind) {
		return a
	}
	a.Last = slots[s.Previous]
	const few = 4 // topics, below which an order says nothing
	if here.Of >= few && a.Last.Of >= few {
		switch d := depth(here) - depth(a.Last); {
		case d <= -0.5:
			a.Moved = "up"
		case d >= 0.5:
			a.Moved = "down"
		}
	}
	if here.Headed && a.Last.Headed {
		switch {
		case here.Heading != "" && a.Last.Heading == "":
			a.Change = "got"
		case here.Heading == "" && a.Last.Heading != "":
			a.Change = "lost"
		}
	}
	return a
}

// depth is how far down the agenda a slot is, 0 to 1.
func depth(s timeline.Slot) float64 { return float64(s.Place-1) / float64(s.Of-1) }

// round keeps two places: answers are the same on every machine.
func round(x float64) float64 { return math.Round(x*100) / 100 }

// Threads follows some of the topics, in the order of the list.
func Threads(topics *timeline.Topics, list []timeline.Topic, f timeline.Filter, o diff.Options) []*Thread {
	o = within(topics, o)
	out := make([]*Thread, 0, len(list))
	for _, t := range list {
		out = append(out, Follow(topics, t.ID, f, o))
	}
	return out
}
