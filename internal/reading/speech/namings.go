package speech

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/letters"
	"readout/internal/reading/names"
	"readout/timeline"
)

// namings returns the persons and offices that s names, in order. Those of a text are looked for once.
func (f *foreign) namings(s string) []encounter {
	if out, ok := f.named[s]; ok {
		return out
	}
	out := f.findNamings(s)
	f.named[s] = out
	return out
}

// findNamings is namings without looking for what was found.
func (f *foreign) findNamings(s string) []encounter {
	var out []encounter
	for _, kind := range []string{"office", "courtesy"} {
		for _, m := range f.all(kind, s) {
			var n encounter
			if f.last {
				n = f.nameBefore(s, m)
			} else {
				n = f.nameAfter(s, m)
				if kind == "office" && len(n.words) == 0 {
					n = f.ahead(s, n)
				}
				if kind == "courtesy" && n.country == "" {
					n.country = f.countryOfApposition(s, n.at[1])
				}
			}
			n.office = s[m[0]:m[1]]
			if kind == "courtesy" && len(n.words) == 0 {
				continue
			}
			out = append(out, n)
		}
	}
	slices.SortStableFunc(out, func(a, b encounter) int { return a.at[0] - b.at[0] })
	return out
}

// ahead gives an office without a name behind it the one that stands before it.
func (f *foreign) ahead(s string, n encounter) encounter {
	first, _ := utf8.DecodeRuneInString(s[n.at[0]:])
	switch {
	case f.final && caseless(first):
		return f.uncapitalizedAhead(s, n)
	case f.final:
		return n
	}
	return f.nameAhead(s, n)
}

// nameAhead gives an office the name that stands before it, where at least two words with
// capitals do and nothing else parts them than the country and a comma: "Halmosi Bence magyar
// külügyminiszter", "Hélène Vauquelin, ministre". Else n is returned as it is.
func (f *foreign) nameAhead(s string, n encounter) encounter {
	end := len(strings.TrimRight(s[:n.at[0]], " "))
	start := max(0, end-longestAhead)
	for start > 0 && !utf8.RuneStart(s[start]) {
		start--
	}
	if ms := f.gaz.Find(s[start:end]); len(ms) > 0 && start+ms[len(ms)-1].End == end {
		end = len(strings.TrimRight(s[:start+ms[len(ms)-1].Start], " "))
	}
	end = len(strings.TrimSuffix(s[:end], ","))
	var words []string
	from := end
	for _, w := range slices.Backward(wordsOf(s[start:end])) {
		word := s[start+w[0] : start+w[1]]
		if gap := s[start+w[1] : from]; len(words) == 4 || strings.Trim(gap, " ") != "" || !capital(word) ||
			f.namesParty(word) || len(f.all("office", word)) > 0 {
			break
		}
		words, from = append([]string{word}, words...), start+w[0]
	}
	if len(words) < 2 {
		return n
	}
	n.words, n.at[0] = words, from
	return n
}

// longestAhead is how many bytes a name and a country before an office take at most.
const longestAhead = 120

// nameBefore reads a name and a country before an office, as in "エリクセン・ノルウェー
// 王国外務大臣": a run of characters that names are written with.
func (f *foreign) nameBefore(s string, office [2]int) encounter {
	n := encounter{at: office}
	start := office[0]
	for start > 0 {
		r, size := utf8.DecodeLastRuneInString(s[:start])
		if !nameRune(r) && !(r == ' ' && hangulBefore(strings.TrimRight(s[:start-size], " "))) {
			break
		}
		start -= size
		if office[0]-start > 90 {
			break
		}
	}
	run := s[start:office[0]]
	ms := f.gaz.Find(run)
	if len(ms) > 1 { // "日・ノルウェー外相会談"
		return n
	}
	if len(ms) > 0 {
		m := ms[0]
		n.country = m.Party
		before, after := run[:m.Start], run[m.End:]
		after = after[f.head("realm", after):]
		after = after[f.head("genitive", after):]
		run = strings.Trim(before, "・ ") + "・" + strings.Trim(after, "・ ")
	}
	for w := range strings.FieldsFuncSeq(run, func(r rune) bool { return r == '・' || r == ' ' || r == '·' || r == '＝' }) {
		if (utf8.RuneCountInString(w) >= 2 || hangul(w)) && !f.whole("rank", w) && !f.whole("join", w) {
			n.words = append(n.words, w)
		}
	}
	if hangul(run) && len(n.words) > 1 {
		n.words = n.words[len(n.words)-1:]
	}
	n.at[0] = start
	return n
}

// nameRune reports whether names are written with r in Japanese and Korean.
func nameRune(r rune) bool {
	return r == '・' || r == 'ー' || r == '＝' || r == '々' || unicode.In(r, unicode.Han, unicode.Katakana, unicode.Hangul)
}

