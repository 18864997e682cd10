package storage

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Options adjust [Open]; the zero value works.
type Options struct {
	// LockTimeout is how long to wait for other processes; 0 means 30 seconds.
	LockTimeout time.Duration
}

// DB names a store. It holds neither file nor lock between calls, so it needs no
// closing, and it is safe for concurrent use.
type DB struct {
	path   string // of the file; what a server is called
	locks  locks
	server Server // nil for a file
	engine Engine
	packer *packer
}

// Open names the store at path. It does not touch the file: the first
// [DB.Update] creates it, with the directories above it.
func Open(path string, o Options) (*DB, error) {
	if path == "" {
		return nil, errors.New("open store: no path given")
	}
	p, err := newPacker()
	if err != nil {
		return nil, err
	}
	if o.LockTimeout <= 0 {
		o.LockTimeout = 30 * time.Second
	}
	// The lock files stand beside the file itself, so that every name of it leads
	// to the same ones.
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	db := &DB{path: path, locks: locks{path + ".gate", path + ".rw", o.LockTimeout}, packer: p}
	db.engine = boltFile{db}
	return db, nil
}

// Path returns where the file is: the path given to Open, symbolic links resolved.
func (db *DB) Path() string { return db.path }

// Files returns every file that a store in a file is made of, itself first.
func (db *DB) Files() []string { return []string{db.path, db.locks.gate, db.locks.rw} }

// View runs fn on the store as it stands. Others may read at the same time and
// writers wait, so fn should take what it needs and return; it must not call
// Update, which would wait for it. The error is
// [ErrNoStore] where nothing has been stored yet, [ErrLocked], [ErrVersion],
// [ErrOutdated] or [ErrDamaged] where the store cannot be used, or what fn returned.
func (db *DB) View(ctx context.Context, fn func(Reader) error) error {
	return db.engine.View(ctx, func(rows Rows) error { return fn(&tx{rows: rows, packer: db.packer}) })
}

// Update runs fn alone on the store and keeps all of what it wrote, or nothing
// where fn returns an error. The store is created where there is none. Every
// process waits meanwhile: parse and fetch before, and write at most some 500
// documents or 16 MB in one call. Errors are those of [DB.View].
func (db *DB) Update(ctx context.Context, fn func(Writer) error) error {
	return db.engine.Update(ctx, func(rows Rows) error {
		t := &tx{rows: rows, packer: db.packer}
		if err := fn(t); err != nil {
			return err
		}
		return t.flush()
	})
}

// exclusive runs fn while nobody else is inside, first making the file if create.
func (db *DB) exclusive(ctx context.Context, create bool, fn func() error) error {
	missing := db.exists()
	if missing != nil && (!create || !errors.Is(missing, ErrNoStore)) {
		return missing
	}
	if create {
		if err := os.MkdirAll(filepath.Dir(db.path), 0o755); err != nil {
			return fmt.Errorf("create store: %w", err)
		}
	}
	release, err := db.locks.write(ctx)
	switch {
	case denied(err) && missing != nil:
		return fmt.Errorf("create store: %w", err)
	case denied(err):
		return fmt.Errorf("%w: %s: no file can be made beside it: %v", ErrReadOnly, db.path, err)
	case err != nil:
		return err
	}
	defer release()
	if err := db.sweep(); err != nil {
		return fmt.Errorf("open store %s: %w", db.path, err)
	}
	if create {
		if err := db.create(); err != nil {
			return fmt.Errorf("create store %s: %w", db.path, err)
		}
	}
	return fn()
}
