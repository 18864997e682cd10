package extract

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"readout/internal/document"
	"readout/internal/gazetteer"
	"readout/timeline"
)

// issuerByHost returns the party under whose host name the document stands.
func (r *Rules) issuerByHost(doc *document.Document, given Overrides) timeline.Party {
	for _, address := range []string{given.Source, doc.Meta.URL} {
		if u, err := url.Parse(address); err == nil && u.Host != "" {
			if p := r.Gazetteer.Host(u.Hostname()); p != "" {
				return p
			}
		}
	}
	return ""
}

// parties finds who took part. The title leads: the parties it joins by a hyphen,
// those beside an office ("Prime Minister of Chile", "Chilean officials"), those
// that were visited. What it names as a subject ("on", "regarding") and the
// occasion are no parties. The host of the document adds its own side. Where that
// leaves fewer than two, the first sentences say who met, then headings, and at
// last the text as a whole: but a text whose title names no other state's office
// is taken to be about home affairs.
func (r *Rules) parties(title string, k timeline.Kind, l layout, issuer timeline.Party) []timeline.Party {
	clause, _ := r.mainClause(title)
	found := newPartySet(issuer, r.territories)
	found.add(r.partakers(clause, true)...)
	opening := openingOf(l)
	if found.others() == 0 && !attendance.MatchString(clause) {
		for _, s := range opening[:min(2, len(opening))] {
			s = r.withoutOccasion(s)
			if k == timeline.KindJointStatement || firstWord(r.words["met"], s) != nil {
				found.add(r.partakers(s, false)...)
			}
			if found.enough() && !plural.MatchString(clause) {
				break
			}
		}
	}
	if found.others() == 0 {
		found.add(r.visited(clause)...)
	}
	for _, s := range l.sections {
		if found.enough() {
			break
		}
		found.add(r.pairs(withoutAsides(s.Heading))...)
	}
	if !found.enough() && (issuer == "" || !attendance.MatchString(clause) && r.foreignOffice(clause, opening)) {
		found.addBest(r.weigh(title, l))
	}
	return timeline.SortParties(found.list)
}

var (
	// attendance is how a title says that someone was one of many.
	attendance = regexp.MustCompile(`(?i)\bparticipation (?:in|at)\b`)
	// plural is how a title says that several are met without naming them.
	plural = regexp.MustCompile(`\b(?:Leaders|Ministers|Presidents|Allies|Ambassadors|Partners|Counterparts)\b`)
)

// partySet collects parties in the order found.
type partySet struct {
	list        []timeline.Party
	issuer      timeline.Party
	territories map[timeline.Party]timeline.Party
}

func newPartySet(issuer timeline.Party, territories map[timeline.Party]timeline.Party) *partySet {
	s := &partySet{issuer: issuer, territories: territories}
	if issuer != "" {
		s.list = append(s.list, issuer)
	}
	return s
}

func (s *partySet) add(ps ...timeline.Party) {
	for _, p := range ps {
		if s.issuer != "" && s.territories[p] == s.issuer {
			continue
		}
		if !slices.Contains(s.list, p) {
			s.list = append(s.list, p)
		}
	}
}

// others counts the parties beside the issuer.
func (s *partySet) others() int {
	if s.issuer != "" {
		return len(s.list) - 1
	}
	return len(s.list)
}

func (s *partySet) enough() bool { return len(s.list) >= 2 }

// addBest adds from the weighed parties until there are two.
func (s *partySet) addBest(weights map[timeline.Party]float64) {
	var order []timeline.Party
	for p, w := range weights {
		if w >= 1 {
			order = append(order, p)
		}
	}
	slices.SortFunc(order, func(a, b timeline.Party) int {
		return cmp.Or(cmp.Compare(weights[b], weights[a]), cmp.Compare(a, b))
	})
	for _, p := range order {
		if s.enough() {
			return
		}
		s.add(p)
	}
}

