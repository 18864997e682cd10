package web

import (
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"readout/timeline"
)

// unknownSeries stands in addresses for the series of releases whose parties are
// not known.
const unknownSeries = "none"

func seriesHref(id timeline.SeriesID) string {
	if id == "" {
		return "/series/" + unknownSeries
	}
	return "/series/" + url.PathEscape(string(id))
}

// seriesID reads what seriesHref wrote.
func seriesID(s string) timeline.SeriesID {
	if s == unknownSeries {
		return ""
	}
	return timeline.SeriesID(s)
}

func topicHref(series timeline.SeriesID, topic string) string {
	return seriesHref(series) + "/topics/" + url.PathEscape(topic)
}

// releaseHref is the address of a release, or of one version of it ("ID@v2").
func releaseHref(ref string) string { return "/releases/" + url.PathEscape(ref) }

func compareHref(old, new string) string {
	return "/compare/" + url.PathEscape(old) + "/" + url.PathEscape(new)
}

// count writes a number with the plural of a regular noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// longDay writes a day for people: "19 May 2032".
func longDay(d timeline.Date) string {
	if d.IsZero() {
		return "day not known"
	}
	return fmt.Sprintf("%d %s %d", d.Day(), d.Month(), d.Year())
}

// shortDay writes a day where there is little room: "19 May 2032", "3 Oct 2031".
func shortDay(d timeline.Date) string {
	if d.IsZero() {
		return "day not known"
	}
	return fmt.Sprintf("%d %s %d", d.Day(), d.Month().String()[:3], d.Year())
}

// instant writes a moment for people, in UTC.
func instant(t time.Time) string {
	if t.IsZero() {
		return "not known"
	}
	return t.UTC().Format("2 January 2006, 15:04 UTC")
}

// shortInstant writes a moment in UTC where there is little room and the zone is said above.
func shortInstant(t time.Time) string { return t.UTC().Format("2 Jan 2006, 15:04") }

// actWords says what a speaker did.
func actWords(a timeline.Act) string {
	if a == timeline.ActNone {
		return "narration"
	}
	return spell(string(a))
}

// kindWords says what sort of occasion a release reports, with its level.
func kindWords(r *timeline.Release) string {
	kind := spell(string(r.Kind))
	switch r.Level {
	case "", timeline.LevelOther:
	case timeline.LevelSummit:
		kind = "summit " + kind
	default:
		kind = spell(string(r.Level)) + "’ " + kind
	}
	if kind == "" {
		return "release"
	}
	return kind
}

// spell writes the name of a value of a closed set as words.
func spell(s string) string { return strings.NewReplacer("_", " ", "-", " ").Replace(s) }

// fewParties is up to how many parties name a series well: more are told by their occasion.
const fewParties = 3

// occasion is what the many parties of a series met for, "" where they are few or nothing
// says it: the occasion that most of its releases name, else the title of the latest.
func occasion(id timeline.SeriesID, heads []*timeline.Release) string {
	if len(id.Parties()) <= fewParties || len(heads) == 0 {
		return ""
	}
	counts := map[string]int{}
	best := ""
	for _, r := range heads {
		if r.Occasion == "" {
			continue
		}
		if counts[r.Occasion]++; counts[r.Occasion] > counts[best] {
			best = r.Occasion
		}
	}
	if best == "" {
		best = heads[len(heads)-1].Label()
	}
	return capital(best)
}

// capital begins a text with a capital letter.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}
