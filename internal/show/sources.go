package show

import (
	"fmt"
	"io"
	"strings"

	"readout/internal/letters"
	"readout/timeline"
)

// Sources is the answer of "sources list".
type Sources struct {
	Schema  string   `json:"schema"` // "readout.sources/1"
	File    string   `json:"file"`
	Sources []Source `json:"sources"` // in the order of the file
}

// Source is a place that is followed.
type Source struct {
	Name     string           `json:"name"`
	URL      string           `json:"url"`
	Kind     string           `json:"kind"`
	Links    string           `json:"links"` // regular expression, "" for the general rule
	Parties  []timeline.Party `json:"parties"`
	Issuer   timeline.Party   `json:"issuer"`
	Schedule string           `json:"schedule"`
}

// NewSources returns the sources of a file, in their order, as an answer.
func NewSources(file string, list []Source) *Sources {
	for i := range list {
		list[i].Parties = some(list[i].Parties)
	}
	return &Sources{Schema: "readout.sources/1", File: file, Sources: some(list)}
}

// Lines returns the sources.
func (x *Sources) Lines() []any { return lines(x.Sources) }

// Text writes the sources as a table.
func (x *Sources) Text(w io.Writer, s Style) error {
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

// Inspection is the answer of "sources test" and "sources add".
type Inspection struct {
	Schema string          `json:"schema"` // "readout.inspection/1"
	URL    string          `json:"url"`    // that answered
	Kind   string          `json:"kind"`
	Why    string          `json:"why"` // it is taken for that kind
	Title  string          `json:"title"`
	Links  []InspectedLink `json:"links"` // all of a list, taken or not
	Taken  int             `json:"taken"`
	Feeds  []string        `json:"feeds"` // that the page names
	Note   string          `json:"note"`
	First  *Sample         `json:"first"` // the first release as it would be read, null for none
}

// InspectedLink is a link and whether it would be taken.
type InspectedLink struct {
	URL    string `json:"url"`
	Text   string `json:"text"`
	Taken  bool   `json:"taken"`
	Reason string `json:"reason"`
}

// Sample is a page as it would be read.
type Sample struct {
	URL      string   `json:"url"`
	Standing string   `json:"standing"` // "" where it would be a version
	Reason   string   `json:"reason"`
	Release  *Release `json:"release"`
	Cut      []string `json:"cut"` // what of the page was left out
}

// NewInspection completes an answer.
func NewInspection(x Inspection) *Inspection {
	x.Schema, x.Links, x.Feeds = "readout.inspection/1", some(x.Links), some(x.Feeds)
	if x.First != nil {
		x.First.Cut = some(x.First.Cut)
	}
	return &x
}

// Lines returns the links.
func (x *Inspection) Lines() []any { return lines(x.Links) }

// shownLinks and shownCuts bound what text shows of a long page; JSON has all.
const (
	shownLinks = 30
	shownCuts  = 12
)

// Text writes what stands at the address, which links would be taken and which not,
// and the first release as it would be read.
func (x *Inspection) Text(w io.Writer, s Style) error {
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
		x.links(&b, s, true)
		x.links(&b, s, false)
		if x.Taken == 0 {
			b.WriteString(text(yellow, "none would be taken: say which are releases with --links PATTERN").block(s, "", "  ", s.prose()))
		}
	}
	if x.First != nil {
		if err := x.First.write(&b, s); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// links writes those that would be taken, or those that would not.
func (x *Inspection) links(b *strings.Builder, s Style, taken bool) {
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

func (x *Sample) write(b *strings.Builder, s Style) error {
	b.WriteString("\n" + text(boldCyan, "the first release as it would be read").block(s, "", "", s.prose()))
	if x.Standing != "" {
		b.WriteString(text(red, joinNonEmpty(": ", x.Standing, x.Reason)).block(s, "", "  ", s.prose()))
	}
	if x.Release != nil {
		if err := x.Release.Text(b, s); err != nil {
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
