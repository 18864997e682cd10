package storage

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"

	"go.etcd.io/bbolt"

	"readout/timeline"
)

// Reader is one consistent view of a store. It is valid only inside the function
// it was handed to, and for one goroutine; values taken from it stay valid.
// Methods that name one thing return [ErrNotFound] where there is none.
// Sequences stop at the first error.
type Reader interface {
	// Seq is the number of the last event in the log, 0 for none.
	Seq() uint64
	// Log yields the events after the given number, in order.
	Log(after uint64) iter.Seq2[Event, error]
	// Blob returns captured bytes, checked against their hash.
	Blob(Hash) ([]byte, error)
	// Captures yields all captures in order of hash, then time.
	Captures() iter.Seq2[Capture, error]
	// CapturesOf yields the captures of the given bytes in order of time.
	CapturesOf(Hash) iter.Seq2[Capture, error]
	// Reading returns a reading whole.
	Reading(ReadingKey) (*Reading, error)
	// Readings yields the heads of all readings in order of key.
	Readings() iter.Seq2[*Reading, error]
	// Entry returns the catalogue entry of a release.
	Entry(id string) (*Entry, error)
	// Entries yields the entries whose id starts with prefix, in order of id.
	Entries(prefix string) iter.Seq2[*Entry, error]
	// EntriesOf yields the entries of a series in order of day, then id.
	EntriesOf(timeline.SeriesID) iter.Seq2[*Entry, error]
	// Curation returns what is kept for a series under a kind of decision.
	Curation(series timeline.SeriesID, kind string) ([]byte, error)
	// Curations yields all curation in order of series, then kind.
	Curations() iter.Seq2[Curation, error]
	// Mark returns the log number kept under a name.
	Mark(name string) (uint64, error)
	// Marks returns all marks.
	Marks() (map[string]uint64, error)
	// Postings returns where a term occurs, in order of reading and statement.
	// Only readings that are kept now are named.
	Postings(term string) ([]Posting, error)
}

// Writer is a [Reader] that sees its own writes and can add to the store. The
// postings of [Writer.PutReading] are seen only by later transactions.
type Writer interface {
	Reader
	// AddCapture keeps a capture and its bytes and reports whether it was new. It
	// is an error if data does not have the hash that the row names.
	AddCapture(c Capture, data []byte) (added bool, err error)
	// PutReading keeps a reading, in place of an earlier one with the same key,
	// with the search terms of each of its statements in order.
	PutReading(r *Reading, terms [][]string) error
	// DeleteReading forgets a reading; it is no error if there is none.
	DeleteReading(ReadingKey) error
	// PutEntry keeps a catalogue entry, in place of an earlier one of that id.
	PutEntry(*Entry) error
	// DeleteEntry forgets a catalogue entry; it is no error if there is none.
	DeleteEntry(id string) error
	// SetCuration keeps value, nil to forget it.
	SetCuration(c Curation) error
	// SetMark keeps a log number under a name.
	SetMark(name string, seq uint64) error
}

// Curation is one kind of decision about one series, in a form that the store does
// not look into.
type Curation struct {
	Series timeline.SeriesID `json:"series"`
	Kind   string            `json:"kind"`
	Value  []byte            `json:"value"` // nil forgets it
}

// tx is a bbolt transaction as a Reader and Writer.
type tx struct {
	tx     *bbolt.Tx
	packer *packer
	fresh  []indexed // readings whose postings are not written yet
}

