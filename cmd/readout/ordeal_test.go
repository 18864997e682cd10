package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
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

	"readout/internal/archive"
	"readout/storage"
)

// The ordeal is a process that works on a store without an end and is killed at a random
// moment, over and over. What it was told is kept must be kept. In the usual run of the
// tests it is short; docs/durability.md says how long it was once, with
//
//	go test ./cmd/readout -run TestOrdeal -timeout 3h -ordeal-kills 10000 -ordeal-flips 1000 -ordeal-cuts 300
var (
	ordealKills   = flag.Int("ordeal-kills", 10, "how many times the working process is killed")
	ordealWait    = flag.Duration("ordeal-wait", 400*time.Millisecond, "how long the working process lives at most")
	ordealWorkers = flag.Int("ordeal-workers", 1, "how many stores are worked on at once")
)

// ordealVar holds, for the process that is killed, the folder that it works in.
const ordealVar = "READOUT_TEST_ORDEAL"

// storeLife is after how many kills a store is compared with a fresh one and begun anew.
const storeLife = 40

func TestOrdealOfKills(t *testing.T) {
	if testing.Short() {
		t.Skip("not in short mode")
	}
	server := ministry(t)
	var left atomic.Int64
	left.Store(int64(*ordealKills))
	for n := range *ordealWorkers {
		t.Run(fmt.Sprint("worker ", n), func(t *testing.T) {
			if *ordealWorkers > 1 {
				t.Parallel()
			}
			for left.Load() > 0 {
				life := &ordeal{t: t, dir: t.TempDir(), server: server.URL, rng: rand.New(rand.NewPCG(uint64(n), uint64(left.Load())))}
				life.prepare()
				for range storeLife {
					if left.Add(-1) < 0 {
						break
					}
					life.kill()
				}
				life.judge()
				t.Logf("%d kills are left; this store had %d acknowledged documents", max(0, left.Load()), len(life.kept))
			}
		})
	}
}

// ordeal is the life of one store.
type ordeal struct {
	t           *testing.T
	dir, server string
	rng         *rand.Rand
	kept        map[storage.Hash]bool // acknowledged documents
	withdrawn   map[storage.Hash]bool // acknowledged withdrawals, or begun
	name        string                // the last acknowledged name of the topic
	began       []string              // names that may have come after it
	made        int                   // documents made so far
}

func (o *ordeal) path(name string) string { return filepath.Join(o.dir, name) }

// text is a document of its own.
func (o *ordeal) text(n int) []byte {
	return fmt.Appendf(nil, "Norway-Uruguay Foreign Ministers' Meeting\n\nOn March %d, %d, the Foreign Ministers of Norway and Uruguay held a meeting in Oslo.\n\n"+
		"1. Krill quota\n\nThe two ministers agreed that the krill quota number %d would be raised by %d tonnes.\n", 1+n%28, 2031+n/28%9, n, n*n%97)
}

// prepare makes what the process imports and pulls.
func (o *ordeal) prepare() {
	o.kept, o.withdrawn = map[storage.Hash]bool{}, map[storage.Hash]bool{}
	d := desk{o.t, o.path("elsewhere")}
	if err := os.MkdirAll(d.dir, 0o777); err != nil {
		o.t.Fatal(err)
	}
	var files []string
	for n := range 3 {
		file := o.path(fmt.Sprintf("elsewhere/%d.txt", n))
		if err := os.WriteFile(file, o.text(1_000_000+n), 0o666); err != nil {
			o.t.Fatal(err)
		}
		files = append(files, file)
	}
	d.run(exitOK, append([]string{"ingest", "-q"}, files...)...)
	lines, _ := d.run(exitOK, "export", "-q")
	for name, text := range map[string]string{"export.jsonl": lines, "sources.yaml": "sources:\n  - name: oslo\n    url: " + o.server + "/press/\n    kind: index\n"} {
		if err := os.WriteFile(o.path(name), []byte(text), 0o666); err != nil {
			o.t.Fatal(err)
		}
	}
}

// kill starts the process, kills it, and looks at what it left.
func (o *ordeal) kill() {
	cmd := exec.CommandContext(o.t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), ordealVar+"="+o.dir, fmt.Sprintf("%s_SEED=%d", ordealVar, o.rng.Uint64()), fmt.Sprintf("%s_FIRST=%d", ordealVar, o.made))
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		o.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		o.t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	if line, err := lines.ReadString('\n'); line != "ready\n" {
		o.t.Fatalf("the process says %q, %v: %s", line, err, &stderr)
	}
	timer := time.AfterFunc(time.Duration(o.rng.Int64N(int64(*ordealWait))), func() { _ = cmd.Process.Kill() })
	said, _ := io.ReadAll(lines)
	timer.Stop()
	if err := cmd.Wait(); err == nil || !cmd.ProcessState.Sys().(syscall.WaitStatus).Signaled() {
		o.t.Fatalf("the process was not killed: %v: %s", err, &stderr)
	}
	for line := range strings.Lines(string(said)) {
		if strings.HasSuffix(line, "\n") { // else it was killed while it spoke
			o.hear(strings.Fields(line))
		}
	}
	o.look()
}

