package show

import (
	"slices"
	"strings"

	"readout/diff"
	"readout/internal/ask"
	"readout/internal/letters"
	"readout/timeline"
)

// subject is what a reader of an excerpt wants to see in it: the folded stems of words, such as those of
// the names of a topic. A nil one is that of no topic.
type subject []string

// leastSubject is how many bytes a word of a subject has: shorter ones stand in every sentence.
const leastSubject = 4

// subjectOf returns the subject of a topic, by all its names.
func subjectOf(t ask.TimelineTopic) subject {
	var s subject
	for _, name := range append([]string{t.Name}, t.Aliases...) {
		for _, w := range letters.Words(name) {
			if len(w.Folded) >= leastSubject {
				s = append(s, timeline.Stem(w.Folded))
			}
		}
	}
	return s
}

// leastCut is how many columns an excerpt has that is cut in its middle: in fewer it would be shreds.
const leastCut = 36

// The beginning of an excerpt that is cut in its middle takes one part in leadShare of the room, what it is about
// and the words behind that one in tailShare; the rest is for the words before that.
const leadShare, tailShare = 3, 3

// excerpt cuts a sentence to so many columns, and never what it is about: where that stands too far behind, the
// words between the beginning and it are left out, and where it is not known, those in the middle.
func (s subject) excerpt(said string, columns int) string {
	if cells(said) <= columns {
		return said
	}
	words := strings.Fields(said)
	if len(words) < 3 || columns < leastCut {
		return fit(said, columns)
	}
	at, known := s.in(words)
	if known && cells(strings.Join(words[:at+1], " ")) < columns {
		return fit(said, columns)
	}
	lead := 1
	for lead < at-1 && cells(strings.Join(words[:lead+1], " ")) <= columns/leadShare {
		lead++
	}
	head, end := strings.Join(words[:lead], " ")+" … ", at+1
	for end < len(words) && cells(strings.Join(words[at:end+1], " ")) <= columns/tailShare {
		end++
	}
	more := ""
	if end < len(words) {
		more = "…"
	}
	start := at
	for start > lead && cells(head+strings.Join(words[start-1:end], " ")+more) <= columns {
		start--
	}
	return fit(head+strings.Join(words[start:end], " ")+more, columns)
}

// in returns the first word of a sentence that is of the subject; where none is, the last one, and false.
func (s subject) in(words []string) (int, bool) {
	i := slices.IndexFunc(words, func(w string) bool {
		return slices.ContainsFunc(letters.Words(w), func(t letters.Token) bool { return slices.Contains(s, timeline.Stem(t.Folded)) })
	})
	if i < 0 {
		return len(words) - 1, false
	}
	return i, true
}

// from returns a text from the given words on, with a sign for what stands before; all of it where it has
// them not, or at its head.
func from(text, words string) string {
	said := letters.Clean(text)
	if i := strings.Index(said, words); words != "" && i > 0 {
		return "… " + said[i:]
	}
	return said
}

// position quotes a position within so many columns, from its reporting verb on: what stands before is
// who met whom.
func (s subject) position(p *ask.Position, columns int) string {
	return "“" + s.excerpt(from(p.Text, p.Word), max(8, columns-2)) + "”"
}

// shift says a shift within so many columns: the words before, and the sentence now from those words on that
// took their place.
func (s subject) shift(x diff.Shift, columns int) string {
	was, is := x.Words()
	head := string(x.Kind) + ": " + was + " → "
	if rest, ok := strings.CutPrefix(from(x.New.Text, is), "… "+is); ok && leads(x.New.Text, is) {
		return fit(head+"“"+s.excerpt(is+rest, max(8, columns-cells(head)-2))+"”", columns)
	}
	head += is + " "
	return fit(head+"“"+s.around(x.New.Text, is, max(8, columns-cells(head)-2))+"”", columns)
}

// around quotes a sentence within so many columns with the given words of it: from them on where most of the
// sentence follows them, or else as what the excerpt must have.
func (s subject) around(text, words string, columns int) string {
	if leads(text, words) {
		return s.excerpt(from(text, words), columns)
	}
	if words != "" {
		s = subjectOf(ask.TimelineTopic{Name: words})
	}
	return s.excerpt(letters.Clean(text), columns)
}

// leads reports whether most of a text stands behind the given words of it.
func leads(text, words string) bool {
	said := letters.Clean(text)
	i := strings.Index(said, words)
	return words != "" && i >= 0 && 2*i <= len(said)
}
