package reading

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/document"
	"readout/internal/letters"
	"readout/internal/reading/names"
	"readout/internal/rules/pattern"
)

// unit is what the page printed as one piece: a heading, a paragraph, a list
// item, a line that stands alone.
type unit struct {
	span             // in Document.Text
	body    int      // where the text after the markers begins
	text    string   // from body on, white space folded
	markers []marker // printed numbers, outermost first
	block   int
	heading int    // level of the markup, 0 for none
	strong  bool   // set in bold
	listed  bool   // a list item by its markup
	bullet  string // the bullet that a text file prints
	depth   int    // of the list, by its markup
	row     bool   // of a table of data, without a sentence in it
}

// prose reports whether u is a sentence rather than a heading or a label.
func (u *unit) prose() bool {
	return terminated(u.text) && (strings.IndexByte(u.text, ' ') > 0 || wordsIn(u.text) > 3)
}

// terminated reports whether s ends as sentences do.
func terminated(s string) bool {
	s = strings.TrimRightFunc(s, func(r rune) bool { return closer(r) || r == '“' || r == '*' || r == '_' }) // „German“
	r, _ := utf8.DecodeLastRuneInString(s)
	return terminator(r)
}

// bracketed reports whether all of s stands in one pair of brackets.
func bracketed(s string) bool {
	depth, last := 0, len(s)-1
	for i, r := range s {
		switch r {
		case '(', '（', '[', '［', '【', '〈', '<':
			depth++
		case ')', '）', ']', '］', '】', '〉', '>':
			depth--
			last = i + utf8.RuneLen(r) - 1
		}
		if depth == 0 && i+utf8.RuneLen(r) < len(s) {
			return false
		}
	}
	return depth == 0 && last == len(s)-1 && len(s) > 2 && strings.IndexAny(s, "(（[［【〈<") == 0
}

// folded returns s as one line with single spaces.
func folded(s string) string { return letters.OneLine(s) }

// units cuts the blocks of a document into units. A line break that the author
// set parts units where a number, a date, a bracketed line or a heading stands
// beside it, and else belongs to the paragraph.
func (r *Rules) units(doc *document.Document) []unit {
	out := make([]unit, 0, len(doc.Blocks))
	for n, b := range doc.Blocks {
		if b.Note {
			continue
		}
		at := b.Start
		first, last := len(out), ""
		wrapped := isWrapped(doc.TextOf(b))
		for line := range strings.SplitSeq(doc.TextOf(b), "\n") {
			end := at + len(line)
			u := r.unit(doc, b, n, span{at, end}, len(out) == first)
			at = end + 1
			if u.text == "" && len(u.markers) == 0 {
				continue
			}
			if h, rest, ok := r.runIn(doc, b, u); ok && len(out) == first {
				out = append(out, h, rest)
				last = rest.text
				continue
			}
			k := len(out) - 1
			if joined := k >= first && !r.parted(out[k], last, u, wrapped); joined {
				out[k].end, out[k].text = u.end, ""
			} else {
				out = append(out, u)
			}
			last = u.text
		}
		for k := first; k < len(out); k++ {
			if out[k].text == "" { // of several lines
				out[k].text = folded(doc.Text[out[k].body:out[k].end])
			}
		}
	}
	numberParagraphs(out)
	letterItems(out)
	return out
}

// plainNumber is a number that only a space parts from the sentence after it.
var plainNumber = pattern.New(`^(\d{1,2}) (\p{Lu}|[“"‘'])`)

// numberParagraphs finds the numbers of paragraphs that are printed without a stop, as
// in "2   Minister Tan met". A sentence may begin with a number as well: so there must
// be several, one higher than the other, from 1 or 2 on, each at the head of sentences.
func numberParagraphs(us []unit) {
	var found []int
	want := 0
	for i := range us {
		u := &us[i]
		m := plainNumber.FindStringSubmatch(u.text)
		if m == nil || len(u.markers) > 0 || u.listed || u.heading > 0 || !u.prose() {
			continue
		}
		switch n := ordinal(m[1]); {
		case len(found) == 0 && (n == 1 || n == 2), n == want:
			found = append(found, i)
			want = n + 1
		}
	}
	if len(found) < 2 {
		return
	}
	for _, i := range found {
		u := &us[i]
		label, text, _ := strings.Cut(u.text, " ")
		u.markers = []marker{{style: "1", rank: 2, label: label, value: ordinal(label)}}
		u.body += len(label) + 1
		u.text = text
	}
}

