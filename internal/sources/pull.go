package sources

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/document/pdf"
	"readout/internal/sources/fetch"
	"readout/storage"
)

// ErrRunning is returned while another run holds Puller.Lock.
var ErrRunning = errors.New("another pull is running")

// Puller fetches what is due.
type Puller struct {
	Archive *archive.Archive
	Client  *fetch.Client // its clock is the puller's
	Words   *Words        // nil is DefaultWords
	PDF     *pdf.Reader   // nil starts one for every PDF file
	// Lock is a file that is locked during a run, so that two that overlap do not
	// ask everything twice; "" for none.
	Lock string
}

// PullOptions adjust [Puller.Pull]; the zero value works.
type PullOptions struct {
	Names  []string // of the sources; none means all
	DryRun bool     // ask the lists, and say which pages are due
	Force  bool     // ask every list now, due or not
	// Recheck looks at every known page again now, due or not.
	Recheck bool
	// Limit is how many new pages of one source are fetched in one run; 0 means
	// 200. The rest is left for the next one.
	Limit int
	// Progress is told what is being done; nil for nobody.
	Progress func(doing string)
}

// maxPages is how many pages of a list are read in one run, and maxLists how many
// sitemaps of an index.
const (
	maxPages = 50
	maxLists = 50
)

// hostsAtOnce bounds how many hosts are asked at the same time.
const hostsAtOnce = 8

// Pull fetches what is due: the lists first, then new and known pages. What was
// fetched is stored as the run goes on, so one that is stopped loses little. The
// report has all that was done until then; the error is [ErrNoSource], [ErrRunning],
// that of the store, or the context's. What goes wrong with one source or page is in the report.
func (p *Puller) Pull(ctx context.Context, c *Config, o PullOptions) (*ask.Pull, error) {
	for _, name := range o.Names {
		if c.Source(name) == nil {
			return nil, fmt.Errorf("%w: %s", ErrNoSource, name)
		}
	}
	if p.Lock != "" {
		// The folder of a store that the first pull makes.
		if err := os.MkdirAll(filepath.Dir(p.Lock), 0o755); err != nil {
			return nil, fmt.Errorf("lock %s: %w", p.Lock, err)
		}
		lock := flock.New(p.Lock)
		if got, err := lock.TryLock(); err != nil {
			return nil, fmt.Errorf("lock %s: %w", p.Lock, err)
		} else if !got {
			return nil, ErrRunning
		}
		defer lock.Unlock() // it ends with the process at the latest
	}
	notes, err := p.Archive.Fetches(ctx)
	if err != nil {
		return nil, err
	}
	r := &run{
		Puller: p,
		config: c,
		o:      o,
		m:      recall(notes, p.Client),
		now:    p.Client.Now().Truncate(time.Second),
		broken: map[string]int{},
		words:  p.Words,
	}
	if r.words == nil {
		r.words = DefaultWords()
	}
	if r.o.Limit <= 0 {
		r.o.Limit = 200
	}
	before := p.Client.Requests()
	err = r.all(ctx)
	report := r.finish()
	for host, n := range p.Client.Requests() {
		if n -= before[host]; n > 0 {
			report.Requests[host] = n
		}
	}
	return report, err
}

// run is one call of Pull.
type run struct {
	*Puller
	config *Config
	o      PullOptions
	m      *memory
	now    time.Time // of the beginning of the run
	words  *Words

	mu      sync.Mutex
	broken  map[string]int // hosts, with failures in a row
	reports map[string]*ask.PullSource
	pages   []ask.PullPage
	records []*job // of sources that hold the releases themselves, what is new of them
}

