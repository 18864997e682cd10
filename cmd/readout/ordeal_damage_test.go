package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unsafe"

	"github.com/klauspost/compress/zstd"
	"go.etcd.io/bbolt"

	"readout/storage"
)

var (
	ordealFlips = flag.Int("ordeal-flips", 4, "how many bits are flipped, each in a store of its own")
	ordealCuts  = flag.Int("ordeal-cuts", 3, "how many stores are cut off, or have a page or both heads zeroed")
	ordealSeed  = flag.Uint64("ordeal-seed", 17, "where they are hurt follows from it: with another one, elsewhere")
)

// piece is where a row stands in the file of a store.
type piece struct{ from, to int }

// wholeStore is a store as it was before it was damaged.
type wholeStore struct {
	file    []byte
	rows    map[string][]piece       // by bucket
	bytesOf map[storage.Hash][]piece // what has to be whole for a document to come back
	packed  map[storage.Hash]bool    // the documents that come back with a dictionary alone
	answers map[string]string        // of commands
	lines   map[string]bool          // of the export

}

// The laws of damage, with every bucket hit in turn: no command ends otherwise than by an
// exit code of its own, in time; what check passes answers as before; an export has no line
// that the whole store's has not; repair brings back every document whose rows are whole,
// names the others, and leaves a store that check passes.
func TestOrdealOfDamage(t *testing.T) {
	if testing.Short() {
		t.Skip("not in short mode")
	}
	w := newWholeStore(t)
	rng := rand.New(rand.NewPCG(17, *ordealSeed))
	buckets := make([]string, 0, len(w.rows))
	for name := range w.rows {
		buckets = append(buckets, name)
	}
	slices.Sort(buckets)
	sum := &tally{}
	for n := range *ordealFlips {
		bucket := buckets[n%len(buckets)]
		at := rng.IntN(len(w.file))
		if n%5 < 4 { // the others anywhere
			p := w.rows[bucket][rng.IntN(len(w.rows[bucket]))]
			at = p.from + rng.IntN(p.to-p.from)
		}
		file := slices.Clone(w.file)
		file[at] ^= 1 << rng.IntN(8)
		w.suffer(t, fmt.Sprintf("flip %d in %s, byte %d", n, bucket, at), file, n, sum)
	}
	t.Logf("flips: %+v", *sum)
	sum = &tally{}
	for n := range *ordealCuts {
		bucket := buckets[n%len(buckets)]
		p := w.rows[bucket][rng.IntN(len(w.rows[bucket]))]
		file := slices.Clone(w.file)
		what := "page zeroed in " + bucket
		switch n % 3 {
		case 0:
			from := p.from / os.Getpagesize() * os.Getpagesize()
			clear(file[from : from+os.Getpagesize()])
		case 1:
			file, what = file[:8192+rng.IntN(len(file)-8192)], "cut"
		default:
			what = "heads zeroed"
			clear(file[:2*os.Getpagesize()])
		}
		w.suffer(t, fmt.Sprintf("%s %d", what, n), file, n, sum)
	}
	t.Logf("cuts and zeroed pages: %+v", *sum)
}

// tally counts what came of damage.
type tally struct {
	tried, noticed, captures, back, named int
	other                                 int // answers that differ, where check tells of damage
}

