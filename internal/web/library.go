package web

import (
	"context"
	"fmt"
	"hash/fnv"
	"sync"
	"time"

	"readout/diff"
	"readout/internal/archive"
	"readout/timeline"
)

// How fresh an answer is. A state younger than fresh is used without asking; an
// older one is asked for, and the request waits for the answer up to patience
// before it is served what there is. An asking that took long is not repeated
// before restRatio times as long has passed, so that a busy writer does not keep
// the server busy too.
const (
	fresh     = 400 * time.Millisecond
	patience  = 250 * time.Millisecond
	restRatio = 3
)

// library keeps what was derived from the source while it is the newest there is.
// Requests read a state, which never changes; a newer one is made beside it.
type library struct {
	source  Source
	compare diff.Options

	mu      sync.Mutex
	state   *state        // nil before the first asking
	asked   time.Time     // when the state was found to be the newest
	rest    time.Duration // how long to leave the source alone
	asking  chan struct{} // closed at the end of the asking under way, nil for none
	lastErr error         // of the last asking
}

// state is all releases in short at one point of the log.
type state struct {
	seq    uint64
	heads  []*timeline.Release // in the order of a timeline
	byID   map[string]*timeline.Release
	series map[timeline.SeriesID]*shelf
}

// shelf is one series in a state. States share it until something in it changes.
type shelf struct {
	id    timeline.SeriesID
	key   string              // names its contents: equal keys, equal contents
	heads []*timeline.Release // in the order of a timeline

	compare diff.Options // how its wordings are compared

	mu      sync.Mutex
	volume  *volume       // nil until it was read
	old     *volume       // what was there before, until it was read; nil for nothing
	err     error         // of the last reading
	reading chan struct{} // closed at the end of the reading, nil before it and after one that failed
}

// now returns the newest state, or where the source is slow one that was the newest
// a moment ago.
func (l *library) now(ctx context.Context) (*state, error) {
	l.mu.Lock()
	if l.state != nil && time.Since(l.asked) < max(fresh, l.rest) {
		defer l.mu.Unlock()
		return l.state, nil
	}
	wait := l.ask()
	have := l.state
	l.mu.Unlock()
	if have == nil {
		select {
		case <-wait:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	} else {
		t := time.NewTimer(patience)
		defer t.Stop()
		select {
		case <-wait:
		case <-t.C:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.state == nil {
		return nil, l.lastErr
	}
	return l.state, nil
}

// renew returns a state that is no older than the call.
func (l *library) renew(ctx context.Context) (*state, error) {
	for range 2 { // an asking under way may have begun before
		l.mu.Lock()
		wait := l.ask()
		l.mu.Unlock()
		select {
		case <-wait:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.state, l.lastErr
}

// ask begins to ask the source, or joins the asking under way. It returns what is
// closed at the end. The caller holds the lock.
func (l *library) ask() <-chan struct{} {
	if l.asking != nil {
		return l.asking
	}
	done := make(chan struct{})
	l.asking = done
	old := l.state
	go func() {
		began := time.Now()
		// The answer serves every request that waits, so it does not end with
		// the one that asked first.
		s, err := l.load(context.Background(), old)
		l.mu.Lock()
		defer l.mu.Unlock()
		l.lastErr = err
		if err == nil {
			l.state = s
		}
		l.asked, l.rest = time.Now(), restRatio*time.Since(began)
		l.asking = nil
		close(done)
	}()
	return done
}

// load asks the source for what is new after old, which may be nil.
func (l *library) load(ctx context.Context, old *state) (*state, error) {
	if old == nil {
		old = &state{}
	}
	o, err := l.source.Overview(ctx, old.seq)
	if err != nil {
		return nil, err
	}
	if o.Heads == nil {
		return old, nil
	}
	s := &state{seq: o.Seq, heads: o.Heads, byID: make(map[string]*timeline.Release, len(o.Heads)), series: map[timeline.SeriesID]*shelf{}}
	touched := map[timeline.SeriesID]bool{}
	for _, id := range o.Curated {
		touched[id] = true
	}
	groups := map[timeline.SeriesID][]*timeline.Release{}
	for _, h := range o.Heads {
		s.byID[h.ID] = h
		groups[h.Series] = append(groups[h.Series], h)
	}
	for id, heads := range groups {
		before := old.series[id]
		key := contents(heads)
		if before != nil && !o.Reread && !touched[id] && before.key[len(before.key)-len(key):] == key {
			s.series[id] = before
			continue
		}
		// What the hashes do not show (decisions, other rules) is told by the log.
		s.series[id] = l.newShelf(id, fmt.Sprintf("%d.%s", o.Seq, key), heads, before)
	}
	return s, nil
}

// contents is a hash of the releases and versions.
func contents(heads []*timeline.Release) string {
	h := fnv.New64a()
	for _, r := range heads {
		fmt.Fprintf(h, "%s %d %d %s %s %d\n", r.ID, r.Version, r.Versions, r.SHA256, r.Source, r.CapturedAt.UnixNano())
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

func (l *library) newShelf(id timeline.SeriesID, key string, heads []*timeline.Release, before *shelf) *shelf {
	s := &shelf{id: id, key: key, heads: heads, compare: l.compare}
	if before != nil {
		before.mu.Lock()
		defer before.mu.Unlock()
		if s.old = before.volume; s.old == nil {
			s.old = before.old
		}
	}
	return s
}

// open returns what is on the shelf. While that is being read for the first time,
// what was there before may stand in; without it the call waits.
func (s *shelf) open(ctx context.Context, source Source) (*volume, error) {
	done, old := s.begin(ctx, source)
	if old == nil {
		return s.await(ctx, done)
	}
	t := time.NewTimer(patience)
	defer t.Stop()
	select {
	case <-done:
		return s.await(ctx, done)
	case <-t.C:
		return old, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// latest returns what is on the shelf and takes nothing else for it.
func (s *shelf) latest(ctx context.Context, source Source) (*volume, error) {
	done, _ := s.begin(ctx, source)
	return s.await(ctx, done)
}

// begin starts the reading unless it was done or is under way. It returns what is
// closed at its end, and what was on the shelf before. A reading that failed is
// tried again by the next call.
func (s *shelf) begin(ctx context.Context, source Source) (<-chan struct{}, *volume) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.reading == nil {
		s.reading = make(chan struct{})
		if s.volume != nil {
			close(s.reading)
		} else {
			// Others wait for the reading too: it does not end with this request.
			go s.read(context.WithoutCancel(ctx), source, s.reading)
		}
	}
	return s.reading, s.old
}

func (s *shelf) await(ctx context.Context, done <-chan struct{}) (*volume, error) {
	select {
	case <-done:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.volume, s.err
}

// read takes the series from the source and closes done.
func (s *shelf) read(ctx context.Context, source Source, done chan struct{}) {
	series, err := source.Series(ctx, s.id, archive.SeriesOptions{})
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err = err; err == nil {
		s.volume, s.old = newVolume(s.key, series, s.compare), nil
	} else {
		s.reading = nil
	}
	close(done)
}
