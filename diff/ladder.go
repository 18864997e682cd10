package diff

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"

	"readout/internal/letters"
	"readout/internal/rules/list"
	"readout/timeline"
)

// Ladder holds the verbs by which parties bind themselves more or less, each with
// its height on one of several scales. It is immutable and safe for concurrent use.
type Ladder struct {
	byFirst map[string][]step       // patterns by each of their first words
	byAct   map[timeline.Act][]step // for statements without a verb of their own
	names   map[rung]string         // what the rung is called
}

// rung is a height on a scale.
type rung struct {
	scale  string
	height int
}

// promise is the scale of modal verbs, which no verb beside them outreaches.
const promise = "promise"

// step is a pattern of words and the rung it stands on.
type step struct {
	words [][]string // alternatives for each place; nil is a gap of up to maxGap words
	rung  rung
}

// maxGap is how many words a "~" of a pattern may stand for.
const maxGap = 3

// DefaultLadder returns the embedded ladder; the file names the practice each scale
// is taken from.
func DefaultLadder() *Ladder { return defaultLadder() }

// defaultLadder reads the embedded file once; the result never changes.
var defaultLadder = sync.OnceValue(func() *Ladder {
	l, err := (&Ladder{}).with(list.BuiltIn("ladder.tsv"))
	if err != nil {
		panic("built-in rules: " + err.Error()) // our own file, and a test reads it
	}
	return l
})

// Extend returns a ladder with the lines of r added: SCALE, HEIGHT, NAME and PATTERN,
// with tabs between them, as the comments of the built-in file describe them. Where two
// patterns are as long, the one added last decides. An error names the line.
func (l *Ladder) Extend(r io.Reader) (*Ladder, error) {
	lines, err := list.Read("ladder.tsv", r)
	if err != nil {
		return nil, err
	}
	return l.with(lines)
}

// with returns the ladder with further lines.
func (l *Ladder) with(lines []list.Line) (*Ladder, error) {
	out := &Ladder{byFirst: map[string][]step{}, byAct: map[timeline.Act][]step{}, names: map[rung]string{}}
	for k, v := range l.byFirst {
		out.byFirst[k] = slices.Clone(v)
	}
	for k, v := range l.byAct {
		out.byAct[k] = slices.Clone(v)
	}
	for k, v := range l.names {
		out.names[k] = v
	}
	for _, line := range lines {
		if err := out.add(line); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// add takes in a line: SCALE, HEIGHT, NAME, PATTERN.
func (l *Ladder) add(line list.Line) error {
	fields := line.Fields()
	height, err := strconv.Atoi(fields[1])
	if err != nil || height < 0 {
		return line.Errorf("height %q is not a number from 0 on", fields[1])
	}
	s := step{rung: rung{fields[0], height}}
	if _, known := l.names[s.rung]; !known {
		l.names[s.rung] = fields[2]
	}
	if act, ok := strings.CutPrefix(fields[3], "@"); ok {
		l.byAct[timeline.Act(act)] = append(l.byAct[timeline.Act(act)], s)
		return nil
	}
	for _, place := range strings.Fields(fields[3]) {
		if place == "~" {
			s.words = append(s.words, nil)
			continue
		}
		s.words = append(s.words, strings.Split(letters.Plain(place), "|"))
	}
	if len(s.words) == 0 || s.words[0] == nil {
		return line.Errorf("pattern %q does not begin with a word", fields[3])
	}
	for _, w := range s.words[0] {
		l.byFirst[w] = append(l.byFirst[w], s)
	}
	return nil
}

// at returns the rung of the longest pattern that begins with the word at i, and
// where it ends; end is i where there is none.
func (l *Ladder) at(words []string, i int) (r rung, end int) {
	best := 0
	end = i
	for _, s := range l.byFirst[words[i]] {
		if e := matchStep(s.words, words, i); e > 0 && len(s.words) >= best {
			r, end, best = s.rung, e, len(s.words)
		}
	}
	return r, end
}

// matchStep returns where the pattern ends that begins at i, 0 where it does not fit.
func matchStep(pattern [][]string, words []string, i int) int {
	if len(pattern) == 0 {
		return i
	}
	if pattern[0] == nil {
		for skip := 0; skip <= maxGap && i+skip < len(words); skip++ {
			if e := matchStep(pattern[1:], words, i+skip); e > 0 {
				return e
			}
		}
		return 0
	}
	if i < len(words) && slices.Contains(pattern[0], words[i]) {
		return matchStep(pattern[1:], words, i+1)
	}
	return 0
}

// Reports reports whether a folded word by itself tells what somebody says: "reaffirmed".
func (l *Ladder) Reports(word string) bool {
	return slices.ContainsFunc(l.byFirst[word], func(s step) bool { return len(s.words) == 1 && s.rung.scale != promise })
}

// ofAct returns the rung of an act.
func (l *Ladder) ofAct(a timeline.Act) (rung, bool) {
	if s := l.byAct[a]; len(s) > 0 {
		return s[len(s)-1].rung, true
	}
	return rung{}, false
}

// ofModal returns the rung of a modal verb.
func (l *Ladder) ofModal(word string) (rung, bool) {
	w := letters.Plain(word)
	for _, s := range l.byFirst[w] {
		if s.rung.scale == promise && len(s.words) == 1 {
			return s.rung, s.rung.height > 0
		}
	}
	return rung{}, false
}
