package ask

// RulesTest is the answer of "rules test".
type RulesTest struct {
	Schema   string        `json:"schema"` // "readout.rules-test/1"
	Examples int           `json:"examples"`
	Failed   []RuleFailure `json:"failed"`
}

// RuleFailure is something that should have come out of an example in a rule file and did not.
type RuleFailure struct {
	File string `json:"file"`
	Line int    `json:"line"`
	Text string `json:"text"` // of the example
	What string `json:"what"`
	Want string `json:"want"`
	Got  string `json:"got"` // "-" for nothing
}

// NewRulesTest returns the outcome of a number of examples as an answer.
func NewRulesTest(examples int, failed []RuleFailure) *RulesTest {
	return &RulesTest{Schema: "readout.rules-test/1", Examples: examples, Failed: some(failed)}
}

// Lines returns the failures.
func (x *RulesTest) Lines() []any { return lines(x.Failed) }

// RulesWhy is the answer of "rules why".
type RulesWhy struct {
	Schema    string     `json:"schema"`    // "readout.rules-why/1"
	Statement string     `json:"statement"` // its id, "" where a text was asked about
	Text      string     `json:"text"`
	Decisions []Decision `json:"decisions"`
}

// Decision is what the rules say of a statement, and the rules without each of which they
// would say something else.
type Decision struct {
	What  string     `json:"what"`  // "act", "speakers", "topic" or "held"
	Value string     `json:"value"` // "-" for nothing
	Rules []RuleLine `json:"rules"`
}

// RuleLine is a rule and where it stands.
type RuleLine struct {
	File string `json:"file"`
	Line int    `json:"line"`
	Text string `json:"text"`
}

// NewRulesWhy returns what decided about a statement as an answer.
func NewRulesWhy(statement, text string, decisions []Decision) *RulesWhy {
	for i := range decisions {
		decisions[i].Rules = some(decisions[i].Rules)
	}
	return &RulesWhy{Schema: "readout.rules-why/1", Statement: statement, Text: text, Decisions: decisions}
}

// Lines returns the decisions.
func (x *RulesWhy) Lines() []any { return lines(x.Decisions) }
