package main

import (
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/internal/archive"
	"readout/internal/archtest/golden"
	"readout/internal/rules"
	"readout/internal/web"
	"readout/storage/postgres"
)

var (
	frozenList   = flag.String("frozen", "", "compare every answer with the hashes of `FILE`")
	frozenFolder = flag.String("frozen-of", "", "ask about the documents of `DIR`, not about the samples; needs -frozen")
	frozenPlain  = flag.Bool("frozen-plain", false, "ask in text and JSON only: the other formats are made of the same answers")
	frozenPart   = flag.String("frozen-part", "1/1", "ask the `K/N`-th part, so that a large folder takes N short runs: every N-th question, and in the last what is no question of one")
	frozenPages  = flag.Int("frozen-pages", 1500, "walk through at most so many pages of the server")
)

// TestFrozen asks every question in every format, and every page of the server, and
// compares a hash of each answer with a list of hashes: what is to change no answer
// changes no line of the list. The same can be done for a folder of documents:
//
//	go test ./cmd/readout -run TestFrozen -frozen /tmp/list -update
//	go test ./cmd/readout -run TestFrozen -frozen /tmp/list -frozen-of ~/releases
//
// What it asks of each series is bounded, and grows with the number of series alone.
func TestFrozen(t *testing.T) {
	if *frozenList == "" {
		t.Skip("no list of hashes is named: -frozen FILE compares with one, and writes it with -update")
	}
	f := newFreezer(t)
	f.commands()
	if f.last {
		f.pages()
	}
	golden.Compare(t, *frozenList, []byte(f.list()))
}

// TestSameBytes asks everything of a file and of a copy of it on a PostgreSQL server: the
// answers are the same bytes, those too that say when a capture was received. It asks what
// TestFrozen asks, what proves and exports, and at the end what writes. With -frozen-of
// DIR it asks about a folder, which is also taken into another store on the server:
//
//	go test ./cmd/readout -run TestSameBytes -server -frozen-of ~/releases -frozen-plain
func TestSameBytes(t *testing.T) {
	if !*onServer {
		t.Skip("-server starts a server")
	}
	server := startFast(t)
	f := newFreezer(t)
	far := f.copyTo(server.URL())
	if *frozenFolder != "" {
		report := f.lines
		other := f.empty(server.URL())
		other.takeIn()
		differ(t, report, other.lines)
	}
	for _, x := range []*freezer{f, far} {
		x.lines = nil
		x.commands()
		if x.last {
			x.pages()
			x.proofs()
			x.upkeep()
		}
		x.missing()
		t.Logf("%s: %d answers", x.store, len(x.lines))
	}
	differ(t, f.lines, far.lines)
}

// differ fails for each line that two sides do not share.
func differ(t *testing.T, file, server []string) {
	t.Helper()
	if d := cmp.Diff(file, server); d != "" {
		t.Errorf("answers (-file +server):\n%s", d)
	}
}

// freezer collects a line for every answer: what was asked, and the hash of what came.
type freezer struct {
	desk
	store     string // what --db says
	inventory *inventory
	asked     map[string]bool // the commands
	lines     []string
	turns
}

// turns say which questions are asked.
type turns struct {
	part, parts int // every parts-th, from the part-th on
	turn        int // of the question asked last, from 1 on
	last        bool
}

// turnsOf reads -frozen-part.
func turnsOf(t *testing.T) turns {
	t.Helper()
	var x turns
	if _, err := fmt.Sscanf(*frozenPart, "%d/%d", &x.part, &x.parts); err != nil || x.part < 1 || x.part > x.parts {
		t.Fatalf("-frozen-part %s: want K/N", *frozenPart)
	}
	x.last = x.part == x.parts
	return x
}

// newFreezer makes a store of the samples and of what [enrich] adds to them, or of the
// folder asked for.
func newFreezer(t *testing.T) *freezer {
	t.Helper()
	f := &freezer{desk: desk{t, t.TempDir()}, asked: map[string]bool{}, turns: turnsOf(t)}
	for name, value := range home(f.dir) {
		t.Setenv(name, value)
	}
	t.Setenv("USER", "desk")
	f.store = filepath.Join(f.dir, "readout.db")
	if *frozenFolder != "" {
		f.takeIn()
	} else {
		f.write("readout.db", string(seedStore(t)))
		enrich(f.desk)
	}
	f.inventory = f.desk.inventory()
	return f
}

// takeIn takes the folder in.
func (f *freezer) takeIn() {
	f.run("ingest", *frozenFolder, "--captured-at", "2036-01-01T00:00:00Z", "--format", "json")
}

// list are the lines in order, each once.
func (f *freezer) list() string {
	slices.Sort(f.lines)
	return strings.Join(slices.Compact(f.lines), "\n") + "\n"
}