// hear notes what the process says it did.
func (o *ordeal) hear(words []string) {
	hash := func(s string) storage.Hash {
		h, err := storage.ParseHash(s)
		if err != nil {
			o.t.Fatal(err)
		}
		return h
	}
	switch words[0] {
	case "made":
		n, err := strconv.Atoi(words[1])
		if err != nil {
			o.t.Fatal(err)
		}
		o.made = n
	case "kept":
		o.kept[hash(words[1])] = true
	case "withdrawing":
		o.withdrawn[hash(words[1])] = true
	case "naming":
		o.began = append(o.began, words[1])
	case "named":
		o.name, o.began = words[1], nil
	case "imported":
		for n := range 3 {
			o.kept[storage.HashOf(o.text(1_000_000+n))] = true
		}
	case "failed":
		o.t.Errorf("the process: %s", strings.Join(words[1:], " "))
	}
}

// look sees that all that was acknowledged is there.
func (o *ordeal) look() {
	db, err := storage.Open(o.path("readout.db"), storage.Options{})
	if err != nil {
		o.t.Fatal(err)
	}
	err = db.View(o.t.Context(), func(r storage.Reader) error {
		for h := range o.kept {
			if _, err := r.Blob(h); err != nil && !o.withdrawn[h] {
				o.t.Errorf("an acknowledged document is lost: %v", err)
			}
		}
		if o.name == "" {
			return nil
		}
		var decisions []byte
		for c, err := range r.Curations() {
			if err != nil {
				return err
			}
			decisions = append(decisions, c.Value...)
		}
		if !slices.ContainsFunc(append(o.began, o.name), func(name string) bool { return bytes.Contains(decisions, []byte("named-"+name)) }) {
			o.t.Errorf("the acknowledged name %s is lost", o.name)
		}
		return nil
	})
	if err != nil && !(len(o.kept) == 0 && o.name == "") {
		o.t.Errorf("after a kill: %v", err)
	}
}

// judge checks the store whole, and compares it with one made from its export in another
// order.
func (o *ordeal) judge() {
	d := desk{o.t, o.dir}
	d.run(exitOK, "check")
	d.run(exitOK, "verify", "--store")
	lines, _ := d.run(exitOK, "export", "-q")
	var captures, rest []string
	head := ""
	for line := range strings.Lines(lines) {
		var l struct {
			Type    string          `json:"type"`
			Data    []byte          `json:"data"`
			Capture json.RawMessage `json:"capture"`
		}
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			o.t.Fatal(err)
		}
		switch {
		case l.Type == "header":
			head = line
		case l.Type == "capture" && l.Data == nil: // bytes go with their first capture
			captures[len(captures)-1] += line
		case l.Type == "capture":
			captures = append(captures, line)
		case l.Type != "mark": // marks are of the log
			rest = append(rest, line)
		}
	}
	if len(captures)+len(rest) == 0 {
		return // killed before anything was kept, or all was withdrawn
	}
	o.rng.Shuffle(len(captures), func(i, j int) { captures[i], captures[j] = captures[j], captures[i] })
	shuffled := o.path("shuffled.jsonl")
	if err := os.WriteFile(shuffled, []byte(head+strings.Join(captures, "")+strings.Join(rest, "")), 0o666); err != nil {
		o.t.Fatal(err)
	}
	fresh := desk{o.t, o.path("fresh")}
	fresh.run(exitOK, "import", shuffled)
	again, _ := fresh.run(exitOK, "export", "-q")
	unmarked := func(s string) string {
		var b strings.Builder
		for line := range strings.Lines(s) {
			if !strings.Contains(line, `"type":"mark"`) {
				b.WriteString(line)
			}
		}
		return b.String()
	}
	if unmarked(again) != unmarked(lines) {
		o.t.Errorf("a store made from the export in another order answers otherwise: %d and %d bytes", len(again), len(lines))
	}
}

