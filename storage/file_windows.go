//go:build windows

package storage

import (
	"errors"
	"os"
)

// errReadOnlyFS has no counterpart: Windows reports fs.ErrPermission.
var errReadOnlyFS = errors.New("read-only file system")

// syncDir does nothing: directories cannot be synced on Windows.
func syncDir(string) error { return nil }

// letGo closes a file, and gives up bbolt's lock on it by that.
func letGo(f *os.File) {
	_ = f.Close() // there is nobody left to tell
}
