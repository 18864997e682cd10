package timeline_test

import (
	"fmt"

	"readout/timeline"
)

// The issue of the ferry keeps its identity though the second meeting files it
// under another heading, and the third under none.
func Example() {
	meeting := func(id, day string, sections []timeline.Section, statements ...timeline.Statement) *timeline.Release {
		held, _ := timeline.ParseDate(day)
		r := &timeline.Release{Held: held, Series: "BO-MT", Sections: sections, Statements: statements}
		r.Name(id)
		return r
	}
	releases := []*timeline.Release{
		meeting("spring", "2041-03-02", []timeline.Section{{Number: "1", Heading: "Night ferry", Depth: 1}},
			timeline.Statement{Section: 0, Text: "The two sides agreed that the night ferry to Gozo would carry bicycles."}),
		meeting("summer", "2041-07-19", []timeline.Section{{Number: "1", Heading: "Issue of the ferry", Depth: 1}},
			timeline.Statement{Section: 0, Text: "The two sides confirmed that the night ferry would carry bicycles free of charge."}),
		meeting("autumn", "2041-10-30", nil,
			timeline.Statement{Section: -1, Text: "On the ferry to Gozo, the two sides exchanged views."}),
	}
	topics := timeline.Link(releases, timeline.LinkOptions{})
	best := topics.Find("ferry")[0].Topic
	fmt.Printf("%s, also %q\n", best.Name, best.Aliases)
	for _, e := range timeline.Build(topics, best.ID, timeline.Filter{}).Entries {
		fmt.Println(e.Release.Day(), e.Statements[0].Text)
	}
	// Output:
	// Night ferry, also ["Ferry"]
	// 2041-03-02 The two sides agreed that the night ferry to Gozo would carry bicycles.
	// 2041-07-19 The two sides confirmed that the night ferry would carry bicycles free of charge.
	// 2041-10-30 On the ferry to Gozo, the two sides exchanged views.
}
