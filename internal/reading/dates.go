package reading

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"readout/timeline"
)

// printedDate is a day as a text prints it: the year or the weekday may be
// missing.
type printedDate struct {
	year       int // 0 where none is printed
	month      time.Month
	day        int
	weekday    int // 1 for Monday to 7 for Sunday, 0 where none is printed
	start, end int // byte offsets in the text that was searched
}

// plain returns s as dates and numbers are looked for in it: full-width digits
// and letters made plain, no-break spaces made spaces.
//
// Numbers in Chinese characters before the words for year, month and day, and
// Arabic-Indic digits, become plain digits too.
func plain(s string) string {
	s = norm.NFKC.String(s)
	if strings.ContainsAny(s, "年月日") {
		s = kanjiDate.ReplaceAllStringFunc(s, func(m string) string {
			unit, n := utf8.DecodeLastRuneInString(m)
			return strconv.Itoa(kanjiNumber(m[:len(m)-n])) + string(unit)
		})
	}
	if strings.IndexByte(s, 0xd9) >= 0 { // the first byte of Arabic-Indic digits
		s = arabicDigits.Replace(s)
	}
	return s
}

// find returns the days that s prints, in order and without overlap. Of a span
// of days it gives the first, with the year that only the last one may print.
func (c *calendar) find(s string) []printedDate {
	if !strings.ContainsAny(s, "0123456789元") {
		return nil
	}
	var out []printedDate
	named := c.namesMonth(s)
	for _, f := range c.formats {
		if f.named && !named {
			continue
		}
		for _, m := range f.pattern.Regexp().FindAllStringSubmatchIndex(s, -1) {
			if d, ok := c.read(s, f, m); ok {
				out = append(out, d)
			}
		}
	}
	slices.SortFunc(out, func(a, b printedDate) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end)) })
	kept := out[:0]
	for _, d := range out {
		if n := len(kept); n > 0 && d.start < kept[n-1].end {
			continue
		}
		kept = append(kept, d)
	}
	for i := len(kept) - 2; i >= 0; i-- {
		if a, b := &kept[i], kept[i+1]; a.year == 0 && b.year != 0 && c.joinsDays(s[a.end:b.start]) {
			a.year = b.year
			if a.month > b.month {
				a.year--
			}
		}
	}
	return kept
}

// gregorian is the year in which our calendar begins: a smaller number is a year of
// another one ("1457/10/28"), whose days are not those of ours.
const gregorian = 1582

// namesMonth reports whether a word of s is the name of a month. It spares most
// lines the search for dates.
func (c *calendar) namesMonth(s string) bool {
	for w := range strings.FieldsFuncSeq(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if len(w) <= 24 && c.months[strings.ToLower(w)] != 0 {
			return true
		}
	}
	return false
}

// joinsDays reports whether the text between two days makes them one span.
func (c *calendar) joinsDays(s string) bool {
	s = strings.ToLower(strings.TrimSpace(s))
	return c.spans[s] || s == "-" || s == "–" || s == "—"
}

// read turns one match of a format into a day. It reports false where the match
// is part of a longer word or number or no day of the calendar.
func (c *calendar) read(s string, f dateFormat, m []int) (printedDate, bool) {
	group := func(i int) string {
		if i == 0 || m[2*i] < 0 {
			return ""
		}
		return s[m[2*i]:m[2*i+1]]
	}
	before, _ := utf8.DecodeLastRuneInString(s[:m[0]])
	after, _ := utf8.DecodeRuneInString(s[m[1]:])
	if wordy(before) && !f.dense || unicode.IsDigit(before) || unicode.IsDigit(after) || unicode.IsLetter(after) && !f.dense {
		return printedDate{}, false
	}
	d := printedDate{start: m[0], end: m[1]}
	d.day, _ = strconv.Atoi(group(f.day))
	if name := group(f.month); name != "" && !isDigit(name[0]) {
		d.month = c.months[strings.ToLower(name)]
	} else {
		n, _ := strconv.Atoi(name)
		d.month = time.Month(n)
	}
	d.year = c.year(group(f.year))
	if d.year != 0 && d.year < gregorian {
		return printedDate{}, false
	}
	d.weekday = cmp.Or(c.weekdays[strings.ToLower(group(f.weekday))], c.weekdays[strings.ToLower(group(f.after))])
	_, err := timeline.NewDate(cmp.Or(d.year, 2000), d.month, d.day) // 2000 has a 29 February
	return d, err == nil
}

func wordy(r rune) bool   { return unicode.IsLetter(r) || unicode.IsDigit(r) }
func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// year reads a year of the common era or of one of the table; 0 is none.
func (c *calendar) year(s string) int {
	s = strings.ReplaceAll(s, " ", "")
	for era, base := range c.eras {
		if rest, ok := strings.CutPrefix(s, era); ok {
			if rest == "元" {
				return base + 1
			}
			n, _ := strconv.Atoi(rest)
			return base + n
		}
	}
	if n, err := strconv.Atoi(s); err == nil && n >= 1000 {
		return n
	}
	return 0
}

