package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// A command reads several times in a row. A reader that ended leaves its connection in its
// transaction for a moment, and whoever comes next ends that with the message that begins
// its own: one answer to wait for in place of two.

// lingerFor is how long such a transaction stays open at most.
const lingerFor = 50 * time.Millisecond

// lingering is a connection of a reader that ended; nil where there is none.
type lingering struct {
	conn *pgxpool.Conn
	over *time.Timer
}

// leave has a connection linger, and reports whether it does: one at a time, and none
// while somebody waits for one.
func (s *server) leave(conn *pgxpool.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.lingering != nil || s.waiting > 0 || s.read == nil { // or all were closed meanwhile
		return false
	}
	l := &lingering{conn: conn}
	l.over = time.AfterFunc(lingerFor, func() {
		if s.take(l) {
			rollback(context.Background(), conn)
		}
	})
	s.lingering = l
	return true
}

// waits counts who waits for a connection.
func (s *server) waits(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waiting += n
}

// take takes a connection over from who lingers, and reports whether it was still there.
func (s *server) take(l *lingering) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if l == nil || s.lingering != l {
		return false
	}
	s.lingering = nil
	return true
}

// taken returns the connection that lingers, nil for none.
func (s *server) taken() *pgxpool.Conn {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.lingering
	if l == nil {
		return nil
	}
	s.lingering = nil
	l.over.Stop()
	return l.conn
}

// rollback gives up what was not committed, and gives the connection back.
func rollback(ctx context.Context, conn *pgxpool.Conn) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	if c := conn.Conn().PgConn(); !c.IsClosed() && c.TxStatus() != 'I' {
		if _, err := c.Exec(ctx, "rollback").ReadAll(); err != nil {
			_ = c.Close(ctx) // the pool makes another
		}
	}
	conn.Release()
}
