package list

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// A wording is how rule files write a phrase in all its forms: words with these signs
// between their letters.
//
//	a|b        either; in brackets ( ) inside a phrase
//	[ ]        may be missing: "visit[s]", "[state ]visit"
//	*          any letters, or none: the rest of a word
//	+          any letters, one at least
//	<word>     a word; <Name> one that begins with a capital
//	<number>   figures; <numeral> a number or letter that counts, as "IV"; <year>; <clock>
//	<3 words>  up to three words, each with the space behind it
//	<9 letters>, <1-9 letters>        anything so long inside a clause
//	<9 characters>, <1-9 characters>  anything so long
//	<edge>     a word ends here; <stop> a colon, dash or full stop, or nothing; <end> nothing
//	{ }        what is asked for
//	\          before one of these signs, or "?", that stands for itself
//	/…/        all of the rule is a regular expression, where letters are described and not words
//
// [Expression] returns the regular expression of a wording, which is what packages go by,
// and [Sample] a text that fits one.

// slots are what stands between "<" and ">", with the expression of each and a text that
// fits it.
var slots = map[string][2]string{
	"word":    {`(?:(?:\pL\.)+|[\pL\pN]+)(?:[’'.&/–-]+[\pL\pN]+)*[’']?`, "gulls"},
	"Name":    {`\p{Lu}[\pL’'-]*`, "Hamm"},
	"number":  {`\p{Nd}+`, "7"},
	"numeral": {`(?:[A-Z]|[IVX]{1,5}|(?:№\s*)?\p{Nd}{1,2}|[一二三四五六七八九十]{1,3})`, "II"},
	"year":    {`(?:19|20)\d\d`, "2041"},
	"clock":   {`\d{1,2}[:.]\d\d`, "12:30"},
	"edge":    {`(?:[^\pL\pN]|$)`, ""},
	"stop":    {`\s*(?:[:：.–—-]|$)`, ":"},
	"end":     {`\s*$`, ""},
}

// units are what the lengths of gaps are told in.
var units = map[string][2]string{
	"word":      {`(?:` + slots["word"][0] + ` )`, "gulls "},
	"letter":    {`[^.!?。,，、;:]`, "a"},
	"character": {`.`, "a"},
}

// gap is a slot of some length: "3 words", "1-40 letters".
var gap = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:(\d)-)?(\d{1,3}) (word|letter|character)s?$`) })

// signs are the characters that do not stand for themselves.
const signs = `|()[]{}<>*+?\`

// Expression returns the regular expression of a wording.
func Expression(wording string) (string, error) {
	if expr, ok := onLetters(wording); ok {
		_, err := regexp.Compile(expr)
		return expr, err
	}
	w := writer{rest: wording}
	err := w.either("")
	return w.expr.String(), err
}

// Expressions returns the regular expressions of wordings.
func Expressions(wordings []string) ([]string, error) {
	out := make([]string, len(wordings))
	var errs []error
	for i, w := range wordings {
		var err error
		if out[i], err = Expression(w); err != nil {
			errs = append(errs, err)
		}
	}
	return out, errors.Join(errs...)
}

// Sample returns a text that fits a wording, of several the first and shortest; "" where
// the wording describes letters.
func Sample(wording string) string {
	if _, ok := onLetters(wording); ok {
		return ""
	}
	w := writer{rest: wording}
	if w.either("") != nil {
		return ""
	}
	return w.sample.String()
}

// Alternatives parts a wording at the signs "|" that stand in no brackets.
func Alternatives(wording string) []string {
	if _, ok := onLetters(wording); ok {
		return []string{wording}
	}
	var out []string
	depth, from := 0, 0
	for i := 0; i < len(wording); i++ {
		switch wording[i] {
		case '\\':
			i++
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth--
		case '|':
			if depth == 0 {
				out = append(out, wording[from:i])
				from = i + 1
			}
		}
	}
	return append(out, wording[from:])
}

// onLetters returns what stands between the slashes of a rule on letters.
func onLetters(wording string) (string, bool) {
	if len(wording) < 2 || wording[0] != '/' || wording[len(wording)-1] != '/' {
		return "", false
	}
	return wording[1 : len(wording)-1], true
}

// writer writes the expression of a wording and a text that fits it.
type writer struct {
	rest   string // what is not read yet
	expr   strings.Builder
	sample strings.Builder
	silent int // above 0 where the text has this part not
}

// either reads alternatives up to a closing sign, "" for the end of the wording.
func (w *writer) either(end string) error {
	first := true
	for w.rest != "" {
		c := w.rest[:1]
		if !strings.Contains(signs, c) {
			n := strings.IndexAny(w.rest, signs)
			if n < 0 {
				n = len(w.rest)
			}
			w.write(regexp.QuoteMeta(w.rest[:n]), w.rest[:n])
			w.rest = w.rest[n:]
			continue
		}
		w.rest = w.rest[1:]
		if c == end {
			w.speak(first)
			return nil
		}
		if c == "|" {
			w.expr.WriteByte('|')
			if first {
				w.silent++
			}
			first = false
			continue
		}
		if err := w.sign(c); err != nil {
			return err
		}
	}
	w.speak(first)
	if end != "" {
		return fmt.Errorf("%q is missing", end)
	}
	return nil
}

// speak lets the text go on behind alternatives, of which it has the first.
func (w *writer) speak(first bool) {
	if !first {
		w.silent--
	}
}

// write adds an expression, and to the text what fits it.
func (w *writer) write(expr, text string) {
	w.expr.WriteString(expr)
	if w.silent == 0 {
		w.sample.WriteString(text)
	}
}

// sign reads on behind a sign.
func (w *writer) sign(c string) error {
	switch c {
	case "(":
		return w.group("(?:", ")", ")")
	case "{":
		return w.group("(", "}", ")")
	case "[":
		w.silent++
		defer func() { w.silent-- }()
		return w.group("(?:", "]", ")?")
	case "*":
		w.write(`[\pL\pM]*`, "")
	case "+":
		w.write(`[\pL\pM]+`, "a")
	case "<":
		return w.slot()
	case `\`:
		if w.rest == "" || !strings.Contains(signs, w.rest[:1]) {
			return errors.New(`"\" stands before no sign: a rule on letters, which is a regular expression, stands between slashes`)
		}
		w.write(`\`+w.rest[:1], w.rest[:1])
		w.rest = w.rest[1:]
	default:
		return fmt.Errorf("%q stands alone: a rule on letters, which is a regular expression, stands between slashes", c)
	}
	return nil
}

// group reads alternatives in brackets.
func (w *writer) group(open, end, closed string) error {
	w.expr.WriteString(open)
	err := w.either(end)
	w.expr.WriteString(closed)
	return err
}

// slot reads what stands between "<" and ">".
func (w *writer) slot() error {
	name, rest, ok := strings.Cut(w.rest, ">")
	if !ok {
		return errors.New(`">" is missing`)
	}
	w.rest = rest
	if s, ok := slots[name]; ok {
		w.write(s[0], s[1])
		return nil
	}
	m := gap().FindStringSubmatch(name)
	if m == nil {
		return fmt.Errorf("<%s> is not known", name)
	}
	least, _ := strconv.Atoi(m[1])
	unit := units[m[3]]
	w.write(fmt.Sprintf("%s{%d,%s}", unit[0], least, m[2]), strings.Repeat(unit[1], least))
	return nil
}