func (r *run) all(ctx context.Context) error {
	r.reports = map[string]*ask.PullSource{}
	var due []*Source
	for _, s := range r.config.Sources {
		st := r.m.source(s.Name, r.now)
		rep := &ask.PullSource{Name: s.Name, URL: s.URL, Kind: string(s.Kind), Status: ask.ListNotDue, Links: st.Links}
		r.reports[s.Name] = rep
		if !r.chosen(s.Name) {
			continue
		}
		if r.o.Force || st.Settings != s.settings() || !r.now.Before(st.Next.Add(-min(slack, s.Every()/10))) {
			due = append(due, s)
		}
	}
	perHost(ctx, due, func(s *Source) string { return hostOf(s.URL) }, func(s *Source) { r.readSource(ctx, s) })
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if r.o.DryRun {
		r.rehearse()
		return nil
	}
	err := cmp.Or(r.storeRecords(ctx), r.fetchPages(ctx))
	r.standings()
	// What was learnt is kept even when the run was stopped.
	return errors.Join(err, r.save(context.WithoutCancel(ctx)))
}

// perHost runs do for all items: those of one host one after another, in their
// order, and several hosts at a time.
func perHost[T any](ctx context.Context, items []T, host func(T) string, do func(T)) {
	queues := map[string][]T{}
	for _, it := range items {
		queues[host(it)] = append(queues[host(it)], it)
	}
	var wg sync.WaitGroup
	free := make(chan struct{}, hostsAtOnce)
	for _, name := range sortedKeys(queues) {
		free <- struct{}{}
		wg.Go(func() {
			defer func() { <-free }()
			for _, it := range queues[name] {
				if ctx.Err() != nil {
					return
				}
				do(it)
			}
		})
	}
	wg.Wait()
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

func (r *run) chosen(name string) bool {
	return len(r.o.Names) == 0 || slices.Contains(r.o.Names, name)
}

func (r *run) progress(format string, a ...any) {
	if r.o.Progress != nil {
		r.o.Progress(fmt.Sprintf(format, a...))
	}
}

// tooBroken is after how many failures in a row a host is left alone for the rest
// of a run.
const tooBroken = 3

// outcome notes whether a host answered. A host that asks to be left alone is
// taken at its word at once.
func (r *run) outcome(host string, err error, status int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var wait *fetch.WaitError
	switch {
	case errors.As(err, &wait):
		r.broken[host] = tooBroken
	case err != nil && !isOurs(err), err == nil && status >= 500:
		r.broken[host]++
	case err == nil:
		r.broken[host] = 0
	}
}

// isOurs reports whether an error says that we do not ask, rather than that a host
// does not answer.
func isOurs(err error) bool {
	return errors.Is(err, fetch.ErrForbidden) || errors.Is(err, fetch.ErrRobots) || errors.Is(err, fetch.ErrTooLarge) ||
		errors.Is(err, fetch.ErrRedirects)
}

func (r *run) givenUp(host string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.broken[host] >= tooBroken
}

// standings settles how every source stands at the end of the run.
func (r *run) standings() {
	for _, s := range r.config.Sources {
		st := r.m.sources[s.Name]
		if st.Failures > 0 || s.Kind == Page || !r.chosen(s.Name) {
			continue
		}
		last := st.Added
		if n := len(st.Arrivals); n > 0 {
			last = st.Arrivals[n-1]
		}
		usual := rhythm(st.Arrivals)
		if silent := r.now.Sub(last); silent > staleAfter*usual {
			st.stand(Stale, fmt.Sprintf("nothing new since %s; until then, at most %s used to pass", last.Format(time.DateOnly),
				Duration(usual.Round(day))), r.now)
		} else {
			st.stand(Well, "", r.now)
		}
		r.m.touch(sourceKey + s.Name)
	}
}

// save writes what has been learnt.
func (r *run) save(ctx context.Context) error {
	r.mu.Lock()
	notes, err := r.m.notes()
	r.mu.Unlock()
	if err != nil {
		return err
	}
	hosts, err := hostNotes(r.Client)
	if err != nil {
		return err
	}
	return r.Archive.NoteFetches(ctx, append(notes, hosts...))
}

// finish makes the report.
func (r *run) finish() *ask.Pull {
	rep := ask.NewPull(r.now, r.o.DryRun)
	rep.Pages = append(rep.Pages, r.pages...)
	slices.SortStableFunc(rep.Pages, func(a, b ask.PullPage) int {
		return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.URL, b.URL))
	})
	for _, s := range r.config.Sources {
		sr := r.reports[s.Name]
		if sr == nil || !r.chosen(s.Name) {
			continue
		}
		st := r.m.sources[s.Name]
		sr.Next, sr.Standing, sr.Since = ask.Instant{Time: st.Next}, string(st.Standing), ask.Instant{Time: st.Since}
		if sr.Error == "" && st.Standing != Well {
			sr.Error = st.Reason
		}
		rep.Sources = append(rep.Sources, *sr)
		rep.Totals.Add(sr.Counts)
	}
	return rep
}

