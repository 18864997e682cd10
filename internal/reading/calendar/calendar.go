// Package calendar finds the days that a text prints: "Monday, 5 June 2034",
// "令和16年6月5日", "23–24 January", "today".
//
// A [Calendar] knows the words of its table, which is a data file, and reads a text
// word by word: a day is a number with the name or the number of a month beside it, in
// one of the orders in which languages write them. [Calendar.Find] returns the days
// with a month, [Calendar.Partial] what gives only a day or only a month, and
// [Calendar.Relative] counts from the day on which a text is dated. No part that is not
// printed is made up: to say in which year a day was is up to the caller.
package calendar

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"readout/internal/rules/list"
)

// role is what a word can be beside a number. A word may have several.
type role uint16

const (
	span    role = 1 << iota // joins the first day to the last: "to", "bis"
	of                       // between day, month and year: "of", "de"
	article                  // between the weekday and the day: "the", "den"
	daytime                  // between the weekday and the day, too: "afternoon"
	ordinal                  // right behind a number: "th", "er"
	on                       // before a weekday that counts from the day of the text
	line                     // may stand in a line of the day: "published"
	monthAs                  // before the number of a month: "tháng"
	yearAs                   // before the number of a year: "năm"
	monthOf                  // behind the number of a month: "дугаар сарын"
	yearOf                   // behind the number of a year: "оны", "жылғы"
)

// word is what the table says of a word.
type word struct {
	month, weekday uint8 // 1 for January and Monday, 0 for none
	solar          uint8 // the month of the solar Hijri year, 1 for Farvardin, 0 for none
	// capital says that the word must be written with one to be a month or weekday:
	// "May", "Sun".
	capital bool
	roles   role
}

// Calendar is a table of words. It does not change once it is made and may be used by
// several goroutines.
type Calendar struct {
	words    map[string]*word
	lengths  [256]uint64         // by the first byte in small letters, a bit for the length of each word
	pairs    map[string][]string // names with a sign or space in them, by the word before it: "كانون الثاني", "มี.ค"
	eras     []era
	relative map[string][]relative // by language
	ahead    map[string]int        // by language, by how many years those that it counts are ahead of ours
	solar    map[string]bool       // by language, that it has months of the solar Hijri year

	dayFirst   bool // of two numbers with a stroke between, the first is the day
	monthFirst bool // it is the month
	years      int  // taken off years beyond [farYear], which are of another count
	hijri      bool // years from [firstSolar] to [lastSolar] are of the solar Hijri calendar
}

// In returns the calendar for texts in a language other than English: the day stands before
// the month ("3/4/2041" is in April), and years may be counted as in Thailand or Iran.
func (c *Calendar) In(language string) *Calendar {
	d := *c.DayFirst()
	language, _, _ = strings.Cut(language, "-")
	d.years, d.hijri = c.ahead[language], c.solar[language]
	return &d
}

// DayFirst returns the calendar for texts in which the day stands before the month.
func (c *Calendar) DayFirst() *Calendar {
	d := *c
	d.dayFirst = true
	return &d
}

type era struct {
	name string
	base int
}

// Default returns the calendar of the built-in table.
func Default() *Calendar {
	c, err := New(nil)
	if err != nil {
		panic("built-in rules: " + err.Error()) // our own file, and a test reads it
	}
	return c
}

