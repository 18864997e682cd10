//go:build !linux

package storage

// letPagesGo does nothing where the pages of a mapping are not counted as memory of the
// process, or it is not known how to let them go.
func letPagesGo(uintptr, int64) {}
