package web

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"readout/diff"
	"readout/diff/formula"
	"readout/internal/archive"
	"readout/internal/ask"
	"readout/timeline"
)

// volume is one series whole, with what is derived from it when somebody asks. Its
// values are shared by all requests and never changed.
type volume struct {
	*archive.Series
	key     string // see shelf
	compare diff.Options
	byID    map[string]*timeline.Release
	place   map[string]int // of a release in Releases
	chains  map[string]*chain
	past    func() *diff.Past // the series laid out for comparison
	matrix  func() *ask.Matrix
	origin  func() map[string]origin
	// accounts are, by release, what other sides published about the same meeting.
	accounts func() map[string][]*timeline.Release
	notable  func() []ask.Finding // of the latest meetings
	latest   func() []ask.Finding // those of them that formulas tell
	formulas func() []formula.Formula
	recur    formula.Options // how they are looked for
	lanes    func() *timeline.Lanes
	blames   *memo[*timeline.Release, []diff.Blamed]

	usedMatrix, usedOrigin atomic.Bool // whether anybody asked
}

// chain is one topic followed through the series.
type chain struct {
	topic  timeline.Topic
	thread func() *ask.Thread // with a step for every release of the series
	used   *atomic.Bool       // whether anybody asked
	// recent is the first release of the series that the page of the topic shows at
	// first, by its place.
	recent func() int
}

// entryHref is the address of what a release says on the page of a topic. An entry that
// the page does not show at first is asked for with all the others.
func (v *volume) entryHref(topic string, r *timeline.Release) string {
	href := topicHref(v.ID, topic)
	if c := v.chains[topic]; c != nil && v.place[r.ID] < c.recent() {
		href += "?meetings=all"
	}
	return href + "#" + anchorOf(r.ID)
}

// recentFrom is the place of the first of the newest entriesShown releases that raise the
// topic; 0 where no more do.
func recentFrom(releases []*timeline.Release, t timeline.Topic) int {
	if t.Releases <= entriesShown {
		return 0
	}
	n := 0
	for i := len(releases) - 1; i >= 0; i-- {
		if releases[i].Raises(t.ID) {
			if n++; n == entriesShown {
				return i
			}
		}
	}
	return 0
}

// comparing returns the options of comparisons, with the series as a whole.
func (v *volume) comparing() diff.Options {
	o := v.compare
	o.Past = v.past()
	return o
}

// steps are those of the thread.
func (c *chain) steps() []diff.Step { return c.thread().Steps }

// warm derives what old was asked for; nil was asked for nothing.
func (v *volume) warm(old *volume) {
	if old == nil {
		return
	}
	for id, c := range old.chains {
		if now := v.chains[id]; now != nil && c.used.Load() {
			now.steps()
		}
	}
	if old.usedMatrix.Load() {
		v.matrix()
		v.notable()
	}
	if old.usedOrigin.Load() {
		v.origin()
	}
}

func newVolume(ctx context.Context, source Source, key string, s *archive.Series, o diff.Options, recur formula.Options) *volume {
	v := &volume{Series: s, key: key, compare: o, recur: recur, byID: make(map[string]*timeline.Release, len(s.Releases)),
		place: make(map[string]int, len(s.Releases)), chains: map[string]*chain{}, blames: newMemo[*timeline.Release, []diff.Blamed]()}
	for i, r := range s.Releases {
		v.byID[r.ID], v.place[r.ID] = r, i
	}
	for _, t := range s.Topics.Topics {
		used := new(atomic.Bool)
		v.chains[t.ID] = &chain{topic: t, used: used, thread: sync.OnceValue(func() *ask.Thread {
			used.Store(true)
			return ask.Follow(s.Topics, t.ID, timeline.Filter{}, v.comparing())
		}), recent: sync.OnceValue(func() int { return recentFrom(s.Releases, t) })}
	}
	v.past = sync.OnceValue(func() *diff.Past { return diff.NewPast(s.Releases, o) })
	v.matrix = sync.OnceValue(func() *ask.Matrix { v.usedMatrix.Store(true); return ask.NewMatrix(v.threads()) })
	v.accounts = sync.OnceValue(func() map[string][]*timeline.Release { return otherAccounts(s.Releases) })
	v.latest = sync.OnceValue(func() []ask.Finding { return ask.Latest(s.ID, s.Topics, v.formulas()) })
	v.notable = sync.OnceValue(func() []ask.Finding {
		var finding sync.WaitGroup
		finding.Go(func() { v.formulas() })
		m := v.matrix()
		finding.Wait()
		return ask.Notables(m, v.formulas())
	})
	v.formulas = sync.OnceValue(func() []formula.Formula {
		return source.Formulas(ctx, s, func(m diff.Memory) []formula.Formula {
			o := recur
			o.Memory = m
			return formula.Find(s.Releases, o)
		})
	})
	v.lanes = sync.OnceValue(func() *timeline.Lanes { return timeline.NewLanes(s.Releases, o.Words) })
	v.origin = sync.OnceValue(func() map[string]origin { v.usedOrigin.Store(true); return v.origins() })
	return v
}

