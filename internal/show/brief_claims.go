package show

import (
	"fmt"
	"strings"

	"readout/internal/ask"
	"readout/internal/letters"
	"readout/timeline"
)

// A claim is a sentence of a brief that can be derived again: a quotation with the statement that
// it stands on in brackets, or how often an issue was raised. What is printed and what is checked
// is made by the same functions.

// lineClaim is what was said on an issue: who said it and how, the words, and what they stand on.
func (p *BriefPage) lineClaim(l ask.BriefLine) (who, said, cited string) {
	who = attribution(timeline.Statement{Speakers: l.Speakers, Act: l.Act})
	if l.Word != "" && who != "" {
		who = Join(" · ", speakers(l.Speakers), l.Word)
	}
	return who, "“" + letters.Clean(l.Text) + "”", "[" + l.ID + ", " + p.Past(l) + "]"
}

// shiftClaim is a position that moved, with both sentences.
func shiftClaim(x ask.BriefShift) string {
	return fmt.Sprintf("%s %s; before: %s; then: %s", x.Held, ShiftText(x.Shift), cite(x.Old.Text, x.Old.ID), cite(x.New.Text, x.New.ID))
}

// droppedClaim is what is gone, with the release that was searched for it.
func droppedClaim(d ask.TimelineDropped) string {
	out := Dropped + " “" + letters.Clean(d.Text) + "” [" + d.ID + ", looked for in " + d.Against
	if d.Nearest != nil {
		out += fmt.Sprintf("; nearest %s, %.2f", d.Nearest.ID, d.Nearest.Similarity)
	}
	return out + "]"
}

// silentClaim is what was said last on an issue that fell silent.
func silentClaim(l ask.BriefLine) string { return "last said: " + cite(l.Text, l.ID) }

// cite quotes a statement with its id.
func cite(words, id string) string { return "“" + letters.Clean(words) + "” [" + id + "]" }

// Claims are the claims of a row of a topic that is likely to be raised, but for its head.
func (p *BriefPage) Claims(r BriefRow) []string {
	var out []string
	for _, l := range r.Lines {
		out = append(out, strings.Join(trio(p.lineClaim(l)), " "))
	}
	for _, x := range r.Shifts {
		out = append(out, shiftClaim(x))
	}
	for _, d := range r.Dropped {
		out = append(out, droppedClaim(d))
	}
	return out
}

func trio(a, b, c string) []string { return []string{a, b, c} }

// SilentClaims are the claims of a row of a topic that fell silent, but for its head.
func (p *BriefPage) SilentClaims(r BriefRow) []string {
	var out []string
	for _, l := range r.Lines {
		out = append(out, silentClaim(l))
	}
	return out
}

// headClaim is how often an issue was raised.
func (p *BriefPage) headClaim(r BriefRow) string {
	return letters.Clean(r.Topic.Name) + " " + p.State(r.Topic)
}

// claim is a claim with what it is about: the statement, the id of the topic, or lastMet for the series.
type claim struct{ about, words string }

// claims are all claims of a brief, whether or not a page has room for them.
func (p *BriefPage) claims() []claim {
	out := []claim{{lastMet, p.Head()}}
	add := func(r BriefRow, said []string) {
		out = append(out, claim{r.Topic.ID, p.headClaim(r)})
		for _, words := range said {
			out = append(out, claim{cited(words), words})
		}
	}
	for _, t := range p.Topics {
		r := BriefRow{Topic: t, Lines: t.Lines, Shifts: t.Shifts, Dropped: t.Dropped}
		add(r, p.Claims(r))
	}
	for _, t := range p.Brief.Silent {
		r := BriefRow{Topic: t, Lines: t.Lines}
		add(r, p.SilentClaims(r))
	}
	return out
}

// cited is the id in the last brackets of a claim, "" where there is none.
func cited(words string) string {
	at := strings.LastIndex(words, "[")
	if i := strings.IndexAny(words[at+1:], ",]"); at >= 0 && i >= 0 {
		return words[at+1:][:i]
	}
	return ""
}
