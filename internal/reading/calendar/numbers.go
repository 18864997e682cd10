package calendar

import (
	"strings"
	"time"
	"unicode/utf8"
)

// yearFirst reads "2041-03-17", "2041/3/7", "2041. 3. 7.".
func (r *reader) yearFirst(i int) (Day, int) {
	y := r.at(i)
	if y.digits != 4 || y.number < gregorian {
		return Day{}, i
	}
	last, month, d := r.afterYear(i)
	if last == i {
		return Day{}, i
	}
	day := Day{Year: y.number, Month: time.Month(month), Day: d, Start: y.start, End: r.at(last).end}
	if t := r.at(last + 1); t.start == day.End && t.kind == letters && !r.denseAt(t) {
		return day, i
	}
	return day, last + 1
}

// afterYear returns month and day behind the year at i, parted by one sign, with the place of the day;
// i where they do not stand there.
func (r *reader) afterYear(i int) (last, month, day int) {
	k, month := r.separated(i, "-/.", 0)
	if k == i {
		return i, 0, 0
	}
	last, day = r.separated(k, "-/.", r.at(i+1).sign)
	if last == k {
		return i, 0, 0
	}
	return last, month, day
}

// separated returns the number of up to two digits that a sign parts from the number i,
// and its token; i where there is none. Where want is not 0 it must be that sign. Only
// a point may have a space behind it.
func (r *reader) separated(i int, signs string, want rune) (int, int) {
	s, n := r.at(i+1), r.at(i+2)
	if s.kind != sign || s.spaced || !strings.ContainsRune(signs, s.sign) || want != 0 && s.sign != want || n.kind != number ||
		n.digits > 2 {
		return i, 0
	}
	if n.spaced && s.sign != '.' || r.text[s.start:s.end] != string(s.sign) && s.sign == '-' && r.text[s.start:s.end] != "－" {
		return i, 0
	}
	return i + 2, n.number
}

// numbers reads "3.11.2041", "3. 11. 2041", "17/3/2041" and "3/17/2041". With strokes
// the month comes first or second: only a number above 12, or the same one twice, tells,
// and else the day is not known, but see [Calendar.In] and [Calendar.Ordered]. A year of two digits is taken only so.
func (r *reader) numbers(i int) (Day, int) {
	first := r.at(i)
	if first.digits > 2 {
		return Day{}, i
	}
	k, second := r.separated(i, "./-", 0)
	if k == i {
		return Day{}, i
	}
	s := r.at(i + 1).sign
	y := r.at(k + 2)
	if t := r.at(k + 1); !t.isSign(s) || t.spaced || y.kind != number || y.spaced && s != '.' {
		return Day{}, i
	}
	d := Day{Day: first.number, Month: time.Month(second), Year: y.number, Start: first.start, End: y.end}
	if s != '.' {
		switch {
		case first.number == second, first.number > 12, r.calendar.dayFirst && second <= 12:
		case second > 12, r.calendar.monthFirst && first.number <= 12:
			d.Day, d.Month = second, time.Month(first.number)
		default:
			return Day{}, i
		}
	}
	switch {
	case y.digits == 4 && y.number >= gregorian:
	case y.digits == 2 && s == '/':
		d.Year, d.Short = century(y.number), true
	default:
		return Day{}, i
	}
	if t := r.at(k + 3); t.start == d.End && t.kind == letters && !r.denseAt(t) {
		return d, i
	}
	return d, k + 3
}

// century completes a year of two digits as POSIX does: 69 and more are of the last
// century.
func century(year int) int {
	if year >= 69 {
		return 1900 + year
	}
	return 2000 + year
}

// monthNumber reads "5.3.(금)", the third of May in Korea, "ngày 7 tháng 3 năm 2041", and
// "2041 оны 3 дугаар сарын 7".
func (r *reader) monthNumber(i int) (Day, int) {
	t := r.at(i)
	if t.digits > 2 {
		return Day{}, i
	}
	if w := r.at(i + 1); w.kind == letters && w.is(monthAs) && r.at(i+2).kind == number && r.at(i+2).digits <= 2 {
		d := Day{Day: t.number, Month: time.Month(r.at(i + 2).number), Start: t.start, End: r.at(i + 2).end}
		if r.at(i+3).kind == letters && r.at(i+3).is(yearAs) && r.at(i+4).kind == number && r.at(i+4).digits == 4 {
			d.Year, d.End = r.at(i+4).number, r.at(i+4).end
			return d, i + 5
		}
		return d, i + 3
	}
	if d := r.at(i + 2); r.at(i+1).kind == letters && r.at(i+1).is(monthOf) && d.kind == number && d.digits <= 2 {
		return r.withYearBefore(Day{Month: time.Month(t.number), Day: d.number, Start: t.start, End: d.end}, i), i + 3
	}
	k, second := r.separated(i, ".", '.')
	if k == i {
		return Day{}, i
	}
	d := Day{Month: time.Month(t.number), Day: second, Start: t.start}
	k++
	if r.at(k).isSign('.') {
		k++
	}
	next := r.weekdayAfter(k, &d)
	if next == k {
		return d, i
	}
	d.End = r.at(next - 1).end
	return d, next
}

