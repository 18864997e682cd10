package storage

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"

	"readout/timeline"
)

func (t *tx) Seq() uint64 {
	k, err := t.rows.Last(tLog, nil)
	if err != nil || len(k) != 8 {
		return 0
	}
	return binary.BigEndian.Uint64(k)
}

func (t *tx) Log(after uint64) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		if after+1 == 0 {
			return
		}
		for row, err := range t.rows.Scan(tLog, seqKey(after+1)) {
			var e Event
			if err == nil {
				e, err = t.event(row.Key, row.Value)
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

func (t *tx) event(k, v []byte) (Event, error) {
	payload, err := checked(tLog, k, v)
	if err != nil {
		return Event{}, err
	}
	if len(k) != 8 || len(payload) == 0 {
		return Event{}, fmt.Errorf("%w: log record %x", ErrDamaged, k)
	}
	e := Event{Seq: binary.BigEndian.Uint64(k), Kind: Kind(payload[0])}
	switch key := payload[1:]; e.Kind {
	case CaptureAdded:
		e.Capture, err = t.capture(key)
	case ReadingReplaced:
		if len(key) != len(e.Reading) {
			return e, fmt.Errorf("%w: log record %d names no reading", ErrDamaged, e.Seq)
		}
		e.Reading = ReadingKey(key)
	case CurationChanged:
		e.Series = timeline.SeriesID(key)
	case FetchChanged:
		e.Fetch = string(key)
	case CaptureWithdrawn:
		if len(key) != len(e.Withdrawn) {
			return e, fmt.Errorf("%w: log record %d names no bytes", ErrDamaged, e.Seq)
		}
		e.Withdrawn = Hash(key)
	default:
		err = fmt.Errorf("%w: log record %d is of unknown kind %q", ErrDamaged, e.Seq, e.Kind)
	}
	return e, err
}

func (t *tx) log(kind Kind, key []byte) error {
	return t.put(tLog, seqKey(t.Seq()+1), append([]byte{byte(kind)}, key...))
}

// capture returns the capture under a key, also one that was withdrawn since.
func (t *tx) capture(key []byte) (Capture, error) {
	payload, err := t.get(tCapture, key)
	if errors.Is(err, ErrNotFound) {
		payload, err = t.get(tGone, key)
	}
	if err != nil {
		return Capture{}, err
	}
	return t.openCapture(key, payload)
}

// openCapture decodes a capture. Its hash and time stand in its key.
func (t *tx) openCapture(key, payload []byte) (Capture, error) {
	var r captureRecord
	if len(key) < len(r.SHA256)+timeSize {
		return Capture{}, fmt.Errorf("%w: capture %x", ErrDamaged, key)
	}
	if err := t.packer.decode(tCapture, payload, &r); err != nil {
		return Capture{}, err
	}
	c := Capture(r)
	c.SHA256, c.CapturedAt = Hash(key[:len(c.SHA256)]), timeIn(key[len(c.SHA256):])
	if !c.NotedAt.IsZero() {
		c.NotedAt = c.NotedAt.UTC()
	}
	if !c.ReceivedAt.IsZero() {
		c.ReceivedAt = c.ReceivedAt.UTC()
	}
	return c, nil
}

func (t *tx) Blob(h Hash) ([]byte, error) {
	data, err := t.blob(h)
	if err != nil {
		return nil, fmt.Errorf("captured bytes %s: %w", h, err)
	}
	return data, nil
}

// blob is Blob; its errors do not say of which bytes.
func (t *tx) blob(h Hash) ([]byte, error) {
	seq, err := t.born(h)
	if err != nil {
		return nil, err
	}
	v, err := t.rows.Get(tBlob, seqKey(seq))
	if err != nil {
		return nil, err
	}
	if v == nil {
		return nil, ErrNotFound
	}
	data, err := t.unpack(v)
	if err == nil && HashOf(data) != h {
		err = fmt.Errorf("%w: they have another hash", ErrDamaged)
	}
	return data, err
}

func (t *tx) Hashes(from Hash) iter.Seq2[Hash, error] {
	return func(yield func(Hash, error) bool) {
		for row, err := range t.rows.Scan(tBorn, from[:]) {
			var h Hash
			if err == nil && copy(h[:], row.Key) != len(h) {
				err = fmt.Errorf("%w: %x is not the hash of captured bytes", ErrDamaged, row.Key)
			}
			if !yield(h, err) || err != nil {
				return
			}
		}
	}
}

func (t *tx) Captures() iter.Seq2[Capture, error] { return t.captures(nil) }

func (t *tx) CapturesOf(h Hash) iter.Seq2[Capture, error] { return t.captures(h[:]) }

func (t *tx) captures(prefix []byte) iter.Seq2[Capture, error] {
	return func(yield func(Capture, error) bool) {
		for row, err := range t.scan(tCapture, prefix) {
			var c Capture
			if err == nil {
				c, err = t.openCapture(row.Key, row.Value)
			}
			if !yield(c, err) || err != nil {
				return
			}
		}
	}
}

func (t *tx) AddCapture(c Capture, data []byte) (bool, error) {
	if HashOf(data) != c.SHA256 {
		return false, fmt.Errorf("capture %s: the bytes given have another hash", c.Name)
	}
	key, row, err := captureKey(c)
	if err != nil {
		return false, fmt.Errorf("capture %s: %w", c.Name, err)
	}
	if kept, err := t.rows.Get(tCapture, key); err != nil || kept != nil {
		return false, err
	}
	if err := t.refuseWithdrawn(c.SHA256); err != nil {
		return false, fmt.Errorf("capture %s: %w", c.Name, err)
	}
	if err := t.keepBlob(c.SHA256, data, t.Seq()+1); err != nil {
		return false, err
	}
	if err := t.save(tCapture, key, captureRecord(row)); err != nil {
		return false, err
	}
	if t.added == nil {
		t.added = map[Hash]bool{}
	}
	t.added[c.SHA256] = true
	if err := t.count(func(n *Counts) { n.Captures++ }); err != nil {
		return false, err
	}
	return true, t.log(CaptureAdded, key)
}

// Heal puts captured bytes in the place of those that are kept under their hash but cannot
// be read any more, and reports whether it had to.
func (t *tx) Heal(data []byte) (bool, error) {
	h := HashOf(data)
	if _, err := t.Blob(h); !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNotFound) {
		return false, err
	}
	if err := t.refuseWithdrawn(h); err != nil {
		return false, err
	}
	seq, err := t.firstTold(h)
	if err != nil || seq == 0 {
		return false, err
	}
	packed, err := t.pack(data)
	if err != nil {
		return false, err
	}
	return true, errors.Join(t.rows.Put(tBorn, bytes.Clone(h[:]), seqKey(seq)), t.rows.Put(tBlob, seqKey(seq), packed))
}

// firstTold is the number of the first event that told of some bytes, 0 where none did. It
// is read out of the log where the row that says so is gone.
func (t *tx) firstTold(h Hash) (uint64, error) {
	if seq, err := t.Born(h); err == nil {
		return seq, nil
	}
	for e, err := range t.Log(0) {
		if err != nil {
			return 0, err
		}
		if e.Kind == CaptureAdded && e.Capture.SHA256 == h {
			return e.Seq, nil
		}
	}
	return 0, nil
}

// keepBlob keeps captured bytes, once, under the number of the first event about them:
// hashes come in no order, and rows that do fill their pages badly.
func (t *tx) keepBlob(h Hash, data []byte, seq uint64) error {
	kept, err := t.rows.Get(tBorn, h[:])
	if err != nil || kept != nil {
		return err
	}
	packed, err := t.pack(data)
	if err != nil {
		return err
	}
	if err := t.rows.Put(tBorn, bytes.Clone(h[:]), seqKey(seq)); err != nil {
		return err
	}
	if t.blobs == nil {
		t.blobs = map[Hash][]byte{}
	}
	t.blobs[h] = data
	return t.rows.Put(tBlob, seqKey(seq), packed)
}

func (t *tx) Born(h Hash) (uint64, error) {
	seq, err := t.born(h)
	if err != nil {
		return 0, fmt.Errorf("captured bytes %s: %w", h, err)
	}
	return seq, nil
}

// born is Born; its errors do not say of which bytes.
func (t *tx) born(h Hash) (uint64, error) {
	v, err := t.rows.Get(tBorn, h[:])
	if err != nil {
		return 0, err
	}
	if len(v) != 8 {
		return 0, ErrNotFound
	}
	return binary.BigEndian.Uint64(v), nil
}
