package ask

import (
	"readout/diff"
	"readout/timeline"
)

// Chain is the answer of "diff --topic --all": every step along a topic, from one
// meeting that raised it to the next.
type Chain struct {
	Schema string            `json:"schema"` // "readout.chain/1"
	Series timeline.SeriesID `json:"series"`
	Topic  TimelineTopic     `json:"topic"`
	Diffs  []*Diff           `json:"diffs"` // in the order of the meetings
}

// NewChain returns comparisons along a topic, in the order of its meetings, as an answer.
func NewChain(series timeline.SeriesID, topic timeline.Topic, diffs []*Diff) *Chain {
	return &Chain{Schema: "readout.chain/1", Series: series, Topic: TopicName(topic), Diffs: some(diffs)}
}

// TopicName returns the names of a topic as answers give them.
func TopicName(t timeline.Topic) TimelineTopic {
	return TimelineTopic{ID: t.ID, Name: t.Name, Aliases: some(t.Aliases), Judged: t.Judged}
}

// Lines returns the diffs.
func (c *Chain) Lines() []any { return lines(c.Diffs) }

// Diff is the answer of "diff".
type Diff struct {
	Schema  string       `json:"schema"` // "readout.diff/1"
	Change  diff.Cause   `json:"change"`
	Old     DiffSide     `json:"old"`
	New     DiffSide     `json:"new"`
	Changes []DiffChange `json:"changes"`
	Asides  []DiffAside  `json:"asides"` // of a record change: what was altered beside the statements
	Summary diff.Summary `json:"summary"`
	// TakenBack reports, in the news, that the newer of two versions had been seen
	// before the older one.
	TakenBack bool `json:"taken_back"`
	// Claimed reports, in the news, that the order of the two versions rests on when
	// somebody says they were seen, and not on when the program saw them.
	Claimed bool         `json:"claimed"`
	Report  *diff.Report `json:"-"` // what the answer was made of
}

// DiffAside is a line beside the statements that was altered: the title, a cell of a
// table, who signed.
type DiffAside struct {
	Kind    diff.Kind     `json:"kind"`
	Role    timeline.Role `json:"role"`
	Place   string        `json:"place"` // in words: "table 2, row Krill, column 2033"
	OldText string        `json:"old_text"`
	NewText string        `json:"new_text"`
	Edits   []diff.Edit   `json:"edits"`
}

// DiffSide is one of the two texts of a [Diff].
type DiffSide struct {
	Release    string        `json:"release"` // id, or the name of a file
	Version    int           `json:"version"` // 0 for a file
	Held       timeline.Date `json:"held"`
	Published  timeline.Date `json:"published"`
	CapturedAt Instant       `json:"captured_at"`
	Title      string        `json:"title"`
}

// DiffChange is one change of a [Diff].
type DiffChange struct {
	Kind       diff.Kind       `json:"kind"`
	Moved      bool            `json:"moved"`
	Split      bool            `json:"split"`
	Merged     bool            `json:"merged"`
	Topics     []string        `json:"topics"`
	Similarity float64         `json:"similarity"`
	Score      float64         `json:"score"`             // how strong the case for the pairing is, 0 where nothing was paired
	Silence    diff.Silence    `json:"silence"`           // why a dropped statement is not called gone, "" where it is
	IssueGone  bool            `json:"issue_gone"`        // a dropped statement is gone with every topic it was on
	Against    string          `json:"against"`           // the release in which a dropped statement was looked for, with all texts of its meeting
	Nearest    *Nearest        `json:"nearest,omitempty"` // what came closest there to a dropped statement, not there for every other kind
	Uncertain  bool            `json:"uncertain"`         // a person should look at the pairing
	Reasons    []diff.Reason   `json:"reasons"`           // what speaks for the pairing
	Shared     []string        `json:"shared"`            // the words both have that speak most for it
	Marks      []diff.Mark     `json:"marks"`             // numbers, dates, names, modal verbs and negations that changed
	Old        []DiffStatement `json:"old"`
	New        []DiffStatement `json:"new"`
	OldText    string          `json:"old_text"`
	NewText    string          `json:"new_text"`
	Edits      []diff.Edit     `json:"edits"`
	Shifts     []diff.Shift    `json:"shifts"`
	SiteWide   int             `json:"site_wide"` // in the news: how many other releases of the host have the line, which is the site's; 0 where it is the release's
	Absence    diff.Absence    `json:"-"`
}

