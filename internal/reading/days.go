package reading

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"unicode"

	"readout/internal/document"
	"readout/internal/reading/calendar"
	"readout/timeline"
)

// days are when the meeting took place and when the text is dated.
type days struct {
	held, until timeline.Date // until is zero where the meeting had one day
	published   timeline.Date
	doubts      []timeline.Doubt
}

// doubt notes a reason against a field.
func (d *days) doubt(field, why string) {
	if why != "" {
		d.doubts = append(d.doubts, timeline.Doubt{Field: field, Why: why})
	}
}

// dayReader looks for the day on which the meeting took place. It holds what the page
// says of itself.
type dayReader struct {
	rules     *Rules
	language  string
	kind      timeline.Kind
	head      head
	opening   []string // the first sentences, the first without place and day before it
	published timeline.Date
	dated     timeline.Date // from which "today" counts: the day before a report, or else published
	addresses []string
	years     *yearProof
}

// openingDays is how many sentences may say when the parties met.
const openingDays = 5

// readDays finds both days. What the user gave stands. The text is dated by
// [Rules.published]. The day of the meeting is the best of all that are printed where a
// meeting is reported: see [dayReader.candidates].
func (r *Rules) readDays(doc *document.Document, h head, us []unit, l layout, given Overrides,
	kind timeline.Kind, language string) days {
	d := days{published: given.Published, held: given.Held}
	x := dayReader{rules: r, language: language, kind: kind, head: h, addresses: []string{given.Source, doc.Meta.URL, path.Base(doc.Name)}}
	for _, s := range l.statements[:min(len(l.statements), openingDays)] {
		x.opening = append(x.opening, s.Text)
	}
	if d.published.IsZero() {
		var why string
		d.published, why = r.published(doc, h, us)
		d.doubt("published", why)
	}
	if len(x.opening) > 0 {
		if day, rest := r.dateline(x.opening[0]); rest != "" {
			d.published = cmp.Or(d.published, day)
			x.dated, x.opening[0] = day, rest
		}
	}
	if len(x.opening) > 1 {
		if day := r.stoppedDateline(x.opening[0]); !day.IsZero() {
			d.published, x.dated, x.opening = cmp.Or(d.published, day), day, x.opening[1:]
		}
	}
	x.published, x.dated = d.published, cmp.Or(x.dated, d.published)
	if !d.held.IsZero() {
		return d
	}
	x.years = newYearProof(&x, us)
	best := x.best(doc, l)
	d.held, d.until = best.date, best.day.Until(best.date)
	d.doubt("held", best.doubt)
	if d.held.IsZero() && d.published.IsZero() {
		d.published = cmp.Or(addressDate(given.Source), addressDate(doc.Meta.URL), DayInName(doc.Name))
		if !d.published.IsZero() {
			d.doubt("published", "the text prints no day; it is the one in its address or in the name of the file")
		}
	}
	return d
}

// candidate is a day that may be that of the meeting.
type candidate struct {
	day   calendar.Day  // as printed; zero for one that is counted from the day of the text
	date  timeline.Date // zero where the year is not proved
	score int
	doubt string // why the date is not sure, "" where it is
}

// The worth of a place in which a day is printed. What speaks for or against the day
// itself is added.
const (
	inTitleAside  = 90 // "Talks (Oslo, 3 June)"
	inTitle       = 84
	inSentence    = 80 // that says who met; less for each sentence before it
	perSentence   = 6
	inDeclared    = 70 // the title that the page's head declares, where it names a meeting
	inSpanLine    = 68 // a line of its own with several days: no day of publication
	aboveMeeting  = 62 // a line above the text that names a meeting
	ofMeeting     = 60 // a sentence that names a meeting
	inPlain       = 50 // the first sentence of a text that reports a meeting
	inHeading     = 40
	inPlaced      = 38 // "Oslo, 3 June" beside another day without a place
	inFrontMatter = 20
	enough        = 10 // a day of less is not that of the meeting
)

// best returns the best candidate; of equals the first. Where the best day has no year
// that is proved, the result says so and has no date: another day would be a worse guess.
func (x *dayReader) best(doc *document.Document, l layout) candidate {
	var best candidate
	unproved := 0
	for _, c := range x.candidates(doc, l) {
		if c.date.IsZero() {
			unproved = max(unproved, c.score)
		} else if c.score > best.score {
			best = c
		}
	}
	switch {
	case unproved > best.score:
		return candidate{doubt: "the text prints the day without a year, and nothing on the page proves the year"}
	case best.score < enough:
		return x.byTheHour()
	}
	return best
}

