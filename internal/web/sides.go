package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"readout/diff"
	"readout/timeline"
)

// sidesData is the page of two sides' accounts of one meeting. Neither is older or
// newer: what only one of them says is neither new nor dropped.
type sidesData struct {
	A, B   account
	Rows   []sidesRow
	Both   int // things that both say, in whatever words
	Same   int // of them in the same words
	OnlyA  int
	OnlyB  int
	Others []account // further accounts to set beside A
}

// account is one side's release about a meeting.
type account struct {
	Release *timeline.Release
	Name    string // of the side, or of the release where it is not known
	Href    string // the two accounts side by side, "" for A
}

// sidesRow is something that one account says or both do.
type sidesRow struct {
	Words string // who says it
	A, B  sidesCell
}

// sidesCell is what one account says of a row; nothing where Text is empty.
type sidesCell struct {
	Statements []timeline.Statement
	Text       []sidesPiece
	Language   string
}

// sidesPiece is a stretch of words; Own are those that the other account lacks.
type sidesPiece struct {
	Text string
	Own  bool
}

func (s *Server) sides(r *http.Request, st *snapshot) (*page, error) {
	report, others, err := s.accountsOf(r, st)
	if err != nil {
		return nil, err
	}
	x, y := report.Old, report.New
	d := newSides(report, s.Names)
	for _, other := range others {
		if other != y {
			d.Others = append(d.Others, s.account(x, other))
		}
	}
	return &page{
		View:   "sides",
		Title:  "Two accounts",
		Crumbs: []link{{seriesHref(x.Series), seriesName(x.Series, s.Names)}, {releaseHref(x.ID), longDay(x.Day())}},
		Data:   d,
	}, nil
}

// accountsOf compares the account in the address with another one of its meeting, the
// first unless the request names one, and returns all others too.
func (s *Server) accountsOf(r *http.Request, st *snapshot) (*diff.Report, []*timeline.Release, error) {
	ref, head, err := st.find(r.PathValue("release"))
	if err != nil {
		return nil, nil, err
	}
	v, err := s.volume(r, st, head.Series)
	if err != nil {
		return nil, nil, err
	}
	x, ok := v.byID[ref.ID]
	others := v.accounts()[ref.ID]
	if !ok || len(others) == 0 {
		return nil, nil, errNoAccount
	}
	y := others[0]
	if with := r.URL.Query().Get("with"); with != "" {
		i := slices.IndexFunc(others, func(o *timeline.Release) bool { return o.ID == with })
		if i < 0 {
			return nil, nil, errNoAccount
		}
		y = others[i]
	}
	o := s.comparing()
	o.Cause = diff.Position
	return diff.Compare(x, y, o), others, nil
}

// account names an account of the meeting beside that of x.
func (s *Server) account(x, other *timeline.Release) account {
	return account{
		Release: other,
		Name:    sideName(other, s.Names),
		Href:    releaseHref(x.ID) + "/sides?" + url.Values{"with": {other.ID}}.Encode(),
	}
}

// sideName is whose account a release is.
func sideName(r *timeline.Release, names func(timeline.Party) string) string {
	if r.Issuer == "" {
		return r.ID
	}
	return names(r.Issuer)
}

func newSides(report *diff.Report, names func(timeline.Party) string) sidesData {
	d := sidesData{
		A: account{Release: report.Old, Name: sideName(report.Old, names)},
		B: account{Release: report.New, Name: sideName(report.New, names)},
	}
	if d.A.Name == d.B.Name {
		d.A.Name, d.B.Name = report.Old.ID, report.New.ID
	}
	for _, c := range report.Changes {
		row := sidesRow{
			A: sidesCell{Statements: c.Old, Language: report.Old.Language},
			B: sidesCell{Statements: c.New, Language: report.New.Language},
		}
		switch c.Kind {
		case diff.Dropped:
			d.OnlyA++
			row.Words = d.A.Name + " alone"
			row.A.Text = []sidesPiece{{Text: c.OldText}}
		case diff.New:
			d.OnlyB++
			row.Words = d.B.Name + " alone"
			row.B.Text = []sidesPiece{{Text: c.NewText}}
		default:
			d.Both++
			row.Words = "both, worded differently"
			if c.Kind == diff.Unchanged {
				d.Same++
				row.Words = "both, in the same words"
			}
			row.A.Text, row.B.Text = pieces(c.Edits, diff.Delete), pieces(c.Edits, diff.Insert)
			if len(c.Edits) == 0 {
				row.A.Text, row.B.Text = []sidesPiece{{Text: c.OldText}}, []sidesPiece{{Text: c.NewText}}
			}
		}
		d.Rows = append(d.Rows, row)
	}
	return d
}

// pieces is one account's side of the edits: what both have, and what own marks.
func pieces(edits []diff.Edit, own diff.Op) []sidesPiece {
	var out []sidesPiece
	for _, e := range edits {
		switch {
		case e.Op == diff.Equal, e.Case && e.Op == own:
			out = append(out, sidesPiece{Text: e.Text})
		case e.Op == own:
			// The spaces around are no words of either.
			word := strings.TrimSpace(e.Text)
			before, after, _ := strings.Cut(e.Text, word)
			out = append(out, sidesPiece{Text: before}, sidesPiece{Text: word, Own: word != ""}, sidesPiece{Text: after})
		}
	}
	return out
}

// otherAccounts says for each release of a meeting that several sides tell of which
// releases the others are.
func otherAccounts(releases []*timeline.Release) map[string][]*timeline.Release {
	out := map[string][]*timeline.Release{}
	for _, m := range timeline.Meetings(releases) {
		for _, r := range m.Releases {
			for _, other := range m.Releases {
				if other != r {
					out[r.ID] = append(out[r.ID], other)
				}
			}
		}
	}
	return out
}
