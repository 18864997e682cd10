package timeline

// Act is the speech act of a statement: what its author reports the speakers to
// have done with words.
type Act string

// The speech acts. ActNone marks the author's own narration.
const (
	ActAgree     Act = "agree"      // agreed, decided
	ActShareView Act = "share_view" // shared the view, were of the same mind
	ActConfirm   Act = "confirm"    // confirmed, reaffirmed, reiterated
	ActDiscuss   Act = "discuss"    // discussed, exchanged views, reviewed, raised
	ActState     Act = "state"      // stated, explained, noted, stressed
	ActExpress   Act = "express"    // expressed hope, concern, gratitude
	ActWelcome   Act = "welcome"    // welcomed, commended, congratulated
	ActUrge      Act = "urge"       // urged, called on, requested
	ActCondemn   Act = "condemn"    // condemned, opposed, protested
	ActCommit    Act = "commit"     // pledged, will do, announced, plans
	ActNone      Act = "none"
)

// Acts returns every act, in the order in which they are documented.
func Acts() []Act {
	return []Act{ActAgree, ActShareView, ActConfirm, ActDiscuss, ActState, ActExpress,
		ActWelcome, ActUrge, ActCondemn, ActCommit, ActNone}
}

// Statement is one sentence or list item of a release that says one thing.
type Statement struct {
	// ID is the release's id, "#", and the statement's place counted from 1. It
	// is set by [Release.Name].
	ID string `json:"id"`
	// Path holds the printed labels around the statement, outermost first:
	// ["2", "(1)"]. It is empty, never nil, where nothing is numbered.
	Path []string `json:"path"`
	// Section indexes Release.Sections; -1 is the preamble.
	Section int `json:"section"`
	// Text is one line: white space inside it is folded to single spaces.
	Text string `json:"text"`
	// Start and End are byte offsets into Release.Text. The bytes there are Text
	// but for folded white space.
	Start int `json:"start"`
	End   int `json:"end"`
	// Speakers are the parties the statement is attributed to, sorted: all of
	// them where both sides speak, empty where the author narrates.
	Speakers []Party `json:"speakers"`
	// Unresolved reports that somebody speaks and the text does not prove for whom:
	// Speakers is empty then, and Act is not ActNone.
	Unresolved bool `json:"unresolved"`
	// By holds the persons who speak, by their names in Release.Participants; it is
	// empty where a side, a group, a country or nobody speaks.
	By  []string `json:"by,omitempty"`
	Act Act      `json:"act"`
	// Verb is the lemma of the reporting verb, "" for ActNone.
	Verb string `json:"verb"`
	// Topics are the ids of the topics the statement belongs to, best first. They
	// are known only inside a series and empty until [Link] has run.
	Topics []string `json:"topics"`
	// Wholes are the ids of the topics that those are part of.
	Wholes []string `json:"-"`
	// Inherited reports that the statement names none of its topics: it goes on with the
	// statement before, and has them from there alone.
	Inherited bool `json:"-"`
}
