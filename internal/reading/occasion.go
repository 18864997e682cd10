package reading

import (
	"slices"
	"strings"
	"unicode"

	"readout/internal/rules/pattern"
	"readout/timeline"
)

// mainClause returns the title without its subtitles in brackets and without the
// occasion, and the occasion.
func (r *Rules) mainClause(title string) (clause, occasion string) {
	clause = title
	if at := firstWord(r.words["occasion"], title); at != nil {
		clause, occasion = title[:at[0]], trimOccasion(title[at[1]:])
	}
	if wordsIn(occasion) <= 2 && firstKindWord(r.kinds, occasion) && strings.ToLower(occasion) == occasion {
		return withoutAsides(title), "" // "during the talks" is the meeting itself
	}
	return withoutAsides(clause), occasion
}

// trimOccasion cuts an occasion at its end: a bracket that is no abbreviation of
// it ("(Summary)"), a comma, a full stop.
func trimOccasion(s string) string {
	s = strings.TrimSpace(s)
	for strings.HasSuffix(s, ")") {
		at := strings.LastIndexByte(s, '(')
		if at < 0 || strings.IndexFunc(s[at:], unicode.IsLower) < 0 {
			break
		}
		s = strings.TrimSpace(s[:at])
	}
	depth := 0
	for i, c := range s {
		switch c {
		case '(':
			depth++
		case ')':
			depth--
		case ',', ';', '.':
			next := strings.TrimLeft(s[i+1:], " ")
			if depth <= 0 && (next == "" || len(next) < len(s[i+1:])) {
				return strings.TrimSpace(s[:i])
			}
		}
	}
	return s
}

var asidePattern = pattern.New(`\s*[(（\[［][^)）\]］]*[)）\]］]`)

// withoutAsides returns s without what stands in brackets.
func withoutAsides(s string) string { return strings.TrimSpace(asidePattern.ReplaceAllString(s, "")) }

// kind says what a release reports by the phrase that comes first in its title, or
// in its first sentences where the title has none. Talks may be told in the title and
// how they were held in the first sentence: "spoke by telephone".
func (r *Rules) kind(title string, opening []string) timeline.Kind {
	k := r.kindNamed(title, opening)
	if k != timeline.KindMeeting || len(opening) == 0 {
		return k
	}
	for _, s := range opening[:min(2, len(opening))] {
		if firstWord(r.words["met"], s) == nil {
			continue
		}
		if firstWord(r.words["by telephone"], s) != nil {
			return timeline.KindCall
		}
		if firstWord(r.words["by video"], s) != nil {
			return timeline.KindVideo
		}
		break
	}
	return k
}

// named returns what names the kind of a release: its title, or where that has no word for a kind, the
// heading right below it that has one.
func (r *Rules) named(title string, l layout) string {
	if clause, _ := r.mainClause(title); firstKindWord(r.kinds, clause) || len(l.statements) == 0 || l.statements[0].Section != 0 {
		return title
	}
	if first := l.sections[0]; first.Number == "" && firstKindWord(r.kinds, first.Heading) {
		return first.Heading
	}
	return title
}

// kindNamed is the kind that the title or the first sentences name. A label before a
// colon ("Press statement: Visit of …") does not decide where a name of a meeting
// follows.
func (r *Rules) kindNamed(title string, opening []string) timeline.Kind {
	clause, _ := r.mainClause(title)
	if label, rest, ok := strings.Cut(clause, ": "); ok && firstWord(r.words["label"], label) != nil && wordsIn(label) <= 5 {
		if _, named := firstKind(r.kinds, rest); named || firstWord(r.words["met"], rest) != nil {
			clause = rest
		}
	}
	for _, part := range titleParts.Split(clause, -1)[1:] {
		if at := firstWord(r.kinds[0].words, part); at != nil {
			return timeline.KindJointStatement // "Visit of …: Joint Communiqué"
		}
	}
	clause = blank(r.words["no kind"], clause)
	if k, ok := firstKind(r.kinds, strings.ReplaceAll(clause, "Readout", "")); ok {
		return k
	}
	for _, s := range opening {
		if k, ok := r.kindTold(s); ok {
			return k
		}
	}
	if firstWord(r.words["met"], clause) != nil || strings.Contains(clause, "Readout") {
		return timeline.KindMeeting
	}
	return timeline.KindStatement
}

