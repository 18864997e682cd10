package reading

import (
	"slices"
	"strings"
	"unicode"

	"readout/internal/document"
	"readout/internal/rules/list"
	"readout/timeline"
)

// languageWords are the words that a language is known by.
type languageWords struct {
	codes []string         // BCP 47
	homes []timeline.Party // by code, the government that writes in the language, "" where there are several
	of    map[string][]int // by word, the places of its languages among the codes
}

// home returns the government that writes in a language, "" where there are several.
func (r *Rules) home(lang string) timeline.Party {
	if i := slices.Index(r.languages.codes, lang); i >= 0 {
		return r.languages.homes[i]
	}
	return ""
}

func readLanguages(lines []list.Line) languageWords {
	out := languageWords{of: map[string][]int{}}
	for _, line := range lines {
		f := line.Fields()
		i := slices.Index(out.codes, f[0])
		if i < 0 {
			i = len(out.codes)
			out.codes, out.homes = append(out.codes, f[0]), append(out.homes, "")
		}
		for w := range strings.FieldsSeq(f[1]) {
			if !slices.Contains(out.of[w], i) {
				out.of[w] = append(out.of[w], i)
			}
		}
		if len(f) > 2 {
			out.homes[i] = timeline.Party(f[2])
		}
	}
	return out
}

// scripts name the languages that their script gives away, or the commonest of it where words
// tell which of several it is ("ar", "fa" and "ur").
var scripts = []struct {
	code  string
	table *unicode.RangeTable
}{
	{"ja", unicode.Hiragana}, {"ja", unicode.Katakana}, {"ko", unicode.Hangul}, {"th", unicode.Thai}, {"he", unicode.Hebrew},
	{"el", unicode.Greek}, {"hi", unicode.Devanagari}, {"bn", unicode.Bengali}, {"ta", unicode.Tamil}, {"si", unicode.Sinhala},
	{"ka", unicode.Georgian}, {"hy", unicode.Armenian}, {"ar", unicode.Arabic}, {"zh", unicode.Han},
}

// wordWeight is what a word of several letters counts where a single letter counts one.
const wordWeight = 4

// language returns the BCP 47 code of the language that the text of doc is
// written in, what the document says of itself where its text does not tell, or
// "".
func (r *Rules) language(doc *document.Document) string {
	text := doc.Text[:min(len(doc.Text), 20000)]
	letters, counts := 0, make(map[string]int)
	byScript := ""
	for _, c := range text {
		if !unicode.IsLetter(c) {
			continue
		}
		letters++
		if c < 0x370 {
			continue
		}
		for _, s := range scripts {
			if unicode.Is(s.table, c) {
				counts[s.code]++
				break
			}
		}
	}
	// Japanese is written mostly in Han characters: a tenth of kana decides.
	if counts["ja"]*10 > counts["zh"] {
		counts["ja"] += counts["zh"]
		counts["zh"] = 0
	}
	for _, s := range scripts {
		if counts[s.code]*2 > letters {
			byScript = s.code
			break
		}
	}
	if byScript != "" && !slices.Contains(r.languages.codes, byScript) {
		return byScript
	}
	hits, total := make([]int, len(r.languages.codes)), 0
	for w := range strings.FieldsFuncSeq(strings.ToLower(text), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsMark(c) }) {
		weight := wordWeight
		if len(w) == 1 { // scans tear Latin words apart into such
			weight = 1
		}
		total += weight
		for _, i := range r.languages.of[w] {
			hits[i] += weight
		}
	}
	if byScript != "" {
		if best, _ := firstTwo(hits); hits[best] > hits[slices.Index(r.languages.codes, byScript)] {
			return r.languages.codes[best]
		}
		return byScript
	}
	if total >= 5*wordWeight {
		best, second := firstTwo(hits)
		if hits[best]*8 >= total || hits[best] >= 3*wordWeight && hits[best]*15 >= total && hits[best] >= 2*hits[second] {
			return r.languages.codes[best]
		}
	}
	code, _, _ := strings.Cut(doc.Meta.Language, ",")
	switch code = strings.TrimSpace(code); strings.ToLower(code) {
	case "no", "nn": // Norwegian is read by the rules of its commoner form
		return "nb"
	}
	return code
}

// firstTwo returns the places of the highest number and of the next one.
func firstTwo(n []int) (best, second int) {
	best, second = 0, 1
	for i := range n {
		switch {
		case n[i] > n[best]:
			best, second = i, best
		case i != best && (second == best || n[i] > n[second]):
			second = i
		}
	}
	return best, second
}
