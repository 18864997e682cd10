package show

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"readout/internal/ask"
	"readout/internal/letters"
	"readout/timeline"
)

// BriefRoom is how many lines fit on a page of paper, A4 or Letter, with some to spare.
const BriefRoom = 50

// What the pieces of a page take beside the lines of their text, in lines: what is said
// of them, and the room between them.
const (
	briefWidth = 115 // letters on a line
	headRoom   = 5   // of the page
	topicRoom  = 3   // name, state, and what is left out
	lineRoom   = 1
	shiftRoom  = 1
)

// briefSilences is how many silences find room before the topics take it.
const briefSilences = 3

// BriefPage is what there is room for of a brief. A topic on it has its latest wording and
// what changed in it last; further changes and lines follow, topic by topic in turn, as
// long as there is room.
type BriefPage struct {
	*ask.Brief
	Rows   []BriefRow // likely topics
	Silent []BriefRow // topics that fell silent; their first line is what was said last
	Left   int        // topics and silences that found no room
	day    func(timeline.Date) string
}

// BriefRow is a topic on a page.
type BriefRow struct {
	Topic   ask.BriefTopic
	Lines   []ask.BriefLine // those that no topic above has shown, the strongest position first
	Shifts  []ask.BriefShift
	Dropped []ask.TimelineDropped
	Left    string // counts what found no room, "" for nothing: "2 more lines, 1 more shift"
}

// LayBrief lays the brief out, on one page if Room says so. Day writes a day for people.
func LayBrief(b *ask.Brief, day func(timeline.Date) string) *BriefPage {
	p := &BriefPage{Brief: b, day: day}
	room := b.Room
	if room <= 0 {
		room = math.MaxInt
	}
	room -= headRoom + len(b.Lulls)
	var silent, topics []*growing
	for i, t := range b.Silent {
		if b.Room > 0 && i == briefSilences {
			break
		}
		silent = append(silent, &growing{full: BriefRow{Topic: t, Lines: strongestOf(t.Lines)}})
		room -= topicRoom
	}
	seen := map[string]bool{}
	for _, t := range b.Topics {
		g := &growing{full: BriefRow{Topic: t, Lines: briefly(&t, seen), Shifts: t.Shifts, Dropped: t.Dropped}}
		least := topicRoom + g.begin(room-topicRoom)
		if len(topics) > 0 && least > room {
			break
		}
		topics, room = append(topics, g), room-least
	}
	for grown := true; grown; {
		grown = false
		for _, g := range append(topics[:len(topics):len(topics)], silent...) {
			if cost := g.cost(); cost > 0 && cost <= room {
				g.grow()
				room, grown = room-cost, true
			}
		}
	}
	for _, g := range topics {
		p.Rows = append(p.Rows, g.row())
	}
	for _, g := range silent {
		p.Silent = append(p.Silent, g.row())
	}
	p.Left = b.Omitted + len(b.Topics) - len(topics) + len(b.Silent) - len(silent)
	return p
}

// strongestOf returns the strongest of lines, none of none.
func strongestOf(lines []ask.BriefLine) []ask.BriefLine {
	if len(lines) == 0 {
		return nil
	}
	return []ask.BriefLine{slices.MinFunc(lines, func(a, b ask.BriefLine) int { return cmp.Compare(a.Rank, b.Rank) })}
}

// growing is a topic of which a page shows some pieces so far.
type growing struct {
	full                   BriefRow
	lines, shifts, dropped int
}

// begin shows the first line and, where there is room for it, the first shift, and
// returns how many lines that takes.
func (g *growing) begin(room int) int {
	used := 0
	if len(g.full.Lines) > 0 {
		used, g.lines = lineRoom+lineCount(g.full.Lines[0].Text), 1
	}
	if len(g.full.Shifts) > 0 && used+g.cost() <= room {
		used += g.cost()
		g.grow()
	}
	return used
}

// cost is how many lines the next piece takes, 0 where there is none.
func (g *growing) cost() int {
	switch {
	case g.shifts < len(g.full.Shifts):
		x := g.full.Shifts[g.shifts]
		return shiftRoom + lineCount(shiftClaim(x))
	case g.dropped < len(g.full.Dropped):
		return lineCount(droppedClaim(g.full.Dropped[g.dropped]))
	case g.lines < min(BriefLines, len(g.full.Lines)):
		return lineRoom + lineCount(g.full.Lines[g.lines].Text)
	}
	return 0
}

