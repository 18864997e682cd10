package reading_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"readout/internal/document"
	"readout/internal/document/pdf"
	"readout/internal/reading"
	"readout/seeds"
	"readout/timeline"
)

// formatted is a release as a word processor sets it: headings, lists that number
// themselves, a note, a table of no statements.
const formatted = `<html><head><meta charset="utf-8"></head><body>
<h1>Iceland-Chile Foreign Ministers' Meeting</h1>
<p>May 4, 2037</p>
<p>On May 4, Ms. Sólveig Árnadóttir, Minister for Foreign Affairs of Iceland, held a meeting with Mr. Baltasar Quiroga, Minister of
Foreign Affairs of the Republic of Chile, in Reykjavik. The two ministers spoke for about an hour, and the meeting was followed by a dinner that the two delegations attended.</p>
<h2>1. Geothermal energy</h2>
<p>The two ministers agreed that the exchange of engineers, which began three years ago and has since been joined by eleven companies of both countries, would be continued until 2040, and that its results would be published every year.</p>
<ol><li>Minister Quiroga explained the plan to drill at a third site in the north of Chile.</li>
<li>Minister Árnadóttir stated that Iceland would lend two drilling rigs for the purpose.</li></ol>
<h2>2. Fisheries</h2>
<ul><li>The two ministers welcomed the first joint survey of the cod stock.</li>
<li>The two ministers confirmed that a second survey would take place in 2038.</li></ul>
</body></html>`

// TestOffice converts releases to DOCX and PDF with LibreOffice: they have to say
// the same as what they were made of.
func TestOffice(t *testing.T) {
	if testing.Short() {
		t.Skip("starts LibreOffice")
	}
	office, err := exec.LookPath("soffice")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("no soffice on the PATH: install libreoffice-writer-nogui")
		}
		t.Skip("no soffice on the PATH: install libreoffice-writer-nogui")
	}
	dir := t.TempDir()
	write := func(name string, data []byte) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	pages := []string{write("formatted.html", []byte(formatted))}
	var texts []string
	docs, err := seeds.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range docs {
		if filepath.Ext(d.Name) == ".txt" {
			texts = append(texts, write(d.Name, d.Data))
		}
	}
	for _, to := range []string{"docx", "pdf"} {
		convert(t, office, dir, to, texts, "--infilter=Text (encoded):UTF8")
		if to == "pdf" {
			convert(t, office, dir, to, pages, "--infilter=HTML (StarWriter)")
		} else {
			convert(t, office, dir, to+":Office Open XML Text", pages, "--infilter=HTML (StarWriter)")
		}
	}
	reader := pdf.NewReader(pdf.Options{Cache: filepath.Join(os.TempDir(), "readout-test-pdfium")})
	defer reader.Close()
	read := func(file string) *timeline.Release {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := document.Parse(filepath.Base(file), data, document.Options{PDF: reader})
		if err != nil {
			t.Fatal(err)
		}
		r := reading.Release(doc, reading.Default(), reading.Overrides{})
		for i := range r.Statements { // places and addresses are those of each text
			s := &r.Statements[i]
			s.Start, s.End, s.ID = 0, 0, ""
			// A bullet is drawn by a page and printed on paper.
			s.Path = slices.DeleteFunc(s.Path, func(step string) bool { return step == "•" })
		}
		return r
	}
	for _, file := range append(texts, pages...) {
		want := read(file)
		for _, ext := range []string{".docx", ".pdf"} {
			made := strings.TrimSuffix(file, filepath.Ext(file)) + ext
			got := read(made)
			if diff := cmp.Diff(want.Statements, got.Statements); diff != "" {
				t.Errorf("%s: statements differ (-want +got):\n%s", filepath.Base(made), diff)
			}
			about := func(r *timeline.Release) []string {
				return []string{r.Title, r.Held.String(), r.Published.String(), fmt.Sprint(r.Parties), string(r.Kind)}
			}
			if diff := cmp.Diff(about(want), about(got)); diff != "" {
				t.Errorf("%s: release differs (-want +got):\n%s", filepath.Base(made), diff)
			}
		}
	}
}

// convert converts files in one run of LibreOffice.
func convert(t *testing.T, office, dir, to string, files []string, filter string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	args := append([]string{"--headless", "-env:UserInstallation=file://" + filepath.ToSlash(filepath.Join(dir, "profile")), filter,
		"--convert-to", to, "--outdir", dir}, files...)
	if out, err := exec.CommandContext(ctx, office, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", office, err, out)
	}
}
