package clustertest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Pooler starts PgBouncer before the server, with few connections that it shares by the
// transaction, and returns the address of a store of its own behind it. Where it is not
// installed the test is skipped, or fails where CI=true says that everything has to be
// there.
func (s *Server) Pooler(tb testing.TB) string {
	tb.Helper()
	program, err := exec.LookPath("pgbouncer")
	if err != nil {
		program = "/usr/sbin/pgbouncer" // which the path of many users leaves out
	}
	if _, err := os.Stat(program); err != nil {
		const why = "PgBouncer is not installed (Debian: apt-get install pgbouncer)"
		if os.Getenv("CI") == "true" {
			tb.Fatal(why)
		}
		tb.Skip(why)
	}
	port := freePort(tb)
	settings := filepath.Join(filepath.Dir(dataDir(tb, "")), "pgbouncer.ini")
	text := fmt.Sprintf(`[databases]
postgres = host=127.0.0.1 port=%d user=readout
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = %d
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 3
`, s.Port, port)
	if err := os.WriteFile(settings, []byte(text), 0o644); err != nil {
		tb.Fatal(err)
	}
	args := []string{settings}
	if os.Geteuid() == 0 {
		args = append(args, "-u", account)
	}
	cmd := exec.Command(program, args...)
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	waitForPort(tb, port, 10*time.Second)
	return strings.Replace(s.URL(), fmt.Sprint(":", s.Port), fmt.Sprint(":", port), 1)
}
