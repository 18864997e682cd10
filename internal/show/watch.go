package show

import (
	"fmt"
	"io"

	"readout/internal/ask"
)

// writeWatches writes the watches as a table.
func writeWatches(w io.Writer, s Style, x *ask.Watches) error {
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
