package speech

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/reading/names"
	"readout/timeline"
)

// foreign reads a release in a language of the lexicon beside English.
type foreign struct {
	*tongue
	gaz      *names.Gazetteer
	parties  []timeline.Party
	home     timeline.Party
	people   []*stranger
	capitals map[string]bool        // words with a capital that begin no sentence
	named    map[string][]encounter // by text
	single   []timeline.Party       // the last who spoke alone
	before   []timeline.Party       // who alone spoke in the statement before, nil where nobody did
	authored bool
	frame    *frame
	firsts   map[string]timeline.Party // the parties by the first character of a name that the text gives them
}

// sideOfOne follows the first character of a country's name in Chinese where it stands for its
// side: "塞方".
const sideOfOne = "方"

// stranger is a person by the printed words of the name.
type stranger struct {
	words  []string
	office string
	party  timeline.Party
	proof  timeline.Evidence // of the party
	taking bool
}

// prove is [person.prove] for a stranger.
func (p *stranger) prove(party timeline.Party, how timeline.Proof, text string) {
	if p.party == "" && party != "" {
		p.party, p.proof = party, timeline.Evidence{How: how, Text: strings.TrimSpace(text)}
	}
}

// attributeForeign is [Attribute] for a language of the lexicon.
func attributeForeign(rel *timeline.Release, g *names.Gazetteer, lex *Lexicon, t *tongue) {
	d := newDiscourse(&cast{lex: lex, parties: timeline.SortParties(rel.Parties)}, rel)
	f := &foreign{tongue: t, gaz: g, named: map[string][]encounter{}, parties: d.all, authored: rel.Kind == timeline.KindJointStatement}
	if slices.Contains(f.parties, rel.Issuer) {
		f.home = rel.Issuer
	}
	f.introduceAll(rel)
	for i := range rel.Statements {
		s := &rel.Statements[i]
		if i > 0 && s.Section != rel.Statements[i-1].Section {
			f.frame = nil
		}
		f.attribute(s, nextOf(rel.Statements, i))
	}
	for _, p := range f.people {
		if p.taking && p.party != "" {
			proof := p.proof
			rel.Participants = append(rel.Participants, timeline.Participant{
				Name:     strings.Join(p.words, " "),
				Title:    p.office,
				Party:    p.party,
				Evidence: &proof,
			})
		}
	}
}

// attribute fills in one statement.
func (f *foreign) attribute(s *timeline.Statement, next *timeline.Statement) {
	text := withoutQuotes(s.Text)
	unsay(s)
	before := f.before
	f.before = nil
	if f.frame != nil && !f.frame.covers(s.Path) {
		f.frame = nil
	}
	frames := len(f.all("frame", text)) > 0 || strings.HasSuffix(text, ":") || strings.HasSuffix(text, "：")
	v, at, ok := f.verb(text)
	switch {
	case ok && v.act == actMeet:
		return
	case !ok && f.frame != nil:
		f.frame.say(s, f.frame.act, f.frame.verb)
		return
	case !ok && f.authored && f.sentence(text) && len(f.all("frame", text)) == 0:
		s.Speakers, s.Act = slices.Clone(f.parties), timeline.ActState
		if f.narrates(text) {
			s.Speakers, s.Act = nil, timeline.ActNone
		}
		return
	case !ok:
		return
	}
	speakers := f.speaker(text, at, v, before)
	if len(speakers) == 1 {
		f.single, f.before = speakers, speakers
	}
	s.Speakers, s.Act, s.Verb = slices.Clone(speakers), v.act, v.verb
	s.Unresolved = len(speakers) == 0
	if frames {
		f.frame = &frame{voice: of(speakers), act: v.act, verb: v.verb, path: s.Path, list: next != nil && len(next.Path) > len(s.Path)}
	}
}

// sentence reports whether the text ends as sentences do.
func (f *foreign) sentence(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, " 」』”»)）"))
	return strings.ContainsRune(".。!！?？;；", r)
}

// narrates reports whether a sentence of a joint statement tells of the meeting:
// it names a person by office.
func (f *foreign) narrates(s string) bool { return len(f.namings(s)) > 0 }

// collective acts are those of all where no one is named.
func collective(a timeline.Act) bool {
	switch a {
	case timeline.ActAgree, timeline.ActShareView, timeline.ActConfirm, timeline.ActDiscuss:
		return true
	}
	return false
}

