package storage

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"os"

	"go.etcd.io/bbolt"
)

// boltFile is the engine of a store in one file. See [DB] for its locks.
type boltFile struct{ db *DB }

func (f boltFile) View(ctx context.Context, fn func(Rows) error) error {
	return f.db.read(ctx, func(btx *bbolt.Tx) error { return fn(newBoltRows(btx)) })
}

// read runs fn on the file as it stands, which must be there and of this format.
func (db *DB) read(ctx context.Context, fn func(*bbolt.Tx) error) error {
	if err := db.exists(); err != nil {
		return err
	}
	release, err := db.locks.read(ctx)
	if err != nil {
		return err
	}
	defer release()
	return db.with(true, func(s *session) error {
		return s.View(func(btx *bbolt.Tx) error {
			if err := checkFormat(btx); err != nil {
				return err
			}
			return fn(btx)
		})
	})
}

func (f boltFile) Update(ctx context.Context, fn func(Rows) error) error {
	db := f.db
	return db.exclusive(ctx, true, func() error {
		// A copy that was broken off would be one of what is no more. Where the disk is read-only, nothing
		// is removed that is not there: that the store cannot be written is what must be said.
		if _, err := os.Lstat(packing(db.path)); err == nil {
			if err := os.Remove(packing(db.path)); err != nil {
				return err
			}
		}
		return db.with(false, func(s *session) error {
			return s.Update(func(btx *bbolt.Tx) error {
				if err := checkFormat(btx); err != nil {
					return err
				}
				return fn(newBoltRows(btx))
			})
		})
	})
}

// boltRows are the buckets of one transaction.
type boltRows struct {
	tx      *bbolt.Tx
	buckets map[string]*bbolt.Bucket
	read    int // bytes that may have been mapped since pages were let go
}

// A file is mapped into memory as it is read, and what was read counts as memory of the
// process until the file is closed. So that a walk through a large store takes no more
// than one through a small one, its pages are let go whenever so much was read.
const mapped = 32 << 20

// note counts bytes that were read. What was handed out stays valid when pages are let go.
func (r *boltRows) note(n int) {
	if r.read += n; r.read >= mapped {
		letFileGo(r.tx)
		r.read = 0
	}
}

// letFileGo lets the pages of the file go that a transaction has read.
func letFileGo(tx *bbolt.Tx) { letPagesGo(tx.DB().Info().Data, tx.Size()) }

func newBoltRows(tx *bbolt.Tx) *boltRows {
	return &boltRows{tx: tx, buckets: map[string]*bbolt.Bucket{}}
}

// packedFill is how full pages are left that split in a table whose keys only grow:
// nothing will be put between them.
const packedFill = 0.97

// bucket returns a table, nil where it is none of those that every store has, and not there.
func (r *boltRows) bucket(table string) (*bbolt.Bucket, error) {
	if b := r.buckets[table]; b != nil {
		return b, nil
	}
	b := r.tx.Bucket([]byte(table))
	if b == nil && later[table] {
		return nil, nil
	}
	if b == nil {
		return nil, fmt.Errorf("%w: bucket %s is missing", ErrDamaged, table)
	}
	if growing[table] {
		b.FillPercent = packedFill
	}
	r.buckets[table] = b
	return b, nil
}

func (r *boltRows) Get(table string, key []byte) ([]byte, error) {
	b, err := r.bucket(table)
	if err != nil || b == nil {
		return nil, err
	}
	v := b.Get(key)
	r.note(os.Getpagesize() + len(v))
	return v, nil
}

func (r *boltRows) Scan(table string, from []byte) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		b, err := r.bucket(table)
		if err != nil {
			yield(Row{}, err)
			return
		}
		if b == nil {
			return
		}
		c := b.Cursor()
		for k, v := c.Seek(from); k != nil; k, v = c.Next() {
			r.note(len(k) + len(v))
			if !yield(Row{k, v}, nil) {
				return
			}
		}
	}
}

func (r *boltRows) Last(table string, prefix []byte) ([]byte, error) {
	b, err := r.bucket(table)
	if err != nil || b == nil {
		return nil, err
	}
	c := b.Cursor()
	var k []byte
	if after := Successor(prefix); after == nil {
		k, _ = c.Last()
	} else if k, _ = c.Seek(after); k != nil {
		k, _ = c.Prev()
	} else {
		k, _ = c.Last()
	}
	if !bytes.HasPrefix(k, prefix) {
		return nil, nil
	}
	return k, nil
}

// Successor is the least key above all with the prefix, nil where there is none.
func Successor(prefix []byte) []byte {
	for i := len(prefix) - 1; i >= 0; i-- {
		if prefix[i] < 0xff {
			out := bytes.Clone(prefix[:i+1])
			out[i]++
			return out
		}
	}
	return nil
}

func (r *boltRows) Put(table string, key, value []byte) error {
	b, err := r.bucket(table)
	if err == nil && b == nil {
		b, err = r.tx.CreateBucketIfNotExists([]byte(table))
	}
	if err != nil {
		return err
	}
	return b.Put(key, value)
}

func (r *boltRows) Delete(table string, key []byte) error {
	b, err := r.bucket(table)
	if err != nil || b == nil {
		return err
	}
	return b.Delete(key)
}

func (r *boltRows) Writes() uint64 { return uint64(r.tx.ID()) }
