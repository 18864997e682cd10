package show

import (
	"cmp"
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
		line := text(plain, Join(" · ", pageName(x), x.Reason))
		b.WriteString(line.block(s, s.paint(look, pad(string(x.Status), 9, false))+" ", strings.Repeat(" ", 10), s.prose()))
	}
	for _, x := range p.Sources {
		if why := Join("; ", x.Error, x.Note); why != "" || x.Standing != "" {
			b.WriteString(text(plain, Join(" · ", x.Standing, why)).block(s,
				s.paint(red, "source")+" "+s.paint(bold, letters.Clean(x.Name))+"  ", "          ", s.prose()))
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
		return Join(" ", x.Title, x.URL)
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
	}{{p.Totals.New, "new"}, {p.Totals.Revised, "revised"}, {p.Totals.Gone, "gone"}, {p.Totals.Suspect, "suspect"},
		{p.Totals.Failed, "failed"}, {p.Totals.Left, "left for a later run"}} {
		if x.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", x.n, x.what))
		}
	}
	if p.DryRun {
		parts = append(parts, "nothing fetched (dry run)")
	}
	return strings.Join(parts, ", ")
}

// manyResults is from how many results on only what is out of the ordinary is
// listed, and the rest counted.
const manyResults = 40

// writeIngest writes a line for every result, or where there are very many for those
// that were revised, and the totals.
func writeIngest(w io.Writer, s Style, in *ask.Ingest) error {
	columns := []column{{
		head: "",
		ink:  bold,
	}, {
		head: "DAY",
		ink:  cyan,
	}, {head: "SERIES", shrink: seriesShown}, {head: "STATEMENTS", right: true, spare: true}, {head: "RELEASE", shrink: 24}}
	var rows [][]string
	for _, r := range in.Results {
		if r.Status == "failed" || len(in.Results) > manyResults && r.Status != "revised" {
			continue
		}
		id := r.Release
		if r.Version > 1 {
			id += "@v" + strconv.Itoa(r.Version)
		}
		series := string(r.Series)
		if series == "" {
			series = "(none)"
		}
		day := r.Held
		if day.IsZero() {
			day = r.Published
		}
		rows = append(rows, []string{string(r.Status), day.String(), series, strconv.Itoa(r.Statements), id})
	}
	if len(rows) > 0 {
		if err := writeTable(w, s, columns, rows); err != nil {
			return err
		}
	}
	parts := []string{}
	for _, x := range []struct {
		n    int
		what string
	}{{in.New, "new"}, {in.Revised, "revised"}, {in.Unchanged, "unchanged"}, {in.Failed, "failed"}} {
		if x.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", x.n, x.what))
		}
	}
	if len(parts) == 0 {
		parts = []string{"nothing to ingest"}
	}
	if in.DryRun {
		parts = append(parts, "nothing stored (dry run)")
	}
	_, err := fmt.Fprintln(w, strings.Join(parts, ", "))
	return err
}

// writeSources writes the sources as a table.
func writeSources(w io.Writer, s Style, x *ask.Sources) error {
	if len(x.Sources) == 0 {
		return nil
	}
	columns := []column{{head: "SOURCE", ink: bold}, {head: "KIND"}, {head: "EVERY"}, {head: "PARTIES"}, {head: "ADDRESS", shrink: 24}}
	var rows [][]string
	for _, y := range x.Sources {
		rows = append(rows, []string{y.Name, y.Kind, y.Schedule, speakers(y.Parties), y.URL})
	}
	return writeTable(w, s, columns, rows)
}

// writeCatalogue writes the catalogue as a table.
func writeCatalogue(w io.Writer, s Style, x *ask.Catalogue) error {
	if len(x.Sources) == 0 {
		return nil
	}
	columns := []column{{head: "SOURCE", ink: bold}, {head: "CHECKED"}, {head: "PUBLISHER", shrink: 20}, {head: "ADDRESS", shrink: 24}}
	var rows [][]string
	for _, y := range x.Sources {
		rows = append(rows, []string{y.Name, cmp.Or(y.Checked.String(), "not checked"), y.Publisher, y.URL})
	}
	return writeTable(w, s, columns, rows)
}

// shownLinks and shownCuts bound what text shows of a long page; JSON has all.
const (
	shownLinks = 30
	shownCuts  = 12
)

// writeInspection writes what stands at the address, which links would be taken and which not,
// and the first release as it would be read.
func writeInspection(w io.Writer, s Style, x *ask.Inspection) error {
	var b strings.Builder
	b.WriteString(linked(bold, x.Title, x.URL, "").block(s, "", "", s.prose()))
	b.WriteString(text(plain, Join(": ", x.Kind, x.Why)).block(s, "", "  ", s.prose()))
	for _, f := range x.Feeds {
		p := text(plain, "the page names a feed, which is lighter to follow: ")
		p.whole(plain, f)
		b.WriteString(p.block(s, "", "  ", s.prose()))
	}
	if x.Note != "" {
		b.WriteString(text(yellow, x.Note).block(s, "", "  ", s.prose()))
	}
	if len(x.Links) > 0 {
		fmt.Fprintf(&b, "\n%d of %s would be taken\n", x.Taken, count(len(x.Links), "link", "links"))
		writeLinks(&b, s, x, true)
		writeLinks(&b, s, x, false)
		if x.Taken == 0 {
			b.WriteString(text(yellow, "none would be taken: say which are releases with --links PATTERN").block(s, "", "  ", s.prose()))
		}
	}
	if x.First != nil {
		if err := writeSample(&b, s, x.First); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeLinks writes those that would be taken, or those that would not.
func writeLinks(b *strings.Builder, s Style, x *ask.Inspection, taken bool) {
	sign, look, n := "-", dim, 0
	if taken {
		sign, look = "+", green
	}
	for _, l := range x.Links {
		if l.Taken != taken {
			continue
		}
		if n++; n > shownLinks {
			continue
		}
		b.WriteString(linked(plain, l.Text, l.URL, l.Reason).block(s, s.paint(look, sign)+" ", "  ", s.prose()))
	}
	if n > shownLinks {
		fmt.Fprintf(b, "  … %d more\n", n-shownLinks)
	}
}

// linked returns an address, of which no part is broken, between what it is called and
// what is said of it.
func linked(i ink, name, address, remark string) *paragraph {
	p := &paragraph{}
	if name != "" {
		p.add(i, name+" · ")
	}
	p.whole(i, address)
	if remark != "" {
		p.add(i, " · "+remark)
	}
	return p
}

func writeSample(b *strings.Builder, s Style, x *ask.Sample) error {
	b.WriteString("\n" + text(boldCyan, "the first release as it would be read").block(s, "", "", s.prose()))
	if x.Standing != "" {
		b.WriteString(text(red, Join(": ", x.Standing, x.Reason)).block(s, "", "  ", s.prose()))
	}
	if x.Release != nil {
		if err := writeRelease(b, s, x.Release); err != nil {
			return err
		}
	}
	for i, c := range x.Cut {
		if i == 0 {
			b.WriteString("\n" + s.paint(dim, "left out of the page:") + "\n")
		}
		if i == shownCuts {
			fmt.Fprintf(b, "  … %d more\n", len(x.Cut)-shownCuts)
			break
		}
		b.WriteString("  " + s.paint(dim, fit(letters.Clean(c), max(40, s.prose()-2))) + "\n")
	}
	return nil
}
