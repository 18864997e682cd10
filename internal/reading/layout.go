package reading

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/document"
	"readout/timeline"
)

// layout is the text of a release in order: its headings and what stands under
// them.
type layout struct {
	sections   []timeline.Section
	statements []timeline.Statement
	lines      []timeline.Line // that stand among them and say nothing
}

// longestSentence is how many bytes of a statement are looked at for what it names: what goes on
// without an end is no sentence, and there is more to it than its length.
const longestSentence = 4 << 10

// short returns the layout with the head of what is longer than any sentence.
func (l layout) short() layout {
	for i, s := range l.statements {
		if len(s.Text) <= longestSentence {
			continue
		}
		out := l
		out.statements = slices.Clone(l.statements)
		for k := range out.statements[i:] {
			if s := &out.statements[i+k]; len(s.Text) > longestSentence {
				s.Text = strings.ToValidUTF8(s.Text[:longestSentence], "")
			}
		}
		return out
	}
	return l
}

// readLayout reads the units below the title.
func (r *Rules) readLayout(doc *document.Document, us []unit, h head) layout {
	us, beside := r.textUnits(us, h)
	w := layoutWriter{rules: r, text: doc.Text, in: -1, layout: layout{statements: make([]timeline.Statement, 0, len(us)), lines: beside}}
	for i := range us {
		if r.isHeading(us, i) {
			w.heading(us[i])
		} else {
			w.paragraph(us[i], i == len(us)-1)
		}
	}
	if w.sections == nil {
		w.sections = []timeline.Section{}
	}
	return w.layout
}

// readWhole reads a text in which nothing was told from headings and noise: a line or
// two, names, notes. All of it says something then.
func (r *Rules) readWhole(doc *document.Document, us []unit) layout {
	w := layoutWriter{rules: r, text: doc.Text, in: -1, layout: layout{sections: []timeline.Section{}, statements: []timeline.Statement{}}}
	for _, u := range us {
		u.markers, u.bullet, u.body = nil, "", u.start
		w.paragraph(u, false)
	}
	return w.layout
}

// textUnits leaves out what is no text: noise, the lines between title and text,
// what follows a heading such as "Related links", and the labels that stand after
// the last sentence.
// What of it belongs to the record is returned beside it.
func (r *Rules) textUnits(us []unit, h head) (out []unit, beside []timeline.Line) {
	started := false
	out = make([]unit, 0, len(us)-min(h.body, len(us)))
	for i := h.body; i < len(us); i++ {
		u := us[i]
		if started && r.noise["end"].MatchString(u.text) && !r.proseFollows(us[i+1:]) {
			break
		}
		if u.row {
			continue
		}
		if started {
			if n := r.signatures(us, i); n > 0 {
				for _, s := range us[i : i+n] {
					beside = append(beside, lineOf(s, timeline.RoleSignatory, ""))
				}
				i += n - 1
				continue
			}
		}
		if r.isNoise(u.text) && !r.summaryHeading(us, i) {
			if line, ok := r.beside(u, started); ok {
				beside = append(beside, line)
			}
			continue
		}
		if started && signsQuotation(us, i) {
			beside = append(beside, lineOf(u, timeline.RoleAside, ""))
			continue
		}
		if !started && !h.lead && !r.beginsText(us, i) && !r.leadHeading(us, i) {
			if r.subtitle(u) {
				beside = append(beside, lineOf(u, timeline.RoleTitle, "subtitle"))
			}
			continue
		}
		started = started || r.beginsText(us, i)
		out = append(out, u)
	}
	n := len(out)
	for n > 0 && r.trailing(out[n-1]) {
		n--
	}
	return out[:n], append(beside, r.closing(out[n:])...)
}

// signsQuotation reports whether unit i only says whose words the quotation above it
// are: "- Ana Ruiz, Minister of Foreign Affairs".
func signsQuotation(us []unit, i int) bool {
	if i == 0 || !us[i].listed || terminated(us[i].text) || wordsIn(us[i].text) > 20 || len(us[i].markers) > 0 {
		return false
	}
	above := us[i-1].text
	first, _ := utf8.DecodeRuneInString(above)
	last, _ := utf8.DecodeLastRuneInString(above)
	return strings.ContainsRune("“\"«„", first) && strings.ContainsRune("”\"»“", last)
}

// proseFollows reports whether sentences of the text come among the given units.
func (r *Rules) proseFollows(us []unit) bool {
	n := 0
	for _, u := range us {
		if u.prose() && wordsIn(u.text) >= 8 && !r.isNoise(u.text) {
			n++
		}
	}
	return n >= 2
}

// leadHeading reports whether a unit above the first sentence is a heading of the
// text rather than part of the page's head.
func (r *Rules) leadHeading(us []unit, i int) bool {
	u := us[i]
	if len(u.markers) > 0 || r.summaryHeading(us, i) {
		return true
	}
	marked := u.heading > 0 || u.strong || allCaps(u.text)
	return marked && !r.words["banner"].MatchString(u.text) && i+1 < len(us) && r.beginsText(us, i+1)
}

// trailing reports whether a unit after the last sentence says nothing: a label,
// a link, a name. A sentence whose full stop was forgotten is written in small
// letters.
func (r *Rules) trailing(u unit) bool {
	return !terminated(u.text) && len(u.markers) == 0 && !running(u.text) && !u.listed && u.bullet == "" && len(u.text) < 90 &&
		!strings.HasSuffix(u.text, ";")
}

// running reports whether s reads like running text: several words, of which nearly
// all begin with a small letter.
func running(s string) bool {
	words, small := strings.Fields(s), 0
	for _, w := range words {
		if first, _ := utf8.DecodeRuneInString(w); unicode.IsLower(first) {
			small++
		}
	}
	return len(words) >= 7 && small*4 >= len(words)*3
}

