//go:build windows

package storage

import "errors"

// errReadOnlyFS has no counterpart: Windows reports fs.ErrPermission.
var errReadOnlyFS = errors.New("read-only file system")

// syncDir does nothing: directories cannot be synced on Windows.
func syncDir(string) error { return nil }
