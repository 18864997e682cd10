package timeline

// Participant is a person (or an office) that a release names as taking part.
type Participant struct {
	Name  string `json:"name"`
	Title string `json:"title,omitempty"`
	Party Party  `json:"party,omitempty"`
	// Evidence is what makes the person the party's, nil where Party is empty.
	Evidence *Evidence `json:"evidence,omitempty"`
}

// Evidence is why a person is taken to be of a party: what kind of proof it is, and the
// words that prove it.
type Evidence struct {
	How  Proof  `json:"how"`
	Text string `json:"text"`
	// Release is the id of the other release of the series that has the proof, "" where
	// it stands in the text itself.
	Release string `json:"release"`
}

// Proof is a kind of evidence.
type Proof string

// The kinds of proof, from the firmest to the weakest.
const (
	ProofOffice     Proof = "office"     // the office is named with its country
	ProofSide       Proof = "side"       // named as one of "the Chilean side"
	ProofHost       Proof = "host"       // welcomes a guest to the country, or is the guest
	ProofVisit      Proof = "visit"      // is in the other party's country
	ProofMeeting    Proof = "meeting"    // meets someone of the other party, or holds the same office
	ProofPublisher  Proof = "publisher"  // named without a country by the ministry that writes
	ProofCommitment Proof = "commitment" // affirms what the text calls the party's own
	ProofOrder      Proof = "order"      // "a Norway-Chile meeting between A and B"
	ProofSeries     Proof = "series"     // another release of the series proves it
)
