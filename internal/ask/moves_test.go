package ask_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"readout/diff"
	"readout/internal/ask"
	"readout/timeline"
)

// The moves of a meeting are its column of the matrix, whichever of its accounts is
// asked for.
func TestMovesAreAColumn(t *testing.T) {
	rs := []*timeline.Release{
		meeting(t, "NO", "2031-01-10", "krill: The two ministers agreed on the krill quota for the southern shelf.\nferry: Both sides praised the ferry line to Arn.\nferry: A second ship will be bought."),
		meeting(t, "NO", "2031-03-10", "krill: The two ministers exchanged views on the krill quota for the southern shelf."),
		meeting(t, "UY", "2031-03-10", "krill: The two ministers exchanged views on the krill quota for the southern shelf.\nferry: Both sides praised the ferry line to Arn."),
		meeting(t, "NO", "2031-05-10", "seeds: A seed bank will be built near Tarn.\nferry: Both sides praised the ferry line to Arn.\nferry: A second ship will be bought."),
	}
	topics := timeline.Assigned(rs)
	m := ask.NewMatrix(ask.Threads(topics, topics.Topics, timeline.Filter{}, diff.Options{}))
	for at, meeting := range m.Meetings {
		var want []ask.Move
		for _, row := range m.Topics {
			if c := row.Cells[at]; c.Mark.Raises() {
				c.Novelty, c.Agenda = nil, nil
				want = append(want, ask.Move{Topic: row.Topic, Cell: c})
			}
		}
		for _, r := range meeting.Meeting.Releases {
			if d := cmp.Diff(want, ask.Moves(r, topics, diff.Options{}), cmpopts.IgnoreUnexported(ask.Cell{}), cmp.Comparer(func(a, b timeline.Date) bool { return a == b })); d != "" {
				t.Errorf("moves of %s (-matrix +moves):\n%s", r.ID, d)
			}
		}
	}
	if got := ask.Moves(&timeline.Release{}, topics, diff.Options{}); got != nil {
		t.Errorf("moves of a release of another series: %v", got)
	}
}