// characters reads days in the order of East Asia: "2041年3月7日", "令和23年3月7日",
// "2041年（令和23年）3月7日（木）", "3月7日", "3월 7일", "11月10日から12日".
func (r *reader) characters(i int) (Day, int) {
	d := Day{Start: r.at(i).start}
	k := i
	if end := r.unit(k, "年", "년"); end > 0 {
		switch t := r.at(k); {
		case t.digits == 4:
			d.Year = t.number
		default:
			if d.Year, d.Start = r.eraYear(k); d.Year == 0 {
				return d, i
			}
		}
		k = r.past(k, end)
		if r.at(k).isSign('(') { // the year of the other calendar
			for n := k + 1; n < k+6; n++ {
				if r.at(n).isSign(')') {
					k = n + 1
					break
				}
			}
		}
	}
	end := r.unit(k, "月", "월")
	if end == 0 || r.at(k).digits > 2 {
		return d, i
	}
	d.Month = time.Month(r.at(k).number)
	k = r.past(k, end)
	if r.at(k).kind != number || r.at(k).digits > 2 {
		return d, i
	}
	d.Day = r.at(k).number
	if next, last := r.lastOf(k); next > 0 { // "3月6、7日"
		d.UntilDay, d.UntilMonth, k = last, d.Month, next
	}
	if end = r.unit(k, "日", "일"); end == 0 {
		return d, i
	}
	d.End = end
	k = r.past(k, end)
	if n := r.weekdayAfter(k, &d); n > k && !r.cut(k, end) {
		k, d.End = n, r.at(n-1).end
	}
	if d.UntilDay == 0 {
		k = r.untilCharacters(k, &d)
	}
	return d, k
}

// cut reports whether token k begins before the offset: a character of it was read.
func (r *reader) cut(k, offset int) bool { return r.at(k).start < offset }

// lastOf returns the number that a comma or dash joins to the number k, and its token;
// 0 for none.
func (r *reader) lastOf(k int) (next, last int) {
	s, n := r.at(k+1), r.at(k+2)
	if (s.isSign(',') || s.isSign('-') || s.isSign('・') || s.isSign('·')) && n.kind == number && n.digits <= 2 &&
		n.number > r.at(k).number && r.unit(k+2, "日", "일") > 0 {
		return k + 2, n.number
	}
	return 0, 0
}

// untilCharacters reads the last day of a span in East Asian order.
func (r *reader) untilCharacters(k int, d *Day) int {
	rest := r.text[d.End:]
	sep := ""
	for _, s := range []string{"から", "至", "到", "부터", "~", "～", "〜", "-", "－", "–", "—", ",", "、", "，", "・", "·"} {
		if strings.HasPrefix(strings.TrimLeft(rest, " "), s) {
			sep = s
			break
		}
	}
	if sep == "" {
		return k
	}
	at := d.End + strings.Index(rest, sep) + len(sep)
	n := k
	for n < len(r.tokens) && r.at(n).start < at {
		n++
	}
	month := d.Month
	list := strings.Contains(",、，・·", sep)
	if end := r.unit(n, "月", "월"); end > 0 && !list {
		month = time.Month(r.at(n).number)
		n = r.past(n, end)
	}
	end := r.unit(n, "日", "일")
	if end == 0 || r.at(n).digits > 2 || month == d.Month && r.at(n).number <= d.Day || month < d.Month && month != 1 {
		return k
	}
	d.UntilMonth, d.UntilDay, d.End = month, r.at(n).number, end
	return r.past(n, end)
}

// unit returns the offset after the character that stands right behind the number k,
// 0 where it is neither of the two.
func (r *reader) unit(k int, han, hangul string) int {
	t, u := r.at(k), r.at(k+1)
	if t.kind != number || u.kind != letters {
		return 0
	}
	text := r.text[u.start:u.end]
	for _, c := range []string{han, hangul} {
		if strings.HasPrefix(text, c) {
			return u.start + len(c)
		}
	}
	return 0
}

// past returns the first token after the number k that does not begin before the offset.
func (r *reader) past(k, offset int) int {
	k++
	for r.at(k).start < offset && k < len(r.tokens) {
		k++
	}
	return k
}

// eraYear returns the common year of the number k that the name of an era stands before,
// and where that begins; 0 where none does.
func (r *reader) eraYear(k int) (year, start int) {
	before := r.at(k - 1)
	if before.kind != letters {
		return 0, 0
	}
	for _, e := range r.calendar.eras {
		if strings.HasSuffix(r.text[before.start:before.end], e.name) {
			return e.base + r.at(k).number, before.end - len(e.name)
		}
	}
	return 0, 0
}

// denseAt reports whether a word begins in a script that is written without spaces.
func (r *reader) denseAt(t *token) bool {
	first, _ := utf8.DecodeRuneInString(r.text[t.start:])
	return unspaced(first)
}
