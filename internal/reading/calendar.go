package reading

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"readout/internal/rules/pattern"
)

// calendar knows the names of months and weekdays and finds printed days.
type calendar struct {
	months   map[string]time.Month // in lower case
	weekdays map[string]int
	eras     map[string]int  // the year before the first of each era
	lineWord map[string]bool // what a line may say beside its date and still be a date line
	spans    map[string]bool // what joins the first day of a span to its last
	formats  []dateFormat
	onWeek   *pattern.Pattern
	relative []relativeWords
}

// relativeWords give a day by that on which the text is dated.
type relativeWords struct {
	pattern *pattern.Pattern
	days    int
}

// dateFormat is one way of printing a day. The fields are the numbers of the
// pattern's groups, 0 where it has none.
type dateFormat struct {
	pattern                          *pattern.Pattern
	year, month, day, weekday, after int
	named                            bool // the month is a name
	dense                            bool // letters may stand right beside it
}

// newCalendar reads the table of calendar.tsv, whose head describes its lines.
func newCalendar(table string) *calendar {
	c := &calendar{
		months: make(map[string]time.Month), weekdays: make(map[string]int),
		eras: make(map[string]int), lineWord: make(map[string]bool), spans: make(map[string]bool),
	}
	words := make(map[string][]string) // patterns, by kind of line
	for line := range strings.Lines(table) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(line, "\t")
		kind, _, more := strings.Cut(fields[0], " ")
		if !more {
			kind = "months"
		}
		for i, field := range fields[1:] {
			for name := range strings.SplitSeq(field, "|") {
				c.learn(kind, name, i+1)
				words[kind] = append(words[kind], anyCase(name))
			}
		}
	}
	c.compile(words)
	return c
}

// learn takes in one word of a kind of line; i is the number of its field.
func (c *calendar) learn(kind, name string, i int) {
	folded := strings.ToLower(name)
	switch kind {
	case "months":
		c.months[folded] = time.Month(i)
	case "weekdays":
		c.weekdays[folded] = i
	case "line":
		c.lineWord[folded] = true
	case "span":
		c.spans[folded] = true
	case "era":
		if era, first, ok := strings.Cut(name, " "); ok {
			year, _ := strconv.Atoi(first)
			c.eras[era] = year - 1
		}
	}
}

// compile makes the patterns. What stands in them beside the words of the table is
// how numbers of days are written: ordinals, signs, and the characters for year,
// month and day, which are no words of one language.
func (c *calendar) compile(words map[string][]string) {
	m, w, of := alternatives(words["months"]), alternatives(words["weekdays"]), alternatives(words["of"])
	era := alternatives(slices.Collect(maps.Keys(c.eras)))
	week := `(?:(` + w + `)\.?,?\s+(?:(?:` + alternatives(words["the"]) + `)\s+)?)?`
	more := `(?:\s*(?:` + alternatives(words["span"]) + `|-|–|—|/)\s*\d{1,2}(?:st|nd|rd|th|\.)?)?`
	after := `(?:,?\s*\((` + w + `)\.?\))?`
	c.formats = []dateFormat{
		{pattern: pattern.New(`(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})`), year: 1, month: 2, day: 3},
		{pattern: pattern.New(week + `(\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?` + more + `\s+(?:(?:` + of + `)\s+)?(` + m + `)\.?` + after + `(?:,?\s+(?:(?:` + of + `)\s+)?(\d{4}))?`), weekday: 1, day: 2, month: 3, after: 4, year: 5, named: true},
		{pattern: pattern.New(week + `(` + m + `)\.?\s+(\d{1,2})(?:st|nd|rd|th)?` + more + after + `(?:,?\s+(\d{4}))?`), weekday: 1, month: 2, day: 3, after: 4, year: 5, named: true},
		{pattern: pattern.New(`(?:((?:` + era + `)?\s*(?:\d{1,4}|元))\s*[年년]\s*)?(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]`), year: 1, month: 2, day: 3, dense: true},
		{pattern: pattern.New(`(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})`), day: 1, month: 2, year: 3},
		{pattern: pattern.New(`(\d{4})\.\s(\d{1,2})\.\s(\d{1,2})\.?`), year: 1, month: 2, day: 3},
		{pattern: pattern.New(`(\d{1,2})\.\s?(\d{1,2})\.?\s?\((` + w + `)\)`), month: 1, day: 2, after: 3, dense: true}, // "5.3.(금)"
		// With strokes, the month comes first or second: only a number above 12
		// tells, and else the day is not known.
		{pattern: pattern.New(`(1[3-9]|2\d|3[01])/(\d{1,2})/(\d{4})`), day: 1, month: 2, year: 3},
		{pattern: pattern.New(`(\d{1,2})/(1[3-9]|2\d|3[01])/(\d{4})`), month: 1, day: 2, year: 3},
	}
	c.onWeek = pattern.New(`(?:^|[^\pL\pN])(?:` + alternatives(words["on"]) + `)\s+(` + w + `)(?:$|[^\pL\pN])`)
	for kind, days := range map[string]int{"today": 0, "yesterday": -1} {
		c.relative = append(c.relative, relativeWords{wholeWords(words[kind]), days})
	}
	slices.SortFunc(c.relative, func(a, b relativeWords) int { return b.days - a.days })
}

// anyCase returns a pattern for a name: one in small letters in any case, one
// with a capital in that form or all in capitals.
func anyCase(name string) string {
	if strings.ToLower(name) == name {
		return `(?i:` + regexp.QuoteMeta(name) + `)`
	}
	return regexp.QuoteMeta(name) + `|` + regexp.QuoteMeta(strings.ToUpper(name))
}

// alternatives joins patterns, the longest first so that "Sept" is not read as
// "Sep".
func alternatives(patterns []string) string {
	sorted := slices.Clone(patterns)
	slices.SortFunc(sorted, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	return strings.Join(slices.Compact(sorted), "|")
}
