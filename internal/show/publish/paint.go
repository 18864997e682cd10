package publish

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"strconv"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"

	"readout/internal/ask"
)

// maxPixels bounds a painted picture, to 64 MB of memory.
const maxPixels = 16 << 20

// ErrTooLarge is the error of an answer that no picture of pixels is made of.
var ErrTooLarge = errors.New("the picture would be too large")

// TooLarge reports whether no picture of pixels is made of the matrix.
func TooLarge(m *ask.Matrix) bool {
	pic := layPicture(m)
	return pic.Width*pic.Height > maxPixels
}

// MatrixPNG paints what [MatrixSVG] writes, two pixels to a unit, or one where that
// would be too large; the error is ErrTooLarge where even that is. The font has Latin,
// Greek and Cyrillic letters. Others lose an accent that it lacks, or else leave a box
// in their place, so that a name in Japanese or Arabic can be seen to be one and not be
// read; MatrixSVG leaves the choice of fonts to the reader.
func MatrixPNG(w io.Writer, m *ask.Matrix) error {
	pic := layPicture(m)
	return writePNG(w, pic.Width, pic.Height, func(p *painter) { p.matrix(pic) })
}

// SpreadPNG paints what [SpreadSVG] writes, as [MatrixPNG] does.
func SpreadPNG(w io.Writer, s *ask.Spread) error {
	lines := laySpread(s)
	return writePNG(w, lines.Width, lines.Height, func(p *painter) { p.spread(&lines) })
}

// writePNG writes a picture of so many units that is painted on white.
func writePNG(w io.Writer, width, height int, paint func(*painter)) error {
	scale := 2
	if width*height*scale*scale > maxPixels {
		scale = 1
	}
	if width*height > maxPixels {
		return fmt.Errorf("%w: %d by %d pixels", ErrTooLarge, width, height)
	}
	p, err := newPainter(image.NewRGBA(image.Rect(0, 0, width*scale, height*scale)), scale)
	if err != nil {
		return err
	}
	draw.Draw(p.out, p.out.Bounds(), image.White, image.Point{}, draw.Src)
	paint(p)
	if p.err != nil {
		return p.err
	}
	if err := png.Encode(w, p.out); err != nil {
		return fmt.Errorf("write picture: %w", err)
	}
	return nil
}

// painter puts a picture on pixels. The first error stays in err.
type painter struct {
	out   *image.RGBA
	scale int
	font  *sfnt.Font
	buf   sfnt.Buffer
	faces map[int]font.Face // by the size of letters
	err   error
}

func newPainter(out *image.RGBA, scale int) (*painter, error) {
	f, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return nil, fmt.Errorf("read font: %w", err)
	}
	return &painter{out: out, scale: scale, font: f, faces: map[int]font.Face{}}, nil
}

// spread paints the lines of a spread, as the template of the SVG draws them.
func (p *painter) spread(s *way) {
	ink, quiet, rule, line := hex("#1a1a1a"), hex("#5a6068"), hex("#d8dce2"), hex("#1f5fa8")
	p.words(picWords{8, 18, s.Title}, picText, ink, 0)
	for _, y := range s.Years {
		p.fill(image.Rect(y.X, y.Top, y.X+1, y.Bottom), rule)
		p.words(picWords{y.X, 38, strconv.Itoa(y.Year)}, picDay, quiet, 0)
	}
	const dash, gap = 6, 3
	for _, r := range s.Rows {
		p.words(picWords{8, r.Text, r.Party}, picText, ink, 0)
		step, length := r.To-r.From, r.To-r.From
		if r.Lapsed {
			step, length = dash+gap, dash
		}
		for x := r.From; x < r.To; x += step {
			p.fill(image.Rect(x, r.Y-1, min(x+length, r.To), r.Y+2), line)
		}
		p.fill(image.Rect(r.From-4, r.Y-4, r.From+4, r.Y+4), line)
		p.fill(image.Rect(r.To-3, r.Y-3, r.To+3, r.Y+3), line)
		p.words(picWords{s.Width - 80, r.Text, r.Uses}, picText, quiet, 0)
	}
}