// kindTold is the kind that a sentence tells of: by a verb of meeting and the name of a
// meeting, or by the verb where somebody in office meets. "At today's meeting the Council
// decided" tells of a decision.
func (r *Rules) kindTold(s string) (timeline.Kind, bool) {
	s = blank(r.words["no kind"], blank(r.words["guest"], s))
	met := firstWord(r.words["met"], s) != nil
	k, named := firstKind(r.kinds, s)
	switch {
	case named && (met || k == timeline.KindJointStatement || k == timeline.KindStatement):
		return k, true
	case met && firstWord(r.words["encounter"], s) != nil,
		met && firstWord(r.words["office"], s) != nil && (r.foreign || firstWord(r.words["reception"], s) != nil):
		return timeline.KindMeeting, true
	}
	return "", false
}

// titleParts are the marks between a title and what it is the title of.
var titleParts = pattern.New(`\s*:\s+|\s+[–—-]\s+`)

// firstKind returns the kind whose phrase comes first in s, the longest at one
// place.
func firstKind(kinds []wordClass, s string) (timeline.Kind, bool) {
	best := ""
	start, end := len(s), 0
	for _, k := range kinds {
		if at := firstWord(k.words, s); at != nil && (at[0] < start || at[0] == start && at[1] > end) {
			best, start, end = k.value, at[0], at[1]
		}
	}
	// A virtual meeting is often told after its own name: "Telephone Talk",
	// "Leaders' Meeting by Video Conference".
	if timeline.Kind(best) == timeline.KindMeeting {
		for _, k := range kinds {
			if timeline.Kind(k.value) == timeline.KindVideo && firstWord(k.words, s[end:]) != nil {
				best = k.value
			}
		}
	}
	return timeline.Kind(best), best != ""
}

// level is the highest rank that the title names, or else, where the title names
// no office at all, the first sentences. A release of one party alone has no level
// of meeting.
func (r *Rules) level(title string, opening []string, parties int) timeline.Level {
	if parties < 2 {
		return timeline.LevelOther
	}
	clause, _ := r.mainClause(title)
	if l := r.rank(clause); l != timeline.LevelOther || r.office(blank(r.words["any rank"], clause)) {
		return l
	}
	for _, s := range opening {
		if l := r.rank(s); l != timeline.LevelOther {
			return l
		}
	}
	return timeline.LevelOther
}

// levelOf returns the highest rank of those who take part, for a text that names no rank: of
// both parties somebody must be named. A title that names an office has the last word.
func (r *Rules) levelOf(title string, people []timeline.Participant) timeline.Level {
	clause, _ := r.mainClause(title)
	if r.office(blank(r.words["any rank"], clause)) {
		return timeline.LevelOther
	}
	best := timeline.LevelOther
	sides := map[timeline.Party]bool{}
	for _, p := range people {
		sides[p.Party] = true
		if l := r.rank(p.Title); best == timeline.LevelOther || slices.Index(levels, l) < slices.Index(levels, best) {
			best = l
		}
	}
	if len(sides) < 2 {
		return timeline.LevelOther
	}
	return best
}

// levels are the levels of a meeting, the highest first.
var levels = []timeline.Level{timeline.LevelSummit, timeline.LevelForeignMinisters, timeline.LevelViceMinisters, timeline.LevelOther}

// rank returns the highest rank that s names.
func (r *Rules) rank(s string) timeline.Level {
	s = blank(r.words["no rank"], s)
	// The lower ranks contain the names of the higher: they are taken out first.
	found := map[timeline.Level]bool{}
	for i := len(r.levels) - 1; i >= 0; i-- {
		if rest := blank(r.levels[i].words, s); rest != s {
			found[timeline.Level(r.levels[i].value)] = true
			s = rest
		}
	}
	for _, l := range r.levels {
		if found[timeline.Level(l.value)] {
			return timeline.Level(l.value)
		}
	}
	return timeline.LevelOther
}

// blank overwrites every match of a pattern made by wholeWords.
func blank(p *pattern.Pattern, s string) string {
	for {
		at := firstWord(p, s)
		if at == nil {
			return s
		}
		s = s[:at[0]] + "·" + s[at[1]:]
	}
}

// occasion returns what the meeting was on the occasion of: by the title or by
// the first sentences.
func (r *Rules) occasion(title string, opening []string) string {
	if _, o := r.mainClause(title); o != "" {
		return o
	}
	for _, s := range opening {
		if _, o := r.mainClause(s); o != "" && firstWord(r.words["met"], s) != nil {
			return o
		}
	}
	return ""
}
