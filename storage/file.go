package storage

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"runtime/debug"
	"strings"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"
)

// session is the file while it is open.
type session struct {
	*bbolt.DB
	file *os.File // the same open file; see DB.with
}

// with opens the file, runs use and closes the file again. The caller holds our
// locks, so bbolt's is there at once unless a program that knows nothing of the
// turnstile has the file open.
//
// bbolt meets a damaged file with a panic or a fault in mapped memory; both come
// back as ErrDamaged. It may hold locks of its own in memory then, so that its Close
// would wait for ever: only the file is let go, and its mapping stays until the
// process ends. A panic of the caller's own goes on.
func (db *DB) with(readOnly bool, use func(*session) error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	s, closed := &session{}, false
	defer func() {
		switch {
		case closed:
		case panicOfStore():
			err = fmt.Errorf("%w: %s: %v", ErrDamaged, db.path, recover())
			if s.file != nil {
				letGo(s.file)
			}
		case s.DB != nil: // the caller panics, or ends its goroutine
			_ = s.Close() // the transaction is given up
		}
	}()
	if err := checkSize(db.path); err != nil {
		return err
	}
	b, err := bbolt.Open(db.path, 0o644, &bbolt.Options{
		ReadOnly: readOnly, Timeout: db.locks.timeout, FreelistType: bbolt.FreelistMapType, NoStatistics: true,
		OpenFile: func(name string, flag int, mode os.FileMode) (*os.File, error) {
			f, err := os.OpenFile(name, flag&^os.O_CREATE, mode)
			s.file = f
			return f, err
		},
	})
	if denied(err) && !readOnly {
		return fmt.Errorf("%w: %v", ErrReadOnly, err)
	}
	if err != nil {
		return db.translate(err)
	}
	s.DB = b
	b.AllocSize = growBy
	err = use(s)
	closed = true
	return errors.Join(err, s.Close())
}

// growBy is how many bytes a file grows by that has no free page left.
const growBy = 128 << 10

// translate makes bbolt's reasons for not opening a file into ours.
func (db *DB) translate(err error) error {
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return fmt.Errorf("%w: %s", ErrLocked, db.path)
	case errors.Is(err, berrors.ErrVersionMismatch):
		return fmt.Errorf("%w: %s: %v", ErrVersion, db.path, err)
	}
	return fmt.Errorf("open store %s: %w", db.path, err)
}

// panicOfStore reports, called by a deferred function, whether that runs because of
// a panic that began in bbolt or in this package, directly or in a library that was handed bytes
// of the file. What the functions given to View and Update do wrong themselves must
// not be told as damage: somebody might throw a good store away.
func panicOfStore() bool {
	pc := make([]uintptr, 64)
	// Above this function and the deferred one stands what runs the latter.
	frames := runtime.CallersFrames(pc[:runtime.Callers(3, pc)])
	if f, _ := frames.Next(); f.Function != "runtime.gopanic" {
		return false
	}
	own := reflect.TypeFor[DB]().PkgPath() + "."
	for {
		f, more := frames.Next()
		switch {
		case strings.HasPrefix(f.Function, "go.etcd.io/bbolt"), strings.HasPrefix(f.Function, own):
			return true
		case !more, !handed(f.Function):
			return false
		}
	}
}

// handed reports whether a function is of a library that this package or bbolt hands
// bytes of the file to, directly or not.
func handed(function string) bool {
	for _, p := range []string{
		"bytes.", "cmp.", "encoding/", "errors.", "fmt.", "github.com/fxamacker/", "github.com/klauspost/compress/",
		"hash/", "internal/", "io.", "iter.",
		"maps.", "math/", "os.", "reflect.", "runtime.", "slices.", "sort.",
		"strconv.", "strings.", "sync.", "sync/", "time.", "unicode/",
	} {
		if strings.HasPrefix(function, p) {
			return true
		}
	}
	return !strings.Contains(function, ".") // of the runtime, in assembly
}

