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
	subject, acting := r.subjects(s), r.actingThemselves(s, ms)
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
		case !title && !m.Demonym && acting[i]:
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
	subjects, partakers := r.words["subject"], r.words["partaker"]
	sub, part := nextWord(subjects, s, nil, 0), nextWord(partakers, s, nil, 0)
	for sub != nil || part != nil {
		at := 0
		if part == nil || sub != nil && sub[0] < part[0] {
			// "Minister for Defence" is an office.
			if before := s[:sub[0]]; s[sub[0]:sub[1]] != "for" || !r.office(lastWords(before, 2)) {
				turns = append(turns, turn{sub[0], true})
			}
			at = sub[1]
		} else {
			turns = append(turns, turn{part[0], false})
			at = part[1]
		}
		sub, part = nextWord(subjects, s, sub, at), nextWord(partakers, s, part, at)
	}
	spoken := r.spokenOf(s)
	return func(i int) bool {
		if spoken[i] {
			return true
		}
		in := false
		for _, t := range turns {
			if t.at < i {
				in = t.subject
			}
		}
		return in
	}
}

// spokenOf returns the offsets of the names that stand right behind a phrase by which they are only spoken
// of, and of those joined to these: "the peace process between the Government of Chile and Peru".
func (r *Rules) spokenOf(s string) map[int]bool {
	var out map[int]bool
	var ms []names.Mention
	for from := 0; ; {
		at := firstWord(r.words["spoken of"], s[from:])
		if at == nil {
			return out
		}
		if out == nil {
			out, ms = map[int]bool{}, r.Gazetteer.Find(s)
		}
		from += at[1]
		end := from
		for _, m := range ms {
			if m.Start < end {
				continue
			}
			if gap := s[end:m.Start]; len(strings.Fields(gap)) > widestJoin || strings.ContainsAny(gap, ".;:") ||
				end > from && firstWord(r.words["partaker"], gap) != nil {
				break
			}
			out[m.Start], end = true, m.End
		}
	}
}

// widestJoin is how many words may stand before such a name: "and the Government of".
const widestJoin = 4

// nextWord returns the place of the first match at offset at or behind it. Seen is the last one that
// was found, and nil where none is; it is looked for again only once it is passed, so that a word that
// is rare is not looked for as often as another one is found.
func nextWord(p *pattern.Pattern, s string, seen []int, at int) []int {
	if seen == nil && at > 0 || seen != nil && seen[0] >= at {
		return seen
	}
	next := firstWord(p, s[at:])
	if next == nil {
		return nil
	}
	return []int{at + next[0], at + next[1]}
}

// besideOffice reports whether mention i stands with an office: "Chilean Foreign
// Minister", "Chile's President", "Minister of Foreign Affairs of Chile", "leaders
// of Chile, Iceland and Peru".
func (r *Rules) besideOffice(s string, ms []names.Mention, i int) bool {
	return r.besideOfficeOf(s, ms, i, mostJoined)
}

// mostJoined is how many parties share one office at most: the members of the largest alliance, and some.
const mostJoined = 40

// besideOfficeOf is besideOffice for a mention that shares the office with at most so many others.
func (r *Rules) besideOfficeOf(s string, ms []names.Mention, i, others int) bool {
	if others == 0 {
		return false
	}
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
			return r.besideOfficeOf(s, ms, i+1, others-1)
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
		return r.besideOfficeOf(s, ms[:i], i-1, others-1)
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

// actingThemselves reports of each mention whether it is the subject of its sentence, alone or
// joined to others: "The United States and Japan reaffirm", "The Government of
// Chile and".
func (r *Rules) actingThemselves(s string, ms []names.Mention) []bool {
	out := make([]bool, len(ms))
	for i, m := range ms {
		out[i] = r.headsSentence(s[:m.Start]) || i > 0 && out[i-1] && r.joins(s[ms[i-1].End:m.Start])
	}
	return out
}

// longestHead is how many bytes stand before the first party of a subject.
const longestHead = 100

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
