package main

import (
	"testing"
	"unicode/utf8"
)

// FuzzCuration: a file of decisions that is read holds only decisions that can be taken, and is
// of our schema.
func FuzzCuration(f *testing.F) {
	for _, s := range []string{
		"schema: readout.curation/1\n", "schema: readout.curation/1\nseries:\n  NO-UY:\n    decisions:\n    - op: rename\n      topic: krill\n      name: Krill\n",
		"schema: other\n", "series: &a\n  x: *a\n", "", "[", "schema: readout.curation/1\nseries:\n  NO-UY:\n    decisions:\n    - op: fly\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := decodeCuration(data)
		if err != nil {
			if !utf8.ValidString(err.Error()) && utf8.Valid(data) {
				t.Errorf("the error is not UTF-8: %q", err)
			}
			return
		}
		if file.Schema != curationSchema {
			t.Errorf("schema %q", file.Schema)
		}
		for id, c := range file.Series {
			for _, d := range c.Decisions {
				if err := d.Check(); err != nil {
					t.Errorf("%s: %v", id, err)
				}
			}
		}
	})
}
