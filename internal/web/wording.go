package web

import (
	"strings"

	"readout/diff"
	"readout/internal/ask"
	"readout/timeline"
)

// wording is the formula in which an issue stands at present, with the age of its words.
type wording struct {
	Pieces    []blamedPiece
	Speakers  []timeline.Party
	Act       string
	Release   *timeline.Release // that says it last
	ID        string            // of the statement
	Text      string
	Sentence  string        // the statement whole, "" where the formula is all of it
	Past      string        // how it came here, in a sentence
	Strongest *ask.Position // what the last meeting said most firmly elsewhere, nil for nothing
	Gone      string        // "missing 7 February 2025, though expected", "" where it stands
}

// wordingNow returns the standing wording of an issue: its weightiest formula as the last
// text has it, or where nothing recurs the strongest thing that the last meeting said. It is
// nil where nothing but narration is known.
func (v *volume) wordingNow(t *ask.Timeline, formulas []ask.Formula) *wording {
	if len(formulas) > 0 {
		w := v.formulaNow(&formulas[0])
		if w != nil {
			w.Strongest = w.strongest(t)
		}
		return w
	}
	if p := t.Issue.Position; p != nil {
		w := &wording{Speakers: p.Speakers, Act: actWords(p.Act), Release: v.byID[p.Release], ID: p.ID, Text: p.Text}
		w.Pieces = v.aged(w.Release, p.ID, 0, len(p.Text))
		return w
	}
	return nil
}

// strongest is the strongest of what the last meeting said, unless the formula stands in it.
func (w *wording) strongest(t *ask.Timeline) *ask.Position {
	if p := t.Issue.Position; p != nil && p.ID != w.ID {
		return p
	}
	return nil
}

func (v *volume) formulaNow(f *ask.Formula) *wording {
	u := f.Last
	w := &wording{Speakers: u.Speakers, Release: v.byID[u.Release], ID: u.Statement, Text: u.Text, Past: formulaPast(f)}
	start := strings.Index(u.Sentence, u.Text)
	if start < 0 {
		return nil // a statement is quoted with its own words
	}
	if len(u.Text) < len(strings.TrimRight(u.Sentence, ".;")) {
		w.Sentence = u.Sentence
	}
	if n := len(f.Missing); n > 0 && u.Day.Before(f.Missing[n-1].Day) {
		w.Gone = "missing on " + longDay(f.Missing[n-1].Day) + ", though expected"
	}
	w.Pieces = v.aged(w.Release, u.Statement, start, start+len(u.Text))
	return w
}

// formulaPast tells in a sentence how long a formula has been said and what moved last.
func formulaPast(f *ask.Formula) string {
	out := "Said in " + count(len(f.Uses), "text") + " since " + longDay(f.First.Day)
	for i := len(f.Uses) - 1; i > 0; i-- {
		if u := &f.Uses[i]; u.Change != "same" {
			out += "; " + string(u.Change) + " on " + longDay(u.Day)
			if u.Because != "" {
				out += " (" + u.Because + ")"
			}
			return out + "."
		}
	}
	return out + ", always in these words."
}

// aged returns the words from one byte of a statement to another, cut by the meeting at
// which they were first said.
func (v *volume) aged(r *timeline.Release, id string, from, to int) []blamedPiece {
	var out []blamedPiece
	for _, b := range v.blame(r) {
		if b.Statement.ID != id {
			continue
		}
		at := 0
		for _, p := range b.Pieces {
			start, end := max(from-at, 0), min(to-at, len(p.Text))
			at += len(p.Text)
			if start >= end {
				continue
			}
			p.Text = p.Text[start:end]
			out = append(out, v.blamedPiece(r, p))
		}
	}
	return out
}

// blamedPiece says how old a run of words of a release is.
func (v *volume) blamedPiece(now *timeline.Release, p diff.Piece) blamedPiece {
	return blamedPiece{Piece: p, Here: p.Release.ID == now.ID, Href: statementHref(p.Statement), Age: v.age(now, p.Release)}
}
