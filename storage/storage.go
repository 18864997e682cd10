package storage

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"go.etcd.io/bbolt"
)

// Format is the version of the file format that this package writes.
const Format = 1

// Options adjust [Open]; the zero value works.
type Options struct {
	// LockTimeout is how long to wait for other processes; 0 means 30 seconds.
	LockTimeout time.Duration
}

// DB names a store. It holds neither file nor lock between calls, so it needs no
// closing, and it is safe for concurrent use.
type DB struct {
	path   string
	locks  locks
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
	return &DB{path: path, locks: locks{path + ".gate", path + ".rw", o.LockTimeout}, packer: p}, nil
}

// Path returns the path given to Open.
func (db *DB) Path() string { return db.path }

// View runs fn on the store as it stands. Others may read at the same time and
// writers wait, so fn should take what it needs and return. The error is
// [ErrNoStore] where nothing has been stored yet, [ErrLocked], [ErrVersion] or
// [ErrDamaged] where the store cannot be used, or what fn returned.
func (db *DB) View(ctx context.Context, fn func(Reader) error) error {
	if err := db.exists(); err != nil {
		return err
	}
	release, err := db.locks.read(ctx)
	if err != nil {
		return err
	}
	defer release()
	return db.guard(func() error {
		b, err := db.open(true)
		if err != nil {
			return err
		}
		defer b.Close()
		return b.View(func(btx *bbolt.Tx) error {
			if err := checkFormat(btx); err != nil {
				return err
			}
			return fn(&tx{tx: btx, packer: db.packer})
		})
	})
}

// Update runs fn alone on the store and keeps all of what it wrote, or nothing
// where fn returns an error. The store is created where there is none. Every
// process waits meanwhile: parse and fetch before, and write at most some 500
// documents or 16 MB in one call. Errors are those of [DB.View].
func (db *DB) Update(ctx context.Context, fn func(Writer) error) error {
	return db.exclusive(ctx, true, func() error {
		b, err := db.open(false)
		if err != nil {
			return err
		}
		err = b.Update(func(btx *bbolt.Tx) error {
			if err := migrate(btx); err != nil {
				return err
			}
			t := &tx{tx: btx, packer: db.packer}
			if err := fn(t); err != nil {
				return err
			}
			return t.flush()
		})
		return errors.Join(err, b.Close())
	})
}

// exclusive runs fn while nobody else is inside, first making the file if create.
func (db *DB) exclusive(ctx context.Context, create bool, fn func() error) error {
	if create {
		if err := os.MkdirAll(filepath.Dir(db.path), 0o755); err != nil {
			return fmt.Errorf("create store: %w", err)
		}
	} else if err := db.exists(); err != nil {
		return err
	}
	release, err := db.locks.write(ctx)
	if err != nil {
		return err
	}
	defer release()
	return db.guard(func() error {
		if create {
			if err := db.create(); err != nil {
				return fmt.Errorf("create store %s: %w", db.path, err)
			}
		}
		return fn()
	})
}

func (db *DB) exists() error {
	if _, err := os.Stat(db.path); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w at %s", ErrNoStore, db.path)
	} else if err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	return nil
}

// guard turns the ways in which bbolt meets a damaged file (a panic, a fault in
// mapped memory) into ErrDamaged.
func (db *DB) guard(fn func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %s: %v", ErrDamaged, db.path, r)
		}
	}()
	return fn()
}