// empty asks the same of another store, which is not there yet.
func (f *freezer) empty(store string) *freezer {
	return &freezer{desk: f.desk, store: store, inventory: f.inventory, asked: map[string]bool{}, turns: turnsOf(f.t)}
}

// copyTo asks the same of a copy on a server, whose heads the same key signs.
func (f *freezer) copyTo(url string) *freezer {
	far := f.empty(url)
	far.run("copy", f.store, url)
	db, err := postgres.Open(url, postgres.Options{})
	if err != nil {
		f.t.Fatal(err)
	}
	defer db.Close()
	key, err := (&app{env: os.Getenv}).keyFile(db)
	if err != nil {
		f.t.Fatal(err)
	}
	signs, err := os.ReadFile(f.store + ".key")
	if err == nil {
		err = errors.Join(os.MkdirAll(filepath.Dir(key), 0o700), os.WriteFile(key, signs, 0o600))
	}
	if err != nil {
		f.t.Fatal(err)
	}
	return far
}

// passing is what an answer owes to the time and place of the test: settings of a server
// that put a store at risk, and the head of the log, which says when captures were received
// and who signs, are among it.
var passing = regexp.MustCompile(`readout captures\n\d+\n\S+\n(?:\n— readout-captures \S+\n)?|(?m)^readout: \w+ is (?:off|local|empty): .*\n|\?v=[0-9a-f]{16}|(?m)^(?:Date|From|Message-Id): .*$|readout-[0-9a-f]{32}|"bytes":\s*\d+|size +\S+ \S+`)

// keep notes an answer.
func (f *freezer) keep(asked, answer string) {
	answer = passing.ReplaceAllString(strings.ReplaceAll(strings.ReplaceAll(answer, f.store, "/readout.db"), f.dir, ""), "")
	sum := sha256.Sum256([]byte(answer))
	f.lines = append(f.lines, fmt.Sprintf("%s  %x", strings.ReplaceAll(asked, *frozenFolder, ""), sum[:8]))
	if dir := os.Getenv("FROZEN_ANSWERS"); dir != "" { // to see what a changed line stands for
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%x", sum[:8])), []byte(asked+"\n"+answer), 0o600); err != nil {
			f.t.Fatal(err)
		}
	}
}

// ask notes what a command writes, where the question is of the part that is asked.
func (f *freezer) ask(args ...string) {
	f.asked[args[0]] = true
	if f.turn = f.turn%f.parts + 1; f.turn == f.part {
		f.run(args...)
	}
}

// run notes what a command writes.
func (f *freezer) run(args ...string) {
	var out, talk strings.Builder
	code := run(f.t.Context(), append([]string{"--db", f.store}, args...), strings.NewReader(""), &out, &talk)
	f.keep("readout "+strings.Join(args, " "), fmt.Sprintf("exit %d\n%s\n%s", code, out.String(), talk.String()))
}

// inEach asks a command in every format that it writes, or in the plain ones.
func (f *freezer) inEach(args ...string) {
	formats := formatsOf(args[0])
	if *frozenPlain {
		formats = []format{formatText, formatJSON}
	}
	for _, x := range formats {
		f.ask(append(args[:len(args):len(args)], "--format", string(x))...)
	}
}

// commands asks every question of the command line.
func (f *freezer) commands() {
	for _, args := range []string{"list", "series", "stats", "check", "topics", "search the", "search the --act agree --limit 3", "search zeppelin",
		"doubts", "judge --list", "watch list", "spread cooperation", "phrase cooperation", "substitutions --least 2", "timeline cooperation",
		"sources list", "changes --since 2000-01-01 --mail-to desk@mfa.example", "changes --since 2035-12-01 --shifts --mail-to desk@mfa.example"} {
		f.inEach(strings.Fields(args)...)
	}
	f.ask("--help")
	f.inEach("version")
	for _, s := range f.inventory.series {
		f.ofSeries(s)
	}
}

// proofs asks what says when a capture was received.
func (f *freezer) proofs() {
	f.part, f.parts, f.turn = 1, 1, 0
	f.inEach("verify", "--store")
	f.ask("export")
	for _, s := range f.inventory.series {
		for _, id := range s.releases {
			f.ask("prove", id)
		}
	}
}

// upkeep asks what is written to the store, and what it answers then: all of it, because
// one write follows from another.
func (f *freezer) upkeep() {
	f.part, f.parts, f.turn = 1, 1, 0
	for _, s := range f.inventory.series[:min(3, len(f.inventory.series))] {
		for _, topic := range s.topics[:min(1, len(s.topics))] {
			f.ask("topics", "rename", topic, "Renamed", "--series", s.id)
		}
		for i, id := range s.releases[:min(2, len(s.releases))] {
			f.ask("settle", id, "--title", fmt.Sprintf("Settled %d", i))
		}
		f.ask("withdraw", s.releases[len(s.releases)-1], "--reason", "as a trial")
	}
	for _, line := range []string{"watch add trial --topic cooperation",
		"reindex", "check", "verify --store", "watch list", "sources list", "doubts", "list", "series", "stats", "search the --limit 50"} {
		f.ask(strings.Fields(line)...)
	}
	for _, s := range f.inventory.series[:min(3, len(f.inventory.series))] {
		f.ask("topics", "--series", s.id)
		f.ask("brief", "--series", s.id)
	}
}

