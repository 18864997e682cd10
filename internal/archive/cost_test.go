package archive_test

import (
	"testing"

	"readout/internal/document"
	"readout/internal/document/documenttest"
	"readout/internal/reading"
	"readout/internal/rules"
)

// TestCostOfHostileDocuments: what a document is read into costs in proportion to its length,
// whatever its shape: a byte of a document four times as long takes no more than twice the
// memory, unless that is little still, and never more than so much. What takes time out of all
// proportion without memory does not end before the time-out of the tests.
func TestCostOfHostileDocuments(t *testing.T) {
	if testing.Short() {
		t.Skip("reads hostile documents")
	}
	const size = 16 << 10
	const usual, most = 700, 3000 // bytes for each of the document
	extract := rules.Default().Extract()
	allocated := func(name, data string) float64 {
		return documenttest.Allocated(t, func() {
			if doc, err := document.Parse(name, []byte(data), document.Options{}); err == nil { // an error is an answer too
				reading.Release(doc, extract, reading.Overrides{})
			}
		})
	}
	once, more := documenttest.Hostile(size), documenttest.Hostile(4*size)
	for name := range once {
		allocated(name, once[name]) // what is made on first use
		a, b := allocated(name, once[name]), allocated(name, more[name])
		short, long := a/float64(len(once[name])), b/float64(len(more[name]))
		if long > most || long > 2*short && long > usual {
			t.Errorf("%s: %.0f bytes for each of the document, and %.0f where it is four times as long", name, short, long)
		}
	}
}
