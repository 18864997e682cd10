package clustertest

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// Freeze stops the server in the midst of whatever it does, and Thaw has it go on.
func (s *Server) Freeze(tb testing.TB) { s.signal(tb, syscall.SIGSTOP) }

// Thaw ends a [Server.Freeze].
func (s *Server) Thaw(tb testing.TB) { s.signal(tb, syscall.SIGCONT) }

// signal is sent to all processes of the server.
func (s *Server) signal(tb testing.TB, sig syscall.Signal) {
	tb.Helper()
	pid := s.pid(tb)
	children, err := os.ReadFile(fmt.Sprintf("/proc/%[1]d/task/%[1]d/children", pid))
	if err != nil {
		tb.Fatal(err)
	}
	for _, id := range append(strings.Fields(string(children)), strconv.Itoa(pid)) {
		if n, err := strconv.Atoi(id); err == nil {
			_ = syscall.Kill(n, sig) // it may have ended by itself
		}
	}
}
