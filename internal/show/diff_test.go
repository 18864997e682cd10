package show_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"readout/diff"
	"readout/internal/ask"
	"readout/internal/show"
	"readout/timeline"
)

// twoTalks are two meetings with one statement reworded, one dropped and one new.
func twoTalks() *diff.Report {
	meeting := func(id string, texts ...string) *timeline.Release {
		r := &timeline.Release{ID: id, Title: id}
		for _, x := range texts {
			r.Statements = append(r.Statements, timeline.Statement{Section: -1, Act: timeline.ActAgree, Text: x, Topics: []string{"wool"}, Speakers: []timeline.Party{"IS", "PE"}})
		}
		r.Name(id)
		return r
	}
	return diff.Compare(
		meeting("2033-01-02", "They agreed that the felted wool of Bress is let in as yarn.", "They agreed on a lamp for the quay at Hamm."),
		meeting("2034-01-02", "They agreed that the felted wool of Bress may be let in as cloth.", "Both sides condemned theft of bells from village churches."),
		diff.Options{Cause: diff.Position})
}

func shown(t *testing.T, v show.DiffView) string {
	t.Helper()
	var b bytes.Buffer
	if err := show.Diffs(&b, show.Style{}, v, ask.NewDiff(twoTalks())); err != nil {
		t.Fatal(err)
	}
	_, changes, _ := strings.Cut(b.String(), "\n\n") // below the summary and the sides
	return changes
}

// TestDiffViewSides checks that a terminal too shows the one side that is asked for.
func TestDiffViewSides(t *testing.T) {
	for _, tt := range []struct {
		view       show.DiffView
		want, none []string
	}{
		{show.DiffView{Hidden: diff.Delete}, []string{"{+", "bells"}, []string{"[-", "lamp"}},
		{show.DiffView{Hidden: diff.Insert}, []string{"[-", "lamp"}, []string{"{+", "bells"}},
		{show.DiffView{Sentences: true}, []string{"[-They agreed that the felted", "yarn.-]\n", "{+They agreed that the felted"}, nil},
	} {
		got := shown(t, tt.view)
		for _, w := range tt.want {
			if !strings.Contains(got, w) {
				t.Errorf("%+v: no %q in\n%s", tt.view, w, got)
			}
		}
		for _, w := range tt.none {
			if strings.Contains(got, w) {
				t.Errorf("%+v: %q in\n%s", tt.view, w, got)
			}
		}
	}
}

// TestExplanationAddsUp checks that the numbers printed for a pairing come to the score
// printed, and that the words that weigh most are named.
func TestExplanationAddsUp(t *testing.T) {
	got := strings.Join(strings.Fields(shown(t, show.DiffView{Explain: true})), " ")
	m := regexp.MustCompile(`paired by (0\.\d\d) of 1: (.*?);`).FindStringSubmatch(got)
	if m == nil {
		t.Fatalf("no explanation in %q", got)
	}
	if !strings.Contains(m[2], "rare words in common") || !strings.Contains(m[2], "wool") {
		t.Errorf("%q does not name the words in common", m[2])
	}
	sum := 0.0
	for _, part := range regexp.MustCompile(`(less )?(\d\.\d\d)`).FindAllStringSubmatch(m[2], -1) {
		x, err := strconv.ParseFloat(part[2], 64)
		if err != nil {
			t.Fatal(err)
		}
		if part[1] != "" {
			x = -x
		}
		sum += x
	}
	if fmt.Sprintf("%.2f", sum) != m[1] {
		t.Errorf("%q adds up to %.2f, the score is %s", m[2], sum, m[1])
	}
}

// TestSilenceOfOneDay: of a run that lies on one day no last day is named.
func TestSilenceOfOneDay(t *testing.T) {
	day := func(s string) timeline.Date {
		d, err := timeline.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for want, days := range map[string][]string{
		"2031-04-17  not raised in 3 meetings on that day":             {"2031-04-17", "2031-04-17", "2031-04-17"},
		"2031-04-17  not raised in 3 meetings, the last on 2031-06-01": {"2031-04-17", "2031-05-02", "2031-06-01"},
	} {
		tl := &ask.Timeline{Topic: ask.TimelineTopic{Name: "Krill"}}
		for _, d := range days {
			tl.Entries = append(tl.Entries, ask.TimelineEntry{Title: "Talks", Day: day(d)})
		}
		var b strings.Builder
		if err := show.Text(&b, show.Style{}, tl); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is not in\n%s", want, b.String())
		}
	}
}
