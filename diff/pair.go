package diff

import "readout/timeline"

// Pair reports how the wording of one statement differs from that of another that is
// known to say the same point: always [Reworded] or [Unchanged], without a [Change.Link].
func Pair(old, new timeline.Statement, o Options) Change { return NewPairs(o).Change(old, new) }

// Pairs compares many pairs of statements as [Pair] does. It remembers the words of every text it has
// read; it is not safe for concurrent use.
type Pairs struct {
	options    Options
	vocabulary *vocabulary
	read       map[string][]token
}

// NewPairs returns a Pairs that has read nothing.
func NewPairs(o Options) *Pairs {
	return &Pairs{options: o, vocabulary: newVocabulary(o.lexicon()), read: map[string][]token{}}
}

// Change compares two statements.
func (p *Pairs) Change(old, new timeline.Statement) Change {
	v := p.vocabulary
	c := v.change(Change{
		Old: []timeline.Statement{old},
		New: []timeline.Statement{new},
	}, p.tokens(old.Text), p.tokens(new.Text), redlineBelow)
	c.Shifts = p.options.shifts(v, &c)
	return c
}

func (p *Pairs) tokens(text string) []token {
	ts, ok := p.read[text]
	if !ok {
		ts = p.vocabulary.tokenize(text)
		p.read[text] = ts
	}
	return ts
}