func (t *tx) bucket(name string) *bbolt.Bucket {
	b := t.tx.Bucket([]byte(name))
	if b == nil {
		panic(fmt.Sprintf("bucket %s is missing", name)) // DB.guard makes it ErrDamaged
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
		copy(e.Reading[:], key)
	case CurationChanged:
		e.Series = timeline.SeriesID(key)
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

func (t *tx) Captures() iter.Seq2[Capture, error] { return scanJSON[Capture](t, bCapture, nil) }

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
	return true, t.log(CaptureAdded, key)
}

// head and body are the two halves of a reading on disk.
type head struct {
	Revision int              `json:"revision"`
	Facts    json.RawMessage  `json:"facts,omitempty"`
	Release  timeline.Release `json:"release"`
}

type body struct {
	Participants []timeline.Participant `json:"participants,omitempty"`
	Sections     []timeline.Section     `json:"sections"`
	Statements   []timeline.Statement   `json:"statements"`
	Text         string                 `json:"text"`
}

func (t *tx) Reading(key ReadingKey) (*Reading, error) {
	var h head
	if err := t.getJSON(bHead, key[:], &h); err != nil {
		return nil, err
	}
	packed, err := t.get(bBody, key[:])
	if err != nil {
		return nil, err
	}
	plain, err := t.packer.unpack(packed)
	if err != nil {
		return nil, err
	}
	var b body
	if err := decode(bBody, plain, &b); err != nil {
		return nil, err
	}
	r := h.Release
	r.Participants, r.Sections, r.Statements, r.Text = b.Participants, b.Sections, b.Statements, b.Text
	return &Reading{Key: key, Revision: h.Revision, Facts: h.Facts, Release: &r}, nil
}

func (t *tx) Readings() iter.Seq2[*Reading, error] {
	return func(yield func(*Reading, error) bool) {
		for kv, err := range t.scan(bHead, nil) {
			var h head
			if err == nil {
				err = decode(bHead, kv[1], &h)
			}
			if err != nil {
				yield(nil, err)
				return
			}
			r := &Reading{Revision: h.Revision, Facts: h.Facts, Release: &h.Release}
			copy(r.Key[:], kv[0])
			if !yield(r, nil) {
				return
			}
		}
	}
}

func (t *tx) PutReading(r *Reading, terms [][]string) error {
	short := *r.Release
	short.Participants, short.Sections, short.Statements, short.Text = nil, nil, nil, ""
	h, err := json.Marshal(head{r.Revision, r.Facts, short})
	if err != nil {
		return fmt.Errorf("reading %s: %w", r.Key, err)
	}
	b, err := json.Marshal(body{r.Release.Participants, r.Release.Sections, r.Release.Statements, r.Release.Text})
	if err != nil {
		return fmt.Errorf("reading %s: %w", r.Key, err)
	}
	replaced := t.bucket(bHead).Get(r.Key[:]) != nil
	if err := t.put(bHead, r.Key[:], h); err != nil {
		return err
	}
	if err := t.put(bBody, r.Key[:], t.packer.pack(b)); err != nil {
		return err
	}
	if err := t.index(r.Key, terms); err != nil {
		return err
	}
	if replaced {
		return t.log(ReadingReplaced, r.Key[:])
	}
	return nil
}

func (t *tx) DeleteReading(key ReadingKey) error {
	if err := t.unindex(key); err != nil {
		return err
	}
	if err := t.bucket(bBody).Delete(key[:]); err != nil {
		return err
	}
	return t.bucket(bHead).Delete(key[:])
}

func (t *tx) Entry(id string) (*Entry, error) {
	var e Entry
	if err := t.getJSON(bEntry, []byte(id), &e); err != nil {
		return nil, fmt.Errorf("release %q: %w", id, err)
	}
	return &e, nil
}

func (t *tx) Entries(prefix string) iter.Seq2[*Entry, error] {
	return scanJSON[*Entry](t, bEntry, []byte(prefix))
}

func (t *tx) EntriesOf(series timeline.SeriesID) iter.Seq2[*Entry, error] {
	return func(yield func(*Entry, error) bool) {
		prefix := append([]byte(series), 0)
		c := t.bucket(bDay).Cursor()
		for k, _ := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, _ = c.Next() {
			_, id, _ := bytes.Cut(k[len(prefix):], []byte{0})
			e, err := t.Entry(string(id))
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

func (t *tx) PutEntry(e *Entry) error {
	if err := t.DeleteEntry(e.ID); err != nil {
		return err
	}
	b, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("release %q: %w", e.ID, err)
	}
	if err := t.bucket(bDay).Put(dayKey(e.Head.Series, e.Head.Day(), e.ID), nil); err != nil {
		return err
	}
	return t.put(bEntry, []byte(e.ID), b)
}

func (t *tx) DeleteEntry(id string) error {
	old, err := t.get(bEntry, []byte(id))
	if err != nil {
		return nil // none, or one that cannot be read and is to go
	}
	var e Entry
	if err := decode(bEntry, old, &e); err != nil {
		return err
	}
	if err := t.bucket(bDay).Delete(dayKey(e.Head.Series, e.Head.Day(), id)); err != nil {
		return err
	}
	return t.bucket(bEntry).Delete([]byte(id))
}

func (t *tx) Curation(series timeline.SeriesID, kind string) ([]byte, error) {
	return t.get(bCuration, curationKey(series, kind))
}

func (t *tx) Curations() iter.Seq2[Curation, error] {
	return func(yield func(Curation, error) bool) {
		for kv, err := range t.scan(bCuration, nil) {
			series, kind, _ := bytes.Cut(kv[0], []byte{0})
			if !yield(Curation{timeline.SeriesID(series), string(kind), kv[1]}, err) || err != nil {
				return
			}
		}
	}
}

func (t *tx) SetCuration(c Curation) error {
	key := curationKey(c.Series, c.Kind)
	if c.Value == nil {
		if err := t.bucket(bCuration).Delete(key); err != nil {
			return err
		}
	} else if err := t.put(bCuration, key, c.Value); err != nil {
		return err
	}
	return t.log(CurationChanged, []byte(c.Series))
}

func (t *tx) Mark(name string) (uint64, error) {
	b, err := t.get(bMark, []byte(name))
	if err != nil {
		return 0, err
	}
	if len(b) != 8 {
		return 0, fmt.Errorf("%w: mark %q", ErrDamaged, name)
	}
	return binary.BigEndian.Uint64(b), nil
}

func (t *tx) Marks() (map[string]uint64, error) {
	out := map[string]uint64{}
	for kv, err := range t.scan(bMark, nil) {
		if err != nil {
			return nil, err
		}
		if len(kv[1]) == 8 {
			out[string(kv[0])] = binary.BigEndian.Uint64(kv[1])
		}
	}
	return out, nil
}

func (t *tx) SetMark(name string, seq uint64) error {
	if name == "" {
		return fmt.Errorf("a mark needs a name")
	}
	return t.put(bMark, []byte(name), seqKey(seq))
}

// sortedKeys returns the keys of m in order: bbolt takes keys in order some
// twenty times faster than at random.
func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
