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

func fileSize(path string) (int64, error) {
	i, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return i.Size(), nil
}
