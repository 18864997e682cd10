package sources

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"slices"
	"time"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/document"
	"readout/internal/reading"
	"readout/internal/sources/fetch"
)

// job is one page to fetch, and what came of it.
type job struct {
	url    string
	page   *pageState
	source *Source

	input *archive.Input // what the archive is to take in; nil for nothing
	resp  *fetch.Response
	known Known
	left  bool // not asked
	// unplaced is a record without an address: url only serves to remember it.
	unplaced bool
	failed   string // why nothing useful came back
	refused  bool   // by ourselves, as the address is not public: failed says so, and nothing is known of the page
}

// What is stored at once: little enough to lose little when a run is stopped.
const (
	batchPages = 50
	batchBytes = 16 << 20
)

// duePages returns the pages that are due, the new ones first, and counts those
// that are left for a later run.
func (r *run) duePages() []*job {
	var jobs []*job
	for _, address := range sortedKeys(r.m.pages) {
		due := !r.now.Before(r.m.pages[address].note.Due.Add(-slack))
		if !due && !r.o.Force && !r.o.Recheck {
			continue
		}
		p := r.m.page(address)
		s := r.config.Source(p.Source)
		if s == nil || s.Kind == Records || !r.chosen(s.Name) || p.AliasOf != "" {
			continue
		}
		if due || s.Kind == Page || r.o.Recheck {
			jobs = append(jobs, &job{url: address, page: p, source: s})
		}
	}
	slices.SortStableFunc(jobs, func(a, b *job) int {
		if na, nb := a.page.Checked.IsZero(), b.page.Checked.IsZero(); na != nb {
			return map[bool]int{true: -1, false: 1}[na]
		}
		return a.page.Next.Compare(b.page.Next)
	})
	fresh := map[string]int{}
	return slices.DeleteFunc(jobs, func(j *job) bool {
		if !j.page.Checked.IsZero() {
			return false
		}
		fresh[j.source.Name]++
		over := fresh[j.source.Name] > r.o.Limit
		if over {
			r.reports[j.source.Name].Counts.Left++
		}
		return over
	})
}

// fetchPages fetches the pages that are due and stores them batch by batch, while
// the next ones are being fetched.
func (r *run) fetchPages(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	done := make(chan *job)
	go func() {
		defer close(done)
		perHost(ctx, r.duePages(), func(j *job) string { return hostOf(j.url) }, func(j *job) {
			r.fetchPage(ctx, j)
			done <- j
		})
	}()
	var batch []*job
	var failed error
	size := 0
	store := func() {
		if failed == nil && len(batch) > 0 {
			if failed = r.store(context.WithoutCancel(ctx), batch); failed != nil {
				cancel()
			}
		}
		batch, size = nil, 0
	}
	for j := range done {
		batch = append(batch, j)
		if j.input != nil {
			size += len(j.input.Data)
		}
		if len(batch) >= batchPages || size >= batchBytes {
			store()
		}
	}
	store()
	return cmp.Or(failed, ctx.Err())
}

// fetchPage asks for a page and judges the answer. It writes to nothing but the
// job, so that several can run at a time.
func (r *run) fetchPage(ctx context.Context, j *job) {
	host := hostOf(j.url)
	if r.givenUp(host) {
		j.left = true
		return
	}
	p := *j.page // the others may read the one in memory
	j.page = &p
	req := j.source.request(j.url)
	if p.Standing == Well && !p.Fetched.IsZero() && r.now.Sub(p.Fetched) < wholeAfter {
		req.ETag, req.LastModified = p.ETag, p.LastModified
	}
	resp, err := r.Client.Get(ctx, req)
	status := 0
	if resp != nil {
		status = resp.Status
	}
	if err != nil || status >= http.StatusInternalServerError {
		r.outcome(host, err, status)
	}
	now := r.now
	var wait *fetch.WaitError
	switch {
	case ctx.Err() != nil, errors.As(err, &wait):
		j.left = true
		return
	case errors.Is(err, fetch.ErrNotPublic):
		j.refused, j.failed = true, err.Error()
	case err != nil && isOurs(err):
		p.Failures = 0
		p.Checked, p.Next = now, now.Add(recheck(j.url, cmp.Or(p.Since, now), now))
		p.stand(Suspect, cause(err).Error(), now)
	case err != nil:
		j.fail(err.Error(), now)
	case resp.NotModified():
		r.outcome(host, nil, status)
		p.Failures, p.Checked = 0, now
		p.Next = now.Add(j.pause(now))
	default:
		j.resp = resp
		r.judge(j, &p, now)
	}
}

