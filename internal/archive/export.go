package archive

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"readout/internal/reading"
	"readout/storage"
	"readout/timeline"
)

// exportSchema heads an export; its number rises when a line changes its meaning.
const exportSchema = "readout.export/1"

// line is one line of an export. Captures, withdrawals, curation and marks are what
// Import takes; releases and topics are answers, for other programs to read.
type line struct {
	Type    string           `json:"type"` // header, capture, withdrawal, curation, mark, release, topics
	Schema  string           `json:"schema,omitempty"`
	Rules   int              `json:"rules,omitempty"` // revision of the rules of reading
	Capture *storage.Capture `json:"capture,omitempty"`
	Data    []byte           `json:"data,omitempty"` // the captured bytes, base64
	// Received is when the store took the capture in. Only a repair writes and believes it:
	// whoever imports has received a capture then, and an export does not depend on order.
	Received   time.Time           `json:"received,omitzero"`
	Withdrawal *storage.Withdrawal `json:"withdrawal,omitempty"`
	Series     timeline.SeriesID   `json:"series,omitempty"`
	Kind       string              `json:"kind,omitempty"`
	Value      json.RawMessage     `json:"value,omitempty"`
	Name       string              `json:"name,omitempty"`
	// After holds, for a mark, the captures that came after it.
	After   []storage.Capture `json:"after,omitempty"`
	Release *timeline.Release `json:"release,omitempty"`
	Text    string            `json:"text,omitempty"`
	Topics  []timeline.Topic  `json:"topics,omitempty"`
}

// Export writes everything as JSON Lines, captured bytes included: first what
// [Archive.Import] needs, then every version of every release and the topics of
// every series as they are read now. The lines depend on what is kept, not on the
// order in which it came in.
func (a *Archive) Export(ctx context.Context, w io.Writer) error {
	if _, err := a.refreshViews(ctx, keepWait, nil); err != nil {
		return err
	}
	buf := bufio.NewWriter(w)
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(line{Type: "header", Schema: exportSchema, Rules: reading.Revision}); err != nil {
		return err
	}
	err := a.view(ctx, func(r storage.Reader) error {
		if err := exportPrimary(r, enc); err != nil {
			return err
		}
		return a.exportAnswers(ctx, r, enc)
	})
	return errors.Join(err, buf.Flush())
}

func exportPrimary(r storage.Reader, enc *json.Encoder) error {
	var last storage.Hash
	for c, err := range r.Captures() {
		if err != nil {
			return err
		}
		l := line{Type: "capture", Capture: &c}
		if c.SHA256 != last { // the bytes go with their first capture
			if l.Data, err = r.Blob(c.SHA256); err != nil {
				return err
			}
			last = c.SHA256
		}
		if err := enc.Encode(l); err != nil {
			return err
		}
	}
	return exportRest(r, enc)
}

// exportRest writes what is primary beside the captures.
func exportRest(r storage.Reader, enc *json.Encoder) error {
	for w, err := range r.Withdrawals() {
		if err != nil {
			return err
		}
		if err := enc.Encode(line{Type: "withdrawal", Withdrawal: w}); err != nil {
			return err
		}
	}
	for c, err := range r.Curations() {
		if err != nil {
			return err
		}
		if err := enc.Encode(line{Type: "curation", Series: c.Series, Kind: c.Kind, Value: c.Value}); err != nil {
			return err
		}
	}
	return exportMarks(r, enc)
}

func exportMarks(r storage.Reader, enc *json.Encoder) error {
	marks, err := r.Marks()
	if err != nil {
		return err
	}
	for _, name := range sortedKeys(marks) {
		l := line{Type: "mark", Name: name}
		for e, err := range r.Log(marks[name]) {
			if err != nil {
				return err
			}
			if e.Kind == storage.CaptureAdded {
				l.After = append(l.After, e.Capture)
			}
		}
		if err := enc.Encode(l); err != nil {
			return err
		}
	}
	return nil
}

// exportAnswers writes versions that are no longer current in order of id, then series
// by series the current ones and the topics. No more than one series is held at a time.
func (a *Archive) exportAnswers(ctx context.Context, r storage.Reader, enc *json.Encoder) error {
	for e, err := range r.Entries("") {
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		for i := range e.Versions {
			if i+1 == e.Current {
				continue
			}
			rel, err := load(r, e, &e.Versions[i])
			if err != nil {
				return err
			}
			rel.NameStatements(fmt.Sprintf("%s@v%d", e.ID, i+1))
			if err := enc.Encode(line{Type: "release", Release: rel, Text: rel.Text}); err != nil {
				return err
			}
		}
	}
	for row, err := range r.SeriesRows() {
		if err != nil {
			return err
		}
		if err := errors.Join(ctx.Err(), a.exportSeries(r, enc, row.ID)); err != nil {
			return err
		}
	}
	return nil
}

func (a *Archive) exportSeries(r storage.Reader, enc *json.Encoder, series timeline.SeriesID) error {
	releases, err := loadSeries(r, series, time.Time{})
	if err != nil {
		return err
	}
	var topics []timeline.Topic
	if series != "" {
		t, _, err := a.linked(r, series, releases)
		if err != nil {
			return err
		}
		topics = t.Topics
	}
	for _, rel := range releases {
		if err := enc.Encode(line{Type: "release", Release: rel, Text: rel.Text}); err != nil {
			return err
		}
	}
	return enc.Encode(line{Type: "topics", Series: series, Topics: topics})
}

// captureName is equal for equal rows.
func captureName(c storage.Capture) string {
	b, err := json.Marshal(c)
	if err != nil {
		return ""
	}
	return string(b)
}
