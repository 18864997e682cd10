package timeline_test

import (
	"testing"

	"readout/timeline"
)

// Who met where is no statement on an issue, even where the city is a word of one.
func TestProtocolNamesTheCity(t *testing.T) {
	var releases []*timeline.Release
	for _, day := range []string{"2031-03-11", "2032-05-19", "2033-02-08"} {
		held, err := timeline.ParseDate(day)
		if err != nil {
			t.Fatal(err)
		}
		r := &timeline.Release{Held: held, Series: "NO-UY",
			Sections: []timeline.Section{{Number: "1", Heading: "Shipping corridor for green ammonia", Depth: 1}},
			Statements: []timeline.Statement{
				{Section: -1, Text: "The two ministers held a meeting in Montevideo."},
				{Section: 0, Text: "The two ministers agreed that the first cargo will sail from Montevideo to Bergen.", Speakers: []timeline.Party{"NO", "UY"}, Act: timeline.ActAgree},
			}}
		r.Name(day)
		releases = append(releases, r)
	}
	topics := timeline.Link(releases, timeline.LinkOptions{})
	for _, r := range releases {
		if got := topics.Of(r.Statements[0].ID); len(got) > 0 {
			t.Errorf("%q is under %v, want no topic", r.Statements[0].Text, got)
		}
		if got := topics.Of(r.Statements[1].ID); len(got) != 1 {
			t.Errorf("%q is under %v, want its heading's topic", r.Statements[1].Text, got)
		}
	}
}
