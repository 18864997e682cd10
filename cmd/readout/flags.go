package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"readout/internal/reading/names"
	"readout/timeline"
)

// flagReader reads typed flag values. The first bad one stays in err; what is read
// after it is of no use.
type flagReader struct {
	c     *cli.Context
	names func() *names.Gazetteer
	today timeline.Date // what "yesterday" and "30d" are counted from, where the user is
	err   error
}

// values returns a reader of the command's flags.
func (a *app) values(c *cli.Context) flagReader {
	return flagReader{c: c, names: func() *names.Gazetteer { return a.rules.Extract().Gazetteer }, today: timeline.DateOf(a.now())}
}

func (v *flagReader) fail(flag string, err error, hint string) {
	if v.err == nil {
		v.err = &usageError{msg: fmt.Sprintf("--%s: %v", flag, err), hint: hint}
	}
}

// span reads the days that are meant, as [timeline.ParseSpan] says them.
func (v *flagReader) span(flag string) timeline.Span {
	span, err := timeline.ParseSpan(strings.TrimSpace(v.c.String(flag)), v.today)
	if err != nil {
		v.fail(flag, err, fmt.Sprintf("--%s 2031-04-17", flag))
	}
	return span
}

// since reads the day that a span begins with, until the one that it ends with.
func (v *flagReader) since(flag string) timeline.Date { return v.span(flag).First }
func (v *flagReader) until(flag string) timeline.Date { return v.span(flag).Last }

// date reads one day.
func (v *flagReader) date(flag string) timeline.Date {
	span := v.span(flag)
	if span != (timeline.Span{}) && !span.IsDay() {
		v.fail(flag, fmt.Errorf("%q is more than one day", v.c.String(flag)), fmt.Sprintf("--%s %s", flag, span.First))
	}
	return span.First
}

// instant reads an RFC 3339 instant, or a day, which stands for its first moment in UTC.
// The result is in UTC; it is zero where the flag was not given.
func (v *flagReader) instant(flag string) time.Time {
	at, days := v.moment(flag)
	if days != (timeline.Span{}) && !days.IsDay() {
		v.fail(flag, fmt.Errorf("%q is more than one day", v.c.String(flag)), "")
	}
	return laterOf(at, days.First.Time())
}

// start reads an instant, or the moment at which a date begins.
func (v *flagReader) start(flag string) time.Time {
	at, days := v.moment(flag)
	return laterOf(at, days.First.Time())
}

// laterOf returns the later of two moments, the one that is there where the other is not.
func laterOf(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// moment reads an RFC 3339 instant, or else a date.
func (v *flagReader) moment(flag string) (at time.Time, days timeline.Span) {
	s := strings.TrimSpace(v.c.String(flag))
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.UTC(), timeline.Span{}
	}
	days, err := timeline.ParseSpan(s, v.today)
	if err != nil {
		v.fail(flag, fmt.Errorf("%w; nor is it an instant of the form 2031-04-17T09:30:00Z (RFC 3339)", err), "")
	}
	return time.Time{}, days
}

func (v *flagReader) duration(flag string, otherwise time.Duration) time.Duration {
	s := v.c.String(flag)
	if s == "" {
		return otherwise
	}
	d, err := time.ParseDuration(s)
	if err != nil || d < 0 {
		v.fail(flag, fmt.Errorf("%q is not a duration", s), fmt.Sprintf("--%s 30s", flag))
	}
	return d
}

func (v *flagReader) acts(flag string) []timeline.Act {
	return closedSet(v, flag, timeline.Acts())
}

func (v *flagReader) color(flag string) colorMode {
	return oneOf(v, flag, colorAuto, []colorMode{colorAuto, colorAlways, colorNever})
}

// list splits a value at its commas and drops empty pieces.
func (v *flagReader) list(flag string) []string {
	var out []string
	for s := range strings.SplitSeq(v.c.String(flag), ",") {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// closedSet reads values separated by commas that must be among known.
func closedSet[T ~string](v *flagReader, flag string, known []T) []T {
	var out []T
	for _, s := range v.list(flag) {
		if !slices.Contains(known, T(s)) {
			v.fail(flag, fmt.Errorf("%q is none of %s", s, joined(known)), nearestValue(flag, s, known))
		}
		out = append(out, T(s))
	}
	return out
}

// oneOf reads one value that must be among known; otherwise stands where the
// flag was not given.
func oneOf[T ~string](v *flagReader, flag string, otherwise T, known []T) T {
	s := T(v.c.String(flag))
	if s == "" {
		return otherwise
	}
	if !slices.Contains(known, s) {
		v.fail(flag, fmt.Errorf("%q is none of %s", s, joined(known)), nearestValue(flag, string(s), known))
	}
	return s
}

// nearestValue is a hint at the value that was meant, "" where none is near.
func nearestValue[T ~string](flag, got string, known []T) string {
	names := make([]string, len(known))
	for i, k := range known {
		names[i] = string(k)
	}
	if near := nearest(got, names, 1); len(near) > 0 {
		return fmt.Sprintf("--%s %s", flag, near[0])
	}
	return ""
}

func joined[T ~string](known []T) string {
	parts := make([]string, len(known))
	for i, k := range known {
		parts[i] = string(k)
	}
	return strings.Join(parts, ", ")
}
