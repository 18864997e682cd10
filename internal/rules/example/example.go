// Package example runs the examples of rule files, and says which rules an answer rests on.
//
// Both go by one idea: what comes out of a text is asked of the rules, and asked again of
// the rules without some of their lines. A rule decides an answer if the answer is another
// one without it.
package example

import (
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"readout/diff"
	"readout/diff/formula"
	"readout/internal/document"
	"readout/internal/letters"
	"readout/internal/reading"
	"readout/internal/reading/names"
	"readout/internal/rules"
	"readout/internal/rules/list"
	"readout/timeline"
)

// Failure is something that should have come out of an example and did not.
type Failure struct {
	list.Example
	Key       string // what
	Want, Got string
}

// Run returns what does not come out of an example as it should, nil where all does. Of an
// example with several forms one must come out; else the failures of the first are told.
func Run(r *rules.Rules, x list.Example) []Failure {
	failed := run(r, x)
	for _, form := range x.Forms {
		if len(failed) == 0 || len(run(r, form)) == 0 {
			return nil
		}
	}
	return failed
}

// run runs one form of an example.
func run(r *rules.Rules, x list.Example) []Failure {
	t := &trial{rules: r, text: x.Text}
	var out []Failure
	if x.Text == "" {
		return []Failure{{x, "form", "an example", "none that can be made of it"}}
	}
	for _, want := range x.Want {
		if want.Key == "in" {
			t.language = want.Value
			continue
		}
		got, err := t.answer(want)
		if err != nil {
			got = err.Error()
		}
		if got != want.Value {
			out = append(out, Failure{x, want.Key, want.Value, got})
		}
	}
	return out
}

// RunAll runs every example of the rule files, several at a time, and returns how many
// there are and what failed, in their order.
func RunAll(r *rules.Rules) (n int, failed []Failure) {
	var all []list.Example
	for _, g := range list.Grammars() {
		all = append(all, Of(r.Book(), g.File)...)
	}
	found := make([][]Failure, len(all))
	next := make(chan int)
	var running sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		running.Go(func() {
			for i := range next {
				found[i] = Run(r, all[i])
			}
		})
	}
	for i := range all {
		next <- i
	}
	close(next)
	running.Wait()
	return len(all), slices.Concat(found...)
}

// trial is a text on which the rules are tried.
type trial struct {
	rules    *rules.Rules
	text     string
	language string // that it is said to be in, "" where the text tells
	later    int    // years after the first of a series
	read     *timeline.Release
}

// questions are what can be asked of a text that is read as a release.
var questions = map[string]func(t *trial) string{
	"title":      func(t *trial) string { return t.read.Title },
	"kind":       func(t *trial) string { return string(t.read.Kind) },
	"level":      func(t *trial) string { return string(t.read.Level) },
	"held":       func(t *trial) string { return t.read.Held.String() },
	"published":  func(t *trial) string { return t.read.Published.String() },
	"place":      func(t *trial) string { return t.read.Place },
	"occasion":   func(t *trial) string { return t.read.Occasion },
	"language":   func(t *trial) string { return t.read.Language },
	"issuer":     func(t *trial) string { return string(t.read.Issuer) },
	"parties":    func(t *trial) string { return Codes(t.read.Parties) },
	"statements": func(t *trial) string { return strconv.Itoa(len(t.read.Statements)) },
	"statement":  func(t *trial) string { return t.last().Text },
	"act":        func(t *trial) string { return string(t.last().Act) },
	"verb":       func(t *trial) string { return t.last().Verb },
	"speakers":   func(t *trial) string { return Codes(t.last().Speakers) },
	"people":     func(t *trial) string { return t.people() },
	"roles":      func(t *trial) string { return t.roles() },
	"topic":      (*trial).topic,
	"lane": func(t *trial) string {
		return timeline.NewLanes([]*timeline.Release{t.read}, t.rules.WordLists()).Of(t.read).String()
	},
	"text": func(t *trial) string { return strings.ReplaceAll(t.read.Text, "\n", " ") },
}