// letterItems reads "(i)" as a letter where "(h)" is the letter before it, and so "(v)"
// and "(x)": in another list they are Roman numerals.
func letterItems(us []unit) {
	letters := map[string]string{"(i)": "(a)", "i.": "a.", "I.": "A."}
	last := make(map[string]int) // by style, the letter that stood last
	for i := range us {
		for k := range us[i].markers {
			m := &us[i].markers[k]
			if style, roman := letters[m.style]; roman {
				label := strings.ToLower(strings.Trim(plain(m.label), "()"))
				if n := int(label[0]-'a') + 1; len(label) == 1 && last[style] == n-1 {
					m.style, m.value = style, n
				}
			}
			if strings.ContainsAny(m.style, "aA") {
				last[m.style] = m.value
			}
		}
	}
}

// unit reads one line of block b. Only the first line of a block bears the label
// that the format gave it.
func (r *Rules) unit(doc *document.Document, b document.Block, n int, s span, first bool) unit {
	line := doc.Text[s.start:s.end]
	trimmed := strings.TrimLeftFunc(line, unicode.IsSpace)
	s.start += len(line) - len(trimmed)
	s.end = s.start + len(strings.TrimRightFunc(trimmed, unicode.IsSpace))
	line = doc.Text[s.start:s.end]

	u := unit{span: s, block: n, strong: b.Strong, row: b.Kind == document.Row && !holdsProse(doc, b)}
	if b.Kind == document.Heading {
		u.heading = max(b.Level, 1)
	}
	markers, at := readMarkers(line)
	if r.foreign && len(markers) > 0 && r.calendar.StartsMonth(line[at:]) {
		markers, at = nil, 0 // "4. Mai" is a day
	}
	if len(markers) == 0 && (u.strong || u.heading > 0) && !r.calendarLine(line) {
		if m := bareNumber.FindStringSubmatchIndex(line); m != nil {
			markers, at = []marker{{style: "1", rank: 2, label: line[m[2]:m[3]], value: ordinal(line[m[2]:m[3]])}}, m[1]
		}
	}
	if b.Kind == document.ListItem && first {
		u.listed, u.depth = true, b.Level
		if given, k := readMarker(b.Label + " "); k > 0 {
			if len(markers) == 0 || markers[0].value != given.value {
				markers = append([]marker{given}, markers...)
			}
		} else if b.Label != "" && (doc.Format != document.HTML && doc.Format != document.DOCX || !strings.Contains("-–—•*", b.Label)) {
			u.bullet = b.Label
		}
	}
	u.markers = markers
	u.body = s.start + at
	u.text = folded(doc.Text[u.body:u.end])
	return u
}

// runIn parts a heading in bold that runs on into its paragraph from it:
// "1. Trade: The ministers agreed". Bold words that belong to a sentence go on in
// small letters or end without a mark.
func (r *Rules) runIn(doc *document.Document, b document.Block, u unit) (h, rest unit, ok bool) {
	end := b.Start + b.Lead
	if b.Lead == 0 || u.bullet != "" || u.listed && len(u.markers) == 0 || end <= u.body || end >= u.end {
		return h, rest, false
	}
	bold := strings.TrimSpace(doc.Text[u.body:end])
	tail := strings.TrimLeft(doc.Text[end:u.end], ":：.–—- \u00a0\n")
	head := strings.TrimRight(bold, ":：.–—- \u00a0")
	first, _ := utf8.DecodeRuneInString(tail)
	marked := len(head) < len(bold) || strings.IndexAny(strings.TrimSpace(doc.Text[end:u.end]), ":.–—-") == 0 ||
		strings.HasPrefix(doc.Text[end:], "：")
	if head == "" || tail == "" || wordsIn(head) > 10 || unicode.IsLower(first) || !marked && (len(u.markers) == 0 || u.listed) {
		return h, rest, false
	}
	if strings.IndexAny(strings.TrimSpace(doc.Text[end:u.end]), "–—-") == 0 && r.onlyPlaces(head) {
		return h, rest, false // the dateline of a report
	}
	h, rest = u, u
	h.end, h.text, h.strong = end, folded(head), true
	rest.markers, rest.strong, rest.listed = nil, false, false
	rest.body = u.end - len(tail)
	rest.start, rest.text = rest.body, folded(tail)
	return h, rest, true
}

