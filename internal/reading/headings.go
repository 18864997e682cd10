package reading

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// shortHeading is up to how many words stand in a heading such as "2. The ferry, etc."
const shortHeading = 10

// isHeading reports whether unit i heads what follows.
func (r *Rules) isHeading(us []unit, i int) bool {
	u := us[i]
	if u.text == "" || u.bullet != "" && !r.signedHeading(us, i) {
		return false
	}
	if r.summaryHeading(us, i) {
		return true
	}
	words := wordsIn(u.text)
	last, _ := utf8.DecodeLastRuneInString(u.text)
	if words > 24 || strings.ContainsRune(";,", last) {
		return false
	}
	if terminated(u.text) && !(len(u.markers) > 0 && words <= shortHeading && r.abbreviations.leavesOpen(u.text)) {
		return u.heading > 0 && words <= 14
	}
	switch {
	case u.bullet != "":
		return true
	case u.heading > 0, u.strong:
		return !u.listed || len(u.markers) > 0 || u.heading > 0
	case last == ':' || last == '：':
		return false
	case len(u.markers) > 0:
		return r.headsSomething(us, i) && !goesOnBelow(us, i)
	case allCaps(u.text):
		return !u.listed
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(u.text, `“"'‘«`))
	return !u.listed && words <= 12 && !unicode.IsLower(first) && i+1 < len(us) && (us[i+1].block != u.block || len(us[i+1].text) > 80) &&
		(us[i+1].prose() || us[i+1].bullet != "" || us[i+1].listed || len(us[i+1].markers) > 0)
}

// signedHeading reports whether unit i is a heading after a sign such as "■" rather
// than a list item: no sentence, and text without a sign follows.
func (r *Rules) signedHeading(us []unit, i int) bool {
	u := us[i]
	return strings.ContainsAny(u.bullet, "■□◆◇●○") && !terminated(u.text) && i+1 < len(us) && us[i+1].prose() &&
		us[i+1].bullet != u.bullet &&
		wordsIn(u.text) <= 12
}

// headsSomething reports whether a numbered unit that is no sentence has text
// under it: sentences, or units numbered in another style, before the next unit
// of its own style. An item of a list by its markup heads only a list inside it.
func (r *Rules) headsSomething(us []unit, i int) bool {
	style := us[i].markers[len(us[i].markers)-1].style
	if i+1 >= len(us) {
		return false
	}
	next := us[i+1]
	if us[i].listed {
		return next.listed && next.depth > us[i].depth && us[i].depth > 0 || r.headsItem(us, i)
	}
	if len(next.markers) > 0 {
		if above := next.markers[0]; above.value > 1 && above.rank < us[i].markers[len(us[i].markers)-1].rank {
			return false // the list around goes on
		}
		return next.markers[0].style != style || next.prose() && !us[i].listed && us[i].markers[0].value != next.markers[0].value-1
	}
	return next.prose() || next.bullet != "" || next.listed || len(next.text) > 90 || strings.HasSuffix(next.text, ":")
}

// goesOnBelow reports whether the units numbered under unit i go on with its sentence in
// small letters: "(2) The ministers would", "(i) meet again".
func goesOnBelow(us []unit, i int) bool {
	if i+1 >= len(us) || len(us[i+1].markers) == 0 {
		return false
	}
	first, _ := utf8.DecodeRuneInString(us[i+1].text)
	return unicode.IsLower(first)
}

// headsItem reports whether a numbered item of a list by its markup is the heading of
// the paragraphs inside it. Where a list ends and text goes on, the last item looks the
// same: so another item of the list, before it or after, must stand as it does.
func (r *Rules) headsItem(us []unit, i int) bool {
	if !headsParagraph(us, i) {
		return false
	}
	u := us[i]
	for k := range us {
		v := us[k]
		if k != i && v.listed && v.depth == u.depth && len(v.markers) > 0 && v.markers[0].style == u.markers[0].style &&
			(v.markers[0].value == u.markers[0].value+1 || v.markers[0].value == u.markers[0].value-1 && k < i) && headsParagraph(us, k) {
			return true
		}
	}
	return false
}

// headsParagraph reports whether a short item of a list that is no sentence has a
// paragraph after it without a number, or an item of a list inside it.
func headsParagraph(us []unit, i int) bool {
	u := us[i]
	if terminated(u.text) || wordsIn(u.text) > 12 || i+1 >= len(us) || len(u.markers) == 0 {
		return false
	}
	next := us[i+1]
	switch {
	case next.listed && next.depth > u.depth:
		return true
	case len(next.markers) > 0:
		return next.listed && next.markers[0].style != u.markers[0].style
	}
	return next.heading == 0 && next.prose() // a paragraph, or what a list of terms says of the term
}

// summaryHeading reports whether unit i is a heading in brackets, as in
// "(Summary)" above a list.
func (r *Rules) summaryHeading(us []unit, i int) bool {
	u := us[i]
	return bracketed(u.text) && wordsIn(u.text) <= 4 && len(u.markers) == 0 && !r.noise["bracketed"].MatchString(u.text) &&
		!r.noise["start"].MatchString(u.text) && !r.isCaption(u.text) && !r.calendarLine(u.text) &&
		(u.strong || u.heading > 0 || i+1 < len(us) && us[i+1].bullet != "")
}

// allCaps reports whether s is set in capitals.
func allCaps(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLower(r) || unicode.Is(unicode.Lo, r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters >= 4
}
