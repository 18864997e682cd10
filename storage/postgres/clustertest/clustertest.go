// Package clustertest starts PostgreSQL servers for tests: each a fresh cluster in a
// temporary folder, on a free port of the loopback interface, gone when the test ends.
package clustertest

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// Server is a running server.
type Server struct {
	Port  int
	place Place
	dir   string // of its data
	bin   string // of the programs
}

// Place is where a server runs: the zero value on the loopback interface, with its data in
// a temporary folder.
type Place struct {
	Netns, Host string // the name of a network namespace, and the address there
	Dir         string // a folder that takes the data
}

// Host is the address that the server listens at.
func (s *Server) Host() string { return cmp.Or(s.place.Host, "127.0.0.1") }

// Find returns the folder of PostgreSQL's server programs. Where they are missing the
// test is skipped, or fails where CI=true says that everything has to be there.
func Find(tb testing.TB) string {
	tb.Helper()
	const program = "pg_ctl"
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + program)
	slices.Sort(found)
	if len(found) > 0 {
		return filepath.Dir(found[len(found)-1])
	}
	if path, err := exec.LookPath(program); err == nil {
		return filepath.Dir(path)
	}
	const why = "no server of PostgreSQL is installed (Debian: apt-get install postgresql)"
	if os.Getenv("CI") == "true" {
		tb.Fatal(why)
	}
	tb.Skip(why)
	return ""
}

// Start makes a cluster and starts it with the settings given, each "name=value".
func Start(tb testing.TB, settings ...string) *Server {
	tb.Helper()
	return StartAt(tb, Place{}, settings...)
}

// StartAt is Start for a server somewhere else.
func StartAt(tb testing.TB, place Place, settings ...string) *Server {
	tb.Helper()
	s := newServer(tb, place)
	s.must(tb, "initdb", "--pgdata", s.dir, "--username", "readout", "--auth", "trust",
		"--encoding", "UTF8", "--locale", "C",
		"--data-checksums", "--no-sync")
	appendTo(tb, filepath.Join(s.dir, "pg_hba.conf"), "host all,replication all samenet trust\n")
	s.Run(tb, settings...)
	return s
}

// newServer has a place for its data and a port, and is stopped when the test ends.
func newServer(tb testing.TB, place Place) *Server {
	tb.Helper()
	s := &Server{bin: Find(tb), place: place, dir: dataDir(tb, place.Dir), Port: freePort(tb)}
	tb.Cleanup(s.Stop)
	return s
}

// Run starts a server that has its data, with settings beside its own.
func (s *Server) Run(tb testing.TB, settings ...string) {
	tb.Helper()
	options := []string{"-p", strconv.Itoa(s.Port), "-h", s.Host(), "-k", filepath.Dir(s.dir)}
	for _, setting := range settings {
		options = append(options, "-c", setting)
	}
	for i, o := range options {
		options[i] = "'" + o + "'"
	}
	s.must(tb, "pg_ctl", "--pgdata", s.dir, "--wait", "--timeout", "120", "--log", s.dir+".log",
		"--options", strings.Join(options, " "), "start")
}

// Standby makes a server that follows another, and starts it with the settings given.
// Name is what the other one calls it.
func (s *Server) Standby(tb testing.TB, name string, settings ...string) *Server {
	tb.Helper()
	b := newServer(tb, Place{})
	b.Rejoin(tb, s, name, settings...)
	return b
}

// Rejoin throws the data of a server that is down away and makes it follow another.
func (s *Server) Rejoin(tb testing.TB, primary *Server, name string, settings ...string) {
	tb.Helper()
	if err := os.RemoveAll(s.dir); err != nil {
		tb.Fatal(err)
	}
	s.must(tb, "pg_basebackup", "--pgdata", s.dir, "--dbname", primary.conninfo(name),
		"--write-recovery-conf", "--checkpoint", "fast", "--no-sync")
	s.Run(tb, settings...)
}

// Follow makes a standby that runs follow another server.
func (s *Server) Follow(tb testing.TB, primary *Server, name string) {
	tb.Helper()
	s.SQL(tb, fmt.Sprintf("alter system set primary_conninfo = '%s'", primary.conninfo(name)))
	s.Reload(tb)
}

func (s *Server) conninfo(name string) string {
	return fmt.Sprintf("host=%s port=%d user=readout application_name=%s", s.Host(), s.Port, name)
}

// Reload makes the server read its settings again.
func (s *Server) Reload(tb testing.TB) {
	tb.Helper()
	s.SQL(tb, "select pg_reload_conf()")
}

// Promote makes a standby a server that takes writes.
func (s *Server) Promote(tb testing.TB) {
	tb.Helper()
	s.must(tb, "pg_ctl", "--pgdata", s.dir, "--wait", "promote")
}

// Kill ends the server and all its processes at once, as a loss of power would.
func (s *Server) Kill(tb testing.TB) {
	tb.Helper()
	kill(tb, s.pid(tb))
}

// Stop ends the server as a person does who waits for nobody, and it is no error if it is
// down.
func (s *Server) Stop() {
	_ = s.command("pg_ctl", "--pgdata", s.dir, "--mode", "immediate", "stop").Run()
}

// pid is the process of the server that started the others.
func (s *Server) pid(tb testing.TB) int {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join(s.dir, "postmaster.pid"))
	if err != nil {
		tb.Fatal(err)
	}
	first, _, _ := strings.Cut(string(data), "\n")
	pid, err := strconv.Atoi(first)
	if err != nil {
		tb.Fatal(err)
	}
	return pid
}

