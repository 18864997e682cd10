package pattern

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// NoWord is an expression of a character that is no part of a word: no letter, number or
// vowel sign of India. The points of Arabic and Hebrew, which may be left out, end one.
const NoWord = `[^\pL\pN\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Tamil}\p{Telugu}\p{Kannada}\p{Malayalam}\p{Sinhala}]`

// Words returns a pattern that finds any of the expressions as whole words in any case;
// the dense ones, those of scripts without spaces, match anywhere. Group 1 or 2 is what
// matched. [Pattern.FindWords] finds the same places in a hundredth of the time: it goes
// over the text once and asks an expression only where a word begins as the expression
// does. Lists of words are long, and most texts have none of them.
func Words(spaced, dense []string) *Pattern {
	const never = `^\b\B`
	all, anywhere := cmp.Or(strings.Join(spaced, "|"), never), cmp.Or(strings.Join(dense, "|"), never)
	p := New(`(?:^|` + NoWord + `)((?i:` + all + `))(?:$|` + NoWord + `)|((?i:` + anywhere + `))`)
	p.words = sync.OnceValue(func() *wordSet {
		return &wordSet{
			spaced: newTree(spaced, `(?:$|`+NoWord+`)`),
			dense:  newTree(dense, ""),
		}
	})
	return p
}

// Openings returns a pattern of any of the expressions at the beginning of a text, in any
// case. Whether it matches is asked as [Words] does, of the expressions that begin as the
// text does.
func Openings(exprs []string) *Pattern {
	p := New(`(?i)^(?:` + strings.Join(exprs, "|") + `)`)
	p.opens = sync.OnceValue(func() *tree { return newTree(exprs, "") })
	return p
}

// FindWords returns the place of the first match of a pattern made by [Words], or nil.
func (p *Pattern) FindWords(s string) []int { return p.words().find(s) }

// wordSet are expressions by the letters with which their matches begin.
type wordSet struct {
	spaced *tree // tried where a word begins
	dense  *tree // tried anywhere
}

// find returns the first match. Of matches at one place the expression that stands first
// decides, and one of whole words before one that stands anywhere.
func (w *wordSet) find(s string) []int {
	if m := w.spaced.at(s, 0); m != nil {
		return m
	}
	for i := 0; i < len(s); {
		r, n := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s[i:])
		}
		if !wordRune(r) {
			if m := w.spaced.at(s, i+n); m != nil {
				return m
			}
		}
		if m := w.dense.at(s, i); m != nil {
			return m
		}
		i += n
	}
	return nil
}

// wordRune reports whether a word goes on with r: it is not what [NoWord] is.
func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	if ideograph(r) {
		return true
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) && unicode.In(r, unicode.Devanagari, unicode.Bengali,
		unicode.Gurmukhi, unicode.Gujarati, unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala)
}

// ideograph reports whether r is of the blocks of Han and Hangul that nearly all texts in them are written in: letters
// without case, which the tables of Unicode find late.
func ideograph(r rune) bool { return 0x4e00 <= r && r <= 0x9ffc || 0xac00 <= r && r <= 0xd7a3 }

// tree is a tree of the letters with which expressions begin, written in the least letter
// of every case.
type tree struct {
	root  branch
	exprs []*expression
}

// expression is one line of a list, compiled when a word begins as it does.
type expression struct {
	start bool // it matches at the beginning of a text alone
	re    func() *regexp.Regexp
}

type branch struct {
	exprs []int // those that begin so, whatever follows
	next  []twig
	ascii []*branch // those of next by their letters of ASCII; nil where next is looked through
}

type twig struct {
	letter rune
	branch *branch
}

// newTree returns the tree of expressions; behind each match stands what end matches.
func newTree(exprs []string, end string) *tree {
	t := &tree{}
	for i, expr := range exprs {
		t.exprs = append(t.exprs, &expression{
			start: strings.HasPrefix(expr, "^"),
			re:    sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^((?i:` + expr + `))` + end) }),
		})
		for _, prefix := range prefixesOf(expr) {
			b := &t.root
			for _, r := range prefix {
				b = b.grow(least(r))
			}
			b.exprs = append(b.exprs, i)
		}
	}
	t.root.spread()
	return t
}

// at returns the place of the match that begins at i, or nil.
func (t *tree) at(s string, i int) []int {
	if len(t.exprs) == 0 {
		return nil
	}
	var room [8]int
	may := append(room[:0], t.root.exprs...)
	b := &t.root
	for rest := s[i:]; rest != "" && len(b.next) > 0; {
		r, n := rune(rest[0]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(rest)
		}
		if b = b.at(least(r)); b == nil {
			break
		}
		may = append(may, b.exprs...)
		rest = rest[n:]
	}
	if len(may) == 0 {
		return nil
	}
	slices.Sort(may)
	for _, k := range slices.Compact(may) {
		if e := t.exprs[k]; !e.start || i == 0 {
			if m := e.re().FindStringSubmatchIndex(s[i:]); m != nil {
				return []int{i + m[2], i + m[3]}
			}
		}
	}
	return nil
}

func (b *branch) grow(r rune) *branch {
	if next := b.at(r); next != nil {
		return next
	}
	next := new(branch)
	b.next = append(b.next, twig{r, next})
	return next
}

// spread lays out the branches of letters of ASCII: a root has many.
func (b *branch) spread() {
	ascii := make([]*branch, utf8.RuneSelf)
	for r := range ascii {
		ascii[r] = b.at(rune(r))
	}
	b.ascii = ascii
}

func (b *branch) at(r rune) *branch {
	if b.ascii != nil && r < utf8.RuneSelf {
		return b.ascii[r]
	}
	for i := range b.next {
		if b.next[i].letter == r {
			return b.next[i].branch
		}
	}
	return nil
}

// least returns the first of the letters that are the same but for case: 'K' for 'k' and
// for the sign of Kelvin.
func least(r rune) rune {
	if r < utf8.RuneSelf {
		if 'a' <= r && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}
	if ideograph(r) {
		return r
	}
	first := r
	for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
		first = min(first, other)
	}
	return first
}
