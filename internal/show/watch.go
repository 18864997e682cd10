package show

import (
	"fmt"
	"io"

	"readout/internal/ask/news"
)

// Watches is the answer of "watch".
type Watches struct {
	Schema  string  `json:"schema"` // "readout.watches/1"
	Watches []Watch `json:"watches"`
}

// Watch is a filter kept under a name.
type Watch struct {
	Name   string      `json:"name"`
	Filter news.Filter `json:"filter"`
}

// NewWatches returns the watches, in their order, as an answer.
func NewWatches(ws []Watch) *Watches { return &Watches{Schema: "readout.watches/1", Watches: some(ws)} }

// Lines returns the watches.
func (x *Watches) Lines() []any { return lines(x.Watches) }

// Text writes the watches as a table.
func (x *Watches) Text(w io.Writer, s Style) error {
	if len(x.Watches) == 0 {
		return nil
	}
	columns := []column{{head: "WATCH", ink: bold}, {head: "SERIES"}, {head: "TOPIC", shrink: 12}, {head: "PHRASE", shrink: 12}, {head: "KINDS"}, {head: "WORDS", right: true}}
	var rows [][]string
	for _, x := range x.Watches {
		kinds, least := "", ""
		for i, k := range x.Filter.Kinds {
			if i > 0 {
				kinds += ","
			}
			kinds += string(k)
		}
		if x.Filter.MinWords > 0 {
			least = fmt.Sprintf("≥ %d", x.Filter.MinWords)
		}
		rows = append(rows, []string{x.Name, string(x.Filter.Series), x.Filter.Topic, x.Filter.Phrase, kinds, least})
	}
	return writeTable(w, s, columns, rows)
}