// speaker returns who acts with the verb at the given place: nobody where that is
// someone whose side is not known. Before is who alone spoke in the statement before.
func (f *foreign) speaker(s string, verb [2]int, v tongueVerb, before []timeline.Party) []timeline.Party {
	cs := f.claims(s)
	if f.last {
		ps, asked := f.bySubjectMark(s, cs, verb, v)
		if ps != nil {
			return ps
		}
		if o := f.other(asked); o != "" && v.act == timeline.ActUrge {
			return only(o)
		}
	} else if ps := f.byPlace(s, cs, verb); ps != nil {
		if collective(v.act) && f.onlyCountries(s, cs, verb) {
			return f.parties
		}
		return ps
	}
	switch {
	case collective(v.act) || f.authored:
		return f.parties
	case f.unsaid(s[:verb[0]]):
		switch {
		case f.namedBehind(s[verb[1]:]):
			return nil
		case f.head("one", s[verb[0]:verb[1]]) > 0:
			if strings.TrimSpace(s[:verb[0]]) == "" || f.whole("adverb", s[:verb[0]]) {
				return before
			}
			return nil
		}
		return f.parties
	case f.last:
		return f.single
	}
	return nil
}

// unsaid reports whether the words before a verb name nobody: there are none, or one that is no name,
// as in "They condemned". A name is what stands with a capital inside another sentence.
func (f *foreign) unsaid(before string) bool {
	ws := wordsOf(before)
	return len(ws) == 0 || len(ws) == 1 && !f.capitals[before[ws[0][0]:ws[0][1]]]
}

// namedBehind reports whether the word right behind a verb may name who acts, whose side then is not
// known: "Expresó Mendoza su satisfacción". A country may be whom it is said to as well.
func (f *foreign) namedBehind(after string) bool {
	ws := wordsOf(after[:safeCut(after, nextTo)])
	if len(ws) == 0 || strings.TrimSpace(after[:ws[0][0]]) != "" {
		return false
	}
	word := after[ws[0][0]:ws[0][1]]
	if f.namesParty(after[ws[0][0]:]) {
		return true
	}
	if first, _ := utf8.DecodeRuneInString(word); caseless(first) {
		return !f.noName(after[ws[0][0]:])
	}
	return capital(word)
}

// onlyCountries reports whether those who may act before the verb are all called by the names of
// their countries, and these are several: "the foreign ministers of Iran and Oman discussed".
func (f *foreign) onlyCountries(s string, cs []claim, verb [2]int) bool {
	var named []timeline.Party
	for _, c := range cs {
		if c.at[0] >= verb[0] {
			break
		}
		if !c.weak {
			return false
		}
		named = append(named, c.parties...)
	}
	return len(timeline.SortParties(named)) > 1
}

// bySubjectMark takes the first claim that a particle marks as the subject. A mark that may
// stand inside a clause is none where the clause ends before the verb: "ロシアが役割を果たすよう
// 働きかけた". Then asked is the party of which the clause speaks.
func (f *foreign) bySubjectMark(s string, cs []claim, verb [2]int, v tongueVerb) (ps []timeline.Party, asked timeline.Party) {
	particle := f.by["particle"]
	if parts := f.all("contrast", s[:verb[0]]); len(parts) > 0 {
		from := parts[len(parts)-1][1]
		later := slices.IndexFunc(cs, func(c claim) bool { return c.at[0] >= from && c.at[0] < verb[0] })
		if later > 0 && f.head("particle", s[f.pastBrackets(s, cs[later].at[1]):]) > 0 {
			cs = cs[later:]
		}
	}
	end := verb[0]
	if collective(v.act) { // "ことで一致した"
		end = verb[1]
	}
	clauses := f.all("clause", s[:end])
	inClause := func(from int) bool {
		return slices.ContainsFunc(clauses, func(m [2]int) bool { return m[0] >= from })
	}
	for i, c := range cs {
		if c.at[0] >= verb[1] || particle == nil {
			break
		}
		at := f.pastBrackets(s, c.at[1])
		if f.head("particle", s[at:]) == 0 {
			continue
		}
		if f.head("topic", s[at:]) > 0 || !inClause(at) {
			return f.together(s, cs, i, verb[0], v), ""
		}
		if asked == "" && len(c.parties) == 1 {
			asked = c.parties[0]
		}
	}
	return nil, asked
}

// together is [foreign.with] for the subject of a sentence; what is done by both is done by those
// too whom it is done with: "장관은 체코 장관과 회담을 갖고 …에 대해 논의하였다".
func (f *foreign) together(s string, cs []claim, i, verb int, v tongueVerb) []timeline.Party {
	out := f.with(s, cs, i)
	if v.act != timeline.ActDiscuss {
		return out
	}
	for _, c := range cs[i+1:] {
		if c.at[0] < verb && !c.weak && len(c.parties) > 0 && f.head("with", s[c.at[1]:]) > 0 {
			out = append(out, c.parties...)
		}
	}
	return timeline.SortParties(out)
}

