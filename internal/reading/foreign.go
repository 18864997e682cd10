package reading

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/letters"
	"readout/internal/reading/names"
	"readout/internal/rules/pattern"
	"readout/timeline"
)

// Texts in other languages than English are read by what languages share: names
// of parties near words of office. English has finer rules of its own.

// in returns the rules for a text in the given language.
func (r *Rules) in(lang string) *Rules {
	g := r.Gazetteer.In(lang)
	if g == r.Gazetteer {
		return r
	}
	c := *r.every()
	c.Gazetteer, c.Lexicon, c.foreign = g, r.Lexicon, true
	c.calendar = c.calendar.In(lang)
	base, _, _ := strings.Cut(lang, "-")
	c.writer = r.home(base)
	c.places = map[string][]*pattern.Pattern{"": c.places[base]}
	return &c
}

// ordered returns the rules for a text in English by whose days it is proved whether the day
// stands before the month, r itself where nothing proves it.
func (r *Rules) ordered(text string) *Rules {
	if r.foreign {
		return r
	}
	days := r.calendar.Ordered(text)
	if days == r.calendar {
		return r
	}
	c := *r
	c.calendar = days
	return &c
}

// foreignParties finds who took part: all whom the title names but as a subject,
// then those near an office in the sentences that say who met
// (in the first one also where the title speaks of several counterparts), then whose seat of
// government the line of the day names, then the text as a whole and whose language it is.
func (r *Rules) foreignParties(clause string, k timeline.Kind, l layout, found *partySet, dated []string) *partySet {
	passing := r.passing(clause)
	for _, m := range r.Gazetteer.Find(clause) {
		if !passing(m) {
			found.add(m.Party)
		}
	}
	several := firstWord(r.words["several"], clause) != nil
	for i, s := range openingOf(l) {
		if found.enough() && (i > 0 || !several) {
			break
		}
		passing := r.passing(s)
		for _, m := range r.Gazetteer.Find(s) {
			if !passing(m) && r.nearOffice(s, m, r.reachOf(m)) {
				found.add(m.Party)
			}
		}
	}
	for _, s := range append([]string{clause}, openingOf(l)[:min(2, len(l.statements))]...) {
		if found.others() == 0 {
			found.add(r.travelledTo(s)...)
		}
	}
	for _, s := range dated {
		if found.enough() || found.issuer != "" {
			break
		}
		if _, ok := r.dateLine(s); ok { // "Berlin, 4. Mai 2041"
			for _, m := range r.Gazetteer.Seats(names.Cut(s)) {
				found.add(m.Party)
			}
		}
	}
	if !found.enough() && found.issuer == "" {
		weights := r.weigh(clause, l)
		if r.writer != "" {
			if weights[r.writer] > 0 { // who alone writes in the language, and is named: no other that only is named
				weights[r.writer] += namedByWriter
			}
			weights[r.writer] += namedEarly - 1 // the text must name it too, or it is doubtful
		}
		if k == timeline.KindStatement {
			found.addBest(weights, 1, mentionedTwice)
		} else {
			found.addBest(weights, 2, 1)
		}
	}
	return found
}

// namedByWriter is what it weighs that a text names the country whose language it is in.
const namedByWriter = 8

// passing returns a function that reports whether a sentence names a party without saying that it
// takes part: as a subject or an event, for whom something is done, or as any word for a meeting.
func (r *Rules) passing(s string) func(names.Mention) bool {
	subject := r.subjects(s)
	return func(m names.Mention) bool {
		return subject(m.Start) || r.isIssue(s, m) || r.meansMeeting(s, m) || r.isEvent(s, m) || r.onlyFor(s, m)
	}
}

// travelledTo returns the parties that stand right after a word of travelling: "sera en
// déplacement en Éthiopie, à Djibouti et au Kenya", "besökte Turkiet".
func (r *Rules) travelledTo(s string) []timeline.Party {
	at := firstWord(r.words["travels"], s)
	if at == nil {
		return nil
	}
	var out []timeline.Party
	end := at[1]
	for _, m := range r.Gazetteer.Find(s) {
		if m.Start < end {
			continue
		}
		if gap := s[end:m.Start]; len(gap) > widestGap || strings.ContainsAny(gap, ".;:") || m.Demonym {
			break
		}
		out = append(out, m.Party)
		end = m.End
	}
	return out
}

// widestGap is how many bytes may stand between the countries of a journey: ", à ", " och till ".
const widestGap = 16

// onlyFor reports whether something is done for a party and not with it: "UN-Mission für den
// Kosovo".
func (r *Rules) onlyFor(s string, m names.Mention) bool {
	before := strings.TrimRight(lastWords(s[:m.Start], 2), " ")
	at := firstWord(r.words["for whom"], before)
	return at != nil && at[1] == len(before)
}

// unnamed returns the one of two parties that a title or first sentence does not
// name, where it names the other: a ministry leaves out its own country. It is ""
// else.
func (r *Rules) unnamed(title string, parties []timeline.Party) timeline.Party {
	named := map[timeline.Party]bool{}
	for _, m := range r.Gazetteer.Find(title) {
		named[m.Party] = true
	}
	if other := leftOut(parties, named); !r.hints(title, other) {
		return other
	}
	return ""
}

