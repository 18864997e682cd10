package reading

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"

	"readout/internal/letters"
	"readout/internal/reading/calendar"
	"readout/internal/reading/names"
	"readout/internal/reading/speech"
	"readout/internal/rules/list"
	"readout/internal/rules/pattern"
	"readout/timeline"
)

// Rules are the names and words by which a release is read. They are not changed
// once they are made and may be used by several goroutines.
type Rules struct {
	Gazetteer *names.Gazetteer
	Lexicon   *speech.Lexicon

	calendar      *calendar.Calendar
	abbreviations *abbreviations
	kinds, levels []wordClass
	words         map[string]*pattern.Pattern // the other sections of words.txt
	noise         map[string]*pattern.Pattern
	languages     languageWords
	places        map[string][]*pattern.Pattern     // by language; group 1 is the place
	every         func() *Rules                     // the rules for texts in other languages
	foreign       bool                              // the text is in a language beside English
	writer        timeline.Party                    // the government that alone writes in it, "" where there are several
	events        []event                           // whose years are known
	territories   map[timeline.Party]timeline.Party // whose each territory is
	banks         map[timeline.Party]timeline.Party // whose each central bank is
}

// wordClass is a value and the words that stand for it.
type wordClass struct {
	value string
	words *pattern.Pattern
}

// Default returns the rules of the built-in files.
func Default() *Rules {
	r, err := New(nil)
	if err != nil {
		panic("built-in rules: " + err.Error()) // our own files, and a test reads them
	}
	return r
}

// New returns the rules of a book. Patterns for texts in other languages than English are
// compiled when the first such text comes: they would slow down the reading of English
// by half. An error names the file and the line that cannot be used.
func New(b *list.Book) (*Rules, error) {
	// The names take as long as all else, and need nothing of it.
	var g *names.Gazetteer
	var unnamed error
	var made sync.WaitGroup
	made.Go(func() { g, unnamed = names.New(b) })
	r, err := compile(b, inGreekOrBeyond)
	if err == nil {
		r.Lexicon, err = speech.New(b)
	}
	made.Wait()
	if err := errors.Join(unnamed, err); err != nil {
		return nil, err
	}
	r.Gazetteer = g
	r.every = sync.OnceValue(func() *Rules {
		all, err := compile(b, func(string) bool { return false })
		if err != nil {
			panic("rules that were read before: " + err.Error())
		}
		return all
	})
	return r, nil
}

// inGreekOrBeyond reports whether a pattern is for a text in another script than
// the Latin one.
func inGreekOrBeyond(pattern string) bool {
	return strings.ContainsFunc(pattern, func(c rune) bool { return c >= 0x370 && unicode.IsLetter(c) })
}

// wordSections are the sections of words.txt that are matched as whole words.
var wordSections = []string{
	"no rank", "office", "no office", "foreign office", "any rank", "several",
	"occasion", "subject", "partaker", "event", "event of", "recalling", "spoken of", "travels", "addressed", "for whom", "quarrel", "issue",
	"met", "encounter", "reception", "guest", "meeting today", "by telephone", "by video", "no kind",
	"category", "beside a party", "label", "touched", "reference", "hour", "authority", "mission",
	"local time", "another time", "no place", "talked of", "jointly", "attendance",
}

// frames are the sections of words.txt whose patterns are put together with something
// around them, and what stands before and behind them.
func frames() map[string][2]string {
	return map[string][2]string{
		"meant for":      {`(?i)\b`, `$`},
		"joined":         {`^(?:['’]s?)?\s*`, `$`},
		"of a party":     {`\b`, `$`},
		"phrase end":     {`[,;:.]\s|\s`, `\s`},
		"clause end":     {`(?i)[;:.]\s(?:\P{Lu})|\b`, `\s`},
		"subject head":   {`^`, `$`},
		"to a place":     {`(?i)\b`, `$`},
		"locative":       {`(?i)(?:^|\b`, ` )$`},
		"in a place":     {`\b`, ` ` + placeName},
		"plural":         {`\b`, `\b`},
		"authored by":    {`(?i)\b`, ` `},
		"release number": {`^`, `[.:]?\s*\d{1,5}(?:[/-]\d{2,4})?\s*(?:[,:;|–—-]\s*|$)`},
		"counted":        {`\b(\d{1,3})`, `\b`},
	}
}

