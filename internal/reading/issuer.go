package reading

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/document"
	"readout/internal/reading/names"
	"readout/timeline"
)

// issuerByPage returns the party that publishes the page: by its host's name, or by
// what the page says of its publisher.
func (r *Rules) issuerByPage(doc *document.Document, given Overrides) timeline.Party {
	for _, address := range []string{given.Source, doc.Meta.URL} {
		if u, err := url.Parse(address); err == nil && u.Host != "" {
			if p := r.Gazetteer.Host(u.Hostname()); p != "" {
				return p
			}
		}
	}
	for _, line := range doc.Meta.Imprint {
		if p := r.publisher(line); p != "" {
			return p
		}
	}
	return ""
}

// issuerByDateline returns the party whose seat of government stands before the day of the
// text ("Bern, 08.09.2031 – Federal Department of Foreign Affairs"), where that line or the
// imprint names an authority without its country: a ministry dates its texts at its seat.
func (r *Rules) issuerByDateline(doc *document.Document, lines []string) timeline.Party {
	for _, line := range lines[:min(len(lines), linesOfHead)] {
		head, rest := line[:min(len(line), safeCut(line, 40))], line
		words := names.Cut(head)
		seats := r.Gazetteer.Seats(words)
		if len(seats) == 0 || seats[0].Start > 0 || len(r.calendar.Find(plain(head))) == 0 {
			continue
		}
		rest = rest[min(len(rest), len(head)):]
		anywhere := append([]string{leading(head[seats[0].End:]+rest, 14)}, doc.Meta.Imprint...)
		anywhere = append(anywhere, lines[max(0, len(lines)-3):]...)
		for _, s := range anywhere {
			if wordsIn(s) <= 20 && firstWord(r.words["authority"], s) != nil && !r.namesAnother(s, seats[0].Party) {
				return seats[0].Party
			}
		}
		return ""
	}
	return ""
}

// issuerByHead returns the party whose authority a line at the head of the document names, and nothing
// else: "Ministry of Foreign Affairs of Chile", "Norwegian Ministry of Finance", "Central Bank of Chile".
func (r *Rules) issuerByHead(lines []string) timeline.Party {
	for _, line := range lines[:min(len(lines), linesOfHead)] {
		if terminated(line) {
			break
		}
		if p := r.letterhead(line); p != "" {
			return p
		}
	}
	return ""
}

// letterhead returns the party whose authority is all that a line names, "" for any other line.
func (r *Rules) letterhead(line string) timeline.Party {
	if len(line) > longestLetterhead || wordsIn(line) > longestAuthority || strings.ContainsAny(line, ":;|") || firstWord(r.words["met"], line) != nil {
		return ""
	}
	at := firstWord(r.words["authority"], line)
	if at == nil {
		return "" // before the names are looked up: most lines end here
	}
	ms := r.Gazetteer.Find(line)
	if len(ms) != 1 || len(r.calendar.Find(line)) > 0 {
		return ""
	}
	m := ms[0]
	before := strings.TrimSpace(line[:min(at[0], m.Start)])
	behind := strings.TrimSpace(line[m.End:])
	if wordsIn(before) > mostArticles && before != "" || m.Start > at[0] && behind != "" && firstWord(r.words["authority"], behind) == nil {
		return ""
	}
	return r.publisher(line)
}

// longestLetterhead is how many bytes a line has that may be one: a word can be as long as a whole document, and
// what is looked for at each of its letters takes the rest of it.
const longestLetterhead = 240

// mostArticles is how many words may stand before the name of an authority.
const mostArticles = 2

// linesOfHead is how many lines at the head of a document may hold its day.
const linesOfHead = 8

// safeCut returns the first place in s from byte n on at which a letter begins.
func safeCut(s string, n int) int {
	for n < len(s) && !utf8.RuneStart(s[n]) {
		n++
	}
	return n
}

// namesAnother reports whether a line names a party other than p.
func (r *Rules) namesAnother(line string, p timeline.Party) bool {
	return slices.ContainsFunc(r.Gazetteer.Find(line), func(m names.Mention) bool { return m.Party != p })
}

// publisher returns the party whose authority a line of a page's imprint names:
// "Ministry of Foreign Affairs of Chile", "Government of Chile", "© Foreign
// Ministry, Santiago", "GOV.CL". It is "" for a line without an authority or with
// several parties, for that says something else.
func (r *Rules) publisher(line string) timeline.Party {
	if host := strings.ToLower(line); !strings.Contains(host, " ") && strings.Contains(host, ".") {
		return r.Gazetteer.Host(host)
	}
	words := names.Cut(line)
	mentions := r.Gazetteer.FindIn(words)
	bank := len(mentions) > 0 && r.banks[mentions[0].Party] != ""
	if firstWord(r.words["authority"], line) == nil && !bank || firstKindWord(r.kinds, line) {
		return ""
	}
	if len(mentions) == 0 {
		mentions = r.Gazetteer.Seats(words)
	}
	if len(mentions) == 0 {
		return ""
	}
	p := mentions[0].Party
	if firstWord(r.words["mission"], line) == nil && slices.ContainsFunc(mentions, func(m names.Mention) bool { return m.Party != p }) {
		return ""
	}
	return p
}