// byTheHour returns the day on which the text is dated where the sentence that says who
// met gives the hour and no day at all: "Between 12:06 and 14:57 the Prime Minister held
// a meeting".
func (x *dayReader) byTheHour() candidate {
	adopted := x.kind == timeline.KindStatement || x.kind == timeline.KindJointStatement
	if len(x.opening) == 0 || adopted || x.published.IsZero() {
		return candidate{}
	}
	s := x.opening[0]
	if firstWord(x.rules.words["met"], s) == nil || firstWord(x.rules.words["hour"], s) == nil || len(x.rules.calendar.Find(s)) > 0 {
		return candidate{}
	}
	return candidate{date: x.published, score: enough,
		doubt: "the text gives the hour of the meeting and no day; it is that on which the text is dated"}
}

// candidates lists the days of the title, of the first sentences, of lines above the
// text and of headings, each with its worth. A text that reports no meeting has a day
// only where it names the meeting it was made at.
func (x *dayReader) candidates(doc *document.Document, l layout) []candidate {
	var out []candidate
	statement := x.kind == timeline.KindStatement
	add := func(s string, score int) {
		if score > 0 {
			out = append(out, x.printed(s, score)...)
		}
	}
	title := x.head.title
	told := x.namesMeeting(title) || x.namesVisit(title) || firstWord(x.rules.words["encounter"], title) != nil
	if !statement || told {
		for _, aside := range asidePattern.FindAllString(x.head.title, -1) {
			add(strings.Trim(aside, " ()（）[]［］"), inTitleAside)
		}
		add(withoutAsides(x.head.title), inTitle)
	}
	if declared := doc.Meta.Title; declared != x.head.title && x.namesMeeting(declared) {
		add(declared, inDeclared)
	}
	for i, s := range x.opening {
		worth := x.sentenceWorth(i, s)
		if worth <= 0 {
			continue
		}
		add(s, worth)
		if c, ok := x.counted(s, worth); ok {
			out = append(out, c)
		}
	}
	for _, s := range x.head.above {
		add(s, x.lineWorth(s, statement))
	}
	if statement {
		return out
	}
	for _, s := range l.sections {
		add(s.Heading, inHeading)
	}
	if placed, bare := x.rules.placedDay(x.head); bare {
		add(placed, inPlaced)
	}
	if day := x.rules.calendar.Meta(doc.Meta.Date); !day.IsZero() {
		out = append(out, candidate{date: day, score: inFrontMatter,
			doubt: "the text names no day of the meeting; it is the one that the front matter gives"})
	}
	return out
}

// sentenceWorth is the worth of a day in sentence i, 0 where it is none of the meeting's.
func (x *dayReader) sentenceWorth(i int, s string) int {
	met := firstWord(x.rules.words["met"], s) != nil
	named := x.namesMeeting(s) || i < 2 && x.namesVisit(s) || firstWord(x.rules.words["encounter"], s) != nil
	switch {
	case x.kind == timeline.KindStatement && !named:
		return 0
	case x.kind == timeline.KindStatement:
		return ofMeeting - perSentence*i
	case met:
		return inSentence - perSentence*i
	case named && i < openingSentences:
		return ofMeeting - perSentence*i
	case i == 0 || i == 1 && !x.rules.Lexicon.Reads(x.language):
		return inPlain - perSentence*i
	}
	return 0
}

// lineWorth is the worth of a day in a line above the text.
func (x *dayReader) lineWorth(s string, statement bool) int {
	if d, ok := x.rules.dateLine(s); ok {
		if d.UntilDay > 0 {
			return inSpanLine
		}
		if bracketed(s) && !statement && x.rules.dayInBrackets(s) {
			return inHeading
		}
		return 0
	}
	if s != x.head.title && x.namesMeeting(s) {
		return aboveMeeting
	}
	if bracketed(s) && !statement && x.rules.dayInBrackets(s) {
		return inHeading
	}
	return 0
}

// namesMeeting reports whether s has a word for a meeting.
func (x *dayReader) namesMeeting(s string) bool { return x.names(s, timeline.KindMeeting) }

// namesVisit reports whether s has a word for a visit.
func (x *dayReader) namesVisit(s string) bool { return x.names(s, timeline.KindVisit) }

func (x *dayReader) names(s string, kind timeline.Kind) bool {
	return slices.ContainsFunc(x.rules.kinds, func(k wordClass) bool {
		return k.value == string(kind) && firstWord(k.words, s) != nil
	})
}

// printed returns the days of s as candidates. worth is that of the place.
func (x *dayReader) printed(s string, worth int) []candidate {
	var out []candidate
	found := x.rules.calendar.Find(s)
	for n, d := range found {
		c := candidate{day: d, score: worth + x.standing(s, d, len(found)) - 2*n}
		c.date, c.doubt = x.years.complete(d)
		if c.score < enough || !c.date.IsZero() && !x.plausible(&c) {
			continue
		}
		out = append(out, c)
	}
	for _, d := range x.rules.calendar.Partial(s) {
		if date := x.ofMonth(d); !date.IsZero() && len(found) == 0 {
			out = append(out, candidate{date: date, score: worth - 4})
		}
	}
	return out
}