// pairs returns the parties that s joins by a hyphen: "Chile-Iceland",
// "U.S.–Japan–Philippines".
func (r *Rules) pairs(s string) []timeline.Party {
	var out []timeline.Party
	ms := r.Gazetteer.Find(s)
	for i := 1; i < len(ms); i++ {
		if hyphen.MatchString(s[ms[i-1].End:ms[i].Start]) {
			out = append(out, ms[i-1].Party, ms[i].Party)
		}
	}
	return out
}

var hyphen = regexp.MustCompile(`^\s?[-‐‑–—−/]\s?$`)

// partakers returns the parties that s says took part. In a title any party that
// is no subject counts unless a plain noun follows it; in a sentence only one
// joined to another, beside an office, or at its head.
func (r *Rules) partakers(s string, title bool) []timeline.Party {
	ms := r.Gazetteer.Find(s)
	pairs := r.meetingPairs(s, ms)
	subject := r.subjects(s)
	var out []timeline.Party
	for i, m := range ms {
		switch {
		case pairs[i]:
			out = append(out, m.Party)
		case subject(m.Start):
		case r.besideOffice(s, ms, i):
			out = append(out, m.Party)
		case title && !m.Demonym && !r.attributive(s, m) && !forWhom.MatchString(s[:m.Start]):
			out = append(out, m.Party)
		case !title && !m.Demonym && r.actsItself(s, ms, i):
			out = append(out, m.Party)
		}
	}
	return out
}

// meetingPairs reports for each mention whether it is part of a hyphenated pair
// of those who meet rather than one that names a subject ("the Chile-Iceland
// dispute") or a person's descent ("the Chilean-American pianist").
func (r *Rules) meetingPairs(s string, ms []gazetteer.Mention) map[int]bool {
	out := make(map[int]bool)
	for i := 1; i < len(ms); i++ {
		if !hyphen.MatchString(s[ms[i-1].End:ms[i].Start]) {
			continue
		}
		rest := leading(s[ms[i].End:], 4)
		if firstWord(r.words["quarrel"], rest) != nil || ms[i-1].Demonym && ms[i].Demonym && !firstKindWord(r.kinds, rest) {
			continue
		}
		out[i-1], out[i] = true, true
	}
	return out
}

func firstKindWord(kinds []wordClass, s string) bool {
	_, ok := firstKind(kinds, s)
	return ok
}

// subjects returns a function that reports whether offset i of s stands in a
// phrase that names a subject: after "on" or "regarding", up to a word that
// brings in people again.
func (r *Rules) subjects(s string) func(i int) bool {
	type turn struct {
		at      int
		subject bool
	}
	var turns []turn
	for at := 0; at < len(s); {
		sub, part := firstWord(r.words["subject"], s[at:]), firstWord(r.words["partaker"], s[at:])
		switch {
		case sub == nil && part == nil:
			at = len(s)
		case part == nil || sub != nil && sub[0] < part[0]:
			// "Minister for Defence" is an office.
			if before := s[:at+sub[0]]; s[at+sub[0]:at+sub[1]] != "for" || !r.office(lastWords(before, 2)) {
				turns = append(turns, turn{at + sub[0], true})
			}
			at += sub[1]
		default:
			turns = append(turns, turn{at + part[0], false})
			at += part[1]
		}
	}
	return func(i int) bool {
		in := false
		for _, t := range turns {
			if t.at < i {
				in = t.subject
			}
		}
		return in
	}
}

