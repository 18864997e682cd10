package storage

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"iter"

	"readout/internal/letters"
	"readout/timeline"
)

// Readings are kept under numbers, counted up from 1 and never given out twice: their
// keys are hashes, and rows that come in no order fill their pages badly. The search
// index and the catalogue name readings by number too.

// numberKey is where the number of a reading stands.
func numberKey(key ReadingKey) []byte { return bytes.Clone(key[:]) }

// number returns the number of a reading, 0 where there is none.
func (t *tx) number(key ReadingKey) (uint32, error) {
	v, err := t.rows.Get(tNumber, key[:])
	if err != nil || v == nil {
		return 0, err
	}
	if len(v) != 4 {
		return 0, fmt.Errorf("%w: number of reading %s", ErrDamaged, key)
	}
	return binary.BigEndian.Uint32(v), nil
}

// record returns a reading as it is kept. Its errors do not say which one.
func (t *tx) record(key ReadingKey) (*readingRecord, error) {
	n, err := t.number(key)
	if err != nil {
		return nil, err
	}
	if n == 0 {
		return nil, ErrNotFound
	}
	var r readingRecord
	if err := t.load(tReading, numKey(n), &r); err != nil {
		return nil, err
	}
	if r.Key != key {
		return nil, fmt.Errorf("%w: it stands under the number of another", ErrDamaged)
	}
	return &r, nil
}

func (t *tx) Facts(key ReadingKey) (json.RawMessage, error) {
	r, err := t.record(key)
	if err != nil {
		return nil, ofReading(key, err)
	}
	return r.Facts, nil
}

func (t *tx) Reading(key ReadingKey) (*Reading, error) {
	r, err := t.reading(key)
	return r, ofReading(key, err)
}

// reading is Reading; its errors do not say which one.
func (t *tx) reading(key ReadingKey) (*Reading, error) {
	r, err := t.record(key)
	if err != nil {
		return nil, err
	}
	return t.open(r)
}

func (t *tx) Outline(key ReadingKey) (*Reading, error) {
	if r := t.outlines[key]; r != nil {
		return r, nil
	}
	r, err := t.outline(key)
	return r, ofReading(key, err)
}

// outline is Outline of a reading that is kept; its errors do not say which one.
func (t *tx) outline(key ReadingKey) (*Reading, error) {
	r, err := t.record(key)
	if err != nil {
		return nil, err
	}
	plain, err := t.unpack(r.Release)
	if err != nil {
		return nil, err
	}
	var w struct {
		Release releaseRecord `cbor:"1,keyasint"`
	}
	if err := t.packer.decode(tReading, plain, &w); err != nil {
		return nil, err
	}
	return outlineOf(&Reading{Key: r.Key, Revision: r.Revision, Facts: r.Facts, Release: (*timeline.Release)(&w.Release)}), nil
}

// HeadOf is a release without what is read only where it is shown.
func HeadOf(r *timeline.Release) timeline.Release {
	h := *r
	h.Participants, h.Sections, h.Statements, h.Lines, h.Text = nil, nil, nil, nil, ""
	return h
}

// outlineOf is a reading of which no more than the head of the release is left.
func outlineOf(r *Reading) *Reading {
	out, head := *r, HeadOf(r.Release)
	out.Release = &head
	return &out
}

// ofReading says which reading an error is about; nil stays nil.
func ofReading(key ReadingKey, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("reading %s: %w", key, err)
}

func (t *tx) NumberOf(key ReadingKey) (uint32, error) {
	n, err := t.number(key)
	if err == nil && n == 0 {
		err = ofReading(key, ErrNotFound)
	}
	return n, err
}

func (t *tx) Numbered(number uint32) (*Reading, error) {
	var r readingRecord
	if err := t.load(tReading, numKey(number), &r); err != nil {
		return nil, fmt.Errorf("reading %d: %w", number, err)
	}
	opened, err := t.open(&r)
	return opened, ofReading(r.Key, err)
}

// open expands a reading. Its errors do not say which one.
func (t *tx) open(r *readingRecord) (*Reading, error) {
	plain, err := t.unpack(r.Release)
	if err != nil {
		return nil, err
	}
	var w wholeRelease
	if err := t.packer.decode(tReading, plain, &w); err != nil {
		return nil, err
	}
	release, err := w.release(t.base(r.Key))
	if err != nil {
		return nil, err
	}
	return &Reading{Key: r.Key, Revision: r.Revision, Facts: r.Facts, Release: release}, nil
}

