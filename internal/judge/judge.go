// Package judge puts to a model the questions that the rules leave in doubt: whether two
// topics that are proposed for one are one. What it answers is a verdict, to be kept as a
// [timeline.Judgement]; no other answer of readout is ever made by a model.
//
// [Questions] makes the questions of a series, and [Model.Ask] puts one to an endpoint that
// speaks the chat completions of OpenAI, as the usual servers of local models do.
package judge

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"strings"

	"readout/timeline"
)

// instruction is what every model is told first.
//
//go:embed question.txt
var instruction string

// maxQuoted is how many statements of a topic the model is shown. They are the first ones of
// the series, so that a new release seldom makes another question.
const maxQuoted = 4

// maxQuote bounds a quoted statement, in bytes.
const maxQuote = 600

// Question is one pair in doubt.
type Question struct {
	A, B timeline.Topic
	Text string // what the model is shown of them
}

// SHA256 names the question with the instruction before it, in hexadecimal digits.
func (q Question) SHA256() string { return hash(instruction, q.Text) }

// hash returns the SHA-256 of texts, each ended by a zero byte, in hexadecimal digits.
func hash(texts ...string) string {
	h := sha256.New()
	for _, t := range texts {
		h.Write(append([]byte(t), 0))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Questions returns a question for every pair of topics that are proposed for one, in the order
// of the proposals. The topics must be those without judgements.
func Questions(t *timeline.Topics) []Question {
	var out []Question
	for _, p := range t.Proposals() {
		a, _ := t.Get(p.A)
		b, _ := t.Get(p.B)
		var text strings.Builder
		quote(&text, t, "First topic", a)
		quote(&text, t, "Second topic", b)
		out = append(out, Question{A: a, B: b, Text: text.String()})
	}
	return out
}

// quote writes a topic with its first statements.
func quote(w *strings.Builder, t *timeline.Topics, what string, x timeline.Topic) {
	fmt.Fprintf(w, "%s: %s\n", what, x.Name)
	left := maxQuoted
	for _, r := range t.Releases() {
		for _, st := range r.Statements {
			if left > 0 && st.On(x.ID) {
				fmt.Fprintf(w, "- %s: %s\n", r.Day(), cut(st.Text))
				left--
			}
		}
	}
	w.WriteString("\n")
}

// cut returns a text without what is beyond maxQuote, which is never half a letter.
func cut(text string) string {
	if len(text) <= maxQuote {
		return text
	}
	return strings.ToValidUTF8(text[:maxQuote], "") + " …"
}