// onlyPlaces reports whether s says nothing but the names of places: "Lima, Peru".
func (r *Rules) onlyPlaces(s string) bool {
	words := names.Cut(s)
	left := []byte(s)
	for _, m := range append(r.Gazetteer.FindIn(words), r.Gazetteer.Places(words)...) {
		for i := m.Start; i < m.End; i++ {
			left[i] = ' '
		}
	}
	return !strings.ContainsFunc(string(left), unicode.IsLetter)
}

// widestWrapped is the longest line, in bytes, of a text whose lines were broken to fit a
// page.
const widestWrapped = 200

// isWrapped reports whether the lines of a block may have been broken to fit a page. Where
// one is longer than any page is wide, each line is a paragraph.
func isWrapped(block string) bool {
	for line := range strings.SplitSeq(block, "\n") {
		if len(line) > widestWrapped {
			return false
		}
	}
	return true
}

// parted reports whether line b, which in one block follows the unit a and its
// last line, is a unit of its own. In a block that is not wrapped it is where it may begin
// a sentence.
func (r *Rules) parted(a unit, last string, b unit, wrapped bool) bool {
	if a.heading > 0 {
		return false
	}
	switch {
	case len(b.markers) > 0 && (terminated(last) || len(a.markers) > 0 || len(last) < 80):
		return true
	case formLine.MatchString(last), formLine.MatchString(b.text):
		return true
	case r.words["banner"].MatchString(last), r.isNoise(last), r.isNoise(b.text), r.isCategory(last):
		return true
	case !wrapped && !terminated(last) && !strings.HasSuffix(last, ",") && startsAnew(b.text):
		return true
	case bracketed(b.text) && !bracketed(last):
		return terminated(last) || len(a.markers) > 0
	}
	if terminated(last) || a.end-a.start > 80 {
		return false
	}
	if len(a.markers) > 0 && unspacedAt(b.text) && wordsIn(b.text) > 2*wordsIn(last) {
		return true // a short numbered line above a long one is a heading
	}
	head, _ := utf8.DecodeRuneInString(b.text)
	return len(b.text) > 80 && unicode.IsUpper(head) && !strings.HasSuffix(last, ",")
}

// startsAnew reports whether s begins as sentences and names do, not in a small letter.
func startsAnew(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return !unicode.IsLower(first)
}

// isNoise reports whether a line is no part of what the text says, wherever it
// stands.
func (r *Rules) isNoise(s string) bool {
	if r.noise["start"].MatchString(s) || r.isCaption(s) || r.isAside(s) {
		return true
	}
	if !strings.ContainsFunc(s, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }) {
		return true
	}
	if _, ok := r.dateLine(s); ok {
		return true
	}
	if bracketed(s) {
		if r.noise["bracketed"].MatchString(s) {
			return true
		}
		inner := strings.TrimRight(s, ")）]］")
		return wordsIn(s) > 4 && !terminated(inner)
	}
	return breadcrumb(s)
}

// isAside reports whether a line that is no part of what the text says belongs to
// its record all the same: the hour, who was there, where.
func (r *Rules) isAside(s string) bool {
	return r.noise["aside"].MatchString(s) || bracketed(s) && r.noise["bracketed"].MatchString(s)
}

// breadcrumb reports whether a line is a path through a site or a bar of links.
func breadcrumb(s string) bool {
	if terminated(s) || len(s) > 200 {
		return false
	}
	for _, mark := range []string{" > ", " › ", " » ", " | ", " ｜ ", "　｜　"} {
		if n := strings.Count(s, mark); n >= 2 || n == 1 && (mark == " > " || mark == " › ") {
			return true
		}
	}
	return false
}
