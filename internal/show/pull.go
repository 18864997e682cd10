package show

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"readout/internal/ask"
	"readout/internal/letters"
)

// writePull writes the pages with something to tell, the sources in trouble and the
// totals. It writes nothing where nothing happened: cron would mail it.
func writePull(w io.Writer, s Style, p *ask.Pull) error {
	var b strings.Builder
	for _, x := range p.Pages {
		look := map[ask.PageStatus]ink{ask.PageNew: green, ask.PageRevised: yellow, ask.PageBack: green, ask.PageDue: cyan}[x.Status]
		if look == plain {
			look = red
		}
		line := text(plain, joinNonEmpty(" · ", pageName(x), x.Reason))
		b.WriteString(line.block(s, s.paint(look, pad(string(x.Status), 9, false))+" ", strings.Repeat(" ", 10), s.prose()))
	}
	for _, x := range p.Sources {
		if why := joinNonEmpty("; ", x.Error, x.Note); why != "" || x.Standing != "" {
			b.WriteString(text(plain, joinNonEmpty(" · ", x.Standing, why)).block(s, s.paint(red, "source")+" "+s.paint(bold, letters.Clean(x.Name))+"  ", "          ", s.prose()))
		}
	}
	if total := pullTotals(p); total != "" {
		b.WriteString(total + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// pageName says which page it is: the release, or else the title or address.
func pageName(x ask.PullPage) string {
	if x.Release == "" {
		return joinNonEmpty(" ", x.Title, x.URL)
	}
	if x.Version > 1 {
		return x.Release + "@v" + strconv.Itoa(x.Version)
	}
	return x.Release
}

func pullTotals(p *ask.Pull) string {
	var parts []string
	for _, x := range []struct {
		n    int
		what string
	}{{p.Totals.New, "new"}, {p.Totals.Revised, "revised"}, {p.Totals.Gone, "gone"}, {p.Totals.Suspect, "suspect"}, {p.Totals.Failed, "failed"}, {p.Totals.Left, "left for a later run"}} {
		if x.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", x.n, x.what))
		}
	}
	if p.DryRun {
		parts = append(parts, "nothing fetched (dry run)")
	}
	return strings.Join(parts, ", ")
}
