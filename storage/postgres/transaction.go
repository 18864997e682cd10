package postgres

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"readout/storage"
)

// transaction is one transaction on one connection.
type transaction struct {
	server  *server
	ctx     context.Context // of the one call of View or Update that it lives for
	conn    *pgxpool.Conn   // nil while there is none
	state   state
	meta    map[string][]byte // the table meta, all of it
	writes  bool              // it may write
	filling bool              // it may use an unfinished copy
	cache   *cache            // of state
}

// state is what the table store says of the store as a whole.
type state struct {
	schema  int    // the number of the last migration
	writes  uint64 // transactions that wrote
	token   string // of the last commit, in hexadecimal
	copying bool   // a copy into this store is not finished
}

// pg is the connection.
func (t *transaction) pg() *pgconn.PgConn { return t.conn.Conn().PgConn() }

// end gives the connection back; what was not committed is given up.
func (t *transaction) end() {
	if t.conn == nil {
		return
	}
	if c := t.pg(); t.writes || c.IsClosed() || c.TxStatus() != 'T' || !t.server.leave(t.conn) {
		rollback(t.ctx, t.conn)
	}
	t.conn = nil
}

// beginView begins a transaction that reads one snapshot.
func (t *transaction) beginView() error {
	s := t.server
	if err := t.takeOver(false); err != nil {
		return err
	}
	if err := t.caughtUp(); err != nil {
		return err
	}
	return t.begin(fmt.Sprintf("begin isolation level repeatable read, read only; %sset local statement_timeout = %d; ",
		patient, s.limit.Milliseconds()))
}

// idleMost is how long a client may think in the midst of a transaction, whatever the
// server allows others: one that says nothing for longer was stopped, and writers wait
// for it.
const idleMost = 10 * time.Minute

// patient are the settings of every transaction. A server has to notice sooner than in
// the two hours that its system takes that the machine of a client is gone, because the
// writers' lock is held until then: whether it says nothing, though asked, or has not
// acknowledged the last answer.
var patient = fmt.Sprintf("set local idle_in_transaction_session_timeout = %d; set local tcp_keepalives_idle = %[2]d; "+
	"set local tcp_keepalives_interval = %[2]d; set local tcp_keepalives_count = %[3]d; set local tcp_user_timeout = %[4]d; ",
	idleMost.Milliseconds(), int(silence.Seconds())/questions, questions-1, silence.Milliseconds())

// beginUpdate begins a transaction that is alone on the store. The lock is let go with
// the end of the transaction, whatever its end is. Whatever isolation the server gives by
// default, it must see what was committed while it waited for the lock.
func (t *transaction) beginUpdate() error {
	s := t.server
	t.writes = true
	wait := s.wait
	if until, ok := t.ctx.Deadline(); ok {
		wait = min(wait, time.Until(until))
	}
	if err := t.takeOver(true); err != nil {
		return err
	}
	return t.begin(fmt.Sprintf("begin isolation level read committed; %sset local lock_timeout = %d; set local statement_timeout = 0; "+
		"select pg_advisory_xact_lock(%d, %d); set local lock_timeout = 0; set local statement_timeout = %d; ",
		patient, max(wait.Milliseconds(), 1), lockClass, s.lockKey(), s.limit.Milliseconds()))
}

// connect takes a connection that is in no transaction.
func (t *transaction) connect(write bool) (err error) {
	t.end()
	if last := t.server.taken(); last != nil {
		rollback(t.ctx, last)
	}
	t.conn, err = t.server.acquire(t.ctx, write)
	return err
}

// takeOver takes a connection that may be in the transaction of the last reader, which
// begin ends.
func (t *transaction) takeOver(write bool) (err error) {
	t.end()
	last := t.server.taken()
	if last != nil && write && t.server.apart { // it may be one to a standby
		rollback(t.ctx, last)
		last = nil
	}
	if last != nil {
		t.conn = last
		return nil
	}
	t.conn, err = t.server.acquire(t.ctx, write)
	return err
}

// headSQL are the queries that every transaction begins with: for the state, with the row
// that tells the format; for what nearly everybody asks, the table meta and the last line
// of the log.
func (s *server) headSQL() string {
	meta := s.table(storage.MetaTable)
	return fmt.Sprintf("select s.migration, s.writes, encode(s.token, 'hex'), s.copying, encode(m.value, 'hex') "+
		"from %s s left join %s m on m.key = '\\x%x'; "+
		"select encode(key, 'hex'), encode(value, 'hex') from %s; "+
		"select encode(key, 'hex') from %s order by key desc limit 1",
		s.table("store"), meta, storage.FormatRow().Key, meta, s.table(storage.LogTable))
}

