package sources

import (
	"context"
	"sync"
	"time"

	"readout/internal/archive"
	"readout/internal/sources/fetch"
	"readout/storage"
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

// Monitor tells how the sources stand, as often as it is asked, and asks nobody but the
// archive. It keeps what it derived until something is written to the store. It is safe
// for concurrent use.
type Monitor struct {
	Archive *archive.Archive

	mu     sync.Mutex
	moment archive.Moment
	byName map[string]Health // without the source, which the file may say anew
}

// Health returns how the sources of the file stand, in its order.
func (m *Monitor) Health(ctx context.Context, c *Config) ([]Health, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	notes, moment, err := m.Archive.FetchesAfter(ctx, m.moment)
	if err != nil {
		return nil, err
	}
	if notes != nil {
		m.moment, m.byName = moment, healthOf(notes)
	}
	out := make([]Health, len(c.Sources))
	for i, s := range c.Sources {
		out[i] = m.byName[s.Name]
		out[i].Source = s
	}
	return out, nil
}

// healthOf sums the notes up by name of the source.
func healthOf(notes map[string]storage.Fetch) map[string]Health {
	m := recall(notes, fetch.New(fetch.Options{}))
	out := map[string]Health{}
	for name, st := range m.sources {
		out[name] = Health{Standing: st.Standing, Reason: st.Reason, Since: st.Since, Read: st.Checked, Next: st.Next, Links: st.Links}
	}
	for _, u := range sortedKeys(m.pages) {
		if p := m.page(u); p.AliasOf == "" {
			h := out[p.Source]
			h.count(u, p)
			out[p.Source] = h
		}
	}
	return out
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
		h.Troubles = append(h.Troubles, Trouble{
			Source:   p.Source,
			URL:      address,
			Title:    p.Known.Title,
			Standing: p.Standing,
			Reason:   p.Reason,
			Since:    p.Since,
		})
	case p.Fetched.IsZero():
		h.Pages.Waiting++
	}
}
