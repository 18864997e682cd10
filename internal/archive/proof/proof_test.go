package proof_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
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
		cs = append(cs, storage.Capture{SHA256: storage.HashOf(b), CapturedAt: time.Date(2031, 1, 1+i, 0, 0, 0, 0, time.UTC), Name: fmt.Sprint(i, ".txt")})
	}
	return cs, data
}

func logOf(t *testing.T, cs []storage.Capture) *proof.Log {
	t.Helper()
	l := &proof.Log{}
	for _, c := range cs {
		if err := l.Add(c); err != nil {
			t.Fatal(err)
		}
	}
	return l
}

// TestBundles: every capture of logs of many sizes can be proved by this program, and those
// of one size by the script that needs none of it.
func TestBundles(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("python3 is missing: the script of the documents cannot be tried")
		}
		t.Log("python3 is missing: the script of the documents is not tried")
	}
	script, err := filepath.Abs("../../../docs/verify.py")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{1, 2, 3, 7, 8, 13} {
		cs, data := captures(n)
		log := logOf(t, cs)
		for i := range n {
			b, err := log.Prove(cs[i], int64(i), data[i])
			if err != nil {
				t.Fatal(err)
			}
			if got, err := b.Verify(); err != nil || got.Name != cs[i].Name {
				t.Errorf("capture %d of %d: %v, %v", i, n, got, err)
			}
			if python == "" || n != 7 {
				continue
			}
			whole, err := json.Marshal(b)
			if err != nil {
				t.Fatal(err)
			}
			changed := strings.Replace(string(whole), `"index":`+fmt.Sprint(i), `"index":`+fmt.Sprint(i+1), 1)
			for text, want := range map[string]bool{string(whole): true, changed: false} {
				file := filepath.Join(t.TempDir(), "bundle.json")
				if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
				if out, err := exec.Command(python, script, file).CombinedOutput(); (err == nil) != want {
					t.Errorf("the script on capture %d of %d: %v, want proved %v: %s", i, n, err, want, out)
				}
			}
		}
	}
}

func TestAlteredBundles(t *testing.T) {
	cs, data := captures(9)
	log := logOf(t, cs)
	for name, alter := range map[string]func(*proof.Bundle){
		"bytes":   func(b *proof.Bundle) { b.Raw = []byte("text 5.") },
		"record":  func(b *proof.Bundle) { b.Record = strings.Replace(b.Record, "2031", "2030", 1) },
		"claims":  func(b *proof.Bundle) { b.Record = strings.Replace(b.Record, "{", `{"more":1,`, 1) },
		"index":   func(b *proof.Bundle) { b.Index++ },
		"outside": func(b *proof.Bundle) { b.Index = 9 },
		"proof":   func(b *proof.Bundle) { b.Proof[1][3] ^= 1 },
		"shorter": func(b *proof.Bundle) { b.Proof = b.Proof[1:] },
		"hash":    func(b *proof.Bundle) { b.Proof[0] = b.Proof[0][:31] },
		"head":    func(b *proof.Bundle) { b.Head = strings.Replace(b.Head, "\n9\n", "\n8\n", 1) },
		"origin":  func(b *proof.Bundle) { b.Head = "another\n" + b.Head },
		"schema":  func(b *proof.Bundle) { b.Schema = "readout.proof/2" },
	} {
		b, err := log.Prove(cs[5], 5, data[5])
		if err != nil {
			t.Fatal(err)
		}
		alter(b)
		if _, err := b.Verify(); err == nil {
			t.Errorf("another %s still proves", name)
		}
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
