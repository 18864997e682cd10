package speech

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/letters"
	"readout/internal/rules/list"
	patterns "readout/internal/rules/pattern"
	"readout/timeline"
)

// tongue is what the lexicon knows of one language beside English. It is read by
// patterns, not by grammar: which verb decides, and who acts, follows from the
// order of words in the language.
type tongue struct {
	verbs []tongueVerb
	by    map[string]*wordPattern // by kind of line, as tongues.tsv describes them
	cases []string                // endings that names take in other cases
	last  bool                    // the verb stands at the end, names before offices
	final bool                    // the verb stands at the end, names after offices
}

type tongueVerb struct {
	pattern *wordPattern
	act     timeline.Act
	verb    string
}

// isLanguage reports whether a line of a lexicon begins with the code of a language.
func isLanguage(line string) bool {
	return len(line) > 2 && line[2] == '\t' && strings.ToLower(line[:2]) == line[:2]
}

// tongueKinds are the kinds of line of a language beside its verbs.
var tongueKinds = []string{"order", "both", "ours", "theirs", "same", "office", "courtesy", "frame", "particle", "topic",
	"clause", "contrast", "oblique", "article", "side", "join", "genitive", "realm", "rank", "with", "nameless", "after", "endings", "adverb",
	"one"}

// addTongue takes in one line of a language. A user's is checked at once; those that are
// built in are checked by a test, and compiled when a text in the language comes.
func (lex *Lexicon) addTongue(l list.Line) error {
	lang := l.Text[:2]
	if !l.BuiltIn() {
		if err := checkTongue(l.Fields()); err != nil {
			return err
		}
	}
	lex.lines[lang] = append(lex.lines[lang], l)
	return nil
}

// checkTongue says what is wrong with a line of a language.
func checkTongue(f []string) error {
	switch {
	case len(f) < 3:
		return fmt.Errorf("want %s, a kind of line and a pattern; have %d fields", f[0], len(f))
	case f[1] == "verb" && len(f) != 5 && len(f) != 6: // older files have a number in the sixth
		return fmt.Errorf("want %s, verb, PATTERN, ACT, VERB; have %d fields", f[0], len(f))
	case f[1] == "verb":
		if _, err := parseAct(f[3]); err != nil {
			return err
		}
	case !slices.Contains(tongueKinds, f[1]):
		return fmt.Errorf("unknown kind of line %q of language %s", f[1], f[0])
	case len(f) != 3:
		return fmt.Errorf("want %s, %s, PATTERN; have %d fields", f[0], f[1], len(f))
	}
	_, err := list.Expression(f[2])
	return err
}

// tongue returns what the lexicon knows of the language, or nil.
func (lex *Lexicon) tongue(language string) *tongue {
	base, _, _ := strings.Cut(language, "-")
	lines := lex.lines[base]
	if lines == nil {
		return nil
	}
	lex.tongues.Lock()
	defer lex.tongues.Unlock()
	if t := lex.tongues.made[base]; t != nil {
		return t
	}
	t := newTongue(lines)
	if lex.tongues.made == nil {
		lex.tongues.made = map[string]*tongue{}
	}
	lex.tongues.made[base] = t
	return t
}

// newTongue compiles the lines of a language, which are known to be valid.
func newTongue(lines []list.Line) *tongue {
	t := &tongue{by: map[string]*wordPattern{}}
	patterns := map[string][]string{}
	gap := adverbs(lines)
	for _, l := range lines {
		f := l.Fields()
		if f[1] == "order" {
			t.last, t.final = f[2] == "last", f[2] == "final"
			continue
		}
		if f[1] == "endings" {
			t.cases = strings.Split(f[2], "|")
			continue
		}
		expr := expression(l)
		if f[1] == "verb" {
			parted := strings.ReplaceAll(expr, " ", gap)
			t.verbs = append(t.verbs, tongueVerb{newWordPattern([]string{parted}), timeline.Act(f[3]), f[4]})
		} else {
			patterns[f[1]] = append(patterns[f[1]], expr)
		}
	}
	for kind, ps := range patterns {
		t.by[kind] = newWordPattern(ps)
	}
	return t
}

// expression returns the regular expression of a line's wording. It panics where there is none: a test
// reads the built-in lines, checkTongue those of a user.
func expression(l list.Line) string {
	expr, err := list.Expression(l.Fields()[2])
	if err != nil {
		panic(l.Errorf("%w", err))
	}
	return expr
}

// adverbs returns the expression of what stands between two words of a verb: a space, and before it up to
// two of the adverbs that the lines name, with or without commas: "ont, pour leur part, également salué".
func adverbs(lines []list.Line) string {
	var all []string
	for _, l := range lines {
		if l.Fields()[1] == "adverb" {
			all = append(all, expression(l))
		}
	}
	if all == nil {
		return " "
	}
	return `(?:,? (?:` + strings.Join(all, "|") + `),?){0,2} `
}

