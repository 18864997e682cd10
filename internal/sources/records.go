package sources

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"readout/internal/ask"
	"readout/internal/document"
	"readout/internal/document/container"
	"readout/internal/rules/pattern"
	"readout/internal/sources/fetch"
)

// record is one release that the answer of a source holds itself, as a page.
type record struct {
	name string // of the record in the answer
	url  string // where the release stands, "" where the record does not say it
	page []byte
	err  error // why it is none
}

// recordsIn reads the records of an answer by the mapping of its source. The error says
// that the answer holds none.
func recordsIn(resp *fetch.Response, s *Source) ([]record, error) {
	if container.Detect(resp.URL, resp.Body) == container.None {
		return nil, errors.New("the answer is neither JSON, CSV nor XML")
	}
	var out []record
	for it, err := range container.Open(resp.URL, resp.Body, container.Options{Mapping: s.Map}) {
		if err != nil && it.Name == resp.URL {
			return nil, err
		}
		out = append(out, record{it.Name, it.URL, it.Data, err})
	}
	return out, nil
}

// key is what the record of a source is remembered by: its address, or else that of
// the source with a digest of the record, since two records without one differ in
// nothing else.
func (x record) key(s *Source) string {
	if x.url != "" {
		return normalOf(x.url)
	}
	u, err := url.Parse(s.normal())
	if err != nil {
		return s.URL // checked when the file was read
	}
	sum := sha256.Sum256(x.page)
	q := u.Query()
	q.Set("record", hex.EncodeToString(sum[:8]))
	u.RawQuery = q.Encode()
	return normalAddress(u)
}

// answer is the record as if it had been fetched by itself.
func (x record) answer(key string, whole *fetch.Response) *fetch.Response {
	return &fetch.Response{Requested: key, URL: key, Status: http.StatusOK, Header: http.Header{}, Body: x.page,
		MediaType: "text/html; charset=utf-8", FetchedAt: whole.FetchedAt}
}

// nextPage matches the next part of an answer in its Link header (RFC 8288).
var nextPage = pattern.New(`<([^>]*)>\s*;[^,]*\brel="?next\b`)

// nextOf returns the address of the next part of an answer, "" for none.
func nextOf(resp *fetch.Response) string {
	for _, line := range resp.Header.Values("Link") {
		m := nextPage.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		base, err := url.Parse(resp.URL)
		if err != nil {
			return ""
		}
		if u, err := base.Parse(m[1]); err == nil && u.Host == base.Host {
			return u.String()
		}
	}
	return ""
}

// readRecords reads what a source of records holds, and makes a job of each record. As
// with lists, as many parts are read as are asked for when the source is new, and later
// as it takes to come to a known record.
func (r *run) readRecords(ctx context.Context, s *Source, fresh bool) (jobs []*job, broken int, err error) {
	seen := map[string]bool{}
	asked := []string{}
	for next := s.URL; next != "" && len(asked) < maxPages && !slices.Contains(asked, next); {
		resp, err := r.Client.Get(ctx, s.request(next))
		if err == nil {
			if j := byStatus(resp.Status); j.Standing != Well {
				err = fmt.Errorf("%s: %s", resp.URL, j.Reason)
			}
		}
		if err != nil {
			r.outcome(hostOf(s.URL), err, 0)
			return nil, 0, err
		}
		found, err := recordsIn(resp, s)
		r.outcome(hostOf(s.URL), nil, resp.Status)
		if err != nil {
			return nil, 0, fmt.Errorf("%s: %w", resp.URL, err)
		}
		asked = append(asked, next)
		allNew := true
		for _, x := range found {
			if x.err != nil {
				broken++
				continue
			}
			key := x.key(s)
			if !seen[key] {
				jobs = append(jobs, &job{url: key, source: s, resp: x.answer(key, resp), unplaced: x.url == ""})
			}
			seen[key] = true
			r.mu.Lock()
			allNew = allNew && !r.m.knows(key)
			r.mu.Unlock()
		}
		if next = nextOf(resp); fresh && len(asked) >= s.Pages || !fresh && !allNew {
			break
		}
	}
	return jobs, broken, nil
}

// addRecords notes the records that are not known, and keeps those with another text
// than the known one for the archive.
func (r *run) addRecords(s *Source, st *sourceState, jobs []*job) {
	links := make([]Link, len(jobs))
	for i, j := range jobs {
		links[i] = Link{URL: j.url}
	}
	r.addLinks(s, st, links)
	for _, j := range jobs {
		r.mu.Lock()
		known := r.m.page(j.url)
		r.mu.Unlock()
		if known == nil || known.Source != s.Name {
			continue // another source has it
		}
		sum := sha256.Sum256(j.resp.Body)
		if known.SHA256 == hex.EncodeToString(sum[:]) {
			continue
		}
		r.mu.Lock()
		r.records = append(r.records, j)
		r.mu.Unlock()
	}
}

// storeRecords gives the archive what the records say anew.
func (r *run) storeRecords(ctx context.Context) error {
	for batch := range slices.Chunk(r.records, batchPages) {
		for _, j := range batch {
			r.mu.Lock()
			p := *r.m.page(j.url)
			r.mu.Unlock()
			j.page = &p
			r.judge(j, &p, r.now)
			if j.input != nil && j.unplaced {
				j.input.URL, j.input.Overrides.Source = "", ""
			}
		}
		if err := r.store(context.WithoutCancel(ctx), batch); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

// records fills in what an answer holds as a source of records. Each is told with its
// title, and the first as it would be read.
func (in Inspector) records(out *ask.Inspection, resp *fetch.Response, s Source) error {
	found, err := recordsIn(resp, &s)
	if err != nil {
		return fmt.Errorf("%s: %w", resp.URL, err)
	}
	for _, x := range found {
		link := ask.InspectedLink{URL: x.url}
		if x.err != nil {
			link.URL, link.Reason = x.name, x.err.Error()
			out.Links = append(out.Links, link)
			continue
		}
		key := x.key(&s)
		if link.URL == "" {
			link.URL = x.name
		}
		doc, err := document.Parse(key, x.page, document.Options{MediaType: "text/html; charset=utf-8"})
		if err != nil {
			link.Reason = err.Error()
		} else {
			link.Text, link.Taken, link.Reason = doc.Meta.Title, true, "is a record"
			if doc.Meta.Published != "" {
				link.Reason += " of " + doc.Meta.Published
			}
			out.Taken++
			if out.First == nil {
				out.First = in.sample(x.answer(key, resp), s)
			}
		}
		out.Links = append(out.Links, link)
	}
	return nil
}

// isData reports whether an answer is data, which may hold releases itself.
func isData(resp *fetch.Response) bool {
	switch container.Detect(resp.URL, resp.Body) {
	case container.JSON, container.CSV, container.XML:
		return true
	}
	return false
}
