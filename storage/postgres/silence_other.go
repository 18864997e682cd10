//go:build !linux

package postgres

import "syscall"

// notAcknowledged is for Linux: elsewhere the kernel decides how long it sends again what
// the other side does not acknowledge.
func notAcknowledged(string, string, syscall.RawConn) error { return nil }
