package postgres

import (
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// notAcknowledged bounds how long the kernel sends again what the other side does not
// acknowledge: while it does it asks nothing else.
func notAcknowledged(network, _ string, c syscall.RawConn) error {
	if !strings.HasPrefix(network, "tcp") {
		return nil // a socket of this machine
	}
	var failed error
	err := c.Control(func(fd uintptr) {
		failed = unix.SetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_USER_TIMEOUT, int(silence.Milliseconds()))
	})
	if err != nil {
		return err
	}
	return failed
}