// notAsked are the commands that nothing is kept of.
var notAsked = strings.Fields("ingest import copy migrate backup repair restore" + // they have tests on both engines
	" compact" + // it says how large a store is
	" pull" + // it asks the network
	" serve mcp" + // what they answer is what the pages and the commands answer
	" rules demo completion man __complete") // they ask no store

// missing fails where a command is not asked.
func (f *freezer) missing() {
	a := &app{}
	for _, c := range a.commands() {
		if f.last && !f.asked[c.Name] && !slices.Contains(notAsked, c.Name) {
			f.t.Errorf("readout %s is not asked", c.Name)
		}
	}
}

func (f *freezer) ofSeries(s seriesInventory) {
	in := func(args ...string) []string { return append(args, "--series", s.id) }
	for _, args := range []string{"list", "topics", "matrix", "matrix --topics 3", "brief", "brief --topics 0 --before 2033-06-01", "formulas", "phrases", "phrase cooperation", "phrase krill"} {
		f.inEach(in(strings.Fields(args)...)...)
	}
	for _, topic := range s.topics {
		f.inEach(in("timeline", topic)...)
		f.ask(in("timeline", topic, "--changes-only")...)
		f.inEach(in("diff", "--topic", topic)...)
		f.inEach(in("diff", "--topic", topic, "--all")...)
		f.ask(in("diff", "--topic", topic, "--all", "--explain", "--context", "1")...)
		f.ask(in("diff", "--topic", topic, "--table")...)
		f.ask(in("diff", "--topic", topic, "--table", "--format", "json")...)
	}
	for i, id := range s.releases {
		f.inEach("show", id)
		f.inEach("log", id)
		f.inEach("blame", id)
		f.inEach("cite", id+"#1")
		f.ask("diff", "--two-sided", id)
		f.ask("diff", "--two-sided", id, "--format", "json")
		f.ask("topics", "explain", id+"#1")
		if i == 0 {
			continue
		}
		before := s.releases[i-1]
		f.inEach("diff", before, id)
		f.inEach("diff", before, id, "--changes-only", "--granularity", "sentence")
		f.inEach("diff", before, id, "--additions-only")
		f.inEach("diff", before, id, "--deletions-only")
		f.ask("diff", before, id, "--explain", "--color", "always")
	}
	for _, id := range s.revised {
		f.inEach("diff", id+"@v1", id+"@v2")
	}
}

// href is an address of the server in a page.
var href = regexp.MustCompile(`href="(/[^"#]*)`)

// pages notes every page, export and answer of the API that leads on from the first.
func (f *freezer) pages() {
	known := rules.Default()
	o := archive.Options{Path: f.store, Key: filepath.Join(f.dir, "heads.key"), Rules: known}
	if postgres.IsURL(f.store) {
		db, err := postgres.Open(f.store, postgres.Options{})
		if err != nil {
			f.t.Fatal(err)
		}
		f.t.Cleanup(db.Close)
		o.Store = db
	}
	arch, err := archive.Open(o)
	if err != nil {
		f.t.Fatal(err)
	}
	server, err := web.New(web.Options{Source: arch, Names: known.Extract().Gazetteer.Name, Report: func(err error) { f.t.Error(err) }})
	if err != nil {
		f.t.Fatal(err)
	}
	asked := map[string]bool{}
	next := []string{"/", "/about", "/changes.atom", "/search?q=the", "/phrase?q=krill", "/sources", "/api/v1", "/api/v1/openapi.json", "/api/v1/changes", "/nowhere"}
	for len(next) > 0 && len(asked) < *frozenPages {
		path := next[0]
		next = next[1:]
		if asked[path] || strings.HasPrefix(path, "/static/") {
			continue
		}
		asked[path] = true
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Host = defaultAddr
		w := httptest.NewRecorder()
		server.ServeHTTP(w, r)
		body := w.Body.String()
		f.keep("GET "+path, fmt.Sprintf("%d %s %s\n%s", w.Code, w.Header().Get("Location"), w.Header().Get("Content-Type"), body))
		for _, m := range href.FindAllStringSubmatch(body, -1) {
			next = append(next, strings.ReplaceAll(m[1], "&amp;", "&"))
		}
		if to := w.Header().Get("Location"); to != "" {
			next = append(next, to)
		}
	}
}