// suffer is the whole work of the process that is killed.
func suffer() int {
	dir := os.Getenv(ordealVar)
	seed, _ := strconv.ParseUint(os.Getenv(ordealVar+"_SEED"), 10, 64)
	first, _ := strconv.Atoi(os.Getenv(ordealVar + "_FIRST"))
	s := &sufferer{o: &ordeal{dir: dir, made: first}, rng: rand.New(rand.NewPCG(seed, 1))}
	for name, value := range home(dir) {
		os.Setenv(name, value)
	}
	fmt.Println("ready")
	for {
		s.step()
	}
}

// sufferer works on the store.
type sufferer struct {
	o    *ordeal
	rng  *rand.Rand
	mine []storage.Hash
}

func (s *sufferer) step() {
	switch n := s.rng.IntN(100); {
	case n < 50:
		s.ingest(1 + s.rng.IntN(6))
	case n < 51:
		s.ingest(530) // several batches
	case n < 60:
		s.run("import", s.o.path("export.jsonl"))
		fmt.Println("imported")
	case n < 63:
		s.run("pull", "--force", "--allow-private", "--sources", s.o.path("sources.yaml"))
	case n < 68:
		s.run("reindex")
	case n < 73:
		s.run("compact")
	case n < 78:
		out := s.o.path(fmt.Sprintf("repaired-%d.db", s.rng.Uint64()))
		s.run("repair", out)
		for _, tail := range []string{"", ".key", ".gate", ".rw"} {
			_ = os.Remove(out + tail)
		}
	case n < 88:
		name := strconv.FormatUint(s.rng.Uint64(), 36)
		fmt.Println("naming", name)
		if s.run("topics", "rename", "krill-quota", "Krill named-"+name, "--series", "NO-UY") {
			fmt.Println("named", name)
		}
	case n < 96:
		s.run("changes", "--since-last", "desk")
	default:
		s.withdraw()
	}
}

// ingest takes in some new documents, and says which are kept.
func (s *sufferer) ingest(count int) {
	args := []string{"ingest", "-q", "--format", "jsonl"}
	hashes := map[string]storage.Hash{}
	for range count {
		s.o.made++
		data := s.o.text(s.o.made)
		file := s.o.path(fmt.Sprintf("in-%d.txt", s.o.made))
		if err := os.WriteFile(file, data, 0o666); err != nil {
			s.fail(err.Error())
		}
		hashes[file] = storage.HashOf(data)
		args = append(args, file)
	}
	fmt.Println("made", s.o.made)
	s.command(&results{func(line []byte) {
		var r struct{ Input, Status string }
		if err := json.Unmarshal(line, &r); err == nil && (r.Status == "new" || r.Status == "revised") {
			fmt.Println("kept", hashes[r.Input])
			s.mine = append(s.mine, hashes[r.Input])
		}
	}, nil}, args...)
}

// withdraw withdraws a release that this process took in.
func (s *sufferer) withdraw() {
	if len(s.mine) == 0 {
		return
	}
	arch, err := archive.Open(archive.Options{Path: s.o.path("readout.db")})
	if err != nil {
		s.fail(err.Error())
	}
	entries, err := arch.List(context.Background(), archive.ListFilter{})
	if err != nil || len(entries) == 0 {
		return
	}
	e := entries[s.rng.IntN(len(entries))]
	infos, err := arch.Log(context.Background(), archive.Ref{ID: e.ID})
	if err != nil {
		s.fail(err.Error())
	}
	for _, v := range infos {
		fmt.Println("withdrawing", v.SHA256)
	}
	s.run("withdraw", e.ID, "--reason", "an ordeal")
}

func (s *sufferer) run(args ...string) bool { return s.command(io.Discard, args...) }

// command runs a command of the real program. Only a failure that no rival explains is said.
func (s *sufferer) command(stdout io.Writer, args ...string) bool {
	var talk bytes.Buffer
	code := run(context.Background(), append([]string{"--db", s.o.path("readout.db")}, args...), strings.NewReader(""), stdout, &talk)
	none := strings.Contains(talk.String(), "no store") || strings.Contains(talk.String(), "there is no") || strings.Contains(talk.String(), "no topic")
	if code != exitOK && !none {
		s.fail(fmt.Sprintf("%s: exit %d: %s", args[0], code, talk.String()))
	}
	return code == exitOK
}

func (s *sufferer) fail(why string) {
	fmt.Println("failed", strings.ReplaceAll(why, "\n", " "))
}

// results hands on each line once it is written.
type results struct {
	line func([]byte)
	rest []byte
}

func (r *results) Write(b []byte) (int, error) {
	r.rest = append(r.rest, b...)
	for {
		line, rest, ok := bytes.Cut(r.rest, []byte("\n"))
		if !ok {
			return len(b), nil
		}
		r.line(line)
		r.rest = rest
	}
}
