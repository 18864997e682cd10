package calendar

import (
	"strings"
	"time"
	"unicode/utf8"
)

// gregorian is the year in which our calendar begins: a smaller number is a year of
// another one ("1457/10/28"), whose days are not those of ours.
const gregorian = 1582

// maxSpan is how many days may lie between the first and the last of a span.
const maxSpan = 62

// Find returns the days that s prints, in order and without overlap. A span of days is
// one. A day beside a fuller one that it is joined to has the year of that: "5 March
// and 9 April 2041".
func (c *Calendar) Find(s string) []Day {
	if !hasDigit(s) {
		return nil
	}
	r := reader{calendar: c, text: s, tokens: c.tokens(s)}
	var out []Day
	for i := 0; i < len(r.tokens); {
		d, next := r.dayAt(i)
		if next <= i || !d.valid() || r.inNumber(i, d) {
			i++
			continue
		}
		if n := len(out); n > 0 {
			if joined, ok := r.join(out[n-1], d); ok {
				out[n-1] = joined
				i = next
				continue
			}
		}
		out = append(out, d)
		i = next
	}
	return out
}

// hasDigit reports whether s holds a digit or a character that can be one.
func hasDigit(s string) bool {
	for i := range len(s) {
		if c := s[i]; '0' <= c && c <= '9' || c == 0xd9 || c == 0xdb || c == 0xe0 || c == 0xef {
			return true
		}
	}
	return strings.ContainsAny(s, "年月日")
}

// reader is a text cut for reading.
type reader struct {
	calendar *Calendar
	text     string
	tokens   []token
}

// at returns token i, a sign that is none where the text ends.
func (r *reader) at(i int) *token {
	if i < 0 || i >= len(r.tokens) {
		return &token{start: len(r.text), end: len(r.text), spaced: true}
	}
	return &r.tokens[i]
}

// dayAt reads a day that begins at token i, its weekday before it included, and returns
// the token after it: i where there is none.
func (r *reader) dayAt(i int) (Day, int) {
	if t := r.at(i); t.kind == letters && t.weekday() > 0 {
		k := i + 1
		if r.at(k).isSign('.') {
			k++
		}
		if r.at(k).is(span) && r.at(k+1).kind == letters && r.at(k+1).weekday() > 0 { // "Wednesday and Thursday"
			k += 2
		}
		for r.at(k).kind == letters && r.at(k).is(daytime) { // "Wednesday afternoon"
			k++
		}
		if r.at(k).isSign(',') {
			k++
		}
		if r.at(k).kind == letters && r.at(k).is(article) {
			k++
		}
		if r.at(k).spaced {
			if d, next := r.plainDayAt(k); next > k {
				d.Weekday, d.Start = t.weekday(), t.start
				return d, next
			}
		}
		return Day{}, i
	}
	return r.plainDayAt(i)
}

// plainDayAt reads a day without a weekday before it.
func (r *reader) plainDayAt(i int) (Day, int) {
	t := r.at(i)
	switch {
	case t.kind == letters && t.month() > 0:
		return r.ours(r.monthFirst(i))
	case t.kind != number:
		return Day{}, i
	}
	for _, form := range []func(int) (Day, int){r.characters, r.solarDay, r.yearFirst, r.numbers, r.dayFirst, r.monthNumber} {
		if d, next := form(i); next > i {
			return r.ours(d, next)
		}
	}
	return Day{}, i
}

