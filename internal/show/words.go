package show

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"readout/diff"
	"readout/internal/ask"
	"readout/timeline"
)

// What became of a statement or topic, where it is said alone. The kinds of change are
// called as JSON calls them, in every medium; so are what stands in for them here.
const (
	Dropped   = string(diff.Dropped)
	NotRaised = "not raised"
)

// ShiftText says a shift in words: "softened: agreed → discussed".
func ShiftText(x diff.Shift) string {
	kind := string(x.Kind)
	switch x.Kind {
	case diff.ToOneSide:
		kind = "both sides → one side"
	case diff.ToJoint:
		kind = "one side → both sides"
	}
	from, to := x.Words()
	return kind + ": " + from + " → " + to
}

// JudgedText says which topics were joined to one by a model, "" for none.
func JudgedText(judged []string) string {
	if len(judged) == 0 {
		return ""
	}
	return "A model judged that " + strings.Join(judged, ", ") + " is this issue: readout judge --list"
}

// noveltyText says what is notable about the change, "" for nothing.
func noveltyText(n *ask.Novelty) string {
	switch {
	case n == nil || !n.Notable:
		return ""
	case n.Still:
		return fmt.Sprintf("unusual: not a word changed, where %.0f%% usually does", 100*n.Usual)
	}
	return fmt.Sprintf("unusual: %.0f%% of the wording is new, the most in %d changes (usually %.0f%%)", 100*n.Changed,
		n.Earlier+1, 100*n.Usual)
}

// agendaText says how the topic moved on the agenda, "" where it did not.
func agendaText(a *ask.Agenda) string {
	if a == nil {
		return ""
	}
	moved, heading := "", ""
	if a.Moved != "" {
		moved = fmt.Sprintf("moved %s the agenda, from place %d of %d to %d of %d", a.Moved, a.Last.Place, a.Last.Of, a.Place, a.Of)
	}
	switch a.Change {
	case "got":
		heading = "got a heading of its own: " + a.Heading
	case "lost":
		heading = "lost its heading: " + a.Last.Heading
	}
	return Join("; ", moved, heading)
}

// proofText says why a person is taken to be of a party, with the words that prove it.
func proofText(p timeline.Participant) string {
	if p.Party == "" {
		return "of no party: nothing in the text proves one"
	}
	e := p.Evidence
	if e == nil {
		return ""
	}
	says := proofs[e.How]
	if e.Text != "" {
		says += ": “" + e.Text + "”"
	}
	return Join(", in ", says, e.Release)
}

// proofs say the kinds of proof in words.
var proofs = map[timeline.Proof]string{
	timeline.ProofOffice:     "named with the country",
	timeline.ProofSide:       "listed on that side",
	timeline.ProofHost:       "receives a guest there, or is the guest",
	timeline.ProofVisit:      "is a guest of the other party, or receives one",
	timeline.ProofMeeting:    "meets somebody of the other party",
	timeline.ProofPublisher:  "named without a country by the party that publishes",
	timeline.ProofCommitment: "speaks of what is the party’s own",
	timeline.ProofOrder:      "named in the order of the parties",
	timeline.ProofSeries:     "proved by another release",
}

// LullText says how long no release was captured.
func LullText(l ask.Lull) string {
	return fmt.Sprintf("no release captured for %d days (usually one in %s)", l.Days, count(l.UsualDays, "day", "days"))
}

// Sign is a mark as a legend explains it: a sign one column wide, told apart without
// colour, and what it says.
type Sign struct {
	Mark       ask.Mark
	Sign, Says string
}

// Signs are those of all marks, in the order of a legend.
func Signs() []Sign {
	return []Sign{
		{ask.Opened, "+", "raised for the first time"},
		{ask.Raised, "=", "in the same words"},
		{ask.Reworded, "~", "reworded"},
		{ask.Firmed, "↑", "firmed"},
		{ask.Softened, "↓", "softened"},
		{ask.Dropped, "−", "something " + Dropped},
		{ask.NotRaised, "·", NotRaised},
		{ask.Missed, "×", "left out, though the last comparable text had it"},
		{ask.PerhapsRaised, "?", "perhaps raised under another name"},
	}
}

// SignOf is that of one mark.
func SignOf(m ask.Mark) Sign {
	for _, s := range Signs() {
		if s.Mark == m {
			return s
		}
	}
	return Sign{Mark: m}
}

// MarkSign is the sign of a mark.
func MarkSign(m ask.Mark) string { return SignOf(m).Sign }

// Shown are the marks of a cell that there is room to show: two at most, and of a proved absence
// that alone.
func Shown(c ask.Cell) []ask.Mark {
	if c.Absent != nil {
		return []ask.Mark{ask.Missed}
	}
	return c.Marks[:min(2, len(c.Marks))]
}

// KeptSign says how much of the wording on a topic a meeting kept: "=" for all of it, else tenths,
// rounded down. It is "" where there is nothing to compare with.
func KeptSign(c ask.Cell) string {
	switch {
	case c.Kept == nil:
		return ""
	case *c.Kept == 1:
		return "="
	}
	return strconv.Itoa(int(*c.Kept * 10))
}

// ActSign is the letter of an act, "" for narration.
func ActSign(a timeline.Act) string {
	switch a {
	case timeline.ActAgree:
		return "a"
	case timeline.ActCommit:
		return "p"
	case timeline.ActShareView:
		return "v"
	case timeline.ActConfirm:
		return "c"
	case timeline.ActDiscuss:
		return "d"
	case timeline.ActState:
		return "s"
	case timeline.ActExpress:
		return "e"
	case timeline.ActWelcome:
		return "w"
	case timeline.ActUrge:
		return "u"
	case timeline.ActCondemn:
		return "!"
	}
	return ""
}

// DirectionSign is the sign of a direction, "" for none.
func DirectionSign(d ask.Direction) string {
	switch d {
	case ask.Firmer:
		return MarkSign(ask.Firmed)
	case ask.Softer:
		return MarkSign(ask.Softened)
	case ask.Mixed:
		return "↕"
	}
	return ""
}

// Since says when the topic of a release that came in was raised before.
func Since(t *ask.ChangesTopic) string {
	first, last := "raised for the first time", "last raised "
	if t.ID == "" { // the text as a whole
		first, last = "the first of its series", "against that of "
	}
	if t.First {
		return first
	}
	return last + t.Diff.Report.Old.Day().String()
}

// SummaryText counts what became of statements: "2 reworded, 1 new". Those of which nothing is
// said because the later text is much shorter are not called dropped.
func SummaryText(s diff.Summary) string {
	n := func(n int, what string) string {
		if n == 0 {
			return ""
		}
		return fmt.Sprintf("%d %s", n, what)
	}
	return Join(", ", n(s.Reworded, "reworded"), n(s.New, "new"), n(s.Dropped-s.Silent, Dropped),
		n(s.Silent, "passed over in a shorter text"), n(s.Unchanged, "unchanged"))
}

// Join joins the parts that are not empty.
func Join(sep string, parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, sep)
}

// Link returns an address that was taken out of a captured page where it may stand behind
// a link: absolute, http or https; else "". A page can name a script as well as a page.
func Link(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}
