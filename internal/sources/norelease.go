package sources

import (
	"bytes"
	"errors"
	"net/url"
	"strings"
	"unicode/utf8"

	"readout/internal/archive"
	"readout/internal/document"
	"readout/internal/letters"
	"readout/internal/rules/pattern"
	"readout/timeline"
)

var (
	// ErrList is returned for a page that lists releases and is none.
	ErrList = errors.New("it lists other pages and has no text of its own; add it as a source: readout sources add URL")
	// ErrNoArticle is returned for a page whose article is empty.
	ErrNoArticle = errors.New("it has a title and no text; if it lists releases, add it as a source: readout sources add URL")
)

// NoRelease says why a page of HTML that was read as r is no release: it lists others
// ([ErrList]), or its article is empty ([ErrNoArticle]). Nil says that it may be one. A
// page that the user has given a title or a day of its meeting is one.
//
// A page is a list only where it has links that look like releases, and where no
// sentence stands, or the sentences stand one by one behind such links, as teasers do:
// a release of one sentence beside a box of related ones is none.
func (w *Words) NoRelease(in archive.Input, doc *document.Document, r *timeline.Release) error {
	if doc.Format != document.HTML || in.Overrides.Title != "" || !in.Overrides.Held.IsZero() || !bytes.Contains(in.Data, []byte("</")) {
		return nil
	}
	sentences, labels := 0, 0 // beside the title and days
	title := lettersOf(r.Title)
	for _, st := range r.Statements {
		switch {
		case onlyDate(st.Text), strings.Contains(title, lettersOf(st.Text)):
		case running(st.Text):
			sentences++
		default:
			labels++
		}
	}
	if sentences > mostTeasers {
		return nil
	}
	text, _, ok := document.Decode(in.Data, document.Options{MediaType: in.MediaType, URL: in.URL})
	if !ok {
		return nil
	}
	taken := w.readIndex(baseFor(in, doc, text), text, &Source{}).taken()
	switch {
	case len(taken) >= many && (sentences == 0 || teasers(text, taken)):
		return ErrList
	case sentences+labels == 0:
		return ErrNoArticle
	}
	return nil
}

const (
	// mostTeasers is up to how many sentences a page may be a list of teasers.
	mostTeasers = 60
	// leastWords and leastJoined are from how many words, or letters of a script without
	// spaces, on a statement is a sentence rather than a label.
	leastWords  = 6
	leastJoined = 14
)

// running reports whether a text is long enough for a sentence.
func running(s string) bool {
	if strings.ContainsFunc(s, letters.Joined) {
		return utf8.RuneCountInString(s) >= leastJoined
	}
	return len(strings.Fields(s)) >= leastWords
}

// teasers reports whether the running text of a page stands piece by piece behind the
// links: nearly every piece, and several, right after a headline that is a link.
func teasers(page string, taken []Link) bool {
	headline := map[string]bool{}
	for _, k := range taken {
		headline[lettersOf(k.Text)] = true
	}
	pieces, behind, after := 0, 0, false
	for _, s := range blocksOf(page) {
		switch {
		case headline[lettersOf(s)]:
			after = true
		case utf8.RuneCountInString(s) >= proseLeast:
			pieces++
			if after {
				behind++
			}
			after = false
		}
	}
	return behind >= many && behind*3 >= pieces*2
}

var absolute = pattern.New(`(?i)\bhref\s*=\s*["']?(https?://[^/"'\s>]+)`)

// baseFor returns the address against which the links of a page are read: its own, else
// the site that most of them lead to.
func baseFor(in archive.Input, doc *document.Document, text string) *url.URL {
	for _, address := range []string{in.URL, in.Overrides.Source, doc.Meta.URL} {
		if u, err := url.Parse(address); err == nil && u.Host != "" {
			return u
		}
	}
	count, best := map[string]int{}, "http://site.invalid"
	for _, m := range absolute.FindAllStringSubmatch(text, -1) {
		if count[m[1]]++; count[m[1]] > count[best] {
			best = m[1]
		}
	}
	u, err := url.Parse(best + "/" + "page")
	if err != nil {
		return &url.URL{Scheme: "http", Host: "site.invalid", Path: "/page"}
	}
	return u
}