// Told is what people are told of a change: where its pairing is uncertain the statement is
// new, and the earlier one may be looked at beside it.
func (c *DiffChange) Told() (diff.Kind, []diff.Edit) {
	if c.Uncertain {
		return diff.New, []diff.Edit{{Op: diff.Insert, Text: c.NewText}}
	}
	return c.Kind, c.Edits
}

// DiffStatement is a statement on one side of a change.
type DiffStatement struct {
	ID       string           `json:"id"`
	Path     []string         `json:"path"`
	Text     string           `json:"text"`
	Speakers []timeline.Party `json:"speakers"`
	Act      timeline.Act     `json:"act"`
	Word     string           `json:"-" cbor:"word"` // the reporting verb as the text has it, "" where none was found
}

// NewDiff returns the report as an answer.
func NewDiff(r *diff.Report) *Diff {
	d := &Diff{
		Schema:  "readout.diff/1",
		Change:  r.Cause,
		Old:     side(r.Old),
		New:     side(r.New),
		Changes: make([]DiffChange, 0, len(r.Changes)),
		Summary: r.Summary,
		Report:  r,
	}
	for _, c := range r.Changes {
		d.Changes = append(d.Changes, DiffChange{
			Kind:       c.Kind,
			Moved:      c.Moved,
			Split:      c.Split,
			Merged:     c.Merged,
			Topics:     some(c.Topics),
			Similarity: c.Similarity,
			Score:      c.Link.Score,
			Silence:    c.Absence.Silence,
			Nearest:    newNearest(c.Absence.Nearest),
			Absence:    c.Absence,
			Uncertain:  c.Link.Uncertain,
			Reasons:    some(c.Link.Reasons),
			Shared:     some(c.Link.Shared),
			Marks:      some(c.Marks),
			Old:        diffStatements(c.Old),
			New:        diffStatements(c.New),
			OldText:    c.OldText,
			NewText:    c.NewText,
			Edits:      some(c.Edits),
			Shifts:     some(c.Shifts),
		})
	}
	for i, c := range r.Changes {
		if c.Absence.Against != nil {
			d.Changes[i].Against, d.Changes[i].IssueGone = c.Absence.Against.ID, c.Absence.Silence == "" && !c.Absence.Raised
		}
	}
	d.Asides = []DiffAside{}
	for _, c := range r.Asides {
		d.Asides = append(d.Asides, DiffAside{
			Kind:    c.Kind,
			Role:    c.Role,
			Place:   c.Place,
			OldText: c.OldText,
			NewText: c.NewText,
			Edits:   some(c.Edits),
		})
	}
	return d
}

// Differs reports whether anything but places changed.
func (d *Diff) Differs() bool {
	return d.Summary.New+d.Summary.Dropped+d.Summary.Reworded+len(d.Asides) > 0
}

// OfSite reports whether nothing was altered but lines of the site.
func (d *Diff) OfSite() bool {
	of := 0
	for _, c := range d.Changes {
		if c.SiteWide > 0 {
			of++
		}
	}
	return of > 0 && of == d.Summary.New+d.Summary.Dropped+d.Summary.Reworded+len(d.Asides)
}

func side(r *timeline.Release) DiffSide {
	return DiffSide{
		Release:    r.ID,
		Version:    r.Version,
		Held:       r.Held,
		Published:  r.Published,
		CapturedAt: Instant{r.CapturedAt},
		Title:      r.Title,
	}
}

func diffStatements(ss []timeline.Statement) []DiffStatement {
	out := make([]DiffStatement, len(ss))
	for i, s := range ss {
		out[i] = DiffStatement{
			ID:       s.ID,
			Path:     some(s.Path),
			Text:     s.Text,
			Speakers: some(s.Speakers),
			Act:      s.Act,
			Word:     ActWord(s.Text, s.Verb),
		}
	}
	return out
}

// Lines returns the changes.
func (d *Diff) Lines() []any { return lines(d.Changes) }
