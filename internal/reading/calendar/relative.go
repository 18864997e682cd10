package calendar

import (
	"strings"
	"time"
	"unicode/utf8"

	"readout/timeline"
)

// relative is a word that names a day by that on which the text is dated.
type relative struct {
	text  string // in small letters
	days  int
	dense bool // of a script without spaces: found anywhere
}

func newRelative(text string, days int) relative {
	first, _ := utf8.DecodeRuneInString(text)
	return relative{strings.ToLower(text), days, unspaced(first)}
}

// Relative returns the day that s gives by reference to the day on which the text is
// dated, in the words of the text's language ("en" where it is not known): "today",
// "yesterday", "on Thursday", "12日". It is zero where s has no such word or ref is zero.
func (c *Calendar) Relative(s, language string, ref timeline.Date) timeline.Date {
	if ref.IsZero() {
		return timeline.Date{}
	}
	language, _, _ = strings.Cut(language, "-")
	if language == "" {
		language = "en"
	}
	if days, ok := c.counted(s, language); ok {
		return ref.AddDays(days)
	}
	if d := c.lastWeekday(s, ref); !d.IsZero() {
		return d
	}
	for _, p := range c.Partial(s) {
		if p.Month == 0 {
			return dayUpTo(p.Day, ref)
		}
	}
	return timeline.Date{}
}

// dayUpTo returns the last day with the given number up to the one after ref.
func dayUpTo(day int, ref timeline.Date) timeline.Date {
	for back := range 32 {
		if d := ref.AddDays(1 - back); d.Day() == day {
			return d
		}
	}
	return timeline.Date{}
}

// counted finds a word such as "today". Of several the one that stands first counts.
func (c *Calendar) counted(s, language string) (days int, ok bool) {
	small := strings.ToLower(s)
	first := len(small)
	for _, w := range c.relative[language] {
		if at := indexWord(small, w); at >= 0 && at < first {
			first, days, ok = at, w.days, true
		}
	}
	return days, ok
}

// indexWord returns where the word stands in s as a whole, -1 for nowhere. "Today's" is
// another word: what is of today did not happen today.
func indexWord(s string, w relative) int {
	from := 0
	for {
		at := strings.Index(s[from:], w.text)
		if at < 0 {
			return -1
		}
		at += from
		end := at + len(w.text)
		before, _ := utf8.DecodeLastRuneInString(s[:at])
		after, n := utf8.DecodeRuneInString(s[end:])
		next, _ := utf8.DecodeRuneInString(s[end+n:])
		if w.dense || !isLetter(before) && !isLetter(after) && !((after == '\'' || after == '’') && isLetter(next)) {
			return at
		}
		from = end
	}
}

// lastWeekday finds a weekday after "on" that no day follows: the last such day up to
// ref.
func (c *Calendar) lastWeekday(s string, ref timeline.Date) timeline.Date {
	tokens := c.tokens(s)
	r := reader{calendar: c, text: s, tokens: tokens}
	for i := range tokens {
		t := &tokens[i]
		if t.kind != letters || t.weekday() == 0 || !r.at(i-1).is(on) && !t.is(on) || !t.spaced {
			continue
		}
		if _, next := r.dayAt(i); next > i || r.at(i+1).kind == number || r.at(i+1).isSign(',') && r.at(i+2).kind == number {
			continue
		}
		for back := range 7 {
			if d := ref.AddDays(-back); Weekday(d) == t.weekday() {
				return d
			}
		}
	}
	return timeline.Date{}
}

// Partial returns what s prints of days without a month ("on the 12th", "12日") and of
// months without a day ("March 2041", "2041年3月"): Month or Day is 0.
func (c *Calendar) Partial(s string) []Day {
	if !hasDigit(s) {
		return nil
	}
	r := reader{calendar: c, text: s, tokens: c.tokens(s)}
	full := c.Find(s)
	var out []Day
	for i := range r.tokens {
		t := r.at(i)
		inside := false
		for _, d := range full {
			inside = inside || d.Start <= t.start && t.start < d.End
		}
		if inside {
			continue
		}
		if d, ok := r.dayAlone(i); ok {
			out = append(out, d)
		} else if d, ok := r.monthAlone(i); ok {
			out = append(out, d)
		}
	}
	return out
}

// dayAlone reads a day of the month that stands without one.
func (r *reader) dayAlone(i int) (Day, bool) {
	t := r.at(i)
	if t.kind != number || t.digits > 2 || t.number < 1 || t.number > 31 {
		return Day{}, false
	}
	d := Day{Day: t.number, Start: t.start, End: t.end}
	if end := r.unit(i, "日", "일"); end > 0 {
		before, _ := utf8.DecodeLastRuneInString(r.text[:t.start])
		d.End = end
		rest := strings.TrimLeft(r.text[end:], " ")
		if k := r.past(i, end); r.weekdayAfter(k, &d) > k {
			rest = strings.TrimLeft(r.text[r.at(r.weekdayAfter(k, &d)-1).end:], " ")
		}
		next, _ := utf8.DecodeRuneInString(rest)
		return d, !strings.ContainsRune("月第0123456789", before) && (rest == "" || strings.ContainsRune("、，,(（午夜夕朝早在同に从于", next))
	}
	// "on the 12th", before a mark or a name: "the 12th meeting" counts meetings.
	if k := r.afterOrdinal(i); k > i+1 && r.at(i+1).kind == letters && r.at(i-1).is(article) && r.at(i-2).is(on) {
		n := r.at(k)
		d.End = r.at(k - 1).end
		return d, n.kind == sign && !n.isSign('-') || n.kind == letters && (n.is(of) || n.capital)
	}
	return d, false
}

// monthAlone reads a month with its year and without a day.
func (r *reader) monthAlone(i int) (Day, bool) {
	t := r.at(i)
	if t.kind == letters && t.month() > 0 {
		k := r.afterMonth(i)
		if r.at(k).isSign(',') {
			k++
		}
		if r.at(k).kind == letters && r.at(k).is(of) {
			k++
		}
		if y := r.at(k); y.kind == number && y.digits == 4 && y.number >= gregorian && y.spaced {
			return Day{Year: y.number, Month: time.Month(t.month()), Start: t.start, End: y.end}, true
		}
		return Day{}, false
	}
	if end := r.unit(i, "年", "년"); end > 0 {
		year := t.number
		if t.digits != 4 {
			year, _ = r.eraYear(i)
		}
		k := r.past(i, end)
		if m := r.unit(k, "月", "월"); m > 0 && year > 0 && r.at(k).number >= 1 && r.at(k).number <= 12 {
			return Day{Year: year, Month: time.Month(r.at(k).number), Start: t.start, End: m}, true
		}
	}
	return Day{}, false
}