// grow shows the next piece: shifts first, then what is no longer said, then lines.
func (g *growing) grow() {
	switch {
	case g.shifts < len(g.full.Shifts):
		g.shifts++
	case g.dropped < len(g.full.Dropped):
		g.dropped++
	default:
		g.lines++
	}
}

// row returns what is shown, and counts the rest.
func (g *growing) row() BriefRow {
	r := g.full
	var left []string
	for _, x := range []struct {
		n         int
		one, many string
	}{
		{len(r.Lines) - g.lines, "more line", "more lines"},
		{len(r.Shifts) - g.shifts, "more shift", "more shifts"},
		{len(r.Dropped) - g.dropped, "more dropped", "more dropped"},
	} {
		if x.n > 0 {
			left = append(left, count(x.n, x.one, x.many))
		}
	}
	r.Lines, r.Shifts, r.Dropped, r.Left = r.Lines[:g.lines], r.Shifts[:g.shifts], r.Dropped[:g.dropped], strings.Join(left, ", ")
	if len(g.full.Lines) == 0 && len(r.Topic.Lines) > 0 {
		r.Left = strings.Join(append([]string{"said under a topic above"}, left...), ", ")
	}
	return r
}

// lineCount is how many lines of a page a paragraph takes.
func lineCount(text string) int { return 1 + utf8.RuneCountInString(text)/briefWidth }

// briefly returns the lines of a topic that no topic before it has shown, the strongest position
// first. Seen is the ids shown so far.
func briefly(t *ask.BriefTopic, seen map[string]bool) []ask.BriefLine {
	sorted := slices.Clone(t.Lines)
	slices.SortStableFunc(sorted, func(a, b ask.BriefLine) int { return cmp.Compare(a.Rank, b.Rank) })
	var out []ask.BriefLine
	for _, l := range sorted {
		if seen[l.ID] {
			continue
		}
		if len(out) < BriefLines {
			seen[l.ID] = true // the rest may find room under a topic below
		}
		out = append(out, l)
	}
	return out
}

// BriefLines is how many lines of a topic a page shows.
const BriefLines = 2

// Head says in one line what the brief rests on.
func (p *BriefPage) Head() string {
	last := p.Last
	if last == nil {
		return "no meeting yet"
	}
	level := string(last.Level)
	if last.Level == timeline.LevelOther {
		level = ""
	}
	kind := Join(", ", Join(" ", spell(level), spell(string(last.Kind))), letters.Clean(last.Place))
	return fmt.Sprintf(lastMet+" %s (%s); %s since %s", p.day(last.Day()), kind, count(p.Meetings, "meeting", "meetings"), p.day(p.First))
}

// Past says since when a line stands.
func (p *BriefPage) Past(l ask.BriefLine) string {
	since, origin := p.day(l.Since), p.day(l.Origin)
	switch {
	case l.Meetings > 1 && l.Origin.Before(l.Since):
		return fmt.Sprintf("in these words since %s (%d times), in others since %s", since, l.Meetings, origin)
	case l.Meetings > 1:
		return fmt.Sprintf("in these words since %s (%d times)", since, l.Meetings)
	case l.Origin.Before(l.Since):
		return fmt.Sprintf("in these words since %s, in others since %s", since, origin)
	}
	return "new on " + since
}

// State says when a topic was raised last and how often.
func (p *BriefPage) State(t ask.BriefTopic) string { return topicState(&t, p.Meetings, p.day) }

// lastMet begins what is said of the meetings of a series.
const lastMet = "last met"

// raisedAt begins what is said of how often an issue was raised.
const raisedAt = "raised at "

func topicState(t *ask.BriefTopic, of int, day func(timeline.Date) string) string {
	out := fmt.Sprintf(raisedAt+"%d of %d meetings, last on %s", t.Raised, of, day(t.Last))
	switch {
	case t.Silent == 1:
		out += ", not at the meeting since"
	case t.Silent > 1:
		out += fmt.Sprintf(", not at the %d meetings since", t.Silent)
	}
	return out
}

// Cut reports whether the page leaves out anything that the brief could show.
func (p *BriefPage) Cut() bool {
	for _, r := range p.Rows {
		if len(r.Shifts) < len(r.Topic.Shifts) || len(r.Dropped) < len(r.Topic.Dropped) {
			return true
		}
	}
	return p.Left > 0
}

// Rest says how many topics the page does not show, "" where it shows all.
func (p *BriefPage) Rest() string {
	if n := p.Others + p.Left; n > 0 {
		return count(n, "other topic", "other topics") + " not shown"
	}
	return ""
}