// besideOffice reports whether mention i stands with an office: "Chilean Foreign
// Minister", "Chile's President", "Minister of Foreign Affairs of Chile", "leaders
// of Chile, Iceland and Peru".
func (r *Rules) besideOffice(s string, ms []gazetteer.Mention, i int) bool {
	m := ms[i]
	if r.office(s[m.Start:m.End]) {
		return true // the name is an office by itself: "Taoiseach"
	}
	end := len(s)
	if i+1 < len(ms) {
		end = ms[i+1].Start
	}
	after := s[m.End:end]
	if adj := possessive.FindString(after); m.Demonym || adj != "" {
		phrase := nounPhrase(after[len(adj):])
		if r.office(phrase) {
			return true
		}
		// "Chilean and Peruvian officials" and "U.S., Dutch and Danish leaders".
		if i+1 < len(ms) && joins.MatchString(after) && ms[i+1].Demonym {
			return r.besideOffice(s, ms, i+1)
		}
		if m.Demonym {
			return false
		}
	} else if r.office(leading(nounPhrase(after), 5)) && !strings.HasPrefix(after, ",") {
		return true // "NATO Secretary General", "Abu Dhabi Crown Prince"
	}
	start := 0
	if i > 0 {
		start = ms[i-1].End
	}
	before := s[start:m.Start]
	if i > 0 && joins.MatchString(before) && !ms[i-1].Demonym {
		return r.besideOffice(s, ms[:i], i-1)
	}
	at := ofPattern.FindStringIndex(before)
	if at == nil {
		return false
	}
	return r.office(lastClause(before[:at[0]]))
}

var (
	forWhom    = regexp.MustCompile(`(?i)\bfor (?:the )?$`)
	possessive = regexp.MustCompile(`^['’]s?(?:\s|$)`)
	joins      = regexp.MustCompile(`^(?:['’]s?)?\s*(?:,|and|or|&|, and|/|as well as)\s*(?:the\s+)?$`)
	ofPattern  = regexp.MustCompile(`(?:\bof|\bfrom|\bdes?)\s+(?:the\s+)?(?:Government of\s+)?(?:the\s+)?$`)
)

// nounPhrase returns the head of s up to a comma, a verb or a preposition.
func nounPhrase(s string) string {
	s = leading(s, 9)
	if at := phraseEnd.FindStringIndex(s); at != nil {
		s = s[:at[0]]
	}
	return s
}

var phraseEnd = regexp.MustCompile(`[,;:.]\s|\s(?:and|to|on|in|with|at|for|by|from|is|was|were|has|have|had|met|spoke|held|who|which|that|will)\s|\s(?:of)\s`)

// leading returns the first n words of s.
func leading(s string, n int) string {
	for i, c := range s {
		if c == ' ' && i > 0 {
			if n--; n <= 0 {
				return s[:i]
			}
		}
	}
	return s
}

// lastClause returns what precedes the party's name in the same clause: an office
// and a name, of at most some dozen words.
func lastClause(s string) string {
	words := strings.Fields(s)
	if len(words) > 14 {
		words = words[len(words)-14:]
	}
	s = strings.Join(words, " ")
	for _, re := range []*regexp.Regexp{clauseBreak} {
		if all := re.FindAllStringIndex(s, -1); len(all) > 0 {
			s = s[all[len(all)-1][1]:]
		}
	}
	return s
}

var clauseBreak = regexp.MustCompile(`(?i)[;:.]\s(?:\P{Lu})|\b(?:met|spoke|held|with|discuss(?:ed)?|about|regarding|and)\s`)

// attributive reports whether the party's name only qualifies a noun that is no
// office and no meeting, as in "Ukraine Recovery".
func (r *Rules) attributive(s string, m gazetteer.Mention) bool {
	rest := s[m.End:]
	if !strings.HasPrefix(rest, " ") {
		return false
	}
	word := leading(rest[1:], 1)
	first := rune(0)
	for _, c := range word {
		first = c
		break
	}
	if first < 'A' || first > 'Z' {
		return false
	}
	phrase := nounPhrase(rest)
	return !r.office(phrase) && !firstKindWord(r.kinds, phrase)
}

// actsItself reports whether mention i is the subject of its sentence, alone or
// joined to others: "The United States and Japan reaffirm", "The Government of
// Chile and".
func (r *Rules) actsItself(s string, ms []gazetteer.Mention, i int) bool {
	before := s[:ms[i].Start]
	if subjectHead.MatchString(before) {
		return true
	}
	return i > 0 && joins.MatchString(s[ms[i-1].End:ms[i].Start]) && r.actsItself(s, ms, i-1)
}

