package main

import (
	"crypto/sha256"
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

	"readout/internal/archive"
	"readout/internal/golden"
	"readout/internal/rules"
	"readout/internal/web"
	"readout/storage/postgres"
)

var (
	frozenList   = flag.String("frozen", "", "compare every answer with the hashes of `FILE`")
	frozenFolder = flag.String("frozen-of", "", "ask about the documents of `DIR`, not about the samples; needs -frozen")
)

// TestFrozen asks every question in every format, and every page of the server, and
// compares a hash of each answer with a list of hashes: what is to change no answer
// changes no line of the list. The same can be done for a folder of documents:
//
//	go test ./cmd/readout -run TestFrozen -frozen /tmp/list -update
//	go test ./cmd/readout -run TestFrozen -frozen /tmp/list -frozen-of ~/releases
//
// With -server the store is on a PostgreSQL server, whose answers are those of a file.
func TestFrozen(t *testing.T) {
	if *frozenList == "" {
		t.Skip("no list of hashes is named: -frozen FILE compares with one, and writes it with -update")
	}
	f := newFreezer(t)
	f.commands()
	f.pages()
	slices.Sort(f.lines)
	golden.Compare(t, *frozenList, []byte(strings.Join(slices.Compact(f.lines), "\n")+"\n"))
}

// freezer collects a line for every answer: what was asked, and the hash of what came.
type freezer struct {
	desk
	store string // what --db says
	lines []string
}

// newFreezer makes a store of the samples and of what [enrich] adds to them, or of the
// folder asked for.
func newFreezer(t *testing.T) *freezer {
	t.Helper()
	f := &freezer{desk: desk{t, t.TempDir()}}
	file := filepath.Join(f.dir, "readout.db")
	f.store = file
	if *onServer {
		f.store = startFast(t).URL()
	}
	for name, value := range home(f.dir) {
		t.Setenv(name, value)
	}
	t.Setenv("USER", "desk")
	if *frozenFolder != "" {
		f.ask("ingest", *frozenFolder, "--captured-at", "2036-01-01T00:00:00Z", "--format", "json")
		return f
	}
	f.write("readout.db", string(seedStore(t)))
	enrich(f.desk)
	if *onServer {
		f.ask("copy", file, f.store)
		f.lines = nil // a file is not copied to itself
	}
	return f
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

// ask notes what a command writes.
func (f *freezer) ask(args ...string) {
	var out, talk strings.Builder
	code := run(f.t.Context(), append([]string{"--db", f.store}, args...), strings.NewReader(""), &out, &talk)
	f.keep("readout "+strings.Join(args, " "), fmt.Sprintf("exit %d\n%s\n%s", code, out.String(), talk.String()))
}

// inEach asks a command in every format that it writes.
func (f *freezer) inEach(args ...string) {
	for _, x := range formatsOf(args[0]) {
		f.ask(append(args[:len(args):len(args)], "--format", string(x))...)
	}
}

// commands asks every question of the command line.
func (f *freezer) commands() {
	for _, args := range []string{"list", "series", "stats", "check", "topics", "search the", "search the --act agree --limit 3", "search zeppelin",
		"sources list", "changes --since 2000-01-01 --mail-to desk@mfa.example", "changes --since 2035-12-01 --shifts --mail-to desk@mfa.example"} {
		f.inEach(strings.Fields(args)...)
	}
	f.ask("--help")
	f.inEach("version")
	for _, s := range f.inventory().series {
		f.ofSeries(s)
	}
}

func (f *freezer) ofSeries(s seriesInventory) {
	in := func(args ...string) []string { return append(args, "--series", s.id) }
	for _, args := range []string{"list", "topics", "matrix", "matrix --topics 3", "brief", "brief --topics 0 --before 2033-06-01", "phrases", "phrase cooperation", "phrase krill"} {
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

// mostPages bounds the walk through a large archive.
const mostPages = 1500

// pages notes every page, export and answer of the API that leads on from the first.
func (f *freezer) pages() {
	known := rules.Default()
	o := archive.Options{Path: f.store, Key: filepath.Join(f.dir, "heads.key"), Rules: known}
	if *onServer {
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
	for len(next) > 0 && len(asked) < mostPages {
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
