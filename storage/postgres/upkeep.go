package postgres

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"readout/storage"
)

// query runs statements that return text, outside a transaction, and returns the rows
// of the last.
func (s *server) query(ctx context.Context, write bool, sql string) (rows [][]string, err error) {
	err = s.again(ctx, func() error {
		t := &transaction{server: s, ctx: ctx}
		defer t.end()
		if err := t.connect(write); err != nil {
			return err
		}
		results, err := t.pg().Exec(ctx, sql).ReadAll()
		if err != nil {
			return s.hide(err)
		}
		rows = nil
		for _, r := range results[len(results)-1].Rows {
			row := make([]string, len(r))
			for i, v := range r {
				row[i] = string(v)
			}
			rows = append(rows, row)
		}
		return nil
	})
	return rows, err
}

// Warnings implements [storage.Server].
func (s *server) Warnings(ctx context.Context) ([]string, error) {
	rows, err := s.query(ctx, true, "select current_setting('fsync'), current_setting('full_page_writes'), "+
		"current_setting('synchronous_commit'), current_setting('synchronous_standby_names'), current_setting('data_checksums')")
	if err != nil {
		return nil, err
	}
	fsync, pages, commit, standbys, sums := rows[0][0], rows[0][1], rows[0][2], rows[0][3], rows[0][4]
	var out []string
	warn := func(bad bool, text string) {
		if bad {
			out = append(out, text)
		}
	}
	warn(fsync == "off", "fsync is off: a crash of the server's machine can destroy the store")
	warn(pages == "off", "full_page_writes is off: a crash of the server's machine can destroy pages")
	warn(commit == "off", "synchronous_commit is off: what was acknowledged can be lost with the server")
	warn(commit == "local", "synchronous_commit is local: what was acknowledged can be lost with the machine of the primary")
	warn(standbys == "", "synchronous_standby_names is empty: what was acknowledged is on one machine only")
	warn(sums == "off", "data_checksums is off: the server does not notice damage of its own pages")
	return out, nil
}

// Size implements [storage.Server].
func (s *server) Size(ctx context.Context) (int64, error) {
	rows, err := s.query(ctx, false, fmt.Sprintf("select coalesce(sum(pg_total_relation_size(c.oid)), 0) from pg_class c "+
		"join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname = '%s'", strings.ReplaceAll(s.schema, "'", "''")))
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(rows[0][0], 10, 64)
}

// Tidy implements [storage.Server].
func (s *server) Tidy(ctx context.Context) error {
	tables := []string{s.table("store"), s.table("commit")}
	for _, name := range storage.Tables() {
		tables = append(tables, s.table(name))
	}
	_, err := s.query(ctx, true, fmt.Sprintf("delete from %s where at < now() - interval '1 day'", s.table("commit")))
	if err == nil {
		_, err = s.query(ctx, true, "vacuum (analyze) "+strings.Join(tables, ", "))
	}
	return err
}
