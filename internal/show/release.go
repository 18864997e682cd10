package show

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"readout/internal/ask"
	"readout/internal/letters"
	"readout/timeline"
)

// writeRelease writes the release as a document with the place, speakers, act and topics
// of every statement.
func writeRelease(w io.Writer, s Style, r *ask.Release) error {
	var b strings.Builder
	b.WriteString(text(bold, r.Label()).block(s, "", "", s.prose()))
	b.WriteString(text(plain, Join(" · ", cmp.Or(r.Day().String(), "undated"), r.Place, string(r.Kind), spell(string(r.Level)),
		string(r.Series))).block(s, "", "", s.prose()))
	facts := [][2]string{
		{"id", r.ID},
		{"version", versionOf(r.Version, r.Versions)},
		{"occasion", r.Occasion},
		{"held", Join(" to ", r.Held.String(), r.HeldUntil.String())},
		{"published", Join(" by ", r.Published.String(), string(r.Issuer))},
		{"captured", r.CapturedAt.String()},
		{"source", r.Source},
	}
	for _, f := range facts {
		if f[1] != "" {
			fmt.Fprintf(&b, "%s  %s\n", s.paint(dim, pad(f[0], 9, false)), letters.Clean(f[1]))
		}
	}
	for _, d := range r.Doubts {
		b.WriteString(text(yellow, "doubt about "+d.Field+": "+d.Why).block(s, "", "", s.prose()))
	}
	if r.Day().IsZero() {
		fmt.Fprintf(&b, "%s  %s\n", s.paint(dim, pad("settle", 9, false)), settleDay(r.ID))
	}
	for i, p := range r.Participants {
		lead := strings.Repeat(" ", 11)
		if i == 0 {
			lead = s.paint(dim, "present") + "    "
		}
		b.WriteString(text(plain, Join(", ", p.Name, p.Title, string(p.Party))).block(s, lead, strings.Repeat(" ", 11), s.prose()))
		b.WriteString(text(dim, proofText(p)).block(s, strings.Repeat(" ", 13), strings.Repeat(" ", 13), s.prose()))
	}
	section := -1
	for _, st := range r.Statements {
		for section < st.Section && section+1 < len(r.Sections) {
			section++
			h := r.Sections[section]
			indent := strings.Repeat("  ", max(h.Depth-1, 0))
			b.WriteByte('\n')
			b.WriteString(text(boldCyan, Join(" ", numbered(h.Number), h.Heading)).block(s, indent, indent, s.prose()))
		}
		writeStatement(&b, s, r, st)
	}
	if len(r.Statements) == 0 {
		b.WriteString("\nno statements were found in the text\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeStatement(b *strings.Builder, s Style, r *ask.Release, st timeline.Statement) {
	const margin = 6
	indent := strings.Repeat(" ", margin)
	number := st.ID[strings.LastIndexByte(st.ID, '#')+1:]
	p := &paragraph{}
	if label := ownLabel(st, r.Sections); label != "" && !strings.HasPrefix(st.Text, label) {
		p.add(bold, label+" ")
		p.glue()
	}
	p.add(plain, st.Text)
	b.WriteByte('\n')
	b.WriteString(p.block(s, s.paint(dim, pad("#"+number, margin-1, true))+" ", indent, s.prose()))
	if note := attribution(st); note != "" || len(st.Topics) > 0 {
		b.WriteString(whole(dim, Join(" · ", note, strings.Join(st.Topics, ", "))).block(s, indent, indent, s.prose()))
	}
}

// ownLabel returns the labels of the statement that its section's heading does
// not show.
func ownLabel(st timeline.Statement, sections []timeline.Section) string {
	path := st.Path
	if st.Section >= 0 && st.Section < len(sections) && len(path) > 0 && path[0] == sections[st.Section].Number {
		path = path[1:]
	}
	return strings.Join(path, " ")
}

// numbered returns a section's number as it is printed before a heading.
func numbered(number string) string {
	if number == "" || strings.HasSuffix(number, ")") || strings.HasSuffix(number, ".") {
		return number
	}
	return number + "."
}

// attribution returns who says the statement, and by which act: "JP RU · agree".
func attribution(st timeline.Statement) string {
	act := spell(string(st.Act))
	if st.Act == timeline.ActNone || st.Act == "" {
		act = ""
	}
	return Join(" · ", speakers(st.Speakers), act)
}

func speakers(ps []timeline.Party) string {
	parts := make([]string, len(ps))
	for i, p := range ps {
		parts[i] = string(p)
	}
	return strings.Join(parts, " ")
}

// spell returns a code word as people write it: "share view".
func spell(code string) string { return strings.NewReplacer("_", " ", "-", " ").Replace(code) }

func versionOf(n, of int) string {
	if of <= 1 {
		return ""
	}
	return fmt.Sprintf("%d of %d", n, of)
}

// count returns "1 release", "2 releases".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// writeExplanation writes the statement, and under every topic what spoke for it.
func writeExplanation(w io.Writer, s Style, e *ask.Explanation) error {
	var b strings.Builder
	b.WriteString(text(plain, e.Statement.Text).block(s, "", "", s.prose()))
	if len(e.Reasons) == 0 {
		b.WriteString("\n" + text(plain, "under no topic: it names no issue that another meeting takes up, or it is courtesy").block(s, "", "", s.prose()))
	}
	last := ""
	for _, r := range e.Reasons {
		if r.Topic != last {
			b.WriteString("\n" + s.paint(bold, letters.Clean(e.Names[r.Topic])) + "\n")
			last = r.Topic
		}
		b.WriteString(text(plain, r.Detail).block(s, fmt.Sprintf("  %3.0f %%  %s", 100*r.Weight, pad(r.Kind, 12, false)),
			strings.Repeat(" ", 21), s.prose()))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
