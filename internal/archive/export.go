package archive

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"readout/internal/reading"
	"readout/storage"
	"readout/timeline"
)

// exportSchema heads an export; its number rises when a line changes its meaning.
const exportSchema = "readout.export/1"

// line is one line of an export. Captures, events, curation and marks are what
// Import takes; releases and topics are answers, for other programs to read.
type line struct {
	Type    string            `json:"type"` // header, capture, event, curation, mark, release, topics
	Schema  string            `json:"schema,omitempty"`
	Rules   int               `json:"rules,omitempty"` // revision of the rules of reading
	Capture *storage.Capture  `json:"capture,omitempty"`
	Data    []byte            `json:"data,omitempty"` // the captured bytes, base64
	Series  timeline.SeriesID `json:"series,omitempty"`
	Kind    string            `json:"kind,omitempty"`
	Value   json.RawMessage   `json:"value,omitempty"`
	Name    string            `json:"name,omitempty"`
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

// Import adds what an export holds to the archive and reads it by the present
// rules. Into a fresh archive it gives the same answers as the one exported. It
// returns how many captures were new.
func (a *Archive) Import(ctx context.Context, in io.Reader) (int, error) {
	im := &importer{archive: a, data: map[storage.Hash][]byte{}}
	dec := json.NewDecoder(bufio.NewReader(in))
	var marks []line
	for n := 1; ; n++ {
		var l line
		if err := dec.Decode(&l); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return im.added, fmt.Errorf("import, line %d: %v", n, err)
		}
		if n == 1 && (l.Type != "header" || l.Schema != exportSchema) {
			return 0, fmt.Errorf("import: the input is not a %s file", exportSchema)
		}
		var err error
		switch l.Type {
		case "capture":
			err = im.capture(ctx, l)
		case "curation":
			err = im.curation(ctx, l)
		case "mark":
			marks = append(marks, l)
		}
		if err != nil {
			return im.added, fmt.Errorf("import, line %d: %w", n, err)
		}
	}
	if err := im.flush(ctx); err != nil {
		return im.added, fmt.Errorf("import: %w", err)
	}
	if err := mergeIn(ctx, a.db); err != nil {
		return im.added, fmt.Errorf("import: %w", err)
	}
	if err := im.marks(ctx, marks); err != nil {
		return im.added, err
	}
	return im.added, a.tidyAfter(ctx, im.added)
}

// importer collects captures into batches.
type importer struct {
	archive *Archive
	rows    []storage.Capture
	data    map[storage.Hash][]byte
	size    int
	added   int
	last    struct {
		hash storage.Hash
		data []byte
	}
}

func (im *importer) capture(ctx context.Context, l line) error {
	if l.Capture == nil {
		return errors.New("a capture line without a capture")
	}
	if l.Data != nil || l.Capture.SHA256 == storage.HashOf(nil) {
		im.last.hash, im.last.data = l.Capture.SHA256, l.Data
	}
	if im.last.hash != l.Capture.SHA256 {
		return fmt.Errorf("the bytes of capture %s are missing", l.Capture.SHA256)
	}
	im.rows = append(im.rows, *l.Capture)
	im.data[l.Capture.SHA256] = im.last.data
	if im.size += len(l.Data); len(im.rows) >= batchCount || im.size >= batchBytes {
		return im.flush(ctx)
	}
	return nil
}

func (im *importer) flush(ctx context.Context) error {
	if len(im.rows) == 0 {
		return nil
	}
	made, err := im.readAhead(ctx)
	if err != nil {
		return err
	}
	err = im.archive.db.Update(ctx, func(w storage.Writer) error {
		var touched []storage.Hash
		for _, c := range im.rows {
			added, err := w.AddCapture(c, im.data[c.SHA256])
			if err != nil {
				return err
			}
			if added {
				im.added++
			}
			if len(touched) == 0 || touched[len(touched)-1] != c.SHA256 {
				touched = append(touched, c.SHA256)
			}
		}
		for _, h := range touched {
			if err := im.settle(w, h, made); err != nil {
				return err
			}
		}
		return recatalogue(w, touched)
	})
	im.rows, im.size = nil, 0
	clear(im.data)
	return err
}

// readAhead reads the documents of the batch as they will stand beside what is known of
// them, those of which something is new.
func (im *importer) readAhead(ctx context.Context) (ahead, error) {
	rows := map[storage.Hash][]storage.Capture{}
	for _, c := range im.rows {
		rows[c.SHA256] = append(rows[c.SHA256], c)
	}
	var docs []captured
	err := im.archive.view(ctx, func(r storage.Reader) error {
		for h, fresh := range rows {
			known, err := collect(r.CapturesOf(h))
			if err != nil {
				return err
			}
			all := slices.Clone(known)
			for _, c := range fresh {
				if !slices.ContainsFunc(all, func(k storage.Capture) bool { return compareCaptures(k, c) == 0 }) {
					all = append(all, c)
				}
			}
			rows[h] = all
			if len(all) == len(known) {
				delete(rows, h)
			}
		}
		return nil
	})
	for h, all := range rows {
		docs = append(docs, captured{all, im.data[h]})
	}
	return im.archive.readAhead(ctx, docs), err
}

// settle makes the readings of some bytes agree with their captures.
func (im *importer) settle(w storage.Writer, h storage.Hash, made ahead) error {
	rows, err := collect(w.CapturesOf(h))
	if err != nil {
		return err
	}
	strands, err := strandsOf(rows)
	if err != nil {
		return err
	}
	live := map[storage.ReadingKey]bool{}
	for _, s := range strands {
		live[s.key] = true
		it := &item{input: Input{Data: im.data[h]}, hash: h, reading: made[s.key].reading, inputs: made[s.key].inputs}
		if _, err := im.archive.refresh(w, s, it); err != nil {
			return err
		}
	}
	if old := readingKey(h, ""); !live[old] {
		return w.DeleteReading(old)
	}
	return nil
}

func (im *importer) curation(ctx context.Context, l line) error {
	return im.archive.db.Update(ctx, func(w storage.Writer) error {
		return w.SetCuration(storage.Curation{Series: l.Series, Kind: l.Kind, Value: l.Value})
	})
}

// marks sets each mark before the first of the captures that came after it: what
// was reported may be reported once more, but nothing is lost.
func (im *importer) marks(ctx context.Context, marks []line) error {
	if len(marks) == 0 {
		return nil
	}
	return im.archive.db.Update(ctx, func(w storage.Writer) error {
		for _, m := range marks {
			after := map[string]bool{}
			for _, c := range m.After {
				after[captureName(c)] = true
			}
			seq := w.Seq()
			for e, err := range w.Log(0) {
				if err != nil {
					return err
				}
				if e.Kind == storage.CaptureAdded && after[captureName(e.Capture)] {
					seq = e.Seq - 1
					break
				}
			}
			if err := w.SetMark(m.Name, seq); err != nil {
				return err
			}
		}
		return nil
	})
}

func captureName(c storage.Capture) string {
	b, err := json.Marshal(c)
	if err != nil {
		return ""
	}
	return string(b)
}
