package timeline

// lexeme is what is known of one folded word of a series. The word lists are asked once for each,
// however often it stands in the texts.
type lexeme struct {
	singular string
	content  bool // it can be evidence of an issue
	title    bool
	common   bool
	frames   bool // a frame may begin with it
	protocol bool // a phrase of courtesy does
	tails    bool // a tail does
	aside    bool // an occasion, office or place does
}

// lexeme returns what is known of a folded word.
func (c *corpus) lexeme(folded string) *lexeme {
	x := c.lexemes[folded]
	if x == nil {
		x = c.lists.lexeme(folded)
		c.lexemes[folded] = x
	}
	return x
}

func (l *WordLists) lexeme(folded string) *lexeme {
	return &lexeme{
		singular: singular(folded),
		content:  l.content(folded),
		title:    l.titles[folded],
		common:   l.common[folded],
		frames:   l.frames.begin(folded),
		protocol: len(l.protocol[folded]) > 0,
		tails:    len(l.tails[folded]) > 0,
		aside:    l.occasions[folded] || l.offices[folded] || l.places[folded],
	}
}

// any reports whether some word of the unit is such a one.
func (u *unit) any(such func(*lexeme) bool) bool {
	for _, x := range u.words {
		if such(x) {
			return true
		}
	}
	return false
}
