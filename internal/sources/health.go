package sources

import (
	"context"
	"time"

	"readout/internal/archive"
	"readout/internal/fetch"
)

// Health is how things stand with one source, by what the runs so far noted.
type Health struct {
	*Source
	Standing Standing
	Reason   string    // for people; "" where Standing is Well
	Since    time.Time // when it came to stand so; zero where Standing is Well
	// Read is when the source last gave a useful answer; zero for never.
	Read time.Time
	// Next is when it is due again; zero for at the next run.
	Next  time.Time
	Links int // releases that it named when it was last read
	Pages PageCounts
	// Troubles are its pages that do not stand well, in order of address.
	Troubles []Trouble
}

// PageCounts count the pages that are known of a source.
type PageCounts struct {
	Known   int // all of them; one that has two addresses counts once
	Taken   int // that gave the archive a text
	Waiting int // that were never fetched
	Unwell  int // that are gone, suspect or failing
}

// HealthOf returns how the sources stand, in the order of the file. It asks nobody
// but the archive.
func HealthOf(ctx context.Context, a *archive.Archive, c *Config) ([]Health, error) {
	notes, err := a.Fetches(ctx)
	if err != nil {
		return nil, err
	}
	m := recall(notes, fetch.New(fetch.Options{}))
	out := make([]Health, len(c.Sources))
	byName := map[string]*Health{}
	for i, s := range c.Sources {
		out[i].Source = s
		byName[s.Name] = &out[i]
		if st := m.sources[s.Name]; st != nil {
			out[i].Standing, out[i].Reason, out[i].Since = st.Standing, st.Reason, st.Since
			out[i].Read, out[i].Next, out[i].Links = st.Checked, st.Next, st.Links
		}
	}
	for _, u := range sortedKeys(m.pages) {
		p := m.page(u)
		if h := byName[p.Source]; h != nil && p.AliasOf == "" {
			h.count(u, p)
		}
	}
	return out, nil
}

// count adds a page to those of its source.
func (h *Health) count(address string, p *pageState) {
	h.Pages.Known++
	if !p.Stored.IsZero() {
		h.Pages.Taken++
	}
	switch {
	case p.Standing != Well:
		h.Pages.Unwell++
		h.Troubles = append(h.Troubles, Trouble{Source: p.Source, URL: address, Title: p.Known.Title, Standing: p.Standing, Reason: p.Reason, Since: p.Since})
	case p.Fetched.IsZero():
		h.Pages.Waiting++
	}
}
