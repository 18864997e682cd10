package web

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"fmt"
	"net/http"
	"strconv"

	"readout/internal/render"
	"readout/timeline"
)

// exportMatrix gives the whole matrix of a series out as a table or a picture.
func (s *Server) exportMatrix(r *http.Request, st *snapshot) (*answer, error) {
	v, err := s.volume(r, st, seriesID(r.PathValue("series")))
	if err != nil {
		return nil, err
	}
	name := safeName(string(v.ID)) + "-matrix"
	switch r.PathValue("format") {
	case "csv":
		return &answer{body: matrixCSV(v.matrix()), mediaType: "text/csv; charset=utf-8", name: name + ".csv"}, nil
	case "svg":
		return &answer{body: matrixSVG(v.matrix(), seriesName(v.ID, s.Names)), mediaType: "image/svg+xml", name: name + ".svg"}, nil
	}
	return nil, errNoPage
}

// matrixCSV has a line for every topic that a meeting raised.
func matrixCSV(m *matrix) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	row := func(fields ...string) { _ = w.Write(fields) } // a buffer takes everything
	row("topic", "name", "release", "day", "mark", "statements", "new", "reworded", "unchanged", "dropped", "words_inserted", "words_deleted")
	for _, x := range m.rows {
		for i, c := range x.cells {
			r := m.meetings[i]
			n := strconv.Itoa
			row(x.topic.ID, plainCell(x.topic.Name), r.ID, r.Day().String(), string(c.fate), n(c.said), n(c.new), n(c.reworded), n(c.unchanged), n(c.dropped), n(c.inserted), n(c.deleted))
		}
	}
	w.Flush()
	return b.Bytes()
}

// plainCell keeps a spreadsheet from taking a name for a formula.
func plainCell(s string) string {
	if s != "" && bytes.IndexByte([]byte("=+-@\t\r"), s[0]) >= 0 {
		return "'" + s
	}
	return s
}

// The measures of the picture, in its own units.
const (
	pictureStep  = 26
	pictureName  = 300
	pictureHead  = 92
	pictureColor = "#173a66"
)

// matrixSVG draws the matrix for a document. Colours stand in the elements, since a
// picture on its own has no style sheet.
func matrixSVG(m *matrix, title string) []byte {
	var b bytes.Buffer
	width, height := pictureName+pictureStep*len(m.meetings)+20, pictureHead+pictureStep*len(m.rows)+20
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" font-family="Georgia, serif" font-size="13"><title>%s</title><rect width="100%%" height="100%%" fill="#fff"/>`,
		width, height, xmlText(title))
	for i, r := range m.meetings {
		fmt.Fprintf(&b, `<text transform="translate(%d %d) rotate(-90)" font-size="11" fill="#5a6170">%s</text>`, pictureName+i*pictureStep+17, pictureHead-8, dayLabel(r.Day()))
	}
	for j, row := range m.rows {
		y := pictureHead + j*pictureStep
		fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="end">%s</text>`, pictureName-10, y+17, xmlText(shorten(row.topic.Name, 42)))
		for i, c := range row.cells {
			drawMark(&b, c, pictureName+i*pictureStep+3, y+2, longDay(m.meetings[i].Day()))
		}
	}
	b.WriteString("</svg>\n")
	return clean(b.Bytes())
}

func dayLabel(d timeline.Date) string {
	if d.IsZero() {
		return "—"
	}
	return d.String()
}

// drawMark draws one cell with the shapes of the page.
func drawMark(b *bytes.Buffer, c cell, x, y int, day string) {
	colors := map[fate]string{first: pictureColor, kept: "#c4ccd8", reworded: "#b77a12", added: "#2d6a9f", dropped: "#a93a2f"}
	fmt.Fprintf(b, `<g transform="translate(%d %d)"><title>%s: %s</title>`, x, y, day, xmlText(c.words()))
	switch c.fate {
	case silent:
		b.WriteString(`<circle cx="10" cy="10" r="1.6" fill="#9aa1ad"/>`)
	case dropped:
		fmt.Fprintf(b, `<rect x="1.5" y="1.5" width="17" height="17" rx="3" fill="none" stroke="%s" stroke-width="1.8"/><path d="M5.5 10h9" stroke="%[1]s" stroke-width="2"/>`, colors[dropped])
	default:
		fmt.Fprintf(b, `<rect x="1" y="1" width="18" height="18" rx="3" fill="%s"/>`, colors[c.fate])
		if path := map[fate]string{first: "M10 5v10M5 10h10", added: "M10 6v8M6 10h8", reworded: "M5 13l3-6 3 6 3-6"}[c.fate]; path != "" {
			fmt.Fprintf(b, `<path d="%s" fill="none" stroke="#fff" stroke-width="2"/>`, path)
		}
	}
	b.WriteString("</g>")
}

func xmlText(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(render.Clean(s))) // a buffer takes everything
	return b.String()
}

// shorten cuts a text to at most n characters.
func shorten(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}
