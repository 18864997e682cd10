package diff_test

import (
	"fmt"
	"strings"

	"readout/diff"
	"readout/timeline"
)

// A program of one's own, whole: texts in, what became of an issue out. No step can be
// left out of it, for each takes what the one before gave: a release is silent on an
// issue only where it was searched for it.
func Example_program() {
	var releases []*timeline.Release
	for day, text := range map[string]string{
		"2041-03-02": "The two sides agreed that the night ferry to Gozo would carry bicycles.",
		"2041-07-19": "The two sides exchanged views on the salt trade.",
		"2041-10-30": "The two sides confirmed that the night ferry to Gozo would carry bicycles free of charge.",
	} {
		held, err := timeline.ParseDate(day)
		if err != nil {
			panic(err)
		}
		r := &timeline.Release{Held: held, Series: "BO-MT", Statements: []timeline.Statement{{Text: text, Section: 0}}}
		if strings.Contains(text, "ferry") {
			r.Sections = []timeline.Section{{Heading: "Night ferry", Depth: 1}}
		}
		r.Name(day)
		releases = append(releases, r)
	}
	topics := timeline.Link(releases, timeline.LinkOptions{})
	ferry := topics.Find("ferry")[0].Topic
	for _, step := range diff.Chain(timeline.Build(topics, ferry.ID, timeline.Filter{}), diff.Options{}) {
		fmt.Print(step.Entry.Release.Day(), ": ")
		if !step.Entry.Raised {
			fmt.Println("not raised")
		}
		for _, s := range step.Statements {
			fmt.Printf("%s: %s\n", s.Kind, s.Statement.Text)
		}
	}
	// Output:
	// 2041-03-02: new: The two sides agreed that the night ferry to Gozo would carry bicycles.
	// 2041-07-19: not raised
	// 2041-10-30: reworded: The two sides confirmed that the night ferry to Gozo would carry bicycles free of charge.
}
