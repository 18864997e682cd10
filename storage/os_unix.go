//go:build !windows

package storage

import (
	"os"
	"syscall"
)

var errReadOnlyFS error = syscall.EROFS

// initialMap is how much address space is mapped at once: a reader that is inside
// never keeps a writer from growing the file below this size.
const initialMap = 1 << 30

// syncDir makes a rename in dir survive a power cut.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}
