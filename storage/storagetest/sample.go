package storagetest

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"readout/storage"
	"readout/timeline"
)

// Sample is one invented document with everything that a store keeps of it.
type Sample struct {
	Capture storage.Capture
	Data    []byte
	Reading *storage.Reading
	Terms   [][]string // of each statement
	Entry   *storage.Entry
}

// Samples invents n documents with some number of statements, 30 for 5 KB of text.
// The same numbers and seed give the same documents. Words come from a list of 5,000
// with the frequencies of prose (Zipf).
func Samples(n, statements int, seed uint64) []*Sample {
	zipf := rand.NewZipf(rand.New(rand.NewPCG(seed, 1)), 1.1, 3, 4999)
	out := make([]*Sample, n)
	for i := range out {
		out[i] = sample(i, statements, zipf)
	}
	return out
}

func sample(i, statements int, zipf *rand.Zipf) *Sample {
	const words = 25
	at := time.Date(2031, 1, 1+i, 9, 0, 0, 0, time.UTC)
	r := &timeline.Release{
		Title: fmt.Sprintf("Meeting %d", i), Held: timeline.DateOf(at), Kind: timeline.KindMeeting, Language: "en", CapturedAt: at,
		Parties: []timeline.Party{"AA", "BB"}, Series: "AA-BB", Sections: []timeline.Section{{Number: "1", Heading: "Talks", Depth: 1}},
	}
	s := &Sample{}
	var text strings.Builder
	for n := range statements {
		terms := make([]string, words)
		for w := range terms {
			terms[w] = fmt.Sprintf("word%04d", zipf.Uint64())
		}
		start := text.Len()
		text.WriteString(strings.Join(terms, " "))
		r.Statements = append(r.Statements, timeline.Statement{
			ID: fmt.Sprintf("#%d", n+1), Path: []string{"1"}, Text: text.String()[start:], Start: start, End: text.Len(),
			Speakers: []timeline.Party{"AA"}, Act: timeline.ActState, Verb: "state", Topics: []string{},
		})
		text.WriteString("\n\n")
		s.Terms = append(s.Terms, terms)
	}
	r.Text = text.String()
	s.Data = []byte(r.Text)
	hash := storage.HashOf(s.Data)
	r.SHA256 = hash.String()
	s.Capture = storage.Capture{SHA256: hash, CapturedAt: at, Name: fmt.Sprintf("%d.txt", i)}
	s.Reading = &storage.Reading{Revision: 1, Facts: json.RawMessage(`{"print":"x"}`), Release: r}
	copy(s.Reading.Key[:], hash[:])
	s.Entry = entryOf(fmt.Sprintf("release-%06d", i), s.Reading)
	return s
}

// entryOf is the catalogue entry of a release with one version.
func entryOf(id string, r *storage.Reading) *storage.Entry {
	head := *r.Release
	head.ID, head.Participants, head.Sections, head.Statements, head.Text = id, nil, nil, nil, ""
	return &storage.Entry{ID: id, Identity: "id:" + id, Head: head, Current: 1, Versions: []storage.Version{{
		Number: 1, Fingerprint: "x", Reading: r.Key, Sightings: []storage.Sighting{{At: r.Release.CapturedAt, Reading: r.Key}},
	}}}
}

// Put keeps samples as an ingest does.
func Put(w storage.Writer, samples ...*Sample) error {
	for _, s := range samples {
		_, err := w.AddCapture(s.Capture, s.Data)
		err = errors.Join(err, w.PutReading(s.Reading, s.Terms), w.PutEntry(s.Entry))
		if err != nil {
			return err
		}
	}
	return nil
}
