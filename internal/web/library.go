package web

import (
	"context"
	"fmt"
	"hash/fnv"
	"sync"
	"time"

	"readout/diff"
	"readout/diff/formula"
	"readout/internal/archive"
	"readout/timeline"
)

// How fresh an answer is. A state younger than fresh is used without asking. While
// requests come in, the source is asked again and again, and a request waits a moment
// only for the answer; one that comes after a silence of more than limit waits for the
// asking that it begins. An asking that took long is not repeated before restRatio
// times as long has passed (limit/2 at most), so that a busy writer does not keep the server busy too.
const (
	fresh     = 300 * time.Millisecond
	moment    = 3 * time.Millisecond
	limit     = time.Second
	restRatio = 2
)

// library keeps what was derived from the source while it is the newest there is.
// Requests read a state, which never changes; a newer one is made beside it.
type library struct {
	source  Source
	compare diff.Options
	recur   func(timeline.SeriesID) formula.Options // how its formulas are looked for
	stacks  *stacks
	errands *errands

	mu      sync.Mutex
	state   *state        // nil before the first asking
	asked   time.Time     // when the state was found to be the newest
	rested  time.Time     // until when to leave the source alone
	seen    time.Time     // when the last request came
	asking  chan struct{} // closed at the end of the asking under way, nil for none
	urgent  bool          // whether the last asking began after a silence
	lastErr error         // of the last asking
}

// state is all releases in short at one point of the log.
type state struct {
	*archive.Overview
	heads  []*timeline.Release // in the order of a timeline
	byID   map[string]*timeline.Release
	series map[timeline.SeriesID]*shelf
}

// shelf is one series in a state. States share it until something in it changes.
type shelf struct {
	id    timeline.SeriesID
	key   string              // names its contents: equal keys, equal contents
	heads []*timeline.Release // in the order of a timeline

	newsOnce sync.Once
	newsLink link // see news

	compare diff.Options    // how its wordings are compared
	recur   formula.Options // how its formulas are looked for
	stacks  *stacks         // of which it is one
	errands *errands        // among which it is read

	mu      sync.Mutex
	volume  *volume       // nil until it was read
	old     *volume       // what was there before, until it was read; nil for nothing
	err     error         // of the last reading
	reading chan struct{} // closed at the end of the reading, nil before it and after one that failed
}

// now returns the newest state, or one that was the newest a moment ago.
func (l *library) now(ctx context.Context) (*state, error) {
	l.mu.Lock()
	silence := time.Since(l.seen) > limit
	l.seen = time.Now()
	if l.state != nil && (time.Since(l.asked) < fresh || !silence && time.Now().Before(l.rested)) {
		defer l.mu.Unlock()
		return l.state, nil
	}
	wait := l.ask(silence)
	must := l.urgent
	l.mu.Unlock()
	if err := patiently(ctx, wait, must); err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.state == nil || l.lastErr != nil && time.Since(l.asked) > limit {
		return nil, l.lastErr
	}
	return l.state, nil
}

