package documenttest

import (
	"runtime"
	"testing"
)

// Allocated returns how many bytes of memory a function takes, which does not depend on the
// machine. It skips the test under the race detector, which adds to what is counted.
func Allocated(tb testing.TB, do func()) float64 {
	tb.Helper()
	if race {
		tb.Skip("the race detector adds to the memory that is counted")
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return float64(after.TotalAlloc - before.TotalAlloc)
}
