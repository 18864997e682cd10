package web

import (
	"mime"
	"net/http"
	"path"
	"strings"
	"unicode"

	"readout/internal/archive"
	"readout/internal/letters"
)

// raw gives the captured bytes out as a download. They are never shown as a page:
// whatever a document says it is, it leaves as bytes without a meaning, under a
// policy that forbids everything.
func (s *Server) raw(w http.ResponseWriter, r *http.Request) {
	st, err := s.library.now(r.Context())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	ref, head, err := (&snapshot{state: st}).find(r.PathValue("release"))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	c, err := s.Source.Raw(r.Context(), ref)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
	h.Set("X-Captured-At", c.CapturedAt.UTC().Format("2006-01-02T15:04:05Z"))
	h.Set("X-Content-SHA256", c.SHA256)
	attach(h, rawName(head.ID, c))
	send(w, r, c.Data, "application/octet-stream", http.StatusOK)
}

// attach makes an answer a download of the given name.
func attach(h http.Header, name string) {
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
}

// rawName names the download after the release, with the ending that the capture's
// own name has, if it is a plain one.
func rawName(id string, c *archive.Capture) string {
	ending := path.Ext(strings.TrimRight(c.Name, "/"))
	if len(ending) > 6 || strings.ContainsFunc(strings.TrimPrefix(ending, "."),
		func(r rune) bool { return r > unicode.MaxASCII || !letters.Word(r) }) {
		ending = ""
	}
	if ending == "" && strings.Contains(c.MediaType, "html") {
		ending = ".html"
	}
	return safeName(id) + ending
}

// safeName replaces what a file name must not hold on some system.
func safeName(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, s)
}
