package web

import (
	"bytes"
	"errors"
	"io"
	"net/http"

	"readout/internal/ask"
	"readout/internal/show/publish"
)

// exportMatrix gives the matrix of a series out as a table or a picture: all of it, or of
// the level and the days that the caller asks for.
func (s *Server) exportMatrix(r *http.Request, st *snapshot) (*answer, error) {
	v, err := s.volume(r, st, seriesID(r.PathValue("series")))
	if err != nil {
		return nil, err
	}
	narrowed, err := readSeriesFilter(r.URL.Query())
	if err != nil {
		return nil, err
	}
	forms := map[string]struct {
		mediaType string
		write     func(io.Writer, *ask.Matrix) error
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
	err = f.write(&b, narrowed.narrow(v.matrix()))
	if errors.Is(err, publish.ErrTooLarge) {
		return nil, &badRequest{err.Error() + ": ask for fewer meetings by since, until or level, or for export/svg, which has no such limit"}
	}
	return &answer{body: b.Bytes(), mediaType: f.mediaType, name: safeName(string(v.ID)) + "-matrix." + r.PathValue("format")}, err
}