// answer returns what comes out, written as in an example: "-" for nothing.
func (t *trial) answer(want list.Want) (string, error) {
	var got string
	var err error
	if ask, ok := questions[want.Key]; ok {
		if err = t.release(); err == nil {
			got = ask(t)
		}
	} else if ask, ok := others[want.Key]; ok {
		got, err = ask(t, want.Value)
	} else {
		err = fmt.Errorf("nothing is known of %q", want.Key)
	}
	if got == "" && err == nil {
		got = "-"
	}
	return got, err
}

// release reads the text once. One of a single line is a statement of Norway after talks
// with Uruguay; a longer one is a whole document.
func (t *trial) release() error {
	if t.read != nil {
		return nil
	}
	name, o := "example.txt", reading.Overrides{ID: "example"}
	if strings.HasPrefix(t.text, "<") {
		name = "example.html"
	} else if !strings.Contains(t.text, "\n") {
		o.Parties, o.Issuer = []timeline.Party{"NO", "UY"}, "NO"
		o.Held = timeline.DateOf(time.Date(2041+t.later, time.March, 4, 0, 0, 0, 0, time.UTC))
	}
	doc, err := document.Parse(name, []byte(t.text+"\n"), document.Options{Words: t.rules.Furniture()})
	if err != nil {
		return err
	}
	if t.language != "" {
		doc.Meta.Language = t.language
	}
	t.read = reading.Release(doc, t.rules.Extract(), o)
	return nil
}

// last returns the last statement of the release.
func (t *trial) last() timeline.Statement {
	if n := len(t.read.Statements); n > 0 {
		return t.read.Statements[n-1]
	}
	return timeline.Statement{}
}

// roles returns what the lines of the release are that are no statements.
func (t *trial) roles() string {
	var out []string
	for _, l := range t.read.Lines {
		out = append(out, string(l.Role))
	}
	return strings.Join(slices.Compact(out), ", ")
}

// people returns who takes part, each with the code of the party.
func (t *trial) people() string {
	var out []string
	for _, p := range t.read.Participants {
		out = append(out, strings.TrimSpace(p.Name+" "+string(p.Party)))
	}
	return strings.Join(out, ", ")
}

// on returns the topic that is hoped for, where the last statement is under it beside
// others, and else all of its topics.
func (t *trial) on(want string) (string, error) {
	if err := t.release(); err != nil {
		return "", err
	}
	all := t.topic()
	if slices.Contains(strings.Split(all, ", "), want) {
		return want, nil
	}
	return all, nil
}

// topic returns the names of the topics of the last statement. What is said once makes no
// topic: the text is taken for that of three meetings.
func (t *trial) topic() string {
	again := &trial{rules: t.rules, text: strings.Repeat(t.text+"||", 2) + t.text, language: t.language}
	topics := timeline.Link(again.series(), timeline.LinkOptions{Issues: t.rules.Issues(), Words: t.rules.WordLists()})
	var names []string
	for _, id := range topics.Of(strings.Replace(t.last().ID, "example", "example-3", 1)) {
		if x, ok := topics.Get(id); ok {
			names = append(names, x.Name)
		}
	}
	return strings.Join(names, ", ")
}