// compile is New for one set of patterns, without those of words that skip tells.
// Names and lexicon are left to the caller.
func compile(b *list.Book, skip func(string) bool) (*Rules, error) {
	words, noise := list.Sections(b.Lines("words.txt")), list.Sections(b.Lines("noise.txt"))
	for name := range words {
		words[name] = slices.DeleteFunc(words[name], skip)
	}
	if err := errors.Join(express(words), express(noise)); err != nil {
		return nil, err
	}
	r := &Rules{
		words:       make(map[string]*pattern.Pattern),
		noise:       make(map[string]*pattern.Pattern),
		languages:   readLanguages(b.Lines("languages.tsv")),
		places:      make(map[string][]*pattern.Pattern),
		territories: make(map[timeline.Party]timeline.Party),
		banks:       make(map[timeline.Party]timeline.Party),
	}
	for _, kind := range []string{"joint-statement", "visit", "video", "call", "meeting", "statement"} {
		r.kinds = append(r.kinds, wordClass{kind, wholeWords(words[kind])})
	}
	for _, level := range []string{"summit", "foreign-ministers", "vice-ministers"} {
		r.levels = append(r.levels, wordClass{level, wholeWords(words[level])})
	}
	for _, name := range wordSections {
		r.words[name] = wholeWords(words[name])
	}
	for name, around := range frames() {
		r.words[name] = pattern.New(around[0] + `(?:` + strings.Join(words[name], "|") + `)` + around[1])
	}
	for _, line := range words["place"] {
		lang, wording, _ := strings.Cut(line, " ")
		expr, err := list.Expression(wording)
		if err != nil {
			return nil, err
		}
		if !strings.ContainsFunc(expr, letters.Joined) {
			expr = `(?:^|\s)` + expr + `(?:[^\pL\pN]|$)`
		}
		r.places[lang] = append(r.places[lang], pattern.New(expr))
	}
	for _, line := range words["central bank"] {
		if bank, state, ok := strings.Cut(line, " "); ok {
			r.banks[timeline.Party(bank)] = timeline.Party(state)
		}
	}
	for _, line := range words["territory"] {
		codes := strings.Fields(line)
		for _, code := range codes[1:] {
			r.territories[timeline.Party(code)] = timeline.Party(codes[0])
		}
	}
	r.words["other day"] = pattern.New(`(?i)(?:^|[^\pL\pN])(?:` + strings.Join(words["other day"], "|") +
		`)(?:[^\pL\pN,;()（）、。][^,;()（）、。]{0,40})?$`)
	r.words["of another day"] = pattern.Openings(words["of another day"])
	r.words["at another time"] = pattern.Openings(words["at another time"])
	events, err := readEvents(b.Lines("events.tsv"))
	if err != nil {
		return nil, err
	}
	r.events = events
	r.words["hanging"] = pattern.New(`(?i)^(?:` + strings.Join(words["hanging"], "|") + `)$`)
	banner := strings.Join(words["banner"], "|")
	r.words["banner"] = pattern.New(`(?i)^(?:` + banner + `)(?:\s*(?:&|/|,|and)\s*(?:` + banner + `))?$`)
	r.noise["start"] = pattern.Openings(noise["start"])
	for _, name := range []string{"caption", "done", "signs", "annex"} {
		r.noise[name] = pattern.Openings(noise[name])
	}
	r.noise["aside"] = pattern.Openings(noise["aside"])
	r.noise["bracketed"] = pattern.New(`(?i)^[(（\[［]\s*(?:` + strings.Join(noise["bracketed"], "|") + `)`)
	r.noise["bureau"] = pattern.New(`(?i)\b(?:` + strings.Join(noise["bureau"], "|") + `)$`)
	r.noise["credit"] = pattern.New(`(?i)[(（](?:` + strings.Join(noise["credit"], "|") + `)[^)）]*[)）]$`)
	picture := `(?:` + strings.Join(noise["picture"], "|") + `)`
	r.noise["picture"] = pattern.New(`(?i)^` + picture + `\s*\d+\s*[:：]\s*(.+)$`)
	label := picture + `\s*\p{Nd}*\s*`
	r.noise["label"] = pattern.New(`(?i)^(?:` + label + `[:：]|[(（\[［]\s*` + label + `[)）\]］]\s*[:：]?)\s*(.+)$` +
		`|^` + label + `[(（](.+)[)）]$`)
	r.noise["end"] = pattern.New(`(?i)^(?:` + strings.Join(noise["end"], "|") + `):?$`)
	if r.calendar, err = calendar.New(b); err != nil {
		return nil, err
	}
	r.abbreviations = newAbbreviations(list.Sections(b.Lines("abbreviations.txt")), r.calendar)
	return r, nil
}

// coded are the sections of words.txt whose lines begin with a code and are taken apart
// before they are understood.
var coded = []string{"place", "central bank", "territory"}

// express puts the expressions of wordings in their places.
func express(sections map[string][]string) error {
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(sections)) {
		if !slices.Contains(coded, name) {
			exprs, err := list.Expressions(sections[name])
			sections[name] = exprs
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// wholeWords joins the patterns into one that matches them as whole words in any
// case; those of scripts without spaces match anywhere.
func wholeWords(patterns []string) *pattern.Pattern {
	var spaced, dense []string
	for _, p := range patterns {
		if strings.ContainsFunc(p, letters.Joined) {
			dense = append(dense, p)
		} else {
			spaced = append(spaced, p)
		}
	}
	return pattern.Words(spaced, dense)
}

// firstWord returns the place of the first match of a pattern made by wholeWords,
// or nil.
func firstWord(p *pattern.Pattern, s string) []int { return p.FindWords(s) }
