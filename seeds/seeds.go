// Package seeds holds a few sample releases inside the binary, so that the
// program has something to show on a machine without a network: one real page of
// a foreign ministry and one series that is invented from end to end.
//
// Every document is listed in manifest.json with its origin, licence and hash;
// [All] gives them in the order in which they were captured.
package seeds

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"time"
)

//go:embed manifest.json documents
var files embed.FS

// Document is one captured page.
type Document struct {
	Name       string    `json:"file"`        // file name, "2004-…-ministers.txt"
	Source     string    `json:"source"`      // the page's address, "" where it is not known
	Publisher  string    `json:"publisher"`   // who published the text
	Published  string    `json:"published"`   // the day the text is dated, YYYY-MM-DD
	CapturedAt time.Time `json:"captured_at"` // UTC
	Licence    string    `json:"licence"`
	Fictional  bool      `json:"fictional"` // reports whether people, talks and issues are invented
	SHA256     string    `json:"sha256"`    // of Data, hexadecimal
	Data       []byte    `json:"-"`
}

// All returns the sample documents in order of capture, then of name. It returns
// an error only when the embedded manifest does not describe the embedded files,
// which a test rules out.
func All() ([]Document, error) {
	raw, err := files.ReadFile("manifest.json")
	if err != nil {
		return nil, fmt.Errorf("read seed manifest: %v", err)
	}
	var manifest struct {
		Documents []Document `json:"documents"`
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&manifest); err != nil {
		return nil, fmt.Errorf("read seed manifest: %v", err)
	}
	docs := manifest.Documents
	for i := range docs {
		d := &docs[i]
		if d.Data, err = files.ReadFile(path.Join("documents", d.Name)); err != nil {
			return nil, fmt.Errorf("read seed %q: %v", d.Name, err)
		}
		if sum := sha256.Sum256(d.Data); hex.EncodeToString(sum[:]) != d.SHA256 {
			return nil, fmt.Errorf("seed %q: its bytes do not have the hash of the manifest", d.Name)
		}
	}
	slices.SortFunc(docs, func(a, b Document) int {
		return cmp.Or(a.CapturedAt.Compare(b.CapturedAt), cmp.Compare(a.Name, b.Name))
	})
	return docs, nil
}
