package show

import (
	"fmt"
	"io"
	"strings"
	"time"

	"readout/internal/ask"
	"readout/internal/letters"
)

// writeCheck writes a line for every problem, or that there is none.
func writeCheck(w io.Writer, s Style, c *ask.Check) error {
	var b strings.Builder
	for _, p := range c.Problems {
		b.WriteString(text(plain, p).block(s, s.paint(red, "broken")+"  ", "        ", s.prose()))
	}
	if c.OK {
		b.WriteString("the store is whole\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeCompact writes one line.
func writeCompact(w io.Writer, _ Style, c *ask.Compact) error {
	_, err := fmt.Fprintf(w, "%s before, %s now\n", size(c.Before), size(c.After))
	return err
}

// writeCopy writes what was copied, and the head of both stores.
func writeCopy(w io.Writer, _ Style, c *ask.Copy) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s in both stores, under one head:\n", count(int(c.Captures), "capture", "captures"))
	for line := range strings.Lines(c.Head) {
		b.WriteString(letters.Clean(strings.TrimSuffix(line, "\n")) + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeMigration writes SQL that can be run as it is.
func writeMigration(w io.Writer, _ Style, m *ask.Migration) error {
	var b strings.Builder
	fmt.Fprintf(&b, "-- from migration %d to %d\n", m.From, m.To)
	for _, step := range m.Steps {
		fmt.Fprintf(&b, "-- %s\n", step)
	}
	for _, sql := range m.Statements {
		b.WriteString(letters.Clean(sql) + ";\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeReindex writes the counts and the failures.
func writeReindex(w io.Writer, s Style, r *ask.Reindex) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s read again, technical changes in %d\n", count(r.Readings, "document", "documents"), r.Changed)
	for _, f := range r.Failed {
		b.WriteString(text(plain, f).block(s, s.paint(red, "kept as it was")+"  ", "                ", s.prose()))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeStats writes a line for every count.
func writeStats(w io.Writer, s Style, x *ask.Stats) error {
	var b strings.Builder
	for _, f := range [][2]string{
		{"store", x.Store},
		{"size", size(x.Bytes)},
		{"releases", fmt.Sprint(x.Releases)},
		{"versions", fmt.Sprint(x.Versions)},
		{"captures", fmt.Sprint(x.Captures)},
		{"statements", fmt.Sprint(x.Statements)},
		{"series", fmt.Sprint(x.Series)},
		{"meetings", Join(" to ", x.First.String(), x.Last.String())},
	} {
		if f[1] != "" {
			fmt.Fprintf(&b, "%s  %s\n", s.paint(dim, pad(f[0], 10, false)), letters.Clean(f[1]))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeVersion writes one line.
func writeVersion(w io.Writer, _ Style, v *ask.Version) error {
	revision := v.Revision[:min(12, len(v.Revision))]
	if v.Modified {
		revision += " modified"
	}
	if revision = Join(" of ", revision, v.Date); revision != "" {
		revision = " (" + revision + ")"
	}
	_, err := fmt.Fprintf(w, "readout %s%s, rules %d, %s %s/%s\n", v.Version, revision, v.Rules, v.Go, v.OS, v.Arch)
	return err
}

// size writes a number of bytes for people.
func size(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GiB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.0f KiB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d bytes", n)
}

// writeRepair writes how much was salvaged, and each release of which something is lost.
func writeRepair(w io.Writer, s Style, r *ask.Repair) error {
	var b strings.Builder
	b.WriteString(fmt.Sprintf("salvaged %d of %s\n", r.Salvaged, count(r.Captures, "capture", "captures")))
	for _, l := range r.Lost {
		p := whole(plain, Join("  ", l.Release, l.Held.String(), l.Source))
		p.add(dim, "  captured "+l.CapturedAt.Format(time.RFC3339)+", sha256 ")
		p.whole(dim, l.SHA256)
		b.WriteString(p.block(s, s.paint(red, "lost")+"  ", "      ", s.prose()))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
