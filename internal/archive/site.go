package archive

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"readout/diff"
	"readout/internal/ask"
	"readout/internal/letters"
	"readout/storage"
	"readout/timeline"
)

// The lines of a site, which its pages have whatever they are about, are known by the pages:
// one that many releases of a host have word for word, and that nobody says, is the site's.
// That it comes or goes is no alteration of a release. Whoever knows better says so in
// furniture.txt: "!line" under [line] keeps it the release's, "line" makes it furniture at once.

// siteWide is how many other releases of a host have a line that is the site's, at least. The
// boilerplate of a ministry's own texts is said by somebody and never counts.
const siteWide = 5

// siteLines are the releases that have a line, by host and line. A line that comes to every
// page of a site is looked for once.
type siteLines map[[2]string]map[string]bool

// MarkSite notes of each change between two versions of pages whether it is of the site that
// the page stands on, as [Archive.News] does.
func (a *Archive) MarkSite(ctx context.Context, records ...*ask.Diff) error {
	site := siteLines{}
	for _, d := range records {
		if err := site.mark(ctx, a, d); err != nil {
			return err
		}
	}
	return nil
}

// mark notes of each change between two versions of a page whether it is of the site.
func (x siteLines) mark(ctx context.Context, a *Archive, d *ask.Diff) error {
	host := hostOf(d.Report.New.Source)
	if host == "" {
		return nil
	}
	return a.view(ctx, func(r storage.Reader) error {
		for i := range d.Changes {
			line, ok := unsaid(&d.Changes[i])
			if !ok || a.rules.Furniture().Keeps(line) {
				continue
			}
			key := [2]string{host, line}
			if x[key] == nil {
				on, err := releasesWith(ctx, r, host, line)
				if err != nil {
					return err
				}
				x[key] = on
			}
			n := len(x[key])
			if x[key][d.New.Release] {
				n--
			}
			if n >= siteWide {
				d.Changes[i].SiteWide = n
			}
		}
		return nil
	})
}

// unsaid returns the line that came or went by a change, where nobody says it.
func unsaid(c *ask.DiffChange) (string, bool) {
	side := c.New
	switch c.Kind {
	case diff.New:
	case diff.Dropped:
		side = c.Old
	default:
		return "", false
	}
	for _, s := range side {
		if len(s.Speakers) > 0 || s.Act != timeline.ActNone {
			return "", false
		}
	}
	return c.OldText + c.NewText, true // one of them is empty
}

// releasesWith returns the releases of a host that have, or had in an earlier version, a
// statement of just these words; not nil.
func releasesWith(ctx context.Context, r storage.Reader, host, line string) (map[string]bool, error) {
	on := map[string]bool{}
	p := phrase(seek(line))
	if len(p) == 0 {
		return on, nil
	}
	places, err := p.find(ctx, r, nil)
	if err != nil {
		return nil, err
	}
	for same := range chunks(places, func(a, b place) bool { return a.number == b.number }) {
		at, err := r.Place(same[0].number)
		switch {
		case errors.Is(err, storage.ErrNotFound):
			continue // a reading that is no more, or in no release
		case err != nil:
			return nil, err
		case on[at.Release]:
			continue
		}
		if has, err := hasLine(r, at.Release, same[0].number, host, line); err != nil {
			return nil, err
		} else if has {
			on[at.Release] = true
		}
	}
	return on, nil
}

// hasLine reports whether a release is of the host and the reading of it has the line as a
// statement of its own.
func hasLine(r storage.Reader, release string, number uint32, host, line string) (bool, error) {
	e, err := r.Entry(release)
	if err != nil || hostOf(e.Head.Source) != host {
		return false, err
	}
	reading, err := r.Numbered(number)
	if err != nil {
		return false, err
	}
	want := letters.Fold(line)
	for _, s := range reading.Release.Statements {
		if letters.Fold(s.Text) == want {
			return true, nil
		}
	}
	return false, nil
}

// hostOf returns the host of an address without "www.", "" for what is none.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}
