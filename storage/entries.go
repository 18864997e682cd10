package storage

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"readout/timeline"
)

// record is the entry as it is kept: without what follows from the rest.
func (e *Entry) record() entryRecord {
	r := entryRecord{ID: e.ID, Identity: e.Identity, Base: e.Base, Head: releaseRecord(e.Head),
		Current: e.Current, Made: e.Made, Statements: e.Statements}
	for _, v := range e.Versions {
		x := versionRecord{Number: v.Number, Fingerprint: v.Fingerprint, Reading: v.Reading}
		for _, s := range v.Sightings {
			seen := sightingRecord{At: s.At, Claimed: s.Claimed}
			if s.Reading != v.Reading {
				seen.Reading = s.Reading[:]
			}
			x.Sightings = append(x.Sightings, seen)
		}
		r.Versions = append(r.Versions, x)
	}
	if r.Head.SHA256 == e.sha256() {
		r.Head.SHA256 = ""
	}
	return r
}

// sha256 is the hash of the bytes of the current version.
func (e *Entry) sha256() string { return e.Versions[e.Current-1].Reading.SHA256().String() }

func (r entryRecord) entry() *Entry {
	e := &Entry{ID: r.ID, Identity: r.Identity, Base: r.Base, Head: timeline.Release(r.Head),
		Current: r.Current, Made: r.Made, Statements: r.Statements}
	for _, v := range r.Versions {
		x := Version{Number: v.Number, Fingerprint: v.Fingerprint, Reading: v.Reading}
		for _, s := range v.Sightings {
			seen := Sighting{At: s.At, Reading: v.Reading, Claimed: s.Claimed}
			if len(s.Reading) == len(seen.Reading) {
				seen.Reading = ReadingKey(s.Reading)
			}
			x.Sightings = append(x.Sightings, seen)
		}
		e.Versions = append(e.Versions, x)
	}
	if e.Head.SHA256 == "" {
		e.Head.SHA256 = e.sha256()
	}
	return e
}

// openEntry decodes an entry; packed is what its record holds.
func (t *tx) openEntry(packed []byte) (*Entry, error) {
	plain, err := t.unpack(packed)
	if err != nil {
		return nil, err
	}
	var r entryRecord
	if err := t.packer.decode(tEntry, plain, &r); err != nil {
		return nil, err
	}
	if r.Current < 1 || r.Current > len(r.Versions) {
		return nil, fmt.Errorf("%w: release %q has no current version", ErrDamaged, r.ID)
	}
	return r.entry(), nil
}

func (t *tx) Entry(id string) (*Entry, error) {
	packed, err := t.get(tEntry, []byte(id))
	if err != nil {
		return nil, fmt.Errorf("release %q: %w", id, err)
	}
	e, err := t.openEntry(packed)
	if err != nil {
		return nil, fmt.Errorf("release %q: %w", id, err)
	}
	return e, nil
}