// New returns the calendar of a book of rules: calendar.tsv, whose head describes the
// lines. An error names the line.
func New(b *list.Book) (*Calendar, error) {
	c := &Calendar{words: make(map[string]*word), pairs: make(map[string][]string), relative: make(map[string][]relative),
		ahead: make(map[string]int), solar: make(map[string]bool)}
	for _, l := range b.Lines("calendar.tsv") {
		if err := c.read(l); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// kinds are the roles by the names that lines of the table give them.
var kinds = map[string]role{
	"span": span, "of": of, "the": article, "daytime": daytime, "ordinal": ordinal, "on": on, "line": line, "month-number": monthAs, "year-number": yearAs,
	"month-mark": monthOf, "year-mark": yearOf,
}

// days are the kinds of line whose words name a day by that of the text.
var days = map[string]int{"tomorrow": 1, "today": 0, "yesterday": -1}

// read takes in a line of the table.
func (c *Calendar) read(l list.Line) error {
	fields := l.Fields()
	kind, language, more := strings.Cut(fields[0], " ")
	if !more {
		kind, language = "months", kind
	}
	if err := checkKind(kind, len(fields)-1); err != nil {
		return l.Errorf("%w", err)
	}
	for i, field := range fields[1:] {
		for name := range strings.SplitSeq(field, "|") {
			c.learn(kind, language, name, i+1)
		}
	}
	return nil
}

// checkKind says what is wrong with a kind of line that names n words.
func checkKind(kind string, n int) error {
	want := 1
	_, aDay := days[kind]
	switch _, aRole := kinds[kind]; {
	case kind == "months", kind == "solar":
		want = 12
	case kind == "weekdays":
		want = 7
	case !aDay && !aRole && kind != "era" && kind != "ahead":
		return fmt.Errorf("unknown kind of line %q", kind)
	}
	if n != want {
		return fmt.Errorf("%s: have %d fields of names, want %d", kind, n, want)
	}
	return nil
}

// learn takes in one word of a kind of line; i is the number of its field.
func (c *Calendar) learn(kind, language, name string, i int) {
	if n, ok := days[kind]; ok {
		c.relative[language] = append(c.relative[language], newRelative(name, n))
		return
	}
	if kind == "era" {
		if name, first, ok := strings.Cut(name, " "); ok {
			year, _ := strconv.Atoi(first)
			c.eras = append(c.eras, era{name, year - 1})
		}
		return
	}
	if kind == "ahead" {
		c.ahead[language], _ = strconv.Atoi(name)
		return
	}
	folded := strings.ToLower(name)
	w := c.words[folded]
	if w == nil {
		w = &word{}
		c.words[folded] = w
		c.lengths[fold(folded[0])] |= lengthBit(folded)
	}
	switch kind {
	case "solar":
		w.solar, c.solar[language] = uint8(i), true
	case "months", "weekdays":
		capital := folded != name
		named := w.month|w.weekday > 0
		w.capital = capital && (!named || w.capital)
		if kind == "months" {
			w.month = uint8(i)
		} else {
			w.weekday = uint8(i)
		}
	default:
		w.roles |= kinds[kind]
	}
	if at := strings.IndexFunc(folded, func(r rune) bool { return !isLetter(r) }); at > 0 {
		c.pairs[folded[:at]] = append(c.pairs[folded[:at]], folded)
	}
}

// lookup returns what the table says of the text of a word, nil for nothing.
func (c *Calendar) lookup(s string) *word {
	if s == "" || c.lengths[fold(s[0])]&lengthBit(s) == 0 {
		return nil // as with most words of a text
	}
	var buf [maxWord]byte
	n := 0
	for ; n < len(s) && n < maxWord && s[n] < utf8.RuneSelf; n++ {
		buf[n] = fold(s[n])
	}
	if n == len(s) {
		return c.words[string(buf[:n])] // which copies nothing
	}
	return c.words[strings.ToLower(s)]
}

// maxWord is the length from which all words are one to [lengthBit].
const maxWord = 63

// lengthBit returns a bit for the length of a word in bytes. Letters of these languages
// take as many as a capital.
func lengthBit(s string) uint64 {
	return 1 << min(len(s), maxWord)
}

// fold returns an ASCII letter in its small form, and any other byte as it is, but that
// all beyond ASCII are one: capitals begin with other bytes there.
func fold(b byte) byte {
	switch {
	case 'A' <= b && b <= 'Z':
		return b + 'a' - 'A'
	case b >= utf8.RuneSelf:
		return utf8.RuneSelf
	}
	return b
}

// Month returns the month that the word names, 0 for none. Case does not count.
func (c *Calendar) Month(s string) time.Month {
	if w := c.lookup(s); w != nil {
		return time.Month(w.month)
	}
	return 0
}

// Weekday returns the day of the week that the word names, 1 for Monday to 7 for
// Sunday, 0 for none. Case does not count.
func (c *Calendar) Weekday(s string) int {
	if w := c.lookup(s); w != nil {
		return int(w.weekday)
	}
	return 0
}

// LineWord reports whether a line of the day may have the word beside the day.
func (c *Calendar) LineWord(s string) bool {
	w := c.lookup(s)
	return w != nil && w.roles&line != 0
}

// StartsMonth reports whether s begins with the name of a month.
func (c *Calendar) StartsMonth(s string) bool {
	end := strings.IndexFunc(s, func(r rune) bool { return !isLetter(r) })
	if end < 0 {
		end = len(s)
	}
	return c.Month(s[:end]) != 0
}
