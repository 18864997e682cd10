package sources_test

import (
	"errors"
	"testing"

	"readout/internal/archive"
	"readout/internal/document"
	"readout/internal/reading"
	"readout/internal/sources"
)

const related = `<aside><h2>Related</h2><ul><li><a href="/press/2037/04/01/visit-of-the-minister-of-chile">Visit of the Minister of Chile, 1 April 2037</a></li>
<li><a href="/press/2037/03/02/meeting-with-the-minister-of-peru">Meeting with the Minister of Peru, 2 March 2037</a></li>
<li><a href="/press/2037/02/03/call-with-the-minister-of-japan">Call with the Minister of Japan, 3 February 2037</a></li></ul></aside>`

// TestNoRelease tells lists and empty articles from releases, also from short ones
// beside a box of related releases.
func TestNoRelease(t *testing.T) {
	const teaser = `<p>The ministers talked for an hour about fisheries, trade, research at the poles and the coming session of the commission.</p>`
	for name, tt := range map[string]struct {
		page string
		o    reading.Overrides
		want error
	}{
		"links":         {page: `<html><head><title>Press releases</title></head><body><h1>Press releases</h1>` + related + `</body></html>`, want: sources.ErrList},
		"titled by you": {page: `<html><head><title>Press releases</title></head><body><h1>Press releases</h1>` + related + `</body></html>`, o: reading.Overrides{Title: "Agenda"}},
		"teasers": {page: `<html><head><title>News</title></head><body><main><h1>News</h1>
<h2><a href="/press/2037/04/01/visit-of-the-minister-of-chile">Visit of the Minister of Chile, 1 April 2037</a></h2>` + teaser + `
<h2><a href="/press/2037/03/02/meeting-with-the-minister-of-peru">Meeting with the Minister of Peru, 2 March 2037</a></h2>` + teaser + `
<h2><a href="/press/2037/02/03/call-with-the-minister-of-japan">Call with the Minister of Japan, 3 February 2037</a></h2>` + teaser + `</main></body></html>`, want: sources.ErrList},
		"one sentence": {page: `<html><head><title>Call with the Minister of Uruguay</title></head><body><main><h1>Call with the Minister of Uruguay</h1>
<p>The two foreign ministers talked about krill this morning.</p></main>` + related + `</body></html>`},
		"paragraphs": {page: `<html><head><title>Call with the Minister of Uruguay</title></head><body><main><h1>Call with the Minister of Uruguay</h1>` +
			teaser + teaser + teaser + `</main>` + related + `</body></html>`},
		"empty":  {page: `<html><head><title>Call with the Minister of Uruguay</title></head><body><main><h1>Call with the Minister of Uruguay</h1><p>3 May 2037</p></main></body></html>`, want: sources.ErrNoArticle},
		"items":  {page: `<html><head><title>Outcomes of the visit</title></head><body><main><h1>Outcomes of the visit</h1><ol><li>Agreement on krill</li><li>Agreement on ferries</li></ol></main></body></html>`},
		"a text": {page: "Outcome of the visit\n"},
	} {
		doc, err := document.Parse("page.html", []byte(tt.page), document.Options{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got := sources.DefaultWords().NoRelease(archive.Input{Name: "page.html", Data: []byte(tt.page), Overrides: tt.o}, doc, reading.Release(doc, reading.Default(), tt.o))
		if !errors.Is(got, tt.want) {
			t.Errorf("%s: NoRelease = %v, want %v", name, got, tt.want)
		}
	}
}