// hints reports whether a word of s begins as the name of a party does: a case of the name that no table
// knows, "Uruguayului".
func (r *Rules) hints(s string, p timeline.Party) bool {
	name := []rune(strings.ToLower(r.Gazetteer.Name(p)))
	if p == "" || len(name) < hintLetters {
		return false
	}
	stem := string(name[:hintLetters])
	return slices.ContainsFunc(strings.FieldsFunc(strings.ToLower(s), func(c rune) bool { return !unicode.IsLetter(c) }),
		func(w string) bool { return strings.HasPrefix(w, stem) })
}

// hintLetters is how many letters of a name tell it from other words.
const hintLetters = 5

// leftOut returns the one of two parties that is not among the named where the other
// is, "" else.
func leftOut(parties []timeline.Party, named map[timeline.Party]bool) timeline.Party {
	switch {
	case named[parties[0]] && !named[parties[1]]:
		return parties[1]
	case named[parties[1]] && !named[parties[0]]:
		return parties[0]
	}
	return ""
}

// issueReach is how many bytes the words have at most that make a name a subject.
const issueReach = 128

// isIssue reports whether the words after a name make it a subject: "ウクライナ情勢".
func (r *Rules) isIssue(s string, m names.Mention) bool {
	after := s[m.End:]
	if len(after) > issueReach {
		after = strings.ToValidUTF8(after[:issueReach], "")
	}
	at := firstWord(r.words["issue"], after)
	return at != nil && at[0] == 0
}

// meansMeeting reports whether a name is a common word for a meeting in the language of
// the text: "Reunión" is an island and any meeting.
func (r *Rules) meansMeeting(s string, m names.Mention) bool {
	return firstKindWord(r.kinds, s[m.Start:m.End])
}

// officeReach and bodyReach are how many bytes may stand between the name of a state or of a
// body and the office of the person it belongs to. A body is named for much else than its
// people: "the minister stressed the role of NATO".
const (
	officeReach = 64
	bodyReach   = 16
)

// reachOf returns how far the office may stand from a mention.
func (r *Rules) reachOf(m names.Mention) int {
	if len(m.Party) > 2 {
		return bodyReach
	}
	return officeReach
}

// nearOffice reports whether a word of office stands at most reach bytes from the mention in
// the same part of the sentence.
func (r *Rules) nearOffice(s string, m names.Mention, reach int) bool {
	if after, _ := cutAt(s[m.End:], reach); firstWord(r.words["office"], after) != nil {
		return true
	}
	before := s[:m.Start]
	start := max(0, len(before)-reach)
	for start < len(before) && !utf8.RuneStart(before[start]) {
		start++
	}
	if at := strings.LastIndexAny(before[start:], "、。，,;；"); at >= 0 {
		_, n := utf8.DecodeRuneInString(before[start+at:])
		start += at + n
	}
	return firstWord(r.words["office"], before[start:]) != nil
}

// cutAt returns the head of s up to a comma or stop, of at most n bytes.
func cutAt(s string, n int) (string, bool) {
	if at := strings.IndexAny(s, "、。，,;；"); at >= 0 && at < n {
		return s[:at], true
	}
	if len(s) <= n {
		return s, false
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n], true
}

// wordsIn counts the words of s. Two characters of Chinese or Japanese count as one word,
// and five letters of another script without spaces.
func wordsIn(s string) int {
	if s != "" && letters.ASCII(s) && letters.IsLine(s) {
		return strings.Count(s, " ") + 1
	}
	n, dense := 0, 0 // dense counts tenths of a word
	for w := range strings.FieldsSeq(s) {
		other := false
		for _, c := range w {
			if c < utf8.RuneSelf {
				other = true
			} else if letters.Ideograph(c) {
				dense += 5
			} else if letters.Unspaced(c) { // Thai and its neighbours write five signs a word
				dense += 2
			} else if c < 0x2e80 || unicode.Is(unicode.Hangul, c) {
				other = true
			}
		}
		if other {
			n++
		}
	}
	return n + (dense+9)/10
}

// spaced joins two lines, by a space unless scripts without spaces meet.
func spaced(a, b string) string { return a + between(a, b) + b }

// between is what joins two lines.
func between(a, b string) string {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	wide := func(r rune) bool {
		return letters.Unspaced(r) || 0x3000 <= r && r <= 0x303f || 0xff00 <= r && r <= 0xff60
	}
	if wide(last) && wide(first) {
		return ""
	}
	return " "
}

// tight takes out the spaces that a break of lines left between letters and marks
// of a script without spaces.
func tight(s string) string {
	var out strings.Builder
	before := ""
	for next := range strings.SplitSeq(s, " ") {
		if out.Len() > 0 || before != "" {
			out.WriteString(between(before, next))
		}
		out.WriteString(next)
		before = next
	}
	return out.String()
}
