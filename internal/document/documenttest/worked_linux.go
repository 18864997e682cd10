package documenttest

import (
	"runtime"
	"syscall"
	"testing"
	"time"
)

// Worked returns how much processor time a function takes, without that of other threads, which
// collect garbage or wait for their turn. It skips the test under the race detector, which does most of the
// work then.
func Worked(tb testing.TB, do func()) time.Duration {
	tb.Helper()
	if race {
		tb.Skip("the race detector does most of the work")
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	before := spent(tb)
	do()
	return spent(tb) - before
}

// spent returns the processor time of the thread so far.
func spent(tb testing.TB) time.Duration {
	const thread = 1 // RUSAGE_THREAD
	var u syscall.Rusage
	if err := syscall.Getrusage(thread, &u); err != nil {
		tb.Skip(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
