package web

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/letters"
	"readout/timeline"
)

// phraseData is the page of a phrase: its ledger in every series that uses it.
type phraseData struct {
	Phrase  string
	Chosen  string // the series asked for, "" for all that use the phrase
	Speaker timeline.Party
	Series  []seriesChoice
	Parties []timeline.Party
	Ledgers []phraseLedger // the one with the most releases that use it first
	// First and Last are its earliest and latest use in them, where there are several; else nil.
	First, Last *phraseEnd
	Left        int            // series that use it and are not shown
	Stocked     []seriesChoice // series to look through for phrases, where none is asked for
}

// Every is how many series use the phrase.
func (d phraseData) Every() int { return len(d.Ledgers) + d.Left }

// phraseLedger is the history of the phrase in one series.
type phraseLedger struct {
	*ask.Phrase
	Name     string // of the series
	Meetings int
	Rows     []phraseRow
	Band     band
}

// phraseRow is a use of the phrase, and the gap after it.
type phraseRow struct {
	ask.PhraseUse
	Hits []searchHit
	Gap  int // meetings without the phrase until the next use
}

// band is the meetings of a series on a true time axis, with those that have a phrase.
type band struct {
	Width, Height int
	Axis          axis
	Slots         []bandSlot
	Words         string
}

// bandSlot is one meeting in a band.
type bandSlot struct {
	X     float64
	Has   bool
	Href  string
	Title string
}

// ledgersShown is how many series a page has.
const ledgersShown = 12

func (s *Server) phrase(r *http.Request, st *snapshot) (*page, error) {
	q := r.URL.Query()
	d := phraseData{
		Phrase:  strings.Trim(strings.TrimSpace(q.Get("q")), `"“”`),
		Chosen:  q.Get("series"),
		Speaker: timeline.Party(q.Get("speaker")),
		Series:  s.seriesChoices(st),
		Parties: s.parties(st),
	}
	p := &page{View: "phrase", Title: "The ledger of a phrase"}
	if !strings.ContainsFunc(d.Phrase, letters.Word) {
		d.Stocked = s.stocked(st)
		p.Data = d
		return p, nil
	}
	ids, err := s.seriesWith(r, st, d.Phrase, d.Chosen)
	if err != nil {
		return nil, err
	}
	if d.Left = max(0, len(ids)-ledgersShown); d.Left > 0 {
		ids = ids[:ledgersShown]
	}
	o := timeline.TraceOptions{}
	if d.Speaker != "" {
		o.Speakers = []timeline.Party{d.Speaker}
	}
	for _, id := range ids {
		v, err := s.volume(r, st, id)
		if err != nil {
			return nil, err
		}
		answer := ask.NewPhrase(timeline.Trace(v.Releases, d.Phrase, o), id)
		d.Ledgers = append(d.Ledgers, newLedger(answer, seriesName(id, s.Names), v.Releases))
	}
	slices.SortStableFunc(d.Ledgers, func(a, b phraseLedger) int { return len(b.Uses) - len(a.Uses) })
	d.First, d.Last = ends(d.Ledgers)
	p.Title, p.Data = "“"+d.Phrase+"”", d
	return p, nil
}

// phraseEnd is the first or the last use of a phrase over several series.
type phraseEnd struct {
	*ask.PhraseEnd
	Name string // of the series
}

// ends returns the earliest and the latest use of several ledgers.
func ends(all []phraseLedger) (first, last *phraseEnd) {
	if len(all) < 2 {
		return nil, nil
	}
	for _, l := range all {
		if l.First != nil && (first == nil || l.First.Day.Before(first.Day)) {
			first = &phraseEnd{l.First, l.Name}
		}
		if l.Last != nil && (last == nil || last.Day.Before(l.Last.Day)) {
			last = &phraseEnd{l.Last, l.Name}
		}
	}
	return first, last
}

// stocked returns the series with the most releases, those with too few to have stock
// phrases left out.
func (s *Server) stocked(st *snapshot) []seriesChoice {
	st.all = true // the largest may be others after the next release
	const fewest = 3
	var out []seriesChoice
	for _, id := range sortedIDs(st) {
		if len(st.series[id].heads) >= fewest {
			out = append(out, seriesChoice{ID: id, Name: seriesName(id, s.Names)})
		}
	}
	slices.SortStableFunc(out, func(a, b seriesChoice) int { return len(st.series[b.ID].heads) - len(st.series[a.ID].heads) })
	return out[:min(ledgersShown, len(out))]
}

// seriesWith returns the series asked for, else those that use the phrase, the one
// that uses it most first.
func (s *Server) seriesWith(r *http.Request, st *snapshot, phrase, chosen string) ([]timeline.SeriesID, error) {
	if chosen != "" {
		id := seriesID(chosen)
		if _, ok := st.series[id]; !ok {
			return nil, &badSeries{id}
		}
		return []timeline.SeriesID{id}, nil
	}
	st.all = true
	var found map[timeline.SeriesID]int
	err := s.asking(r, phrase, func(ctx context.Context) (err error) {
		found, err = s.Source.SearchSeries(ctx, `"`+strings.ReplaceAll(phrase, `"`, " ")+`"`, archive.SearchFilter{})
		return err
	})
	if err != nil {
		return nil, err
	}
	uses := map[timeline.SeriesID]int{}
	for id, n := range found {
		if _, ok := st.series[id]; ok {
			uses[id] = n
		}
	}
	return slices.SortedFunc(maps.Keys(uses), func(a, b timeline.SeriesID) int {
		return cmp.Or(cmp.Compare(uses[b], uses[a]), cmp.Compare(a, b))
	}), nil
}

// newLedger lays out the answer over the releases of its series.
func newLedger(p *ask.Phrase, name string, releases []*timeline.Release) phraseLedger {
	out := phraseLedger{Phrase: p, Name: name, Meetings: len(releases), Band: newBand(releases, p.Uses)}
	gaps := map[string]int{}
	for _, g := range p.Gaps {
		gaps[g.After] = g.Releases
	}
	for _, u := range p.Uses {
		row := phraseRow{PhraseUse: u, Gap: gaps[u.Release]}
		for _, st := range u.Said {
			row.Hits = append(row.Hits, searchHit{ask.NewSearchStatement(st), mark(st.Text, []string{p.Phrase})})
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

const (
	bandWidth  = 1100
	bandHeight = 46
)

func newBand(releases []*timeline.Release, uses []ask.PhraseUse) band {
	has := map[string]bool{}
	for _, u := range uses {
		has[u.Release] = true
	}
	b := band{Width: bandWidth, Height: bandHeight, Words: fmt.Sprintf("used at %d of %s", len(uses), count(len(releases), "meeting"))}
	dated, _ := timeline.Dated(releases)
	if len(dated) == 0 {
		return b
	}
	b.Axis = newAxis(dated[0].Day(), dated[len(dated)-1].Day(), chartPadding, bandWidth-chartPadding)
	for _, r := range dated {
		slot := bandSlot{X: b.Axis.X(r.Day()), Has: has[r.ID], Title: longDay(r.Day()) + ": not used"}
		if slot.Has {
			slot.Title, slot.Href = longDay(r.Day())+": used", "#u-"+r.ID
		}
		b.Slots = append(b.Slots, slot)
	}
	return b
}
