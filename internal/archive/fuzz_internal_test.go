package archive

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"readout/storage"
)

// FuzzQuery: what a search looks for are terms that stand in the question, none of them empty,
// and a question that needs nothing is an error.
func FuzzQuery(f *testing.F) {
	for _, s := range []string{`krill quota`, `"krill quota" -fleet`, `kri*`, `"open`, `-only`, `日本 "外相会談"`, "", `""`, "a\tb\n\"c d\"*", "U.S. O'Brien's 1,000.5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := parseQuery(s)
		if err != nil {
			if !errors.Is(err, ErrQuery) {
				t.Errorf("%q: %v", s, err)
			}
			return
		}
		if len(q.all) == 0 {
			t.Errorf("%q needs nothing", s)
		}
		for _, p := range slices.Concat(q.all, q.none) {
			if len(p) == 0 || slices.ContainsFunc(p, func(x sought) bool { return x.term == "" || strings.ContainsAny(x.term, " \t\n\"") }) {
				t.Errorf("%q looks for %v", s, p)
			}
		}
	})
}

// FuzzRef: a reference is written as it is read.
func FuzzRef(f *testing.F) {
	for _, s := range []string{"2031-03-11-no-uy", "a@v2", "a@2031-10", "a@2031#3", "@v1", "a@v0", "a@", " a @v1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, err := ParseRef(s)
		if err != nil {
			return
		}
		if again, err := ParseRef(r.String()); err != nil || again != r {
			t.Errorf("%q is %+v, written %q, read %+v, %v", s, r, r.String(), again, err)
		}
	})
}

// FuzzKeptNotes: what is kept beside the catalogue is written as it is read.
func FuzzKeptNotes(f *testing.F) {
	key := claim{base: "2031-03-11-no-uy"}.key()
	b := bond{ties: []string{"12345678"}, claims: []claimKey{key}}
	f.Add(b.encode(), holding{id: "2031-03-11-no-uy-0001"}.encode(key))
	f.Add([]byte{}, []byte{0, 1, 2})
	f.Fuzz(func(t *testing.T, tied, held []byte) {
		if b, err := decodeBond(tied); err == nil {
			if again, err := decodeBond(b.encode()); err != nil || !slices.Equal(again.ties, b.ties) || !slices.Equal(again.claims, b.claims) {
				t.Errorf("bond %+v is read %+v, %v", b, again, err)
			}
		}
		if h, err := decodeHolding(key, held); err == nil {
			if again, err := decodeHolding(key, h.encode(key)); err != nil || again != h {
				t.Errorf("holding %+v is read %+v, %v", h, again, err)
			}
		}
		var view []string
		_ = decodeView(tied, &view) // an error is an answer
	})
}

// FuzzImport: lines that are no export make no store that check does not pass.
func FuzzImport(f *testing.F) {
	head := fmt.Sprintf("{\"type\":\"header\",\"schema\":%q}\n", exportSchema)
	data := []byte("Norway-Uruguay Meeting\n\nMarch 9, 2031\n\nThe two ministers met.")
	for _, line := range []line{
		{Type: "capture"}, {Type: "capture", Data: data},
		{Type: "capture", Data: data, Capture: &storage.Capture{SHA256: storage.HashOf(data), CapturedAt: seenAt, Name: "a.txt"}},
		{Type: "withdrawal"}, {Type: "curation"}, {Type: "mark"},
	} {
		b, err := json.Marshal(line)
		if err != nil {
			f.Fatal(err)
		}
		f.Add([]byte(head + string(b) + "\n"))
	}
	f.Add([]byte("{}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := Open(Options{Path: filepath.Join(t.TempDir(), "readout.db")})
		if err != nil {
			t.Fatal(err)
		}
		_, _ = a.Import(context.Background(), bytes.NewReader(data))
		if err := a.Exists(); errors.Is(err, storage.ErrNoStore) {
			return
		}
		if found, err := a.Check(context.Background()); err != nil || len(found) > 0 {
			t.Errorf("after the import of %q: %q, %v", data, found, err)
		}
	})
}
