package reading

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/document"
	"readout/internal/rules/pattern"
	"readout/timeline"
)

// head is the part of a release above its text.
type head struct {
	title string
	// body is the index of the first unit below the title. Units above it, and
	// those that used says, are no text.
	body int
	// above are the lines that are neither title nor text, for the day the text
	// is dated.
	above []string
	// dated is the day that a label before the title gives, as in "No. 145, 3 July 2041, ".
	dated timeline.Date
	// lead reports whether units between the title and the first sentence may be
	// headings of the text although nothing marks them up: the title was given
	// outside the text.
	lead bool
}

// titleWindow is how many units above the first sentence are looked at.
const titleWindow = 60

// readHead finds the title of a document. Front matter names it; the title of a
// web page's head often names the section or the site, so there the lines above
// the first sentence are weighed, and it is one of the weights.
func (r *Rules) readHead(doc *document.Document, us []unit) head {
	zone := 0
	for zone < len(us) && zone < titleWindow && !r.beginsText(us, zone) {
		zone++
	}
	given := r.cleanTitle(doc.Meta.Title)
	if doc.Format == document.Markdown && given != "" {
		h := head{title: given, lead: true}
		for i := range zone {
			if sameTitle(us[i].text, given) && len(us[i].text) < len(given)*3/2 {
				h.body = i + 1
			}
		}
		h.above = texts(us[:zone])
		return h
	}
	if at := titleBelowNotice(us, zone, given); at > 0 && doc.Format == document.HTML {
		zone = at + 1
	}
	best, bestScore, bestEnd := "", 0, 0
	for i := 0; i < zone; {
		text, end := r.titleAt(us, i, zone)
		score := r.titleScore(text, us[i], given) + belowForm(us, i)
		if doc.Format == document.Markdown && us[i].heading == 1 {
			score += markedTitle
		}
		if best != "" && len(text) > len(best) && strings.Contains(text, best) {
			score = max(score, bestScore+1) // "Open Market Committee", "Minutes of the Open Market Committee"
		}
		if text != "" && score > bestScore {
			best, bestScore, bestEnd = text, score, end
		}
		i = max(end, i+1)
	}
	if best == "" && given == "" {
		return head{title: r.seriesOfPictures(us[:zone]), above: texts(us[:zone])}
	}
	if best == "" || bestScore < 2 && given != "" {
		return head{title: given, body: 0, above: texts(us[:zone]), lead: false}
	}
	h := head{body: bestEnd, above: texts(us[:zone])}
	h.title, h.dated = r.withoutLabel(best)
	return h
}

// withoutLabel cuts the number ("Press Release No. 12/2041: ") and the day of a release off the head of its title,
// and returns the day.
func (r *Rules) withoutLabel(title string) (string, timeline.Date) {
	m := r.words["release number"].FindString(title)
	rest := title[len(m):]
	days := r.calendar.Find(rest)
	var dated timeline.Date
	if len(days) > 0 && days[0].Start == 0 && days[0].Year != 0 {
		if tail := strings.TrimLeft(rest[days[0].End:], ",:;|–— "); len(tail) < len(rest)-days[0].End {
			dated, rest = days[0].Date(), tail
		}
	}
	if rest == title || wordsIn(rest) < 3 {
		return title, timeline.Date{}
	}
	return rest, dated
}

// longestNotice is how many paragraphs a site may print above the title of a page.
const longestNotice = 2

// titleBelowNotice returns the index of a heading that is the title the page declares
// and stands below a notice of the site in sentences ("This page is archived."), which
// begins at unit from; 0 where there is none.
func titleBelowNotice(us []unit, from int, given string) int {
	prose := 0
	for i := from; i < len(us) && i < titleWindow; i++ {
		u := us[i]
		if u.heading == 1 && sameTitle(u.text, given) && len(u.text)*3 > len(given) {
			return i
		}
		if u.prose() {
			if prose++; prose > longestNotice {
				break
			}
		}
	}
	return 0
}

func texts(us []unit) []string {
	out := make([]string, len(us))
	for i, u := range us {
		out[i] = u.text
	}
	return out
}

// beginsText reports whether unit i is the first of the text itself: a sentence,
// or a numbered heading.
func (r *Rules) beginsText(us []unit, i int) bool {
	u := us[i]
	if u.row || r.isNoise(u.text) || u.heading > 0 && len(u.markers) == 0 {
		return false
	}
	if len(u.markers) > 0 && u.markers[0].value <= 1 && len(u.text) > 0 {
		return true
	}
	words := wordsIn(u.text)
	return u.prose() && (words >= 6 || words >= 4 && r.sentence(u)) || strings.HasSuffix(u.text, ":") && words >= 12 ||
		words >= 35 || unspacedText(u.text) && terminated(u.text) || r.unstopped(u.text) && words >= unstoppedWords
}

