package show

// Style says how text for people is laid out. The zero Style is plain text for a
// file or a pipe: no colour, tables as wide as they need to be.
type Style struct {
	Width int  // columns of the terminal; 0 where there is none
	Color bool // whether ANSI colours are used
}

// prose is how wide running text is set where the reader's width is not known,
// and how wide at most where it is: longer lines are hard to read.
const (
	proseDefault = 80
	proseMax     = 110
)

// prose returns the width for running text.
func (s Style) prose() int {
	if s.Width == 0 {
		return proseDefault
	}
	return min(s.Width, proseMax)
}

// columns is how many columns a table or a line that is cut may take.
func (s Style) columns() int {
	if s.Width == 0 {
		return proseDefault
	}
	return s.Width
}

// ink is how a piece of text looks; its value is the parameters of the ANSI
// sequence that selects it.
type ink string

const (
	plain    ink = ""
	bold     ink = "1"
	dim      ink = "2"
	deleted  ink = "31;9" // red, struck through
	inserted ink = "32;4" // green, underlined
	red      ink = "31"
	green    ink = "32"
	yellow   ink = "33"
	cyan     ink = "36"
	boldCyan ink = "1;36"
)

// paint returns text in the given ink. Text is clean already.
func (s Style) paint(i ink, text string) string {
	if !s.Color || i == plain || text == "" {
		return text
	}
	return "\x1b[" + string(i) + "m" + text + "\x1b[0m"
}