func hangulBefore(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.Is(unicode.Hangul, r)
}

func hangul(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Hangul, r) })
}

// nameAfter reads the country around an office and the name after it, as in
// "norwegische Außenministerin Marit Eide" and "挪威外交大臣埃里克森".
func (f *foreign) nameAfter(s string, office [2]int) encounter {
	n := encounter{at: office}
	end := office[1]
	rest := s[end:]
	first, _ := utf8.DecodeRuneInString(rest)
	if letters.Joined(first) || strings.ContainsFunc(s[office[0]:office[1]], letters.Joined) {
		if length := f.hanName(rest); length > 0 {
			n.words = []string{rest[:length]}
			end += length
		} else if p := f.bearerBefore(s[:office[0]]); p != "" {
			n.words, n.at[0] = []string{p}, office[0]-len(p)
		}
	} else if of, _ := utf8.DecodeRuneInString(s[office[0]:]); caseless(of) {
		n.words, end = f.uncapitalized(s, end)
	} else {
		n.words, end = f.capitalized(s, end)
	}
	n.at[1] = end
	n.country = f.countryAround(s, office, end, len(n.words) > 0)
	return n
}

// bearerBefore returns the name in Chinese characters that stands between a mark and an
// office behind it: "，林部長感謝". A family name of one character is told only by a person
// known already, whose whole name is returned; "" where there is none.
func (f *foreign) bearerBefore(s string) string {
	start := len(s)
	for start > 0 {
		r, size := utf8.DecodeLastRuneInString(s[:start])
		if !unicode.Is(unicode.Han, r) {
			break
		}
		start -= size
	}
	run := s[start:]
	switch n := utf8.RuneCountInString(run); {
	case n == 1:
		at := slices.IndexFunc(f.people, func(p *stranger) bool { return strings.HasPrefix(p.words[0], run) })
		if at >= 0 && utf8.RuneCountInString(f.people[at].words[0]) <= 4 {
			return run
		}
	case n >= 2 && n <= 5 && len(f.gaz.Find(run)) == 0 && len(f.all("nameless", run)) == 0:
		return run
	}
	return ""
}

// hanName returns the bytes that a name in Chinese characters takes at the head of
// s: what stands before a word that no name has.
func (f *foreign) hanName(s string) int {
	s = s[:safeCut(s, 60)]
	end := len(s)
	if ms := f.all("nameless", s); len(ms) > 0 {
		end = ms[0][0]
	}
	for i, r := range s[:end] {
		if r != '·' && !unicode.Is(unicode.Han, r) || i >= 30 {
			end = i
			break
		}
	}
	if end < 6 {
		return 0
	}
	return end
}

// longestName is how many bytes the words of a name take at most.
const longestName = 400

// capitalized reads the capitalised words of a name at offset i, past a country
// ("Norwegens", "de Noruega") and a word of courtesy.
func (f *foreign) capitalized(s string, i int) ([]string, int) {
	i = f.pastCountry(s, i)
	end := i
	var words []string
	for _, w := range wordsOf(s[i : i+safeCut(s[i:], longestName)]) {
		gap := s[end : i+w[0]]
		word := s[i+w[0] : i+w[1]]
		if strings.Trim(gap, " .,") != "" || strings.Contains(gap, ",") && len(words) > 0 || !capital(word) || len(words) > 4 {
			break
		}
		if len(words) > 1 && len(f.gaz.Seats(names.Cut(word))) > 0 {
			break // "besökte utrikesminister Tova Lindmyr Lima"
		}
		if f.final && len(words) > 0 && f.namesParty(word) {
			break // "naziri Elşad Quliyarlı Latviyanın xarici işlər naziri ilə"
		}
		if utf8.RuneCountInString(word) > 1 {
			words = append(words, word)
		}
		end = i + w[1]
	}
	return words, end
}

// pastCountry returns the offset behind a country and words of courtesy at offset i of s.
func (f *foreign) pastCountry(s string, i int) int {
	skip := func() bool {
		rest := strings.TrimLeft(s[i:], " ,")
		at := i + len(s[i:]) - len(rest)
		if ms := f.gaz.Find(rest[:min(len(rest), safeCut(rest, 60))]); len(ms) > 0 {
			lead := strings.TrimSpace(rest[:ms[0].Start])
			if lead == "" || f.whole("genitive", lead) {
				i = at + ms[0].End
				return true
			}
		}
		if ms := f.all("courtesy", rest[:safeCut(rest, 60)]); len(ms) > 0 && ms[0][0] == 0 {
			i = at + ms[0][1]
			return true
		}
		return false
	}
	for range 3 {
		if !skip() {
			break
		}
	}
	return i
}

func safeCut(s string, n int) int {
	for n < len(s) && !utf8.RuneStart(s[n]) {
		n++
	}
	return min(n, len(s))
}

