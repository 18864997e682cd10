package storage

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strings"

	"readout/timeline"
)

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
	Lines        []timeline.Line        `json:"lines,omitempty"`
	Text         string                 `json:"text"`
}

// head returns the first half of a reading as it is kept.
func (r *Reading) head() ([]byte, error) {
	short := *r.Release
	short.Participants, short.Sections, short.Statements, short.Lines, short.Text = nil, nil, nil, nil, ""
	b, err := json.Marshal(head{r.Revision, r.Facts, short})
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", r.Key, err)
	}
	return b, nil
}

// openHead is the inverse of Reading.head.
func openHead(key ReadingKey, b []byte) (*Reading, error) {
	var h head
	if err := decode(bHead, b, &h); err != nil {
		return nil, err
	}
	return &Reading{Key: key, Revision: h.Revision, Facts: h.Facts, Release: &h.Release}, nil
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
	r.Participants, r.Sections, r.Statements, r.Lines, r.Text = b.Participants, b.Sections, b.Statements, b.Lines, b.Text
	return &Reading{Key: key, Revision: h.Revision, Facts: h.Facts, Release: &r}, nil
}

func (t *tx) Readings() iter.Seq2[*Reading, error] { return opened(t.SealedReadings()) }

func (t *tx) PutReading(r *Reading, terms [][]string) error {
	if r.Release == nil {
		return fmt.Errorf("reading %s: no release given", r.Key)
	}
	h, err := r.head()
	if err != nil {
		return err
	}
	b, err := json.Marshal(body{r.Release.Participants, r.Release.Sections, r.Release.Statements, r.Release.Lines, r.Release.Text})
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
	if replaced || !t.added[r.Key.SHA256()] {
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

func (t *tx) EntryDigests() iter.Seq2[EntryDigest, error] {
	return func(yield func(EntryDigest, error) bool) {
		c := t.bucket(bEntry).Cursor()
		for k, v := c.First(); k != nil; k, v = c.Next() {
			payload, err := checked(bEntry, k, v)
			if !yield(EntryDigest{string(k), HashOf(payload)}, err) || err != nil {
				return
			}
		}
	}
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
	if e.ID == "" || strings.ContainsRune(string(e.Head.Series), 0) {
		return fmt.Errorf("release %q of series %q cannot be kept under such a name", e.ID, e.Head.Series)
	}
	if err := t.DeleteEntry(e.ID); err != nil {
		return err
	}
	b, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("release %q: %w", e.ID, err)
	}
	if err := t.bucket(bDay).Put(dayKey(e.Head.Series, indexDay(&e.Head), e.ID), nil); err != nil {
		return fmt.Errorf("release %q: %w", e.ID, err)
	}
	return t.put(bEntry, []byte(e.ID), b)
}

func (t *tx) DeleteEntry(id string) error {
	old, err := t.Entry(id)
	switch {
	case err == nil:
		err = t.bucket(bDay).Delete(dayKey(old.Head.Series, indexDay(&old.Head), id))
	case errors.Is(err, ErrNotFound):
		return nil
	default: // it does not say any more under which day it stands
		err = t.deleteDays(id)
	}
	if err != nil {
		return err
	}
	return t.bucket(bEntry).Delete([]byte(id))
}

// deleteDays takes a release out of the index of days wherever it stands there.
func (t *tx) deleteDays(id string) error {
	days := t.bucket(bDay)
	var keys [][]byte
	c := days.Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		if parts := bytes.SplitN(k, []byte{0}, 3); len(parts) == 3 && string(parts[2]) == id {
			keys = append(keys, bytes.Clone(k))
		}
	}
	for _, k := range keys {
		if err := days.Delete(k); err != nil {
			return err
		}
	}
	return nil
}