// patiently waits until done is closed; if it need not, for a moment only.
func patiently(ctx context.Context, done <-chan struct{}, must bool) error {
	var enough <-chan time.Time
	if !must {
		t := time.NewTimer(moment)
		defer t.Stop()
		enough = t.C
	}
	select {
	case <-done:
	case <-enough:
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}

// renew returns a state that is no older than the call.
func (l *library) renew(ctx context.Context) (*state, error) {
	for range 2 { // an asking under way may have begun before
		l.mu.Lock()
		wait := l.ask(true)
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
// closed at the end. Silence says that no request came for a while. The caller holds
// the lock.
func (l *library) ask(silence bool) <-chan struct{} {
	if l.asking != nil {
		return l.asking
	}
	done := make(chan struct{})
	l.asking = done
	l.urgent = l.state == nil || silence
	old, urgent := l.state, l.urgent
	l.errands.run(func() {
		began := time.Now()
		// The answer serves every request that waits, so it does not end with
		// the one that asked first.
		s, err := l.load(context.Background(), old, urgent)
		l.mu.Lock()
		defer l.mu.Unlock()
		l.lastErr = err
		if err == nil {
			l.state, l.asked = s, began
		}
		l.rested = time.Now().Add(min(limit/2, restRatio*time.Since(began)))
		l.asking = nil
		close(done)
	})
	return done
}

// load asks the source for what is new after old, which may be nil.
func (l *library) load(ctx context.Context, old *state, urgent bool) (*state, error) {
	if old == nil {
		old = &state{}
	}
	o, err := l.source.Overview(ctx, old.Overview)
	if err != nil {
		return nil, err
	}
	if o == old.Overview {
		return old, nil
	}
	s := &state{Overview: o, heads: o.Heads, byID: make(map[string]*timeline.Release, len(o.Heads)), series: map[timeline.SeriesID]*shelf{}}
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
		key := contents(o, heads)
		if before != nil && !o.Reread && !touched[id] && before.key[len(before.key)-len(key):] == key {
			s.series[id] = before
			continue
		}
		// What the hashes do not show (decisions, other rules) is told by the log.
		sh := &shelf{id: id, key: fmt.Sprintf("%d.%s", o.Seq, key), heads: heads, compare: l.compare, recur: l.recur(id), stacks: l.stacks, errands: l.errands}
		sh.follow(before, urgent)
		s.series[id] = sh
	}
	return s, nil
}

// contents is a hash of what the archive says of the releases.
func contents(o *archive.Overview, heads []*timeline.Release) string {
	h := fnv.New64a()
	for _, r := range heads {
		d := o.Digest(r.ID)
		h.Write(d[:])
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

// follow lets what is on the shelf before stand in until this one was read; nil has
// nothing. After a silence it must not: it may be long out of date.
func (s *shelf) follow(before *shelf, urgent bool) {
	if before == nil || urgent {
		return
	}
	before.mu.Lock()
	defer before.mu.Unlock()
	if s.old = before.volume; s.old == nil {
		s.old = before.old
	}
}

// open returns what is on the shelf. While that is being read for the first time,
// what was there before may stand in; without it the call waits.
func (s *shelf) open(ctx context.Context, source Source) (*volume, error) {
	return s.take(ctx, source, true)
}

// latest returns what is on the shelf and takes nothing else for it.
func (s *shelf) latest(ctx context.Context, source Source) (*volume, error) {
	return s.take(ctx, source, false)
}

// take returns what is on the shelf, or for a moment what was there before if that may be.
// What was cleared away after it was read is read again.
func (s *shelf) take(ctx context.Context, source Source, older bool) (*volume, error) {
	for {
		done, old := s.begin(ctx, source)
		if !older {
			old = nil
		}
		if err := patiently(ctx, done, old == nil); err != nil {
			return nil, err
		}
		s.mu.Lock()
		v, err := s.volume, s.err
		s.mu.Unlock()
		switch {
		case v != nil:
			s.stacks.used(s, v)
			return v, nil
		case err != nil || old != nil:
			return old, err
		}
	}
}

// clear takes away what was read, which is read again when it is asked for.
func (s *shelf) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.volume != nil {
		s.volume, s.reading = nil, nil
	}
}

// begin starts the reading unless it was done or is under way. It returns what is
// closed at its end, and what was on the shelf before. A reading that failed is tried
// again by the next call.
func (s *shelf) begin(ctx context.Context, source Source) (<-chan struct{}, *volume) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.reading == nil {
		done := make(chan struct{})
		s.reading, s.err = done, nil
		// Others wait for the reading too: it does not end with this request.
		s.errands.run(func() { s.read(context.WithoutCancel(ctx), source, done) })
	}
	return s.reading, s.old
}

// read takes the series from the source, derives what was derived of it before, so
// that nobody has to wait for that, and closes done.
func (s *shelf) read(ctx context.Context, source Source, done chan struct{}) {
	series, err := source.Series(ctx, s.id, archive.SeriesOptions{})
	s.mu.Lock()
	old := s.old
	s.mu.Unlock()
	var v *volume
	if err == nil {
		v = newVolume(ctx, source, s.key, series, s.compare, s.recur)
		v.warm(old)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.volume, s.err = v, err; err == nil {
		s.old = nil
	} else {
		s.reading = nil
	}
	close(done)
}