var subjectHead = regexp.MustCompile(`^(?:Today,? )?(?:We, )?(?:[Tt]he )?(?:(?:Governments?|[Ll]eaders|[Mm]embers) of )?(?:the )?$`)

// withoutOccasion takes out of a sentence the phrase that names its occasion.
func (r *Rules) withoutOccasion(s string) string {
	at := firstWord(r.words["occasion"], s)
	if at == nil {
		return s
	}
	end := strings.IndexByte(s[at[1]:], ',')
	if end < 0 {
		return s[:at[0]]
	}
	return s[:at[0]] + s[at[1]+end:]
}

// office reports whether s names an office of a state or body.
func (r *Rules) office(s string) bool {
	return firstWord(r.words["office"], blank(r.words["no office"], s)) != nil
}

// lastWords returns the last n words of s.
func lastWords(s string, n int) string {
	words := strings.Fields(s)
	return strings.Join(words[max(0, len(words)-n):], " ")
}

// visited returns the parties that a title says someone travelled to or met in.
func (r *Rules) visited(title string) []timeline.Party {
	var out []timeline.Party
	ms := r.Gazetteer.Find(title)
	for i, m := range ms {
		start := 0
		if i > 0 {
			start = ms[i-1].End
		}
		before := title[start:m.Start]
		if toPlace.MatchString(before) || i > 0 && joins.MatchString(before) && slices.Contains(out, ms[i-1].Party) {
			out = append(out, m.Party)
		}
	}
	return out
}

var toPlace = regexp.MustCompile(`(?i)\b(?:visits?|travels?|trips?|tour|meetings?|talks) (?:to|in|of) (?:the )?$`)

// foreignOffice reports whether the title or the first sentences name an office
// that only another state has.
func (r *Rules) foreignOffice(title string, opening []string) bool {
	if firstWord(r.words["foreign office"], title) != nil {
		return true
	}
	return len(opening) > 0 && firstWord(r.words["foreign office"], opening[0]) != nil
}

// weigh gives each party a weight by how and how often the text names it.
func (r *Rules) weigh(title string, l layout) map[timeline.Party]float64 {
	out := make(map[timeline.Party]float64)
	count := func(s string, each, side, seat float64) {
		for _, m := range r.Gazetteer.Find(s) {
			w := each
			if m.Demonym && strings.HasPrefix(s[m.End:], " side") {
				w += side
			}
			out[m.Party] += w
		}
		for _, m := range r.Gazetteer.Places(s) {
			out[m.Party] += seat
		}
	}
	count(title, 8, 0, 2)
	for _, s := range l.sections {
		count(s.Heading, 4, 0, 1)
	}
	for i, s := range l.statements {
		each := 1.0
		if i < openingSentences {
			each = 3
		}
		count(s.Text, each, 3, 0.5)
	}
	return out
}

// issuer returns the party that published a release which its address does not
// tell: of two parties the one whose people the first sentences name without
// saying of which state they are, or else the one the title names first.
func (r *Rules) issuer(title string, l layout, parties []timeline.Party) timeline.Party {
	if len(parties) == 1 {
		return parties[0]
	}
	if len(parties) != 2 {
		return ""
	}
	for _, s := range openingOf(l)[:min(1, len(l.statements))] {
		ms := r.Gazetteer.Find(s)
		named := map[timeline.Party]bool{}
		for i, m := range ms {
			if r.besideOffice(s, ms, i) {
				named[m.Party] = true
			}
		}
		switch {
		case named[parties[0]] && !named[parties[1]]:
			return parties[1]
		case named[parties[1]] && !named[parties[0]]:
			return parties[0]
		}
	}
	for _, m := range r.Gazetteer.Find(title) {
		if slices.Contains(parties, m.Party) {
			return m.Party
		}
	}
	return ""
}
