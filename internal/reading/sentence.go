package reading

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/reading/calendar"
)

// span is a stretch of text as byte offsets.
type span struct{ start, end int }

// abbreviations tells full stops that end a sentence from those that do not.
type abbreviations struct {
	title, either, opener, office, more, number map[string]bool
	calendar                                    *calendar.Calendar // for ordinals before months
}

// leavesOpen reports whether a text ends in a word for what is not listed: "etc."
func (a *abbreviations) leavesOpen(text string) bool {
	open, ok := strings.CutSuffix(text, ".")
	return ok && a.more[open[strings.LastIndex(open, " ")+1:]]
}

func newAbbreviations(s map[string][]string, c *calendar.Calendar) *abbreviations {
	set := func(name string) map[string]bool {
		out := make(map[string]bool)
		for _, line := range s[name] {
			for w := range strings.FieldsSeq(line) {
				out[strings.TrimSuffix(w, ".")] = true
			}
		}
		return out
	}
	return &abbreviations{
		title:    set("title"),
		either:   set("either"),
		opener:   set("opener"),
		office:   set("office"),
		more:     set("more"),
		number:   set("number"),
		calendar: c,
	}
}

// longestAside is how many bytes a bracket or quotation may hold and still keep
// the sentence around it in one piece. A bracket beyond it is rather one that was
// never closed where it should have been.
const longestAside = 1200

// sentences cuts one paragraph into sentences. The spans are in order, do not
// overlap, are not empty, begin and end without white space, and cover all else.
// A sentence is never cut inside brackets, nor inside a quotation that began in
// the middle of it.
func (a *abbreviations) sentences(s string) []span {
	var out []span
	inside := asides(s)
	start := skipSpace(s, 0)
	for i := start; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !terminator(r) {
			i += n
			continue
		}
		end := i + n
		for end < len(s) { // "?!", "...", closing quotes and brackets
			q, m := utf8.DecodeRuneInString(s[end:])
			if !terminator(q) && !closer(q) {
				break
			}
			end += m
		}
		next := skipSpace(s, end)
		if next < len(s) && (inside(end, start) || !a.ends(s, start, i, end, next)) {
			i = end
			continue
		}
		out = append(out, span{start, end})
		start, i = next, next
	}
	if start < len(s) {
		if end := len(strings.TrimRightFunc(s, unicode.IsSpace)); end > start {
			out = append(out, span{start, end})
		}
	}
	return out
}

// ends reports whether the terminator at s[at:], closed at end, ends the sentence
// that begins at start, when more text follows at next.
func (a *abbreviations) ends(s string, start, at, end, next int) bool {
	mark, _ := utf8.DecodeRuneInString(s[at:])
	if mark == '。' || mark == '！' || mark == '？' || mark == '।' || mark == '؟' || mark == '۔' {
		return true
	}
	if next == end { // no space: "3.5", "example.org", "(1)The"
		return false
	}
	follower, _ := utf8.DecodeRuneInString(s[next:])
	if unicode.IsLower(follower) {
		return false
	}
	if mark != '.' || strings.HasSuffix(s[start:end], "...") {
		return true
	}
	word := lastWord(s[start:at])
	aside := follower == '(' || follower == '[' || unicode.IsDigit(follower)
	switch {
	case word == "":
		return true
	case unicode.IsDigit(follower) && a.number[strings.ToLower(word)]:
		return false // "quota no. 4"
	case aside && (a.either[word] || initials(word)):
		return false // "approx. [3]", "et al. (2031)", "the U.S. (Treasury)"
	case a.title[word]:
		return end > at+1 // the stop is inside a closing quote or bracket
	case a.either[word] && word[0] >= utf8.RuneSelf: // "2043 г. Э.Сольбакке": the year's abbreviation
		return a.opener[firstLetters(s[next:])] || initialAhead(s[next:])
	case a.title[lastInitials(s[start:at])]:
		return false // "H. E. Dr. Ruiz"
	case initials(word):
		return a.opener[firstLetters(s[next:])]
	case a.either[word]:
		first := firstLetters(s[next:])
		return a.opener[first] || a.office[first]
	case strings.Trim(word, "0123456789") == "" && len(word) <= 2:
		// An ordinal ("am 5. Mai") is followed by a month; a sentence that ends in a
		// number by one of its openers or anything that is no month.
		return !a.calendar.StartsMonth(s[next:])
	}
	return true
}

