package redline_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"readout/diff"
	"readout/timeline"
)

// release returns a release with the given statements.
func release(id, held string, sections []timeline.Section, ss ...timeline.Statement) *timeline.Release {
	r := &timeline.Release{
		Version: 1, Versions: 1, Title: "Meeting of the Foreign Ministers of France and Kenya",
		Source: "https://ministry.example/news/" + id, Held: date(held), Published: date(held).AddDays(1),
		Language: "en", Parties: []timeline.Party{"FR", "KE"}, Series: "FR-KE", Sections: sections, Statements: ss,
	}
	r.Name(id)
	return r
}

// both is what both parties are said to have said.
func both(section int, act timeline.Act, text string, path ...string) timeline.Statement {
	return timeline.Statement{Section: section, Act: act, Text: text, Path: path, Speakers: []timeline.Party{"FR", "KE"}}
}

// one is what one party is said to have said.
func one(section int, who timeline.Party, act timeline.Act, text string, path ...string) timeline.Statement {
	return timeline.Statement{Section: section, Act: act, Text: text, Path: path, Speakers: []timeline.Party{who}}
}

// meetings is a comparison with a change of every kind.
func meetings() *diff.Report {
	old := release("2031-05-14-fr-ke", "2031-05-14",
		[]timeline.Section{{Number: "1", Heading: "Port of Lamu", Depth: 1}, {Number: "2", Heading: "Fisheries", Depth: 1}, {Number: "3", Heading: "Students", Depth: 1}},
		both(-1, timeline.ActNone, "The ministers met in Nairobi for two hours."),
		both(0, timeline.ActAgree, "The ministers agreed to complete the second berth by 2033 at a cost of 120 million euros.", "1", "(1)"),
		one(0, "FR", timeline.ActState, "Minister Dubreuil stated that France will finance the survey.", "1", "(2)"),
		both(1, timeline.ActDiscuss, "They discussed the draft fisheries agreement and decided to meet again in autumn.", "2", "(1)"),
		one(1, "KE", timeline.ActExpress, "Minister Wambui expressed concern about unreported catches.", "2", "(2)"),
		both(2, timeline.ActConfirm, "Both sides confirmed the exchange of fifty students a year.", "3"),
		both(2, timeline.ActWelcome, "They welcomed the opening of the language centre in Kisumu.", "3"),
		both(2, timeline.ActNone, "A press conference followed.", "3"),
	)
	new := release("2032-03-08-fr-ke", "2032-03-08",
		[]timeline.Section{{Number: "1", Heading: "Students", Depth: 1}, {Number: "2", Heading: "Port of Lamu", Depth: 1}, {Number: "3", Heading: "Fisheries", Depth: 1}, {Number: "4", Heading: "Climate", Depth: 1}},
		both(-1, timeline.ActNone, "The ministers met in Nairobi for two hours."),
		both(0, timeline.ActConfirm, "Both sides confirmed the exchange of eighty students a year.", "1"),
		both(1, timeline.ActShareView, "The ministers shared the view that the second berth should be completed by 2035 at a cost of 150 million euros.", "2", "(1)"),
		one(1, "FR", timeline.ActState, "Minister Dubreuil stated that France may finance the survey.", "2", "(2)"),
		both(2, timeline.ActDiscuss, "They discussed the draft fisheries agreement.", "3", "(1)"),
		both(2, timeline.ActAgree, "They decided to meet again in autumn.", "3", "(1)"),
		both(2, timeline.ActWelcome, "They welcomed the opening of the language centre in Kisumu.", "3"),
		both(2, timeline.ActNone, "A press conference followed.", "3"),
		both(3, timeline.ActUrge, "The ministers urged all parties to ratify the accord on heat.", "4"),
	)
	new.Versions, new.CapturedAt = 2, captured
	return paired(old, new, [][2][]int{
		{{0}, {0}}, {{5}, {1}}, {{1}, {2}}, {{2}, {3}}, {{3}, {4, 5}}, {{4}, nil}, {{6}, {6}}, {{7}, {7}}, {nil, {8}},
	}, 5)
}

