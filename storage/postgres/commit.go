package postgres

import (
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
	plain := func(sql string) { batch.ExecParams(sql, nil, nil, nil, nil) }
	plain(fmt.Sprintf("update %s set writes = writes + 1, token = '\\x%s'", s.table("store"), token))
	plain(fmt.Sprintf("insert into %s (token) values ('\\x%s')", s.table("commit"), token))
	plain("commit")
	if _, err := t.pg().ExecBatch(t.ctx, batch).ReadAll(); err != nil {
		return s.hide(err)
	}
	if err := t.note(); err != nil {
		return err
	}
	s.succeed(t.cache, token, all)
	return nil
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
		batch.ExecParams("delete from "+table+" where key = any($1)", [][]byte{arrayOf(keys)}, []uint32{pgtype.ByteaArrayOID}, binary, nil)
		return
	}
	batch.ExecParams("insert into "+table+" select * from unnest($1, $2) on conflict (key) do update set value = excluded.value",
		[][]byte{arrayOf(keys), arrayOf(values)}, []uint32{pgtype.ByteaArrayOID, pgtype.ByteaArrayOID}, binary, nil)
}

// note remembers where the commit stands, for whoever reads at a standby.
func (t *transaction) note() error {
	s := t.server
	if !s.apart {
		return nil
	}
	results, err := t.pg().Exec(t.ctx, "select pg_current_wal_lsn()").ReadAll()
	if err != nil {
		s.say(fmt.Sprintf("%v: what was just written may be missing from answers", s.hide(err)))
		return nil // the commit stands
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.written = string(results[0].Rows[0][0])
	return nil
}
