package web

import (
	"container/list"
	"context"
	"maps"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"

	"readout/timeline"
)

// snapshot is the state that one request is answered from, and notes what the answer
// depends on.
type snapshot struct {
	*state
	used map[timeline.SeriesID]string // the keys of the volumes that were opened
	all  bool                         // whether other series may change the answer
}

// scope says what an answer may depend on.
type scope int

// The scopes.
const (
	ofAll       scope = iota // anything in the archive
	ofSeries                 // the series that it opens, and nothing else
	ofElsewhere              // what the log does not tell of; there is no snapshot, and nothing is kept
)

// answer is a body that was laid out.
type answer struct {
	body      []byte
	packed    *content // the body as it is sent; set once the answer is made
	mediaType string
	name      string // of the file where it is a download, "" where it is a page
	redirect  string // in place of a body

	scope scope
	seq   uint64 // of the state, for ofAll
	count int    // of all series: forms offer them to choose
	used  map[timeline.SeriesID]string
	good  atomic.Int64 // when it was last known to hold, at least, in nanoseconds since 1970
}

// standIn is how long an answer that no longer holds may stand in for the next one
// while that is made.
const standIn = 300 * time.Millisecond

// cache keeps answers by their address; those that were not asked for longest go
// first.
type cache struct {
	limit   int // bytes of the bodies
	flights singleflight.Group

	mu     sync.Mutex
	byKey  map[string]*list.Element // of *cached
	recent list.List                // the last used first
	size   int
}

type cached struct {
	key    string
	answer *answer
}

func (c *cache) get(key string) *answer {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.byKey[key]
	if e == nil {
		return nil
	}
	c.recent.MoveToFront(e)
	return e.Value.(*cached).answer
}

func (c *cache) put(key string, a *answer) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byKey == nil {
		c.byKey = map[string]*list.Element{}
	}
	c.drop(c.byKey[key])
	c.byKey[key] = c.recent.PushFront(&cached{key, a})
	c.size += len(a.body) + len(key)
	for c.size > c.limit && c.recent.Len() > 1 {
		c.drop(c.recent.Back())
	}
}

// clear forgets everything: nothing that was laid out before stands in any more.
func (c *cache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.byKey, c.size = nil, 0
	c.recent.Init()
}

func (c *cache) drop(e *list.Element) {
	if e == nil {
		return
	}
	old := c.recent.Remove(e).(*cached)
	delete(c.byKey, old.key)
	c.size -= len(old.answer.body) + len(old.key)
}

// makeFunc finds and lays out the answer to a request.
type makeFunc func(*http.Request, *snapshot) (*answer, error)

// give answers requests by make. Errors are told as pages.
func (s *Server) give(of scope, make makeFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a, err := s.cached(r, of, make)
		switch {
		case err != nil:
			s.fail(w, r, err)
		case a.redirect != "":
			http.Redirect(w, r, a.redirect, http.StatusSeeOther)
		default:
			if a.name != "" {
				attach(w.Header(), a.name)
			}
			a.packed.answer(w, r, a.mediaType, http.StatusOK)
		}
	})
}

// cached answers a request by make, or with what make returned before where the
// archive still has nothing newer. Requests for the same answer wait for one making.
func (s *Server) cached(r *http.Request, of scope, make makeFunc) (*answer, error) {
	if of == ofElsewhere {
		a, err := make(r, nil)
		if err == nil {
			a.packed = newContent(a.body)
		}
		return a, err
	}
	st, err := s.library.now(r.Context())
	if err != nil {
		return nil, err
	}
	began, key := time.Now(), r.Host+r.URL.RequestURI()+variant(r)
	old := s.answers.get(key)
	if old != nil && s.holds(r, st, old) {
		old.good.Store(time.Now().UnixNano())
		return old, nil
	}
	ctx := r.Context()
	// The making is shared, so it does not end with the request that began it.
	r = r.WithContext(context.WithoutCancel(ctx))
	made := s.answers.flights.DoChan(key, func() (any, error) {
		snap := &snapshot{state: st, used: map[timeline.SeriesID]string{}}
		a, err := make(r, snap)
		if err != nil {
			return nil, err
		}
		if snap.all {
			of = ofAll
		}
		a.packed = newContent(a.body)
		a.scope, a.seq, a.count, a.used = of, st.Seq, len(st.series), maps.Clone(snap.used)
		a.good.Store(began.UnixNano())
		s.answers.put(key, a)
		return a, nil
	})
	var enough <-chan time.Time
	if old != nil && time.Since(time.Unix(0, old.good.Load())) < standIn {
		t := time.NewTimer(moment)
		defer t.Stop()
		enough = t.C
	}
	select {
	case m := <-made:
		if m.Err != nil {
			return nil, m.Err
		}
		return m.Val.(*answer), nil
	case <-enough:
		return old, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// holds reports whether an answer is still what make would return.
func (s *Server) holds(r *http.Request, st *state, a *answer) bool {
	if a.scope == ofAll && a.seq != st.Seq || a.count != len(st.series) {
		return false
	}
	for id, key := range a.used {
		v, err := s.volume(r, &snapshot{state: st, used: map[timeline.SeriesID]string{}}, id)
		if err != nil || v.key != key {
			return false
		}
	}
	return true
}

// gate lets a few through at a time.
type gate chan struct{}

// enter waits for a place and returns how to leave it.
func (g gate) enter(ctx context.Context) (func(), error) {
	select {
	case g <- struct{}{}:
		return func() { <-g }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