// matrix paints a matrix.
func (p *painter) matrix(pic *picture) {
	ink, quiet := hex(pic.Ink), hex(pic.Quiet)
	fills := map[ask.Mark]color.Color{}
	for _, f := range pic.Fills {
		fills[f.Mark] = hex(f.Color)
	}
	for _, d := range pic.Days {
		p.upwards(d, quiet)
	}
	for _, n := range pic.Names {
		p.words(n, picText, ink, 1)
	}
	for _, b := range pic.Boxes {
		p.fill(image.Rect(b.X+picInset, b.Y+picInset, b.X+picCell-picInset, b.Y+picCell-picInset), fills[b.Mark])
		p.words(picWords{b.X + picCell/2, b.Y + 13, b.Signs}, picText, ink, 0.5)
	}
	const dash, gap = 3, 2
	for _, x := range pic.Lulls {
		for y := pic.Head; y < pic.Bottom; y += dash + gap {
			p.fill(image.Rect(x-1, y, x+1, min(y+dash, pic.Bottom)), hex(pic.Lull))
		}
	}
	p.words(pic.Legend, picLegend, quiet, 0)
}

// fill fills a rectangle given in units.
func (p *painter) fill(r image.Rectangle, c color.Color) {
	r.Min, r.Max = r.Min.Mul(p.scale), r.Max.Mul(p.scale)
	draw.Draw(p.out, r, image.NewUniform(c), image.Point{}, draw.Src)
}

// words writes from left to right; before says which part of the words stands before X:
// 0 where they begin there, 1 where they end there.
func (p *painter) words(w picWords, size int, c color.Color, before float64) {
	face := p.face(size)
	if face == nil {
		return
	}
	text := p.legible(w.Text)
	x := fixed.I(w.X*p.scale) - fixed.Int26_6(before*float64(font.MeasureString(face, text)))
	d := font.Drawer{Dst: p.out, Src: image.NewUniform(c), Face: face, Dot: fixed.Point26_6{X: x, Y: fixed.I(w.Y * p.scale)}}
	d.DrawString(text)
}

// upwards writes a day from the bottom to the top: it is written level on a strip
// first, which is then turned.
func (p *painter) upwards(w picWords, c color.Color) {
	face := p.face(picDay)
	if face == nil {
		return
	}
	rise, fall := face.Metrics().Ascent.Ceil(), face.Metrics().Descent.Ceil()
	strip := image.NewAlpha(image.Rect(0, -rise, font.MeasureString(face, w.Text).Ceil(), fall))
	d := font.Drawer{Dst: strip, Src: image.Opaque, Face: face}
	d.DrawString(w.Text)
	turned := image.NewAlpha(image.Rect(-rise, -strip.Rect.Max.X, fall, 0))
	for v := -rise; v < fall; v++ {
		for u := range strip.Rect.Max.X {
			turned.SetAlpha(v, -1-u, strip.AlphaAt(u, v))
		}
	}
	at := image.Pt(w.X, w.Y).Mul(p.scale)
	draw.DrawMask(p.out, turned.Rect.Add(at), image.NewUniform(c), image.Point{}, turned, turned.Rect.Min, draw.Over)
}

// face returns letters of a size in units, nil after an error.
func (p *painter) face(size int) font.Face {
	if f := p.faces[size]; f != nil {
		return f
	}
	f, err := opentype.NewFace(p.font, &opentype.FaceOptions{Size: float64(size * p.scale), DPI: 72, Hinting: font.HintingFull})
	if err != nil {
		p.err = fmt.Errorf("read font: %w", err)
		return nil
	}
	p.faces[size] = f
	return f
}

// legible writes a text in letters that the font has.
func (p *painter) legible(text string) string {
	var out []rune
	for _, r := range norm.NFC.String(text) {
		plain := []rune(norm.NFKD.String(string(r)))[0]
		switch {
		case p.has(r):
			out = append(out, r)
		case unicode.Is(unicode.M, r):
		case p.has(plain):
			out = append(out, plain)
		default:
			out = append(out, '□')
		}
	}
	return string(out)
}

func (p *painter) has(r rune) bool {
	i, err := p.font.GlyphIndex(&p.buf, r)
	return err == nil && i != 0
}

// hex reads a colour of a picture.
func hex(s string) color.Color {
	var c color.RGBA
	if _, err := fmt.Sscanf(s, "#%02x%02x%02x", &c.R, &c.G, &c.B); err != nil {
		return color.Black
	}
	c.A = 0xff
	return c
}
