package en

// Class is a set of words that attribution treats alike.
type Class uint8

// The classes; None is no class.
const (
	None Class = iota

	// of grammar
	The
	And
	But
	Of
	With
	To
	By
	On
	In
	From
	As
	That
	No
	If
	Conjunction
	NoVerb
	Modal
	Be
	Is
	Are
	Future
	Prospect
	Have
	Do
	DoNot
	Negation
	Preposition
	Subordinator
	Adverb
	NoAdverb
	Fact
	IrregularPast
	Participle

	// of reference
	He
	She
	It
	They
	We
	I
	Both
	TheFormer
	TheLatter
	Possessive
	Mine
	Our
	Definite
	Count
	Two
	Each
	ActorOpener
	EventOpener

	// of place in a sentence
	Along
	Tied
	Inside
	Where
	Which
	EndsClause
	Relative
	Contrast
	Apart
	Between
	Into
	Whence
	OnBehalf
	Purpose
	Joins
	Lists
	Ending
	Untold
	Foretelling
	Aside
	Opener
	Calendar
	Being
	Here
	Guest
	Visiting
	VisitSmall
	Visit
	VisitKind

	// of titles and names
	Honorific
	Title
	Portfolio
	Particle
	Former
	Incoming
	Counterpart
	Junior
	Connector
	OfficeOf
	Affairs
	Sole
	Leader
	Head
	Deputy
	Minister
	Prime
	Foreign
	President
	Vice
	Rank
	Under
	Secretary
	Dotted

	// of sides and groups
	Group
	Side
	Body
	Event
	Single
	Adjective
	Shared
	EachOf
	Delegation
	Members
	Listing
	Colleague
	Own

	// of verbs
	Hosting
	Leading
	Wordless
	Upholding
	Thanking
	Welcoming
	Exchanging
	Announcing
	Agreeing
	Concurring
	Reviewing
	Talking
	Conversing
	NoPurpose
	Told
	Calling
	Asked
	Dealing
	Including

	// of what is spoken of
	About
	Regarding
	Matter
	Circumstance
	Discussion
	Exchange
	Situation
	Weight
	Spoke

	// of the titles, headings and announcements of a text
	Facts
	Question
	Remarks
	Jointly
	Readout
	Authored
	Press
	Announcement
	Following
	Narration
)

// names are what the rule files call the classes.
var names = [...]string{
	The:           "word the",
	And:           "word and",
	But:           "word but",
	Of:            "word of",
	With:          "word with",
	To:            "word to",
	By:            "word by",
	On:            "word on",
	In:            "word in",
	From:          "word from",
	As:            "word as",
	That:          "word that",
	No:            "word no",
	If:            "word if",
	Conjunction:   "conjunction",
	NoVerb:        "no verb",
	Modal:         "modal",
	Be:            "to be",
	Is:            "is or was",
	Are:           "plural of be",
	Future:        "future",
	Prospect:      "prospect",
	Have:          "to have",
	Do:            "to do",
	DoNot:         "do not",
	Negation:      "negation",
	Preposition:   "preposition",
	Subordinator:  "subordinator",
	Adverb:        "adverb",
	NoAdverb:      "no adverb",
	Fact:          "fact",
	IrregularPast: "irregular past",
	Participle:    "participle",

	He:          "pronoun he",
	She:         "pronoun she",
	It:          "pronoun it",
	They:        "pronoun they",
	We:          "pronoun we",
	I:           "pronoun i",
	Both:        "pronoun both",
	TheFormer:   "the former",
	TheLatter:   "the latter",
	Possessive:  "possessive",
	Mine:        "mine",
	Our:         "our",
	Definite:    "definite",
	Two:         "two",
	Each:        "each",
	Count:       "count",
	ActorOpener: "actor opener",
	EventOpener: "event opener",

	Along:       "along",
	Tied:        "tied",
	Inside:      "inside",
	Where:       "where",
	Which:       "which",
	EndsClause:  "ends clause",
	Relative:    "relative",
	Contrast:    "contrast",
	Apart:       "apart",
	Between:     "between",
	Into:        "into",
	Whence:      "whence",
	OnBehalf:    "on behalf",
	Purpose:     "purpose",
	Joins:       "joins",
	Lists:       "lists",
	Ending:      "ending",
	Untold:      "untold",
	Foretelling: "foretelling",
	Aside:       "aside",
	Opener:      "opener",
	Calendar:    "calendar",
	Being:       "being",
	Here:        "here",
	Guest:       "guest",
	Visiting:    "visiting",
	VisitSmall:  "visit small",
	Visit:       "visit",
	VisitKind:   "visit kind",

	Honorific:   "honorific",
	Title:       "title",
	Portfolio:   "portfolio",
	Particle:    "particle",
	Former:      "former",
	Incoming:    "incoming",
	Counterpart: "counterpart",
	Junior:      "junior",
	Connector:   "connector",
	OfficeOf:    "office of",
	Affairs:     "affairs",
	Sole:        "sole office",
	Head:        "head of state",
	Deputy:      "deputy",
	Leader:      "leader",
	Minister:    "minister",
	Prime:       "prime",
	Foreign:     "foreign",
	President:   "president",
	Vice:        "vice",
	Rank:        "rank",
	Under:       "under",
	Secretary:   "secretary",
	Dotted:      "dotted",

	Group:      "group",
	Side:       "side",
	Body:       "body",
	Event:      "event",
	Single:     "single group",
	Adjective:  "group adjective",
	Shared:     "shared",
	EachOf:     "each of",
	Delegation: "delegation",
	Members:    "members",
	Listing:    "listing",
	Colleague:  "colleague",
	Own:        "own",

	Hosting:    "hosting",
	Leading:    "leading",
	Wordless:   "wordless",
	Upholding:  "upholding",
	Thanking:   "thanking",
	Welcoming:  "welcoming",
	Exchanging: "exchanging",
	Announcing: "announcing",
	Agreeing:   "agreeing",
	Concurring: "concurring",
	Reviewing:  "reviewing",
	Talking:    "talking",
	Conversing: "conversing",
	NoPurpose:  "no purpose",
	Told:       "told",
	Asked:      "asked",
	Calling:    "calling",
	Dealing:    "dealing",
	Including:  "including",

	About:        "about",
	Regarding:    "regarding",
	Matter:       "matter",
	Circumstance: "circumstance",
	Discussion:   "discussion",
	Exchange:     "exchange",
	Situation:    "situation",
	Weight:       "weight",
	Spoke:        "spoke",

	Facts:        "facts",
	Question:     "question",
	Remarks:      "remarks",
	Jointly:      "jointly",
	Readout:      "readout",
	Authored:     "authored",
	Press:        "press",
	Announcement: "announcement",
	Following:    "following",
	Narration:    "narration",
}
