package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSalvageWithoutHeads: the export of a file both of whose heads are gone has what a repair of it has.
func TestSalvageWithoutHeads(t *testing.T) {
	d := desk{t, t.TempDir()}
	in := func(name string) string { return filepath.Join(d.dir, name) }
	for i, word := range []string{"halved", "doubled", "kept"} {
		text := strings.Replace(release, "halved", word, 1)
		text = strings.Replace(text, "April 17", "April "+string(rune('1'+i)), 1)
		if err := os.WriteFile(in("in.txt"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		d.run(exitOK, "ingest", "-q", in("in.txt"))
	}
	d.run(exitOK, "topics", "rename", "--series", "NO-UY", "krill-fisheries", "Krill of the south")
	whole, _ := d.run(exitOK, "export")
	file, err := os.ReadFile(in("readout.db"))
	if err != nil {
		t.Fatal(err)
	}
	clear(file[:2*os.Getpagesize()])
	if err := os.WriteFile(in("readout.db"), file, 0o600); err != nil {
		t.Fatal(err)
	}
	d.run(exitFailed, "export")
	lines, _ := d.run(exitOK, "export", "--salvage")
	if err := os.WriteFile(in("lines.jsonl"), []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	d.run(exitOK, "--db", in("imported.db"), "import", in("lines.jsonl"))
	d.run(exitOK, "repair", in("repaired.db"))
	for _, db := range []string{"imported.db", "repaired.db"} {
		if again, _ := d.run(exitOK, "--db", in(db), "export"); again != whole {
			t.Errorf("%s has not what the whole store had:\n%s\nwant\n%s", db, again, whole)
		}
	}
}
