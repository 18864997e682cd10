package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"readout/internal/archive/proof"
)

// TestQuotationIsWhole: what a bundle quotes is a whole statement of its release. A part of one may say the
// opposite, and whoever changes a bundle can make the hash of itself anew.
func TestQuotationIsWhole(t *testing.T) {
	d := desk{t, t.TempDir()}
	t.Setenv("READOUT_DB", filepath.Join(d.dir, "readout.db"))
	path := filepath.Join(d.dir, "1.txt")
	text := strings.Replace(release, "agreed that", "did not agree that", 1)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	d.run(exitOK, "ingest", "-q", path)
	made, _ := d.run(exitOK, "prove", "2031#1")
	for what, forge := range map[string]func(*proof.Bundle){
		"nothing": func(*proof.Bundle) {},
		"a part of it": func(b *proof.Bundle) {
			at := strings.Index(b.Statement.Text, "agree that")
			b.Statement.Text = b.Statement.Text[at:]
			b.Statement.Start += at
		},
		"other words":     func(b *proof.Bundle) { b.Statement.Text = strings.Replace(b.Statement.Text, "not ", "", 1) },
		"another place":   func(b *proof.Bundle) { b.Statement.Start++ },
		"another release": func(b *proof.Bundle) { b.Release = "2031-01-01-us-ru-talks" },
	} {
		b, err := proof.Decode([]byte(made))
		if err != nil {
			t.Fatal(err)
		}
		forge(b)
		data, err := b.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		want := exitFailed
		if what == "nothing" {
			want = exitOK
		}
		if _, talk := d.run(want, "verify", path); want == exitFailed && !strings.Contains(talk, "the bytes are proved, but the statement") {
			t.Errorf("%s changed: %s", what, talk)
		}
	}
}