// initialAhead reports whether s begins with the initial of a name.
func initialAhead(s string) bool {
	first, n := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(first) && strings.HasPrefix(s[n:], ".")
}

// firstLetters returns the first word of s without the marks around it.
func firstLetters(s string) string {
	s = strings.TrimLeftFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		end = len(s)
	}
	return s[:end]
}

// lastWord returns the word at the end of s, with the full stops inside it.
func lastWord(s string) string {
	i := strings.LastIndexFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || r != '.' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
	if i >= 0 {
		_, n := utf8.DecodeRuneInString(s[i:])
		s = s[i+n:]
	}
	return strings.TrimLeft(s, ".")
}

// lastInitials returns the two initials at the end of s, of which the last has no stop yet,
// without the space between them ("H.E"); "" where s does not end in two.
func lastInitials(s string) string {
	last := lastWord(s)
	before := strings.TrimRightFunc(strings.TrimSuffix(s, last), unicode.IsSpace)
	first := lastWord(strings.TrimSuffix(before, "."))
	if !strings.HasSuffix(before, ".") || !initials(first) || !initials(last) {
		return ""
	}
	return first + "." + last
}

// initials reports whether word, without its last stop, is an initial or a string
// of them: "R", "U.S", "d.h", the "z" of "z. B."
func initials(word string) bool {
	for part := range strings.SplitSeq(word, ".") {
		if utf8.RuneCountInString(part) != 1 {
			return false
		}
		if r, _ := utf8.DecodeRuneInString(part); !unicode.IsLetter(r) {
			return false
		}
	}
	return true
}

func terminator(r rune) bool {
	if r < utf8.RuneSelf { // nearly every character
		return r == '.' || r == '?' || r == '!'
	}
	return strings.ContainsRune(".?!…。！？।؟۔", r)
}

func closer(r rune) bool {
	if 'a' <= r && r <= 'z' {
		return false
	}
	return strings.ContainsRune(`"'”’»)]）］」』】〉》`, r)
}

// mayHoldAsides reports whether s holds a bracket or a character beyond ASCII, as all
// opening quotation marks are that count.
func mayHoldAsides(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] == '(' || s[i] == '[' || s[i] >= utf8.RuneSelf {
			return true
		}
	}
	return false
}

func skipSpace(s string, i int) int {
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsSpace(r) {
			break
		}
		i += n
	}
	return i
}

// asides finds the brackets and quotations of s that are closed and returns a
// function that reports whether offset i, in a sentence that began at start,
// lies in one of them: in any bracket, and in a quotation opened after start.
func asides(s string) func(i, start int) bool {
	if !mayHoldAsides(s) {
		return func(int, int) bool { return false }
	}
	type aside struct {
		span
		quote bool
	}
	var found []aside
	var open []aside
	for i, r := range s {
		switch r {
		case '(', '（', '[', '［', '【':
			open = append(open, aside{span{i, 0}, false})
		case '“', '«', '「', '『':
			open = append(open, aside{span{i, 0}, true})
		case ')', '）', ']', '］', '】', '”', '»', '」', '』':
			quote := strings.ContainsRune("”»」』", r)
			for k := len(open) - 1; k >= 0; k-- {
				if open[k].quote == quote {
					if i-open[k].start <= longestAside {
						found = append(found, aside{span{open[k].start, i}, quote})
					}
					open = open[:k]
					break
				}
			}
		}
	}
	return func(i, start int) bool {
		for _, f := range found {
			if f.start < i && i < f.end && (!f.quote || f.start > start) {
				return true
			}
		}
		return false
	}
}
