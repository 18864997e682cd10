package storage

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"go.etcd.io/bbolt"
)

// Check reads the whole file and returns what is wrong with it, in words, nil for
// nothing: pages, checksums, hashes of captured bytes, and indexes that disagree
// with what they index. The error is that of [DB.View].
func (db *DB) Check(ctx context.Context) ([]string, error) {
	if err := db.exists(); err != nil {
		return nil, err
	}
	release, err := db.locks.read(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	var found []string
	err = db.guard(func() error {
		b, err := db.open(true)
		if err != nil {
			return err
		}
		defer b.Close()
		return b.View(func(btx *bbolt.Tx) error {
			// Pages first: what follows walks them without looking.
			for err := range btx.Check() {
				found = append(found, err.Error())
			}
			if len(found) > 0 {
				return nil
			}
			if err := checkFormat(btx); err != nil {
				return err
			}
			found = (&tx{tx: btx, packer: db.packer}).check(ctx)
			return ctx.Err()
		})
	})
	if errors.Is(err, ErrDamaged) {
		return append(found, err.Error()), nil
	}
	return found, err
}

// check compares everything in the store with its own checksum and index.
func (t *tx) check(ctx context.Context) (found []string) {
	say := func(format string, args ...any) { found = append(found, fmt.Sprintf(format, args...)) }
	for _, name := range buckets() {
		if t.tx.Bucket([]byte(name)) == nil {
			say("bucket %s is missing", name)
			return found
		}
	}
	for c, k := t.bucket(bBlob).Cursor(), []byte(nil); ctx.Err() == nil; {
		if k == nil {
			k, _ = c.First()
		} else {
			k, _ = c.Next()
		}
		if k == nil {
			break
		}
		if len(k) != len(Hash{}) {
			say("blob key %x is not a hash", k)
		} else if _, err := t.Blob(Hash(k)); err != nil {
			say("%v", err)
		}
	}
	captures := 0
	for c, err := range t.Captures() {
		if err != nil {
			say("%v", err)
			break
		}
		captures++
		if t.bucket(bBlob).Get(c.SHA256[:]) == nil {
			say("the bytes of capture %s (%s) are missing", c.SHA256, c.Name)
		}
	}
	seq, logged := uint64(0), 0
	for e, err := range t.Log(0) {
		if err != nil {
			say("%v", err)
			break
		}
		if seq++; e.Seq != seq {
			say("log: number %d stands where %d belongs", e.Seq, seq)
			seq = e.Seq
		}
		if e.Kind == CaptureAdded {
			logged++
		}
	}
	if logged != captures {
		say("log: %d captures, the store has %d", logged, captures)
	}
	for r, err := range t.Readings() {
		if err == nil {
			_, err = t.Reading(r.Key)
		}
		if err != nil {
			say("%v", err)
			break
		}
		n := t.bucket(bDocOf).Get(r.Key[:])
		if n == nil || string(t.bucket(bDoc).Get(n)) != string(r.Key[:]) {
			say("reading %s is not in the search index", r.Key)
		}
	}
	entries := 0
	for e, err := range t.Entries("") {
		if err != nil {
			say("%v", err)
			break
		}
		entries++
		if c, _ := t.bucket(bDay).Cursor().Seek(dayKey(e.Head.Series, e.Head.Day(), e.ID)); string(c) != string(dayKey(e.Head.Series, e.Head.Day(), e.ID)) {
			say("release %s is not in the index of days", e.ID)
		}
	}
	if n := t.bucket(bDay).Stats().KeyN; n != entries {
		say("index of days: %d releases, the catalogue has %d", n, entries)
	}
	for _, err := range t.Curations() {
		if err != nil {
			say("%v", err)
		}
	}
	if _, err := t.Marks(); err != nil {
		say("%v", err)
	}
	return append(found, t.checkPostings()...)
}

func (t *tx) checkPostings() (found []string) {
	c := t.bucket(bPost).Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		if _, err := decodePostings(v); err != nil {
			found = append(found, fmt.Sprintf("%v: term %q", err, k[min(4, len(k)):]))
		} else if len(k) < 4 || t.bucket(bSegment).Get(k[:4]) == nil {
			found = append(found, fmt.Sprintf("postings %q belong to no segment", k))
		}
	}
	return found
}

// Backup writes a copy of the store as it stands to path, which may exist already
// and is replaced only by a whole copy. Readers go on meanwhile.
func (db *DB) Backup(ctx context.Context, path string) error {
	if same, err := sameFile(db.path, path); err != nil || same {
		return errors.Join(err, fmt.Errorf("backup: %s is the store itself", path))
	}
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
			return replaceFile(path, func(temp string) error { return btx.CopyFile(temp, 0o644) })
		})
	})
}

func sameFile(a, b string) (bool, error) {
	fa, err := os.Stat(a)
	if err != nil {
		return false, nil // reported by whoever opens it
	}
	fb, err := os.Stat(b)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return os.SameFile(fa, fb), nil
}

// compactBatch is how many bytes Compact copies in one transaction.
const compactBatch = 64 << 20

// Compact rewrites the file without the room that replaced records left: a file of
// bbolt never shrinks by itself. It returns the size before and after in bytes.
func (db *DB) Compact(ctx context.Context) (before, after int64, err error) {
	err = db.exclusive(ctx, false, func() error {
		if before, err = fileSize(db.path); err != nil {
			return err
		}
		err := replaceFile(db.path, func(temp string) error {
			src, err := db.open(true)
			if err != nil {
				return err
			}
			defer src.Close()
			if err := src.View(checkFormat); err != nil {
				return err
			}
			dst, err := bbolt.Open(temp, 0o644, nil)
			if err != nil {
				return err
			}
			return errors.Join(bbolt.Compact(dst, src, compactBatch), dst.Close())
		})
		if err != nil {
			return err
		}
		after, err = fileSize(db.path)
		return err
	})
	return before, after, err
}

func fileSize(path string) (int64, error) {
	i, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return i.Size(), nil
}

// The places of the fields of bbolt's meta page that checkSize reads; see
// https://github.com/etcd-io/bbolt/blob/main/internal/common/meta.go.
const (
	metaMagic    = 16
	metaPageSize = 24
	metaPages    = 56
	metaTxID     = 64
	metaEnd      = 80
	boltMagic    = 0xED0CDAED
)

// checkSize reports ErrDamaged for a file that is shorter than its newest
// transaction says: reading on would fault in mapped memory, which a goroutine of
// bbolt's own could not recover from.
func checkSize(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	var pages, txid, pageSize uint64
	at := int64(0)
	for range 2 {
		b := make([]byte, metaEnd)
		if _, err := f.ReadAt(b, at); err != nil || binary.NativeEndian.Uint32(b[metaMagic:]) != boltMagic {
			break // bbolt says what is wrong with it
		}
		pageSize = uint64(binary.NativeEndian.Uint32(b[metaPageSize:]))
		if id := binary.NativeEndian.Uint64(b[metaTxID:]); id >= txid {
			txid, pages = id, binary.NativeEndian.Uint64(b[metaPages:])
		}
		at = int64(pageSize)
	}
	if pageSize > 0 && uint64(info.Size())/pageSize < pages {
		return fmt.Errorf("%w: %s is cut off: %d bytes of %d pages of %d bytes", ErrDamaged, path, info.Size(), pages, pageSize)
	}
	return nil
}