// paired returns the report in which the numbered statements belong together. The
// numbered old statements count as moved. The words of each pair are compared by
// their common beginning and end alone: the views take any edits.
func paired(old, new *timeline.Release, pairs [][2][]int, moved ...int) *diff.Report {
	r := &diff.Report{Cause: diff.Position, Old: old, New: new}
	for _, p := range pairs {
		var c diff.Change
		for _, i := range p[0] {
			c.Old = append(c.Old, old.Statements[i])
			for _, m := range moved {
				c.Moved = c.Moved || m == i && len(p[1]) > 0
			}
		}
		for _, i := range p[1] {
			c.New = append(c.New, new.Statements[i])
		}
		c.OldText, c.NewText = joined(c.Old), joined(c.New)
		c.Split, c.Merged = len(c.Old) == 1 && len(c.New) > 1, len(c.Old) > 1 && len(c.New) == 1
		c.Edits = edits(c.OldText, c.NewText)
		switch {
		case len(c.Old) == 0:
			c.Kind = diff.New
			r.Summary.New++
		case len(c.New) == 0:
			c.Kind, c.Absence.Silence = diff.Dropped, diff.MaybeSaid
			r.Summary.Dropped++
			r.Summary.Silent++
		case c.OldText == c.NewText:
			c.Kind, c.Similarity = diff.Unchanged, 1
			r.Summary.Unchanged++
		default:
			c.Kind, c.Similarity = diff.Reworded, 0.75
			c.Link = diff.Evidence{Score: 0.75}
			if c.Old[0].Act == timeline.ActState {
				c.Link = diff.Evidence{Score: 0.36, Uncertain: true}
				r.Summary.Uncertain++
			}
			r.Summary.Reworded++
		}
		if c.Moved {
			r.Summary.Moved++
		}
		for _, e := range c.Edits {
			switch e.Op {
			case diff.Insert:
				r.Summary.WordsInserted += len(strings.Fields(e.Text))
			case diff.Delete:
				r.Summary.WordsDeleted += len(strings.Fields(e.Text))
			}
		}
		r.Changes = append(r.Changes, c)
	}
	return r
}

func joined(ss []timeline.Statement) string {
	texts := make([]string, len(ss))
	for i, s := range ss {
		texts[i] = s.Text
	}
	return strings.Join(texts, " ")
}

// edits compares two texts word by word, by a longest common subsequence.
func edits(old, new string) []diff.Edit {
	a, b := strings.SplitAfter(old, " "), strings.SplitAfter(new, " ")
	length := make([][]int, len(a)+1)
	for i := range length {
		length[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	var out []diff.Edit
	add := func(op diff.Op, text string) {
		if text == "" {
			return
		}
		if n := len(out); n > 0 && out[n-1].Op == op {
			out[n-1].Text += text
		} else {
			out = append(out, diff.Edit{Op: op, Text: text})
		}
	}
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			add(diff.Equal, a[i])
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && length[i+1][j] >= length[i][j+1]:
			add(diff.Delete, a[i])
			i++
		default:
			add(diff.Insert, b[j])
			j++
		}
	}
	return out
}

// shuffled returns a random comparison: statements that stay, go, come, are split,
// merged and moved, in any order, with and without headings.
func shuffled(rng *rand.Rand) *diff.Report {
	words := strings.Fields("treaty border fish rail visa 条約 мир café {draft} ~90 <old> student+ heat 12,5 agree")
	phrase := func() string {
		var ws []string
		for range 2 + rng.IntN(6) {
			ws = append(ws, words[rng.IntN(len(words))])
		}
		return strings.Join(ws, " ") + "."
	}
	side := func(id, day string, n int) *timeline.Release {
		var sections []timeline.Section
		var ss []timeline.Statement
		for range n {
			if rng.IntN(4) == 0 {
				sections = append(sections, timeline.Section{Number: fmt.Sprint(len(sections) + 1), Heading: words[rng.IntN(len(words))], Depth: 1})
			}
			ss = append(ss, both(len(sections)-1, timeline.ActNone, phrase()))
		}
		return release(id, day, sections, ss...)
	}
	old, new := side("old", "2031-01-01", rng.IntN(9)), side("new", "2031-02-01", rng.IntN(9))
	freeOld, freeNew := rng.Perm(len(old.Statements)), rng.Perm(len(new.Statements))
	take := func(from *[]int, n int) []int {
		n = min(n, len(*from))
		out := append([]int(nil), (*from)[:n]...)
		*from = (*from)[n:]
		slices.Sort(out)
		return out
	}
	var pairs [][2][]int
	for len(freeOld) > 0 || len(freeNew) > 0 {
		switch rng.IntN(6) {
		case 0:
			pairs = append(pairs, [2][]int{take(&freeOld, 1), nil})
		case 1:
			pairs = append(pairs, [2][]int{nil, take(&freeNew, 1)})
		case 2:
			pairs = append(pairs, [2][]int{take(&freeOld, 2), take(&freeNew, 1)})
		case 3:
			pairs = append(pairs, [2][]int{take(&freeOld, 1), take(&freeNew, 2)})
		default:
			p := [2][]int{take(&freeOld, 1), take(&freeNew, 1)}
			if len(p[0]) == 1 && len(p[1]) == 1 && rng.IntN(2) == 0 {
				new.Statements[p[1][0]].Text = old.Statements[p[0][0]].Text
			}
			pairs = append(pairs, p)
		}
		if last := pairs[len(pairs)-1]; len(last[0])+len(last[1]) == 0 {
			pairs = pairs[:len(pairs)-1]
		}
	}
	return paired(old, new, pairs)
}

func writeFile(tb testing.TB, name, text string) {
	tb.Helper()
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		tb.Fatal(err)
	}
}

func readFile(tb testing.TB, name string) string {
	tb.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		tb.Fatal(err)
	}
	return string(b)
}
