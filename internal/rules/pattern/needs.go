package pattern

import (
	"regexp/syntax"
	"slices"
	"unicode"
	"unicode/utf8"
)

// needs are characters of which a text must have one to hold a match: a pattern of stars at the ends of
// words is not tried on a text without a star. Nil says nothing of any text.
type needs struct {
	ascii [utf8.RuneSelf]bool
	wide  []rune // the others
}

// needsOf returns what matches of an expression cannot be without.
func needsOf(expr string) *needs {
	re, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return nil
	}
	some := someOf(re.Simplify())
	if some == nil || cost(some) > mostCost {
		return nil
	}
	n := &needs{}
	for _, r := range some {
		if r < utf8.RuneSelf {
			n.ascii[r] = true
		} else {
			n.wide = append(n.wide, r)
		}
	}
	return n
}

// met reports whether s has one of the characters.
func (n *needs) met(s string) bool {
	if n == nil {
		return true
	}
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if n.ascii[c] {
				return true
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if slices.Contains(n.wide, r) {
			return true
		}
		i += size
	}
	return false
}

// mostCost is up to which cost characters are looked for: commoner ones are in nearly every text.
const mostCost = 24

// cost is how common characters are, and so how little it tells that a text has one of them.
func cost(some []rune) (sum int) {
	for _, r := range some {
		switch {
		case r == ' ' || r == '.' || r == ',':
			sum += mostCost
		case unicode.IsLetter(r):
			sum += 4
		default:
			sum++
		}
	}
	return sum
}

// someOf returns characters of which every match has one, the rarest that were found; nil for none.
func someOf(re *syntax.Regexp) []rune {
	switch re.Op {
	case syntax.OpLiteral:
		var best []rune
		for _, r := range re.Rune {
			best = rarer(best, forms(r, re.Flags&syntax.FoldCase != 0))
		}
		return best
	case syntax.OpCharClass:
		return members(re.Rune)
	case syntax.OpCapture, syntax.OpPlus:
		return someOf(re.Sub[0])
	case syntax.OpConcat:
		var best []rune
		for _, sub := range re.Sub {
			best = rarer(best, someOf(sub))
		}
		return best
	case syntax.OpAlternate:
		var all []rune
		for _, sub := range re.Sub {
			some := someOf(sub)
			if some == nil {
				return nil
			}
			all = append(all, some...)
		}
		return all
	}
	return nil
}

// rarer returns the rarer of two sets of characters; nil is none.
func rarer(a, b []rune) []rune {
	if a == nil || b != nil && cost(b) < cost(a) {
		return b
	}
	return a
}

// forms returns a character with those that are the same but for case, where case does not count; nil
// for the one that bytes which are no UTF-8 are taken for.
func forms(r rune, fold bool) []rune {
	if r == utf8.RuneError {
		return nil
	}
	out := []rune{r}
	for other := unicode.SimpleFold(r); fold && other != r; other = unicode.SimpleFold(other) {
		out = append(out, other)
	}
	return out
}

// members returns the characters of a small class.
func members(ranges []rune) []rune {
	var out []rune
	for i := 0; i < len(ranges); i += 2 {
		if ranges[i+1]-ranges[i] > mostCost || len(out) > mostCost || ranges[i] <= utf8.RuneError && utf8.RuneError <= ranges[i+1] {
			return nil
		}
		for r := ranges[i]; r <= ranges[i+1]; r++ {
			out = append(out, r)
		}
	}
	return out
}
