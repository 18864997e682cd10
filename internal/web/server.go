package web

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"time"

	"readout/diff"
	"readout/diff/formula"
	"readout/internal/ask"
	"readout/internal/reading/names"
	"readout/internal/sources"
	"readout/timeline"
)

// Options adjust [New]. Source is needed; the rest may be zero.
type Options struct {
	Source Source
	// Names returns the name of a party for people ("Japan"); nil shows the code.
	Names func(timeline.Party) string
	// Party returns the party that people call so, by code or name; nil knows none.
	Party func(string) (timeline.Party, bool)
	// Called returns all names of a party; nil knows the one of Names.
	Called func(timeline.Party) []string
	// Mentioned returns the parties that a text names, in its order; nil finds none.
	Mentioned func(text string) []timeline.Party
	// Regions are the parts of the world that series are sorted by; nil are the built-in ones.
	Regions []names.Region
	// Samples takes the sample releases in; nil offers none.
	Samples func(context.Context) error
	// Lexicon tells the words that matter when wordings are compared; nil is the
	// built-in one.
	Lexicon *diff.Lexicon
	// Ladder tells firmer verbs from weaker ones; nil is the built-in one.
	Ladder *diff.Ladder
	// Qualifiers are the words that shifts are read off beside verbs, nil for none.
	Qualifiers diff.Qualifier
	// Formulas says how the formulas of a series are looked for; nil is with the built-in
	// word lists, and counts the names of the parties as words.
	Formulas func(timeline.SeriesID) formula.Options
	// Words tell the lanes of a series, and where a stock phrase begins and ends; nil are
	// the built-in ones.
	Words *timeline.WordLists
	// Health returns how the sources stand that releases are pulled from; nil knows of
	// none. A [sources.LineError] is shown to the caller.
	Health func(context.Context) ([]sources.Health, error)
	// Sources returns which sources those are, as the command line lists them; nil
	// knows of none.
	Sources func() (*ask.Sources, error)
	// Hosts are the names, without port, to which the server answers beside
	// "localhost" and the addresses of the loopback interface.
	Hosts []string
	// AnyAddress lets the server answer to every IP address as a host: for a server
	// that listens on all interfaces. Names have to be listed all the same.
	AnyAddress bool
	// Token is the secret that a caller must show; empty for none.
	Token string
	// ReadOnly takes no decision about topics, and settles no doubt.
	ReadOnly bool
	// CacheBytes bounds, about, what is kept to be asked again: series that were read and
	// pages that were laid out. 0 means 512 MB. What is listed of every release is held
	// beside that.
	CacheBytes int
	// Report is told of errors that are no caller's fault; nil drops them.
	Report func(error)
}

// Server answers requests. It is safe for concurrent use and needs no closing.
type Server struct {
	Options
	library library
	views   *views
	answers cache
	regions regionTable
	// searching bounds the searches under way: each holds the store open, and a
	// writer waits for all of them.
	searching gate
	handler   http.Handler
}

// DefaultCacheBytes is what [Options.CacheBytes] is where it is 0.
const DefaultCacheBytes = 512 << 20

// pagesShare is which part of what is kept, one in so many, is pages that were laid out.
const pagesShare = 8

// New returns a server over o.Source. The error is a fault in a template.
func New(o Options) (*Server, error) {
	if o.Names == nil {
		o.Names = func(p timeline.Party) string { return string(p) }
	}
	if o.Party == nil {
		o.Party = func(string) (timeline.Party, bool) { return "", false }
	}
	if o.Called == nil {
		o.Called = func(p timeline.Party) []string { return []string{o.Names(p)} }
	}
	if o.Mentioned == nil {
		o.Mentioned = func(string) []timeline.Party { return nil }
	}
	if o.Regions == nil {
		o.Regions = names.Regions(nil)
	}
	if o.Report == nil {
		o.Report = func(error) {}
	}
	if o.Formulas == nil {
		o.Formulas = func(timeline.SeriesID) formula.Options {
			return formula.Options{Diff: diff.Options{Lexicon: o.Lexicon, Ladder: o.Ladder, Qualifiers: o.Qualifiers}}
		}
	}
	if o.CacheBytes <= 0 {
		o.CacheBytes = DefaultCacheBytes
	}
	v, err := newViews(o)
	if err != nil {
		return nil, err
	}
	s := &Server{Options: o, views: v, regions: newRegions(o.Regions), searching: make(gate, asksAtOnce)}
	s.answers.limit = o.CacheBytes / pagesShare
	s.library = library{
		source:  o.Source,
		compare: diff.Options{Lexicon: o.Lexicon, Ladder: o.Ladder, Qualifiers: o.Qualifiers, Words: o.Words},
		recur:   o.Formulas,
		stacks:  newStacks(o.CacheBytes - s.answers.limit),
		errands: new(errands),
	}
	s.handler = s.guard(s.routes())
	return s, nil
}

