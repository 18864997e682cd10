package pdf

import (
	"math"
	"strings"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// char is one character as PDFium places it on the page.
type char struct {
	r     rune
	index int     // on the page
	x, y  float64 // of its origin, in points from the left and bottom edge as the page is shown
	size  float64 // of its font, in points
	bold  bool
	askew bool // not set upright
	// added marks what PDFium puts between words and lines, and what has no place.
	added bool
}

// eol is the line end that PDFium sets, hyphen what it sets for a hyphen at the
// end of a line; it sets no line end after that.
const (
	eol    = '\n'
	hyphen = '\x02'
)

// pageReader reads the characters of one page.
type pageReader struct {
	p             pdfium.Pdfium
	text          references.FPDF_TEXTPAGE
	width, height float64 // before the page is turned
	turn          int     // quarters clockwise
	font          fontAt
}

// fontAt remembers whether the font of a size is bold, within one word.
type fontAt struct {
	size float64
	bold bool
	ok   bool
}

// readPage fills a page and returns how many characters it has, at most limit.
func readPage(p pdfium.Pdfium, doc references.FPDF_DOCUMENT, index int, page *Page, limit int) (int, error) {
	loaded, err := p.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: doc, Index: index})
	if err != nil {
		return 0, err
	}
	defer p.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: loaded.Page})
	ref := requests.Page{ByReference: &loaded.Page}
	if size, err := p.FPDF_GetPageSizeByIndex(&requests.FPDF_GetPageSizeByIndex{Document: doc, Index: index}); err == nil {
		page.Width, page.Height = size.Width, size.Height
	}
	r := &pageReader{p: p, width: page.Width, height: page.Height}
	if rot, err := p.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: ref}); err == nil {
		r.turn = int(rot.PageRotation) & 3
	}
	if r.turn&1 == 1 {
		r.width, r.height = r.height, r.width
	}
	text, err := p.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: ref})
	if err != nil {
		return 0, err
	}
	defer p.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text.TextPage})
	r.text = text.TextPage
	count, err := p.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: r.text})
	if err != nil {
		return 0, err
	}
	if count.Count > limit {
		return 0, ErrTooLarge
	}
	chars, err := r.chars(count.Count)
	page.Lines = joined(lines(chars, r.right))
	return len(chars), err
}

// chars reads n characters.
func (r *pageReader) chars(n int) ([]char, error) {
	out := make([]char, 0, max(n, 0))
	for i := range n {
		u, err := r.p.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: r.text, Index: i})
		if err != nil {
			return nil, err
		}
		switch c := rune(uint32(u.Unicode)); c {
		case 0, '\r', 0xFFFE, 0xFFFF:
			continue
		case eol, hyphen:
			out = append(out, char{r: c, index: i, added: true})
			r.font.ok = false
		default:
			out = append(out, r.place(c, i))
		}
	}
	return out, nil
}

// place returns character c, which has index i, with its place.
func (r *pageReader) place(c rune, i int) char {
	out := char{r: c, index: i}
	m, err := r.p.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: r.text, Index: i})
	at, err2 := r.p.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: r.text, Index: i})
	size, err3 := r.p.FPDFText_GetFontSize(&requests.FPDFText_GetFontSize{TextPage: r.text, Index: i})
	if err != nil || err2 != nil || err3 != nil {
		out.added = true
		return out
	}
	out.x, out.y = r.turned(at.X, at.Y)
	dx, dy := r.direction(float64(m.Matrix.A), float64(m.Matrix.B))
	out.askew = dx <= 0 || math.Abs(dy) > dx/4
	out.size = math.Abs(size.FontSize) * math.Hypot(float64(m.Matrix.C), float64(m.Matrix.D))
	if c == ' ' {
		r.font.ok = false
	} else if !r.font.ok || r.font.size != out.size {
		r.font = fontAt{size: out.size, bold: r.bold(i), ok: true}
	}
	out.bold = r.font.bold
	return out
}

// right returns the right edge of a character.
func (r *pageReader) right(c char) float64 {
	box, err := r.p.FPDFText_GetCharBox(&requests.FPDFText_GetCharBox{TextPage: r.text, Index: c.index})
	if err != nil {
		return c.x
	}
	x1, _ := r.turned(box.Left, box.Bottom)
	x2, _ := r.turned(box.Right, box.Top)
	return max(x1, x2, c.x)
}

// turned maps a point of the page to where it is shown.
func (r *pageReader) turned(x, y float64) (float64, float64) {
	switch r.turn {
	case 1:
		return y, r.width - x
	case 2:
		return r.width - x, r.height - y
	case 3:
		return r.height - y, x
	}
	return x, y
}

// direction maps a direction on the page to the one that is shown.
func (r *pageReader) direction(x, y float64) (float64, float64) {
	switch r.turn {
	case 1:
		return y, -x
	case 2:
		return -x, -y
	case 3:
		return -y, x
	}
	return x, y
}

// forceBold is the flag of a font that is to be printed bold (ISO 32000-1, table
// 123).
const forceBold = 1 << 18

// bold reports whether the font of a character is bold, by its weight or, as most
// files say nothing of that, by its name.
func (r *pageReader) bold(i int) bool {
	if w, err := r.p.FPDFText_GetFontWeight(&requests.FPDFText_GetFontWeight{
		TextPage: r.text,
		Index:    i,
	}); err == nil && w.FontWeight >= 600 {
		return true
	}
	f, err := r.p.FPDFText_GetFontInfo(&requests.FPDFText_GetFontInfo{TextPage: r.text, Index: i})
	if err != nil {
		return false
	}
	name := strings.ToLower(f.FontName)
	for _, word := range []string{"bold", "black", "heavy"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return f.Flags&forceBold != 0
}
