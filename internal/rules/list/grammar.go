package list

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Grammar says what a rule file may hold.
type Grammar struct {
	File string // its name
	// Sections are the "[section]" lines it may have, nil for none.
	Sections []string
	// Least and Most are how many fields a line has, parted by tabs; 0 where a line is one text.
	Least, Most int
	// Trailing says that a comment may stand behind a rule.
	Trailing bool
	// Fixed says why a user cannot add to the file, "" where one can.
	Fixed string
	// Wordings says that the rules are wordings, see [Expression].
	Wordings bool
}

// Grammars returns the grammar of every rule file, in the order in which the files are
// documented.
func Grammars() []Grammar {
	return []Grammar{
		{File: "parties.tsv", Least: 2, Most: 6},
		{File: "names.tsv", Least: 2, Most: 5},
		{File: "notparties.txt"},
		{File: "offices.txt"},
		{File: "hosts.tsv", Least: 2, Most: 2},
		{File: "regions.tsv", Least: 2, Most: 2},
		{File: "words.txt", Wordings: true, Sections: []string{"joint-statement", "visit", "video", "call", "meeting", "statement",
			"summit", "foreign-ministers", "vice-ministers", "no rank", "office", "no office", "foreign office", "any rank",
			"several", "occasion", "subject", "partaker", "event", "event of", "recalling", "spoken of", "travels", "addressed", "for whom", "quarrel", "issue", "met",
			"encounter", "reception", "guest", "meeting today", "by telephone", "by video", "no kind", "category",
			"beside a party", "label", "touched", "reference", "authority", "mission", "hour", "local time", "another time", "no place", "place", "talked of",
			"central bank", "territory", "other day", "of another day", "at another time", "hanging", "banner",
			"meant for", "joined", "of a party", "phrase end", "clause end", "subject head", "to a place", "locative", "in a place",
			"jointly", "attendance", "plural", "authored by", "release number", "counted"}},
		{File: "noise.txt", Wordings: true, Sections: []string{"start", "bracketed", "bureau", "end", "aside", "caption", "done",
			"signs", "annex", "credit", "picture"}},
		{File: "calendar.tsv", Least: 2, Most: 13},
		{File: "events.tsv", Least: 3, Most: 3},
		{File: "languages.tsv", Least: 2, Most: 3},
		{File: "abbreviations.txt", Sections: []string{"title", "either", "number", "more", "opener", "office"}},
		{File: "acts.tsv", Least: 2, Most: 6},
		{File: "persons.tsv", Least: 2, Most: 3},
		{File: "english.tsv", Least: 2, Most: 3},
		{File: "tongues.tsv", Least: 3, Most: 6},
		{File: "furniture.txt", Trailing: true, Sections: []string{"class", "captioned", "note", "box", "line", "start", "end",
			"end mark", "caption", "label", "date", "image", "back", "consent", "frame", "mailfrom", "maildate", "mailsubject", "mailother",
			"mailmark", "mailfoot"}},
		{File: "letters.txt", Least: 2, Most: 2},
		{File: "links.txt", Trailing: true, Sections: []string{"meeting", "chrome", "away", "next", "home", "language",
			"languagekey", "notfound", "login", "unavailable", "challenge", "signin"}},
		{File: "tracking.txt", Trailing: true, Fixed: "which addresses are one release follows from it, in every store alike"},
		{File: "issues.tsv", Least: 3, Most: 4},
		{File: "issues_tongues.tsv", Least: 3, Most: 3},
		{File: "topics.txt", Sections: []string{"common", "diplomatic", "relationship", "tone", "titles", "anaphors", "slogans",
			"leads", "possessives", "instruments", "bodies", "threats", "threatened by", "turned on", "ordinary", "occasions",
			"places", "offices", "joins"}},
		{File: "headings.txt", Wordings: true, Sections: []string{"joins", "leads", "notes"}},
		{File: "tails.txt"},
		{File: "wrappers.txt"},
		{File: "relations.txt"},
		{File: "frames.txt", Sections: []string{"announcements", "reports", "notes"}},
		{File: "protocol.txt"},
		{File: "lanes.txt", Sections: []string{"forms", "ranks", "bodies", "counterparts", "occasions"}},
		{File: "edges.txt"},
		{File: "lexicon.tsv", Least: 2, Most: 2},
		{File: "ladder.tsv", Least: 4, Most: 4},
		{File: "qualifiers.tsv", Least: 2, Most: 2},
	}
}