// ofMonth completes a day that is printed without its month from the only month of the
// title: "Talks of March 2041" and "on the 12th".
func (x *dayReader) ofMonth(d calendar.Day) timeline.Date {
	if d.Day == 0 {
		return timeline.Date{}
	}
	for _, m := range x.rules.calendar.Partial(x.head.title) {
		if m.Month > 0 {
			d.Month, d.Year = m.Month, m.Year
			return d.Date()
		}
	}
	return timeline.Date{}
}

// counted returns the day that a sentence counts from the day on which the text is
// dated: "today". A statement must say so of a meeting.
func (x *dayReader) counted(s string, worth int) (candidate, bool) {
	c := candidate{score: worth + 3}
	if firstWord(x.rules.words["meeting today"], s) != nil {
		c.date = x.dated
		return c, !c.date.IsZero()
	}
	if c.date = x.rules.calendar.Relative(s, x.language, x.dated); c.date.IsZero() {
		return c, false
	}
	for _, aside := range asidePattern.FindAllString(s, -1) { // "today (Monday 9 March)" comes out on the 10th
		d, only := x.rules.calendar.Only(strings.Trim(aside, " ()（）[]［］"))
		if day, _ := x.years.complete(d); only && !day.IsZero() && daysApart(c.date, day) <= 3 {
			c.date = day
		}
	}
	return c, true
}

// Weights of what stands around a day.
const (
	otherDay     = -100 // it is that of another event: "since their meeting on"
	aside        = -8   // it stands in brackets
	localTime    = 12   // it is said to be that of the place of the meeting
	anothersTime = -12  // it is said to be that of another place: "Japan time"
)

// beforeDay and afterDay are how many bytes around a day say what it is of.
const (
	beforeDay = 64
	afterDay  = 32
)

// recalled reports whether the words before a day bring up something earlier, to which the day belongs:
// "Recalling the Joint Statement in Geneva on". Where the clause has ended and another tells of meeting,
// the day is of that: "Recalling their friendship, the ministers met on".
func (x *dayReader) recalled(before string) bool {
	at := firstWord(x.rules.words["recalling"], before)
	if at == nil {
		return false
	}
	rest := before[at[1]:]
	if strings.ContainsAny(rest, ";；") {
		return false
	}
	_, clause, parted := strings.Cut(rest, ", ")
	return !parted || firstWord(x.rules.words["met"], clause) == nil
}

// standing weighs what stands around a day in s, which prints of days.
func (x *dayReader) standing(s string, d calendar.Day, of int) int {
	before, after := tail(s[:d.Start], beforeDay), headOf(s[d.End:], afterDay)
	if x.rules.words["other day"].MatchString(before) || x.rules.words["of another day"].MatchString(after) || x.recalled(s[:d.Start]) {
		return otherDay
	}
	score := 0
	if open := strings.LastIndexAny(before, "(（"); open >= 0 && open > strings.LastIndexAny(before, ")）") {
		score += aside
		before = before[open:]
	} else if end := strings.LastIndexAny(before, ")）"); end >= 0 {
		before = before[end:]
	}
	end, open := strings.IndexAny(after+")", ")）"), strings.IndexAny(after+"(", "(（")
	if end < open {
		after = after[:end]
	} else if open > 3 {
		after = after[:min(open, len(after))]
	} else if digit := strings.IndexFunc(after, unicode.IsDigit); digit >= 0 {
		after = after[:digit] // another hour or day stands in the brackets
	}
	before = before[strings.LastIndexByte(before, ';')+1:]
	if of > 1 {
		around := tail(before, 32) + "·" + after
		switch {
		case firstWord(x.rules.words["local time"], around) != nil:
			score += localTime - aside
		case firstWord(x.rules.words["another time"], around) != nil:
			score += anothersTime
		}
	}
	return score
}

// A text comes out within some months of the meeting, and announces it by some weeks.
const (
	longestAfter  = 150
	longestBefore = 60
)

// plausible reports whether the text, as it is dated, may report the meeting of that
// day. A day well ahead counts less: it may be that of the next meeting.
func (x *dayReader) plausible(c *candidate) bool {
	if x.published.IsZero() {
		return true
	}
	since := daysBetween(c.date, x.published)
	if since < -1 {
		c.score -= 14
	}
	return -longestBefore <= since && since <= longestAfter
}

// daysBetween counts the days from a to b; it is negative where b is before a.
func daysBetween(a, b timeline.Date) int { return int(b.Time().Sub(a.Time()).Hours() / 24) }

// daysApart counts the days between two days.
func daysApart(a, b timeline.Date) int { return max(daysBetween(a, b), daysBetween(b, a)) }

// openingSentences is how many sentences may say who met, where and when.
const openingSentences = 3

// openingOf returns the first sentences of the text.
func openingOf(l layout) []string {
	var out []string
	for _, s := range l.statements[:min(len(l.statements), openingSentences)] {
		out = append(out, s.Text)
	}
	return out
}
