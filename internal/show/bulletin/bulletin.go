// Package bulletin sends a report of news on its way: as a feed for a reader of
// feeds ([Atom]) or as a message for a mail program ([Mail]). It writes; what
// carries the bytes away is the caller's business.
package bulletin

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/gorilla/feeds"

	"readout/internal/ask"
	"readout/internal/show"
	"readout/internal/show/redline"
)

// namespace makes the ids of feed entries: name-based UUIDs (RFC 9562, version 5)
// stay the same for the same release and version wherever the feed is made.
var namespace = uuid.NewSHA1(uuid.NameSpaceURL, []byte("https://readout.invalid/bulletin"))

// Options say how a report is addressed. The zero value works for a feed.
type Options struct {
	Title   string // of the feed, or the subject of the message
	Redline redline.Options
	// Page returns the address of the page that compares two texts, of a text that has no older
	// one beside it that of its own. Where it is set a feed has a few lines on each text, with
	// links, and not the redlines themselves.
	Page func(old, new string) string
	// Of a message: who sends it, to whom, and when it was written.
	From string
	To   []string
	Date time.Time
}

// Atom writes the report as an Atom feed (RFC 4287): an entry with the weightiest findings where there
// is more to tell than those, then one for every release that came in, for every record change and for
// every source in trouble. The same news
// has the same id and time in every feed.
func Atom(w io.Writer, r *ask.Changes, o Options) error {
	f := feeds.AtomFeed{Xmlns: "http://www.w3.org/2005/Atom", Title: o.Title, Id: id("feed", o.Title),
		Author: &feeds.AtomAuthor{AtomPerson: feeds.AtomPerson{Name: "readout"}}}
	var newest time.Time
	if e, at := foremost(r, o.Page); e != nil {
		f.Entries, newest = append(f.Entries, e), at
	}
	add := func(name, title, link string, at time.Time, one *ask.Changes) error {
		var b bytes.Buffer
		if o.Page != nil {
			link = summarize(&b, one, o.Page)
		} else if err := redline.DigestFragment(&b, one, o.Redline); err != nil {
			return err
		}
		e := &feeds.AtomEntry{
			Id:      id(name),
			Title:   title,
			Updated: stamp(at),
			Content: &feeds.AtomContent{Type: "html", Content: b.String()},
		}
		if link = show.Link(link); link != "" {
			e.Links = append(e.Links, feeds.AtomLink{Href: link, Rel: "alternate"})
		}
		f.Entries = append(f.Entries, e)
		if at.After(newest) {
			newest = at
		}
		return nil
	}
	for _, n := range r.Releases {
		x := n.Of
		title := fmt.Sprintf("%s: %s", x.Day(), x.Title)
		if err := add("release "+x.ID, title, x.Source, x.CapturedAt, &ask.Changes{Releases: []ask.ChangesRelease{n}}); err != nil {
			return err
		}
	}
	for _, n := range r.Records {
		x := n.Report.New
		title, name := "Altered: "+x.Title, fmt.Sprintf("record %s@v%d", x.ID, x.Version)
		if n.TakenBack {
			title, name = "Taken back: "+x.Title, name+" "+stamp(x.CapturedAt)
		}
		if n.Claimed {
			title += " (by claimed moments of capture)"
		}
		if err := add(name, title, x.Source, x.CapturedAt, &ask.Changes{Records: []*ask.Diff{n}}); err != nil {
			return err
		}
	}
	for _, l := range r.Site {
		name := fmt.Sprintf("site %s %s %s", l.Kind, l.Text, strings.Join(l.Releases, " "))
		if err := add(name, "Line of a site: "+l.Text, "", time.Time{}, &ask.Changes{Site: []ask.SiteLine{l}}); err != nil {
			return err
		}
	}
	for _, t := range r.Sources {
		name := fmt.Sprintf("source %s %s %s", t.Source, t.State, stamp(t.Since))
		if err := add(name, fmt.Sprintf("Source %s: %s", t.Source, t.State), "", t.Since,
			&ask.Changes{Sources: []ask.Trouble{t}}); err != nil {
			return err
		}
	}
	f.Updated = stamp(newest)
	return feeds.WriteXML(&f, w)
}

// id returns the id of what the parts name.
func id(parts ...string) string {
	return uuid.NewSHA1(namespace, fmt.Appendf(nil, "%q", parts)).URN()
}

// stamp writes an instant as Atom has it (RFC 3339); the zero time is the epoch.
func stamp(t time.Time) string {
	if t.IsZero() {
		t = time.Unix(0, 0)
	}
	return t.UTC().Format(time.RFC3339)
}