// complete gives the day of d. A missing year is the one in which the day fell
// last on or before ref, the day the text is dated; a day that follows ref by
// little is taken as it stands, for texts are dated in other time zones than
// meetings and announce meetings. Where the printed weekday fits another year
// beside that of ref, it decides. The result is zero where neither d nor ref
// knows the year.
func (d printedDate) complete(ref timeline.Date) timeline.Date {
	if d.year != 0 {
		day, _ := timeline.NewDate(d.year, d.month, d.day)
		return day
	}
	if ref.IsZero() {
		return timeline.Date{}
	}
	var best timeline.Date
	bestCost := 1 << 30
	for year := ref.Year() - 1; year <= ref.Year()+1; year++ {
		day, err := timeline.NewDate(year, d.month, d.day)
		if err != nil {
			continue
		}
		ahead := int(day.Time().Sub(ref.Time()).Hours() / 24)
		cost := -ahead // days that passed since
		if ahead > 1 {
			cost = 8 * ahead
		}
		if d.weekday != 0 && d.weekday != (int(day.Time().Weekday())+6)%7+1 {
			cost += 3000
		}
		if cost < bestCost {
			best, bestCost = day, cost
		}
	}
	return best
}

// only returns the day that s prints where it prints nothing else but the
// weekday, the time or words such as "Date:" and "Published on".
func (c *calendar) only(s string) (printedDate, bool) {
	if len(s) > 80 {
		return printedDate{}, false
	}
	s = strings.TrimSpace(plain(s))
	days := c.find(s)
	if len(days) == 0 || len(days) > 2 {
		return printedDate{}, false
	}
	rest := s
	for _, d := range slices.Backward(days) {
		rest = rest[:d.start] + " " + rest[d.end:]
	}
	for w := range strings.FieldsFuncSeq(rest, func(r rune) bool { return !unicode.IsLetter(r) }) {
		w = strings.ToLower(w)
		if _, ok := c.weekdays[w]; !ok && !c.lineWord[w] {
			return printedDate{}, false
		}
	}
	return days[0], true
}

// bare returns a line without the brackets around it and the shortened word for
// year at its end: "(Київ, 2 березня 2043 р.)".
func (c *calendar) bare(s string) string {
	if bracketed(s) {
		_, open := utf8.DecodeRuneInString(s)
		_, end := utf8.DecodeLastRuneInString(s)
		s = strings.TrimSpace(s[open : len(s)-end])
	}
	if rest, ok := strings.CutSuffix(s, "."); ok {
		if at := strings.LastIndexByte(rest, ' '); at >= 0 && c.lineWord[strings.ToLower(rest[at+1:])] {
			return strings.TrimSpace(rest[:at])
		}
	}
	return s
}

// metaDate reads the day of a front matter or header field: ISO 8601 with or
// without a time, RFC 1123, or any printed form.
func (c *calendar) metaDate(s string) timeline.Date {
	s = strings.TrimSpace(s)
	for _, layout := range []string{time.RFC1123, time.RFC1123Z, time.RFC850, time.ANSIC} {
		if t, err := time.Parse(layout, s); err == nil {
			return timeline.DateOf(t)
		}
	}
	if len(s) >= 10 {
		if d, err := timeline.ParseDate(s[:10]); err == nil {
			return d
		}
	}
	if len(s) == 8 {
		if t, err := time.Parse("20060102", s); err == nil {
			return timeline.DateOf(t)
		}
	}
	if days := c.find(plain(s)); len(days) > 0 {
		return days[0].complete(timeline.Date{})
	}
	return timeline.Date{}
}

// relativeDay finds a day that s gives by reference to the day the text is dated
// ("today", "yesterday", "on Thursday"), or the zero Date.
func (c *calendar) relativeDay(s string, ref timeline.Date) timeline.Date {
	if ref.IsZero() {
		return timeline.Date{}
	}
	if strings.Contains(s, "日") {
		if d := dayOfMonth(s, ref); !d.IsZero() {
			return d
		}
	}
	for _, w := range c.relative {
		if w.pattern.MatchString(s) {
			return ref.AddDays(w.days)
		}
	}
	if m := c.onWeek.FindStringSubmatchIndex(s); m != nil && !dayFollows.MatchString(s[m[3]:]) {
		want := c.weekdays[strings.ToLower(s[m[2]:m[3]])]
		for back := range 7 {
			if d := ref.AddDays(-back); (int(d.Time().Weekday())+6)%7+1 == want {
				return d
			}
		}
	}
	return timeline.Date{}
}

// dayFollows tells a weekday that stands before its date: "am Donnerstag, 12. März".
var dayFollows = regexp.MustCompile(`^,? *\d`)

// dayOfMonth finds a day of the month that is printed without the month, or the
// zero Date: the last such day up to the one after ref.
func dayOfMonth(s string, ref timeline.Date) timeline.Date {
	s = plain(withoutAsides(s))
	m := dayAlone.FindStringSubmatch(s)
	if m == nil || dayInMonth.MatchString(s) {
		return timeline.Date{}
	}
	day, _ := strconv.Atoi(m[1])
	for back := range 32 {
		if d := ref.AddDays(1 - back); d.Day() == day {
			return d
		}
	}
	return timeline.Date{}
}

// startsMonth reports whether s begins with the name of a month.
func (c *calendar) startsMonth(s string) bool {
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		end = len(s)
	}
	return c.months[strings.ToLower(s[:end])] != 0
}
