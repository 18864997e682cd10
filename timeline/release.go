package timeline

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
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

// Levels returns every level, in the order in which they are documented.
func Levels() []Level {
	return []Level{LevelSummit, LevelForeignMinisters, LevelViceMinisters, LevelOther}
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

// Doubt says that a field rests on weak evidence, or could not be read although the
// text seems to give it.
type Doubt struct {
	Field string `json:"field"` // as JSON calls it: "held"
	Why   string `json:"why"`   // a sentence without capital and stop: "the year is not printed; …"
}

// Release is one version of one official text, as read from one capture.
//
// Held is the day the meeting took place, or the first of its days; Published the day
// the text is dated; CapturedAt the instant (UTC) the bytes were first seen. They are
// three different things; each may be unknown (zero) and none stands in for another,
// but that [Release.Day] falls back on Published.
type Release struct {
	ID         string    `json:"id"`
	Version    int       `json:"version"`  // 1 for the earliest captured text
	Versions   int       `json:"versions"` // how many distinct texts are kept
	Source     string    `json:"source"`   // canonical URL, or ""
	Title      string    `json:"title"`    // one line, a bracketed subtitle included
	Issuer     Party     `json:"issuer"`   // whose ministry published it, or ""
	Kind       Kind      `json:"kind"`
	Level      Level     `json:"level"`
	Occasion   string    `json:"occasion"`
	Place      string    `json:"place"`
	Held       Date      `json:"held"`
	HeldUntil  Date      `json:"held_until,omitzero"` // the last day of a meeting of several days, else zero
	Published  Date      `json:"published"`
	CapturedAt time.Time `json:"captured_at"`
	Language   string    `json:"language"` // BCP 47, "en"
	// LanguageRead reports whether the rules know how the language says who speaks and how:
	// where they do not, every act is none.
	LanguageRead bool     `json:"language_read"`
	Parties      []Party  `json:"parties"` // sorted
	Series       SeriesID `json:"series"`
	// Meeting is the id of the first release about the same meeting (see [Meetings]):
	// the release's own where there is no other. It depends on the other releases of
	// the series and is empty until they are known.
	Meeting      string        `json:"meeting,omitempty"`
	Doubts       []Doubt       `json:"doubts,omitempty"` // in the order of the fields above
	SHA256       string        `json:"sha256"`           // of the captured bytes, hexadecimal
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

// Day is the day the release stands at in a timeline: the day held, or else the day
// published. It is zero for an undated release: the day on which a text was captured
// says nothing about when it was written.
func (r *Release) Day() Date {
	if !r.Held.IsZero() {
		return r.Held
	}
	return r.Published
}

// Label is what people are shown to tell the release by: its title, or where the page
// has none, its level, its kind and its day.
func (r *Release) Label() string {
	if r.Title != "" {
		return r.Title
	}
	var parts []string
	if r.Level != "" && r.Level != LevelOther {
		parts = append(parts, string(r.Level))
	}
	parts = append(parts, cmp.Or(string(r.Kind), "release"))
	label := strings.ReplaceAll(strings.Join(parts, " "), "-", " ")
	if day := r.Day(); !day.IsZero() {
		return "(" + label + " of " + day.String() + ")"
	}
	return "(undated " + label + ")"
}

// Doubted reports whether there is a doubt about the field.
func (r *Release) Doubted(field string) bool {
	return slices.ContainsFunc(r.Doubts, func(d Doubt) bool { return d.Field == field })
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
// the day published, then by id. Undated releases have no place in time and come after
// all others.
func CompareReleases(a, b *Release) int {
	if x, y := a.Day().IsZero(), b.Day().IsZero(); x != y {
		if x {
			return 1
		}
		return -1
	}
	return cmp.Or(a.Day().Compare(b.Day()), a.Published.Compare(b.Published), cmp.Compare(a.ID, b.ID))
}

// SortReleases sorts in place by [CompareReleases].
func SortReleases(rs []*Release) { slices.SortFunc(rs, CompareReleases) }

// Dated returns the releases in the order of [CompareReleases], those without a day
// apart. The argument is left as it is.
func Dated(rs []*Release) (dated, undated []*Release) {
	sorted := slices.Clone(rs)
	SortReleases(sorted)
	n := slices.IndexFunc(sorted, func(r *Release) bool { return r.Day().IsZero() })
	if n < 0 {
		return sorted, nil
	}
	return sorted[:n:n], sorted[n:]
}