// newWholeStore makes a store with something in every bucket.
func newWholeStore(t *testing.T) *wholeStore {
	t.Helper()
	d := desk{t, t.TempDir()}
	for name, value := range home(d.dir) {
		t.Setenv(name, value)
	}
	path := filepath.Join(d.dir, "readout.db")
	if err := os.WriteFile(path, seedStore(t), 0o666); err != nil {
		t.Fatal(err)
	}
	o := &ordeal{t: t, dir: d.dir}
	args := []string{"ingest", "-q"}
	for n := range 220 { // as many as teach the store its dictionary
		file := o.path(fmt.Sprintf("in-%d.txt", n))
		if err := os.WriteFile(file, o.text(n), 0o666); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	d.run(exitOK, args...)
	server := ministry(t)
	sources := o.path("sources.yaml")
	d.run(exitOK, "sources", "add", server.URL+"/press/", "--name", "oslo", "--sources", sources, "--allow-private")
	d.run(exitOK, "pull", "--sources", sources, "--allow-private")
	d.run(exitOK, "changes", "--since-last", "desk")
	d.run(exitOK, "topics", "rename", "krill-quota", "Krill", "--series", "NO-UY")
	d.run(exitOK, "withdraw", "2031-03-02-no-uy-foreign-ministers-meeting", "--reason", "tried")
	d.run(exitOK, "timeline", "krill", "--series", "NO-UY")
	w := &wholeStore{rows: map[string][]piece{}, bytesOf: map[storage.Hash][]piece{}, packed: map[storage.Hash]bool{}, answers: map[string]string{}, lines: map[string]bool{}}
	var err error
	if w.file, err = os.ReadFile(path); err != nil {
		t.Fatal(err)
	}
	w.locate(t, path)
	for _, args := range readingCalls {
		out, _ := d.run(exitOK, args...)
		w.answers[strings.Join(args, " ")] = out
	}
	lines, _ := d.run(exitOK, "export", "-q")
	for line := range strings.Lines(lines) {
		w.lines[line] = true
	}
	return w
}

// readingCalls are the commands whose answers are compared.
var readingCalls = [][]string{
	{"list"}, {"series"}, {"doubts"}, {"topics", "--series", "NO-UY"}, {"timeline", "krill", "--series", "NO-UY", "--last", "9"},
	{"search", "quota"}, {"show", "2031-10-02"}, {"changes", "-q", "--after", "0", "--max", "5"}, {"phrase", "krill"}, {"log", "2032-05-19"},
}

// hexHash is how captured bytes are named where nothing else is known.
var hexHash = regexp.MustCompile(`[0-9a-f]{64}`)

// writingCalls are the others; %s is a file that is not there.
var writingCalls = [][]string{
	{"reindex"}, {"compact"}, {"backup", "%s"}, {"verify", "-q", "--store"}, {"ingest", "-q", "in-3.txt"}, {"export", "-q", "--salvage"},
}

// locate notes where the rows stand in the file.
func (w *wholeStore) locate(t *testing.T, path string) {
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	at := func(b []byte) piece {
		from := int(uintptr(unsafe.Pointer(unsafe.SliceData(b))) - db.Info().Data)
		return piece{from, from + len(b)}
	}
	blobs := map[uint64]piece{}
	err = db.View(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bbolt.Bucket) error {
			return b.ForEach(func(k, v []byte) error {
				both := piece{at(k).from, at(k).to + len(v)} // a value stands behind its key
				if both.from < 0 || both.to > len(w.file) {
					return nil // a small table, which was copied into memory
				}
				w.rows[string(name)] = append(w.rows[string(name)], both)
				switch string(name) {
				case "blob":
					blobs[binary.BigEndian.Uint64(k)] = both
				case "capture":
					h := storage.Hash(k[:32])
					w.bytesOf[h] = append(w.bytesOf[h], both)
				}
				return nil
			})
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	reader, err := storage.Open(path, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	err = reader.View(context.Background(), func(r storage.Reader) error {
		for h := range w.bytesOf {
			seq, err := r.Born(h)
			if err != nil {
				return err
			}
			blob := blobs[seq]
			w.bytesOf[h] = append(w.bytesOf[h], blob)
			var head zstd.Header
			if err := head.Decode(w.file[blob.from+8 : blob.to]); err != nil { // behind the key
				return err
			}
			w.packed[h] = head.DictionaryID != 0
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// suffer runs commands on a damaged file.
func (w *wholeStore) suffer(t *testing.T, what string, file []byte, n int, sum *tally) {
	sum.tried++
	dir := t.TempDir()
	path := filepath.Join(dir, "readout.db")
	run := func(args ...string) (int, string) { return w.run(t, what, dir, args...) }
	fresh := func() {
		if err := os.WriteFile(path, file, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	fresh()
	checked, found := run("check", "--format", "jsonl")
	for line := range strings.Lines(found) {
		if hexHash.MatchString(line) && !strings.Contains(line, "no release that is known") {
			t.Errorf("%s: check names a hash and no release: %s", what, line)
		}
	}
	if checked != exitOK {
		sum.noticed++
	}
	args := readingCalls[n%len(readingCalls)]
	code, out := run(args...)
	switch want := w.answers[strings.Join(args, " ")]; {
	case code != exitOK || out == want:
	case checked == exitOK:
		t.Errorf("%s: check finds nothing, and %s answers otherwise:\n%s", what, args[0], out)
	default:
		sum.other++
	}
	_, lines := run("export", "-q")
	for line := range strings.Lines(lines) {
		if !w.lines[line] && !strings.HasPrefix(line, `{"type":"topics"`) && !strings.HasPrefix(line, `{"type":"mark"`) {
			t.Errorf("%s: the export has a line that was not there: %.300s", what, line)
		}
	}
	w.repaired(t, what, dir, file, run, sum)
	fresh()
	args = slices.Clone(writingCalls[n%len(writingCalls)])
	for i, a := range args {
		if a == "%s" {
			args[i] = filepath.Join(dir, "copy.db")
		}
		if a == "in-3.txt" {
			args[i] = filepath.Join(dir, a)
			if err := os.WriteFile(args[i], (&ordeal{}).text(3), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	run(args...)
}

// repaired repairs the file and compares what comes back with what is whole in it.
func (w *wholeStore) repaired(t *testing.T, what, dir string, file []byte, run func(...string) (int, string), sum *tally) {
	out := filepath.Join(dir, "mended.db")
	code, answer := run("repair", "-q", "--format", "json", out)
	var report struct {
		Captures, Salvaged int
		Lost               []struct{ SHA256 string }
		Pages              int `json:"pages_lost"`
	}
	_, made := os.Stat(out)
	if err := json.Unmarshal([]byte(answer), &report); err != nil || (code == exitOK) != (made == nil) || report.Salvaged > 0 && made != nil {
		t.Errorf("%s: repair: exit %d, %v, %v", what, code, err, made)
		return
	}
	lost := map[string]bool{}
	for _, l := range report.Lost {
		lost[l.SHA256] = true
	}
	sum.captures, sum.back, sum.named = sum.captures+len(w.bytesOf), sum.back+report.Salvaged, sum.named+len(lost)
	if code, _ := run("--db", out, "check"); code != exitOK && report.Salvaged > 0 {
		t.Errorf("%s: check of the repaired store: exit %d", what, code)
	}
	kept := map[storage.Hash]bool{}
	db, err := storage.Open(out, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	err = db.View(context.Background(), func(r storage.Reader) error {
		for h, err := range r.Hashes(storage.Hash{}) {
			if err != nil {
				return err
			}
			if kept[h] = true; w.bytesOf[h] == nil {
				t.Errorf("%s: the repaired store has %s, which was never there", what, h)
			}
		}
		return nil
	})
	if err != nil && !errors.Is(err, storage.ErrNoStore) {
		t.Errorf("%s: the repaired store: %v", what, err)
	}
	intact := func(p piece) bool { return p.to <= len(file) && bytes.Equal(file[p.from:p.to], w.file[p.from:p.to]) }
	unpacks := slices.ContainsFunc(slices.Concat(w.rows["dict"], w.rows["spare"]), intact)
	for h, pieces := range w.bytesOf {
		whole := (unpacks || !w.packed[h]) && !slices.ContainsFunc(pieces, func(p piece) bool {
			return !intact(p)
		})
		switch {
		case whole && !kept[h]:
			t.Errorf("%s: the rows of %s are whole, and repair does not bring it back (named: %v)", what, h, lost[h.String()])
		case !kept[h] && !lost[h.String()] && report.Pages == 0:
			t.Errorf("%s: %s is lost, and repair says neither that nor that a page is", what, h)
		}
	}
}

// run runs a command of the program in a process of its own.
func (w *wholeStore) run(t *testing.T, what, dir string, args ...string) (int, string) {
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	program := filepath.Join(filepath.Dir(dir), "readout")
	if _, err := os.Lstat(program); err != nil {
		if err := os.Symlink(os.Args[0], program); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(ctx, program, append([]string{"--db", filepath.Join(dir, "readout.db")}, args...)...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	code := cmd.ProcessState.ExitCode()
	if ctx.Err() != nil || code < 0 || code > exitDifferent || code == exitUsage {
		t.Errorf("%s: %s: exit %d, %v: %.500s", what, args[0], code, err, stderr.String())
	}
	for _, trace := range []string{"goroutine ", "panic:", "fatal error", "SIGSEGV", "SIGBUS"} {
		if strings.Contains(stderr.String(), trace) {
			t.Errorf("%s: %s ends with a trace: %.500s", what, args[0], stderr.String())
		}
	}
	if code != exitOK && args[0] == "repair" {
		t.Logf("%s: repair says %s", what, stderr.String())
	}
	return code, stdout.String()
}