// blame says where each piece of a release's wording first stood.
func (v *volume) blame(r *timeline.Release) []diff.Blamed {
	return v.blames.of(r, func() []diff.Blamed { return diff.Blame(r, v.Releases, v.compare.Lexicon) })
}

// memo keeps what was derived from a thing, once for each.
type memo[K comparable, V any] struct {
	mu   sync.Mutex
	made map[K]func() V
}

func newMemo[K comparable, V any]() *memo[K, V] { return &memo[K, V]{made: map[K]func() V{}} }

// of returns what make returns, which is called once for each key.
func (m *memo[K, V]) of(key K, make func() V) V {
	m.mu.Lock()
	once, ok := m.made[key]
	if !ok {
		once = sync.OnceValue(make)
		m.made[key] = once
	}
	m.mu.Unlock()
	return once()
}

// threads are those of all topics. Nobody waits for one who could follow another.
func (v *volume) threads() []*ask.Thread {
	out := make([]*ask.Thread, len(v.Topics.Topics))
	var following errgroup.Group
	following.SetLimit(runtime.GOMAXPROCS(0))
	for i, t := range v.Topics.Topics {
		following.Go(func() error {
			out[i] = v.chains[t.ID].thread()
			return nil
		})
	}
	following.Wait() // nothing fails
	return out
}

// topic finds the chain that a name in an address means: an id, or else any name.
func (v *volume) topic(name string) (*chain, bool) {
	if c, ok := v.chains[name]; ok {
		return c, true
	}
	if m := v.Topics.Find(name); len(m) > 0 && m[0].Exact {
		return v.chains[m[0].Topic.ID], true
	}
	return nil, false
}

// origin is where a statement comes from.
type origin struct {
	Worded  *timeline.Release // first to say it in these words
	Claimed *timeline.Release // first to say it at all, in whatever words
	Steps   int               // times it was reworded since
}

// origins follows every statement of the series back through its topics. Where a
// statement has several topics, the one that leads furthest back counts.
func (v *volume) origins() map[string]origin {
	out := map[string]origin{}
	for _, t := range v.Topics.Topics {
		for _, s := range v.chains[t.ID].steps() {
			for _, c := range s.Statements {
				o := origin{Worded: s.Entry.Release, Claimed: s.Entry.Release}
				for _, p := range c.Previous {
					before, ok := out[p.ID]
					if !ok {
						continue
					}
					if v.place[before.Claimed.ID] < v.place[o.Claimed.ID] {
						o.Claimed, o.Steps = before.Claimed, before.Steps
						if c.Kind == diff.Reworded {
							o.Steps++
						}
					}
					if c.Kind == diff.Unchanged && v.place[before.Worded.ID] < v.place[o.Worded.ID] {
						o.Worded = before.Worded
					}
				}
				if have, ok := out[c.Statement.ID]; !ok || v.place[o.Claimed.ID] < v.place[have.Claimed.ID] {
					out[c.Statement.ID] = o
				}
			}
		}
	}
	return out
}
