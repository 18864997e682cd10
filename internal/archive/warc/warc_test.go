package warc_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"readout/internal/archive/warc"
	"readout/internal/document/container"
)

var documents = []warc.Document{
	{URL: "https://www.mfa.example/2031/a.html?id=1", MediaType: "text/html; charset=utf-8", At: time.Date(2031, 3, 1, 9, 0, 0, 5, time.UTC), Data: []byte("<p>one</p>"), Title: "One"},
	{URL: "https://mfa.example/2031/a.html?id=1", MediaType: "text/html", At: time.Date(2031, 3, 2, 9, 0, 0, 0, time.UTC), Data: []byte("<p>two\r\n\r\nWARC/1.1\r\n</p>")},
	{Name: "2032-04-05 talks é.md", At: time.Date(2032, 4, 6, 0, 0, 0, 0, time.UTC), Data: []byte("# three")},
}

func all(yield func(*warc.Document, error) bool) {
	for i := range documents {
		if !yield(&documents[i], nil) {
			return
		}
	}
}

// TestRoundTrip: what is written is read again as it was, from either kind of file.
func TestRoundTrip(t *testing.T) {
	for name, write := range map[string]func(io.Writer, string, func(func(*warc.Document, error) bool)) error{
		"a.warc.gz": warc.Write, "a.wacz": warc.WriteWACZ,
	} {
		var file bytes.Buffer
		if err := write(&file, "readout", all); err != nil {
			t.Fatal(err)
		}
		n := 0
		for it, err := range container.Open(name, file.Bytes(), container.Options{}) {
			if err != nil || n >= len(documents) {
				t.Fatalf("%s: item %d: %v", name, n, err)
			}
			d := documents[n]
			if it.URL != d.URL || !it.CapturedAt.Equal(d.At) || !bytes.Equal(it.Data, d.Data) || d.URL == "" && it.Name != d.Name {
				t.Errorf("%s: item %d = %+v, want %+v", name, n, it, d)
			}
			n++
		}
		if n != len(documents) {
			t.Errorf("%s: %d documents came back, want %d", name, n, len(documents))
		}
	}
}

// TestWACZ: the description has the right hashes, and the index leads to the records.
func TestWACZ(t *testing.T) {
	var file bytes.Buffer
	if err := warc.WriteWACZ(&file, "readout", all); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		t.Fatal(err)
	}
	read := func(name string) []byte {
		f, err := z.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	var described struct {
		Resources []struct{ Path, Hash string }
	}
	if err := json.Unmarshal(read("datapackage.json"), &described); err != nil || len(described.Resources) != 3 {
		t.Fatalf("datapackage.json: %+v, %v", described, err)
	}
	for _, r := range described.Resources {
		sum := sha256.Sum256(read(r.Path))
		if r.Hash != "sha256:"+hex.EncodeToString(sum[:]) {
			t.Errorf("%s has another hash than %s", r.Path, r.Hash)
		}
	}
	data := read("archive/data.warc.gz")
	lines := strings.Split(strings.TrimSpace(string(read("indexes/index.cdx"))), "\n")
	if len(lines) != 3 || !strings.HasPrefix(lines[0], "example,mfa)/2031/a.html?id=1 20310301090000 {") {
		t.Errorf("the index: %q", lines)
	}
	for _, line := range lines {
		var e struct{ URL, Offset, Length string }
		if err := json.Unmarshal([]byte(line[strings.Index(line, "{"):]), &e); err != nil {
			t.Fatal(err)
		}
		from, _ := strconv.Atoi(e.Offset)
		size, _ := strconv.Atoi(e.Length)
		for it, err := range container.Open("a.warc.gz", data[from:from+size], container.Options{}) {
			if err != nil || it.URL != e.URL && it.URL != "" {
				t.Errorf("the index leads from %s to %s, %v", e.URL, it.URL, err)
			}
		}
	}
}

// TestWarcio: the reference program reads every record and finds its digests right.
func TestWarcio(t *testing.T) {
	warcio, err := exec.LookPath("warcio")
	if err != nil {
		t.Skip("warcio is not installed")
	}
	path := filepath.Join(t.TempDir(), "a.warc.gz")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := warc.Write(f, "readout", all); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(warcio, "check", path).CombinedOutput(); err != nil {
		t.Errorf("warcio check: %v: %s", err, out)
	}
}
