package redline

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"readout/diff"
	"readout/timeline"
)

// CSV writes one row for each change, in the order of the report, under one line
// of column names. Several values in one cell are separated by a space. A cell
// that a spreadsheet would run as a formula begins with an apostrophe.
func CSV(w io.Writer, reports []*diff.Report, o Options) error {
	t := csv.NewWriter(w)
	records := [][]string{{"change", "old_release", "new_release", "kind", "moved", "split", "merged", "topics", "old_ids", "new_ids",
		"old_speakers", "new_speakers", "old_act", "new_act", "old_text", "new_text", "similarity", "score", "uncertain",
		"silence", "place"}}
	for _, r := range reports {
		shown := make([]bool, len(r.Changes))
		for i := range r.Changes {
			c := &r.Changes[i]
			shown[i] = c.Kind != diff.Unchanged || c.Moved
			switch o.Side {
			case Additions:
				shown[i] = c.Kind != diff.Dropped && edited(o.edits(c))
			case Deletions:
				shown[i] = c.Kind != diff.New && edited(o.edits(c))
			}
		}
		if o.ChangesOnly || o.Side != Both {
			shown = within(shown, o.context(0))
		}
		for i := range r.Changes {
			if shown[i] || !o.ChangesOnly && o.Side == Both {
				records = append(records, record(r, &r.Changes[i]))
			}
		}
		for i := range r.Asides {
			records = append(records, record(r, &r.Asides[i]))
		}
	}
	for _, cells := range records {
		for i := range cells {
			cells[i] = cell(cells[i])
		}
	}
	if err := t.WriteAll(records); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	return nil
}

func record(r *diff.Report, c *diff.Change) []string {
	return []string{string(r.Cause), releaseID(r.Old), releaseID(r.New), string(c.Kind),
		strconv.FormatBool(c.Moved), strconv.FormatBool(c.Split), strconv.FormatBool(c.Merged), strings.Join(c.Topics, " "),
		ids(c.Old), ids(c.New), codes(c.Old), codes(c.New), acts(c.Old), acts(c.New),
		c.OldText, c.NewText, strconv.FormatFloat(c.Similarity, 'f', -1, 64),
		strconv.FormatFloat(c.Link.Score, 'f', -1, 64), strconv.FormatBool(c.Link.Uncertain), string(c.Absence.Silence), c.Place}
}

// cell returns the text of a cell so that no spreadsheet runs it as a formula:
// https://owasp.org/www-community/attacks/CSV_Injection.
func cell(s string) string {
	s = clean(s)
	if s != "" && strings.ContainsRune("=+-@", rune(s[0])) {
		return "'" + s
	}
	return s
}

func releaseID(r *timeline.Release) string {
	if r == nil {
		return ""
	}
	return r.ID
}

func ids(ss []timeline.Statement) string {
	out := make([]string, len(ss))
	for i, s := range ss {
		out[i] = s.ID
	}
	return strings.Join(out, " ")
}

func codes(ss []timeline.Statement) string {
	var out []string
	for _, p := range parties(ss) {
		out = append(out, string(p))
	}
	return strings.Join(out, " ")
}

func acts(ss []timeline.Statement) string {
	var out []string
	for _, s := range ss {
		if len(out) == 0 || out[len(out)-1] != string(s.Act) {
			out = append(out, string(s.Act))
		}
	}
	return strings.Join(out, " ")
}