// layoutWriter keeps what is open while the units are read in order.
type layoutWriter struct {
	layout
	rules *Rules
	text  string
	heads []openHead
	items []openItem
	fresh bool // no statement since the last heading
	in    int  // the section that is open, -1 for none
}

type openHead struct {
	style  string
	rank   int // of a printed number, 0 for none
	level  int // of the markup
	number string
	at     int // index of the section
}

type openItem struct {
	style, label string
	listed       bool
}

// heading opens a section. A style of heading that is open already closes down to
// its place. A new one goes below the last heading where that has no text yet,
// where its markup is lower, or where its numbers usually stand lower; else it
// takes its place.
func (w *layoutWriter) heading(u unit) {
	w.items = nil
	h := openHead{style: headingStyle(u), level: u.heading, at: len(w.sections)}
	if n := len(u.markers); n > 0 {
		m := u.markers[n-1]
		h.rank, h.number = m.rank, m.label
	}
	section := timeline.Section{Number: h.number, Heading: strings.Trim(u.text, "*_ ")} // emphasis left open
	if w.rules.noise["annex"].MatchString(u.text) {
		section.Role = timeline.RoleAnnex
	}
	defer func() {
		w.sections = append(w.sections, section)
		w.in, w.fresh = len(w.sections)-1, true
	}()
	if bracketed(u.text) && h.number == "" {
		section.Depth = 1
		w.heads = nil
		return
	}
	if at := slices.IndexFunc(w.heads, func(o openHead) bool { return o.style == h.style }); at >= 0 {
		w.heads = append(w.heads[:at], h)
	} else if n := len(w.heads); n > 0 && !w.below(h, w.heads[n-1]) {
		for n > 1 && w.heads[n-1].level > h.level && h.level > 0 && !w.below(h, w.heads[n-2]) {
			n--
		}
		w.heads = append(w.heads[:n-1], h)
	} else {
		w.heads = append(w.heads, h)
	}
	section.Depth = len(w.heads)
}

// below reports whether a heading h of a new style belongs under the open one.
func (w *layoutWriter) below(h, open openHead) bool {
	switch {
	case h.level > 0 && open.level > 0 && h.level != open.level:
		return h.level > open.level
	case h.rank > 0 && open.rank > 0:
		return h.rank > open.rank
	}
	return w.fresh
}

// headingStyle names what headings of one depth share.
func headingStyle(u unit) string {
	switch n := len(u.markers); {
	case n > 0:
		return u.markers[n-1].style
	case u.heading > 0:
		return "h" + string(rune('0'+u.heading))
	case u.bullet != "":
		return u.bullet
	case allCaps(u.text):
		return "caps"
	case u.strong:
		return "strong"
	}
	return "plain"
}

// paragraph adds the statements of a unit that is no heading. One without a
// number goes on with the item before it, unless it stands outside that item's
// list or is the text's last: then it closes the section.
func (w *layoutWriter) paragraph(u unit, last bool) {
	switch {
	case len(u.markers) > 0 || u.bullet != "":
		w.closeHeads(u)
		for _, m := range u.markers {
			w.open(openItem{m.style, m.label, u.listed})
		}
		if u.bullet != "" {
			w.open(openItem{"bullet " + string(rune('0'+min(u.depth, 9))), u.bullet, true})
		}
	case u.listed: // a bullet that only the browser prints
		w.closeItems(func(o openItem) bool { return strings.HasPrefix(o.style, "bullet") })
	case last:
		w.items = nil
	default:
		w.closeItems(func(o openItem) bool { return o.listed })
	}
	path := w.path()
	for _, s := range w.rules.abbreviations.sentences(w.text[u.body:u.end]) {
		text := folded(w.text[u.body+s.start : u.body+s.end])
		if text == "" {
			continue
		}
		w.statements = append(w.statements, timeline.Statement{
			Path: slices.Clone(path), Section: w.in, Text: text, Start: u.body + s.start, End: u.body + s.end,
			Speakers: []timeline.Party{}, Act: timeline.ActNone, Topics: []string{},
		})
	}
	w.fresh = false
}

// closeHeads closes the numbered heading that a numbered paragraph follows as its
// equal: after the heading "2." and its text, "3. The ministers also" is no item
// under it.
func (w *layoutWriter) closeHeads(u unit) {
	if len(u.markers) == 0 {
		return
	}
	m := u.markers[0]
	if slices.ContainsFunc(w.items, func(o openItem) bool { return o.style == m.style }) {
		return
	}
	at := slices.IndexFunc(w.heads, func(h openHead) bool { return h.style == m.style && ordinal(h.number)+1 == m.value })
	if at < 0 || w.fresh {
		return
	}
	w.in, w.heads, w.items = -1, w.heads[:at], nil
	if at > 0 {
		w.in = w.heads[at-1].at
	}
}

// open makes an item the innermost one, closing those of its style and below.
func (w *layoutWriter) open(o openItem) {
	if at := slices.IndexFunc(w.items, func(p openItem) bool { return p.style == o.style }); at >= 0 {
		w.items = w.items[:at]
	}
	w.items = append(w.items, o)
}

// closeItems closes the first item for which f holds and what is inside it.
func (w *layoutWriter) closeItems(f func(openItem) bool) {
	if at := slices.IndexFunc(w.items, f); at >= 0 {
		w.items = w.items[:at]
	}
}

// path returns the printed labels that are open, outermost first, never nil.
func (w *layoutWriter) path() []string {
	out := []string{}
	for _, h := range w.heads {
		if h.number != "" {
			out = append(out, h.number)
		}
	}
	for _, o := range w.items {
		out = append(out, o.label)
	}
	return out
}