// authorOf returns the party whose authority the title of a statement names as its author:
// "Statement of the Foreign Ministry of Uruguay on …". It is "" where the title names
// several or none before it says what the statement is about.
func (r *Rules) authorOf(title string) timeline.Party {
	title = r.pastLabel(title)
	if ms := r.Gazetteer.Find(title); !r.foreign && len(ms) > 0 && r.opensWithAuthority(title, ms[0]) {
		return ms[0].Party
	}
	by := r.words["authored by"].FindStringIndex(title)
	if by == nil || !firstKindWord(r.kinds, title[:by[0]]) {
		return ""
	}
	rest := title[by[1]:]
	subject := r.subjects(title)
	var found timeline.Party
	for _, m := range r.Gazetteer.Find(rest) {
		switch {
		case subject(by[1] + m.Start):
			return found
		case found != "" && found != m.Party:
			return ""
		case firstWord(r.words["authority"], rest[:min(len(rest), safeCut(rest, m.End+60))]) != nil:
			found = m.Party
		}
	}
	return found
}

// pastLabel returns a title without what it calls itself before a colon: "Press release: …".
func (r *Rules) pastLabel(title string) string {
	if label, rest, ok := strings.Cut(title, ": "); ok && wordsIn(label) <= 5 && firstWord(r.words["label"], label) != nil {
		return rest
	}
	return title
}

// opensWithAuthority reports whether a title begins with an authority of the party that it
// mentions first: "Ministry of Foreign Affairs of Chile protests", "Chile's Foreign Ministry".
func (r *Rules) opensWithAuthority(title string, m names.Mention) bool {
	head := title[:m.Start]
	if at := firstWord(r.words["authority"], head); at != nil {
		return wordsIn(head[:at[0]]) <= 2
	}
	return r.headsSentence(head) && firstWord(r.words["authority"], leading(r.nounPhrase(title[m.End:]), 4)) != nil
}

// actsInTitle returns the country of which a title tells what it does ("Chile protests against
// the boarding"), "" where it begins otherwise.
func (r *Rules) actsInTitle(title string) timeline.Party {
	title = r.pastLabel(title)
	ms := r.Gazetteer.Find(title)
	if len(ms) == 0 || ms[0].Demonym || !r.headsSentence(title[:ms[0].Start]) {
		return ""
	}
	next, ok := strings.CutPrefix(title[ms[0].End:], " ")
	if first, _ := utf8.DecodeRuneInString(next); !ok || !unicode.IsLower(first) || strings.HasPrefix(next, "and ") {
		return ""
	}
	return ms[0].Party
}

// issuer returns the party that published a release which its page does not tell: of
// two parties the one that the title leaves out, for a ministry names the other side
// there and not its own; or the one whose people the first sentences name without
// saying of which state they are; or else the one the title names first, of which it
// returns why that is in doubt.
func (r *Rules) issuer(title string, l layout, parties []timeline.Party) (issuer timeline.Party, doubt string) {
	if len(parties) == 1 {
		return parties[0], ""
	}
	if len(parties) != 2 {
		return "", ""
	}
	if p := r.authorOf(title); slices.Contains(parties, p) {
		return p, ""
	}
	if p := r.actsInTitle(title); slices.Contains(parties, p) {
		return p, "neither the address nor the page names who published it; the title tells what " + r.Gazetteer.Name(p) + " does"
	}
	if other := r.unnamed(title, parties); other != "" {
		return other, ""
	}
	for _, s := range openingOf(l)[:min(1, len(l.statements))] {
		if r.foreign {
			if other := r.unnamed(s, parties); other != "" {
				return other, ""
			}
			break
		}
		ms := r.Gazetteer.Find(s)
		named := map[timeline.Party]bool{}
		for i, m := range ms {
			if r.besideOffice(s, ms, i) {
				named[m.Party] = true
			}
		}
		if other := leftOut(parties, named); other != "" {
			return other, ""
		}
	}
	for _, m := range r.Gazetteer.Find(title) {
		if slices.Contains(parties, m.Party) {
			return m.Party, "neither the address nor the page names who published it; the title names " +
				r.Gazetteer.Name(m.Party) + " first"
		}
	}
	return "", ""
}
