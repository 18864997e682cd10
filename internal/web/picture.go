package web

import (
	"bytes"
	"errors"
	"io"
	"net/http"

	"readout/internal/publish"
	"readout/internal/render"
)

// exportMatrix gives the whole matrix of a series out as a table or a picture.
func (s *Server) exportMatrix(r *http.Request, st *snapshot) (*answer, error) {
	v, err := s.volume(r, st, seriesID(r.PathValue("series")))
	if err != nil {
		return nil, err
	}
	forms := map[string]struct {
		mediaType string
		write     func(io.Writer, *render.Matrix) error
	}{
		"csv":  {"text/csv; charset=utf-8", publish.MatrixCSV},
		"svg":  {"image/svg+xml", publish.MatrixSVG},
		"png":  {"image/png", publish.MatrixPNG},
		"html": {"text/html; charset=utf-8", publish.MatrixHTML},
	}
	f, ok := forms[r.PathValue("format")]
	if !ok {
		return nil, errNoPage
	}
	var b bytes.Buffer
	err = f.write(&b, render.NewMatrix(v.matrix()))
	if errors.Is(err, publish.ErrTooLarge) {
		return nil, &badRequest{err.Error() + "; export/svg has no such limit"}
	}
	return &answer{body: b.Bytes(), mediaType: f.mediaType, name: safeName(string(v.ID)) + "-matrix." + r.PathValue("format")}, err
}
