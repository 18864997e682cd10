package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/gofrs/flock"
	"github.com/rogpeppe/go-internal/testscript"

	"readout/internal/archive"
	"readout/internal/rules"
	"readout/seeds"
)

// exits runs "exits CODE readout ARGS…" and asserts the exit code, which
// testscript's exec cannot: it only knows success from failure. Standard input is
// what the script's stdin command set.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 || args[1] != "readout" {
		ts.Fatalf("usage: exits CODE readout ARGS…")
	}
	err := ts.Exec("sh", append([]string{"-c", `"$@"; code=$?; echo "exit $code" >"$WORK/code"; exit 0`, "sh"}, args[1:]...)...)
	ts.Check(err)
	if got, want := ts.ReadFile("code"), "exit "+args[0]+"\n"; got != want {
		ts.Fatalf("got %swant %s", got, want)
	}
}

// field asserts one field of the JSON that the last command wrote: "field
// results.0.status new". A path through an array has the index, "*" is the length of
// an array or the number of keys of an object. "! field PATH" asserts that there is
// no such field, "field PATH" that there is one.
func field(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) == 0 || len(args) > 2 || neg && len(args) == 2 {
		ts.Fatalf("usage: field PATH [VALUE]")
	}
	var doc any
	if err := json.Unmarshal([]byte(ts.ReadFile("stdout")), &doc); err != nil {
		ts.Fatalf("stdout is not one JSON document: %v", err)
	}
	got, err := at(doc, strings.Split(args[0], "."))
	switch {
	case neg && err == nil:
		ts.Fatalf("%s is %v, want no such field", args[0], got)
	case neg:
	case err != nil:
		ts.Fatalf("%s: %v", args[0], err)
	case len(args) == 2 && plainValue(got) != args[1]:
		ts.Fatalf("%s = %s, want %s", args[0], plainValue(got), args[1])
	}
}

// at walks down a decoded JSON document.
func at(doc any, path []string) (any, error) {
	for i, step := range path {
		switch x := doc.(type) {
		case map[string]any:
			if step == "*" {
				return float64(len(x)), nil
			}
			v, ok := x[step]
			if !ok {
				return nil, fmt.Errorf("no field %q", strings.Join(path[:i+1], "."))
			}
			doc = v
		case []any:
			if step == "*" {
				return float64(len(x)), nil
			}
			n, err := strconv.Atoi(step)
			if err != nil || n < 0 || n >= len(x) {
				return nil, fmt.Errorf("no element %q of %d", step, len(x))
			}
			doc = x[n]
		default:
			return nil, fmt.Errorf("%q is inside a %T", step, doc)
		}
	}
	return doc, nil
}

// plainValue writes a string without quotes, anything else as JSON.
func plainValue(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// lock holds the store FILE to the end of the script, as another process in the
// midst of writing would.
func lock(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: lock FILE")
	}
	held := flock.New(ts.MkAbs(args[0] + ".rw"))
	ok, err := held.TryLock()
	ts.Check(err)
	if !ok {
		ts.Fatalf("%s is locked already", args[0])
	}
	ts.Defer(func() { ts.Check(held.Close()) })
}

// samples writes the embedded releases into the folder DIR, for scripts that want
// several meetings to ask about.
func samples(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: samples DIR")
	}
	docs, err := seeds.All()
	ts.Check(err)
	dir := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(dir, 0o777))
	for _, d := range docs {
		ts.Check(os.WriteFile(filepath.Join(dir, d.Name), d.Data, 0o666))
	}
}

// seeded gives the script a store of its own that holds the embedded releases, and
// makes it the one that readout uses: a file, or its place on a server.
func seeded(store []byte, onServer bool) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		if neg || len(args) != 0 {
			ts.Fatalf("usage: seeded")
		}
		path := ts.MkAbs("seeded.db")
		ts.Check(os.WriteFile(path, store, 0o600))
		if onServer {
			ts.Check(ts.Exec("readout", "-q", "restore", "--force", path))
			return
		}
		ts.Setenv("READOUT_DB", path)
	}
}

// seedStore returns the bytes of a store that holds the embedded releases.
func seedStore(tb testing.TB) []byte {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "seeds.db")
	arch, err := archive.Open(archive.Options{Path: path, Rules: rules.Default()})
	if err != nil {
		tb.Fatal(err)
	}
	report, err := arch.Ingest(context.Background(), seedInputs(), archive.IngestOptions{})
	if err != nil || report.Failed > 0 {
		tb.Fatalf("Ingest(seeds) = %+v, %v", report, err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

// unesc writes FILE anew with "\x1b" and the like replaced by the bytes they stand
// for, which a script cannot hold.
func unesc(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: unesc FILE")
	}
	var b strings.Builder
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		text, err := strconv.Unquote(`"` + strings.ReplaceAll(strings.TrimSuffix(line, "\n"), `"`, `\"`) + `"`)
		ts.Check(err)
		b.WriteString(text + "\n")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(b.String()), 0o666))
}

// model starts a server that gives every question of "judge" the same recorded answer, and sets
// $MODEL to its address: "model same".
func model(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: model ANSWER")
	}
	address, stop := recordedModel(args[0])
	ts.Defer(stop)
	ts.Setenv("MODEL", address)
}

// recordedModel serves an answer as servers of local models give it.
func recordedModel(answer string) (address string, stop func()) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost || r.URL.Path != "/v1/chat/completions" {
			http.NotFound(w, r)
			return
		}
		fmt.Fprintf(w, `{"object":"chat.completion","model":"tiny-instruct-q4","system_fingerprint":"b4719","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":%q}}]}`, answer)
	}))
	return server.URL, server.Close
}
