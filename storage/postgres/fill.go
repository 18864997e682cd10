package postgres

import (
	"context"
	"fmt"
	"hash/fnv"

	"github.com/jackc/pgx/v5/pgconn"

	"readout/storage"
)

// filler is the server as the engine of a copy that is not finished.
type filler struct{ *server }

// Update implements [storage.Engine] for the copy.
func (f filler) Update(ctx context.Context, fn func(storage.Rows) error) error {
	return f.update(ctx, true, fn)
}

// Fill implements [storage.Server].
func (s *server) Fill(ctx context.Context, replace bool) (storage.Engine, func(context.Context) error, error) {
	if err := s.again(ctx, func() error { return s.beginCopy(ctx, replace) }); err != nil {
		return nil, nil, err
	}
	finish := func(ctx context.Context) error {
		_, err := s.query(ctx, true, "begin; "+s.copyingSQL(false))
		return err
	}
	return filler{s}, finish, nil
}

// beginCopy marks the store as an unfinished copy. One that is not there is made as such,
// so that it is a whole store at no moment.
func (s *server) beginCopy(ctx context.Context, replace bool) error {
	if err := s.create(ctx, true); err != nil {
		return err
	}
	t := &transaction{server: s, ctx: ctx, filling: true}
	defer t.end()
	if err := t.beginUpdate(); err != nil {
		return err
	}
	defer t.cache.leave()
	if !t.state.copying && !replace {
		return fmt.Errorf("%w: %s", storage.ErrStands, s.name)
	}
	return t.exec(s.copyingSQL(true))
}

// copyingSQL marks the store as an unfinished copy, or as a whole one, and commits.
func (s *server) copyingSQL(copying bool) string {
	return fmt.Sprintf("update %s set copying = %t, token = '\\x%s'; commit", s.table("store"), copying, newToken())
}

// Claim implements [storage.Server]. The name is held by a transaction that does nothing
// else, on a connection of its own, and let go with its end: a lock of the session would
// stay with the connection of a pooler.
func (s *server) Claim(ctx context.Context, name string) (func(), bool, error) {
	h := fnv.New32a()
	_, _ = h.Write([]byte(s.schema + "\x00" + name)) // a hash takes everything
	sql := fmt.Sprintf("begin; set local idle_in_transaction_session_timeout = 0; select pg_try_advisory_xact_lock(%d, %d)",
		lockClass, int32(h.Sum32()))
	config := s.connConfig(true)
	var conn *pgconn.PgConn
	var results []*pgconn.Result
	err := s.again(ctx, func() (err error) {
		if conn, err = pgconn.ConnectConfig(ctx, config); err == nil {
			results, err = conn.Exec(ctx, sql).ReadAll()
		}
		return s.hide(err)
	})
	release := func() {
		if conn != nil {
			ctx := context.WithoutCancel(ctx)
			_, _ = conn.Exec(ctx, "rollback").ReadAll() // the lock is free when this returns, not some time after
			_ = conn.Close(ctx)
		}
	}
	if err != nil || string(results[2].Rows[0][0]) != "t" {
		release()
		return nil, false, err
	}
	return release, true, nil
}
