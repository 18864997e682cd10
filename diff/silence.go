package diff

import (
	"slices"

	"readout/timeline"
)

// Silence says why it may mean little that a later text does not make a statement
// again. It is empty where it means something: the topic was taken up, in a text that
// goes into as much, without the statement.
type Silence string

// The kinds of silence.
const (
	NotRaised Silence = "topic_not_raised" // none of the statement's topics was taken up
	NoTopic   Silence = "no_topic"         // the statement belongs to no topic: there was nothing to take up
	ShortText Silence = "short_text"       // a topic was, in a text less than a third as long
)

// Words says it in words, "" for the empty one.
func (s Silence) Words() string {
	switch s {
	case NotRaised:
		return "topic not raised"
	case NoTopic:
		return "under no topic"
	case ShortText:
		return "in a much shorter text"
	}
	return ""
}

// muchShorter is the share of the old text's statements below which a new one leaves
// most out whatever became of the positions: after a long joint statement a readout of
// a call drops five in six of what it could have taken up, and among texts of like
// length two in five are dropped.
const muchShorter = 1.0 / 3

// short reports whether the new text is much shorter than the old one.
func short(old, new *timeline.Release) bool {
	return old != nil && new != nil && float64(len(new.Statements)) < muchShorter*float64(len(old.Statements))
}

// markSilence sets what the silence about each dropped statement is. Nothing is said
// where no topics are known.
func markSilence(changes []Change, old, new *timeline.Release) {
	raised := make(map[string]bool)
	for _, s := range new.Statements {
		for _, t := range s.Topics {
			raised[t] = true
		}
	}
	known := len(raised) > 0 || slices.ContainsFunc(old.Statements, func(s timeline.Statement) bool { return len(s.Topics) > 0 })
	brief := short(old, new)
	for i := range changes {
		c := &changes[i]
		if c.Kind != Dropped {
			continue
		}
		switch {
		case known && len(c.Topics) == 0:
			c.Silence = NoTopic
		case known && !slices.ContainsFunc(c.Topics, func(t string) bool { return raised[t] }):
			c.Silence = NotRaised
		case brief:
			c.Silence = ShortText
		}
	}
}
