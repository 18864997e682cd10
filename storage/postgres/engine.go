package postgres

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"readout/storage"
)

// Options adjust [Open]; the zero value works.
type Options struct {
	// LockTimeout is how long to wait for other writers, for a free connection, and
	// for a server that does not answer; 0 means 30 seconds.
	LockTimeout time.Duration
	// Say is told when something is tried again; nil for nobody.
	Say func(string)
}

// Open names the store behind a URL, postgres:// or postgresql://. No server is asked
// before the store is.
func Open(url string, o Options) (*storage.DB, error) {
	s, err := newServer(url, o)
	if err != nil {
		return nil, err
	}
	return storage.On(s)
}

// server is a [storage.Server].
type server struct {
	address
	wait time.Duration
	say  func(string)

	mu          sync.Mutex
	read, write *pgxpool.Pool // one pool where any of the servers may be written to; nil before the first use
	cache       *cache        // of the state seen last
	lingering   *lingering
	waiting     int    // who waits for a connection
	written     string // where in the write-ahead log our last commit stands, "" for nowhere
}

func newServer(url string, o Options) (*server, error) {
	a, err := parse(url)
	if err != nil {
		return nil, err
	}
	s := &server{address: a, wait: o.LockTimeout, say: o.Say}
	if s.wait <= 0 {
		s.wait = 30 * time.Second
	}
	if s.say == nil {
		s.say = func(string) {}
	}
	return s, nil
}

// Name is the address without a password.
func (s *server) Name() string { return s.name }

// pool returns the connections to read or to write with.
func (s *server) pool(write bool) (*pgxpool.Pool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := &s.read
	if write && s.apart {
		p = &s.write
	}
	if *p != nil {
		return *p, nil
	}
	config := s.config.Copy()
	config.ConnConfig.Config = *s.connConfig(write)
	made, err := pgxpool.NewWithConfig(context.Background(), config)
	if err != nil {
		return nil, s.hide(err)
	}
	*p = made
	return made, nil
}

// connConfig is how a connection is made.
func (s *server) connConfig(write bool) *pgconn.Config {
	c := s.config.ConnConfig.Config.Copy()
	if write && s.apart {
		c.ValidateConnect = pgconn.ValidateConnectTargetSessionAttrsReadWrite
	}
	return c
}

func (s *server) Close() {
	if last := s.taken(); last != nil {
		last.Release() // in its transaction, so that the pool ends it
	}
	s.mu.Lock()
	read, write := s.read, s.write
	s.read, s.write = nil, nil
	s.mu.Unlock()
	for _, p := range []*pgxpool.Pool{read, write} {
		if p != nil {
			p.Close()
		}
	}
}

// acquire takes a connection out of the pool.
func (s *server) acquire(ctx context.Context, write bool) (*pgxpool.Conn, error) {
	p, err := s.pool(write)
	if err != nil {
		return nil, err
	}
	outer := ctx
	ctx, cancel := context.WithTimeout(ctx, s.wait)
	defer cancel()
	s.waits(1)
	conn, err := p.Acquire(ctx)
	s.waits(-1)
	if err == nil {
		return conn, nil
	}
	if n := p.Stat(); outer.Err() == nil && ctx.Err() != nil && n.AcquiredConns() >= n.MaxConns() {
		return nil, fmt.Errorf("%w: all %d connections were in use for %v: raise pool_max_conns in the address",
			storage.ErrLocked, n.MaxConns(), s.wait)
	}
	return nil, s.hide(err)
}

// lockKey names the store among the advisory locks of a database.
func (s *server) lockKey() int32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(s.schema)) // a hash takes everything
	return int32(h.Sum32())
}

// lockClass are the advisory locks of this program: "read" in ASCII.
const lockClass = 0x72656164

// table is how SQL names a table.
func (s *server) table(name string) string { return pgx.Identifier{s.schema, name}.Sanitize() }

// View implements [storage.Engine].
func (s *server) View(ctx context.Context, fn func(storage.Rows) error) error {
	t := &transaction{server: s, ctx: ctx}
	defer t.end()
	if err := s.again(ctx, func() error { return t.beginView() }); err != nil {
		return err
	}
	defer t.cache.leave()
	return fn(&rows{t})
}

// Update implements [storage.Engine]. Where the connection is lost fn is run again, on
// the rows as they are then.
func (s *server) Update(ctx context.Context, fn func(storage.Rows) error) error {
	return s.update(ctx, false, fn)
}

// update is Update, also on a copy that is not finished.
func (s *server) update(ctx context.Context, filling bool, fn func(storage.Rows) error) error {
	token := newToken()
	tried := false // to commit, with an unknown end
	return s.again(ctx, func() error {
		t := &transaction{server: s, ctx: ctx, filling: filling}
		defer t.end()
		err := t.beginUpdate()
		if errors.Is(err, storage.ErrNoStore) {
			t.end() // there may be no second connection
			if err = s.create(ctx, false); err == nil {
				err = t.beginUpdate()
			}
		}
		if err != nil {
			return err
		}
		defer t.cache.leave()
		if tried {
			if kept, err := t.confirm(token); kept || err != nil {
				return err // kept, though nobody said so
			}
		}
		draft := storage.NewDraft(&rows{t})
		if err := fn(draft); err != nil {
			return err
		}
		tried = true
		return t.commit(draft, token)
	})
}

// pauses between two tries to reach a server.
const (
	firstPause = 50 * time.Millisecond
	lastPause  = time.Second
)

// again runs fn until it returns anything but that a connection was lost, within the
// time that a lock is waited for.
func (s *server) again(ctx context.Context, fn func() error) error {
	var until time.Time
	for pause := firstPause; ; pause = min(2*pause, lastPause) {
		err := fn()
		if !lost(err) || ctx.Err() != nil {
			return err
		}
		now := time.Now()
		if until.IsZero() {
			until = now.Add(s.wait)
			s.say(fmt.Sprintf("%v: trying again for %v", err, s.wait))
		}
		if now.After(until) {
			return fmt.Errorf("tried for %v: %w", s.wait, err)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}
