package attribution

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/timeline"
)

// encounter is one naming of a person by office.
type encounter struct {
	at      [2]int // office and name
	words   []string
	office  string
	country timeline.Party
}

// introduceAll reads the people off the title and the statements. Who is named
// without a country in the opening is of the ministry that writes; where that is
// not known, of the side that is left over.
func (f *foreign) introduceAll(rel *timeline.Release) {
	texts := []string{rel.Title}
	for _, s := range rel.Statements {
		texts = append(texts, withoutQuotes(s.Text))
	}
	for i, text := range texts {
		for _, n := range f.namings(text) {
			if len(n.words) > 0 {
				f.introduce(n, i <= preamble)
			}
		}
	}
	if len(f.parties) != 2 {
		return
	}
	if f.home == "" {
		for _, p := range f.people {
			if p.party != "" && slices.Contains(f.parties, p.party) && f.people[0].party == "" {
				f.home = f.other(p.party)
				break
			}
		}
	}
	for _, text := range texts[1:min(len(texts), preamble+1)] {
		f.faceEachOther(text)
	}
	for _, p := range f.people {
		switch {
		case p.party != "":
		case rel.Kind == timeline.KindVisit && !p.taking:
			p.party = f.other(f.home) // on a visit those who come up later are hosts
		default:
			p.party = f.home
		}
	}
}

// faceEachOther gives the second of two persons in a sentence of meeting the
// other side: "桐島大臣は、ヴァルコネン大臣と会談".
func (f *foreign) faceEachOther(text string) {
	var first *stranger
	var named encounter // of the first
	for _, n := range f.namings(text) {
		p := f.find(n)
		switch {
		case p == nil || p == first || len(n.words) == 0:
		case first == nil:
			first, named = p, n
		case p.party == "" && f.met(text, named, n):
			p.party = f.other(cmp.Or(first.party, f.home))
			return
		default:
			return
		}
	}
}

// met reports whether the words beside a naming make it the one who was met.
func (f *foreign) met(text string, first, n encounter) bool {
	if f.last {
		for _, with := range []string{"と", "과", "와"} {
			if strings.HasPrefix(text[n.at[1]:], with) || n.at[0] >= first.at[1] && strings.TrimSpace(text[first.at[1]:n.at[0]]) == with {
				return true
			}
		}
		return false
	}
	return f.oblique(text, n.at[0])
}

func (f *foreign) introduce(n encounter, early bool) {
	p := f.find(n)
	if p == nil {
		p = &stranger{words: n.words, office: n.office}
		f.people = append(f.people, p)
	}
	if p.party == "" {
		p.party = n.country
	}
	if len(n.words) > len(p.words) {
		p.words = n.words
	}
	p.taking = p.taking || early
}

// find returns the person of the naming, or nil.
func (f *foreign) find(n encounter) *stranger {
	for _, p := range f.people {
		if n.country != "" && p.party != "" && n.country != p.party {
			continue
		}
		for _, w := range n.words {
			if slices.ContainsFunc(p.words, func(v string) bool { return sameStranger(v, w) }) {
				return p
			}
		}
	}
	return nil
}

