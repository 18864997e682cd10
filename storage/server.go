package storage

import (
	"context"
	"errors"
)

// Server is an [Engine] outside this process, with what upkeep asks of one. It makes
// the store with the first Update.
type Server interface {
	Engine
	// Name says to people which store it is, without a password.
	Name() string
	// Exists is [DB.Exists].
	Exists() error
	// Warnings says in words what of the server's settings puts at risk what it keeps,
	// nil for nothing.
	Warnings(context.Context) ([]string, error)
	// Size is how many bytes the store takes.
	Size(context.Context) (int64, error)
	// Fill begins a copy into the server, or goes on with one. What it returns writes to
	// the unfinished store, which nothing else can use before finish was called. Where a
	// store stands the error is [ErrStands], unless it is to be replaced.
	Fill(ctx context.Context, replace bool) (e Engine, finish func(context.Context) error, err error)
	// Claim holds a name that one process at a time can hold, and reports whether it got
	// it, and how to let it go.
	Claim(ctx context.Context, name string) (release func(), got bool, err error)
	// Tidy makes room that replaced rows left usable again.
	Tidy(context.Context) error
	// Close ends all connections. The store can be used again, which opens new ones.
	Close()
}

// On names the store that a server keeps.
func On(s Server) (*DB, error) {
	p, err := newPacker()
	if err != nil {
		return nil, err
	}
	return &DB{path: s.Name(), server: s, engine: s, packer: p}, nil
}

// Tables are the names of all tables, of which an engine has to have every one.
func Tables() []string { return tables() }

// FormatRow is the row of the table meta that says in which format the rows are. An
// engine puts it into a new store, and compares it with what it finds in one.
func FormatRow() Row { return Row{metaFormat, numKey(Format)} }

// Tables that an engine may treat on their own: MetaTable has a handful of rows, that of
// [FormatRow] among them, of which every transaction asks for some; of LogTable most ask
// for the last key.
const (
	MetaTable = tMeta
	LogTable  = tLog
)

// Warnings says in words which settings put the store at risk, nil for none. A file has
// no settings.
func (db *DB) Warnings(ctx context.Context) ([]string, error) {
	if db.server == nil {
		return nil, nil
	}
	return db.server.Warnings(ctx)
}

// Claim holds a name among all who share a server, see [Server]; for a file it holds
// nothing, and reports that it did.
func (db *DB) Claim(ctx context.Context, name string) (release func(), got bool, err error) {
	if db.server == nil {
		return func() {}, true, nil
	}
	return db.server.Claim(ctx, name)
}

// OnServer reports whether the store is anything but a file.
func (db *DB) OnServer() bool { return db.server != nil }

// Size is how many bytes the store takes where it is kept.
func (db *DB) Size(ctx context.Context) (int64, error) {
	if db.server != nil {
		return db.server.Size(ctx)
	}
	return fileSize(db.path)
}

// Close ends the connections to a server; there are none to a file.
func (db *DB) Close() {
	if db.server != nil {
		db.server.Close()
	}
}

// errServer is the error of what can be done with a file alone.
var errServer = errors.New("the store is on a server, not in a file")

// checkRows is Check for a server: it looks at all rows in one transaction.
func (db *DB) checkRows(ctx context.Context) (found []string, err error) {
	err = db.server.View(ctx, func(rows Rows) error {
		c := &checker{ctx: ctx, tx: &tx{rows: rows, packer: db.packer}}
		c.run()
		found = c.found
		return ctx.Err()
	})
	return found, err
}

// tidyServer is Compact for a server.
func (db *DB) tidyServer(ctx context.Context) (before, after int64, err error) {
	if before, err = db.server.Size(ctx); err != nil {
		return 0, 0, err
	}
	if err := db.server.Tidy(ctx); err != nil {
		return 0, 0, err
	}
	after, err = db.server.Size(ctx)
	return before, after, err
}

// copyTo is Backup for a server: its rows go into a file of their own.
func (db *DB) copyTo(ctx context.Context, path string) error {
	to, err := Open(path, Options{})
	if err != nil {
		return err
	}
	return Copy(ctx, db, to, CopyOptions{Replace: true})
}
