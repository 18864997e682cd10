package formula_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/diff/formula"
)

const (
	quiet   = "They stressed the quiet landing of salted herring."
	patient = "They will be patient with felted wool of Bress."
	other   = "They rang the bells of Hamm in May."
)

// A formula is missing where the comparable text before had it or half of all since its first use have it, and not
// before its first use or long after it had gone.
func TestMissingWhereItWasExpected(t *testing.T) {
	tests := []struct {
		name, has string // x for a meeting that has the formula
		want      string // the years in which it is missing
	}{
		{"the text before had it", "xx.x", "2033"},
		{"before its first use", ".xxx", ""},
		{"half of all have it", "xxx..", "2034 2035"},
		{"just half of all", "xxx....", "2034 2035 2036 2037"},
		{"a habit given up", "xxx.......x", "2034 2035 2036 2037"},
		{"the one before is enough", "x...x...x.", "2032 2033 2036 2040"},
	}
	for _, tt := range tests {
		var ts []string
		for _, c := range tt.has {
			if c == 'x' {
				ts = append(ts, quiet+"\n"+other)
			} else {
				ts = append(ts, "They mended nets.\n"+other)
			}
		}
		var got []string
		for _, m := range the(t, formula.Find(texts(ts...), formula.Options{}), "herring").Missing {
			got = append(got, m.Release.Held.String()[:4])
		}
		if d := cmp.Diff(tt.want, strings.Join(got, " ")); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, d)
		}
	}
}

// In days in which a formula came or went it weighs more than one used as often and kept on; four meetings without
// it, or all that the lane has, are a coming or going, three between two uses are none.
func TestTurnedInItsDays(t *testing.T) {
	tests := []struct {
		name, has string
		from, to  int     // meetings
		bar       float64 // of the weight of one that all meetings have
		want      bool
	}{
		{"it came", "....xxxx", 4, 5, 1.2, true},
		{"it went", "xxxx....", 2, 3, 1.2, true},
		{"in the first days of the lane", "xxxxxxxx", 0, 1, 1.2, false},
		{"in the middle of its time", "..xxxxxx..", 4, 5, 1.2, false},
		{"one meeting without it at the end", "xxxxxxx.", 5, 6, 1.2, true},
		{"a gap of three", "xxx...xxx", 2, 3, 0.75, false},
		{"a gap of four", "xxx....xxx", 2, 3, 0.75, true},
		{"it came before these days", "..xxxxxxx", 4, 5, 1.2, false},
	}
	for _, tt := range tests {
		var ts []string
		for _, c := range tt.has {
			third := fmt.Sprintf("They spoke of %d nets.", len(ts))
			if c == 'x' {
				third = patient
			}
			ts = append(ts, quiet+"\n"+other+"\n"+third)
		}
		rs := texts(ts...)
		days := formula.Options{Since: rs[tt.from].Held, Until: rs[tt.to].Held}
		then, steady := 0.0, 0.0
		for _, f := range formula.Find(rs, days) {
			switch {
			case strings.Contains(f.Text, "wool"):
				then = f.Weight
			case strings.Contains(f.Text, "herring"):
				steady = f.Weight
			}
		}
		if got := then > tt.bar*steady; got != tt.want {
			t.Errorf("%s: weight %v beside %v, came or went wanted: %v", tt.name, then, steady, tt.want)
		}
	}
}
