package postgres_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"readout/storage"
	"readout/storage/postgres"
	"readout/storage/postgres/clustertest"
	"readout/storage/storagetest"
)

// failures are those that take root: networks are cut in namespaces, disks are small.
//
//	go test ./storage/postgres -run 'TestCutNetwork|TestClientIsGone|TestFullDisk|TestRecovery' -failures -v
var failures = flag.Bool("failures", false, "also cut a network, fill a disk, and recover from a backup; takes root")

// needsRoot skips a test that was not asked for.
func needsRoot(t *testing.T) {
	t.Helper()
	if !*failures || os.Geteuid() != 0 {
		t.Skip("takes root, and -failures")
	}
}

// do runs a program that has to succeed.
func do(t *testing.T, program string, args ...string) string {
	t.Helper()
	out, err := exec.Command(program, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v: %s", program, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// A commit waits while neither standby answers, and is there once afterwards; with one of
// two that lags behind nobody waits.
func TestStandbyFallsBehind(t *testing.T) {
	if testing.Short() {
		t.Skip("starts three servers")
	}
	g := newTrio(t)
	said := make(chan string, 100)
	db := openAt(t, g.url(), postgres.Options{LockTimeout: time.Minute, Say: func(s string) { said <- s }})
	put(t, db, 0)
	g.nodes["b"].Freeze(t)
	put(t, db, 1)
	g.nodes["c"].Freeze(t)
	done := make(chan error, 1)
	go func() { done <- putAndGet(db, 2) }()
	select {
	case err := <-done:
		t.Errorf("a commit was acknowledged that no standby has: %v", err)
	case <-time.After(time.Second):
	}
	g.nodes["c"].Thaw(t)
	if err := <-done; err != nil {
		t.Errorf("after a standby came back: %v", err)
	}
	g.nodes["b"].Thaw(t)
	put(t, db, 3)
	storagetest.View(t, db, func(r storage.Reader) error {
		if r.Seq() != 4 {
			t.Errorf("the log has %d lines after 4 captures", r.Seq())
		}
		return nil
	})
	storagetest.Check(t, db)
}

// network is a network namespace with a server in it, and the cable to it.
type network struct{ name, cable, here, there string }

// newNetwork makes a namespace that is reached over 10.77.0.0/30.
func newNetwork(t *testing.T) network {
	t.Helper()
	n := network{name: fmt.Sprint("readout", os.Getpid()), cable: fmt.Sprint("ro", os.Getpid()), here: "10.77.0.1", there: "10.77.0.2"}
	do(t, "ip", "netns", "add", n.name)
	t.Cleanup(func() { do(t, "ip", "netns", "del", n.name) })
	do(t, "ip", "link", "add", n.cable, "type", "veth", "peer", "name", "eth0", "netns", n.name)
	do(t, "ip", "addr", "add", n.here+"/30", "dev", n.cable)
	do(t, "ip", "-n", n.name, "addr", "add", n.there+"/30", "dev", "eth0")
	do(t, "ip", "-n", n.name, "link", "set", "lo", "up")
	do(t, "ip", "-n", n.name, "link", "set", "eth0", "up")
	n.set(t, "up")
	return n
}

// set plugs the cable in ("up") or out ("down").
func (n network) set(t *testing.T, state string) {
	t.Helper()
	do(t, "ip", "link", "set", n.cable, state)
}

// The lock of a writer whose machine is gone is free after a quarter of a minute, and
// where the machine comes back the write is made anew.
func TestClientIsGone(t *testing.T) {
	needsRoot(t)
	n := newNetwork(t)
	server := clustertest.StartAt(t, clustertest.Place{Netns: n.name, Host: n.there}, fast...)
	db := openAt(t, server.URL(), postgres.Options{LockTimeout: 2 * time.Minute})
	put(t, db, 0)
	runs := 0
	err := db.Update(t.Context(), func(w storage.Writer) error {
		if runs++; runs == 1 {
			n.set(t, "down")
			began := time.Now()
			server.WaitForSQL(t, "select count(*) from pg_locks where locktype = 'advisory'", "0")
			t.Logf("the lock was free after %v", time.Since(began).Round(time.Second))
			n.set(t, "up")
		}
		return w.SetMark("m", 1)
	})
	if err != nil || runs != 2 {
		t.Errorf("a write whose machine was gone: %v, run %d times", err, runs)
	}
	storagetest.Check(t, db)
}

// insideVar holds, for a process on the far side of a cut network, the store to write to.
const insideVar = "READOUT_TEST_INSIDE"

// The part of a network that is cut off from its standbys with the primary acknowledges
// nothing. The other part goes on once a standby was promoted, and nothing that was
// acknowledged is lost.
func TestCutNetwork(t *testing.T) {
	if url := os.Getenv(insideVar); url != "" {
		writeInside(t, url)
		return
	}
	needsRoot(t)
	n := newNetwork(t)
	g := &trio{nodes: map[string]*clustertest.Server{}, primary: "a"}
	g.nodes["a"] = clustertest.StartAt(t, clustertest.Place{Netns: n.name, Host: n.there}, quorum...)
	for _, name := range []string{"b", "c"} {
		g.nodes[name] = g.nodes["a"].Standby(t, name, quorum...)
	}
	g.waitFor(t, "a", "b", "c")
	w := &writer{}
	db := openAt(t, g.url()+"&statement_timeout=2s", postgres.Options{LockTimeout: 2 * time.Minute, Say: w.say})
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- w.run(ctx, db) }()
	time.Sleep(time.Second)
	n.set(t, "down")
	time.Sleep(100 * time.Millisecond) // what was on its way is there
	before := w.acknowledged()

	inside := exec.Command("ip", "netns", "exec", n.name, os.Args[0], "-test.run", "TestCutNetwork")
	inside.Env = append(os.Environ(), fmt.Sprintf("%s=postgres://readout@%s:%d/postgres?statement_timeout=1s", insideVar, n.there, g.nodes["a"].Port))
	if out, err := inside.CombinedOutput(); err == nil {
		t.Errorf("a primary without standbys acknowledged: %s", out)
	} else {
		t.Logf("beside the primary that is cut off: %s", out)
	}

	next, other := "b", "c"
	const received = "select pg_last_wal_receive_lsn()"
	if behind(g.nodes[next].SQL(t, received), g.nodes[other].SQL(t, received)) {
		next, other = other, next
	}
	g.waitFor(t, next, other, "a")
	g.nodes[next].Promote(t)
	g.nodes[other].Follow(t, g.nodes[next], other)
	g.primary = next
	for until := time.Now().Add(2 * time.Minute); w.acknowledged() <= before+5 && time.Now().Before(until); {
		time.Sleep(5 * time.Millisecond)
	}
	g.nodes["a"].Stop() // who comes back must not be written to: see docs/scaling.md
	n.set(t, "up")
	stop()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	w.verify(t, db)
	storagetest.Check(t, db)
	t.Logf("%d captures acknowledged, %d of them after the cut; longest time between two %v", w.acknowledged(), w.acknowledged()-before,
		w.longest.Round(time.Millisecond))
}

// writeInside tries to write where it must not be acknowledged.
func writeInside(t *testing.T, url string) {
	db, err := postgres.Open(url, postgres.Options{LockTimeout: 2 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := putAndGet(db, 1_000_000); err != nil {
		t.Fatal(err)
	}
}

// A server whose disk is full says so, keeps what it acknowledged, and goes on when there
// is room again.
func TestFullDisk(t *testing.T) {
	needsRoot(t)
	disk, err := os.MkdirTemp("", "disk")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(disk) })
	do(t, "mount", "-t", "tmpfs", "-o", "size=160m,mode=0777", "tmpfs", disk)
	t.Cleanup(func() { do(t, "umount", "--lazy", disk) })
	small := append([]string{"max_wal_size=48MB", "min_wal_size=32MB"}, fast...)
	server := clustertest.StartAt(t, clustertest.Place{Dir: disk}, small...)
	filler := filepath.Join(disk, "filler")
	do(t, "fallocate", "-l", "40m", filler)
	db := openAt(t, server.URL(), postgres.Options{LockTimeout: 3 * time.Second})
	acked := 0
	for ; err == nil; acked++ {
		err = putLarge(db, acked)
	}
	acked--
	t.Logf("after %d captures: %v", acked, err)
	if !strings.Contains(err.Error(), "the disk of the server is full") && !errors.Is(err, storage.ErrLocked) && !strings.Contains(err.Error(), "tried for") {
		t.Errorf("a full disk: %v", err)
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	server.Stop() // it may have ended by itself
	server.Restart(t, small...)
	if err := putLarge(db, acked); err != nil {
		t.Errorf("with room again: %v", err)
	}
	storagetest.View(t, db, func(r storage.Reader) error {
		if r.Seq() != uint64(acked+1) {
			t.Errorf("the log has %d lines, want %d", r.Seq(), acked+1)
		}
		return nil
	})
	storagetest.Check(t, db)
}

// putLarge adds an invented capture of a megabyte that does not compress.
func putLarge(db *storage.DB, i int) error {
	capture, data := numbered(i)
	data = append(data, noise(i, 1<<20)...)
	capture.SHA256 = storage.HashOf(data)
	return db.Update(context.Background(), func(w storage.Writer) error {
		_, err := w.AddCapture(capture, data)
		return err
	})
}
