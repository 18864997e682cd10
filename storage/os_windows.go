//go:build windows

package storage

import "errors"

// errReadOnlyFS has no counterpart: Windows reports fs.ErrPermission.
var errReadOnlyFS = errors.New("read-only file system")

// initialMap is 0: on Windows bbolt would make the file that large at once.
const initialMap = 0

// syncDir does nothing: directories cannot be synced on Windows.
func syncDir(string) error { return nil }
