package publish

import (
	"fmt"
	"io"
	"strings"

	"readout/internal/ask"
	"readout/internal/letters"
	"readout/internal/show"
)

// timelinePage is what the template shows of a timeline.
type timelinePage struct {
	Name, Aliases, Count string
	Judged               string // what a model joined, in words; "" for nothing
	Series               string
	Rows                 []timelineRow
}

// timelineRow is a release that raises the topic, or a note on a time that has none.
type timelineRow struct {
	Note     string
	Entry    ask.TimelineEntry
	Occasion string
	Link     string // "" where the source is not a web address
	Notes    []string
}

// TimelineHTML writes a timeline as a web page.
func TimelineHTML(w io.Writer, t *ask.Timeline) error {
	raised, all := t.Issue.Raised, t.Issue.Meetings
	page := timelinePage{
		Name:    t.Topic.Name,
		Aliases: strings.Join(t.Topic.Aliases, "; "),
		Judged:  show.JudgedText(t.Topic.Judged),
		Series:  string(t.Series),
		Count:   fmt.Sprintf("raised at %d of %d meetings", raised, all),
	}
	for _, run := range t.Runs() {
		if run.Lull != nil {
			page.Rows = append(page.Rows, timelineRow{Note: show.LullText(*run.Lull)})
		}
		if run.Entries[0].Raised {
			e := run.Entries[0]
			page.Rows = append(page.Rows, timelineRow{
				Entry:    e,
				Occasion: show.Occasion(&e),
				Link:     show.Link(e.Source),
				Notes:    show.Notes(&e),
			})
			continue
		}
		page.Rows = append(page.Rows, timelineRow{Note: silence(run.Entries)})
	}
	return writePage(w, "timeline", page)
}

// silence names the meetings of a run that did not raise the topic.
func silence(run []ask.TimelineEntry) string {
	if len(run) == 1 {
		return fmt.Sprintf("%s: "+show.NotRaised+" (%s)", run[0].Day, letters.Clean(run[0].Title))
	}
	return fmt.Sprintf("%s to %s: "+show.NotRaised+" at %d meetings", run[0].Day, run[len(run)-1].Day, len(run))
}
