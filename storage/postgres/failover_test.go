package postgres_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"readout/storage"
	"readout/storage/postgres"
	"readout/storage/postgres/clustertest"
	"readout/storage/storagetest"
)

var kills = flag.Int("kills", 1, "how often TestFailover kills the primary")

// quorum are settings of a server of three; for which standbys it waits is set where it
// changes. No machine goes down here, only processes, so the disk need not be waited for.
var quorum = []string{"fsync=off", "synchronous_commit=on", "wal_receiver_status_interval=1s", "wal_retrieve_retry_interval=100ms"}

// trio is a primary with two standbys.
type trio struct {
	nodes   map[string]*clustertest.Server
	primary string
}

func newTrio(t *testing.T) *trio {
	t.Helper()
	g := &trio{nodes: map[string]*clustertest.Server{}, primary: "a"}
	g.nodes["a"] = clustertest.Start(t, quorum...)
	for _, name := range []string{"b", "c"} {
		g.nodes[name] = g.nodes["a"].Standby(t, name, quorum...)
	}
	g.waitFor(t, "a", "b", "c")
	return g
}

// url names all three, so that a client finds whoever takes writes.
func (g *trio) url() string {
	var at []string
	for _, name := range []string{"a", "b", "c"} {
		at = append(at, fmt.Sprintf("%s:%d", g.nodes[name].Host(), g.nodes[name].Port))
	}
	return fmt.Sprintf("postgres://readout@%s/postgres?target_session_attrs=read-write&connect_timeout=5", strings.Join(at, ","))
}

// failover kills the primary, promotes the standby that has received more, and makes the
// others follow it: the old primary from nothing.
func (g *trio) failover(t *testing.T) {
	t.Helper()
	old := g.primary
	g.nodes[old].Kill(t)
	next, other := g.others()
	const received = "select pg_last_wal_receive_lsn()"
	if behind(g.nodes[next].SQL(t, received), g.nodes[other].SQL(t, received)) {
		next, other = other, next
	}
	g.waitFor(t, next, other, old)
	g.nodes[next].Promote(t)
	g.nodes[other].Follow(t, g.nodes[next], other)
	g.nodes[old].Rejoin(t, g.nodes[next], old, quorum...)
	g.primary = next
}

// waitFor makes commits of a server wait until one of two others has them.
func (g *trio) waitFor(t *testing.T, name, one, two string) {
	t.Helper()
	g.nodes[name].SQL(t, fmt.Sprintf("alter system set synchronous_standby_names = 'ANY 1 (%s, %s)'", one, two))
	g.nodes[name].Reload(t)
}

func (g *trio) others() (string, string) {
	var out []string
	for _, name := range []string{"a", "b", "c"} {
		if name != g.primary {
			out = append(out, name)
		}
	}
	return out[0], out[1]
}

// behind compares two places of the write-ahead log.
func behind(a, b string) bool {
	place := func(s string) (high, low uint64) {
		_, _ = fmt.Sscanf(s, "%X/%X", &high, &low)
		return high, low
	}
	ah, al := place(a)
	bh, bl := place(b)
	return ah < bh || ah == bh && al < bl
}

// Of what was acknowledged nothing is lost with the primary, and the writer goes on by
// itself.
func TestFailover(t *testing.T) {
	if testing.Short() {
		t.Skip("starts three servers")
	}
	g := newTrio(t)
	w := &writer{}
	db := openAt(t, g.url(), postgres.Options{LockTimeout: 2 * time.Minute, Say: w.say})
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- w.run(ctx, db) }()
	rng := rand.New(rand.NewPCG(1, 2))
	for n := range *kills {
		time.Sleep(500*time.Millisecond + time.Duration(rng.IntN(300))*time.Millisecond)
		before := w.acknowledged()
		killed := time.Now()
		g.failover(t)
		for w.acknowledged() <= before+5 && time.Since(killed) < 2*time.Minute {
			time.Sleep(5 * time.Millisecond)
		}
		if n%10 == 0 || n+1 == *kills {
			w.verify(t, db)
		}
	}
	stop()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	w.verify(t, db)
	storagetest.Check(t, db)
	t.Logf("%d kills: %d captures acknowledged, all there; tried again %d times; longest time between two acknowledgements %v",
		*kills, w.acknowledged(), w.said, w.longest.Round(time.Millisecond))
}

// writer puts one sample after another and notes which were acknowledged.
type writer struct {
	mu      sync.Mutex
	acked   int
	said    int
	longest time.Duration
}

func (w *writer) say(string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.said++
}

func (w *writer) acknowledged() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.acked
}

func (w *writer) run(ctx context.Context, db *storage.DB) error {
	last := time.Now()
	for i := 0; ctx.Err() == nil; i++ {
		c, data := numbered(i)
		err := db.Update(context.WithoutCancel(ctx), func(tx storage.Writer) error {
			_, err := tx.AddCapture(c, data)
			return err
		})
		if err != nil {
			return fmt.Errorf("capture %d: %w", i, err)
		}
		w.mu.Lock()
		w.acked = i + 1
		w.longest = max(w.longest, time.Since(last))
		w.mu.Unlock()
		last = time.Now()
	}
	return nil
}

// noise are bytes that do not compress, the same for the same seed.
func noise(seed, size int) []byte {
	out := make([]byte, size)
	_, _ = rand.NewChaCha8([32]byte{byte(seed), byte(seed >> 8)}).Read(out) // never fails
	return out
}

// numbered is an invented capture.
func numbered(i int) (storage.Capture, []byte) {
	data := fmt.Appendf(nil, "capture %d", i)
	return storage.Capture{SHA256: storage.HashOf(data), CapturedAt: time.Date(2031, 1, 1, 0, 0, i, 0, time.UTC), Name: fmt.Sprint(i)}, data
}

// verify looks for every capture that was acknowledged, in order and once each.
func (w *writer) verify(t *testing.T, db *storage.DB) {
	t.Helper()
	acked := w.acknowledged()
	storagetest.View(t, db, func(r storage.Reader) error {
		n := 0
		for e, err := range r.Log(0) {
			if err != nil {
				return err
			}
			if want, _ := numbered(n); int(e.Seq) != n+1 || e.Capture.SHA256 != want.SHA256 {
				t.Fatalf("line %d of the log is number %d, of %s", n+1, e.Seq, e.Capture.Name)
			}
			if n < acked {
				if _, err := r.Blob(e.Capture.SHA256); err != nil {
					t.Fatalf("capture %d: %v", n, err)
				}
			}
			n++
		}
		if n < acked {
			t.Fatalf("%d captures were acknowledged, %d are there", acked, n)
		}
		return nil
	})
}
