package archive

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"readout/storage"
)

// Import adds what an export holds to the archive and reads it by the present
// rules. Into a fresh archive it gives the same answers as the one exported. It
// returns how many captures were new.
func (a *Archive) Import(ctx context.Context, in io.Reader) (int, error) {
	return a.importFrom(ctx, in, false)
}

// importFrom is Import. A trusted export is one of a store of our own: when that received
// a capture is taken over.
func (a *Archive) importFrom(ctx context.Context, in io.Reader, trusted bool) (int, error) {
	im := &importer{archive: a, data: map[storage.Hash][]byte{}, trusted: trusted}
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
		case "withdrawal":
			err = im.withdrawal(ctx, l)
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
	return im.added, errors.Join(a.makeKey(), a.tidyAfter(ctx, im.added))
}

// importer collects captures into batches.
type importer struct {
	archive *Archive
	rows    []storage.Capture
	data    map[storage.Hash][]byte
	size    int
	added   int
	trusted bool
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
	row := *l.Capture
	row.ReceivedAt = im.archive.now().UTC()
	if im.trusted {
		row.ReceivedAt = l.Received
	}
	im.rows = append(im.rows, row)
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
			var gone *storage.WithdrawnError
			if errors.As(err, &gone) {
				continue // what was withdrawn here stays so
			}
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
		return errors.Join(recatalogue(w, touched), growTree(w))
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
	strands, err := strandsAt(w, h)
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

// withdrawal withdraws here too what was withdrawn there.
func (im *importer) withdrawal(ctx context.Context, l line) error {
	if l.Withdrawal == nil {
		return errors.New("a withdrawal line without a withdrawal")
	}
	if err := im.flush(ctx); err != nil {
		return err
	}
	return im.archive.db.Update(ctx, func(w storage.Writer) error {
		return im.archive.withdrawAgain(w, *l.Withdrawal)
	})
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