// others are what can be asked of a text that is no release. They are told what is hoped
// for, which some need in order to ask.
var others = map[string]func(t *trial, want string) (string, error){
	"names":    func(t *trial, _ string) (string, error) { return t.names(), nil },
	"on":       (*trial).on,
	"region":   func(t *trial, _ string) (string, error) { return t.region(), nil },
	"host":     func(t *trial, _ string) (string, error) { return string(t.rules.Extract().Gazetteer.Host(t.text)), nil },
	"standing": func(t *trial, _ string) (string, error) { return t.standing(""), nil },
	"heading":  func(t *trial, _ string) (string, error) { return t.standing(long), nil },
	"day":      func(t *trial, _ string) (string, error) { return t.day() },
	"relative": func(t *trial, _ string) (string, error) { return t.relative() },
	"link":     func(t *trial, _ string) (string, error) { return t.link(), nil },
	"next":     func(t *trial, _ string) (string, error) { return t.next(), nil },
	"address":  func(t *trial, _ string) (string, error) { return t.address(), nil },
	"encoding": (*trial).encoding,
	"function": func(t *trial, _ string) (string, error) { return yes(t.rules.Lexicon().Function(t.text)), nil },
	"idle": func(t *trial, _ string) (string, error) {
		return yes(t.rules.Lexicon().Idle(letters.PlainWords(t.text))), nil
	},
	"done": func(t *trial, _ string) (string, error) {
		return yes(t.rules.Lexicon().Done(letters.PlainWords(t.text))), nil
	},
	"common":  func(t *trial, _ string) (string, error) { return yes(t.rules.Lexicon().Common(t.text)), nil },
	"shift":   func(t *trial, _ string) (string, error) { return t.shift(), nil },
	"marks":   func(t *trial, _ string) (string, error) { return t.marks(), nil },
	"formula": func(t *trial, _ string) (string, error) { return t.formula(), nil },
	"stock":   func(t *trial, _ string) (string, error) { return t.stock(), nil },
}

// names returns the parties that the text names.
func (t *trial) names() string {
	var out []timeline.Party
	for _, m := range t.rules.Extract().Gazetteer.In(t.language).Find(t.text) {
		out = append(out, m.Party)
	}
	return Codes(out)
}

// region returns the part of the world that the party whose code the text is lies in.
func (t *trial) region() string {
	for _, r := range names.Regions(t.rules.Book()) {
		if slices.Contains(r.Parties, timeline.Party(t.text)) {
			return r.Name
		}
	}
	return ""
}

// changes compares the two texts around "||" as those of two meetings; nil where there are
// not two.
func (t *trial) changes() []diff.Change {
	rs := t.series()
	if len(rs) != 2 {
		return nil
	}
	o := t.rules.Diff()
	o.Cause = diff.Position
	return diff.Compare(rs[0], rs[1], o).Changes
}

// shift returns how a statement is held more or less firmly than the one before "||".
func (t *trial) shift() string {
	var out []string
	for _, c := range t.changes() {
		for _, s := range c.Shifts {
			out = append(out, fmt.Sprintf("%s %s: %s → %s", s.Kind, s.Scale, s.From, s.To))
		}
	}
	return strings.Join(out, ", ")
}

// marks returns the kinds of the small edits that are often the news.
func (t *trial) marks() string {
	var out []string
	for _, c := range t.changes() {
		for _, m := range c.Marks {
			out = append(out, string(m.Kind))
		}
	}
	return strings.Join(out, " ")
}

// formula returns what became of a formula in its last use.
func (t *trial) formula() string {
	found := formula.Find(t.series(), formula.Options{Diff: t.rules.Diff(), Qualifiers: t.rules.Qualifiers()})
	if len(found) == 0 {
		return ""
	}
	uses := found[0].Uses
	return string(uses[len(uses)-1].Change)
}

// stock returns the stock phrases of the texts.
func (t *trial) stock() string {
	var out []string
	for _, turn := range timeline.Stock(t.series(), timeline.StockOptions{Uses: 3, Words: t.rules.WordLists()}) {
		for _, c := range turn.Appeared {
			out = append(out, c.Phrase.Text)
		}
	}
	return strings.Join(out, ", ")
}

// series reads texts that are parted by "||" as statements of releases a year apart.
func (t *trial) series() []*timeline.Release {
	var out []*timeline.Release
	for text := range strings.SplitSeq(t.text, "||") {
		one := &trial{rules: t.rules, text: strings.TrimSpace(text), language: t.language, later: len(out)}
		if one.release() != nil {
			return nil
		}
		one.read.Name(fmt.Sprintf("example-%d", len(out)+1))
		out = append(out, one.read)
	}
	return out
}

// Codes writes the codes of parties with a space between.
func Codes(parties []timeline.Party) string {
	out := make([]string, len(parties))
	for i, p := range parties {
		out[i] = string(p)
	}
	return strings.Join(out, " ")
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}
