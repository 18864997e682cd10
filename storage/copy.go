package storage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
)

// copyStep is how many bytes of rows, or rows, a copy looks at in one transaction.
const (
	copyStep = 4 << 20
	copyRows = 20_000
)

// CopyOptions adjust [Copy]; the zero value works.
type CopyOptions struct {
	Replace bool // what is in the place of the copy goes
	// Progress is called after each step with the rows of the table that are over; nil
	// for nobody.
	Progress func(table string, rows int)
}

// Copy makes to a store that holds the rows of from as they stand now. One that was
// broken off goes on where it is called again: rows that are there already are only
// compared. An unfinished copy is no store for any other call: a file has another name
// until it is whole, and a server refuses. Where to is a store already, or what from is,
// the error says so, unless o.Replace.
func Copy(ctx context.Context, from, to *DB, o CopyOptions) error {
	if from.path == to.path {
		return fmt.Errorf("copy: %s is the store itself", to.path)
	}
	if o.Progress == nil {
		o.Progress = func(string, int) {}
	}
	if to.server == nil {
		return copyToFile(ctx, from, to, o)
	}
	engine, finish, err := to.server.Fill(ctx, o.Replace)
	if err != nil {
		return err
	}
	if err := copyRowsTo(ctx, from, engine, o); err != nil {
		return err
	}
	return finish(ctx)
}

// Same reports whether two stores hold the same rows.
func Same(ctx context.Context, one, other *DB) (same bool, err error) {
	err = one.engine.View(ctx, func(a Rows) error {
		return other.engine.View(ctx, func(b Rows) error {
			for _, table := range tables() {
				if same, err = tableSame(ctx, table, a, b); err != nil || !same {
					return err
				}
			}
			return nil
		})
	})
	return same, err
}

// tableSame reports whether a table has the same rows on both sides.
func tableSame(ctx context.Context, table string, a, b Rows) (bool, error) {
	next, stop := iter.Pull2(b.Scan(table, nil))
	defer stop()
	for row, err := range a.Scan(table, nil) {
		other, otherErr, more := next()
		if err := errors.Join(err, otherErr, ctx.Err()); err != nil {
			return false, err
		}
		if !more || !bytes.Equal(row.Key, other.Key) || !bytes.Equal(row.Value, other.Value) {
			return false, nil
		}
	}
	_, err, more := next()
	return !more, err
}

// ErrStands is returned when a store is in the place of what is to be made, or its tables
// would be dropped.
var ErrStands = errors.New("there is a store already")

// unfinished is what the file of a copy is called until it is whole.
func unfinished(path string) string { return path + ".copying" }

func copyToFile(ctx context.Context, from, to *DB, o CopyOptions) error {
	if err := to.exists(); !errors.Is(err, ErrNoStore) && !o.Replace {
		return errors.Join(fmt.Errorf("%w: %s", ErrStands, to.path), err)
	}
	part, err := Open(unfinished(to.path), Options{LockTimeout: to.locks.timeout})
	if err != nil {
		return err
	}
	if err := copyRowsTo(ctx, from, part.engine, o); err != nil {
		return err
	}
	if err := part.sound(ctx); err != nil {
		return err
	}
	if err := to.exclusive(ctx, true, func() error { return os.Rename(part.path, to.path) }); err != nil {
		return err
	}
	return errors.Join(os.Remove(part.locks.gate), os.Remove(part.locks.rw))
}

// sound returns ErrDamaged where Check finds anything.
func (db *DB) sound(ctx context.Context) error {
	found, err := db.Check(ctx)
	if err == nil && len(found) > 0 {
		err = fmt.Errorf("%w: %s", ErrDamaged, found[0])
	}
	return err
}

// copyRowsTo makes the tables of an engine those of a store, in one reading transaction
// of the latter.
func copyRowsTo(ctx context.Context, from *DB, to Engine, o CopyOptions) error {
	return from.engine.View(ctx, func(rows Rows) error {
		for _, table := range tables() {
			m := mirror{table: table, from: rows}
			for !m.done {
				if err := ctx.Err(); err != nil {
					return err
				}
				if err := to.Update(ctx, m.step); err != nil {
					return err
				}
				m.at, m.rows, m.done = m.nextAt, m.nextRows, m.nextDone
				o.Progress(table, m.rows)
			}
		}
		return nil
	})
}

// mirror makes one table like another, some rows in each transaction.
type mirror struct {
	table string
	from  Rows
	at    []byte // the key that comes next
	rows  int
	done  bool
	// What at, rows and done are after the step, once it is kept: it may be run again.
	nextAt   []byte
	nextRows int
	nextDone bool
}

// step compares the next rows of both sides, and writes where they differ.
func (m *mirror) step(to Rows) error {
	have, stop := iter.Pull2(to.Scan(m.table, m.at))
	defer stop()
	var put []Row
	var drop [][]byte
	m.nextAt, m.nextRows, m.nextDone = m.at, m.rows, true
	old, err, more := have()
	size := 0
	for row, readErr := range m.from.Scan(m.table, m.at) {
		if err := errors.Join(readErr, err); err != nil {
			return err
		}
		if size > copyStep || m.nextRows-m.rows >= copyRows {
			m.nextAt, m.nextDone = bytes.Clone(row.Key), false
			break
		}
		for ; more && bytes.Compare(old.Key, row.Key) < 0; old, err, more = have() {
			drop = append(drop, bytes.Clone(old.Key))
		}
		m.nextRows++
		size += len(row.Key) + len(row.Value)
		if more && bytes.Equal(old.Key, row.Key) {
			same := bytes.Equal(old.Value, row.Value)
			if old, err, more = have(); same {
				continue
			}
		}
		put = append(put, Row{bytes.Clone(row.Key), bytes.Clone(row.Value)})
	}
	for ; m.nextDone && more && err == nil; old, err, more = have() {
		drop = append(drop, bytes.Clone(old.Key))
	}
	if err != nil {
		return err
	}
	stop()
	return m.write(to, put, drop)
}

func (m *mirror) write(to Rows, put []Row, drop [][]byte) error {
	for _, k := range drop {
		if err := to.Delete(m.table, k); err != nil {
			return err
		}
	}
	for _, r := range put {
		if err := to.Put(m.table, r.Key, r.Value); err != nil {
			return err
		}
	}
	return nil
}