// wordPattern is patterns joined; in scripts with spaces they match whole words.
type wordPattern struct {
	*regexp.Regexp                   // group 1 is the match
	may            *patterns.Pattern // finds something in every text that has a match
}

func newWordPattern(ps []string) *wordPattern {
	all := strings.Join(ps, "|")
	if strings.ContainsFunc(all, letters.Joined) {
		return &wordPattern{regexp.MustCompile(`(` + all + `)`), patterns.Words(nil, ps)}
	}
	return &wordPattern{regexp.MustCompile(`(?i)(?:^|` + patterns.NoWord + `)(` + all + `)(?:$|` + patterns.NoWord + `)`),
		patterns.Words(ps, nil)}
}

// all returns the places of every match of one kind of line, as byte offsets.
func (t *tongue) all(kind, s string) [][2]int {
	if p := t.by[kind]; p != nil {
		return p.places(s)
	}
	return nil
}

// whole reports whether s is one match of a kind of line, or a run of them.
func (t *tongue) whole(kind, s string) bool {
	at := 0
	for _, m := range t.all(kind, s) {
		if strings.TrimSpace(s[at:m[0]]) != "" {
			return false
		}
		at = m[1]
	}
	return at > 0 && strings.TrimSpace(s[at:]) == ""
}

// head returns how many bytes of s the match of a kind of line at its head takes,
// space before it included, or 0.
func (t *tongue) head(kind, s string) int {
	p := t.by[kind]
	if p == nil {
		return 0
	}
	rest := strings.TrimLeftFunc(s, unicode.IsSpace)
	space := len(s) - len(rest)
	s = s[:space+safeCut(rest, nextTo)]
	if at, ok := p.first(s); ok && at[0] <= space {
		return at[1]
	}
	return 0
}

// tail returns the match of a kind of line with which s ends, space after it included.
func (t *tongue) tail(kind, s string) (at [2]int, ok bool) {
	from := len(s) - min(len(s), nextTo)
	for from < len(s) && !utf8.RuneStart(s[from]) {
		from++
	}
	for _, m := range t.all(kind, s[from:]) {
		at, ok = [2]int{from + m[0], from + m[1]}, strings.TrimLeft(s[from+m[1]:], " ") == ""
	}
	return at, ok
}

// nextTo is how many bytes of the text beside a word are looked at for what stands next to it,
// so that nobody goes through a whole sentence for that, as often as it has words.
const nextTo = 256

// places is like FindAll, but matches share the marks around words. Most texts have none
// of most words, which is seen in a hundredth of the time.
func (p *wordPattern) places(s string) [][2]int {
	if p.may.FindWords(s) == nil {
		return nil
	}
	return p.search(s)
}

// first returns the place of the first match.
func (p *wordPattern) first(s string) (at [2]int, ok bool) {
	if p.may.FindWords(s) == nil {
		return at, false
	}
	m := p.FindStringSubmatchIndex(s)
	if m == nil {
		return at, false
	}
	return [2]int{m[2], m[3]}, true
}

// search is places without looking first.
func (p *wordPattern) search(s string) [][2]int {
	var out [][2]int
	for at := 0; at <= len(s); {
		m := p.FindStringSubmatchIndex(s[at:])
		if m == nil {
			break
		}
		from, to := at+m[2], at+m[3]
		out = append(out, [2]int{from, to})
		if to == at {
			break
		}
		at = to
	}
	return out
}

// meetings returns where verbs of meeting stand in s.
func (t *tongue) meetings(s string) [][2]int {
	var out [][2]int
	for _, v := range t.verbs {
		if v.act == actMeet {
			out = append(out, v.pattern.places(s)...)
		}
	}
	return out
}

// verb returns the verb that decides over s and where it stands.
func (t *tongue) verb(s string) (best tongueVerb, at [2]int, ok bool) {
	late := t.last || t.final
	meetings := t.meetings(s)
	for _, v := range t.verbs {
		for _, m := range v.pattern.places(s) {
			if v.act != actMeet &&
				slices.ContainsFunc(meetings, func(met [2]int) bool { return met[0] <= m[0] && m[1] <= met[1] && met[1]-met[0] > m[1]-m[0] }) {
				continue // "telefonda görüştü" is no talk about something
			}
			longer := ok && m[1]-m[0] > at[1]-at[0]
			switch {
			case ok && (v.act == actMeet) != (best.act == actMeet):
				if best.act == actMeet {
					best, at = v, m
				}
			case !ok,
				late && (m[1] > at[1] || m[1] == at[1] && longer),
				!late && (m[0] < at[0] || m[0] == at[0] && longer):
				best, at, ok = v, m, true
			}
		}
	}
	return best, at, ok
}
