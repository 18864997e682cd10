package seeds_test

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"readout/seeds"
)

func TestManifestDescribesEveryFile(t *testing.T) {
	docs, err := seeds.All()
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for i, d := range docs {
		listed = append(listed, d.Name)
		if d.Publisher == "" || d.Licence == "" || d.CapturedAt.IsZero() {
			t.Errorf("%s: publisher, licence or capture time is missing", d.Name)
		}
		if !strings.HasPrefix(d.Name, d.Published[:4]) {
			t.Errorf("%s: published %s, another year than the name says", d.Name, d.Published)
		}
		if i > 0 && d.CapturedAt.Before(docs[i-1].CapturedAt) {
			t.Errorf("%s comes before an earlier capture", docs[i-1].Name)
		}
	}
	var present []string
	err = fs.WalkDir(os.DirFS("documents"), ".", func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			present = append(present, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(listed)
	if !slices.Equal(listed, present) {
		t.Errorf("manifest lists %q, documents/ holds %q", listed, present)
	}
}

func TestFictionIsPlainlyMarked(t *testing.T) {
	docs, err := seeds.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range docs {
		marked := d.Published >= "2031" && strings.Contains(d.Source, ".example/fictional/") && d.Publisher == "fictional"
		if d.Fictional != marked {
			t.Errorf("%s: fictional %v, but year, source and publisher say %v", d.Name, d.Fictional, marked)
		}
	}
}

func TestRealPageIsKeptByteForByte(t *testing.T) {
	docs, err := seeds.All()
	if err != nil {
		t.Fatal(err)
	}
	const want = "e7bfb7d35809b69bccff65c8b63fe08a5211f61ffedf4bd798a00002830696a2"
	for _, d := range docs {
		if !d.Fictional && d.SHA256 != want {
			t.Errorf("%s has hash %s, want %s", d.Name, d.SHA256, want)
		}
	}
}
