package example

import (
	"golang.org/x/text/encoding/htmlindex"

	"readout/internal/document"
)

// encoding writes the text in an encoding, and returns in which one it is read when
// nothing is declared.
func (t *trial) encoding(name string) (string, error) {
	e, err := htmlindex.Get(name)
	if err != nil {
		return "", err
	}
	data, err := e.NewEncoder().Bytes([]byte(t.text))
	if err != nil {
		return "", err
	}
	_, got, _ := document.Decode(data, document.Options{Words: t.rules.Furniture()})
	return got, nil
}