// dayFirst reads "17 March 2041", "20 to 22 September", "4, 5 and 6 May", "1er mars".
func (r *reader) dayFirst(i int) (Day, int) {
	d := Day{Day: r.at(i).number, Start: r.at(i).start}
	if r.at(i).digits > 2 {
		return d, i
	}
	last := 0
	k := r.afterOrdinal(i)
	for parts := 0; parts < 4; parts++ {
		next := r.spanNext(k, true)
		if next == k {
			break
		}
		if n := r.at(next).number; n <= d.Day || n <= last {
			break
		} else {
			last = n
		}
		k = r.afterOrdinal(next)
	}
	if r.at(k).kind == letters && r.at(k).is(of) && r.at(k).month() == 0 {
		k++
	}
	hyphen := r.tight('-', k) // "21-aprel", "12-Mar-2041"
	if hyphen {
		k++
	}
	m := r.at(k)
	month := m.month()
	if y := r.at(k + 1); m.word != nil && y.kind == number && y.digits == 4 {
		month = int(m.word.month) // "8 may 2041": a day and a year around it make it no verb
	}
	if m.kind != letters || month == 0 || m.spaced == hyphen {
		return d, i
	}
	d.Month = time.Month(month)
	if last > 0 {
		d.UntilDay, d.UntilMonth = last, d.Month
	}
	k = r.afterMonth(k)
	k = r.weekdayAfter(k, &d)
	if hyphen && r.tight('-', k) && r.at(k+1).kind == number && r.at(k+1).digits == 4 {
		d.Year, d.End = r.at(k+1).number, r.at(k+1).end
		return d, k + 2
	}
	d, k = r.yearAfter(d, k, true)
	if d.Year == 0 && r.at(i-1).is(yearOf) {
		d = r.withYearBefore(d, i)
	}
	return d, k
}

// tight reports whether token k is the sign, with no space on either side.
func (r *reader) tight(sign rune, k int) bool {
	return r.at(k).isSign(sign) && !r.at(k).spaced && !r.at(k+1).spaced
}

// monthFirst reads "March 17, 2041", "September 20 to 22, 2042".
func (r *reader) monthFirst(i int) (Day, int) {
	d := Day{Month: time.Month(r.at(i).month()), Start: r.at(i).start}
	k := r.afterMonth(i)
	if r.at(k).kind == letters && r.at(k).is(article) {
		k++
	}
	t := r.at(k)
	if t.kind != number || t.digits > 2 || !t.spaced {
		return d, i
	}
	d.Day = t.number
	k = r.afterOrdinal(k)
	if r.at(k-1).end == t.end && r.at(k).isSign(':') && !r.at(k).spaced && r.at(k+1).kind == number {
		return d, i // "März 17:30"
	}
	if next := r.spanNext(k, false); next > k {
		n := r.at(next)
		after := r.afterOrdinal(next)
		of := r.at(after).kind == letters && r.at(after).month() > 0
		if n.number > d.Day && n.number <= 31 && !of {
			d.UntilDay, d.UntilMonth = n.number, d.Month
			k = after
		}
	}
	k = r.weekdayAfter(k, &d)
	d, next := r.yearAfter(d, k, false)
	if d.Year == 0 { // "2041. március 7."
		d = r.withYearBefore(d, i)
	}
	return d, next
}

// withYearBefore gives a day that begins at token i the year that stands before it, where
// one does.
func (r *reader) withYearBefore(d Day, i int) Day {
	k := i - 1
	for t := r.at(k); t.isSign('.') || t.isSign(',') || t.isSign('-') || t.kind == letters && t.is(yearOf|ordinal); t = r.at(k) {
		k--
	}
	if t := r.at(k); t.kind == number && t.digits == 4 && t.number >= gregorian && k < i-1 && t.number < 3000 {
		d.Year, d.Start = t.number, t.start
	}
	return d
}

// afterOrdinal returns the token after the number i and the ending of its ordinal.
func (r *reader) afterOrdinal(i int) int {
	k := i + 1
	t := r.at(k)
	switch {
	case t.spaced:
	case t.kind == letters && t.is(ordinal):
		k++
	case t.isSign('º'), t.isSign('°'), t.isSign('ª'):
		k++
	case t.isSign('.'):
		k++
		if t := r.at(k); !t.spaced && (t.isSign('º') || t.isSign('°')) {
			k++
		}
	}
	return k
}

// spanNext returns the number to which token k leads on from a number, k where there is
// none. A comma does so only in a list, before the month.
func (r *reader) spanNext(k int, list bool) int {
	t := r.at(k)
	n := k + 1
	switch {
	case t.kind == letters && t.is(span):
	case t.isSign('-'), t.isSign('/'):
	case t.isSign('&'):
	case t.isSign(',') && list:
		if r.at(n).kind == letters && r.at(n).is(span) {
			n++
		}
	default:
		return k
	}
	if r.at(n).kind == letters && r.at(n).weekday() > 0 { // "Monday 21 to Thursday 24 July"
		n++
		if r.at(n).isSign(',') {
			n++
		}
	}
	if r.at(n).kind == letters && r.at(n).is(article) {
		n++
	}
	if t := r.at(n); t.kind == number && t.digits <= 2 {
		return n
	}
	return k
}

