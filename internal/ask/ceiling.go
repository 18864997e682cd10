package ask

import (
	"cmp"
	"slices"
	"time"

	"readout/diff"
	"readout/timeline"
)

// Untold counts what a report does not tell because it would be too long.
type Untold struct {
	Releases int    `json:"releases"` // new ones of which nothing is told
	Records  int    `json:"records"`  // altered pages of which nothing is told
	Changes  int    `json:"changes"`  // of statements, wherever they stand
	Sources  int    `json:"sources"`  // in trouble
	Command  string `json:"command"`  // tells all of it
}

// newsItem is what is told or left out as one: a change under all the topics it stands
// under, or a text that has none.
type newsItem struct {
	key    newsKey
	weight int
}

// newsKey names an item: the text, and the statements of the change.
type newsKey struct{ text, change string }

// Brief returns the report as people are told it: at most the given number of changes, the
// weightiest first where there are more, none of which only the author narrates. Releases
// and altered pages of which nothing is left are counted in [Changes.LeftOut]. The report
// itself stays as it is.
func (c *Changes) Brief(most int) *Changes {
	items := c.items()
	slices.SortStableFunc(items, func(x, y newsItem) int { return cmp.Compare(y.weight, x.weight) })
	told := map[newsKey]bool{}
	texts := map[string]bool{}
	changes := 0
	for i, item := range items {
		if i < most {
			told[item.key], texts[item.key.text] = true, true
		} else if item.key.change != "" {
			changes++
		}
	}
	out := NewChanges()
	for _, r := range c.Releases {
		if !texts[r.Release] {
			continue
		}
		out.Releases = append(out.Releases, r.only(told))
	}
	for _, d := range c.Records {
		if text := recordText(d); texts[text] {
			out.Records = append(out.Records, d.only(text, told))
		}
	}
	out.Site = c.Site
	out.Sources = c.Sources[:min(len(c.Sources), most)]
	left := Untold{Releases: len(c.Releases) - len(out.Releases), Records: len(c.Records) - len(out.Records),
		Changes: changes, Sources: len(c.Sources) - len(out.Sources)}
	if left != (Untold{}) {
		out.LeftOut = &left
	}
	return out
}

// Lead is a change that a report leads with.
type Lead struct {
	Day     timeline.Date // of the newer text
	Series  timeline.SeriesID
	Release string
	Altered bool // a published page says something else
	Change  DiffChange
	// Captured is when the newer text was seen.
	Captured time.Time
}

// Foremost returns the n weightiest findings, and how many changes there are: pages that were altered,
// positions that moved, absences that are proved. What is merely new or reworded is none.
func (c *Changes) Foremost(n int) (out []Lead, all int) {
	items := c.items()
	all = len(items)
	slices.SortStableFunc(items, func(x, y newsItem) int { return cmp.Compare(y.weight, x.weight) })
	for _, item := range items {
		if f, ok := c.finding(item.key); ok && item.weight >= weightGone && len(out) < n {
			out = append(out, f)
		}
	}
	return out, all
}

// finding returns the change that a key names.
func (c *Changes) finding(key newsKey) (Lead, bool) {
	in := func(text string, d *Diff, f Lead) (Lead, bool) {
		for i := range d.Changes {
			if text == key.text && d.Changes[i].key() == key.change {
				f.Change = d.Changes[i]
				return f, true
			}
		}
		return f, false
	}
	for _, r := range c.Releases {
		for _, t := range r.Topics {
			if f, ok := in(r.Release, t.Diff, Lead{Day: r.Of.Day(), Series: r.Series, Release: r.Release, Captured: r.Of.CapturedAt}); ok {
				return f, true
			}
		}
	}
	for _, d := range c.Records {
		new := d.Report.New
		if f, ok := in(recordText(d), d, Lead{
			Day:      new.Day(),
			Series:   new.Series,
			Release:  new.ID,
			Altered:  true,
			Captured: new.CapturedAt,
		}); ok {
			return f, true
		}
	}
	return Lead{}, false
}

// items lays out what there is to tell, in the order of the report.
func (c *Changes) items() []newsItem {
	var out []newsItem
	seen := map[newsKey]bool{}
	add := func(text string, d *Diff) (any bool) {
		for i := range d.Changes {
			ch := &d.Changes[i]
			if ch.Kind == diff.Unchanged || narrates(ch) {
				continue
			}
			any = true
			if key := (newsKey{text, ch.key()}); !seen[key] {
				seen[key] = true
				out = append(out, newsItem{key, ch.weight()})
			}
		}
		return any
	}
	bare := func(text string, weight int) { out = append(out, newsItem{newsKey{text: text}, weight}) }
	for _, r := range c.Releases {
		any := false
		for _, t := range r.Topics {
			any = add(r.Release, t.Diff) || any
		}
		if !any {
			bare(r.Release, 0)
		}
	}
	for _, d := range c.Records {
		if !add(recordText(d), d) || len(d.Asides) > 0 {
			bare(recordText(d), weightAltered)
		}
	}
	return out
}

// recordText names an alteration among the texts of a report.
func recordText(d *Diff) string {
	return d.New.Release + " " + d.New.CapturedAt.String() + " " + d.Old.CapturedAt.String()
}

// key names the change by its statements.
func (c *DiffChange) key() string {
	key := string(c.Kind)
	for _, st := range slices.Concat(c.Old, c.New) {
		key += " " + st.ID
	}
	return key
}

// What a change weighs in a report that has no room for all: a page altered in silence, a
// position that softened or firmed, a proved absence, another wording, something new.
const (
	weightAltered = 8
	weightShifted = 4
	weightGone    = 3
	weightReword  = 2
	weightNew     = 1
)

// weight is what speaks for telling a change. An uncertain pairing is no more than a new
// statement, and a missing statement of which nothing is claimed is less than one.
func (c *DiffChange) weight() int {
	kind, _ := c.Told()
	switch {
	case kind == diff.New:
		return weightNew
	case len(c.Shifts) > 0:
		return weightShifted
	case kind != diff.Dropped:
		return weightReword
	case c.Silence == "":
		return weightGone
	}
	return 0
}

// narrates reports whether only the author speaks, on either side.
func narrates(c *DiffChange) bool {
	for _, st := range slices.Concat(c.Old, c.New) {
		if st.Act != timeline.ActNone || len(st.Speakers) > 0 {
			return false
		}
	}
	return true
}

// only returns the release with the changes told of it; topics of which none is are left
// out, unless they had none.
func (r ChangesRelease) only(told map[newsKey]bool) ChangesRelease {
	topics := []ChangesTopic{}
	for _, t := range r.Topics {
		kept := t.Diff.only(r.Release, told)
		altered := func(c DiffChange) bool { return c.Kind != diff.Unchanged }
		if len(kept.Changes) == len(t.Diff.Changes) || slices.ContainsFunc(kept.Changes, altered) {
			t.Diff = kept
			topics = append(topics, t)
		}
	}
	r.Topics = topics
	return r
}

// only returns the comparison with the changes told of the text, and what did not change.
func (d *Diff) only(text string, told map[newsKey]bool) *Diff {
	report := *d.Report
	report.Changes = nil
	for i := range d.Changes {
		if c := &d.Changes[i]; c.Kind == diff.Unchanged || told[newsKey{text, c.key()}] {
			report.Changes = append(report.Changes, d.Report.Changes[i])
		}
	}
	out := NewDiff(&report)
	out.TakenBack, out.Claimed = d.TakenBack, d.Claimed
	return out
}
