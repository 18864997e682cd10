package extract

import (
	_ "embed"
	"regexp"
	"strings"

	"readout/internal/attribution"
	"readout/internal/gazetteer"
	"readout/timeline"
)

//go:embed abbreviations.txt
var abbreviationsTXT string

//go:embed calendar.tsv
var calendarTSV string

//go:embed words.txt
var wordsTXT string

//go:embed noise.txt
var noiseTXT string

//go:embed languages.tsv
var languagesTSV string

// Rules are the names and words by which a release is read. They are not changed
// once they are made and may be used by several goroutines.
type Rules struct {
	Gazetteer *gazetteer.Gazetteer
	Lexicon   *attribution.Lexicon

	calendar      *calendar
	abbreviations *abbreviations
	kinds, levels []wordClass
	words         map[string]*regexp.Regexp // the other sections of words.txt
	noise         map[string]*regexp.Regexp
	languages     []languageWords
	territories   map[timeline.Party]timeline.Party // whose each territory is
}

// wordClass is a value and the words that stand for it.
type wordClass struct {
	value string
	words *regexp.Regexp
}

// Default returns the rules of the embedded data files.
func Default() *Rules {
	words, noise := readSections(wordsTXT), readSections(noiseTXT)
	cal := newCalendar(calendarTSV)
	r := &Rules{
		Gazetteer:     gazetteer.Default(),
		Lexicon:       attribution.Default(),
		calendar:      cal,
		abbreviations: newAbbreviations(readSections(abbreviationsTXT), cal),
		words:         make(map[string]*regexp.Regexp),
		noise:         make(map[string]*regexp.Regexp),
		languages:     readLanguages(languagesTSV),
		territories:   make(map[timeline.Party]timeline.Party),
	}
	for _, kind := range []string{"joint-statement", "visit", "video", "call", "meeting", "statement"} {
		r.kinds = append(r.kinds, wordClass{kind, wholeWords(words[kind])})
	}
	for _, level := range []string{"summit", "foreign-ministers", "vice-ministers"} {
		r.levels = append(r.levels, wordClass{level, wholeWords(words[level])})
	}
	for _, name := range []string{"no rank", "office", "no office", "foreign office", "occasion", "subject", "partaker", "met", "quarrel"} {
		r.words[name] = wholeWords(words[name])
	}
	for line := range words.lines("territory") {
		codes := strings.Fields(line)
		for _, code := range codes[1:] {
			r.territories[timeline.Party(code)] = timeline.Party(codes[0])
		}
	}
	r.words["banner"] = regexp.MustCompile(`(?i)^(?:` + strings.Join(words["banner"], "|") + `)$`)
	r.noise["start"] = regexp.MustCompile(`(?i)^(?:` + strings.Join(noise["start"], "|") + `)`)
	r.noise["bracketed"] = regexp.MustCompile(`(?i)^[(（\[［]\s*(?:` + strings.Join(noise["bracketed"], "|") + `)`)
	r.noise["bureau"] = regexp.MustCompile(`(?i)\b(?:` + strings.Join(noise["bureau"], "|") + `)$`)
	r.noise["end"] = regexp.MustCompile(`(?i)^(?:` + strings.Join(noise["end"], "|") + `):?$`)
	return r
}

// wholeWords joins the patterns into one that matches them as whole words in any
// case. The match is that of group 1.
func wholeWords(patterns []string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:^|[^\pL\pN])(` + strings.Join(patterns, "|") + `)(?:$|[^\pL\pN])`)
}

// firstWord returns the place of the first match of a pattern made by wholeWords,
// or nil.
func firstWord(re *regexp.Regexp, s string) []int {
	m := re.FindStringSubmatchIndex(s)
	if m == nil {
		return nil
	}
	return m[2:4]
}
