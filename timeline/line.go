package timeline

import (
	"fmt"
	"strings"
)

// Role says what a line of a release is that is no statement.
type Role string

// The roles of lines beside the statements.
const (
	RoleTitle     Role = "title"     // the title as the document prints it, and subtitles
	RoleDay       Role = "day"       // the day the text is dated
	RoleTable     Role = "table"     // one cell of a table of data
	RoleNote      Role = "note"      // a footnote or endnote
	RoleCaption   Role = "caption"   // what is printed at a picture or a table
	RoleSignatory Role = "signatory" // who signed, below the text
	RoleAnnex     Role = "annex"     // the name of an annex or of an attached file
	RoleHeading   Role = "heading"   // the heading of a section
	RoleAside     Role = "aside"     // belongs to the record only: the hour, who was there
)

// Roles returns every role, in the order in which changes of them are told.
func Roles() []Role {
	return []Role{RoleTitle, RoleDay, RoleHeading, RoleTable, RoleNote, RoleCaption, RoleSignatory, RoleAnnex, RoleAside}
}

// Line is a line of a release that says nothing by itself and belongs to what was
// published all the same. Lines are compared between versions of one release.
type Line struct {
	Role Role `json:"role"`
	// Label tells apart what one role holds: "subtitle", "attachment"; of a note its
	// number or sign. It is a name and not compared.
	Label string `json:"label,omitempty"`
	// Cell is the place of a cell, nil for every other role.
	Cell *Cell  `json:"cell,omitempty"`
	Text string `json:"text"` // one line
	// Day is the day that a line of RoleDay prints, zero for every other role.
	Day Date `json:"day,omitzero"`
	// Start and End are byte offsets into Release.Text, both 0 for a line that stands
	// outside of it.
	Start int `json:"start"`
	End   int `json:"end"`
}

// Cell is the place of a cell in the tables of a release.
type Cell struct {
	Table  int `json:"table"` // counted from 1 through the release
	Row    int `json:"row"`   // from 1, the rows that name the columns included
	Column int `json:"column"`
	// RowName and ColumnName are what the table calls them, "" for no name.
	RowName    string `json:"row_name,omitempty"`
	ColumnName string `json:"column_name,omitempty"`
}

// Place says in words where the line stands: "table 2, row Krill, column 2033", "note
// 3", "subtitle". It is the role where nothing more is known.
func (l Line) Place() string {
	switch {
	case l.Cell != nil:
		return l.Cell.String()
	case l.Role == RoleNote && l.Label != "":
		return "note " + l.Label
	case l.Label != "":
		return l.Label
	}
	return string(l.Role)
}

// String says in words which cell it is, by names where the table has them.
func (c Cell) String() string {
	parts := []string{fmt.Sprintf("table %d", c.Table)}
	add := func(kind, name string, n int) {
		if name == "" {
			name = fmt.Sprint(n)
		}
		if n > 0 {
			parts = append(parts, kind+" "+name)
		}
	}
	add("row", c.RowName, c.Row)
	add("column", c.ColumnName, c.Column)
	return strings.Join(parts, ", ")
}
