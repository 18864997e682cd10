package ask

// Doubts is the answer of "doubts".
type Doubts struct {
	Schema string  `json:"schema"` // "readout.doubts/1"
	Doubts []Doubt `json:"doubts"`
}

// Doubt is a field of a release that rests on weak evidence, or that was not decided.
type Doubt struct {
	Release string `json:"release"`
	Field   string `json:"field"` // as the JSON of a release calls it; "text" for the whole
	Why     string `json:"why"`
	Hint    string `json:"hint"` // the command that settles it
}

// NewDoubts returns the doubts, in their order, as an answer with what settles each.
func NewDoubts(doubts []Doubt) *Doubts {
	for i := range doubts {
		doubts[i].Hint = hintFor(doubts[i])
	}
	return &Doubts{Schema: "readout.doubts/1", Doubts: some(doubts)}
}

// hintFor returns the command that settles a doubt, or shows what to look at where none
// does.
func hintFor(d Doubt) string {
	value := map[string]string{"held": "DAY", "published": "DAY", "parties": "CODE,CODE", "issuer": "CODE", "title": "TITLE"}[d.Field]
	switch {
	case value != "":
		return "readout settle " + d.Release + " --" + d.Field + " " + value
	case d.Field == "text":
		return "readout show " + d.Release + " --raw"
	}
	return "readout show " + d.Release
}

// Lines returns the doubts.
func (x *Doubts) Lines() []any { return lines(x.Doubts) }