// cause is the innermost of the errors that say why an address is not asked.
func cause(err error) error {
	for _, e := range []error{fetch.ErrRobots, fetch.ErrTooLarge, fetch.ErrRedirects} {
		if errors.Is(err, e) {
			return e
		}
	}
	return err
}

// failuresReported is from how many failures in a row on a page is said to be
// failing: an outage of a site is reported with its source.
const failuresReported = 3

// fail notes that nothing useful came back. What is gone or suspect stays so.
func (j *job) fail(reason string, now time.Time) {
	p := j.page
	j.failed = reason
	p.Failures++
	p.Next = now.Add(retry(j.source.Every(), p.Failures))
	if p.Failures >= failuresReported && (p.Standing == Well || p.Standing == Failing) {
		p.stand(Failing, reason, now)
	}
}

// pause returns how long to leave a page alone that stands as it stood.
func (j *job) pause(now time.Time) time.Duration {
	d := recheck(j.url, cmp.Or(j.page.Since, j.page.Changed, j.page.Seen), now)
	if j.source.Kind == Page && j.source.Schedule > 0 {
		d = min(d, j.source.Every())
	}
	return d
}

// judge decides what becomes of an answer.
func (r *run) judge(j *job, p *pageState, now time.Time) {
	if p.Fetched.IsZero() {
		p.Content, p.Remove = j.source.Select.Content, j.source.Select.Remove
	}
	v := r.words.Judge(j.resp, p.Known, document.Options{Select: p.selectors(), PDF: r.PDF})
	if v.Standing == Failing {
		if j.resp.Status < http.StatusInternalServerError {
			r.outcome(hostOf(j.url), nil, http.StatusServiceUnavailable)
		}
		j.fail(v.Reason, now)
		return
	}
	r.outcome(hostOf(j.url), nil, j.resp.Status)
	p.Failures, p.Checked = 0, now
	if v.Standing != Well {
		p.stand(v.Standing, v.Reason, now)
		p.Next = now.Add(j.pause(now))
		return
	}
	j.known = v.Known
	if final := j.resp.URL; normalOf(final) != j.url {
		if other := r.otherPage(normalOf(final), j.url); other != "" {
			p.AliasOf = other
			p.stand(Well, "", now)
			return
		}
		p.Final = normalOf(final)
	} else {
		p.Final = ""
	}
	sum := sha256.Sum256(j.resp.Body)
	hash := hex.EncodeToString(sum[:])
	if same := v.Known.Print == p.Known.Print && now.Sub(p.Stored) < keepAfter; hash == p.SHA256 || same {
		return
	}
	p.SHA256, p.Stored = hash, now
	j.input = &archive.Input{
		Name:       j.url,
		Data:       j.resp.Body,
		MediaType:  j.resp.MediaType,
		URL:        j.url,
		CapturedAt: j.resp.FetchedAt,
		Witnessed:  true,
		Overrides:  reading.Overrides{Parties: j.source.Parties, Issuer: j.source.Issuer},
		Select:     p.selectors(),
	}
	if v.Misled {
		j.input.Overrides.Source = j.url
	}
}

// keepAfter is how long bytes that differ in nothing but what surrounds the text
// are passed over: most sites put a token or the news of the day on every page, and
// would fill the store. The text of such bytes is in the store already.
const keepAfter = 30 * day

