package redline

import (
	"bufio"
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strconv"

	"readout/diff"
	"readout/internal/ask"
	"readout/internal/show"
)

//go:embed digest.html.tmpl
var digestSource string

// DigestHTML writes a report of news as one web page that needs nothing but itself
// and survives a mail client, like that of [HTML]. Unchanged statements are counted.
func DigestHTML(w io.Writer, title string, r *ask.Changes, o Options) error {
	return writeDigest(w, "digest", title, r, o)
}

// DigestFragment writes what stands in the page of [DigestHTML] below its title, to
// be put into another page or a feed.
func DigestFragment(w io.Writer, r *ask.Changes, o Options) error {
	return writeDigest(w, "digest-body", "", r, o)
}

func writeDigest(w io.Writer, name, title string, r *ask.Changes, o Options) error {
	t, err := template.New("page").Parse(pageSource)
	if err == nil {
		_, err = t.New("digest").Parse(digestSource)
	}
	if err != nil {
		return fmt.Errorf("parse page template: %w", err)
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, name, o.digest(title, r)); err != nil {
		return fmt.Errorf("lay out page: %w", err)
	}
	_, err = b.WriteTo(w)
	return err
}

func (o Options) digest(title string, r *ask.Changes) digestPage {
	o.ChangesOnly, o.Context = true, NoContext
	page := digestPage{Title: title, Language: "en", Sources: r.Sources}
	if r.LeftOut != nil {
		page.LeftOut, page.Command = show.LeftOutText(r.LeftOut), r.LeftOut.Command
	}
	for _, l := range show.Leads(r) {
		page.Leads = append(page.Leads, digestLead{l.Day.String(), string(l.Series), clean(show.LeadText(l, leadColumns))})
	}
	for i, n := range r.Releases {
		item := digestItem{
			Day:    n.Of.Day().String(),
			Title:  clean(n.Title),
			Series: string(n.Series),
			ID:     n.Release,
			Link:   show.Link(n.Source),
		}
		for k, t := range n.Topics {
			b := htmlBuilder{Options: o, report: t.Diff.Report, prefix: "n" + strconv.Itoa(i+1) + "-" + strconv.Itoa(k+1)}
			item.Topics = append(item.Topics, digestTopic{clean(t.Name), show.Since(&t), b.rows(rows(t.Diff.Report, o, 0, true))})
		}
		page.Releases = append(page.Releases, item)
	}
	for i, n := range r.Records {
		page.Records = append(page.Records, o.htmlReport(len(r.Releases)+i, n.Report))
	}
	for _, l := range r.Site {
		page.Site = append(page.Site, clean(show.SiteText(l)))
	}
	return page
}

type digestPage struct {
	Title, Language string
	Leads           []digestLead // the weightiest findings, nil where there is no more to tell
	Releases        []digestItem
	Records         []htmlReport
	Site            []string // lines of sites that came or went
	Sources         []ask.Trouble
	LeftOut         string // what is not told, "" for nothing
	Command         string // that tells it
}

type digestLead struct{ Day, Series, Text string }

// leadColumns is how long the line of a finding is that a digest leads with, which no window cuts.
const leadColumns = 360

type digestItem struct {
	Day, Title, Series, ID, Link string
	Topics                       []digestTopic
}

type digestTopic struct {
	Name, Since string
	Rows        []htmlRow
}

// DigestMarkdown writes a report of news as Markdown, like that of [Markdown].
func DigestMarkdown(w io.Writer, title string, r *ask.Changes, o Options) error {
	o.ChangesOnly, o.Context = true, NoContext
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "# %s\n", escapeMarkdown(title))
	for i, l := range show.Leads(r) {
		if i == 0 {
			fmt.Fprintln(b)
		}
		fmt.Fprintf(b, "- **%s** %s: %s\n", l.Day, escapeMarkdown(string(l.Series)), escapeMarkdown(clean(show.LeadText(l, leadColumns))))
	}
	for _, n := range r.Releases {
		fmt.Fprintf(b, "\n## %s %s\n\n", n.Of.Day(), escapeMarkdown(clean(n.Title)))
		fmt.Fprintf(b, "%s, `%s`", escapeMarkdown(string(n.Series)), n.Release)
		if l := show.Link(n.Source); l != "" {
			fmt.Fprintf(b, ", <%s>", markdownLink(l))
		}
		fmt.Fprintln(b)
		for _, t := range n.Topics {
			fmt.Fprintf(b, "\n### %s\n\n*%s*\n", escapeMarkdown(clean(t.Name)), show.Since(&t))
			o.markdownRows(b, t.Diff.Report)
		}
	}
	for _, n := range r.Records {
		fmt.Fprintln(b)
		if err := Markdown(b, []*diff.Report{n.Report}, o); err != nil {
			return err
		}
	}
	for i, l := range r.Site {
		if i == 0 {
			fmt.Fprintf(b, "\n## Lines of sites\n\n")
		}
		fmt.Fprintf(b, "- %s\n", escapeMarkdown(clean(show.SiteText(l))))
	}
	if len(r.Sources) > 0 {
		fmt.Fprintf(b, "\n## Sources in trouble\n\n")
		for _, s := range r.Sources {
			fmt.Fprintf(b, "- **%s**: %s. %s\n", escapeMarkdown(clean(s.Source)), s.State, escapeMarkdown(clean(s.Detail)))
		}
	}
	if left := r.LeftOut; left != nil {
		fmt.Fprintf(b, "\n%s\n\n    %s\n", escapeMarkdown(show.LeftOutText(left)), left.Command)
	}
	return b.Flush()
}
