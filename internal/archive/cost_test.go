package archive_test

import (
	"math"
	"testing"

	"readout/internal/document"
	"readout/internal/document/documenttest"
	"readout/internal/reading"
	"readout/internal/rules"
)

var extract = rules.Default().Extract()

// read reads a document; an error is an answer too.
func read(name, data string) {
	if doc, err := document.Parse(name, []byte(data), document.Options{}); err == nil {
		reading.Release(doc, extract, reading.Overrides{})
	}
}

// TestCostOfHostileDocuments: what a document is read into costs in proportion to its length,
// whatever its shape: a byte of a document four times as long takes no more than twice the
// memory, unless that is little still, and never more than so much. [TestWorkOfHostileDocuments] is about
// what takes time without memory.
func TestCostOfHostileDocuments(t *testing.T) {
	if testing.Short() {
		t.Skip("reads hostile documents")
	}
	const size = 16 << 10
	const usual, most = 700, 3000 // bytes for each of the document
	allocated := func(name, data string) float64 {
		return documenttest.Allocated(t, func() { read(name, data) })
	}
	once, more := documenttest.Hostile(size), documenttest.Hostile(4*size)
	for name := range once {
		read(name, once[name]) // what is made on first use
		read(name, more[name])
		a, b := allocated(name, once[name]), allocated(name, more[name])
		short, long := a/float64(len(once[name])), b/float64(len(more[name]))
		if long > most || long > 2*short && long > usual {
			t.Errorf("%s: %.0f bytes for each of the document, and %.0f where it is four times as long", name, short, long)
		}
	}
}

// TestWorkOfHostileDocuments: a byte of a document takes as much work whether the document, or each
// sentence of it, is short or four times as long. Work is processor time of one thread; the least of
// several runs is compared, so that other work beside it does not show.
func TestWorkOfHostileDocuments(t *testing.T) {
	if testing.Short() {
		t.Skip("reads hostile documents")
	}
	const size = 16 << 10
	grown(t, "document", documenttest.Hostile(size/4), documenttest.Hostile(size), 2.5)
	grown(t, "sentence", documenttest.Sentences(4*size, 1000), documenttest.Sentences(4*size, 4000), 2.5)
	grown(t, "list of persons", documenttest.People(2*size), documenttest.People(8*size), 2.5)
}

// grown fails for documents of which a byte takes so many times as much work where something is four times as long.
func grown(t *testing.T, what string, short, long map[string]string, most float64) {
	t.Helper()
	const runs = 5
	const little = 2.5 // seconds a MB that nobody minds
	for name := range short {
		read(name, short[name]) // what is made on first use
		a, b := math.Inf(1), math.Inf(1)
		for range runs {
			a = min(a, work(t, name, short[name]))
			b = min(b, work(t, name, long[name]))
			if b <= max(little, most*a) {
				break
			}
		}
		if b > max(little, most*a) {
			t.Errorf("%s: %.1f s a MB, and %.1f where the %s is four times as long", name, a, b, what)
		}
	}
}

// work returns how many seconds of work a MB of a document takes.
func work(t *testing.T, name, data string) float64 {
	return documenttest.Worked(t, func() { read(name, data) }).Seconds() / float64(len(data)) * (1 << 20)
}
