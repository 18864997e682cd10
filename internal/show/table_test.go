package show

import (
	"strings"
	"testing"
)

// One row that is far wider than the others does not spread all of them.
func TestTableWithOneWideCell(t *testing.T) {
	rows := [][]string{{strings.Repeat("AA-", 20) + "ZZ", "last"}}
	for range 19 {
		rows = append(rows, []string{"JP-RU", "last"})
	}
	var b strings.Builder
	if err := writeTable(&b, Style{}, []column{{head: "SERIES"}, {head: "TITLE"}}, rows); err != nil {
		t.Fatal(err)
	}
	got := strings.Split(b.String(), "\n")
	for i, want := range []string{"SERIES  TITLE", strings.Repeat("AA-", 20) + "ZZ  last", "JP-RU   last"} {
		if got[i] != want {
			t.Errorf("line %d = %q, want %q", i, got[i], want)
		}
	}
}