// comparing says how wordings are compared.
func (s *Server) comparing() diff.Options { return s.library.compare }

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// How long a caller may take, and how much it may send. Everything it can send is a
// form of a few fields.
const (
	headTimeout  = 5 * time.Second
	bodyTimeout  = 15 * time.Second
	writeTimeout = 2 * time.Minute // a large download over a slow line
	idleTimeout  = 2 * time.Minute
	stopTimeout  = 5 * time.Second
	maxHead      = 64 << 10
	maxBody      = 64 << 10
)

// Serve answers on l until the context ends; then it takes no new request, lets
// those under way finish for a few seconds, and returns nil. What it asks its source for
// the sake of several requests has ended then, too, unless that takes as long again.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	h := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: headTimeout,
		ReadTimeout:       bodyTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHead,
	}
	stopped := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		ctx, cancel := context.WithTimeout(context.Background(), stopTimeout)
		defer cancel()
		err := h.Shutdown(ctx)
		if errors.Is(err, context.DeadlineExceeded) {
			err = h.Close()
		}
		stopped <- err
	})
	err := h.Serve(l)
	if stop() || !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve on %s: %w", l.Addr(), err)
	}
	err = <-stopped
	ending, cancel := context.WithTimeout(context.Background(), stopTimeout)
	defer cancel()
	s.library.errands.wait(ending)
	return err
}

// longestRead is how many of the series with the most releases, of however many parties, are
// read beside those of the first page: they keep a reader waiting longest.
const longestRead = 3

// Warm begins to read what the first page needs and then the longest series, so that the first
// reader does not have to wait for them, and returns at once. What fails is told to whoever asks for
// it; [Server.Serve] waits at its end for what was begun.
func (s *Server) Warm(ctx context.Context) {
	s.library.errands.run(func() { s.warm(ctx) })
}

func (s *Server) warm(ctx context.Context) {
	st, err := s.library.now(ctx)
	if err != nil {
		return
	}
	s.Party("") // reads the names of countries in all languages
	snap := &snapshot{state: st, used: map[timeline.SeriesID]string{}}
	if _, err := s.known(ctx, snap); err != nil {
		return
	}
	var d homeData
	all := s.homeSeries(snap)
	d.pin(snap, all, nil)
	ids := make([]timeline.SeriesID, len(d.Pinned))
	for i, p := range d.Pinned {
		ids[i] = p.ID
	}
	slices.SortStableFunc(all, func(a, b homeSeries) int { return b.Releases - a.Releases })
	for _, h := range all[:min(longestRead, len(all))] {
		ids = append(ids, h.ID)
	}
	for _, id := range ids {
		v, err := st.series[id].open(ctx, s.Source)
		if err != nil || ctx.Err() != nil {
			return
		}
		v.notable()
	}
}

// routes says which address leads where. What is not listed is not found.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	for pattern, show := range map[string]pageFunc{
		"/{$}":     s.home,
		"/compare": s.chooseComparison,
		"/search":  s.search,
		"/changes": s.changes,
		"/doubts":  s.doubts,
		"/about":   s.about,
		"/":        func(*http.Request, *snapshot) (*page, error) { return nil, errNoPage },
		// What is decided has an entry in the log, but does not show in a series.
		"/series/{series}/decisions": s.decisions,
	} {
		mux.Handle("GET "+pattern, s.page(ofAll, show))
	}
	for pattern, show := range map[string]pageFunc{
		"/series/{series}":                         s.series,
		"/series/{series}/brief":                   s.brief,
		"/series/{series}/phrases":                 s.phrases,
		"/series/{series}/topics/{topic}":          s.topic,
		"/series/{series}/topics/{topic}/synopsis": s.synopsis,
		"/releases/{release}":                      s.meeting,
		"/releases/{release}/blame":                s.blame,
		"/releases/{release}/sides":                s.sides,
		"/compare/{old}/{new}":                     s.compare,
		"/phrase":                                  s.phrase,
	} {
		mux.Handle("GET "+pattern, s.page(ofSeries, show))
	}
	for pattern, make := range map[string]makeFunc{
		"/compare/{old}/{new}/export/{format}":            s.exportComparison,
		"/series/{series}/topics/{topic}/export/{format}": s.exportTopic,
		"/releases/{release}/cite/{format}":               s.exportCitation,
		"/series/{series}/export/{format}":                s.exportMatrix,
		"/series/{series}/brief/export/{format}":          s.exportBrief,
	} {
		mux.Handle("GET "+pattern, s.give(ofSeries, make))
	}
	mux.Handle("GET /suggest", s.give(ofAll, s.suggest))
	mux.Handle("GET /changes.atom", s.give(ofAll, s.feed))
	mux.HandleFunc("GET /releases/{release}/raw", s.raw)
	mux.Handle("GET /sources", s.page(ofElsewhere, s.sources))
	mux.Handle("GET /static/{file}", s.views.files)
	mux.Handle("POST /series/{series}/decisions", s.change(s.decide))
	mux.HandleFunc("POST /series/{series}/pin", s.pin)
	mux.Handle("POST /samples", s.change(s.samples))
	mux.Handle("POST /doubts", s.change(s.settle))
	mux.Handle("POST /doubts/undo", s.change(s.unsettle))
	mux.Handle("POST /series/{series}/decisions/undo", s.change(s.undo))
	s.api(mux)
	return mux
}
