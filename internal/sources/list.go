package sources

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"

	"readout/internal/ask"
	"readout/internal/document"
	"readout/internal/sources/fetch"
)

// settings is the fingerprint of what decides which links of a source are taken:
// where it is another than before, the list is read again whole.
func (s *Source) settings() string {
	b, err := json.Marshal(s)
	if err != nil {
		return "" // text and numbers cannot fail
	}
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:8])
}

// readSource asks a source what it lists, and notes the pages that are new.
func (r *run) readSource(ctx context.Context, s *Source) {
	r.mu.Lock()
	st, rep := r.m.source(s.Name, r.now), r.reports[s.Name]
	r.mu.Unlock()
	if s.Kind == Page {
		r.addLinks(s, st, []Link{{URL: s.normal()}})
		rep.Status, rep.Links = ask.ListRead, 1
		st.Settings, st.Checked, st.Links, st.Next = s.settings(), r.now, 1, r.now.Add(s.Every())
		return
	}
	if r.givenUp(hostOf(s.URL)) {
		rep.Status = ask.ListWaiting
		return
	}
	r.progress("%s: %s", s.Name, s.URL)
	l, records, err := r.listed(ctx, s, st)
	if ctx.Err() != nil {
		return
	}
	var wait *fetch.WaitError
	switch {
	case errors.As(err, &wait):
		rep.Status, rep.Error = ask.ListWaiting, wait.Error()
		st.Next = wait.Until
		return
	case errors.Is(err, fetch.ErrNotPublic): // nobody was asked: it is due again at once, and stands as it stood
		rep.Status, rep.Error = ask.ListFailed, err.Error()
		return
	case err != nil:
		st.Failures++
		st.Next = r.now.Add(retry(s.Every(), st.Failures))
		rep.Status, rep.Error = ask.ListFailed, err.Error()
		st.stand(Failing, err.Error(), r.now)
		return
	}
	st.Failures, st.Checked, st.Next = 0, r.now, r.now.Add(s.Every())
	if l == nil {
		rep.Status = ask.ListSame
		return
	}
	rep.Status, rep.Note = ask.ListRead, l.note
	taken := l.taken()
	st.Settings, st.Whole, st.Links, rep.Links = s.settings(), r.now, len(taken), len(taken)
	if s.Kind == Records {
		r.addRecords(s, st, records)
		return
	}
	r.addLinks(s, st, taken)
}

// listed asks what a source lists; of one that holds the releases itself, its records,
// each of them with a link.
func (r *run) listed(ctx context.Context, s *Source, st *sourceState) (*listing, []*job, error) {
	if s.Kind != Records {
		l, err := r.wholeList(ctx, s, st)
		return l, nil, err
	}
	jobs, broken, err := r.readRecords(ctx, s, st.Whole.IsZero())
	if err != nil {
		return nil, nil, err
	}
	l := &listing{kind: Records}
	for _, j := range jobs {
		l.links = append(l.links, Link{URL: j.url, Taken: true})
	}
	if broken > 0 {
		l.note = fmt.Sprintf("%d records have no text", broken)
	}
	return l, jobs, nil
}

// normal is the address of a source as pages are known by.
func (s *Source) normal() string {
	u, err := url.Parse(s.URL)
	if err != nil {
		return s.URL // checked when the file was read
	}
	return normalAddress(u)
}