// unstopped reports whether a line is a sentence in a script that ends none with a mark: it says on
// which day something was.
func (r *Rules) unstopped(s string) bool {
	return strings.ContainsFunc(s, func(c rune) bool { return unicode.In(c, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) }) &&
		strings.Contains(s, " ") && len(r.calendar.Find(s)) > 0
}

// unstoppedWords is how many words such a sentence has at least: a line that only dates the text has fewer.
const unstoppedWords = 16

// sentence reports whether a short line that nothing marks up as a heading ends in
// the full stop of a sentence, not in that of an abbreviation.
func (r *Rules) sentence(u unit) bool {
	return u.heading == 0 && !u.strong && strings.HasSuffix(u.text, ".") && len(r.abbreviations.sentences(u.text+" The")) == 2
}

// unspacedText reports whether s is long and written without spaces.
func unspacedText(s string) bool { return len(s) > 60 && !strings.Contains(s, " ") }

// titleAt reads a title that begins at unit i: the units of one block, headings
// of one level that follow each other, a line that goes on in small letters or
// from a hanging word, and subtitles in brackets. It returns the index after it.
func (r *Rules) titleAt(us []unit, i, zone int) (string, int) {
	if r.noTitle(us[i].text) || bracketed(us[i].text) || formLine.MatchString(us[i].text) {
		return "", i + 1
	}
	title := joinMarkers(us[i])
	k := i + 1
	for ; k < zone; k++ {
		u := us[k]
		if r.noise["start"].MatchString(u.text) || r.isCaption(u.text) || r.calendarLine(u.text) ||
			r.foreign && bracketed(u.text) && r.dayInBrackets(u.text) {
			break
		}
		if bracketed(u.text) && len(u.text) < 80 && !r.noise["bracketed"].MatchString(u.text) {
			title = spaced(title, u.text)
			continue
		}
		if r.noTitle(u.text) || bracketed(u.text) || formLine.MatchString(u.text) {
			break
		}
		if u.block != us[k-1].block && !r.goesOn(title, u.text) {
			break
		}
		title = spaced(title, joinMarkers(u))
	}
	return tight(title), k
}

func joinMarkers(u unit) string {
	s := ""
	for _, m := range u.markers {
		s += m.label + ". "
	}
	return s + u.text
}

func (r *Rules) calendarLine(s string) bool {
	_, ok := r.dateLine(s)
	return ok
}

// dayInBrackets reports whether a bracket says on which day and where the text was
// signed: "（2042年8月19日，聖地亞哥）".
func (r *Rules) dayInBrackets(s string) bool {
	days := r.calendar.Find(s)
	return len(days) == 1 && days[0].Year != 0 && wordsIn(s) <= 12
}

// goesOn reports whether the line next continues the title so far.
func (r *Rules) goesOn(title, next string) bool {
	first, _ := utf8.DecodeRuneInString(next)
	if unicode.IsLower(first) {
		return true
	}
	last := title[strings.LastIndexByte(title, ' ')+1:]
	return r.words["hanging"].MatchString(last) || strings.HasSuffix(title, ":") || strings.HasSuffix(title, ",")
}

// noTitle reports whether a line above the text is a banner, a category, a date, a
// caption or a link.
func (r *Rules) noTitle(s string) bool {
	return r.words["banner"].MatchString(s) || r.isCategory(s) || r.isNoise(s)
}

// longestCategory is how many bytes the name of a category has.
const longestCategory = 80

// isCategory reports whether a line is the heading of a part of a site: nothing but
// names of parties and words such as "relations"; two parties alone are none.
func (r *Rules) isCategory(s string) bool {
	if len(s) > longestCategory || s == "" {
		return false
	}
	mentions := r.Gazetteer.Find(s)
	if len(mentions) == 0 {
		return false
	}
	for _, m := range slices.Backward(mentions) {
		s = s[:m.Start] + " " + s[m.End:]
	}
	rest := blank(r.words["category"], s)
	if len(mentions) > 1 && rest == s {
		return false // "Norway-Chile", which goes on in the next line
	}
	return !strings.ContainsFunc(blank(r.words["beside a party"], rest), unicode.IsLetter)
}

// isCaption reports whether a line is the caption of a photograph by its first words or
// the credit at its end: "The ministers (Photo: Ministry of Foreign Affairs)".
func (r *Rules) isCaption(s string) bool {
	return r.noise["caption"].MatchString(s) || strings.ContainsAny(s, "(（") && r.noise["credit"].MatchString(s)
}

