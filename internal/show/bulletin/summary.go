package bulletin

import (
	"bytes"
	"fmt"
	"html"
	"net/url"
	"time"

	"github.com/gorilla/feeds"

	"readout/internal/ask"
	"readout/internal/letters"
	"readout/internal/show"
)

// summaryTopics is how many issues of a release a summary has.
const summaryTopics = 8

// foremost returns the entry of the findings that a report leads with, and when the last of them was
// seen; nil where it leads with none.
func foremost(r *ask.Changes, page func(old, new string) string) (*feeds.AtomEntry, time.Time) {
	leads := show.Leads(r)
	if len(leads) == 0 {
		return nil, time.Time{}
	}
	var b bytes.Buffer
	var at time.Time
	name := []string{"foremost"}
	b.WriteString("<ul>")
	for _, l := range leads {
		words := html.EscapeString(letters.Clean(show.LeadText(l, leadColumns)))
		if page != nil {
			words = fmt.Sprintf(`<a href="%s">%s</a>`, html.EscapeString(page("", l.Release)), words)
		}
		fmt.Fprintf(&b, "<li>%s %s: %s</li>", l.Day, html.EscapeString(string(l.Series)), words)
		name = append(name, l.Release, l.Change.OldText, l.Change.NewText)
		if l.Captured.After(at) {
			at = l.Captured
		}
	}
	b.WriteString("</ul>")
	return &feeds.AtomEntry{Id: id(name...), Title: "Foremost: " + letters.Clean(show.LeadText(leads[0], titleColumns)), Updated: stamp(at),
		Content: &feeds.AtomContent{Type: "html", Content: b.String()}}, at
}

// How long the line of a finding is, and the title of an entry.
const leadColumns, titleColumns = 360, 90

// summarize writes what the news of one text are in a few lines of HTML and returns the address
// of the page about it, "" where there is none.
func summarize(b *bytes.Buffer, one *ask.Changes, page func(old, new string) string) string {
	switch {
	case len(one.Releases) > 0:
		return summarizeRelease(b, &one.Releases[0], page)
	case len(one.Records) > 0:
		d := one.Records[0]
		old, new := fmt.Sprintf("%s@v%d", d.Old.Release, d.Old.Version), fmt.Sprintf("%s@v%d", d.New.Release, d.New.Version)
		href := page(old, new)
		fmt.Fprintf(b, `<p><a href="%s">%d words in, %d out</a>: %s</p>`,
			html.EscapeString(href), d.Summary.WordsInserted, d.Summary.WordsDeleted, show.SummaryText(d.Summary))
		return href
	}
	for _, l := range one.Site {
		fmt.Fprintf(b, "<p>%s</p>", html.EscapeString(show.SiteText(l)))
	}
	for _, t := range one.Sources {
		fmt.Fprintf(b, "<p>%s</p>", html.EscapeString(t.Detail))
	}
	return ""
}

// summarizeRelease lists the first issues of a release, each with a link to what changed in it.
func summarizeRelease(b *bytes.Buffer, r *ask.ChangesRelease, page func(old, new string) string) string {
	b.WriteString("<ul>")
	for _, t := range r.Topics[:min(summaryTopics, len(r.Topics))] {
		href := page(t.Diff.Old.Release, r.Release)
		if t.ID != "" && !t.First {
			href += "?" + url.Values{"topic": {t.ID}}.Encode()
		}
		words := show.Since(&t)
		if !t.First {
			words = show.SummaryText(t.Diff.Summary)
		}
		fmt.Fprintf(b, `<li><a href="%s">%s</a>: %s</li>`, html.EscapeString(href), html.EscapeString(t.Name), html.EscapeString(words))
	}
	b.WriteString("</ul>")
	if left := len(r.Topics) - summaryTopics; left > 0 {
		fmt.Fprintf(b, "<p>and %d more</p>", left)
	}
	return page("", r.Release)
}
