package publish

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"readout/internal/ask"
	"readout/internal/letters"
	"readout/internal/show"
)

// TimelineCSV writes one row for each statement and each dropped one; a release that
// does not raise the topic is a row without either.
func TimelineCSV(w io.Writer, t *ask.Timeline) error {
	rows := [][]string{{"series", "topic", "release", "held", "published", "title", "kind", "level", "place", "raised",
		"statement", "change", "speakers", "act", "text", "previous", "similarity", "shifts"}}
	for _, e := range t.Entries {
		head := []string{string(t.Series), t.Topic.ID, e.Release, e.Held.String(), e.Published.String(), e.Title,
			string(e.Kind), string(e.Level), e.Place, strconv.FormatBool(e.Raised)}
		row := func(cells ...string) { rows = append(rows, append(head[:len(head):len(head)], cells...)) }
		if len(e.Statements)+len(e.Dropped) == 0 {
			row("", "", "", "", "", "", "", "")
		}
		for _, st := range e.Statements {
			var shifts []string
			for _, x := range st.Shifts {
				shifts = append(shifts, show.ShiftText(x))
			}
			row(st.ID, string(st.Change), joined(" ", st.Speakers), string(st.Act), st.Text, strings.Join(st.Previous, " "),
				strconv.FormatFloat(st.Similarity, 'f', -1, 64), strings.Join(shifts, "; "))
		}
		for _, d := range e.Dropped {
			row(d.ID, "dropped", "", "", d.Text, "", "", "")
		}
	}
	return writeCSV(w, rows)
}

// MatrixCSV writes one row for each topic at each meeting.
func MatrixCSV(w io.Writer, m *ask.Matrix) error {
	rows := [][]string{{"series", "topic", "name", "held", "releases", "title", "mark", "marks", "new", "reworded", "unchanged",
		"dropped", "shifts"}}
	for _, t := range m.Topics {
		for i, c := range t.Cells {
			var shifts []string
			for _, x := range c.Shifts {
				shifts = append(shifts, show.ShiftText(x))
			}
			x := m.Meetings[i]
			rows = append(rows, []string{string(m.Series), t.ID, t.Name, x.Day().String(), strings.Join(x.Releases, " "),
				x.Title, string(c.Mark), joined(" ", c.Marks),
				strconv.Itoa(c.New), strconv.Itoa(c.Reworded), strconv.Itoa(c.Same), strconv.Itoa(c.Dropped), strings.Join(shifts, "; ")})
		}
	}
	return writeCSV(w, rows)
}

func writeCSV(w io.Writer, rows [][]string) error {
	for _, row := range rows {
		for i := range row {
			row[i] = harmless(row[i])
		}
	}
	if err := csv.NewWriter(w).WriteAll(rows); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	return nil
}

// harmless returns the text of a cell so that no spreadsheet runs it as a formula:
// https://owasp.org/www-community/attacks/CSV_Injection.
func harmless(s string) string {
	s = letters.Clean(s)
	if s != "" && strings.ContainsRune("=+-@", rune(s[0])) {
		return "'" + s
	}
	return s
}
