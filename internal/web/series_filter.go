package web

import (
	"net/url"
	"slices"

	"readout/internal/ask"
	"readout/timeline"
)

// chip narrows the page to the meetings of a kind or a level.
type chip struct {
	Text, Href string
	Count      int
	Current    bool
}

// seriesFilter is what the caller asked to see, as it stands in the address.
type seriesFilter struct {
	Kind    timeline.Kind
	Level   timeline.Level
	Speaker timeline.Party
	Since   timeline.Date // no meeting shown is before it; zero for no bound
	Until   timeline.Date // no meeting shown is after it; zero for no bound
	Every   bool          // all meetings
	Full    bool          // all topics
}

func (f seriesFilter) values() url.Values {
	v := given(map[string]string{
		"kind":    string(f.Kind),
		"level":   string(f.Level),
		"speaker": string(f.Speaker),
		"since":   f.Since.String(),
		"until":   f.Until.String(),
	})
	if f.Every {
		v.Set("meetings", "all")
	}
	if f.Full {
		v.Set("topics", "all")
	}
	return v
}

func (f seriesFilter) href(id timeline.SeriesID) string {
	if q := f.values().Encode(); q != "" {
		return seriesHref(id) + "?" + q
	}
	return seriesHref(id)
}

func readSeriesFilter(q url.Values) (seriesFilter, error) {
	since, until, err := readDays(q)
	if err != nil {
		return seriesFilter{}, err
	}
	return seriesFilter{
		Kind:    timeline.Kind(q.Get("kind")),
		Level:   timeline.Level(q.Get("level")),
		Speaker: timeline.Party(q.Get("speaker")),
		Since:   since,
		Until:   until,
		Every:   q.Get("meetings") == "all",
		Full:    q.Get("topics") == "all",
	}, nil
}

// chips are the kinds and levels of the meetings of a series, to narrow the page to. None
// are offered where all are of one.
func (f seriesFilter) chips(id timeline.SeriesID, releases []*timeline.Release) []chip {
	var out []chip
	add := func(text string, n int, g, all seriesFilter, current bool) {
		if current {
			g = all
		}
		if n > 0 && n < len(releases) {
			out = append(out, chip{text, g.href(id), n, current})
		}
	}
	of := func(is func(*timeline.Release) bool) (n int) {
		for _, r := range releases {
			if is(r) {
				n++
			}
		}
		return n
	}
	for _, k := range timeline.Kinds() {
		g, all := f, f
		g.Kind, all.Kind = k, ""
		add(spell(string(k)), of(func(r *timeline.Release) bool { return r.Kind == k }), g, all, f.Kind == k)
	}
	for _, l := range levelsOf(releases) {
		g, all := f, f
		g.Level, all.Level = l, ""
		add(spell(string(l)), of(func(r *timeline.Release) bool { return r.Level == l }), g, all, f.Level == l)
	}
	return out
}

// columns picks the meetings to show, the last ones inside the bounds, and says on
// which days the pages before and after them end. The page after may reach beyond Until:
// that is also where the page stands in a long series.
func (f seriesFilter) columns(meetings []ask.MatrixMeeting) (shown []int, earlier, later timeline.Date) {
	var all []int
	for i, m := range meetings {
		if !m.Day().Before(f.Since) && f.admits(m.Meeting) {
			all = append(all, i)
		}
	}
	end := len(all)
	if !f.Until.IsZero() {
		end = 0
		for end < len(all) && !f.Until.Before(meetings[all[end]].Day()) {
			end++
		}
	}
	start := max(0, end-meetingsShown)
	if f.Every {
		start = 0
	}
	if start > 0 {
		earlier = meetings[all[start-1]].Day()
	}
	if end < len(all) {
		later = meetings[all[min(end+meetingsShown, len(all))-1]].Day()
	}
	return all[start:end], earlier, later
}

// admits reports whether the meeting is of the kind and the level asked for.
func (f seriesFilter) admits(m timeline.Meeting) bool {
	return slices.ContainsFunc(m.Releases, func(r *timeline.Release) bool {
		return (f.Kind == "" || r.Kind == f.Kind) && (f.Level == "" || r.Level == f.Level)
	})
}
