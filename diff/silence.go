package diff

import (
	"strings"

	"readout/timeline"
)

// Silence says why a statement that a later text does not make again is not called gone.
// It is empty where it is: the whole meeting was searched, and nothing in it makes the
// point.
type Silence string

// The kinds of silence.
const (
	NoTopic   Silence = "no_topic"   // the statement belongs to no topic: there was nothing to take up
	Unnamed   Silence = "unnamed"    // it goes on with what stands before it and names no issue of its own
	Idle      Silence = "idle"       // narration, courtesy, logistics, a fact of one day
	MaybeSaid Silence = "maybe_said" // the meeting may make the point in other words
	OtherForm Silence = "other_form" // the texts are of two forms, a joint statement and a call: none is comparable with the other
	TooLong   Silence = "too_long"   // texts of hundreds of statements are not searched one by one
	ShortText Silence = "short_text" // the issue was taken up, in a text less than a third as long
)

// Words says it in words, "" for the empty one.
func (s Silence) Words() string {
	switch s {
	case NoTopic:
		return "under no topic"
	case Unnamed:
		return "names no issue itself"
	case Idle:
		return "no position"
	case MaybeSaid:
		return "may be said in other words"
	case OtherForm:
		return "in a text of another form"
	case TooLong:
		return "the texts are too long to be searched"
	case ShortText:
		return "in a much shorter text"
	}
	return ""
}

// idle reports whether the absence of unit i would be no finding whatever became of it:
// the author narrates, or it has the words of courtesy and logistics.
func (p *Past) idle(i int32) bool {
	if p.idleness[i] == 0 {
		u := &p.units[i]
		p.idleness[i] = 1
		if p.texts[p.owner[i]].reports && u.st.Act == timeline.ActNone ||
			p.options.lexicon().Idle(p.bench.vocabulary.foldedWords(u.tokens)) {
			p.idleness[i] = 2
		}
	}
	return p.idleness[i] == 2
}

// foldedWords are the folded forms of the words among tokens.
func (v *vocabulary) foldedWords(ts []token) []string {
	out := make([]string, 0, len(ts))
	for _, t := range ts {
		if e := &v.entries[t.id]; e.word {
			out = append(out, v.entries[e.folded].text)
		}
	}
	return out
}

// done reports whether unit i tells of business that is finished or of a fact of one occasion: a later
// text need not say it again, though it may go on with it.
func (p *Past) done(i int32) bool {
	return p.options.lexicon().Done(p.bench.vocabulary.foldedWords(p.units[i].tokens))
}

// Idle reports whether folded words have one of the phrases of courtesy and logistics (class "idle"),
// which are no position.
func (l *Lexicon) Idle(words []string) bool { return has(words, l.idle) }

// Done reports whether folded words have one of the phrases of finished business and of facts of one
// occasion (class "done"): "welcomed the completion of", "announced a grant".
func (l *Lexicon) Done(words []string) bool { return has(words, l.done) }

// has reports whether one of the phrases stands among the words.
func has(words []string, phrases [][]string) bool {
	for i := range words {
		for _, p := range phrases {
			if i+len(p) <= len(words) && matchesPhrase(p, words[i:]) {
				return true
			}
		}
	}
	return false
}

// matchesPhrase reports whether the words begin with the phrase, in which a star at the end of
// a word stands for any letters.
func matchesPhrase(phrase, words []string) bool {
	for k, want := range phrase {
		if stem, open := strings.CutSuffix(want, "*"); words[k] != want && !(open && strings.HasPrefix(words[k], stem)) {
			return false
		}
	}
	return true
}
