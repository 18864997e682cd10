package reading_test

import (
	"strings"
	"testing"

	"readout/internal/archtest/golden"
	"readout/internal/document"
	"readout/internal/reading"
	"readout/timeline"
)

// TestMinistries reads invented releases in the layouts that ministries' sites
// have: what the systems behind them (WordPress, Drupal, Plone, ASP.NET, boards,
// tables) put around the text, and how they print its title and day.
func TestMinistries(t *testing.T) {
	eachPage(t, "testdata/ministries/*.html", func(t *testing.T, file string, rel *timeline.Release) {
		for _, s := range rel.Statements {
			for _, furniture := range []string{"cookies", "Categoria", "email address", "END", "Copyright", "©", "Share", "Compartilhe"} {
				if strings.Contains(s.Text, furniture) {
					t.Errorf("furniture in a statement: %q", s.Text)
				}
			}
		}
		golden.Compare(t, file+".golden", describe(rel))
	})
}

// TestNoticeAboveTitle reads a page on which its site says something in sentences above
// the title.
func TestNoticeAboveTitle(t *testing.T) {
	page := `<html><title>Meeting of the Foreign Ministers of Kenya and Chile</title><body>
<div><p>This page is archived. It may be out of date and its links may lead nowhere.</p></div>
<h1>Meeting of the Foreign Ministers of Kenya and Chile</h1><p>The ministers of Kenya and Chile discussed trade.</p></body></html>`
	rel := read(t, reading.Default(), "a.html", []byte(page), reading.Overrides{})
	if len(rel.Statements) != 1 || len(rel.Sections) != 0 || rel.Title != "Meeting of the Foreign Ministers of Kenya and Chile" {
		t.Errorf("title %q, statements %+v, sections %+v; want the sentence below the title alone", rel.Title, rel.Statements, rel.Sections)
	}
}

// TestDaysWithStrokes reads a day only where its numbers tell month from day.
func TestDaysWithStrokes(t *testing.T) {
	for printed, want := range map[string]string{"21/08/2036": "2036-08-21", "08/21/2036": "2036-08-21", "07/08/2036": ""} {
		page := `<html><title>Meeting of Ministers</title><body><h1>Meeting of Ministers</h1><p>` + printed + `</p><p>The ministers of Kenya and Chile discussed trade.</p></body></html>`
		doc, err := document.Parse("a.html", []byte(page), document.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := reading.Release(doc, reading.Default(), reading.Overrides{}).Published.String(); got != want {
			t.Errorf("page dated %s: published %q, want %q", printed, got, want)
		}
	}
}