// rehearse lists the pages that would be fetched, and the records that would be kept.
func (r *run) rehearse() {
	for _, j := range r.records {
		r.reports[j.source.Name].Counts.Left++
		r.pages = append(r.pages, ask.PullPage{Source: j.source.Name, URL: j.url, Status: ask.PageDue, Reason: "new, or another text"})
	}
	for _, j := range r.duePages() {
		r.reports[j.source.Name].Counts.Left++
		reason := "new"
		if !j.page.Fetched.IsZero() {
			reason = "to be looked at again"
		}
		r.pages = append(r.pages, ask.PullPage{
			Source: j.source.Name,
			URL:    j.url,
			Title:  j.page.Known.Title,
			Status: ask.PageDue,
			Reason: reason,
		})
	}
}

// Forget drops what is remembered of a source that is no longer followed. Its pages
// stay known, so that following it again does not fetch them all.
func (p *Puller) Forget(ctx context.Context, name string) error {
	return p.Archive.ForgetFetches(ctx, []string{sourceKey + name})
}

// Trouble is a page or source that does not stand well.
type Trouble struct {
	Source   string    `json:"source"`
	URL      string    `json:"url,omitempty"` // of the page; "" for the source itself
	Title    string    `json:"title,omitempty"`
	Standing Standing  `json:"standing"`
	Reason   string    `json:"reason"`
	Since    time.Time `json:"since"`
}

// News is the trouble as a report of what happened tells it.
func (t Trouble) News() ask.Trouble {
	detail := t.Reason
	if t.URL != "" {
		detail = t.URL + ": " + detail
	}
	return ask.Trouble{Source: t.Source, State: string(t.Standing), Detail: detail, Since: t.Since}
}

// Troubles returns what does not stand well now, sources first, then pages, each in
// order of name. Where since is above 0, only what came to stand so after that
// number of the archive's log.
func Troubles(ctx context.Context, a *archive.Archive, since uint64) ([]Trouble, error) {
	notes, err := a.Fetches(ctx)
	if err != nil {
		return nil, err
	}
	if since > 0 {
		keys, err := a.FetchesSince(ctx, since)
		if err != nil {
			return nil, err
		}
		maps.DeleteFunc(notes, func(key string, _ storage.Fetch) bool { return !slices.Contains(keys, key) })
	}
	m := recall(notes, fetch.New(fetch.Options{}))
	out := []Trouble{}
	for _, name := range sortedKeys(m.sources) {
		if s := m.sources[name]; s.Standing != Well {
			out = append(out, Trouble{Source: name, Standing: s.Standing, Reason: s.Reason, Since: s.Since})
		}
	}
	for _, u := range sortedKeys(m.pages) {
		if m.pages[u].note.Standing == string(Well) {
			continue
		}
		if p := m.page(u); p.Standing != Well {
			out = append(out, Trouble{
				Source:   p.Source,
				URL:      u,
				Title:    p.Known.Title,
				Standing: p.Standing,
				Reason:   p.Reason,
				Since:    p.Since,
			})
		}
	}
	return out, nil
}
