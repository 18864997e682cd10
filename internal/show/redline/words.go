package redline

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"readout/diff"
	"readout/internal/show"
	"readout/timeline"
)

// clean returns the text without control characters and without the characters
// that turn the direction of writing, which can make a page or a terminal show
// something else than the text says. Tabs and line breaks become spaces.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s)
}

// join returns the texts of the statements joined by a space.
func join(ss []timeline.Statement) string {
	texts := make([]string, len(ss))
	for i, s := range ss {
		texts[i] = s.Text
	}
	return strings.Join(texts, " ")
}

// label returns the printed labels around the first of the statements, "2 (1)".
func label(ss []timeline.Statement) string {
	if len(ss) == 0 {
		return ""
	}
	return clean(strings.Join(ss[0].Path, " "))
}

// about returns what is known about a statement beside its text, each from the old
// to the new: the printed labels, who speaks, by which acts.
func (o Options) about(r row) []string {
	var parts []string
	for _, p := range []string{
		r.change.Place,
		change(label(r.old), label(r.new)),
		change(o.speakers(r.old), o.speakers(r.new)),
		change(actWords(r.old), actWords(r.new)),
	} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	if why := r.change.Absence.Words(); why != "" {
		parts = append(parts, why)
	}
	if r.uncertain() {
		parts = append(parts, r.change.Link.Doubt())
	}
	return parts
}

// speakers returns the names of those who say the statements, "Japan, Russia".
func (o Options) speakers(ss []timeline.Statement) string {
	var names []string
	for _, p := range parties(ss) {
		names = append(names, o.name(p))
	}
	return strings.Join(names, ", ")
}

// parties returns the speakers of the statements, sorted, each once.
func parties(ss []timeline.Statement) []timeline.Party {
	var all []timeline.Party
	for _, s := range ss {
		all = append(all, s.Speakers...)
	}
	return timeline.SortParties(all)
}

// actWords returns the speech acts of the statements as verbs, "discussed, agreed".
func actWords(ss []timeline.Statement) string {
	var words []string
	for _, s := range ss {
		if word := actWord(s.Act); word != "" && !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	return strings.Join(words, ", ")
}

// name returns the name of a party for people.
func (o Options) name(p timeline.Party) string {
	if o.Names != nil {
		if name := o.Names(p); name != "" {
			return clean(name)
		}
	}
	return clean(string(p))
}

// actWord returns the speech act as a verb in the past, "" for none.
func actWord(a timeline.Act) string {
	switch a {
	case timeline.ActAgree:
		return "agreed"
	case timeline.ActShareView:
		return "shared the view"
	case timeline.ActConfirm:
		return "confirmed"
	case timeline.ActDiscuss:
		return "discussed"
	case timeline.ActState:
		return "stated"
	case timeline.ActExpress:
		return "expressed"
	case timeline.ActWelcome:
		return "welcomed"
	case timeline.ActUrge:
		return "urged"
	case timeline.ActCondemn:
		return "condemned"
	case timeline.ActCommit:
		return "committed"
	}
	return ""
}

// change returns a and b as "a → b", one of them where they are equal or one is
// empty.
func change(a, b string) string {
	if a == b || b == "" {
		return a
	}
	if a == "" {
		return b
	}
	return a + " → " + b
}

// day returns the day for people: "14 January 2031".
func day(d timeline.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format("2 January 2006")
}

// kicker says in a few words which kind of change a report is about, and explains
// it in a sentence.
func kicker(c diff.Cause) (name, meaning string) {
	if c == diff.Record {
		return "Record change", "a text that was already published has been altered"
	}
	return "Position change", "what a later meeting says that differs from the earlier one"
}

// fact is a line of what is known about one side of a comparison.
type fact struct{ Name, Value, Link string }

// textHead is the head of one of the two texts.
type textHead struct {
	Name, Title string
	Facts       []fact
}

// sides returns the heads of both texts of a report, the earlier first.
func sides(r *diff.Report) []textHead {
	var out []textHead
	if r.Old != nil {
		out = append(out, textHead{"Earlier", title(r.Old), facts(r.Old)})
	}
	if r.New != nil {
		out = append(out, textHead{"Later", title(r.New), facts(r.New)})
	}
	return out
}

// facts returns what is known about a release.
func facts(r *timeline.Release) []fact {
	if r == nil {
		return nil
	}
	var fs []fact
	add := func(name, value, link string) {
		if value != "" {
			fs = append(fs, fact{name, clean(value), link})
		}
	}
	add("Held", day(r.Held), "")
	add("Published", day(r.Published), "")
	add("Version", version(r), "")
	if !r.CapturedAt.IsZero() {
		add("Captured", r.CapturedAt.UTC().Format("2 January 2006, 15:04 UTC"), "")
	}
	add("Source", r.Source, show.Link(r.Source))
	return fs
}

// version returns which version of its page a release is, "" where none is kept.
func version(r *timeline.Release) string {
	switch {
	case r.Version == 0:
		return ""
	case r.Versions <= 1:
		return strconv.Itoa(r.Version)
	}
	return fmt.Sprintf("%d of %d", r.Version, r.Versions)
}

// title returns the title of a release, or else its id.
func title(r *timeline.Release) string {
	if r == nil {
		return ""
	}
	if r.Title != "" {
		return clean(r.Title)
	}
	return clean(r.ID)
}

// headline says in one line what is compared.
func (o Options) headline(r *diff.Report) string {
	if r.Old == nil || r.New == nil {
		return cmpTitle(r)
	}
	var names []string
	for _, p := range r.New.Series.Parties() {
		names = append(names, o.name(p))
	}
	who := strings.Join(names, "–")
	if who == "" || r.Cause == diff.Record {
		who = title(r.New)
	}
	when := change(day(r.Old.Day()), day(r.New.Day()))
	if r.Cause == diff.Record {
		when = change(versionName(r.Old), versionName(r.New))
	}
	if when == "" {
		return who
	}
	return who + ": " + when
}

// cmpTitle returns the title of whichever side there is.
func cmpTitle(r *diff.Report) string { return title(r.New) + title(r.Old) }

// versionName returns "version 2", "" where no version is kept.
func versionName(r *timeline.Release) string {
	if r.Version == 0 {
		return ""
	}
	return "version " + strconv.Itoa(r.Version)
}

// count returns "1 statement" or "3 statements".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// summary says in one line what changed.
func summary(r *diff.Report) string { return r.Summary.Words() }