// seriesOfPictures returns the name that captions of numbered pictures share above the
// text, "photo 1: …", "photo 2: …": on a page without a title it is that of what they
// show. It is "" where there are none or they differ.
func (r *Rules) seriesOfPictures(us []unit) string {
	name, n := "", 0
	for _, u := range us {
		m := r.noise["picture"].Regexp().FindStringSubmatch(u.text)
		if m == nil {
			continue
		}
		if n++; n > 1 && m[1] != name {
			return ""
		}
		name = m[1]
	}
	if n < 2 || !firstKindWord(r.kinds, name) {
		return ""
	}
	return name
}

// longestTitle is how many bytes a title has at most.
const longestTitle = 2 << 10

// leastScore is what the name of the authority that writes weighs, and the head of a sentence ("The Governments of
// Chile and Peru, recalling their talks,"): they are the title where nothing else is.
const leastScore = 1

// titleScore weighs a candidate for the title.
func (r *Rules) titleScore(title string, u unit, given string) int {
	words := wordsIn(title)
	if words > 70 || len(title) > longestTitle {
		return 0
	}
	if r.letterhead(title) != "" || strings.HasSuffix(title, ",") {
		return leastScore
	}
	score := 0
	if words >= 3 || unspacedText(title) {
		score++
	}
	for _, k := range r.kinds {
		if firstWord(k.words, title) != nil {
			score += 4
			break
		}
	}
	if len(r.Gazetteer.Find(title)) > 0 {
		score += 2
	}
	if firstWord(r.words["office"], title) != nil {
		score++
	}
	if u.heading > 0 && u.heading <= 3 || u.strong {
		score++
	}
	if given != "" && sameTitle(title, given) {
		score += 3
	}
	if r.noise["bureau"].MatchString(title) && words <= 6 || r.onlyAuthority(title, words) {
		score -= 3
	}
	return score
}

// onlyAuthority reports whether a line of so many words begins with the name of an authority and tells
// nothing: "Ministerio de Relaciones Exteriores, Comunicado de prensa".
func (r *Rules) onlyAuthority(s string, words int) bool {
	if words > longestAuthority-2 {
		return false
	}
	at := firstWord(r.words["authority"], s)
	return at != nil && at[0] == 0 && firstWord(r.words["met"], s) == nil && firstWord(r.words["office"], s[at[1]:]) == nil &&
		len(r.Gazetteer.Find(s)) == 0
}

// markedTitle is what it counts for a title that the writer of a Markdown file marked as
// such: it is no site that sets it.
const markedTitle = 4

// formLine is a line of the form at the head of a record: "DATE: 3 June 2041".
var formLine = pattern.New(`^[\p{Lu}\d .()/-]{3,60}:\s+\S`)

// underForm is what it counts for a title that it stands right below such a form.
const underForm = 6

// belowForm returns underForm for a line that follows at least two lines of a form.
func belowForm(us []unit, i int) int {
	if i < 2 || formLine.MatchString(us[i].text) || !formLine.MatchString(us[i-1].text) || !formLine.MatchString(us[i-2].text) {
		return 0
	}
	return underForm
}

// sameTitle reports whether two titles share most of the words of the shorter.
func sameTitle(a, b string) bool {
	wa, wb := titleWords(a), titleWords(b)
	if len(wa) > len(wb) {
		wa, wb = wb, wa
	}
	shared := 0
	for w := range wa {
		if wb[w] {
			shared++
		}
	}
	return len(wa) >= 2 && shared*10 >= len(wa)*8
}

func titleWords(s string) map[string]bool {
	out := make(map[string]bool)
	for w := range strings.FieldsFuncSeq(strings.ToLower(plain(s)),
		func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		out[w] = true
	}
	return out
}

// cleanTitle takes the site's name off a title that a page's head gives:
// "MOFA: Talks | Ministry" is "Talks".
func (r *Rules) cleanTitle(s string) string {
	s = folded(s)
	best, bestScore := s, -1
	for _, sep := range []string{" | ", " ｜ ", " :: ", " « ", " » "} {
		for part := range strings.SplitSeq(s, sep) {
			if part == s {
				continue
			}
			if score := r.titleScore(part, unit{}, ""); !r.noTitle(part) && score > bestScore {
				best, bestScore = part, score
			}
		}
	}
	s = best
	for _, sep := range []string{" - ", " – ", " — "} {
		// What stands last and is an office, not a meeting, is the site's name.
		if i := strings.LastIndex(s, sep); i > 0 && wordsIn(s[:i]) >= 4 && r.noise["bureau"].MatchString(s[i:]) &&
			!firstKindWord(r.kinds, s[i:]) {
			s = s[:i]
		}
	}
	if site, rest, ok := strings.Cut(s, ": "); ok && !strings.Contains(site, " ") && strings.ToUpper(site) == site {
		s = rest
	}
	return s
}
