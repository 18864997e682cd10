package reading

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/reading/names"
	"readout/internal/rules/pattern"
	"readout/timeline"
)

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

var hyphen = pattern.New(`^\s?[-‐‑–—−/]\s?$`)

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
		case title && r.isTopic(s, m) || r.isEvent(s, m):
		case title && !m.Demonym && !r.attributive(s, m) && !r.words["meant for"].MatchString(s[:m.Start]):
			out = append(out, m.Party)
		case !title && !m.Demonym && r.actsItself(s, ms, i):
			out = append(out, m.Party)
		}
	}
	return out
}

// isTopic reports whether a mention at the head of a title only says what it is about:
// "Vietnam : refugees". Where people or a meeting follow, it takes part.
func (r *Rules) isTopic(s string, m names.Mention) bool {
	rest, ok := strings.CutPrefix(strings.TrimLeft(s[m.End:], " "), ":")
	return ok && strings.TrimSpace(s[:m.Start]) == "" && !r.office(rest) && !firstKindWord(r.kinds, rest)
}

// meetingPairs reports for each mention whether it is part of a hyphenated pair
// of those who meet rather than one that names a subject ("the Chile-Iceland
// dispute") or a person's descent ("the Chilean-American pianist").
func (r *Rules) meetingPairs(s string, ms []names.Mention) map[int]bool {
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
	sub, part := ahead{words: r.words["subject"], from: -1}, ahead{words: r.words["partaker"], from: -1}
	for at := 0; at < len(s); {
		sub.look(s, at)
		part.look(s, at)
		switch {
		case sub.from == len(s) && part.from == len(s):
			at = len(s)
		case sub.from < part.from:
			// "Minister for Defence" is an office.
			if s[sub.from:sub.to] != "for" || !r.office(lastWords(s[:sub.from], 2)) {
				turns = append(turns, turn{sub.from, true})
			}
			at = sub.to
		default:
			turns = append(turns, turn{part.from, false})
			at = part.to
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

// ahead is the next place of one of several words, which is looked for again only once it was passed.
type ahead struct {
	words    *pattern.Pattern
	from, to int // from is the length of the text where there is none any more, -1 before the first look
}

// look finds the next place from at on.
func (a *ahead) look(s string, at int) {
	if a.from >= at {
		return
	}
	a.from, a.to = len(s), len(s)
	if m := firstWord(a.words, s[at:]); m != nil {
		a.from, a.to = at+m[0], at+m[1]
	}
}

// besideOffice reports whether mention i stands with an office: "Chilean Foreign
// Minister", "Chile's President", "Minister of Foreign Affairs of Chile", "leaders
// of Chile, Iceland and Peru".
func (r *Rules) besideOffice(s string, ms []names.Mention, i int) bool {
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
		phrase := r.nounPhrase(after[len(adj):])
		if r.office(phrase) {
			return true
		}
		// "Chilean and Peruvian officials" and "U.S., Dutch and Danish leaders".
		if i+1 < len(ms) && r.joins(after) && ms[i+1].Demonym {
			return r.besideOffice(s, ms, i+1)
		}
		if m.Demonym {
			return false
		}
	} else if r.office(leading(r.nounPhrase(after), 5)) && !strings.HasPrefix(after, ",") {
		return true // "NATO Secretary General", "Abu Dhabi Crown Prince"
	}
	start := 0
	if i > 0 {
		start = ms[i-1].End
	}
	before := s[start:m.Start]
	if i > 0 && r.joins(before) && !ms[i-1].Demonym {
		return r.besideOffice(s, ms[:i], i-1)
	}
	at := r.words["of a party"].FindStringIndex(before)
	if at == nil {
		return false
	}
	return r.office(r.lastClause(before[:at[0]]))
}

var possessive = pattern.New(`^['’]s?(?:\s|$)`)

// joins reports whether the words between two names join them.
func (r *Rules) joins(between string) bool { return r.words["joined"].MatchString(between) }

// nounPhrase returns the head of s up to a comma, a verb or a preposition.
func (r *Rules) nounPhrase(s string) string {
	s = leading(s, 9)
	if at := r.words["phrase end"].FindStringIndex(s); at != nil {
		s = s[:at[0]]
	}
	return s
}

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
func (r *Rules) lastClause(s string) string {
	words := strings.Fields(s)
	if len(words) > 14 {
		words = words[len(words)-14:]
	}
	s = strings.Join(words, " ")
	if all := r.words["clause end"].FindAllStringIndex(s, -1); len(all) > 0 {
		s = s[all[len(all)-1][1]:]
	}
	return s
}

// attributive reports whether the party's name only qualifies a noun that is no
// office and no meeting, as in "Ukraine Recovery".
func (r *Rules) attributive(s string, m names.Mention) bool {
	rest := s[m.End:]
	if !strings.HasPrefix(rest, " ") {
		return false
	}
	if first, _ := utf8.DecodeRuneInString(rest[1:]); !unicode.IsUpper(first) {
		return false
	}
	phrase := r.nounPhrase(rest)
	return !r.office(phrase) && !firstKindWord(r.kinds, phrase)
}

// actsItself reports whether mention i is the subject of its sentence, alone or
// joined to others: "The United States and Japan reaffirm", "The Government of
// Chile and".
func (r *Rules) actsItself(s string, ms []names.Mention, i int) bool {
	for range mostJoined {
		if r.headsSentence(s[:ms[i].Start]) {
			return true
		}
		if i == 0 || !r.joins(s[ms[i-1].End:ms[i].Start]) {
			return false
		}
		i--
	}
	return false
}

// mostJoined is how many parties a subject joins at most, and longestHead how many bytes stand
// before the first.
const (
	mostJoined  = 64
	longestHead = 100
)

// headsSentence reports whether a name may be the subject with these words before it.
func (r *Rules) headsSentence(before string) bool {
	return len(before) <= longestHead && r.words["subject head"].MatchString(before)
}

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
	const reach = 256 // bytes, so that nobody goes through all of a text for its end
	if len(s) > reach {
		s = strings.ToValidUTF8(s[len(s)-reach:], "")
	}
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
		if r.words["to a place"].MatchString(before) || i > 0 && r.joins(before) && slices.Contains(out, ms[i-1].Party) {
			out = append(out, m.Party)
		}
	}
	return out
}
