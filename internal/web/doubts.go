package web

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"readout/internal/archive"
	"readout/internal/reading"
	"readout/timeline"
)

// doubtsData is the page of what could not be decided.
type doubtsData struct {
	Releases []doubtful
	Left     int           // further releases, which the page has no room for
	Field    string        // the only one that is shown, "" for all
	Fields   []link        // to the doubts about each field
	Settled  *settledDoubt // what led here, nil where nothing did
}

// settledDoubt is what somebody has just said of a release, and can take back.
type settledDoubt struct {
	Release      *timeline.Release
	Field, Value string
}

// doubtful is a release with what is in doubt about it.
type doubtful struct {
	Release *timeline.Release
	Doubts  []doubtRow
}

// doubtRow is one doubt, and what a form needs to settle it.
type doubtRow struct {
	Field, Why string
	Input      string // the type of the field of the form, "" where no word settles the doubt
	Value      string // what stands there now
	Hint       string // what is to be put in
}

// doubtsShown is how many releases the page lists.
const doubtsShown = 200

// doubts lists, release by release, what rests on weak evidence or stayed empty.
func (s *Server) doubts(r *http.Request, st *snapshot) (*page, error) {
	d := doubtsData{Field: r.FormValue("field"), Settled: justSettled(r, st)}
	count := map[string]int{}
	for _, rel := range st.heads {
		row := doubtful{Release: rel}
		for _, x := range archive.DoubtsOf(rel) {
			count[x.Field]++
			if d.Field == "" || d.Field == x.Field {
				row.Doubts = append(row.Doubts, newDoubtRow(rel, x))
			}
		}
		switch {
		case len(row.Doubts) == 0:
		case len(d.Releases) < doubtsShown:
			d.Releases = append(d.Releases, row)
		default:
			d.Left++
		}
	}
	for _, field := range slices.Sorted(maps.Keys(count)) {
		d.Fields = append(d.Fields, link{doubtsHref(field), fmt.Sprintf("%s (%d)", field, count[field])})
	}
	return &page{View: "doubts", Title: "Doubts", Data: d}, nil
}

// doubtsHref leads to the doubts about a field, "" for all.
func doubtsHref(field string) string {
	if field == "" {
		return "/doubts"
	}
	return "/doubts?" + url.Values{"field": {field}}.Encode()
}

// newDoubtRow lays out a doubt about a release.
func newDoubtRow(rel *timeline.Release, x timeline.Doubt) doubtRow {
	row := doubtRow{Field: x.Field, Why: x.Why}
	switch x.Field {
	case "held":
		row.Input, row.Value, row.Hint = "date", rel.Held.String(), "The meeting was on"
	case "published":
		row.Input, row.Value, row.Hint = "date", rel.Published.String(), "The text is dated"
	case "parties":
		codes := make([]string, len(rel.Parties))
		for i, p := range rel.Parties {
			codes[i] = string(p)
		}
		row.Input, row.Value, row.Hint = "text", strings.Join(codes, ", "), "The parties are"
	case "issuer":
		row.Input, row.Value, row.Hint = "text", string(rel.Issuer), "It was published by"
	case "title":
		row.Input, row.Value, row.Hint = "text", rel.Title, "The title is"
	}
	return row
}

// justSettled is what led to the page asked for.
func justSettled(r *http.Request, st *snapshot) *settledDoubt {
	rel, ok := st.byID[r.FormValue("settled")]
	if !ok {
		return nil
	}
	row := newDoubtRow(rel, timeline.Doubt{Field: r.FormValue("of")})
	if row.Input == "" {
		return nil
	}
	return &settledDoubt{rel, row.Field, row.Value}
}

// settle keeps what a person says of a release, as "readout settle" does.
func (s *Server) settle(r *http.Request) (string, error) {
	field := r.PostForm.Get("field")
	over, err := s.said(field, strings.TrimSpace(r.PostForm.Get("value")))
	if err != nil {
		return "", err
	}
	return s.correct(r, url.Values{"of": {field}}, func(ref archive.Ref) (*archive.IngestReport, error) {
		return s.Source.Settle(r.Context(), ref, over)
	})
}

// unsettle takes back what a person said of a field.
func (s *Server) unsettle(r *http.Request) (string, error) {
	field := r.PostForm.Get("field")
	if !slices.Contains(archive.Settled(), field) {
		return "", &badRequest{fmt.Sprintf("%q is nothing that can be settled here", field)}
	}
	return s.correct(r, nil, func(ref archive.Ref) (*archive.IngestReport, error) {
		return s.Source.Unsettle(r.Context(), ref, field)
	})
}

// correct does what a form says of a release and returns where to go on: to the doubts that the
// form stood among, with then and the name that the release has now, unless that is nil.
func (s *Server) correct(r *http.Request, then url.Values, do func(archive.Ref) (*archive.IngestReport, error)) (string, error) {
	ref, err := archive.ParseRef(r.PostForm.Get("release"))
	if err != nil {
		return "", &badRequest{err.Error()}
	}
	report, err := do(ref)
	if err != nil {
		return "", err
	}
	for _, res := range report.Results {
		if res.Status == archive.Failed {
			return "", errors.New(res.Error)
		}
		if then != nil {
			then.Set("settled", res.Release)
		}
	}
	if only := r.PostForm.Get("only"); only != "" && then != nil {
		then.Set("field", only)
	} else if only != "" {
		then = url.Values{"field": {only}}
	}
	if len(then) == 0 {
		return "/doubts", nil
	}
	return "/doubts?" + then.Encode(), nil
}

// said reads the value of a field of a release.
func (s *Server) said(field, value string) (reading.Overrides, error) {
	var over reading.Overrides
	if value == "" {
		return over, &badRequest{"nothing is said of the " + cmp.Or(field, "release")}
	}
	switch field {
	case "held", "published":
		day, err := timeline.ParseDate(value)
		if err != nil {
			return over, &badRequest{err.Error()}
		}
		if field == "held" {
			over.Held = day
		} else {
			over.Published = day
		}
	case "parties", "issuer":
		for name := range strings.SplitSeq(value, ",") {
			p, ok := s.Party(name)
			if !ok {
				return over, &badRequest{fmt.Sprintf("%q is not a party that is known by code or name", strings.TrimSpace(name))}
			}
			over.Parties = append(over.Parties, p)
		}
		if field == "parties" {
			break
		}
		if len(over.Parties) > 1 {
			return over, &badRequest{"a release is published by one party"}
		}
		over.Issuer, over.Parties = over.Parties[0], nil
	case "title":
		over.Title = value
	default:
		return over, &badRequest{fmt.Sprintf("%q is nothing that can be settled here", field)}
	}
	return over, nil
}