// exists reports ErrNoStore where there is no file, or an empty one as mktemp
// makes it: nothing was ever stored in either. Another error says that what is there
// can be no store; nothing is opened then, and no lock file is put beside it.
func (db *DB) exists() error {
	if db.server != nil {
		return db.server.Exists()
	}
	info, err := os.Stat(db.path)
	if errors.Is(err, fs.ErrNotExist) {
		if to, err := os.Readlink(db.path); err == nil {
			return fmt.Errorf("open store: %s is a link to %s, which is not there", db.path, to)
		}
		return fmt.Errorf("%w at %s", ErrNoStore, db.path)
	}
	switch {
	case err != nil:
		return fmt.Errorf("open store: %w", err)
	case info.IsDir():
		return fmt.Errorf("open store: %s is a directory", db.path)
	case !info.Mode().IsRegular():
		return fmt.Errorf("open store: %s is no regular file", db.path)
	case info.Size() == 0:
		return fmt.Errorf("%w at %s", ErrNoStore, db.path)
	}
	return db.marked()
}

// magic stands in both of bbolt's meta pages, behind the head of the page, in the byte
// order of the machine.
const magic = 0xED0CDAED

// marked returns ErrVersion for a file that neither of its meta pages marks as a store,
// whatever the size of its pages.
func (db *DB) marked() error {
	f, err := os.Open(db.path)
	if errors.Is(err, fs.ErrPermission) {
		return nil // opening it to some use will say so
	}
	if err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	defer f.Close()
	const head = 16
	word := make([]byte, 4)
	for _, page := range []int64{0, 4 << 10, 8 << 10, 16 << 10, 32 << 10, 64 << 10} {
		if _, err := f.ReadAt(word, page+head); err != nil {
			break
		}
		if binary.NativeEndian.Uint32(word) == magic {
			return nil
		}
	}
	return fmt.Errorf("%w: %s is no store of readout", ErrVersion, db.path)
}

// Exists returns nil where a store is, [ErrNoStore] where nothing is, and another error
// for what can be no store: a directory, a named pipe, a link that leads nowhere. It
// makes nothing.
func (db *DB) Exists() error { return db.exists() }

// create makes an empty store where there is none. A file that is torn while bbolt
// lays it out cannot be opened any more, so it is made under another name.
func (db *DB) create() error {
	if err := db.exists(); !errors.Is(err, ErrNoStore) {
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

// temporary is how the name of a file that is being written begins.
func temporary(path string) string {
	return filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".tmp-")
}

// sweep removes what a process that was killed left half written beside the store.
// Nobody else is inside, so nobody is still writing it.
func (db *DB) sweep() error {
	left, err := filepath.Glob(globQuote(temporary(db.path)) + "*")
	for _, name := range left {
		err = errors.Join(err, os.Remove(name))
	}
	return err
}

// globQuote makes a pattern that only s matches.
func globQuote(s string) string {
	if runtime.GOOS == "windows" {
		return s // where the bracket alone is special and nothing quotes it
	}
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(s)
}

// replaceFile lets write make a file under a temporary name and gives it the name
// path once it is whole and on disk. A file that was there lends its permissions.
func replaceFile(path string, write func(temp string) error) (err error) {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	temp, err := tempFile(path)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(temp))
		}
	}()
	if err := write(temp); err != nil {
		return err
	}
	return takePlace(temp, path)
}

// takePlace puts a file that is whole in the place of another, which lends it its
// permissions. When it returns that is on disk.
func takePlace(made, path string) error {
	if info, err := os.Stat(path); err == nil {
		if err := os.Chmod(made, info.Mode().Perm()); err != nil {
			return err
		}
	}
	w, err := os.OpenFile(made, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(w.Sync(), w.Close()); err != nil {
		return err
	}
	if err := os.Rename(made, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// tempFile makes an empty file beside path. Unlike os.CreateTemp it leaves the
// permissions to the user's umask, as a program's data file ought to.
func tempFile(path string) (string, error) {
	for n := 0; ; n++ {
		name := fmt.Sprintf("%s%d-%d", temporary(path), os.Getpid(), n)
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		return name, f.Close()
	}
}
