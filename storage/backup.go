package storage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"go.etcd.io/bbolt"
)

// Backup writes a copy of the store as it stands to path, which may exist already
// and is replaced only by a whole copy. Readers go on meanwhile; writers wait for
// as long as it takes to copy the file. A copy in which [DB.Check] finds anything is
// [ErrDamaged] and leaves what is at path alone: damage must not push good backups out.
// The other errors are those of [DB.View] and of writing the copy.
func (db *DB) Backup(ctx context.Context, path string) error {
	if db.server != nil {
		return db.copyTo(ctx, path)
	}
	if same, err := sameFile(db.path, path); err != nil {
		return fmt.Errorf("backup: %w", err)
	} else if same {
		return fmt.Errorf("backup: %s is the store itself", path)
	}
	return db.read(ctx, func(btx *bbolt.Tx) error {
		err := replaceFile(path, func(temp string) error {
			if err := btx.CopyFile(temp, 0o644); err != nil {
				return err
			}
			return db.verifyCopy(ctx, temp)
		})
		if err != nil {
			return fmt.Errorf("backup to %s: %w", path, err)
		}
		return nil
	})
}

// verifyCopy reports ErrDamaged for a copy that is not whole.
func (db *DB) verifyCopy(ctx context.Context, path string) error {
	copied := *db
	copied.path = path
	return copied.with(true, func(s *session) error {
		found, err := copied.check(ctx, s)
		if err == nil && len(found) > 0 {
			err = fmt.Errorf("%w: %s", ErrDamaged, found[0])
		}
		return err
	})
}

// sameFile reports whether both are there and one file.
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

// compactBatch is how many bytes are copied in one transaction when a file is written
// anew.
const compactBatch = 16 << 20

// Compact rewrites the file without the room that replaced records left: a file of
// bbolt never shrinks by itself. It returns the size before and after in bytes. A
// store in which [DB.Check] finds anything is left alone, with [ErrDamaged]: what
// cannot be read would be lost for good.
func (db *DB) Compact(ctx context.Context) (before, after int64, err error) {
	if db.server != nil {
		return db.tidyServer(ctx)
	}
	err = db.exclusive(ctx, false, func() error {
		if before, err = fileSize(db.path); err != nil {
			return err
		}
		err := db.rewrite(func(s *session) error {
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
		return db.rewrite(func(s *session) error {
			if err := walkPages(s.file); err != nil {
				return fmt.Errorf("%w: %v", ErrDamaged, err)
			}
			return s.View(checkFormat)
		})
	})
}

// rewrite puts a packed copy in the place of the file, once look has found the file
// whole. Nobody else is inside.
func (db *DB) rewrite(look func(*session) error) error {
	return replaceFile(db.path, func(temp string) error {
		return db.with(true, func(s *session) error {
			if err := look(s); err != nil {
				return err
			}
			dst, err := bbolt.Open(temp, 0o644, nil)
			if err != nil {
				return err
			}
			dst.AllocSize = growBy
			return errors.Join(bbolt.Compact(dst, s.DB, compactBatch), dst.Close())
		})
	})
}

func fileSize(path string) (int64, error) {
	i, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return i.Size(), nil
}