// begin runs the statements that begin a transaction, and asks for its head.
func (t *transaction) begin(sql string) error {
	if t.pg().TxStatus() != 'I' {
		sql = "rollback; " + sql
	}
	results, err := t.script(sql + t.server.headSQL())
	if err != nil {
		if errors.Is(t.ctx.Err(), context.DeadlineExceeded) {
			return fmt.Errorf("%w: %s", storage.ErrLocked, t.server.name)
		}
		return unreadable(err)
	}
	head := results[len(results)-3:]
	state := head[0].Rows
	if len(state) != 1 || len(state[0]) != 5 {
		return fmt.Errorf("%w: %s: the table store has %d rows", storage.ErrDamaged, t.server.name, len(state))
	}
	if err := t.read(state[0]); err != nil {
		return err
	}
	if t.cache == nil {
		t.cache = t.server.cacheOf(t.state.token)
	}
	return t.readHead(head[1].Rows, head[2].Rows)
}

// readHead takes the table meta and the last line of the log.
func (t *transaction) readHead(meta, log [][][]byte) error {
	t.meta = make(map[string][]byte, len(meta))
	for _, row := range meta {
		key, err := hex.DecodeString(string(row[0]))
		if err != nil {
			return err
		}
		if t.meta[string(key)], err = hex.DecodeString(string(row[1])); err != nil {
			return err
		}
	}
	var last []byte
	if len(log) > 0 {
		var err error
		if last, err = hex.DecodeString(string(log[0][0])); err != nil {
			return err
		}
	}
	t.cache.put(theLast, storage.LogTable, nil, keyOf(last))
	return nil
}

// read takes the state out of its row, and compares it with what this program knows.
func (t *transaction) read(row [][]byte) error {
	s := t.server
	var err error
	if t.state.schema, err = strconv.Atoi(string(row[0])); err != nil {
		return fmt.Errorf("%w: %s: migration %q", storage.ErrDamaged, s.name, row[0])
	}
	if t.state.writes, err = strconv.ParseUint(string(row[1]), 10, 64); err != nil {
		return fmt.Errorf("%w: %s: %q writes", storage.ErrDamaged, s.name, row[1])
	}
	t.state.token, t.state.copying = string(row[2]), string(row[3]) == "t"
	newest := len(migrations())
	switch {
	case t.state.schema > newest:
		return fmt.Errorf("%w: %s has migration %d, this program knows up to %d; a newer readout is needed",
			storage.ErrVersion, s.name, t.state.schema, newest)
	case t.state.schema < newest:
		return fmt.Errorf("%w: %s has migration %d, this program needs %d",
			storage.ErrUnmigrated, s.name, t.state.schema, newest)
	}
	if t.state.copying && !t.filling {
		return fmt.Errorf("%w: %s is a copy that is not finished: run readout copy, or restore, again", storage.ErrVersion, s.name)
	}
	if want := hex.EncodeToString(storage.FormatRow().Value); string(row[4]) != want && !t.state.copying {
		return fmt.Errorf("%w: %s has rows of format %q, this program writes %q", storage.ErrVersion, s.name, row[4], want)
	}
	return nil
}

// caughtUp waits until the server has what this process has written: a standby comes
// after its primary.
func (t *transaction) caughtUp() error {
	s := t.server
	s.mu.Lock()
	at := s.written
	s.mu.Unlock()
	if at == "" {
		return nil
	}
	const pause = 5 * time.Millisecond
	sql := fmt.Sprintf("select not pg_is_in_recovery() or pg_last_wal_replay_lsn() >= '%s'::pg_lsn", at)
	for until := time.Now().Add(s.wait); ; time.Sleep(pause) {
		results, err := t.script(sql)
		if err != nil {
			return err
		}
		if string(results[0].Rows[0][0]) == "t" {
			return nil
		}
		if time.Now().After(until) {
			return fmt.Errorf("%w: the standby has not caught up with what was written in %v: %s",
				storage.ErrLocked, s.wait, s.name)
		}
	}
}

// newToken names a commit.
func newToken() string {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails
	return hex.EncodeToString(b)
}

// confirm reports whether a commit was kept whose end was not heard of. One that was is
// followed by another, so that the standbys that a commit waits for have both.
func (t *transaction) confirm(token string) (bool, error) {
	s := t.server
	known := fmt.Sprintf("select 1 from %s where token = '\\x%s'", s.table("commit"), token)
	results, err := t.script(known)
	if err != nil {
		return false, err
	}
	if len(results[0].Rows) == 0 {
		return false, nil
	}
	batch := &pgconn.Batch{}
	plain(batch, fmt.Sprintf("update %s set writes = writes + 1", s.table("store")))
	return true, t.sendCommit(batch)
}
