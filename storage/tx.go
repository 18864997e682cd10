package storage

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"iter"

	"go.etcd.io/bbolt"

	"readout/timeline"
)

// tx is a bbolt transaction as a Reader and Writer.
type tx struct {
	tx     *bbolt.Tx
	packer *packer
	// Postings of this transaction, by term, and of how many readings they are;
	// flush writes them.
	fresh    map[string]*postingList
	numbered int
	added    map[Hash]bool // bytes of which this transaction added a capture
}

func (t *tx) bucket(name string) *bbolt.Bucket {
	b := t.tx.Bucket([]byte(name))
	if b == nil {
		panic(fmt.Sprintf("bucket %s is missing", name)) // DB.with makes it ErrDamaged
	}
	return b
}

// get returns a copy of the payload of the record under key.
func (t *tx) get(bucket string, key []byte) ([]byte, error) {
	v := t.bucket(bucket).Get(key)
	if v == nil {
		return nil, fmt.Errorf("%s: %w", bucket, ErrNotFound)
	}
	return unseal(bucket, key, v)
}

func (t *tx) put(bucket string, key, payload []byte) error {
	return t.bucket(bucket).Put(key, seal(key, payload))
}

func (t *tx) getJSON(bucket string, key []byte, v any) error {
	b, err := t.get(bucket, key)
	if err != nil {
		return err
	}
	return decode(bucket, b, v)
}

func decode(bucket string, b []byte, v any) error {
	if err := json.Unmarshal(b, v); err != nil {
		return fmt.Errorf("%w: %s record: %v", ErrDamaged, bucket, err)
	}
	return nil
}

// scan yields the keys with a prefix and the payloads of their records.
func (t *tx) scan(bucket string, prefix []byte) iter.Seq2[[2][]byte, error] {
	return func(yield func([2][]byte, error) bool) {
		c := t.bucket(bucket).Cursor()
		for k, v := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, v = c.Next() {
			payload, err := unseal(bucket, k, v)
			if !yield([2][]byte{bytes.Clone(k), payload}, err) || err != nil {
				return
			}
		}
	}
}

// scanJSON is scan for records of JSON.
func scanJSON[T any](t *tx, bucket string, prefix []byte) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for kv, err := range t.scan(bucket, prefix) {
			var v T
			if err == nil {
				err = decode(bucket, kv[1], &v)
			}
			if !yield(v, err) || err != nil {
				return
			}
		}
	}
}

func (t *tx) Seq() uint64 {
	k, _ := t.bucket(bLog).Cursor().Last()
	if len(k) != 8 {
		return 0
	}
	return binary.BigEndian.Uint64(k)
}

func (t *tx) Writes() uint64 { return uint64(t.tx.ID()) }

func (t *tx) Log(after uint64) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		c := t.bucket(bLog).Cursor()
		for k, v := c.Seek(seqKey(after + 1)); k != nil; k, v = c.Next() {
			e, err := t.event(k, v)
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

func (t *tx) event(k, v []byte) (Event, error) {
	payload, err := unseal(bLog, k, v)
	if err != nil {
		return Event{}, err
	}
	if len(k) != 8 || len(payload) == 0 {
		return Event{}, fmt.Errorf("%w: log record %x", ErrDamaged, k)
	}
	e := Event{Seq: binary.BigEndian.Uint64(k), Kind: Kind(payload[0])}
	switch key := payload[1:]; e.Kind {
	case CaptureAdded:
		err = t.getJSON(bCapture, key, &e.Capture)
	case ReadingReplaced:
		if len(key) != len(e.Reading) {
			return e, fmt.Errorf("%w: log record %d names no reading", ErrDamaged, e.Seq)
		}
		e.Reading = ReadingKey(key)
	case CurationChanged:
		e.Series = timeline.SeriesID(key)
	case FetchChanged:
		e.Fetch = string(key)
	default:
		err = fmt.Errorf("%w: log record %d is of unknown kind %q", ErrDamaged, e.Seq, e.Kind)
	}
	return e, err
}

func (t *tx) log(kind Kind, key []byte) error {
	return t.put(bLog, seqKey(t.Seq()+1), append([]byte{byte(kind)}, key...))
}

func (t *tx) Blob(h Hash) ([]byte, error) {
	v := t.bucket(bBlob).Get(h[:])
	if v == nil {
		return nil, fmt.Errorf("captured bytes %s: %w", h, ErrNotFound)
	}
	data, err := t.packer.unpack(v)
	if err != nil {
		return nil, fmt.Errorf("captured bytes %s: %w", h, err)
	}
	if HashOf(data) != h {
		return nil, fmt.Errorf("%w: captured bytes %s have another hash", ErrDamaged, h)
	}
	return data, nil
}

func (t *tx) Captures() iter.Seq2[Capture, error] { return opened(t.SealedCaptures()) }

func (t *tx) CapturesOf(h Hash) iter.Seq2[Capture, error] {
	return scanJSON[Capture](t, bCapture, h[:])
}

func (t *tx) AddCapture(c Capture, data []byte) (bool, error) {
	if HashOf(data) != c.SHA256 {
		return false, fmt.Errorf("capture %s: the bytes given have another hash", c.Name)
	}
	key, payload, err := captureKey(c)
	if err != nil {
		return false, fmt.Errorf("capture %s: %w", c.Name, err)
	}
	if t.bucket(bCapture).Get(key) != nil {
		return false, nil
	}
	if blobs := t.bucket(bBlob); blobs.Get(c.SHA256[:]) == nil {
		if err := blobs.Put(c.SHA256[:], t.packer.pack(data)); err != nil {
			return false, err
		}
	}
	if err := t.put(bCapture, key, payload); err != nil {
		return false, err
	}
	if t.added == nil {
		t.added = map[Hash]bool{}
	}
	t.added[c.SHA256] = true
	return true, t.log(CaptureAdded, key)
}
