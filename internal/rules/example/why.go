package example

import (
	"cmp"
	"slices"
	"strings"

	"readout/internal/letters"
	"readout/internal/rules"
	"readout/internal/rules/list"
)

// Decision is an answer and the rules it rests on: those without which it is another.
type Decision struct {
	What, Value string
	Rules       []list.Line // in their order
}

// Question is one thing to be told of a text.
type Question struct {
	What string
	// Near are texts in which the words of the rules stand that may decide.
	Near []string
	// Files are the rule files that may decide.
	Files []string
	// Answer answers by the given rules.
	Answer func(*rules.Rules) string
}

// The files that may decide who speaks by which act, on which issue, on which day.
var (
	ActFiles     = []string{"acts.tsv", "persons.tsv", "english.tsv", "tongues.tsv"}
	SpeakerFiles = append(slices.Clip(ActFiles), "parties.tsv", "names.tsv", "offices.txt", "notparties.txt")
	TopicFiles   = []string{"issues.tsv", "issues_tongues.tsv", "topics.txt", "headings.txt", "wrappers.txt", "relations.txt",
		"frames.txt", "protocol.txt"}
	DayFiles = []string{"calendar.tsv", "words.txt", "events.tsv"}
)

// Why answers questions and finds the rules each answer rests on. An answer that would be
// the same without any one rule rests on none.
func Why(r *rules.Rules, questions []Question) []Decision {
	var out []Decision
	for _, q := range questions {
		value := q.Answer(r)
		d := Decision{What: q.What, Value: cmp.Or(value, "-")}
		var may []list.Line
		for _, file := range q.Files {
			for _, l := range r.Book().Lines(file) {
				if speaksOf(l, q.Near) {
					may = append(may, l)
				}
			}
		}
		d.Rules = deciding(may, func(lines []list.Line) bool {
			places := make([]list.Place, len(lines))
			for i, l := range lines {
				places[i] = l.Place
			}
			return q.Answer(r.Without(places...)) != value
		})
		out = append(out, d)
	}
	return out
}

// deciding returns the lines each of which decides, in their order. Lines that decide
// nothing together are passed over together.
func deciding(lines []list.Line, decide func([]list.Line) bool) []list.Line {
	if len(lines) == 0 || !decide(lines) {
		return nil
	}
	if len(lines) == 1 {
		return lines
	}
	half := len(lines) / 2
	return append(deciding(lines[:half], decide), deciding(lines[half:], decide)...)
}

// speaksOf reports whether a rule has a word that may stand in one of the texts. Words are
// inflected, and in patterns they are cut off, so that two thirds of a word are enough.
func speaksOf(l list.Line, texts []string) bool {
	for _, w := range letters.Words(l.Text) {
		rs := []rune(w.Folded)
		if len(rs) < 2 {
			continue
		}
		stem := string(rs[:max(2, len(rs)*2/3)])
		for _, text := range texts {
			if at := strings.Index(text, stem); at >= 0 && begins(text, at) {
				return true
			}
		}
	}
	return false
}

// begins reports whether a word begins at a place of a folded text; in scripts without
// spaces one may begin anywhere.
func begins(text string, at int) bool {
	if at == 0 || strings.ContainsFunc(text[at:at+1], func(r rune) bool { return r >= 0x80 }) {
		return true
	}
	return text[at-1] == ' '
}

// Fold returns a text as [Question.Near] has it: folded words with a space between.
func Fold(text string) string {
	var out []string
	for _, w := range letters.Words(text) {
		out = append(out, w.Folded)
	}
	return strings.Join(out, " ")
}

// WhyText answers who says a text, by which act, on which issue and on which day, as that
// of the only statement of a release of Norway after talks with Uruguay; a text of several
// lines is a release.
func WhyText(r *rules.Rules, text string) []Decision {
	near := []string{Fold(text)}
	ask := func(key string) func(*rules.Rules) string {
		return func(r *rules.Rules) string {
			got, err := (&trial{rules: r, text: text}).answer(list.Want{Key: key})
			if err != nil {
				return err.Error()
			}
			return got
		}
	}
	return Why(r, []Question{
		{"act", near, ActFiles, ask("act")},
		{"speakers", near, SpeakerFiles, ask("speakers")},
		{"topic", near, TopicFiles, ask("topic")},
		{"held", near, DayFiles, ask("held")},
	})
}
