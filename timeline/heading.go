package timeline

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"readout/internal/rules/list"
)

var headingNumber = regexp.MustCompile(`^[\s　*_#]*(?:(?:` + strings.Join([]string{
	`[(（](?:[0-9０-９]{1,2}|[IVXivx]{1,4}|[A-Za-zａ-ｚＡ-Ｚ]|[一二三四五六七八九十]{1,3})[)）]`, // (1) （一） (a)
	`(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})[.．、)）]`,                               // 1. １． 一、
	`(?:[IVXivx]{1,4}|[A-Za-zａ-ｚＡ-Ｚ])[.．)）](?:[\s　]|$)`,                        // II. b)
	`[0-9０-９]{1,2}(?:[.．][0-9０-９]+)+[.．]?`,                                     // 2.1
	`[0-9０-９]{1,2}　`, `第[0-9０-９一二三四五六七八九十]{1,3}[章節、　]?`, `[Ⅰ-ⅻ①-⑳㈠-㈩❶-❿]`,
	`[-–—•・●○■◆◇□]`,
}, "|") + `)[\s　]*)+`)

// headingWords are the expressions of the lines of headings.txt and what is made of them. It
// is not changed once it is made.
type headingWords struct {
	lines             map[string][]string // by section
	joint, lead, note func() *regexp.Regexp
}

// newHeadingWords returns the words of some lines. In the form of an expression, ANY stands
// for one of the lines of a section.
func newHeadingWords(lines map[string][]string) *headingWords {
	const never = `\b\B` // matches nothing
	made := func(section, form string) func() *regexp.Regexp {
		one := cmp.Or(strings.Join(lines[section], "|"), never)
		return sync.OnceValue(func() *regexp.Regexp {
			return regexp.MustCompile(`(?i)` + strings.ReplaceAll(form, "ANY", `(?:`+one+`)`))
		})
	}
	return &headingWords{
		lines: lines,
		joint: made("joins", `\s*(?:[,;/]\s*(?:ANY\s+)?|\sANY\s)\s*`),
		lead:  made("leads", `^(?:ANY\s+)+`),
		note:  made("notes", `\s*[(（][^()（）]*[)）]\s*$|ANY$`),
	}
}

// addHeading takes in a line of headings.txt.
func (l *WordLists) addHeading(line list.Line) {
	expr, err := list.Expression(line.Text)
	if err != nil {
		panic(line.Errorf("%w", err)) // the reader of the file checks every line
	}
	lines := maps.Clone(l.headings.lines)
	lines[line.Section] = append(slices.Clip(lines[line.Section]), expr)
	l.headings = newHeadingWords(lines)
}

// parseHeading cleans a heading of its number, marks and closing note, and names
// the issues in it. A wrapper has no text and no parts.
func (l *WordLists) parseHeading(heading string, release int) head {
	text := strings.Trim(headingNumber.ReplaceAllString(heading, ""), " \t*_#:.-–—")
	for {
		short := strings.TrimSpace(l.headings.note().ReplaceAllString(text, ""))
		if short == text || short == "" {
			break
		}
		text = short
	}
	// Before a colon stands the subject, after it what is said of it; a subject
	// that names nothing ("Regional issues: the strait") leaves the floor.
	if before, after, ok := strings.Cut(text, ": "); ok {
		text = before
		if l.isWrapper(words(before)) {
			text = after
		}
	}
	h := head{release: release}
	if l.isWrapper(words(text)) {
		return h
	}
	h.text = sentenceCase(text)
	if ws := words(h.text); l.slogans[ws[0]] {
		h.slogan = true
	}
	parts := l.headings.joint().Split(h.text, -1)
	if l.isRelations(words(h.text), len(parts) > 1) {
		h.parts = []part{{name: h.text, relations: true}}
		return h
	}
	for _, p := range parts {
		p = strings.TrimSpace(l.headings.lead().ReplaceAllString(p, ""))
		if p = strings.Trim(p, "“”\"'‘’ "); p != "" && !l.isWrapper(words(p)) && !l.possessives[words(p)[0]] {
			h.parts = append(h.parts, part{name: upperFirst(p), relations: l.isRelations(words(p), false)})
		}
	}
	return h
}

// sentenceCase sets a heading in capitals as texts have it.
func sentenceCase(s string) string {
	if strings.ToUpper(s) != s || strings.ToLower(s) == s || len(strings.Fields(s)) == 1 && len(s) < 6 {
		return s
	}
	return upperFirst(strings.ToLower(s))
}

func upperFirst(s string) string {
	for i, r := range s {
		return string(unicode.ToUpper(r)) + s[i+len(string(r)):]
	}
	return s
}
