//go:build race

package documenttest

// Race reports whether the tests run under the race detector.
const Race = true
