package reading

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/reading/names"
	"readout/timeline"
)

// place returns where the meeting took place, a city as a rule: beside the day in the
// title's brackets, or named in the title or a sentence that says who met. It is ""
// where the text names none, only a country, or only the place of another meeting.
func (r *Rules) place(title string, opening []string, k timeline.Kind) string {
	if k == timeline.KindCall || k == timeline.KindVideo {
		return ""
	}
	for _, m := range asidePattern.FindAllString(title, -1) {
		inner := strings.Trim(m, " ()（）[]［］")
		for part := range strings.SplitSeq(inner, ", ") {
			if len(r.calendar.Find(part)) == 0 && strings.IndexFunc(part, unicode.IsDigit) < 0 && len(r.calendar.Find(inner)) > 0 {
				return part
			}
		}
	}
	for _, s := range opening {
		if firstWord(r.words["met"], s) == nil {
			continue
		}
		if p := r.placeIn(s); p != "" {
			return p
		}
	}
	if k == timeline.KindStatement {
		return ""
	}
	// An English title brings in a subject by the words that bring in a place, "Invest in Harbours": only a city that
	// is known counts.
	p := r.placeIn(withoutAsides(title))
	if !r.foreign && !r.isKnown(p) {
		return ""
	}
	return p
}

// isKnown reports whether a name begins with that of a city in the tables.
func (r *Rules) isKnown(name string) bool { return r.cityAt(name, 0) > 0 }

// placeIn returns the first name in s that can be that of the place of the meeting which
// s tells of.
func (r *Rules) placeIn(s string) string {
	patterns := []*regexp.Regexp{r.words["in a place"].Regexp()}
	if r.foreign {
		patterns = nil
		for _, p := range r.places[""] {
			patterns = append(patterns, p.Regexp())
		}
	}
	for _, p := range patterns {
		for _, m := range p.FindAllStringSubmatchIndex(s, -1) {
			start, end := m[len(m)-2], m[len(m)-1]
			if start < 0 {
				continue
			}
			end = max(end, r.cityAt(s, start))
			name := strings.Trim(s[start:end], " .,’'")
			if !r.isPlace(name) || r.ofAnother(s[:start], s[end:]) || r.talkedOf(s[:start]) {
				continue
			}
			if strings.HasPrefix(s[start+len(name):], ".") && abbreviated.MatchString(name) {
				name += "." // "Washington, D.C."
			}
			return name
		}
	}
	return ""
}

// abbreviated is a name that ends in initials, the last without its full stop.
var abbreviated = regexp.MustCompile(`\b\p{Lu}\.\p{Lu}$`)

// talkedOf reports whether what follows is part of what was talked about, or of the name of something, which
// a quotation mark has opened.
func (r *Rules) talkedOf(before string) bool {
	return strings.Count(before, "“") > strings.Count(before, "”") ||
		firstWord(r.words["talked of"], before) != nil || firstWord(r.words["spoken of"], before) != nil
}

// cityAt returns the end of the name of a city that is known and begins at offset i, 0 where there is none:
// "Port Vila", of which a wording may see the first word alone.
func (r *Rules) cityAt(s string, i int) int {
	for _, m := range r.Gazetteer.Places(names.Cut(headOf(s[i:], cityReach))) {
		if m.Start == 0 {
			return i + m.End
		}
	}
	return 0
}

// cityReach is how many bytes the name of a city has at most.
const cityReach = 64

// placeName is the name of a place in English. A comma ends the name: what follows is the
// country.
const placeName = `((?:The )?\p{Lu}[\pL’'.-]*(?:(?:[ -]| of | de | del | la | do | da )\p{Lu}[\pL’'.-]*){0,3})`

// isPlace reports whether a name can be that of a city: no party, body, building, event,
// office, month or sign.
func (r *Rules) isPlace(name string) bool {
	first, _, _ := strings.Cut(name, " ")
	switch {
	case utf8.RuneCountInString(name) < 2, firstWord(r.words["no place"], name) != nil:
		return false
	case r.calendar.StartsMonth(name), r.calendar.Weekday(first) > 0, firstWord(r.words["office"], name) != nil:
		return false
	case firstKindWord(r.kinds, name), isAcronym(first):
		return false
	}
	if _, party := r.Gazetteer.Lookup(name); party {
		return r.isSeat(name) // a city that is a state
	}
	return !slices.ContainsFunc(r.Gazetteer.Find(name), func(m names.Mention) bool { return m.Start == 0 && !r.isSeat(name) })
}

// isSeat reports whether all of a name is the seat of a government.
func (r *Rules) isSeat(name string) bool {
	return slices.ContainsFunc(r.Gazetteer.Seats(names.Cut(name)), func(m names.Mention) bool { return m.Start == 0 && m.End == len(name) })
}

// isAcronym reports whether a word is written in capitals alone: "APEC", "EV", "U.S.".
func isAcronym(w string) bool {
	capitals := 0
	for _, c := range w {
		if unicode.IsLower(c) || unicode.Is(unicode.Lo, c) || unicode.Is(unicode.Lm, c) {
			return false
		}
		if unicode.IsUpper(c) {
			capitals++
		}
	}
	return capitals >= 2
}

// ofAnother reports whether the words before or after a place make it that of another
// meeting: "the summit in Lisbon last year", "since the one at Lisbon", "in Lisbon in
// November 2042".
func (r *Rules) ofAnother(before, after string) bool {
	return r.words["other day"].MatchString(tail(before, beforeDay)) || r.words["at another time"].MatchString(headOf(after, afterDay))
}
