package publish

import (
	"fmt"
	"io"
	"strings"

	"readout/internal/ask"
	"readout/internal/letters"
	"readout/internal/show"
)

// TimelineJS writes the JSON that TimelineJS (https://timeline.knightlab.com/docs/json-format.html)
// draws: a slide for each release that raises the topic.
func TimelineJS(w io.Writer, t *ask.Timeline) error {
	type text struct {
		Headline string `json:"headline"`
		Text     string `json:"text"`
	}
	type day struct {
		Year  int `json:"year"`
		Month int `json:"month"`
		Day   int `json:"day"`
	}
	type slide struct {
		ID    string `json:"unique_id"`
		Start day    `json:"start_date"`
		Text  text   `json:"text"`
		Group string `json:"group,omitempty"`
	}
	type title struct {
		Text text `json:"text"`
	}
	raised, all := t.Issue.Raised, t.Issue.Meetings
	doc := struct {
		Title  title   `json:"title"`
		Events []slide `json:"events"`
	}{
		Title: title{text{htmlText(t.Topic.Name), fmt.Sprintf("%s: raised at %d of %d meetings", htmlText(string(t.Series)),
			raised, all)}},
		Events: []slide{},
	}
	for i := range t.Entries {
		e := &t.Entries[i]
		d := e.Day
		if !e.Raised || d.IsZero() {
			continue
		}
		body, err := slideBody(e)
		if err != nil {
			return err
		}
		doc.Events = append(doc.Events, slide{
			ID:    e.Release,
			Start: day{d.Year(), int(d.Month()), d.Day()},
			Text:  text{htmlText(e.Title), body},
			Group: htmlText(string(e.Kind)),
		})
	}
	return show.JSON(w, doc)
}

// htmlText is text where TimelineJS takes HTML.
func htmlText(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;").Replace(letters.Clean(s))
}

// slideBody is the statements of an entry as HTML, by the template of the web page.
func slideBody(e *ask.TimelineEntry) (string, error) {
	var b strings.Builder
	err := writePage(&b, "slide", e)
	return strings.TrimSpace(b.String()), err
}
