package publish

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"readout/internal/ask"
	"readout/internal/letters"
	"readout/internal/show"
)

// The layout of the picture of a matrix, in units that are pixels of the SVG.
const (
	picCell  = 18
	picInset = 1 // of a box in its cell
	picName  = 230
	picHead  = 84
	picChar  = 32 // characters of a name that fit
)

// The sizes of its letters, in the same units.
const (
	picText   = 12
	picDay    = 10
	picLegend = 11
	picLetter = 6 // room for a letter of the legend in a wide font
)

// picture is a matrix laid out: what stands where, in which words and colours. It is
// written as SVG or painted as PNG, and neither decides anything about it.
type picture struct {
	Width, Height, Head, Bottom int
	Label                       string
	Days, Names                 []picWords // days run upwards, names end at X
	Boxes                       []picBox
	Lulls                       []int // left edges of the columns after one
	Legend                      picWords
	Ink, Quiet, Lull            string // colours, "#rrggbb"
	Fills                       []picFill
}

// picWords are words whose baseline is at Y.
type picWords struct {
	X, Y int
	Text string
}

// picBox is a cell that was raised, with its upper left corner.
type picBox struct {
	X, Y         int
	Mark         ask.Mark
	Signs, Title string
}

// picFill is the colour of the boxes of a mark.
type picFill struct {
	Mark  ask.Mark
	Color string
}

// layPicture lays a matrix out as a picture.
func layPicture(m *ask.Matrix) *picture {
	p := layMatrix(m)
	pic := &picture{
		Width:  picName + picCell*len(p.Columns) + 12,
		Height: picHead + picCell*len(p.Topics) + 34,
		Head:   picHead,
		Bottom: picHead + picCell*len(p.Topics),
		Label:  fmt.Sprintf("%s: %d topics at %d meetings", p.Series, len(p.Topics), len(p.Columns)),
		Ink:    "#1b1b1b",
		Quiet:  "#5a6068",
		Lull:   "#9a1620",
		Fills: []picFill{{ask.Raised, "#e4e7eb"}, {ask.Opened, "#bfe6cb"}, {ask.Reworded, "#f7dfa8"}, {ask.Firmed, "#b9d2f3"},
			{ask.Softened, "#f5b9b9"}, {ask.Dropped, "#f5b9b9"}},
	}
	for i, c := range p.Columns {
		x := picName + i*picCell
		pic.Days = append(pic.Days, picWords{x + picCell/2 + 4, picHead - 6, c.Day})
		if c.Lull != "" {
			pic.Lulls = append(pic.Lulls, x)
		}
	}
	for k, t := range p.Topics {
		y := picHead + k*picCell
		name := []rune(letters.Clean(t.Name))
		if len(name) > picChar {
			name = append(name[:picChar-1], '…')
		}
		pic.Names = append(pic.Names, picWords{picName - 8, y + 13, string(name)})
		for i, c := range t.Cells {
			if c.Mark.Raises() {
				pic.Boxes = append(pic.Boxes, picBox{picName + i*picCell, y, c.Mark, c.Signs, c.Title})
			}
		}
	}
	var legend []string
	for _, x := range show.Signs()[:6] {
		legend = append(legend, x.Sign+" "+x.Says)
	}
	pic.Legend = picWords{8, pic.Height - 8, strings.Join(legend, "   ")}
	pic.Width = max(pic.Width, 2*pic.Legend.X+picLetter*utf8.RuneCountInString(pic.Legend.Text)) // few meetings, the whole legend
	return pic
}

// MatrixSVG writes a matrix as a picture. Marks are signs as well as colours.
func MatrixSVG(w io.Writer, m *ask.Matrix) error { return writePage(w, "svg", layPicture(m)) }