// normalOf is normalAddress of an address that has been fetched.
func normalOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return normalAddress(u)
}

// otherPage returns the page that is known to stand at an address, "" for none
// but own.
func (r *run) otherPage(address, own string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if p := r.m.page(address); p != nil && p.AliasOf == "" && address != own {
		return address
	}
	if by := r.m.finals[address]; by != "" && by != own {
		return by
	}
	r.m.finals[address] = own // the first to arrive has it
	return ""
}

// store gives a batch to the archive and keeps what was learnt.
func (r *run) store(ctx context.Context, batch []*job) error {
	var with []*job
	for _, j := range batch {
		if j.input != nil {
			with = append(with, j)
		}
	}
	results := map[*job]archive.Result{}
	if len(with) > 0 {
		r.progress("storing %d pages", len(with))
		report, err := r.Archive.Ingest(ctx, inputs(with), archive.IngestOptions{})
		if err != nil {
			return fmt.Errorf("store what was fetched: %w", err)
		}
		for i, j := range with {
			results[j] = report.Results[i]
		}
	}
	r.mu.Lock()
	for _, j := range batch {
		r.settle(j, results[j])
	}
	r.mu.Unlock()
	return r.save(ctx)
}

func inputs(jobs []*job) iter.Seq2[archive.Input, error] {
	return func(yield func(archive.Input, error) bool) {
		for _, j := range jobs {
			if !yield(*j.input, nil) {
				return
			}
		}
	}
}

// settle notes and reports what came of a job.
func (r *run) settle(j *job, res archive.Result) {
	n := &r.reports[j.source.Name].Counts
	if j.left {
		n.Left++
		return
	}
	p, before := j.page, r.m.page(j.url).Standing
	rep := ask.PullPage{Source: j.source.Name, URL: j.url, Title: p.Known.Title, Reason: p.Reason}
	if j.refused { // it stands as it stood, and is due again at once
		n.Failed++
		rep.Status, rep.Reason = ask.PageFailed, j.failed
		r.pages = append(r.pages, rep)
		return
	}
	n.Asked++
	switch {
	case res.Status == archive.Failed:
		p.SHA256, p.Stored = "", time.Time{}
		p.stand(Suspect, res.Error, r.now)
		p.Next = r.now.Add(j.pause(r.now))
		rep.Reason = res.Error
	case p.Failures == 0 && p.AliasOf == "" && j.resp != nil && j.known.Size > 0:
		p.stand(Well, "", r.now)
		p.Fetched, p.Known = r.now, j.known
		p.ETag, p.LastModified = j.resp.Header.Get("ETag"), j.resp.Header.Get("Last-Modified")
		if res.Status == archive.New || res.Status == archive.Revised || p.Changed.IsZero() {
			p.Changed = r.now
		}
		p.Next = r.now.Add(j.pause(r.now))
		rep.Title, rep.Release, rep.Version, rep.Held = p.Known.Title, res.Release, res.Version, res.Held
	}
	r.m.setPage(j.url, p)
	switch {
	case p.Failures > 0:
		n.Failed++
		rep.Status, rep.Reason = ask.PageFailed, j.failed
	case p.AliasOf != "":
		n.Unchanged++
		rep.Status, rep.Reason = ask.PageAlias, "leads to "+p.AliasOf
	case p.Standing == Gone:
		rep.Status = ask.PageGone
		if before != Gone {
			n.Gone++
		}
	case p.Standing == Suspect:
		rep.Status = ask.PageSuspect
		if before != Suspect {
			n.Suspect++
		}
	case res.Status == archive.New:
		n.New++
		rep.Status = ask.PageNew
	case res.Status == archive.Revised:
		n.Revised++
		rep.Status = ask.PageRevised
	default:
		n.Unchanged++
		if rep.Status = ask.PageBack; before == Well || before == Failing {
			return // as it stood
		}
	}
	if p.Standing != Well && p.Standing == before {
		return // it was told when it came to that
	}
	r.pages = append(r.pages, rep)
}