// countryAround returns the party named right before or right after an office, which takes up s to end with
// the name of who has it, where it is named.
func (f *foreign) countryAround(s string, office [2]int, end int, named bool) timeline.Party {
	start := office[0] - 40
	for start > 0 && !utf8.RuneStart(s[start]) {
		start--
	}
	start = max(0, start)
	if i := strings.LastIndexAny(s[start:office[0]], ",;，；、。"); i >= 0 {
		_, n := utf8.DecodeRuneInString(s[start+i:])
		start += i + n
	}
	if ms := f.gaz.Find(s[office[0]:office[1]]); len(ms) > 0 { // "ministre norvégien des affaires étrangères"
		return ms[0].Party
	}
	if f.final { // "Belgiya tashqi ishlar vaziri O‘zbekistondagi islohotlarni"
		if p := f.countryBefore(s, start, office); p != "" {
			return p
		}
	}
	after := office[1] + safeCut(s[office[1]:], 70)
	if ms := f.gaz.Find(s[office[1]:max(after, end)]); len(ms) > 0 {
		between := s[office[1] : office[1]+ms[0].Start]
		if strings.Count(between, " ") <= 6 && !strings.ContainsAny(between, ".。;") &&
			slices.Contains(f.parties, ms[0].Party) && f.belongs(between) &&
			!(f.final && (named || f.ofNextOffice(s[office[1]+ms[0].End:]))) && !han(between) {
			return ms[0].Party
		}
	}
	return f.countryBefore(s, start, office)
}

// ofNextOffice reports whether an office follows in at most three words: where the verb stands at
// the end a country stands before its office as a rule, and never behind the name of who has it.
func (f *foreign) ofNextOffice(after string) bool {
	ms := f.all("office", after[:safeCut(after, 80)])
	return len(ms) > 0 && strings.Count(strings.TrimSpace(after[:ms[0][0]]), " ") < 3 && !strings.ContainsAny(after[:ms[0][0]], ".,;،。")
}

// han reports whether s holds Chinese characters, in which a country stands before its office.
func han(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// namesParty reports whether a word is the name of a party.
func (f *foreign) namesParty(word string) bool {
	ms := f.gaz.Find(word)
	return len(ms) > 0 && ms[0].Start == 0
}

// countryBefore returns the last party named in s between start and an office, where nothing
// parts it from the office.
func (f *foreign) countryBefore(s string, start int, office [2]int) timeline.Party {
	ms := f.gaz.Find(s[start:office[0]])
	if len(ms) == 0 {
		return ""
	}
	m := ms[len(ms)-1]
	between := s[start+m.End : office[0]]
	if len(f.all("office", between)) > 0 || strings.Count(between, " ") > 4 || len(f.all("join", between)) > 0 ||
		len(f.all("with", between)) > 0 {
		return ""
	}
	if _, _, verb := f.verb(between); verb { // "Generalversammlung der Vereinten Nationen traf Außenministerin Lund"
		return ""
	}
	return m.Party
}

// countryOfApposition returns the party of an office that follows a name at
// offset i after a comma: "Mme Vautrel, ministre des affaires étrangères du Chili".
func (f *foreign) countryOfApposition(s string, i int) timeline.Party {
	rest, ok := strings.CutPrefix(s[i:], ", ")
	if !ok {
		return ""
	}
	rest = rest[:safeCut(rest, 90)]
	ms := f.all("office", rest)
	if len(ms) == 0 || ms[0][0] > 4 {
		return ""
	}
	for _, p := range f.gaz.Find(rest) {
		if strings.ContainsAny(rest[:p.Start], ";.") || p.Start > ms[0][1] && f.tellsBetween(rest[ms[0][1]:p.Start]) {
			return ""
		}
		if slices.Contains(f.parties, p.Party) {
			return p.Party
		}
	}
	return ""
}

// tellsBetween reports whether the words between an office and a country tell of something: then the
// country is that of another office. "M. Faye, ministre des affaires étrangères, a reçu la ministre norvégienne".
func (f *foreign) tellsBetween(between string) bool {
	_, _, verb := f.verb(between)
	return verb || strings.Contains(between, ", ") || len(f.all("office", between)) > 0
}

// belongs reports whether the words between an office and a country after it make
// it the country's: a name, or words that join the two.
func (f *foreign) belongs(between string) bool {
	if len(f.all("office", between)) > 0 ||
		strings.ContainsFunc(between, letters.Joined) && (len(f.all("with", between)) > 0 || strings.Contains(between, "，")) {
		return false
	}
	for _, at := range wordsOf(between) {
		w := between[at[0]:at[1]]
		if !capital(w) && !strings.ContainsFunc(w, letters.Joined) && !f.whole("genitive", w) {
			return false
		}
	}
	return true
}
