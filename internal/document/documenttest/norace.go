//go:build !race

package documenttest

// race reports whether the tests run under the race detector.
const race = false
