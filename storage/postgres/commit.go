package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"

	"readout/storage"
)

// entry is a row that was written, of a table. A nil value was deleted.
type entry struct {
	table string
	storage.Row
}

// sendMost is how many bytes of rows one statement takes.
const sendMost = 8 << 20

// commit sends what a draft holds and ends the transaction, all in one go.
func (t *transaction) commit(draft *storage.Draft, token string) error {
	var all []entry
	for table, row := range draft.Written() {
		all = append(all, entry{table, row})
	}
	if len(all) == 0 {
		return nil
	}
	s := t.server
	batch := &pgconn.Batch{}
	for rest := all; len(rest) > 0; {
		n := piece(rest)
		s.send(batch, rest[:n])
		rest = rest[n:]
	}
	plain(batch, fmt.Sprintf("update %s set writes = writes + 1, token = '\\x%s'", s.table("store"), token))
	plain(batch, fmt.Sprintf("insert into %s (token) values ('\\x%s')", s.table("commit"), token))
	if err := t.sendCommit(batch); err != nil {
		return err
	}
	t.note()
	s.succeed(t.cache, token, all)
	return nil
}

// plain adds a statement without parameters to a batch.
func plain(batch *pgconn.Batch, sql string) { batch.ExecParams(sql, nil, nil, nil, nil) }

// sendCommit sends a batch and a commit. From here on nobody who is tired of waiting can
// stop it: the server takes a time-out of its own, or a cancelled request, for leave to
// acknowledge what no standby has yet, with no more than a warning.
func (t *transaction) sendCommit(batch *pgconn.Batch) error {
	plain(batch, "set local statement_timeout = 0")
	plain(batch, "commit")
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.ctx), t.server.wait+t.server.patience)
	defer cancel()
	known := t.pg().CustomData()
	delete(known, unsure)
	_, err := t.pg().ExecBatch(ctx, batch).ReadAll()
	if warning, ok := known[unsure]; ok && err == nil {
		_ = t.pg().Close(ctx) // what the connection says is not to be trusted
		return &lostError{t.server.name, fmt.Errorf("the commit is not sure: %v", warning)}
	}
	return t.server.hide(err)
}

// unsure is where a connection keeps the last warning of the server.
const unsure = "warning"

// noteUnsure keeps a warning of the server.
func noteUnsure(c *pgconn.PgConn, n *pgconn.Notice) {
	if n.SeverityUnlocalized == "WARNING" {
		c.CustomData()[unsure] = n.Message
	}
}

// piece is how many of the entries at the head go into one statement: of one table, put
// or deleted.
func piece(all []entry) int {
	size := 0
	for i, e := range all {
		if e.table != all[0].table || (e.Value == nil) != (all[0].Value == nil) {
			return i
		}
		if size += len(e.Key) + len(e.Value); size > sendMost && i > 0 {
			return i
		}
	}
	return len(all)
}

// send adds to a batch what puts or deletes rows of one table.
func (s *server) send(batch *pgconn.Batch, some []entry) {
	table := s.table(some[0].table)
	keys, values := make([][]byte, len(some)), make([][]byte, len(some))
	for i, e := range some {
		keys[i], values[i] = e.Key, e.Value
	}
	if some[0].Value == nil {
		batch.ExecParams("delete from "+table+" where key = any($1)",
			[][]byte{arrayOf(keys)}, []uint32{pgtype.ByteaArrayOID}, inBinary, nil)
		return
	}
	batch.ExecParams("insert into "+table+" select * from unnest($1, $2) "+
		"on conflict (key) do update set value = excluded.value",
		[][]byte{arrayOf(keys), arrayOf(values)}, []uint32{pgtype.ByteaArrayOID, pgtype.ByteaArrayOID}, inBinary, nil)
}

// note remembers where the commit stands, for whoever reads at a standby.
func (t *transaction) note() {
	s := t.server
	if !s.apart {
		return
	}
	results, err := t.pg().Exec(t.ctx, "select pg_current_wal_insert_lsn()").ReadAll()
	if err != nil {
		s.say(fmt.Sprintf("%v: what was just written may be missing from answers", s.hide(err)))
		return // the commit stands
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.written = string(results[0].Rows[0][0])
}
