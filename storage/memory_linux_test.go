package storage_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"readout/storage"
)

// A walk through a store holds no more of the file than a part, however large the file is.
func TestWalkLetsPagesGo(t *testing.T) {
	const notes, size = 160, 1 << 19
	ctx := context.Background()
	db, err := storage.Open(filepath.Join(t.TempDir(), "readout.db"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	noise := rand.NewChaCha8([32]byte{1})
	for from := 0; from < notes; from += 32 {
		err := db.Update(ctx, func(w storage.Writer) error {
			for i := from; i < from+32; i++ {
				value := make([]byte, size)
				_, _ = noise.Read(value) // never fails
				if err := w.PutNote(storage.Note{Kind: "noise", Key: fmt.Sprintf("%04d", i), Value: value}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	most, before := 0, mappedOfFiles(t)
	err = db.View(ctx, func(r storage.Reader) error {
		for _, err := range r.Notes("noise", "") {
			if err != nil {
				return err
			}
			most = max(most, mappedOfFiles(t)-before)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if whole := notes * size >> 10; most > whole*2/3 {
		t.Errorf("%d kB of the file were held at once, of %d", most, whole)
	}
}

// mappedOfFiles is how many kB of mapped files the process holds.
func mappedOfFiles(t *testing.T) int {
	t.Helper()
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip(err)
	}
	m := regexp.MustCompile(`RssFile:\s+(\d+) kB`).FindSubmatch(b)
	if m == nil {
		t.Skip("this kernel does not tell what is mapped")
	}
	n, err := strconv.Atoi(string(m[1]))
	if err != nil {
		t.Fatal(err)
	}
	return n
}
