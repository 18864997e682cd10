package ask

import (
	"strings"
	"unicode/utf8"

	"readout/diff"
	"readout/internal/letters"
	"readout/timeline"
)

// Position is what somebody says on an issue, quoted, with its source.
type Position struct {
	ID       string           `json:"id"` // of the statement
	Release  string           `json:"release"`
	Held     timeline.Date    `json:"held"`
	Text     string           `json:"text"`
	Speakers []timeline.Party `json:"speakers"`
	Act      timeline.Act     `json:"act"`
	Word     string           `json:"word"`         // the reporting verb as the text has it, "" where none was found
	Day      timeline.Date    `json:"-" cbor:"day"` // the release stands at
}

func newPosition(st *timeline.Statement, r *timeline.Release) *Position {
	return &Position{
		ID:       st.ID,
		Release:  r.ID,
		Held:     r.Held,
		Text:     st.Text,
		Speakers: some(st.Speakers),
		Act:      st.Act,
		Word:     ActWord(st.Text, st.Verb),
		Day:      r.Day(),
	}
}

// The forms of one verb begin alike: with all letters of the lemma but the last, and at least so
// many; and they are not much longer.
const (
	leastStem   = 3
	mostLetters = 4 // that a form has beyond the stem
)

// ActWord returns the form in which a text has the verb of the given lemma, "confirmed" of "confirm";
// "" where no word of the text seems to be one, as where the act is taken from what stands above.
func ActWord(text, lemma string) string {
	stem := []rune(letters.Fold(lemma))
	if len(stem) > leastStem {
		stem = stem[:len(stem)-1]
	}
	if len(stem) < leastStem {
		return ""
	}
	for _, w := range letters.Words(text) {
		if rest, ok := strings.CutPrefix(w.Folded, string(stem)); ok && utf8.RuneCountInString(rest) <= mostLetters {
			return text[w.Start:w.End]
		}
	}
	return ""
}

// How much a position says by its parts.
const (
	jointly = 2.0 // that several parties say it
	ownSubj = 1.0 // that it is on the issue first of all
	inWords = 4.0 // that it has the weightiest of formulas

	courtesy = 0.1 // what is left of all that where it thanks, congratulates or promises to call again
)

// courteous reports whether a sentence is one of courtesy or logistics.
func courteous(text string) bool {
	var words []string
	for _, w := range letters.Words(text) {
		words = append(words, w.Folded)
	}
	return diff.DefaultLexicon().Idle(words)
}

// binding is how far each act binds or presses, from 0 for narration. Acts of one height are
// told apart by what else a statement has.
func binding(a timeline.Act) float64 {
	switch a {
	case timeline.ActAgree:
		return 6
	case timeline.ActCommit, timeline.ActCondemn, timeline.ActUrge:
		return 5
	case timeline.ActShareView, timeline.ActConfirm:
		return 4
	case timeline.ActState, timeline.ActExpress, timeline.ActWelcome:
		return 2
	case timeline.ActDiscuss:
		return 1
	}
	return 0
}

// strength is how strong a position a statement takes on a topic: what it binds to, who says it,
// and the weight, 0 to 1, of the formula it has. Narration has none.
func strength(st *timeline.Statement, topic string, formula float64) float64 {
	s := binding(st.Act)
	if s == 0 {
		return 0
	}
	if len(st.Speakers) > 1 {
		s += jointly
	}
	if len(st.Topics) > 0 && st.Topics[0] == topic {
		s += ownSubj
	}
	return s + inWords*formula
}

// strongest returns the strongest position among statements of releases, the first of equals; nil where
// they only narrate. A position in the language that is asked for goes before all others: of a meeting with
// accounts in two languages, the one that the reader of the rest reads. Weight is the weight of the formula that a
// statement has, nil for none at all.
func strongest(rs []saying, topic, language string, weight func(id string) float64) *Position {
	var best *Position
	most, wanted := 0.0, false // of the best
	for _, x := range rs {
		w := 0.0
		if weight != nil {
			w = weight(x.statement.ID)
		}
		s, asked := strength(x.statement, topic, w), x.release.Language == language
		better := func() bool { return s > 0 && (asked && !wanted || asked == wanted && s > most) }
		if better() && courteous(x.statement.Text) {
			s *= courtesy
		}
		if better() {
			most, wanted, best = s, asked, newPosition(x.statement, x.release)
		}
	}
	return best
}

// saying is a statement in its release.
type saying struct {
	release   *timeline.Release
	statement *timeline.Statement
}
