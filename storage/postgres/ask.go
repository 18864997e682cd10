package postgres

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
)

// inBinary is how parameters and results travel.
var inBinary = []int16{pgtype.BinaryFormatCode}

// answerWait is how much longer than the server's own time-out an answer is waited for.
const answerWait = 5 * time.Second

// param is a parameter of a query.
type param struct {
	value []byte
	oid   uint32 // its type
}

func one(key []byte) param      { return param{key, pgtype.ByteaOID} }
func array(keys [][]byte) param { return param{arrayOf(keys), pgtype.ByteaArrayOID} }

// ask runs a query and returns its rows, nil for what is null. Name stands for the
// statement, which is asked for only where the connection does not know it yet.
func (t *transaction) ask(name string, sql func() string, params ...param) ([][][]byte, error) {
	found, err := t.askOnce(name, sql, params)
	if !lost(err) || !t.reopen() {
		return found, err
	}
	return t.askOnce(name, sql, params)
}

func (t *transaction) askOnce(name string, sql func() string, params []param) ([][][]byte, error) {
	if t.conn == nil {
		return nil, &lostError{t.server.name, errors.New("the connection broke")}
	}
	ctx, cancel := context.WithTimeout(t.ctx, t.server.patience)
	defer cancel()
	found, err := t.run(ctx, name, sql, params)
	return found, t.server.hide(err)
}

// run sends a query. What a connection is asked for the second time it is asked to
// prepare: many commands ask for most things once.
func (t *transaction) run(ctx context.Context, name string, sql func() string, params []param) ([][][]byte, error) {
	values, oids := make([][]byte, len(params)), make([]uint32, len(params))
	for i, p := range params {
		values[i], oids[i] = p.value, p.oid
	}
	c := t.pg()
	known := c.CustomData()
	switch statement := known[name].(type) {
	case *pgconn.StatementDescription:
		return copied(c.ExecStatement(ctx, statement, values, inBinary, inBinary))
	case string:
		made, found, err := prepared(ctx, c, name, statement, values, oids)
		if err == nil {
			known[name] = made
		}
		return found, err
	}
	text := sql()
	if !t.server.pooled {
		known[name] = text
	}
	return copied(c.ExecParams(ctx, text, values, oids, inBinary, inBinary))
}

// prepared prepares a statement and runs it, for which one answer is waited for.
func prepared(ctx context.Context, c *pgconn.PgConn, name, sql string, values [][]byte, oids []uint32) (
	made *pgconn.StatementDescription, found [][][]byte, err error) {
	p := c.StartPipeline(ctx)
	defer func() { err = cmp.Or(err, p.Close()) }()
	p.SendPrepare(name, sql, oids)
	p.SendQueryPrepared(name, values, inBinary, inBinary)
	if err := p.Sync(); err != nil {
		return nil, nil, err
	}
	for {
		result, err := p.GetResults()
		if err != nil {
			return nil, nil, err
		}
		switch r := result.(type) {
		case *pgconn.StatementDescription:
			made = r
			made.Name, made.SQL = name, sql
		case *pgconn.ResultReader:
			if found, err = copied(r); err != nil {
				return nil, nil, err
			}
		case *pgconn.PipelineSync:
			return made, found, nil
		}
	}
}

// copied are the rows of a result.
func copied(result *pgconn.ResultReader) ([][][]byte, error) {
	var out [][][]byte
	for result.NextRow() {
		values := result.Values()
		row := make([][]byte, len(values))
		for i, v := range values {
			if v != nil {
				row[i] = append(make([]byte, 0, len(v)), v...)
			}
		}
		out = append(out, row)
	}
	_, err := result.Close()
	return out, err
}

// script runs statements without parameters, which wait for a lock at most, and returns
// the result of each.
func (t *transaction) script(sql string) ([]*pgconn.Result, error) {
	ctx, cancel := context.WithTimeout(t.ctx, t.server.wait+t.server.patience)
	defer cancel()
	results, err := t.pg().Exec(ctx, sql).ReadAll()
	return results, t.server.hide(err)
}

// reopen begins a reading transaction anew whose connection broke, and reports whether
// nothing was written meanwhile, so that it may go on. One that writes is run again.
func (t *transaction) reopen() bool {
	if t.writes {
		return false
	}
	before := t.state
	err := t.server.again(t.ctx, t.beginView)
	return err == nil && t.state == before
}

// arrayOf encodes bytea[] as PostgreSQL's binary format has it.
func arrayOf(values [][]byte) []byte {
	size := 20
	for _, v := range values {
		size += 4 + len(v)
	}
	out := make([]byte, 0, size)
	out = appendInts(out, 1, 0, pgtype.ByteaOID, uint32(len(values)), 1) // dimensions, nulls, type; length, first index
	for _, v := range values {
		out = append(appendInts(out, uint32(len(v))), v...)
	}
	return out
}

func appendInts(b []byte, values ...uint32) []byte {
	for _, v := range values {
		b = append(b, byte(v>>24), byte(v>>16), byte(v>>8), byte(v))
	}
	return b
}