func (t *tx) Readings() iter.Seq2[*Reading, error] {
	return func(yield func(*Reading, error) bool) {
		for row, err := range t.keys(tNumber, nil) {
			var r *Reading
			if err == nil && len(row.Key) != len(ReadingKey{}) {
				err = fmt.Errorf("%w: number of %x", ErrDamaged, row.Key)
			}
			if err == nil {
				r, err = t.Reading(ReadingKey(row.Key))
			}
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
}

// base returns the bytes that a reading was made of, nil where there are none: the
// text is kept as pieces of them. Bytes that are damaged are as good as none: what is
// to be taken from them is missing then.
func (t *tx) base(key ReadingKey) []byte {
	if data := t.blobs[key.SHA256()]; data != nil {
		return data
	}
	data, err := t.Blob(key.SHA256())
	if err != nil {
		return nil
	}
	return data
}

// wholeOf takes a release apart for keeping. A statement's text is left out where it
// follows from its place, and so is the text that stands in the bytes.
func wholeOf(r *timeline.Release, base []byte) wholeRelease {
	w := wholeRelease{Release: releaseRecord(*r), None: r.Statements == nil, Text: appendDelta(nil, base, []byte(r.Text))}
	w.Release.Statements, w.Release.Text = nil, ""
	for _, s := range r.Statements {
		if s.Text == lineAt(r.Text, s) {
			s.Text = ""
		}
		w.Statements = append(w.Statements, statementRecord(s))
	}
	return w
}

// release puts a release together again.
func (w wholeRelease) release(base []byte) (*timeline.Release, error) {
	r := timeline.Release(w.Release)
	text, err := applyDelta(base, w.Text)
	if err != nil {
		return nil, err
	}
	r.Text = string(text)
	if !w.None {
		r.Statements = make([]timeline.Statement, len(w.Statements))
	}
	for i, s := range w.Statements {
		r.Statements[i] = timeline.Statement(s)
		if s.Text == "" {
			r.Statements[i].Text = lineAt(r.Text, r.Statements[i])
		}
	}
	return &r, nil
}

// lineAt is the text at the place of a statement in one line, "" where the place is
// outside the text.
func lineAt(text string, s timeline.Statement) string {
	if s.Start < 0 || s.Start > s.End || s.End > len(text) {
		return ""
	}
	return letters.OneLine(text[s.Start:s.End])
}

func (t *tx) PutReading(r *Reading, terms [][]string) error {
	if r.Release == nil {
		return fmt.Errorf("reading %s: no release given", r.Key)
	}
	plain, err := t.packer.encode(wholeOf(r.Release, t.base(r.Key)))
	if err != nil {
		return fmt.Errorf("reading %s: %w", r.Key, err)
	}
	packed, err := t.pack(plain)
	if err != nil {
		return err
	}
	place, replaced, err := t.unnumber(r.Key)
	if err != nil {
		return err
	}
	n, err := t.next(metaReadings)
	if err != nil {
		return err
	}
	if err := t.rows.Put(tNumber, numberKey(r.Key), numKey(n)); err != nil {
		return err
	}
	record := readingRecord{Key: r.Key, Revision: r.Revision, Facts: r.Facts, Release: packed}
	if err := t.save(tReading, numKey(n), record); err != nil {
		return err
	}
	if place != nil { // it belongs to the same release until the catalogue says otherwise
		if err := t.save(tPlace, numKey(n), place); err != nil {
			return err
		}
	}
	t.index(n, terms)
	if t.outlines == nil {
		t.outlines = map[ReadingKey]*Reading{}
	}
	t.outlines[r.Key] = outlineOf(r)
	if !t.quiet && (replaced || !t.added[r.Key.SHA256()]) {
		return t.log(ReadingReplaced, r.Key[:])
	}
	return nil
}

func (t *tx) DeleteReading(key ReadingKey) error {
	delete(t.outlines, key)
	_, _, err := t.unnumber(key)
	return err
}

// unnumber forgets a reading and its number, and returns its place in the catalogue,
// nil for none. Its postings stay until their segment is merged; a number that means
// nothing is passed over.
func (t *tx) unnumber(key ReadingKey) (place *Place, found bool, err error) {
	n, err := t.number(key)
	if err != nil || n == 0 {
		return nil, false, err
	}
	if place, err = t.Place(n); errors.Is(err, ErrNotFound) || errors.Is(err, ErrDamaged) {
		place, err = nil, nil // it is about to be made again
	}
	if err != nil {
		return nil, false, err
	}
	err = errors.Join(t.rows.Delete(tPlace, numKey(n)), t.rows.Delete(tReading, numKey(n)), t.rows.Delete(tNumber, key[:]))
	return place, true, err
}
