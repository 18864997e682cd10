//go:build race

package storagetest

// Race reports whether the tests run under the race detector.
const Race = true
