package storage

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"go.etcd.io/bbolt"
)

// compactBatch is how many bytes are copied in one transaction when a file is written
// anew.
const compactBatch = 16 << 20

// Compact rewrites the file without the room that replaced records left: a file of
// bbolt never shrinks by itself. It returns the size before and after in bytes. A
// store in which [DB.Check] finds anything is left alone, with [ErrDamaged]: what
// cannot be read would be lost for good. Where it is broken off, the next call goes on
// with what had been copied, unless the store was written to meanwhile.
func (db *DB) Compact(ctx context.Context) (before, after int64, err error) {
	if db.server != nil {
		return db.tidyServer(ctx)
	}
	err = db.exclusive(ctx, false, func() error {
		if before, err = fileSize(db.path); err != nil {
			return err
		}
		err := db.rewrite(ctx, func(s *session) error {
			found, err := db.check(ctx, s)
			if err == nil && len(found) > 0 {
				err = fmt.Errorf("%w: %s", ErrDamaged, found[0])
			}
			return err
		})
		if err != nil {
			return fmt.Errorf("compact: %w", err)
		}
		after, err = fileSize(db.path)
		return err
	})
	return before, after, err
}

// Tidy is Compact for a file that has just been written: of what it holds only the pages
// are looked at, since all rows are copied as they are. A large part of a file that grew
// quickly is room that nobody uses.
func (db *DB) Tidy(ctx context.Context) error {
	if db.server != nil {
		return nil // it tidies up by itself
	}
	return db.exclusive(ctx, false, func() error {
		return db.rewrite(ctx, func(s *session) error {
			if err := walkPages(s.file); err != nil {
				return fmt.Errorf("%w: %v", ErrDamaged, err)
			}
			return s.View(checkFormat)
		})
	})
}

// packing is the name under which a packed copy of a file grows until it is whole.
func packing(path string) string {
	return filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+".packing")
}

// rewrite puts a packed copy in the place of the file, once look has found the file
// whole. Nobody else is inside.
func (db *DB) rewrite(ctx context.Context, look func(*session) error) error {
	copied := packing(db.path)
	err := db.with(true, func(s *session) error {
		if err := look(s); err != nil {
			return err
		}
		p, err := newPacking(copied, s.DB)
		if err != nil {
			return err
		}
		return errors.Join(p.run(ctx, compactBatch), p.to.Close())
	})
	if err != nil {
		return err
	}
	return takePlace(copied, db.path)
}

// packed is a packed copy on its way.
type packed struct {
	from, to *bbolt.DB
	origin   []byte // names the file that is copied as it stands
}

// While a copy is not whole it has a bucket that says of what it is one.
var (
	copyBucket = []byte("copy")
	copyOf     = []byte("of")
)

// newPacking begins a copy at path, or goes on with one that was broken off, if it is one
// of the same file and the file is as it was.
func newPacking(path string, from *bbolt.DB) (*packed, error) {
	p := &packed{from: from}
	err := from.View(func(btx *bbolt.Tx) error {
		p.origin = binary.BigEndian.AppendUint64(seqKey(uint64(btx.ID())), uint64(btx.Size()))
		return nil
	})
	if err != nil {
		return nil, err
	}
	if !p.begun(path) {
		if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
	}
	if p.to, err = bbolt.Open(path, 0o600, nil); err != nil {
		return nil, err
	}
	p.to.AllocSize = growBy
	err = p.to.Update(func(btx *bbolt.Tx) error {
		b, err := btx.CreateBucketIfNotExists(copyBucket)
		if err != nil {
			return err
		}
		return b.Put(copyOf, p.origin)
	})
	if err != nil {
		err = errors.Join(err, p.to.Close())
	}
	return p, err
}

// begun reports whether at path stands the beginning of this copy, whole where it ends.
func (p *packed) begun(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	err = walkPages(f)
	if f.Close() != nil || err != nil {
		return false
	}
	b, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true})
	if err != nil {
		return false
	}
	same := false
	err = b.View(func(btx *bbolt.Tx) error {
		c := btx.Bucket(copyBucket)
		same = c != nil && bytes.Equal(c.Get(copyOf), p.origin)
		return nil
	})
	return b.Close() == nil && err == nil && same
}

// run copies what is missing, so many bytes in a transaction.
func (p *packed) run(ctx context.Context, batch int) error {
	err := p.from.View(func(src *bbolt.Tx) error {
		return src.ForEach(func(name []byte, b *bbolt.Bucket) error {
			for {
				if err := ctx.Err(); err != nil {
					return err
				}
				done, err := p.step(name, b, batch)
				letFileGo(src)
				if err != nil || done {
					return err
				}
			}
		})
	})
	if err != nil {
		return err
	}
	return p.to.Update(func(dst *bbolt.Tx) error { return dst.DeleteBucket(copyBucket) })
}

// step copies the next rows of a bucket, and reports whether these were the last.
func (p *packed) step(name []byte, from *bbolt.Bucket, batch int) (done bool, err error) {
	err = p.to.Update(func(dst *bbolt.Tx) error {
		to, err := dst.CreateBucketIfNotExists(name)
		if err != nil {
			return err
		}
		to.FillPercent = packedFill // rows come in order
		c := from.Cursor()
		k, v := c.First()
		if last, _ := to.Cursor().Last(); last != nil {
			if k, v = c.Seek(last); bytes.Equal(k, last) {
				k, v = c.Next()
			}
		}
		for size := 0; k != nil && size < batch; k, v = c.Next() {
			if err := to.Put(k, v); err != nil {
				return err
			}
			size += len(k) + len(v)
		}
		done = k == nil
		return nil
	})
	return done, err
}