// afterMonth returns the token after the name of the month i, its stop, and another
// name of the same month: "آذار/مارس".
func (r *reader) afterMonth(i int) int {
	k := i + 1
	if r.at(k).isSign('.') && !r.at(k).spaced {
		k++
	}
	if r.at(k).isSign('/') && r.at(k+1).kind == letters && r.at(k+1).month() == r.at(i).month() {
		k += 2
	}
	return k
}

// weekdayAfter reads a weekday in brackets.
func (r *reader) weekdayAfter(k int, d *Day) int {
	n := k
	if r.at(n).isSign(',') {
		n++
	}
	if !r.at(n).isSign('(') || r.at(n+1).kind != letters || r.at(n+1).weekday() == 0 {
		return k
	}
	w := r.at(n + 1).weekday()
	n += 2
	if r.at(n).isSign('.') {
		n++
	}
	if !r.at(n).isSign(')') {
		return k
	}
	d.Weekday = w
	return n + 1
}

// yearAfter ends a day at token k, with the year where one stands there.
func (r *reader) yearAfter(d Day, k int, words bool) (Day, int) {
	n := k
	if r.at(n).isSign(',') {
		n++
	}
	if words && r.at(n).kind == letters && r.at(n).is(of) {
		n++
	}
	if t := r.at(n); t.kind == number && t.digits == 4 && t.number >= gregorian && t.number < 3000 && t.spaced && !r.decimal(n) {
		d.Year, k = t.number, n+1
	}
	d.End = r.at(k - 1).end
	if t := r.at(k); !t.spaced && t.start == d.End && t.kind == letters && d.Year == 0 {
		return d, 0 // the number belongs to a word: "March 5th-century", "June 3D"
	}
	return d, k
}

// decimal reports whether the number i goes on behind a point or a comma.
func (r *reader) decimal(i int) bool {
	t, n := r.at(i+1), r.at(i+2)
	return (t.isSign('.') || t.isSign(',')) && !t.spaced && n.kind == number && !n.spaced
}

// inNumber reports whether the day that begins at token i is cut out of a longer number
// or word: "1.2.3.2041", "Nr12.3.2041".
func (r *reader) inNumber(i int, d Day) bool {
	first := i
	if r.at(i).kind != number {
		return false
	}
	before := r.at(first - 1)
	if before.end != r.at(first).start || first == 0 {
		return false
	}
	if before.kind == letters {
		last, _ := utf8.DecodeLastRuneInString(r.text[:before.end])
		return !unspaced(last)
	}
	return r.at(first-2).kind == number && r.at(first-2).end == before.start && strings.ContainsRune("./", before.sign) && first >= 2
}

// unspaced reports whether r is a letter of a script in which a number may follow it
// without a space.
func unspaced(r rune) bool { return r >= 0x1100 }

// join makes one span of two days where the text between them says so, or gives the
// first the year of the second.
func (r *reader) join(a, b Day) (Day, bool) {
	between := strings.TrimSpace(r.text[a.End:b.Start])
	dash := len([]rune(between)) == 1 && plainSign([]rune(between)[0]) == '-'
	w := r.calendar.lookup(between)
	if !dash && (w == nil || w.roles&span == 0) || a.Year != 0 && b.Year != 0 && a.Year > b.Year || a.UntilDay != 0 || b.UntilDay != 0 {
		return a, false
	}
	if b.Year == 0 && a.Year != 0 && !dash {
		return a, false
	}
	turn := a.Month > b.Month
	if a.Year == 0 && b.Year != 0 {
		a.Year = b.Year
		if turn {
			a.Year--
		}
	}
	year := a.Year
	if year == 0 {
		year = 2000
	}
	first := a.In(year)
	a.UntilMonth, a.UntilDay = b.Month, b.Day
	last := a.Until(first)
	if last.IsZero() || !first.Before(last) || first.AddDays(maxSpan).Before(last) {
		return a, false
	}
	a.End = b.End
	return a, true
}
