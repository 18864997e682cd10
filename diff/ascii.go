package diff

// words of plain ASCII text are most of what is compared; they are found here
// several times faster than by the general rules, and are the same (a fuzz test
// says so).

// asciiClass is what a byte is to the word boundary rules of UAX #29.
type asciiClass uint8

const (
	asciiOther  asciiClass = iota
	asciiSpace             // blank: belongs to no token
	asciiLetter            // ALetter
	asciiDigit             // Numeric
	asciiJoiner            // ExtendNumLet: the underscore
	asciiMidLet            // MidLetter: between letters
	asciiMidNum            // MidNum: between digits
	asciiMidAny            // MidNumLet: between either
)

// asciiClasses holds the class of every byte.
var asciiClasses = func() (classes [256]asciiClass) {
	for c := range classes {
		classes[c] = asciiClassOf(byte(c))
	}
	return classes
}()

func asciiClassOf(c byte) asciiClass {
	switch {
	case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
		return asciiLetter
	case '0' <= c && c <= '9':
		return asciiDigit
	case c == ' ' || '\t' <= c && c <= '\r':
		return asciiSpace
	case c == '_':
		return asciiJoiner
	case c == ':':
		return asciiMidLet
	case c == ',' || c == ';':
		return asciiMidNum
	case c == '.' || c == '\'':
		return asciiMidAny
	}
	return asciiOther
}

// splitASCII appends the word segments of an ASCII text that are not blank.
func splitASCII(out []token, text string) []token {
	for i := 0; i < len(text); {
		c := asciiClasses[text[i]]
		start := i
		i++
		switch c {
		case asciiSpace:
			continue
		case asciiLetter, asciiDigit, asciiJoiner:
			for last := c; i < len(text); i++ {
				c := asciiClasses[text[i]]
				if c == asciiLetter || c == asciiDigit || c == asciiJoiner {
					last = c
					continue
				}
				if i+1 == len(text) || !bridges(last, c, asciiClasses[text[i+1]]) {
					break
				}
			}
		}
		out = append(out, token{start: int32(start), end: int32(i)})
	}
	return out
}

// bridges reports whether a mark between two characters of a word is of the word.
func bridges(before, mark, after asciiClass) bool {
	switch mark {
	case asciiMidAny:
		return before == after && (before == asciiLetter || before == asciiDigit)
	case asciiMidLet:
		return before == asciiLetter && after == asciiLetter
	case asciiMidNum:
		return before == asciiDigit && after == asciiDigit
	}
	return false
}