func (t *tx) Entries(prefix string) iter.Seq2[*Entry, error] {
	return func(yield func(*Entry, error) bool) {
		for row, err := range t.scan(tEntry, []byte(prefix)) {
			var e *Entry
			if err == nil {
				e, err = t.openEntry(row.Value)
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

func (t *tx) EntryIDs(prefix string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for row, err := range t.keys(tEntry, []byte(prefix)) {
			if !yield(string(row.Key), err) || err != nil {
				return
			}
		}
	}
}

func (t *tx) EntryDigests() iter.Seq2[EntryDigest, error] {
	return func(yield func(EntryDigest, error) bool) {
		for row, err := range t.scan(tEntry, nil) {
			if !yield(EntryDigest{string(row.Key), HashOf(row.Value)}, err) || err != nil {
				return
			}
		}
	}
}

func (t *tx) EntriesOf(series timeline.SeriesID) iter.Seq2[*Entry, error] {
	return t.EntriesSince(series, timeline.Date{})
}

func (t *tx) EntriesSince(series timeline.SeriesID, day timeline.Date) iter.Seq2[*Entry, error] {
	part := membersFrom(series, day)
	return t.entriesUnder(tDay, part.Prefix, part.From, memberOf)
}

// membersFrom is the part of the index by day that names the entries of a series from a
// day on.
func membersFrom(series timeline.SeriesID, day timeline.Date) Ends {
	prefix := dayPrefix(series)
	return Ends{From: append(bytes.Clone(prefix), day.String()...), Prefix: prefix}
}

// memberOf is the id of an entry in what stands behind the series in a key of that index.
func memberOf(rest []byte) []byte {
	_, id, _ := bytes.Cut(rest, []byte{0})
	return id
}

func (t *tx) EntriesOn(day timeline.Date) iter.Seq2[*Entry, error] {
	prefix := append([]byte(day.String()), 0)
	return t.entriesUnder(tWhen, prefix, prefix, func(rest []byte) []byte { return rest })
}

// entriesUnder yields the entries that an index names under a prefix, from a key on.
func (t *tx) entriesUnder(index string, prefix, from []byte, id func(rest []byte) []byte) iter.Seq2[*Entry, error] {
	return func(yield func(*Entry, error) bool) {
		ids := make([]string, 0, t.together())
		for row, err := range t.rows.Scan(index, from) {
			if err != nil {
				yield(nil, err)
				return
			}
			if !bytes.HasPrefix(row.Key, prefix) {
				break
			}
			if ids = append(ids, string(id(row.Key[len(prefix):]))); len(ids) < cap(ids) {
				continue
			}
			if !t.yieldEntries(ids, yield) {
				return
			}
			ids = ids[:0]
		}
		t.yieldEntries(ids, yield)
	}
}

// yieldEntries yields the entries of the ids, and reports whether to go on.
func (t *tx) yieldEntries(ids []string, yield func(*Entry, error) bool) bool {
	if err := t.Ahead(Soon{Entries: ids}); err != nil {
		yield(nil, err)
		return false
	}
	for _, id := range ids {
		if e, err := t.Entry(id); !yield(e, err) || err != nil {
			return false
		}
	}
	return true
}

func (t *tx) SeenSince(at time.Time) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for row, err := range t.rows.Scan(tSeen, appendTime(nil, at)) {
			id := ""
			if err == nil && len(row.Key) > timeSize {
				id = string(row.Key[timeSize:])
			}
			if !yield(id, err) || err != nil {
				return
			}
		}
	}
}

func (t *tx) PutEntry(e *Entry) error {
	if e.ID == "" || strings.ContainsRune(string(e.Head.Series), 0) {
		return fmt.Errorf("release %q of series %q cannot be kept under such a name", e.ID, e.Head.Series)
	}
	if e.Current < 1 || e.Current > len(e.Versions) {
		return fmt.Errorf("release %q cannot be kept without a current version", e.ID)
	}
	if err := t.DeleteEntry(e.ID); err != nil {
		return err
	}
	plain, err := t.packer.encode(e.record())
	if err != nil {
		return fmt.Errorf("release %q: %w", e.ID, err)
	}
	packed, err := t.pack(plain)
	if err != nil {
		return err
	}
	if err := t.put(tEntry, []byte(e.ID), packed); err != nil {
		return err
	}
	for _, k := range indexKeys(e) {
		if err := t.rows.Put(k.table, k.key, []byte{}); err != nil {
			return err
		}
	}
	return errors.Join(t.tally(e, 1), t.setPlaces(e, false))
}

func (t *tx) DeleteEntry(id string) error {
	old, err := t.Entry(id)
	switch {
	case errors.Is(err, ErrNotFound):
		return nil
	case errors.Is(err, ErrDamaged):
		return t.deleteDamaged(id)
	case err != nil:
		return err
	}
	if err := t.rows.Delete(tEntry, []byte(id)); err != nil {
		return err
	}
	for _, k := range indexKeys(old) {
		if err := t.rows.Delete(k.table, k.key); err != nil {
			return err
		}
	}
	return errors.Join(t.tally(old, -1), t.setPlaces(old, true))
}

// indexKey is a row that leads to an entry.
type indexKey struct {
	table string
	key   []byte
}

// indexKeys are the rows that lead to an entry, none of them twice.
func indexKeys(e *Entry) []indexKey {
	out := []indexKey{{tDay, dayKey(e.Head.Series, e.Head.Day(), e.ID)}, {tWhen, whenKey(e.Head.Day(), e.ID)}}
	var last time.Time
	for i, s := range e.Spells(nil) {
		if i == 0 || !s.From.Equal(last) {
			out = append(out, indexKey{tSeen, seenKey(s.From, e.ID)})
		}
		last = s.From
	}
	return out
}

// deleteDamaged forgets an entry that does not say any more where it stands: what
// leads to it is looked for everywhere, and everything is counted anew.
func (t *tx) deleteDamaged(id string) error {
	if err := t.rows.Delete(tEntry, []byte(id)); err != nil {
		return err
	}
	for table, cut := range map[string]int{tDay: 2, tWhen: 1, tSeen: -timeSize} {
		keys, err := t.collectKeys(table, nil)
		if err != nil {
			return err
		}
		for _, k := range keys {
			if indexed(k, cut) != id {
				continue
			}
			if err := t.rows.Delete(table, k); err != nil {
				return err
			}
		}
	}
	return t.recount()
}

// indexed is the id that the key of an index leads to: what stands behind a number of
// zero bytes, or of bytes where it is negative.
func indexed(key []byte, cut int) string {
	if cut < 0 {
		return string(key[min(-cut, len(key)):])
	}
	parts := bytes.SplitN(key, []byte{0}, cut+1)
	return string(parts[len(parts)-1])
}
