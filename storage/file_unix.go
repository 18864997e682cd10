//go:build !windows

package storage

import (
	"os"
	"syscall"
)

// errReadOnlyFS is what a lock file on read-only media cannot be made with.
var errReadOnlyFS error = syscall.EROFS

// syncDir makes a rename in dir survive a power cut.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// letGo gives up bbolt's lock on a file and closes it. Closing alone would not do: the
// mapping of the file keeps the lock.
func letGo(f *os.File) {
	_ = syscall.Flock(int(f.Fd()), syscall.LOCK_UN) // there is nobody left to tell
	_ = f.Close()
}