// sameStranger reports whether two words are one name: they are equal, differ in
// an ending of case, or, in scripts without spaces, one is the family name at
// either end of the other.
func sameStranger(a, b string) bool {
	if a == b {
		return true
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	first, _ := utf8.DecodeRuneInString(a)
	if unspaced(first) {
		return utf8.RuneCountInString(a) >= 2 && (strings.HasPrefix(b, a) || strings.HasSuffix(b, a))
	}
	if first < 0x400 || first > 0x4ff { // only Cyrillic names are declined
		return false
	}
	common := 0
	for common < len(a) && a[common] == b[common] {
		common++
	}
	return common >= 6 && len(b)-common <= 6
}

// meant returns the party of a naming: that of its country, of the person, or, of
// a bare office, of the only side that has it.
func (f *foreign) meant(n encounter) timeline.Party {
	if slices.Contains(f.parties, n.country) {
		return n.country
	}
	if len(n.words) > 0 {
		if p := f.find(n); p != nil {
			return p.party
		}
		return ""
	}
	if n.country == "" {
		return f.home
	}
	return ""
}

// places returns where the person is named without an office.
func (p *stranger) places(s string) [][2]int {
	last := p.words[len(p.words)-1]
	if first, _ := utf8.DecodeRuneInString(last); unspaced(first) {
		if utf8.RuneCountInString(last) < 3 {
			return nil
		}
		if i := strings.Index(s, last); i >= 0 {
			return [][2]int{{i, i + len(last)}}
		}
		return nil
	}
	var out [][2]int
	for _, w := range wordsOf(s) {
		if capital(s[w[0]:w[1]]) && sameStranger(s[w[0]:w[1]], last) {
			out = append(out, w)
		}
	}
	return out
}

// wordsOf returns the places of the words of s, hyphens and apostrophes inside
// them included.
func wordsOf(s string) [][2]int {
	var out [][2]int
	start := -1
	for i, r := range s + " " {
		in := unicode.IsLetter(r) || unicode.IsMark(r) || start >= 0 && strings.ContainsRune("-'’", r)
		switch {
		case in && start < 0:
			start = i
		case !in && start >= 0:
			out = append(out, [2]int{start, i})
			start = -1
		}
	}
	return out
}

// namings returns the persons and offices that s names, in order.
func (f *foreign) namings(s string) []encounter {
	var out []encounter
	for _, kind := range []string{"office", "courtesy"} {
		for _, m := range f.all(kind, s) {
			var n encounter
			if f.last {
				n = f.nameBefore(s, m)
			} else {
				n = f.nameAfter(s, m)
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

// realms are what follows a country's name in its full name.
var realms = []string{"王国", "共和国", "連邦", "国", "联邦", "人民", "の", "大公国", "首長国"}

// nameBefore reads a name and a country before an office, as in "エリクセン・ノルウェー
// 王国外務大臣": a run of characters that names are written with.
func (f *foreign) nameBefore(s string, office [2]int) encounter {
	n := encounter{at: office}
	start := office[0]
	for start > 0 {
		r, size := utf8.DecodeLastRuneInString(s[:start])
		if !nameRune(r) && !(r == ' ' && hangulBefore(s[:start-size])) {
			break
		}
		start -= size
		if office[0]-start > 90 {
			break
		}
	}
	run := s[start:office[0]]
	for _, m := range f.gaz.Find(run) {
		n.country = m.Party
		before, after := run[:m.Start], run[m.End:]
		for _, w := range realms {
			after = strings.TrimPrefix(after, w)
		}
		run = strings.Trim(before, "・ ") + "・" + strings.Trim(after, "・ ")
		break
	}
	for w := range strings.FieldsFuncSeq(run, func(r rune) bool { return r == '・' || r == ' ' || r == '·' || r == '＝' }) {
		if utf8.RuneCountInString(w) >= 2 && !titleWord(w) {
			n.words = append(n.words, w)
		}
	}
	if hangul(run) && len(n.words) > 1 {
		n.words = n.words[len(n.words)-1:]
	}
	n.at[0] = start
	return n
}

func titleWord(w string) bool {
	switch w {
	case "外務", "筆頭", "両", "前", "新", "国際協力", "貿易", "外務省", "副", "各国":
		return true
	}
	return false
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
	if unspaced(first) || unspacedText(s[office[0]:office[1]]) {
		length := hanName(rest)
		if length > 0 {
			n.words = []string{rest[:length]}
			end += length
		}
	} else {
		n.words, end = f.capitalized(s, end)
	}
	n.at[1] = end
	n.country = f.countryAround(s, office, end)
	return n
}

func unspacedText(s string) bool { return strings.ContainsFunc(s, unspaced) }

// hanName returns the bytes that a name in Chinese characters takes at the head of
// s: what stands before a word that no name has.
func hanName(s string) int {
	for i, r := range s {
		if r == '·' {
			continue
		}
		if !unicode.Is(unicode.Han, r) || strings.ContainsRune("在同与和会表就对举通应于以及将说指强访则向代出的了也再重感欢希要敦谴确承介阐回称建提交讨探一均认并", r) || i >= 30 {
			if i < 6 {
				return 0
			}
			return i
		}
	}
	if len(s) < 6 {
		return 0
	}
	return len(s)
}

// capitalized reads the capitalised words of a name at offset i, past a country
// ("Norwegens", "de Noruega") and a word of courtesy.
func (f *foreign) capitalized(s string, i int) ([]string, int) {
	skip := func() bool {
		rest := strings.TrimLeft(s[i:], " ,")
		at := i + len(s[i:]) - len(rest)
		for _, m := range f.gaz.Find(rest[:min(len(rest), safeCut(rest, 60))]) {
			lead := strings.TrimSpace(rest[:m.Start])
			if m.Start == 0 || slices.Contains([]string{"de", "du", "de la", "del", "von", "der", "des", "de l’", "de l'", "Republik", "d’", "d'"}, lead) {
				i = at + m.End
				return true
			}
			break
		}
		for _, m := range f.all("courtesy", rest) {
			if m[0] == 0 {
				i = at + m[1]
				return true
			}
			break
		}
		return false
	}
	for range 3 {
		if !skip() {
			break
		}
	}
	end := i
	var words []string
	for _, w := range wordsOf(s[i:]) {
		gap := s[end : i+w[0]]
		word := s[i+w[0] : i+w[1]]
		if strings.Trim(gap, " .,") != "" || strings.Contains(gap, ",") && len(words) > 0 || !capital(word) || len(words) > 4 {
			break
		}
		if utf8.RuneCountInString(word) > 1 {
			words = append(words, word)
		}
		end = i + w[1]
	}
	return words, end
}

func safeCut(s string, n int) int {
	for n < len(s) && !utf8.RuneStart(s[n]) {
		n++
	}
	return min(n, len(s))
}

// countryAround returns the party named right before or right after an office.
func (f *foreign) countryAround(s string, office [2]int, end int) timeline.Party {
	start := office[0] - 40
	for start > 0 && !utf8.RuneStart(s[start]) {
		start--
	}
	start = max(0, start)
	if i := strings.LastIndexAny(s[start:office[0]], ",;，；、。"); i >= 0 {
		_, n := utf8.DecodeRuneInString(s[start+i:])
		start += i + n
	}
	for _, m := range f.gaz.Find(s[office[0]:office[1]]) { // "ministre norvégien des affaires étrangères"
		return m.Party
	}
	after := office[1] + safeCut(s[office[1]:], 70)
	for _, m := range f.gaz.Find(s[office[1]:max(after, end)]) {
		if strings.Count(s[office[1]:office[1]+m.Start], " ") <= 6 && !strings.ContainsAny(s[office[1]:office[1]+m.Start], ".。;") && slices.Contains(f.parties, m.Party) && f.belongs(s[office[1]:office[1]+m.Start]) {
			return m.Party
		}
		break
	}
	ms := f.gaz.Find(s[start:office[0]])
	if len(ms) == 0 {
		return ""
	}
	m := ms[len(ms)-1]
	between := s[start+m.End : office[0]]
	if len(f.all("office", between)) > 0 || strings.Count(between, " ") > 4 || strings.Contains(between, " und ") || strings.Contains(between, "和") || strings.Contains(between, "与") || strings.Contains(between, "同") {
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
	for _, m := range f.all("office", rest) {
		if m[0] > 4 {
			break
		}
		for _, p := range f.gaz.Find(rest[:safeCut(rest, 90)]) {
			if !strings.ContainsAny(rest[:p.Start], ";.") && slices.Contains(f.parties, p.Party) {
				return p.Party
			}
		}
	}
	return ""
}

// genitives are the words that join an office to its country.
var genitives = []string{"de", "du", "des", "del", "la", "las", "los", "l", "l’", "d", "d’", "von", "der", "do", "da", "república", "république", "royaume", "reino"}

// belongs reports whether the words between an office and a country after it make
// it the country's: a name, or words that join the two.
func (f *foreign) belongs(between string) bool {
	if len(f.all("office", between)) > 0 || unspacedText(between) && strings.ContainsAny(between, "同与和，") {
		return false
	}
	for _, at := range wordsOf(between) {
		w := between[at[0]:at[1]]
		if !capital(w) && !unspacedText(w) && !slices.Contains(genitives, w) {
			return false
		}
	}
	return true
}