// wholeList reads a list with as many of its further pages as are needed: all that
// a new source is to be read from, and later those up to a link that is known, so
// that nothing is missed after an outage. It returns nil for a list that has not
// changed.
func (r *run) wholeList(ctx context.Context, s *Source, st *sourceState) (*listing, error) {
	req := s.request(s.URL)
	if st.Settings == s.settings() && r.now.Sub(st.Whole) < wholeAfter {
		req.ETag, req.LastModified = st.ETag, st.LastModified
	}
	resp, l, err := r.oneList(ctx, s, req)
	if err != nil || l == nil {
		return nil, err
	}
	fresh := st.Whole.IsZero()
	if len(l.taken()) == 0 && st.Links > 0 && st.Settings == s.settings() {
		return nil, fmt.Errorf("no links to releases, where there were %d", st.Links)
	}
	seen := []string{s.normal()}
	for part, next := l, l.next; next != "" && len(seen) < maxPages && r.wantsMore(s, fresh, part, len(seen)); {
		if slices.Contains(seen, next) || hostOf(next) != hostOf(resp.URL) {
			break
		}
		seen = append(seen, next)
		_, more, err := r.oneList(ctx, s, s.request(next))
		if err != nil {
			// Without the rest, what is missing would never be looked for again.
			return nil, fmt.Errorf("page %d of the list: %w", len(seen), err)
		}
		if more == nil {
			break
		}
		l.links, part, next = append(l.links, more.links...), more, more.next
	}
	for i, address := range l.lists {
		if i == maxLists {
			l.note = fmt.Sprintf("only %d of %d sitemaps were read", maxLists, len(l.lists))
			break
		}
		_, more, err := r.oneList(ctx, s, s.request(address))
		if err != nil {
			l.note = err.Error()
			break
		}
		if more != nil {
			l.links = append(l.links, more.links...)
		}
	}
	// Only now: until the list was read whole, it is to be asked for whole.
	st.ETag, st.LastModified = resp.Header.Get("ETag"), resp.Header.Get("Last-Modified")
	if len(seen) > 1 || len(l.lists) > 0 || l.note != "" {
		st.ETag, st.LastModified = "", ""
	}
	return l, nil
}

// wantsMore reports whether the next page of a list is to be read after n pages.
func (r *run) wantsMore(s *Source, fresh bool, part *listing, n int) bool {
	if fresh {
		return n < s.Pages
	}
	taken := part.taken()
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(taken) > 0 && !slices.ContainsFunc(taken, func(k Link) bool { return r.m.knows(k.URL) })
}

// oneList fetches one page of a list; nil for one that has not changed.
func (r *run) oneList(ctx context.Context, s *Source, req fetch.Request) (*fetch.Response, *listing, error) {
	resp, err := r.Client.Get(ctx, req)
	if err != nil {
		r.outcome(hostOf(s.URL), err, 0)
		return nil, nil, err
	}
	if resp.NotModified() {
		r.outcome(hostOf(s.URL), nil, resp.Status)
		return resp, nil, nil
	}
	l, err := r.words.listOf(resp, s)
	r.outcome(hostOf(s.URL), err, resp.Status) // a site that has no list where one was is not well
	return resp, l, err
}

// listOf reads an answer as a list, if it is one and not an error page or wall.
func (w *Words) listOf(resp *fetch.Response, s *Source) (*listing, error) {
	if j := byStatus(resp.Status); j.Standing != Well {
		return nil, fmt.Errorf("%s: %s", resp.URL, j.Reason)
	}
	l, err := w.readList(resp, s)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", resp.URL, err)
	}
	if l.kind == Index && len(l.taken()) == 0 {
		// Only an empty list can be a wall: there, the reason is worth more.
		if j := w.Judge(resp, Known{}, document.Options{}); j.Standing != Well {
			return nil, fmt.Errorf("%s: %s", resp.URL, j.Reason)
		}
	}
	return l, nil
}

// addLinks notes the links that are not known as pages to be fetched. A known page
// that the list says was changed is due at once.
func (r *run) addLinks(s *Source, st *sourceState, links []Link) {
	r.mu.Lock()
	defer r.mu.Unlock()
	found := 0
	for _, k := range links {
		if !r.m.knows(k.URL) {
			// What stands first in a list is fetched first.
			r.m.setPage(k.URL, &pageState{
				Source: s.Name,
				Seen:   r.now,
				Next:   r.now.Add(-time.Duration(len(links)-found) * time.Nanosecond),
				Listed: k.Modified,
			})
			found++
			continue
		}
		if k.Modified == "" {
			continue
		}
		if p := r.m.page(k.URL); p != nil && p.Listed != k.Modified {
			if p.Listed != "" {
				p.Next = r.now
			}
			p.Listed = k.Modified
			r.m.setPage(k.URL, p)
		}
	}
	if found > 0 {
		st.Arrivals = append(st.Arrivals, r.now)
		st.Arrivals = st.Arrivals[max(0, len(st.Arrivals)-rhythmKept):]
	}
	r.reports[s.Name].Counts.Found += found
}
