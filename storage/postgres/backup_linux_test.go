package postgres_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"readout/storage"
	"readout/storage/postgres"
	"readout/storage/postgres/clustertest"
	"readout/storage/storagetest"
)

// pgBackRest keeps a backup and the log behind it: a server whose data is lost has all of
// it again, or as it was at a moment.
func TestRecovery(t *testing.T) {
	needsRoot(t)
	if _, err := exec.LookPath("pgbackrest"); err != nil {
		t.Skip("pgBackRest is not installed (Debian: apt-get install pgbackrest)")
	}
	dir, err := os.MkdirTemp("", "rest")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	do(t, "chown", "postgres", dir)
	server := clustertest.Start(t, fast...)
	settings := filepath.Join(dir, "pgbackrest.conf")
	text := fmt.Sprintf(`[global]
repo1-path=%[1]s/repository
repo1-retention-full=2
log-path=%[1]s
lock-path=%[1]s
spool-path=%[1]s/spool
start-fast=y
[readout]
pg1-path=%[2]s
pg1-port=%[3]d
pg1-socket-path=%[4]s
pg1-user=readout
pg1-database=postgres
`, dir, server.Dir(), server.Port, filepath.Dir(server.Dir()))
	if err := os.WriteFile(settings, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	rest := func(args ...string) {
		t.Helper()
		do(t, "runuser", append([]string{"-u", "postgres", "--", "pgbackrest", "--config=" + settings, "--stanza=readout"}, args...)...)
	}
	server.SQL(t, fmt.Sprintf("alter system set archive_command = 'pgbackrest --config=%s --stanza=readout archive-push %%p'", settings))
	server.SQL(t, "alter system set archive_mode = 'on'")
	server.SQL(t, "alter system set wal_level = 'replica'")
	server.Stop()
	server.Restart(t, fast...)

	url := server.URL()
	count := func() (n uint64) {
		db, err := postgres.Open(url, postgres.Options{LockTimeout: 20 * time.Second})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		storagetest.View(t, db, func(r storage.Reader) error {
			n = r.Seq()
			return nil
		})
		storagetest.Check(t, db)
		return n
	}
	fill := func(from, n int) {
		db, err := postgres.Open(url, postgres.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if err := putSome(db, from, n); err != nil {
			t.Fatal(err)
		}
	}
	rest("stanza-create")
	rest("check")
	fill(0, 10)
	rest("--type=full", "backup")
	fill(10, 10)
	time.Sleep(1100 * time.Millisecond) // it knows the end of a backup to the second
	moment := server.SQL(t, "select clock_timestamp()")
	time.Sleep(100 * time.Millisecond)
	fill(20, 10)
	server.SQL(t, "select pg_switch_wal()")
	rest("check") // it waits until the log is in the archive
	server.Stop()

	do(t, "find", server.Dir(), "-mindepth", "1", "-delete")
	rest("restore")
	startAgain := func() {
		server.Restart(t, fast...)
		for until := time.Now().Add(30 * time.Second); server.SQL(t, "select pg_is_in_recovery()") == "t"; time.Sleep(50 * time.Millisecond) {
			if time.Now().After(until) {
				t.Fatal("it recovers without an end")
			}
		}
	}
	startAgain()
	if got := count(); got != 30 {
		t.Errorf("after a restore the log has %d lines, want 30", got)
	}
	server.Stop()
	rest("--delta", "--type=time", "--target="+moment, "--target-action=promote", "restore")
	startAgain()
	if got := count(); got != 20 {
		t.Errorf("as it was at %s the log has %d lines, want 20", moment, got)
	}
}
