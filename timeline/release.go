package timeline

import (
	"cmp"
	"slices"
	"strconv"
	"time"
)

// Kind says what sort of occasion or text a release reports.
type Kind string

// The kinds of release.
const (
	KindMeeting        Kind = "meeting"
	KindCall           Kind = "call"
	KindVideo          Kind = "video"
	KindVisit          Kind = "visit"
	KindJointStatement Kind = "joint-statement"
	KindStatement      Kind = "statement"
)

// Kinds returns every kind, in the order in which they are documented.
func Kinds() []Kind {
	return []Kind{KindMeeting, KindCall, KindVideo, KindVisit, KindJointStatement, KindStatement}
}

// Level is the rank at which the parties met: the highest, where several met.
type Level string

// The levels of a meeting.
const (
	LevelSummit           Level = "summit"
	LevelForeignMinisters Level = "foreign-ministers"
	LevelViceMinisters    Level = "vice-ministers"
	LevelOther            Level = "other"
)

// Participant is a person (or an office) that a release names as taking part.
type Participant struct {
	Name  string `json:"name"`
	Title string `json:"title,omitempty"`
	Party Party  `json:"party,omitempty"`
}

// Section is a headed part of a release. Number is the label as printed, without
// its trailing dot and with its brackets ("2", "(1)", "I"), or empty. Depth is 1
// for top headings.
type Section struct {
	Number  string `json:"number"`
	Heading string `json:"heading"`
	Depth   int    `json:"depth"`
	Role    Role   `json:"role,omitempty"` // RoleAnnex where it is the name of an annex, else ""
}

// Release is one version of one official text, as read from one capture.
//
// Held is the day the meeting took place, Published the day the text is dated,
// CapturedAt the instant (UTC) the bytes were first seen. They are three
// different things; each may be unknown (zero) and none stands in for another
// except in [Release.Day].
type Release struct {
	ID           string        `json:"id"`
	Version      int           `json:"version"`  // 1 for the earliest captured text
	Versions     int           `json:"versions"` // how many distinct texts are kept
	Source       string        `json:"source"`   // canonical URL, or ""
	Title        string        `json:"title"`    // one line, a bracketed subtitle included
	Issuer       Party         `json:"issuer"`   // whose ministry published it, or ""
	Kind         Kind          `json:"kind"`
	Level        Level         `json:"level"`
	Occasion     string        `json:"occasion"`
	Place        string        `json:"place"`
	Held         Date          `json:"held"`
	Published    Date          `json:"published"`
	CapturedAt   time.Time     `json:"captured_at"`
	Language     string        `json:"language"` // BCP 47, "en"
	Parties      []Party       `json:"parties"`  // sorted
	Series       SeriesID      `json:"series"`
	SHA256       string        `json:"sha256"` // of the captured bytes, hexadecimal
	Participants []Participant `json:"participants,omitempty"`
	Sections     []Section     `json:"sections"`
	Statements   []Statement   `json:"statements"`
	// Lines are what stands beside the statements, in reading order: title, days,
	// tables, notes, signatories. They are compared between versions of one release.
	Lines []Line `json:"lines,omitempty"`

	// Text is the extracted text that Statement.Start and End index: valid UTF-8
	// in NFC, blocks separated by a blank line.
	Text string `json:"-"`
}

// Day is the day the release stands at in a timeline: the day held, or else the
// day published, or else the day captured (UTC).
func (r *Release) Day() Date {
	if !r.Held.IsZero() {
		return r.Held
	}
	if !r.Published.IsZero() {
		return r.Published
	}
	if r.CapturedAt.IsZero() {
		return Date{}
	}
	return DateOf(r.CapturedAt.UTC())
}

// Name gives the release and its statements the identifier id; statement n is
// id#n, counted from 1 in reading order.
func (r *Release) Name(id string) {
	r.ID = id
	r.NameStatements(id)
}

// NameStatements gives the statements the identifiers prefix#1, prefix#2 and so
// on, and leaves the release's own alone: two versions of one release that are
// compared need statements that are told apart.
func (r *Release) NameStatements(prefix string) {
	for i := range r.Statements {
		r.Statements[i].ID = prefix + "#" + strconv.Itoa(i+1)
	}
}

// CompareReleases orders releases as a timeline does: by [Release.Day], then by
// the day published, then by id.
func CompareReleases(a, b *Release) int {
	return cmp.Or(a.Day().Compare(b.Day()), a.Published.Compare(b.Published), cmp.Compare(a.ID, b.ID))
}

// SortReleases sorts in place by [CompareReleases].
func SortReleases(rs []*Release) { slices.SortFunc(rs, CompareReleases) }
