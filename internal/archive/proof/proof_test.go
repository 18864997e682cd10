package proof_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"readout/internal/archive/proof"
	"readout/storage"
)

// captures makes n captures of texts of their own.
func captures(n int) (cs []storage.Capture, data [][]byte) {
	for i := range n {
		b := fmt.Appendf(nil, "text %d", i)
		data = append(data, b)
		cs = append(cs, storage.Capture{SHA256: storage.HashOf(b), CapturedAt: time.Date(2031, 1, 1+i, 0, 0, 0, 0, time.UTC), Name: fmt.Sprint(i, ".txt"),
			ReceivedAt: time.Date(2033, 1, 1+i, 0, 0, 0, 0, time.UTC)})
	}
	return cs, data
}

func logOf(t testing.TB, cs []storage.Capture) *proof.Log {
	t.Helper()
	l := &proof.Log{}
	for _, c := range cs {
		record, err := proof.Record(c)
		if err == nil {
			_, err = l.Add(record)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return l
}

// newKey makes a key in a file of its own.
func newKey(t testing.TB) *proof.Key {
	t.Helper()
	path := filepath.Join(t.TempDir(), "key")
	if err := proof.MakeKey(path); err != nil {
		t.Fatal(err)
	}
	key, err := proof.LoadKey(path)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// TestBundles: every capture of logs of many sizes can be proved, signed and unsigned, also
// once the bundle was written down.
func TestBundles(t *testing.T) {
	for _, key := range []*proof.Key{nil, newKey(t)} {
		for _, n := range []int{1, 2, 3, 7, 8, 13} {
			cs, data := captures(n)
			log := logOf(t, cs)
			for i := range n {
				b, err := log.Prove(cs[i], int64(i), data[i], key)
				if err != nil {
					t.Fatal(err)
				}
				whole, err := b.Encode()
				if err != nil {
					t.Fatal(err)
				}
				again, err := proof.Decode(whole)
				if err != nil {
					t.Fatal(err)
				}
				if got, err := again.Verify(); err != nil || got.Name != cs[i].Name || !got.ReceivedAt.Equal(cs[i].ReceivedAt) {
					t.Errorf("capture %d of %d: %v, %v", i, n, got, err)
				}
			}
		}
	}
}

// scriptPath is where the script of the documents stands.
var scriptPath = filepath.Join("..", "..", "..", "docs", "verify.py")

// python is the interpreter of the script, without which a test is skipped, but in CI.
func python(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("python3")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("python3 is missing: the script of the documents cannot be tried")
		}
		t.Skip("python3 is missing: the script of the documents is not tried")
	}
	return path
}

// TestScript: the script of the documents verifies bundles without this program, and neither
// of the two takes one of which any byte was changed.
func TestScript(t *testing.T) {
	python := python(t)
	text, err := os.ReadFile(scriptPath)
	if n := strings.Count(string(text), "\n"); err != nil || n > 80 {
		t.Errorf("the script has %d lines, %v; it is to have 80 at most", n, err)
	}
	cs, data := captures(7)
	b, err := logOf(t, cs).Prove(cs[4], 4, data[4], newKey(t))
	if err != nil {
		t.Fatal(err)
	}
	b.Statement = &proof.Quote{ID: "r#1", Text: "text 4", End: 6}
	whole, err := b.Encode()
	if err != nil {
		t.Fatal(err)
	}
	run := func(bundle []byte) (string, error) {
		file := filepath.Join(t.TempDir(), "bundle.json")
		if err := os.WriteFile(file, bundle, 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(python, scriptPath, file).CombinedOutput()
		return string(out), err
	}
	if out, err := run(whole); err != nil || !strings.Contains(out, "signed by readout-captures+") {
		t.Fatalf("the script on a good bundle: %v: %s", err, out)
	}
	if out, err := run(whole[1:]); err == nil {
		t.Errorf("half a bundle ends well: %s", out)
	}
	var changes [][]byte
	var names []string
	for at := range whole {
		changed := bytes.Clone(whole)
		changed[at] ^= 1
		if _, err := proof.Decode(changed); err == nil {
			t.Errorf("byte %d changed: the bundle is taken", at)
		}
		changes, names = append(changes, changed), append(names, fmt.Sprint("byte ", at))
	}
	// Whoever makes the hash anew has still to sign.
	for name, alter := range alterations {
		b, err := proof.Decode(whole)
		if err != nil {
			t.Fatal(err)
		}
		alter(b)
		forged, err := b.Encode()
		if err != nil {
			t.Fatal(err)
		}
		changes, names = append(changes, forged), append(names, name)
	}
	for i, end := range scripted(t, changes) {
		if !strings.HasPrefix(end, "proves nothing: ") {
			t.Errorf("another %s: the script says %q", names[i], end)
		}
	}
}

// alterations of a bundle after which it must prove nothing.
var alterations = map[string]func(*proof.Bundle){
	"bytes":  func(b *proof.Bundle) { b.Raw = []byte("text 5.") },
	"record": func(b *proof.Bundle) { b.Record = strings.Replace(b.Record, "2031", "2030", 1) },
	"receipt": func(b *proof.Bundle) {
		b.Record = strings.Replace(b.Record, `"received_at":"2033`, `"received_at":"2032`, 1)
	},
	"claims":    func(b *proof.Bundle) { b.Record = strings.Replace(b.Record, "{", `{"more":1,`, 1) },
	"index":     func(b *proof.Bundle) { b.Index++ },
	"outside":   func(b *proof.Bundle) { b.Index = 9 },
	"proof":     func(b *proof.Bundle) { b.Proof[1][3] ^= 1 },
	"shorter":   func(b *proof.Bundle) { b.Proof = b.Proof[1:] },
	"hash":      func(b *proof.Bundle) { b.Proof[0] = b.Proof[0][:31] },
	"head":      func(b *proof.Bundle) { b.Head = strings.Replace(b.Head, "\n", "\n1", 1) },
	"origin":    func(b *proof.Bundle) { b.Head = "another\n" + b.Head },
	"schema":    func(b *proof.Bundle) { b.Schema = "readout.proof/2" },
	"signature": func(b *proof.Bundle) { b.Head = b.Head[:len(b.Head)-8] + "AAAAAA=\n" },
	"key":       func(b *proof.Bundle) { b.Key = "readout-captures+00000000+" + b.Key[len(b.Key)-44:] },
}

func TestAlteredBundles(t *testing.T) {
	cs, data := captures(9)
	log, key := logOf(t, cs), newKey(t)
	for name, alter := range alterations {
		b, err := log.Prove(cs[5], 5, data[5], key)
		if err != nil {
			t.Fatal(err)
		}
		alter(b)
		if _, err := b.Verify(); err == nil {
			t.Errorf("another %s still proves", name)
		}
	}
}

// TestKey: a key is made once, is its owner's alone, and no other passes for it.
func TestKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	if _, err := proof.LoadKey(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no key: %v", err)
	}
	for range 2 {
		if err := proof.MakeKey(path); err != nil {
			t.Fatal(err)
		}
	}
	key, err := proof.LoadKey(path)
	if err != nil {
		t.Fatal(err)
	}
	cs, _ := captures(2)
	head, err := logOf(t, cs).Head(2)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := key.Sign(head)
	if err != nil {
		t.Fatal(err)
	}
	if err := proof.Signed(signed, key.Public()); err != nil {
		t.Error(err)
	}
	if cut := proof.CutHead("A letter.\n\n" + signed + "\nMore.\n"); cut != signed {
		t.Errorf("the head in a letter is %q, want %q", cut, signed)
	}
	for name, head := range map[string]string{
		"unsigned": head.String(), "of another key": signed, "altered": strings.Replace(signed, "\n2\n", "\n1\n", 1),
	} {
		public := key.Public()
		if name == "of another key" {
			public = newKey(t).Public()
		}
		if err := proof.Signed(head, public); err == nil {
			t.Errorf("%s: it passes for signed", name)
		}
	}
	if runtime.GOOS == "windows" {
		return
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key has mode %v, %v", info.Mode(), err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := proof.LoadKey(path); err == nil {
		t.Error("a key that all can read is taken")
	}
}

// TestBegins: a later log begins with an earlier head unless something was removed, replaced
// or put in between.
func TestBegins(t *testing.T) {
	cs, _ := captures(6)
	head, err := logOf(t, cs[:4]).Head(4)
	if err != nil {
		t.Fatal(err)
	}
	again, err := proof.ParseHead(head.String())
	if err != nil || again != head {
		t.Fatalf("ParseHead = %v, %v", again, err)
	}
	backDated := cs[2]
	backDated.CapturedAt = backDated.CapturedAt.AddDate(-1, 0, 0)
	for name, tt := range map[string]struct {
		log  []storage.Capture
		want error
	}{
		"grown":     {cs, nil},
		"the same":  {cs[:4], nil},
		"rolled":    {cs[:3], proof.ErrShorter},
		"removed":   {append(append([]storage.Capture{}, cs[:2]...), cs[3:]...), proof.ErrAltered},
		"backdated": {[]storage.Capture{cs[0], cs[1], backDated, cs[3]}, proof.ErrAltered},
		"swapped":   {[]storage.Capture{cs[1], cs[0], cs[2], cs[3]}, proof.ErrAltered},
	} {
		if err := logOf(t, tt.log).Begins(head); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
}
