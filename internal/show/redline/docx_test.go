package redline_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/diff"
	"readout/internal/archtest/golden"
	"readout/internal/show/redline"
	"readout/timeline"
)

// TestAcceptAndReject resolves the tracked changes as a word processor does:
// accepting all gives the new text, rejecting all the old, paragraph by paragraph.
func TestAcceptAndReject(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	reports := []*diff.Report{meetings()}
	for range 500 {
		reports = append(reports, shuffled(rng))
	}
	for _, r := range reports {
		file := render(t, redline.DOCX, redline.Options{}, r)
		for accept, rel := range map[bool]*timeline.Release{true: r.New, false: r.Old} {
			if d := cmp.Diff(printed(rel), resolve(t, file, accept)); d != "" {
				t.Fatalf("accept=%t (-want +got):\n%s\n%s", accept, d, part(t, file, "word/document.xml"))
			}
		}
	}
}

// printed returns the headings and statements of a release; an empty text is one
// empty paragraph.
func printed(r *timeline.Release) []string {
	var out []string
	section := -1
	for _, s := range r.Statements {
		if s.Section > section {
			section = s.Section
			h := r.Sections[section]
			out = append(out, h.Number+". "+h.Heading)
		}
		out = append(out, s.Text)
	}
	if out == nil {
		return []string{""}
	}
	return out
}

// part returns one part of a document.
func part(tb testing.TB, file []byte, name string) []byte {
	tb.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		tb.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

// resolve accepts or rejects every tracked change and returns the paragraphs. The
// mark of a paragraph that goes joins it with the next one.
func resolve(tb testing.TB, file []byte, accept bool) []string {
	tb.Helper()
	d := xml.NewDecoder(bytes.NewReader(part(tb, file, "word/document.xml")))
	goes := func(name string) bool {
		if accept {
			return name == "del" || name == "moveFrom"
		}
		return name == "ins" || name == "moveTo"
	}
	var out []string
	var text strings.Builder
	var path []string
	markGoes := false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			tb.Fatal(err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			name := x.Name.Local
			if len(path) > 0 && path[len(path)-1] == "rPr" && goes(name) {
				markGoes = true
			}
			path = append(path, name)
		case xml.EndElement:
			path = path[:len(path)-1]
			if x.Name.Local == "p" {
				if !markGoes {
					out = append(out, text.String())
					text.Reset()
				}
				markGoes = false
			}
		case xml.CharData:
			gone := false
			for _, name := range path {
				gone = gone || goes(name)
			}
			if n := len(path); n > 0 && !gone && (path[n-1] == "t" || path[n-1] == "delText") {
				text.Write(x)
			}
		}
	}
}

func TestDocumentIsSignedAndSteady(t *testing.T) {
	first := render(t, redline.DOCX, redline.Options{Names: names}, meetings())
	if !bytes.Equal(first, render(t, redline.DOCX, redline.Options{Names: names}, meetings())) {
		t.Error("the same report gave other bytes")
	}
	golden.Compare(t, filepath.Join("testdata", "document.xml"), bytes.ReplaceAll(part(t, first, "word/document.xml"), []byte("<w:p>"), []byte("\n<w:p>")))
	body := string(part(t, first, "word/document.xml"))
	if want := `w:author="readout" w:date="2032-03-09T08:30:00Z"`; !strings.Contains(body, want) {
		t.Errorf("changes are not signed %s", want)
	}
	signed := render(t, redline.DOCX, redline.Options{Author: `A "Quill" & Co`, Date: captured.AddDate(1, 0, 0)}, meetings())
	if want := `w:author="A &#34;Quill&#34; &amp; Co" w:date="2033-03-09T08:30:00Z"`; !strings.Contains(string(part(t, signed, "word/document.xml")), want) {
		t.Errorf("changes are not signed %s", want)
	}
}

// TestPartsAreWellFormed reads every part of a document made of a hostile text.
func TestPartsAreWellFormed(t *testing.T) {
	r := meetings()
	r.New.Title, r.New.ID = hostile, hostile
	r.Changes[0].New[0].Text, r.Changes[0].NewText = hostile, hostile
	r.Changes[0].Edits = []diff.Edit{{Op: diff.Delete, Text: r.Changes[0].OldText}, {Op: diff.Insert, Text: hostile}}
	file := render(t, redline.DOCX, redline.Options{Author: hostile}, r, meetings())
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		d := xml.NewDecoder(bytes.NewReader(part(t, file, f.Name)))
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
			if text, ok := token.(xml.CharData); ok && bytes.ContainsAny(text, "\u202e\x1b\x07\ufffd") {
				t.Errorf("%s lets control or direction characters through: %q", f.Name, text)
			}
		}
	}
}

// TestLibreOffice has LibreOffice accept and reject the changes.
func TestLibreOffice(t *testing.T) {
	missing := func(reason string) {
		if os.Getenv("CI") == "true" {
			t.Fatal(reason)
		}
		t.Skip(reason)
	}
	if testing.Short() {
		t.Skip("starts LibreOffice")
	}
	office, err := exec.LookPath("soffice")
	if err != nil {
		missing("no soffice on the PATH: install libreoffice-writer-nogui")
	}
	python := "/usr/bin/python3"
	if err := exec.Command(python, "-c", "import uno").Run(); err != nil {
		missing("python3 cannot import uno: install python3-uno")
	}
	dir := t.TempDir()
	rng := rand.New(rand.NewPCG(7, 8))
	reports := []*diff.Report{meetings()}
	for range 30 {
		reports = append(reports, shuffled(rng))
	}
	args := []string{filepath.Join("testdata", "resolve.py"), office, dir}
	for i, r := range reports {
		name := filepath.Join(dir, fmt.Sprintf("%d.docx", i))
		if err := os.WriteFile(name, render(t, redline.DOCX, redline.Options{}, r), 0o666); err != nil {
			t.Fatal(err)
		}
		args = append(args, name)
	}
	cmd := exec.CommandContext(t.Context(), python, args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("resolve with LibreOffice: %v", err)
	}
	var got []struct{ Accepted, Rejected []string }
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatalf("read answer %q: %v", out, err)
	}
	for i, r := range reports {
		if d := cmp.Diff(printed(r.New), got[i].Accepted); d != "" {
			t.Errorf("document %d, all accepted (-want +got):\n%s\n%s", i, d, part(t, render(t, redline.DOCX, redline.Options{}, r), "word/document.xml"))
		}
		if d := cmp.Diff(printed(r.Old), got[i].Rejected); d != "" {
			t.Errorf("document %d, all rejected (-want +got):\n%s\n%s", i, d, part(t, render(t, redline.DOCX, redline.Options{}, r), "word/document.xml"))
		}
	}
}
