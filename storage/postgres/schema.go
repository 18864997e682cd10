package postgres

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"readout/storage"
)

// Migration is one step from the tables of one program to those of the next. Its
// statements name the schema "%s".
type Migration struct {
	Number   int
	What     string
	up, down []string
}

// migrations are all steps, in order. One that was released is never changed.
func migrations() []Migration {
	return []Migration{
		{Number: 1, What: "the tables of the store", up: tablesUp(), down: tablesDown()},
		{Number: 2, What: "the tokens of commits, by which a repeated write is known", up: []string{
			`create table %s.commit (token bytea primary key, at timestamptz not null default now())`,
		}, down: []string{`drop table %s.commit`}},
		{Number: 3, What: "a table of its own for the second copy of a dictionary", up: []string{
			`create table %s.spare (key bytea primary key, value bytea not null)`,
		}, down: []string{`drop table %s.spare`}},
	}
}

// firstTables are those of migration 1.
const firstTables = "meta dict blob capture log born gone curation mark fetch " +
	"number reading place entry day when seen series segment post note"

// packed are the tables whose values are compressed already.
const packed = "blob reading post"

func tablesUp() []string {
	out := []string{
		`create schema if not exists %s`,
		`create table %s.store (id boolean primary key default true check (id), migration int not null,` +
			` writes bigint not null default 0, token bytea not null default '', copying boolean not null default false)`,
		`insert into %s.store (migration) values (0)`,
	}
	for name := range strings.FieldsSeq(firstTables) {
		out = append(out, fmt.Sprintf(`create table %%s.%q (key bytea primary key, value bytea not null)`, name))
	}
	for name := range strings.FieldsSeq(packed) {
		out = append(out, fmt.Sprintf(`alter table %%s.%q alter value set storage external`, name))
	}
	return out
}

func tablesDown() []string {
	var out []string
	for name := range strings.FieldsSeq(firstTables) {
		out = append(out, fmt.Sprintf(`drop table %%s.%q`, name))
	}
	return append(out, `drop table %s.store`)
}

// SQL are the statements that bring a store from one migration to another.
func (s *server) steps(from, to int) []string {
	all := migrations()
	var out []string
	add := func(statements []string) {
		for _, sql := range statements {
			out = append(out, fmt.Sprintf(sql, s.quoted()))
		}
	}
	set := func(n int) {
		out = append(out, fmt.Sprintf("update %s set migration = %d", s.table("store"), n))
	}
	for ; from < to; from++ {
		add(all[from].up)
		set(from + 1)
	}
	for ; from > to; from-- {
		add(all[from-1].down)
		if from > 1 {
			set(from - 1)
		}
	}
	return out
}

// create makes an empty store, or the beginning of a copy. Who comes second finds it made.
func (s *server) create(ctx context.Context, copying bool) error {
	t := &transaction{server: s, ctx: ctx}
	defer t.end()
	if err := t.connect(true); err != nil {
		return err
	}
	now, err := t.lockSchema()
	if err != nil || now != 0 {
		return err
	}
	statements := append(s.steps(0, len(migrations())), s.firstRows()...)
	if copying {
		statements = append(statements, fmt.Sprintf("update %s set copying = true", s.table("store")))
	}
	return t.exec(strings.Join(append(statements, "commit"), ";\n"))
}

// firstRows are the statements that make new tables a store.
func (s *server) firstRows() []string {
	row := storage.FormatRow()
	return []string{
		fmt.Sprintf("insert into %s values ('\\x%x', '\\x%x')", s.table(storage.MetaTable), row.Key, row.Value),
		fmt.Sprintf("update %s set token = '\\x%s'", s.table("store"), newToken()),
	}
}

// lockSchema begins a transaction that is alone with the tables, and returns the number
// of their migration, 0 where there are none.
func (t *transaction) lockSchema() (int, error) {
	s := t.server
	sql := fmt.Sprintf("begin isolation level read committed; set local lock_timeout = %d; select pg_advisory_xact_lock(%d, %d); "+
		"select to_regclass('%s') is null",
		s.wait.Milliseconds(), lockClass, s.lockKey(), strings.ReplaceAll(s.table("store"), "'", "''"))
	results, err := t.pg().Exec(t.ctx, sql).ReadAll()
	if err != nil {
		return 0, s.hide(err)
	}
	if string(results[len(results)-1].Rows[0][0]) == "t" {
		return 0, nil
	}
	results, err = t.pg().Exec(t.ctx, "select migration from "+s.table("store")).ReadAll()
	if err != nil {
		return 0, s.hide(err)
	}
	now := 0
	if _, err := fmt.Sscan(string(results[0].Rows[0][0]), &now); err != nil {
		return 0, fmt.Errorf("%w: %s: the number of the migration", storage.ErrDamaged, s.name)
	}
	return now, nil
}

func (t *transaction) exec(sql string) error {
	_, err := t.pg().Exec(t.ctx, sql).ReadAll()
	return t.server.hide(err)
}

// Exists implements [storage.Server].
func (s *server) Exists() error {
	err := s.View(context.Background(), func(storage.Rows) error { return nil })
	if errors.Is(err, storage.ErrUnmigrated) {
		return nil // whoever uses it is told
	}
	return err
}
