package storage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"go.etcd.io/bbolt"

	"readout/timeline"
)

// Check reads the whole file and returns what is wrong with it, in words, nil for
// nothing: pages, checksums, hashes of captured bytes, and indexes that disagree
// with what they index. Of records that are damaged the first of each kind is
// named. The error is that of [DB.View], except that a damaged file is a finding.
//
// A damaged file does not end the process: this package reads the pages by itself
// first, and bbolt's own check and everything else get to see only pages that hold
// together.
func (db *DB) Check(ctx context.Context) ([]string, error) {
	if db.server != nil {
		return db.checkRows(ctx)
	}
	if err := db.exists(); err != nil {
		return nil, err
	}
	release, err := db.locks.read(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	var found []string
	err = db.with(true, func(s *session) error {
		found, err = db.check(ctx, s)
		return err
	})
	if errors.Is(err, ErrDamaged) {
		return append(found, err.Error()), nil
	}
	return found, err
}

// check checks an open store.
func (db *DB) check(ctx context.Context, s *session) (found []string, err error) {
	if err := walkPages(s.file); err != nil {
		return []string{err.Error()}, nil
	}
	err = s.View(func(btx *bbolt.Tx) error {
		found = checkPages(btx)
		if len(found) > 0 {
			return nil
		}
		if err := checkFormat(btx); err != nil {
			return err
		}
		c := &checker{ctx: ctx, tx: &tx{rows: newBoltRows(btx), packer: db.packer}}
		c.run()
		found = c.found
		return ctx.Err()
	})
	return found, err
}

// checkPages is bbolt's own check, which goes through all pages: what it has mapped is let go
// now and then.
func checkPages(btx *bbolt.Tx) (found []string) {
	letGo := time.NewTicker(20 * time.Millisecond)
	defer letGo.Stop()
	for all := btx.Check(); ; {
		select {
		case err, more := <-all:
			if !more {
				return found
			}
			found = append(found, err.Error())
		case <-letGo.C:
			letFileGo(btx)
		}
	}
}

// checker compares everything in a store with its own checksum and index.
type checker struct {
	ctx   context.Context // of the one call of Check that the checker lives for
	tx    *tx
	found []string
}

func (c *checker) say(format string, args ...any) {
	c.found = append(c.found, fmt.Sprintf(format, args...))
}

// fail notes err, if there is one, and reports whether to stop what is being walked.
func (c *checker) fail(err error) bool {
	if err != nil {
		c.say("%v", err)
	}
	return err != nil || c.ctx.Err() != nil
}

func (c *checker) run() {
	for _, part := range []func(){
		c.blobs, c.captures, c.readings, c.places, c.entries, c.counts, c.decisions, c.postings, c.notes,
	} {
		part()
	}
}

// keys yields the rows of a table.
func (c *checker) keys(table string, yield func(k, v []byte)) {
	for row, err := range c.tx.rows.Scan(table, nil) {
		if c.fail(err) {
			return
		}
		yield(row.Key, row.Value)
	}
}

// has reports whether a table has a row under a key.
func (c *checker) has(table string, key []byte) bool {
	v, err := c.tx.rows.Get(table, key)
	c.fail(err)
	return v != nil
}

// number of rows of a table.
func (c *checker) rows(table string) int {
	n := 0
	c.keys(table, func(_, _ []byte) { n++ })
	return n
}

// same says so where a table has not n rows, one for each of things.
func (c *checker) same(table string, n int, things string) {
	if rows := c.rows(table); rows != n && c.ctx.Err() == nil {
		c.say("table %s has %d rows for %d %s", table, rows, n, things)
	}
}

func (c *checker) blobs() {
	hashes := 0
	c.keys(tBorn, func(k, _ []byte) {
		hashes++
		if len(k) != len(Hash{}) {
			c.say("%x is not the hash of captured bytes", k)
			return
		}
		if _, err := c.tx.Blob(Hash(k)); err != nil {
			c.say("%v", err)
		}
		for row, err := range c.tx.rows.Scan(tCapture, k) {
			if !c.fail(err) && !bytes.HasPrefix(row.Key, k) {
				c.say("captured bytes %x have no capture", k)
			}
			return
		}
		c.say("captured bytes %x have no capture", k)
	})
	c.same(tBlob, hashes, "captured documents")
}

func (c *checker) captures() {
	rows, sum := 0, keySum{}
	for row, err := range c.tx.scan(tCapture, nil) {
		var r Capture
		if err == nil {
			r, err = c.tx.openCapture(row.Key, row.Value)
		}
		if c.fail(err) {
			return
		}
		rows++
		sum.add(row.Key, 1)
		if key, _, err := captureKey(r); err != nil || !bytes.Equal(key, row.Key) {
			c.say("capture %s (%s) is not what its key says", r.SHA256, r.Name)
		}
		if !c.has(tBorn, r.SHA256[:]) {
			c.say("the bytes of capture %s (%s) are missing", r.SHA256, r.Name)
		}
	}
	c.log(rows, sum)
}

func (c *checker) readings() {
	readings := 0
	for _, err := range c.tx.Readings() {
		if err != nil {
			c.say("%v", err)
			return
		}
		readings++
		if c.ctx.Err() != nil {
			return
		}
	}
	c.same(tReading, readings, "readings")
}

// places looks for places of what is no reading or in no release.
func (c *checker) places() {
	c.keys(tPlace, func(k, _ []byte) {
		var p Place
		if err := c.tx.load(tPlace, k, &p); err != nil {
			c.say("%v", err)
		} else if !c.has(tReading, k) || !c.has(tEntry, []byte(p.Release)) {
			c.say("place %x is that of no reading or of no release", k)
		}
	})
}

func (c *checker) entries() {
	leads := map[string]int{}
	entries := 0
	for row, err := range c.tx.scan(tEntry, nil) {
		var e *Entry
		if err == nil {
			e, err = c.tx.openEntry(row.Value)
		}
		if c.fail(err) {
			return
		}
		entries++
		if e.ID != string(row.Key) {
			c.say("release %q stands under the id %q", e.ID, row.Key)
		}
		done := map[string]bool{}
		for _, k := range indexKeys(e) {
			if id := k.table + string(k.key); !done[id] {
				done[id] = true
				leads[k.table]++
			}
			if !c.has(k.table, k.key) {
				c.say("release %s is not in the index %s", e.ID, k.table)
			}
		}
		c.placesOf(e)
	}
	for _, table := range []string{tDay, tWhen, tSeen} {
		c.same(table, leads[table], "versions or releases")
	}
}

// placesOf compares what the readings of an entry say of it.
func (c *checker) placesOf(e *Entry) {
	for _, v := range e.Versions {
		for _, s := range v.Sightings {
			n, err := c.tx.number(s.Reading)
			if c.fail(err) || n == 0 {
				return
			}
			p, err := c.tx.Place(n)
			want := Place{Release: e.ID, Series: e.Head.Series, Day: e.Head.Day(), Published: e.Head.Published,
				Current: s.Reading == e.Versions[e.Current-1].Reading}
			if err != nil || *p != want {
				c.say("reading %s does not stand in release %s", s.Reading, e.ID)
			}
		}
	}
}

// counts compares the counts with a count.
func (c *checker) counts() {
	have, err := c.tx.Counts()
	if c.fail(err) {
		return
	}
	want := Counts{Captures: c.rows(tCapture)}
	series := map[timeline.SeriesID]*seriesRecord{}
	for e, err := range c.tx.Entries("") {
		if c.fail(err) {
			return
		}
		want.Releases++
		want.Versions += len(e.Versions)
		want.Statements += e.Statements
		r := series[e.Head.Series]
		if r == nil {
			r = &seriesRecord{}
			series[e.Head.Series] = r
		}
		r.add(e, 1)
	}
	want.Series = len(series)
	if have != want && c.ctx.Err() == nil {
		c.say("the counts say %+v where %+v are", have, want)
	}
	for id, r := range series {
		if kept, err := c.tx.seriesRecord(id); err != nil || kept != *r {
			c.say("series %q is counted wrongly", id)
		}
	}
	c.same(tSeries, len(series), "series")
}

func (c *checker) decisions() {
	for _, err := range c.tx.Curations() {
		if c.fail(err) {
			break
		}
	}
	for _, err := range c.tx.Fetches() {
		if c.fail(err) {
			break
		}
	}
	_, err := c.tx.Marks()
	c.fail(err)
}

func (c *checker) notes() {
	for _, err := range c.tx.scan(tNote, nil) {
		if c.fail(err) {
			break
		}
	}
	for _, err := range c.tx.scan(tDict, nil) {
		if c.fail(err) {
			break
		}
	}
}

func (c *checker) postings() {
	c.keys(tPost, func(k, v []byte) {
		lists, err := c.tx.openBlock(Row{k, v})
		if err != nil {
			c.say("%v", err)
			return
		}
		for _, l := range lists {
			if _, err := scanPostings(nil, l.bytes, nil); err != nil {
				c.say("block %x: term %q: %v", k, l.term, err)
			}
		}
		if n := len(lists); len(k) < 4 || n == 0 || !bytes.Equal(lists[n-1].term, k[4:]) {
			c.say("block %x does not end with its term", k)
		}
	})
	segments, err := c.tx.segments()
	if c.fail(err) {
		return
	}
	indexed := 0
	for _, s := range segments {
		indexed += int(s.readings)
		if first, err := c.tx.firstBlock(s.name); err != nil || !bytes.Equal(first, s.name) {
			c.say("segment %x has no postings", s.name)
		}
	}
	if n := c.rows(tReading); indexed < n && c.ctx.Err() == nil {
		c.say("the search index has %d readings of %d", indexed, n)
	}
}
