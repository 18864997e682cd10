package publish

import (
	"strconv"
	"strings"

	"readout/diff"
	"readout/internal/ask"
	"readout/internal/show"
	"readout/timeline"
)

// Table is one table of a store laid out for databases, spreadsheets and statistics. A cell
// that is not known is empty; days are 2031-04-17, moments RFC 3339 in UTC.
type Table struct {
	Name    string
	Columns []Column
	Rows    [][]string
}

// Column is a column of a [Table].
type Column struct {
	Name string
	Type ColumnType
	Key  bool   // no two rows have the same
	Of   string // the table whose key it names, "" for none
}

// ColumnType says what the cells of a column are.
type ColumnType int

// The types. What is written in a cell is text all the same.
const (
	Text    ColumnType = iota
	Whole              // a number without a fraction
	Decimal            // a number with one
	Truth              // true or false
)

// Names returns the names of the columns, in order.
func (t Table) Names() []string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	return names
}

// columns reads columns from one line: "id!" is a key, "release>release"
// names one of the table release, "start#" is a whole number, "similarity%" one with
// a fraction, "uncertain?" true or false.
func columns(line string) []Column {
	var out []Column
	for word := range strings.FieldsSeq(line) {
		name, of, _ := strings.Cut(word, ">")
		c := Column{Name: strings.TrimRight(name, "!#%?"), Of: of}
		switch name[len(name)-1] {
		case '!':
			c.Key = true
		case '#':
			c.Type = Whole
		case '%':
			c.Type = Decimal
		case '?':
			c.Type = Truth
		}
		out = append(out, c)
	}
	return out
}

// TableSeries is what [Tables] are made of: one series.
type TableSeries struct {
	ID       timeline.SeriesID
	Releases []*timeline.Release         // in the version seen last, with topics and meeting
	Versions map[string][]ask.LogVersion // of every release, by its id
	Topics   []timeline.Topic
	Formulas *ask.Formulas // nil for none
	// Timelines are those of the topics, in their order.
	Timelines []*ask.Timeline
}

// Tables returns the tables of one series, always the same ones in the same order, so that
// those of several series can be put below each other.
func Tables(s TableSeries) []Table {
	return []Table{
		releaseTable(s), versionTable(s), statementTable(s), speakerTable(s),
		statementTopicTable(s), topicTable(s), meetingTable(s), formulaTable(s), changeTable(s),
	}
}

func (t *Table) add(cells ...string) { t.Rows = append(t.Rows, cells) }

func releaseTable(s TableSeries) Table {
	t := Table{Name: "release", Columns: columns(`id! series meeting>meeting title kind level held held_until published
		issuer place language source version# versions#`)}
	for _, r := range s.Releases {
		t.add(r.ID, string(r.Series), r.Meeting, r.Title, string(r.Kind), string(r.Level),
			r.Held.String(), r.HeldUntil.String(), r.Published.String(), string(r.Issuer), r.Place,
			r.Language, r.Source, strconv.Itoa(r.Version), strconv.Itoa(r.Versions))
	}
	return t
}

func versionTable(s TableSeries) Table {
	t := Table{Name: "version", Columns: columns(`release>release version# captured_at captures# sha256 words_inserted# words_deleted#`)}
	for _, r := range s.Releases {
		for _, v := range s.Versions[r.ID] {
			t.add(r.ID, strconv.Itoa(v.Version), v.CapturedAt.String(), strconv.Itoa(v.Captures), v.SHA256,
				strconv.Itoa(v.WordsInserted), strconv.Itoa(v.WordsDeleted))
		}
	}
	return t
}

func statementTable(s TableSeries) Table {
	t := Table{Name: "statement", Columns: columns(`id! release>release number# path heading act verb unresolved? text start# end#`)}
	for _, r := range s.Releases {
		for i, st := range r.Statements {
			heading := ""
			if st.Section >= 0 && st.Section < len(r.Sections) {
				heading = r.Sections[st.Section].Heading
			}
			t.add(st.ID, r.ID, strconv.Itoa(i+1), strings.Join(st.Path, " "), heading, string(st.Act), st.Verb,
				strconv.FormatBool(st.Unresolved), st.Text, strconv.Itoa(st.Start), strconv.Itoa(st.End))
		}
	}
	return t
}

func speakerTable(s TableSeries) Table {
	t := Table{Name: "speaker", Columns: columns(`statement>statement party`)}
	for _, r := range s.Releases {
		for _, st := range r.Statements {
			for _, p := range st.Speakers {
				t.add(st.ID, string(p))
			}
		}
	}
	return t
}

func statementTopicTable(s TableSeries) Table {
	t := Table{Name: "statement_topic", Columns: columns(`statement>statement series topic`)}
	for _, r := range s.Releases {
		for _, st := range r.Statements {
			for _, topic := range st.Topics {
				t.add(st.ID, string(s.ID), topic)
			}
		}
	}
	return t
}

func topicTable(s TableSeries) Table {
	t := Table{Name: "topic", Columns: columns(`series id name part_of first last releases# statements#`)}
	for _, x := range s.Topics {
		t.add(string(s.ID), x.ID, x.Name, x.PartOf, x.First.String(), x.Last.String(),
			strconv.Itoa(x.Releases), strconv.Itoa(x.Statements))
	}
	return t
}

func meetingTable(s TableSeries) Table {
	t := Table{Name: "meeting", Columns: columns(`id! series day releases#`)}
	at := map[string]int{}
	for _, r := range s.Releases {
		at[r.Meeting]++
	}
	for _, r := range s.Releases {
		if n := at[r.Meeting]; n > 0 {
			t.add(r.Meeting, string(s.ID), r.Day().String(), strconv.Itoa(n))
			at[r.Meeting] = 0
		}
	}
	return t
}

func formulaTable(s TableSeries) Table {
	t := Table{Name: "formula", Columns: columns(`series id topic lane release>release statement>statement text change because`)}
	if s.Formulas == nil {
		return t
	}
	for _, f := range s.Formulas.Formulas {
		for _, u := range f.Uses {
			t.add(string(s.ID), f.ID, f.Topic, f.Lane, u.Release, u.Statement, u.Text, string(u.Change), u.Because)
		}
	}
	return t
}

// changeTable has, for every topic, what became of each of its statements, and which were
// gone: of those release is the text that was searched, with all others of its meeting.
func changeTable(s TableSeries) Table {
	t := Table{Name: "change", Columns: columns(`series topic lane release>release statement>statement change
		previous similarity% uncertain? shifts nearest>statement`)}
	for _, line := range s.Timelines {
		for _, e := range line.Entries {
			for _, st := range e.Statements {
				t.add(string(s.ID), line.Topic.ID, e.Lane, e.Release, st.ID, string(st.Change), strings.Join(st.Previous, " "),
					decimal(st.Similarity), strconv.FormatBool(st.Uncertain), shiftNames(st.Shifts), "")
			}
			for _, d := range e.Dropped {
				nearest, similarity := "", ""
				if d.Nearest != nil {
					nearest, similarity = d.Nearest.ID, decimal(d.Nearest.Similarity)
				}
				t.add(string(s.ID), line.Topic.ID, e.Lane, d.Against, d.ID, show.Dropped, "", similarity, "false", "", nearest)
			}
		}
	}
	return t
}

// decimal writes a share with the digits that mean something.
func decimal(x float64) string { return strconv.FormatFloat(x, 'f', 3, 64) }

func shiftNames(shifts []diff.Shift) string {
	names := make([]string, len(shifts))
	for i, x := range shifts {
		names[i] = string(x.Kind)
	}
	return strings.Join(names, " ")
}