// Restart starts a server again that was killed.
func (s *Server) Restart(tb testing.TB, settings ...string) {
	tb.Helper()
	_ = os.Remove(filepath.Join(s.dir, "postmaster.pid"))
	s.Run(tb, settings...)
}

var schemas atomic.Int64

// URL is the address of a store of its own on the server.
func (s *Server) URL() string {
	return fmt.Sprintf("postgres://readout@%s:%d/postgres?search_path=test%d", s.Host(), s.Port, schemas.Add(1))
}

// SQL runs statements and returns what they say.
func (s *Server) SQL(tb testing.TB, sql string) string {
	tb.Helper()
	cmd := s.command("psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", s.Host(),
		"-p", strconv.Itoa(s.Port), "-U", "readout", "-d", "postgres", "-c", sql)
	out, err := cmd.CombinedOutput()
	if err != nil {
		tb.Fatalf("psql: %v: %s", err, out)
	}
	return strings.TrimSpace(string(out))
}

// WaitForSQL waits until statements say what is wanted.
func (s *Server) WaitForSQL(tb testing.TB, sql, want string) {
	tb.Helper()
	for until := time.Now().Add(time.Minute); s.SQL(tb, sql) != want; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(until) {
			tb.Fatalf("%s does not say %s", sql, want)
		}
	}
}

// Admit puts a rule before those by which the server lets clients in.
func (s *Server) Admit(tb testing.TB, rule string) {
	tb.Helper()
	path := filepath.Join(s.dir, "pg_hba.conf")
	rules, err := os.ReadFile(path)
	if err == nil {
		err = os.WriteFile(path, append([]byte(rule+"\n"), rules...), 0o600)
	}
	if err != nil {
		tb.Fatal(err)
	}
	s.Reload(tb)
}

// Give writes a file that the account of servers owns, and returns its path.
func Give(tb testing.TB, name string, data []byte) string {
	tb.Helper()
	path := filepath.Join(filepath.Dir(dataDir(tb, "")), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		tb.Fatal(err)
	}
	giveAway(tb, path)
	return path
}

// giveAway makes the account of servers the owner of a file or folder, where the tests
// run as root.
func giveAway(tb testing.TB, path string) {
	tb.Helper()
	if os.Geteuid() != 0 {
		return
	}
	if out, err := exec.Command("chown", account, path).CombinedOutput(); err != nil {
		tb.Fatalf("chown: %v: %s", err, out)
	}
}

// Dir is where the server keeps its data.
func (s *Server) Dir() string { return s.dir }

// account is who runs the server where the tests run as root, as which it refuses to.
const account = "postgres"

// dataDir makes a folder that the account of the server may write to, in another or where
// temporary ones are. Names of folders of tests are too long for a socket.
func dataDir(tb testing.TB, in string) string {
	tb.Helper()
	dir, err := os.MkdirTemp(in, "pg")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			tb.Log(err)
		}
	})
	giveAway(tb, dir)
	return filepath.Join(dir, "data")
}

func (s *Server) must(tb testing.TB, program string, args ...string) {
	tb.Helper()
	var out bytes.Buffer
	cmd := s.command(program, args...)
	// pg_ctl leaves the server its output: a pipe would be waited for until that ends.
	file, err := os.CreateTemp("", "pgout")
	if err != nil {
		tb.Fatal(err)
	}
	defer os.Remove(file.Name())
	defer file.Close()
	cmd.Stdout, cmd.Stderr = file, file
	if err := cmd.Run(); err != nil {
		said, _ := os.ReadFile(file.Name())
		log, _ := os.ReadFile(s.dir + ".log")
		tb.Fatalf("%s: %v: %s%s%s", program, err, out.String(), said, log)
	}
}

func (s *Server) command(program string, args ...string) *exec.Cmd {
	path := filepath.Join(s.bin, program)
	cmd := exec.Command(path, args...)
	if os.Geteuid() == 0 {
		cmd = exec.Command("runuser", append([]string{"-u", account, "--", path}, args...)...)
	}
	if s.place.Netns != "" {
		cmd = exec.Command("ip", append([]string{"netns", "exec", s.place.Netns}, cmd.Args...)...)
	}
	cmd.Dir = os.TempDir()
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	return cmd
}

func freePort(tb testing.TB) int {
	tb.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// waitForPort waits until somebody listens.
func waitForPort(tb testing.TB, port int, most time.Duration) {
	tb.Helper()
	for until := time.Now().Add(most); ; time.Sleep(20 * time.Millisecond) {
		conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err == nil {
			_ = conn.Close()
			return
		}
		if time.Now().After(until) {
			tb.Fatalf("nobody listens at port %d after %v: %v", port, most, err)
		}
	}
}

func appendTo(tb testing.TB, path, text string) {
	tb.Helper()
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		tb.Fatal(err)
	}
	_, err = f.WriteString(text)
	if err := errors.Join(err, f.Close()); err != nil {
		tb.Fatal(err)
	}
}

// kill ends a postmaster and waits until it is gone. Its children end as they notice.
func kill(tb testing.TB, pid int) {
	tb.Helper()
	p, err := os.FindProcess(pid)
	if err != nil {
		tb.Fatal(err)
	}
	if err := p.Kill(); err != nil {
		tb.Fatal(err)
	}
	for until := time.Now().Add(10 * time.Second); p.Signal(syscall.Signal(0)) == nil && time.Now().Before(until); {
		time.Sleep(10 * time.Millisecond)
	}
}
