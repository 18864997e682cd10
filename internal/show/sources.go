package show

import (
	"fmt"
	"io"
	"strings"

	"readout/internal/ask"
	"readout/internal/letters"
)

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
	b.WriteString(text(plain, joinNonEmpty(": ", x.Kind, x.Why)).block(s, "", "  ", s.prose()))
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
		b.WriteString(text(red, joinNonEmpty(": ", x.Standing, x.Reason)).block(s, "", "  ", s.prose()))
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
