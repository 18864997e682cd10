package storage

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"

	"go.etcd.io/bbolt"

	"readout/timeline"
)

// upgradeBatch is how many rows are brought over in one transaction.
const upgradeBatch = 500

// Old is what is derived in a store of an older format.
type Old interface {
	// Readings yields the readings in order of key.
	Readings() iter.Seq2[*Reading, error]
}

// derivation makes again what an old file had derived. Each function that it hands to
// put is a transaction of its own.
type derivation = func(old Old, put func(func(Writer) error) error) error

// Upgrade brings a store of an older format over, and does nothing where it has the
// present one. What is primary is copied; derive is handed what the old file had
// derived, and makes it again with put, whose functions are transactions of their own.
// The old file is replaced only by a whole new one.
func (db *DB) Upgrade(ctx context.Context, derive derivation) error {
	if db.server != nil {
		return errServer
	}
	return db.exclusive(ctx, false, func() error {
		err := db.with(true, func(s *session) error { return s.View(checkFormat) })
		if !errors.Is(err, ErrOutdated) {
			return err
		}
		err = replaceFile(db.path, func(temp string) error {
			return db.with(true, func(s *session) error {
				return s.View(func(btx *bbolt.Tx) error {
					return db.bringOver(ctx, &format1{tx: btx, packer: db.packer}, temp, derive)
				})
			})
		})
		if err != nil {
			return fmt.Errorf("bring the store over to format %d: %w", Format, err)
		}
		return nil
	})
}

// bringOver fills a new file.
func (db *DB) bringOver(ctx context.Context, old *format1, temp string, derive derivation) (err error) {
	file, err := bbolt.Open(temp, 0o644, &bbolt.Options{NoSync: true, NoFreelistSync: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Sync(), file.Close()) }()
	if err := file.Update(format); err != nil {
		return err
	}
	put := func(fn func(*tx) error) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return file.Update(func(btx *bbolt.Tx) error {
			t := &tx{rows: newBoltRows(btx), packer: db.packer, quiet: true}
			return errors.Join(fn(t), t.flush())
		})
	}
	if err := old.primary(put); err != nil {
		return err
	}
	return derive(old, func(fn func(Writer) error) error { return put(func(t *tx) error { return fn(t) }) })
}

// format1 reads a file of format 1: the same primary rows as today, but captures in
// JSON, and readings in two halves.
type format1 struct {
	tx     *bbolt.Tx
	packer *packer
}

// rows calls do for the rows of a bucket, some in each transaction.
func (f *format1) rows(bucket string, put func(func(*tx) error) error, do func(t *tx, k, v []byte) error) error {
	b := f.tx.Bucket([]byte(bucket))
	if b == nil {
		return nil
	}
	c := b.Cursor()
	k, v := c.First()
	for k != nil {
		err := put(func(t *tx) error {
			for n := 0; n < upgradeBatch && k != nil; n++ {
				if err := do(t, k, v); err != nil {
					return err
				}
				k, v = c.Next()
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// primary copies what cannot be made again.
func (f *format1) primary(put func(func(*tx) error) error) error {
	captures := func(t *tx, k, v []byte) error {
		var c Capture
		if err := readJSON(tCapture, k, v, &c); err != nil {
			return err
		}
		return errors.Join(t.save(tCapture, bytes.Clone(k), captureRecord(c)), t.count(func(n *Counts) { n.Captures++ }))
	}
	err := f.rows(tCapture, put, captures)
	if err == nil {
		err = f.rows(tLog, put, f.event)
	}
	for _, bucket := range []string{tCuration, tMark, tFetch} {
		if err != nil {
			return err
		}
		err = f.rows(bucket, put, func(t *tx, k, v []byte) error {
			if _, err := checked(bucket, k, v); err != nil {
				return err
			}
			return t.rows.Put(bucket, bytes.Clone(k), bytes.Clone(v))
		})
	}
	return err
}

// event copies a line of the log, and with the first about some bytes these.
func (f *format1) event(t *tx, k, v []byte) error {
	payload, err := checked(tLog, k, v)
	if err != nil {
		return err
	}
	if err := t.rows.Put(tLog, bytes.Clone(k), bytes.Clone(v)); err != nil {
		return err
	}
	e, err := t.event(k, v)
	if err != nil || len(payload) == 0 || e.Kind != CaptureAdded {
		return err
	}
	h := e.Capture.SHA256
	data, err := f.packer.unpack(f.tx.Bucket([]byte(tBlob)).Get(h[:]))
	if err != nil || HashOf(data) != h {
		return fmt.Errorf("%w: captured bytes %s", ErrDamaged, h)
	}
	return t.keepBlob(h, data, e.Seq)
}

// readJSON decodes a record of format 1.
func readJSON(bucket string, key, record []byte, v any) error {
	payload, err := checked(bucket, key, record)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(payload, v); err != nil {
		return fmt.Errorf("%w: %s record: %v", ErrDamaged, bucket, err)
	}
	return nil
}

func (f *format1) Readings() iter.Seq2[*Reading, error] {
	return func(yield func(*Reading, error) bool) {
		heads := f.tx.Bucket([]byte("head"))
		if heads == nil {
			return
		}
		c := heads.Cursor()
		for k, v := c.First(); k != nil; k, v = c.Next() {
			r, err := f.reading(k, v)
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
}

// reading joins the halves of a reading.
func (f *format1) reading(k, v []byte) (*Reading, error) {
	var head struct {
		Revision int              `json:"revision"`
		Facts    json.RawMessage  `json:"facts"`
		Release  timeline.Release `json:"release"`
	}
	var body struct {
		Participants []timeline.Participant `json:"participants"`
		Sections     []timeline.Section     `json:"sections"`
		Statements   []timeline.Statement   `json:"statements"`
		Text         string                 `json:"text"`
	}
	if len(k) != len(ReadingKey{}) {
		return nil, fmt.Errorf("%w: reading %x", ErrDamaged, k)
	}
	if err := readJSON("head", k, v, &head); err != nil {
		return nil, err
	}
	bodies := f.tx.Bucket([]byte("body"))
	if bodies == nil {
		return nil, fmt.Errorf("%w: bucket body is missing", ErrDamaged)
	}
	packed, err := checked("body", k, bodies.Get(k))
	if err != nil {
		return nil, err
	}
	plain, err := f.packer.unpack(packed)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(plain, &body); err != nil {
		return nil, fmt.Errorf("%w: reading %x: %v", ErrDamaged, k, err)
	}
	r := head.Release
	r.Participants, r.Sections, r.Statements, r.Text = body.Participants, body.Sections, body.Statements, body.Text
	return &Reading{Key: ReadingKey(k), Revision: head.Revision, Facts: head.Facts, Release: &r}, nil
}
