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
	Ledgers []phraseLedger
	Left    int            // series that use it and are not shown
	Stocked []seriesChoice // series to look through for phrases, where none is asked for
}

// phraseLedger is the history of the phrase in one series.
type phraseLedger struct {
	ID       timeline.SeriesID
	Name     string
	Meetings int
	First    *timeline.Release
	Last     *timeline.Release
	Absent   *timeline.Release // the first meeting since which it is gone, nil where it is in use
	Rows     []phraseRow
	Band     band
}

// phraseRow is a use of the phrase, or a gap between two.
type phraseRow struct {
	Release    *timeline.Release // nil for a gap
	Statements []searchHit
	Gap        int // meetings without the phrase
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
	d := phraseData{Phrase: strings.Trim(strings.TrimSpace(q.Get("q")), `"“”`), Chosen: q.Get("series"), Speaker: timeline.Party(q.Get("speaker")),
		Series: s.seriesChoices(st), Parties: s.parties(st)}
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
		d.Ledgers = append(d.Ledgers, newLedger(id, seriesName(id, s.Names), v.Releases, timeline.Trace(v.Releases, d.Phrase, o)))
	}
	p.Title, p.Data = "“"+d.Phrase+"”", d
	return p, nil
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

func newLedger(id timeline.SeriesID, name string, releases []*timeline.Release, l *timeline.Ledger) phraseLedger {
	out := phraseLedger{ID: id, Name: name, Meetings: len(releases), Absent: l.AbsentSince, Band: newBand(releases, l)}
	if l.First != nil {
		out.First, out.Last = l.First.Release, l.Last.Release
	}
	words := []string{l.Phrase}
	gaps := map[string]int{}
	for _, g := range l.Gaps {
		gaps[g.After.ID] = g.Releases
	}
	for _, u := range l.Uses {
		row := phraseRow{Release: u.Release}
		for _, st := range u.Statements {
			row.Statements = append(row.Statements, searchHit{st, mark(st.Text, words)})
		}
		out.Rows = append(out.Rows, row)
		if n := gaps[u.Release.ID]; n > 0 {
			out.Rows = append(out.Rows, phraseRow{Gap: n})
		}
	}
	return out
}

const (
	bandWidth  = 1100
	bandHeight = 46
)

func newBand(releases []*timeline.Release, l *timeline.Ledger) band {
	has := map[string]bool{}
	for _, u := range l.Uses {
		has[u.Release.ID] = true
	}
	b := band{Width: bandWidth, Height: bandHeight, Words: fmt.Sprintf("used at %d of %s", len(l.Uses), count(len(releases), "meeting"))}
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
