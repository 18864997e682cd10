package storage_test

import (
	"os"
	"runtime"
	"testing"

	"golang.org/x/sys/unix"
)

// asStranger runs a function as somebody whom permissions bind, also where root runs the tests.
func asStranger(*testing.T) func(func()) {
	if os.Getuid() != 0 {
		return func(do func()) { do() }
	}
	return func(do func()) {
		runtime.LockOSThread() // files are opened by the user of the thread
		defer runtime.UnlockOSThread()
		defer unix.SetfsuidRetUid(0)
		unix.SetfsuidRetUid(65534)
		do()
	}
}
