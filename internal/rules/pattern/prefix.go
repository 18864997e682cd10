package pattern

import (
	"regexp/syntax"
	"slices"
	"strings"
)

// Bounds of the openings of one expression: how many letters one has, how many letters of
// a class are followed, how many openings there are.
const (
	longestOpening = 6
	widestClass    = 12
	mostOpenings   = 400
)

// opening is how matches begin. One that is closed may be followed by anything.
type opening struct {
	letters []rune
	closed  bool
}

// prefixesOf returns how the matches of an expression begin: every match begins with one
// of them, in any case. An expression that is not valid begins with anything.
func prefixesOf(expr string) [][]rune {
	re, err := syntax.Parse(wide.Replace(expr), syntax.Perl)
	if err != nil {
		return [][]rune{nil}
	}
	var out [][]rune
	for _, o := range openingsIn(re.Simplify()) {
		out = append(out, o.letters)
	}
	return out
}

// wide puts any letter in place of the classes that wordings have for their endings: a match
// that begins with one begins with anything, and to lay their tables out would be two thirds
// of the time in which all patterns are read.
var wide = strings.NewReplacer(`[\pL\pM]`, ".", `[\pL\pN]`, ".", `\pL`, `\w`)

// anything is the opening of what is not looked into.
func anything() []opening { return []opening{{closed: true}} }

// openingsIn returns the openings of a syntax tree.
func openingsIn(re *syntax.Regexp) []opening {
	switch re.Op {
	case syntax.OpLiteral:
		return []opening{{letters: re.Rune}}
	case syntax.OpCharClass:
		return lettersOf(re.Rune)
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText,
		syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return []opening{{}}
	case syntax.OpNoMatch:
		return nil
	case syntax.OpCapture:
		return openingsIn(re.Sub[0])
	case syntax.OpQuest:
		return append(openingsIn(re.Sub[0]), opening{})
	case syntax.OpStar:
		return append(closed(openingsIn(re.Sub[0])), opening{})
	case syntax.OpPlus:
		return closed(openingsIn(re.Sub[0]))
	case syntax.OpConcat:
		return inTurn(re.Sub)
	case syntax.OpAlternate:
		var out []opening
		for _, sub := range re.Sub {
			out = append(out, openingsIn(sub)...)
		}
		return out
	}
	return anything()
}

// lettersOf returns the letters of a small class, each as an opening.
func lettersOf(ranges []rune) []opening {
	var out []opening
	for i := 0; i < len(ranges); i += 2 {
		if ranges[i+1]-ranges[i] >= widestClass || len(out) > widestClass {
			return anything()
		}
		for r := ranges[i]; r <= ranges[i+1]; r++ {
			out = append(out, opening{letters: []rune{r}})
		}
	}
	return out
}

func closed(from []opening) []opening {
	for i := range from {
		from[i].closed = true
	}
	return from
}

// inTurn returns the openings of expressions that follow each other.
func inTurn(subs []*syntax.Regexp) []opening {
	done, open := []opening(nil), []opening{{}}
	for _, sub := range subs {
		next := openingsIn(sub)
		if len(open)*len(next)+len(done) > mostOpenings {
			break
		}
		var longer []opening
		for _, o := range open {
			for _, n := range next {
				both := opening{slices.Concat(o.letters, n.letters), n.closed}
				if both.closed || len(both.letters) >= longestOpening {
					done = append(done, opening{both.letters, true})
				} else {
					longer = append(longer, both)
				}
			}
		}
		if open = longer; len(open) == 0 {
			return done
		}
	}
	return append(done, open...)
}
