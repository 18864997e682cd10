package diff

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/timeline"
)

// Piece is a run of a statement's text and the meeting at which it was first said.
type Piece struct {
	Text string
	// Release is the first release of the series that has the piece, and Statement
	// the first of its statements to have it.
	Release   *timeline.Release
	Statement string
}

// Blamed is a statement and the pieces its wording is made of, in order; joined,
// they are its text. A statement without text has none.
type Blamed struct {
	Statement timeline.Statement
	Pieces    []Piece
}

// Blame says for each statement of the release at which meeting of its series its
// wording, piece by piece, was first said. A statement is cut into runs of words that
// one statement of an earlier meeting has as well, so that they cover as much as can be
// and are few; each is put down to the first statement that has the whole of it, and
// what lies between them to the release itself. Case, punctuation and the kind of
// quotation mark do not count. A run begins and ends on a word with content, one that is
// neither a function word nor such as every statement has ("leaders", "discussed"), and
// has three of them at least; then it takes in the words without content around it as
// far as its origin has them too. Function words alone between two runs go with the one
// before, at the start of the text with the one behind.
//
// Series may be in any order and may hold the release, in whatever version. Another
// release about the same meeting (see [timeline.Meetings]) is not an earlier one. With
// no earlier release, every statement is its own origin. A nil lexicon is the embedded
// one.
func Blame(r *timeline.Release, series []*timeline.Release, l *Lexicon) []Blamed {
	if l == nil {
		l = DefaultLexicon()
	}
	a := ancestry{vocabulary: newVocabulary(l), at: map[trigram][]place{}}
	before := earlier(r, series)
	for _, e := range before {
		for _, st := range e.Statements {
			a.add(e, st)
		}
	}
	a.noteUsual(len(before))
	out := make([]Blamed, 0, len(r.Statements))
	for _, st := range r.Statements {
		out = append(out, Blamed{st, a.pieces(r, st)})
	}
	return out
}

// earlier returns the releases about the meetings before r's, in order.
func earlier(r *timeline.Release, series []*timeline.Release) []*timeline.Release {
	others := slices.DeleteFunc(slices.Clone(series), func(x *timeline.Release) bool {
		return x.ID == r.ID || timeline.CompareReleases(x, r) > 0
	})
	var out []*timeline.Release
	for _, m := range timeline.Meetings(append(others, r)) {
		if !slices.Contains(m.Releases, r) {
			out = append(out, m.Releases...)
		}
	}
	timeline.SortReleases(out)
	return out
}

// pieces cuts the text of a statement of r.
func (a *ancestry) pieces(r *timeline.Release, st timeline.Statement) []Piece {
	if st.Text == "" {
		return nil
	}
	words := a.words(st.Text)
	here := &wording{release: r, statement: st.ID}
	origins := a.origins(words, here)
	if len(origins) == 0 {
		origins = []*wording{here}
	}
	var out []Piece
	from := 0
	for i, o := range origins {
		to := len(st.Text)
		if i+1 < len(origins) {
			if origins[i+1] == o {
				continue
			}
			to = seam(st.Text, words[i], words[i+1])
		}
		out = append(out, Piece{st.Text[from:to], o.release, o.statement})
		from = to
	}
	return out
}

// seam is where a text is cut between two words: behind the last space, so that a
// closing mark stays with the word before it and an opening one with the word behind.
func seam(text string, before, after token) int {
	between := text[before.end:after.start]
	if i := strings.LastIndexFunc(between, unicode.IsSpace); i >= 0 {
		_, n := utf8.DecodeRuneInString(between[i:])
		return int(before.end) + i + n
	}
	return int(after.start)
}
