package timeline_test

import (
	"fmt"
	"slices"
	"testing"

	"readout/timeline"
)

// Where the texts speak of "the A-B Alliance", the alliance is the relationship; where they speak of an
// alliance that is not theirs, or once, the two stay two.
func TestRelationshipCalledAlliance(t *testing.T) {
	link := func(alliance string, times int) *timeline.Topics {
		var releases []*timeline.Release
		for i := range 4 {
			held, err := timeline.ParseDate(fmt.Sprintf("%d-05-07", 2031+i))
			if err != nil {
				t.Fatal(err)
			}
			r := &timeline.Release{Held: held, Series: "MT-NO"}
			text := alliance
			if i >= times {
				text = "The two ministers discussed irregular migration."
			}
			for _, s := range []string{text, "They praised the close friendship and the bilateral relationship."} {
				r.Statements = append(r.Statements, timeline.Statement{Section: -1, Text: s, Speakers: []timeline.Party{"MT", "NO"}, Act: timeline.ActDiscuss})
			}
			r.Name(fmt.Sprint("r", i))
			releases = append(releases, r)
		}
		return timeline.Link(releases, timeline.LinkOptions{Issues: timeline.DefaultIssues()})
	}
	ids := func(topics *timeline.Topics) (out []string) {
		for _, x := range topics.Topics {
			out = append(out, x.ID)
		}
		return out
	}
	one := link("The two ministers reaffirmed the Malta-Norway Alliance.", 4)
	if got := ids(one); slices.Contains(got, "bilateral-relations") || !slices.Contains(got, "alliance-and-security-commitments") {
		t.Errorf("topics = %v, want the relationship under the alliance", got)
	}
	if x := one.Topics[0]; !slices.Contains(x.Aliases, "Bilateral relations") || x.Statements != 8 {
		t.Errorf("topic = %+v, want eight statements and the other name", x)
	}
	for name, two := range map[string]*timeline.Topics{
		"once":            link("The two ministers reaffirmed the Malta-Norway Alliance.", 1),
		"no pair's":       link("The two ministers spoke of the alliance.", 4),
		"of another pair": link("The two ministers spoke of the India-Pakistan alliance.", 4),
	} {
		if got := ids(two); !slices.Contains(got, "bilateral-relations") || !slices.Contains(got, "alliance-and-security-commitments") {
			t.Errorf("%s: topics = %v, want two", name, got)
		}
	}
}
