package web

import (
	"bytes"
	"io"
	"net/http"
	"strconv"
	"strings"

	"readout/internal/ask"
	"readout/internal/show/publish"
	"readout/timeline"
)

// citing is the sentence by which the release is quoted. The script of the pages puts the
// words and the number of a statement into it, as "readout cite" does.
func citing(r *timeline.Release, names func(timeline.Party) string) string {
	c, err := ask.NewCitation(r, 0, names)
	if err != nil {
		return "" // only for a statement that is not there
	}
	return c.Sentence()
}

// citeFormats are the forms of a citation on offer.
func citeFormats() []struct {
	Name, Words, MediaType, Ending string
	write                          func(io.Writer, *ask.Citation) error
} {
	return []struct {
		Name, Words, MediaType, Ending string
		write                          func(io.Writer, *ask.Citation) error
	}{
		{"ris", "RIS", "application/x-research-info-systems", ".ris", publish.RIS},
		{"bibtex", "BibTeX", "application/x-bibtex", ".bib", publish.BibTeX},
		{"csl", "CSL-JSON", "application/vnd.citationstyles.csl+json", ".json", publish.CSL},
	}
}

// citation returns what cites the release in the address, or one of its statements.
func (s *Server) citation(r *http.Request, st *snapshot) (*ask.Citation, error) {
	rel, err := s.named(r, st)
	if err != nil {
		return nil, err
	}
	n := 0
	if x := r.URL.Query().Get("statement"); x != "" {
		if n, err = strconv.Atoi(x); err != nil || n < 1 {
			return nil, &badRequest{"statement: it is a number from 1 on"}
		}
	}
	c, err := ask.NewCitation(rel, n, s.Names)
	if err != nil {
		return nil, &badRequest{err.Error()}
	}
	return c, nil
}

// exportCitation gives a citation out as a file.
func (s *Server) exportCitation(r *http.Request, st *snapshot) (*answer, error) {
	for _, f := range citeFormats() {
		if f.Name != r.PathValue("format") {
			continue
		}
		c, err := s.citation(r, st)
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		err = f.write(&b, c)
		return &answer{body: b.Bytes(), mediaType: f.MediaType, name: safeName(c.ID) + f.Ending}, err
	}
	return nil, errNoPage
}

// citeMeta is what reference managers read off the page of a release: the tags of Highwire
// and the terms of Dublin Core.
func citeMeta(c *ask.Citation) []metaField {
	day := strings.ReplaceAll(c.Day().String(), "-", "/")
	var out []metaField
	for _, f := range []metaField{
		{"citation_title", c.Title}, {"citation_author", c.Issuer}, {"citation_publisher", c.Issuer},
		{"citation_publication_date", day}, {"citation_online_date", c.CapturedAt.Format("2006/01/02")},
		{"citation_language", c.Language}, {"citation_public_url", c.Source},
		{"DC.title", c.Title}, {"DC.creator", c.Issuer}, {"DC.publisher", c.Issuer}, {"DC.date", c.Day().String()},
		{"DC.language", c.Language}, {"DC.type", "Text"}, {"DC.identifier", c.ID}, {"DC.source", c.Source},
		{"DC.description", c.Proof()},
	} {
		if f.Content != "" {
			out = append(out, f)
		}
	}
	return out
}