// pastBrackets returns the offset after a bracket that opens at i.
func (f *foreign) pastBrackets(s string, i int) int {
	for _, pair := range []string{"（）", "()"} {
		open, n := utf8.DecodeRuneInString(pair)
		if r, _ := utf8.DecodeRuneInString(s[i:]); r == open {
			if end := strings.Index(s[i:], pair[n:]); end >= 0 {
				return i + end + len(pair[n:])
			}
		}
	}
	return i
}

// byPlace takes the last claim before the verb that no preposition precedes, or
// the first right after it or after the first word of a verb that is parted: "kündigte Lund Hilfe an".
func (f *foreign) byPlace(s string, cs []claim, verb [2]int) []timeline.Party {
	for _, weak := range []bool{false, true} {
		best := -1
		for i, c := range cs {
			if c.weak == weak && c.at[1] <= verb[0] && !f.oblique(s, c.at) {
				best = i
				if !weak {
					break
				}
			}
		}
		if best >= 0 {
			return f.with(s, cs, best)
		}
	}
	for i, c := range cs {
		if c.at[0] <= verb[0] || c.weak || f.oblique(s, c.at) {
			continue
		}
		between := s[verb[0]:c.at[0]]
		if c.at[0] >= verb[1] {
			between = s[verb[1]:c.at[0]]
		}
		if strings.Count(between, " ") <= 3 && !strings.ContainsAny(between, ",;:，；：。") {
			return f.with(s, cs, i)
		}
	}
	return nil
}

// oblique reports whether the words around a claim say that it does not act.
func (f *foreign) oblique(s string, at [2]int) bool {
	if f.head("after", s[at[1]:]) > 0 {
		return true
	}
	before := strings.TrimRight(s[:at[0]], " ")
	if article, ok := f.tail("article", before); ok {
		before = strings.TrimRight(before[:article[0]], " ")
	}
	_, ok := f.tail("oblique", before)
	return ok
}

// with returns the parties of claim i and of those joined to it.
func (f *foreign) with(s string, cs []claim, i int) []timeline.Party {
	out := append([]timeline.Party{}, cs[i].parties...)
	for k := i - 1; k >= 0 && f.whole("join", s[cs[k].at[1]:cs[k+1].at[0]]); k-- {
		out = append(out, cs[k].parties...)
	}
	for k := i + 1; k < len(cs) && f.whole("join", s[cs[k-1].at[1]:cs[k].at[0]]); k++ {
		out = append(out, cs[k].parties...)
	}
	if len(out) == 0 {
		return out // not nil: someone acts
	}
	return timeline.SortParties(out)
}

// side returns the end of a word such as "side" or "government" after the name
// that ends at i, or i.
func (f *foreign) side(s string, i int) int {
	return i + f.head("side", s[i:])
}

func only(p timeline.Party) []timeline.Party {
	if p == "" {
		return nil
	}
	return []timeline.Party{p}
}

func (f *foreign) other(p timeline.Party) timeline.Party {
	c := cast{parties: f.parties}
	return c.other(p)
}

// quotedName is a name in quotation marks before its spelling in Latin letters, as Korean texts
// set those of foreigners: "「얀 흐루슈카(Jan Hruška)」".
var quotedName = regexp.MustCompile(`^([\p{Hangul} ]+)\([\p{Latin} .'’-]+\)$`)

// withoutQuotes overwrites what stands in quotation marks by spaces of the same
// length: what is said there is no report of this sentence's speaker.
func withoutQuotes(s string) string {
	closers := map[rune]rune{'「': '」', '『': '』', '«': '»', '„': '“', '“': '”'}
	b := []byte(s)
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if end, ok := closers[r]; ok {
			if k := strings.IndexRune(s[i+n:], end); k >= 0 {
				blanked := i + n
				if at := quotedName.FindStringSubmatchIndex(s[blanked : blanked+k]); at != nil {
					blanked += at[3]
					copy(b[i:], strings.Repeat(" ", n))
					copy(b[i+n+k:], strings.Repeat(" ", utf8.RuneLen(end)))
				}
				for j := blanked; j < i+n+k; j++ {
					b[j] = ' '
				}
				i += n + k
				continue
			}
		}
		i += n
	}
	return string(b)
}

// capital reports whether s begins with a capital letter.
func capital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}