func grammar(name string) (Grammar, bool) {
	all := Grammars()
	i := slices.IndexFunc(all, func(g Grammar) bool { return g.File == name })
	if i < 0 {
		return Grammar{}, false
	}
	return all[i], true
}

// heading is a line that names a section.
var heading = regexp.MustCompile(`^\[[a-z -]+\]$`)

// read reads a file of this grammar. The name is what places are given under. Wordings
// that are trusted are not read here: whoever uses them does.
func (g Grammar) read(text, name string, trusted bool) (file, error) {
	f := file{text: text, laws: map[int][]Example{}}
	section, n := "", 0
	var laws []Example // above the rules that come
	open := false      // no rule came since the last of them
	for line := range strings.Lines(text) {
		n++
		l := Line{Place: Place{name, n}, Section: section, Text: g.bare(line), user: !trusted}
		switch {
		case l.Text == "" || l.Text[0] == '#':
		case g.Sections != nil && l.Text[0] == '[' && heading.MatchString(l.Text):
			section = l.Text[1 : len(l.Text)-1]
			if !slices.Contains(g.Sections, section) {
				return f, l.Errorf("unknown section %q; known are %s", section, strings.Join(g.Sections, ", "))
			}
			laws = nil
		case strings.HasPrefix(l.Text, ">> "):
			if !open {
				laws, open = nil, true
			}
			l.Text = l.Text[1:]
			x, err := written{line: l}.example()
			if err != nil {
				return f, err
			}
			laws = append(laws, x)
		case l.Text == "> -" && len(f.rules) > 0:
			delete(f.laws, f.rules[len(f.rules)-1].Line)
		case strings.HasPrefix(l.Text, "> "):
			w := written{line: l}
			if len(f.rules) > 0 {
				w.rule = f.rules[len(f.rules)-1]
			}
			if !trusted { // those that are built in are read when somebody asks, which few do
				if _, err := w.example(); err != nil {
					return f, err
				}
			}
			f.examples = append(f.examples, w)
		default:
			if err := g.check(l, trusted); err != nil {
				return f, l.Errorf("%w", err)
			}
			f.rules = append(f.rules, l)
			if open = false; len(laws) > 0 {
				f.laws[n] = laws
			}
		}
	}
	return f, nil
}

// bare returns a line without its end, a comment behind the rule, and space behind it.
func (g Grammar) bare(line string) string {
	if g.Trailing && line[0] != '>' {
		line, _, _ = strings.Cut(line, "#")
		line = strings.TrimLeft(line, " \t")
	}
	if g.Most == 0 {
		return strings.TrimRight(line, " \t\r\n")
	}
	line = strings.TrimRight(line, " \r\n")
	for strings.HasSuffix(line, "\t") && strings.Count(line, "\t") >= g.Least {
		line = strings.TrimRight(line[:len(line)-1], " ")
	}
	return line
}

// check says what is wrong with the form of a rule.
func (g Grammar) check(l Line, trusted bool) error {
	if g.Sections != nil && l.Section == "" {
		return fmt.Errorf("%q stands before the first section", l.Text)
	}
	if g.Wordings && !trusted {
		_, wording, _ := l.scoped()
		if _, err := Expression(wording); err != nil {
			return err
		}
	}
	if g.Most == 0 {
		return nil
	}
	if l.Text[0] == '\t' {
		return errors.New("the first field is empty")
	}
	if n := strings.Count(l.Text, "\t") + 1; n < g.Least || n > g.Most {
		return fmt.Errorf("have %d fields parted by tabs, want %s", n, between(g.Least, g.Most))
	}
	return nil
}

// between names a range of numbers.
func between(least, most int) string {
	if least == most {
		return fmt.Sprint(least)
	}
	return fmt.Sprintf("%d to %d", least, most)
}

// scoped parts a rule of the section "place" into its language and the wording; of other
// sections all is the wording.
func (l Line) scoped() (language, rest string, ok bool) {
	if l.Section != "place" {
		return "", l.Text, false
	}
	return strings.Cut(l.Text, " ")
}
