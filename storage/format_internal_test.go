package storage

import (
	"encoding/hex"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.etcd.io/bbolt"
)

// docs/storage-format.md names every bucket, and its example is in the sample file.
func TestFormatDocument(t *testing.T) {
	text, err := os.ReadFile("../docs/storage-format.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rows, _ := strings.Cut(string(text), "\n## Tables\n")
	var named []string
	for _, m := range regexp.MustCompile("(?m)^\\| `(\\w+)` \\|").FindAllStringSubmatch(rows, -1) {
		named = append(named, m[1])
	}
	if !slices.Equal(named, tables()) {
		t.Errorf("the document has buckets %q, the code %q", named, tables())
	}
	_, example, _ := strings.Cut(rows, "\n## Example\n")
	_, example, _ = strings.Cut(example, "```\n")
	example, _, _ = strings.Cut(example, "```\n")
	db, err := bbolt.Open("testdata/v2.db", 0o644, &bbolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.View(func(tx *bbolt.Tx) error {
		for line := range strings.Lines(example) {
			checkExample(t, tx, strings.TrimSpace(line))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(example, "\n") < 5 {
		t.Error("the document has no example")
	}
}

// checkExample looks for "bucket  key  value", parts of a key or value set apart by
// single spaces.
func checkExample(t *testing.T, tx *bbolt.Tx, line string) {
	t.Helper()
	fields := regexp.MustCompile("  +").Split(line, 3)
	if len(fields) < 2 {
		t.Errorf("line %q", line)
		return
	}
	raw := func(s string) string {
		b, err := hex.DecodeString(strings.ReplaceAll(strings.TrimSuffix(s, "…"), " ", ""))
		if err != nil {
			t.Errorf("line %q: %v", line, err)
		}
		return string(b)
	}
	bucket, key, want := tx.Bucket([]byte(fields[0])), raw(fields[1]), ""
	if len(fields) == 3 {
		want = raw(fields[2])
	}
	got := bucket.Get([]byte(key))
	if got == nil || !strings.HasPrefix(string(got), want) || !strings.HasSuffix(line, "…") && string(got) != want {
		t.Errorf("line %q: the file has %x", line, got)
	}
}