// open opens the file. Our own lock is held, so bbolt's is there at once unless a
// program that knows nothing of the turnstile has the file open.
func (db *DB) open(readOnly bool) (*bbolt.DB, error) {
	if err := checkSize(db.path); err != nil {
		return nil, err
	}
	b, err := bbolt.Open(db.path, 0o644, &bbolt.Options{
		ReadOnly: readOnly, Timeout: db.locks.timeout, InitialMmapSize: initialMap,
		FreelistType: bbolt.FreelistMapType, NoStatistics: true,
	})
	switch {
	case err == nil:
		return b, nil
	case errors.Is(err, bbolt.ErrTimeout):
		return nil, fmt.Errorf("%w: %s", ErrLocked, db.path)
	case errors.Is(err, bbolt.ErrInvalid), errors.Is(err, bbolt.ErrVersionMismatch):
		return nil, fmt.Errorf("%w: %s is not a readout store", ErrVersion, db.path)
	case errors.Is(err, bbolt.ErrChecksum):
		return nil, fmt.Errorf("%w: %s: %v", ErrDamaged, db.path, err)
	}
	return nil, fmt.Errorf("open store %s: %v", db.path, err)
}

// create makes an empty store where there is none. A file that is torn while bbolt
// lays it out cannot be opened any more, so it is made under another name.
func (db *DB) create() error {
	if _, err := os.Stat(db.path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return replaceFile(db.path, func(temp string) error {
		b, err := bbolt.Open(temp, 0o644, nil)
		if err != nil {
			return err
		}
		return errors.Join(b.Update(format), b.Close())
	})
}

// replaceFile lets write make a file under a temporary name and gives it the name
// path once it is whole and on disk.
func replaceFile(path string, write func(temp string) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".new-*")
	if err != nil {
		return err
	}
	temp := f.Name()
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(temp))
		}
	}()
	if err := errors.Join(f.Chmod(0o644), f.Close()); err != nil {
		return err
	}
	if err := write(temp); err != nil {
		return err
	}
	w, err := os.OpenFile(temp, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(w.Sync(), w.Close()); err != nil {
		return err
	}
	if err := os.Rename(temp, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// The names of the buckets; doc.go says what they hold.
const (
	bMeta     = "meta"
	bBlob     = "blob"
	bCapture  = "capture"
	bLog      = "log"
	bHead     = "head"
	bBody     = "body"
	bEntry    = "entry"
	bDay      = "day"
	bCuration = "curation"
	bMark     = "mark"
	bDoc      = "doc"
	bDocOf    = "docof"
	bSegment  = "segment"
	bPost     = "post"
)

func buckets() []string {
	return []string{bMeta, bBlob, bCapture, bLog, bHead, bBody, bEntry, bDay, bCuration, bMark, bDoc, bDocOf, bSegment, bPost}
}

// format lays out an empty store.
func format(btx *bbolt.Tx) error {
	for _, name := range buckets() {
		if _, err := btx.CreateBucketIfNotExists([]byte(name)); err != nil {
			return err
		}
	}
	return btx.Bucket([]byte(bMeta)).Put([]byte("format"), numKey(Format))
}

// formatOf reads the format version of the file.
func formatOf(btx *bbolt.Tx) (uint32, error) {
	b := btx.Bucket([]byte(bMeta))
	if b == nil {
		return 0, fmt.Errorf("%w: the file is not a readout store", ErrVersion)
	}
	v := b.Get([]byte("format"))
	if len(v) != 4 {
		return 0, fmt.Errorf("%w: the file does not say its format", ErrVersion)
	}
	n := binary.BigEndian.Uint32(v)
	if n > Format {
		return 0, fmt.Errorf("%w: the file has format %d, this program knows up to %d; a newer readout is needed", ErrVersion, n, Format)
	}
	return n, nil
}

// checkFormat reports whether the file can be read as it is. There is no older
// format than 1 yet, so what is not newer is readable.
func checkFormat(btx *bbolt.Tx) error {
	_, err := formatOf(btx)
	return err
}

// migrate brings the file to the current format inside the caller's transaction:
// a migration that fails leaves it as it was.
func migrate(btx *bbolt.Tx) error {
	n, err := formatOf(btx)
	if err != nil || n == Format {
		return err
	}
	return fmt.Errorf("%w: the file has format %d, which was never released", ErrVersion, n)
}
