package storage

import (
	"bytes"
	"time"

	"readout/timeline"
)

func (c *checker) blobs() {
	hashes := 0
	c.keys(tBorn, func(k, _ []byte) {
		hashes++
		if len(k) != len(Hash{}) {
			c.say("%x is not the hash of captured bytes", k)
			return
		}
		h := Hash(k)
		if _, err := c.tx.blob(h); err != nil {
			c.say("captured bytes of %s: %v", c.of(h), err)
		}
		for row, err := range c.tx.rows.Scan(tCapture, k) {
			if !c.fail(err) && !bytes.HasPrefix(row.Key, k) {
				c.say("captured bytes of %s have no capture", c.of(h))
			}
			return
		}
		c.say("captured bytes of %s have no capture", c.of(h))
	})
	c.same(tBlob, hashes, "captured documents")
}

func (c *checker) captures() {
	rows, sum := 0, keySum{}
	c.keys(tCapture, func(k, v []byte) {
		rows++
		sum.add(k, 1)
		payload, err := checked(tCapture, k, v)
		var r Capture
		if err == nil {
			r, err = c.tx.openCapture(k, payload)
		}
		if c.fail(err) {
			return
		}
		if key, _, err := captureKey(r); err != nil || !bytes.Equal(key, k) {
			c.say("the capture of %s is not what its key says", c.of(r.SHA256))
		}
		if !c.has(tBorn, r.SHA256[:]) {
			c.say("the captured bytes of %s are missing", c.of(r.SHA256))
		}
	})
	c.log(rows, sum)
}

func (c *checker) readings() {
	readings := 0
	c.keys(tNumber, func(k, _ []byte) {
		readings++
		if len(k) != len(ReadingKey{}) {
			c.say("%x is not the key of a reading", k)
			return
		}
		if _, err := c.tx.reading(ReadingKey(k)); err != nil {
			c.say("the reading of %s: %v", c.of(ReadingKey(k).SHA256()), err)
		}
	})
	c.same(tReading, readings, "readings")
}

// places looks for places of what is no reading or in no release.
func (c *checker) places() {
	c.keys(tPlace, func(k, _ []byte) {
		var p Place
		if err := c.tx.load(tPlace, k, &p); err != nil {
			c.fail(err)
		} else if !c.has(tReading, k) || !c.has(tEntry, []byte(p.Release)) {
			c.say("place %x in release %s is that of no reading or of no release", k, p.Release)
		}
	})
}

func (c *checker) entries() {
	leads := map[string]int{}
	c.records(tEntry, func(k, payload []byte) {
		e, err := c.tx.openEntry(payload)
		if err != nil {
			c.say("release %q: %v", k, err)
			return
		}
		if e.ID != string(k) {
			c.say("release %q stands under the id %q", e.ID, k)
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
	})
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
				c.say("what was seen %s does not stand in release %s", s.At.UTC().Format(time.RFC3339), e.ID)
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
	c.records(tNote, func(_, _ []byte) {})
	for _, table := range []string{tDict, tSpare} {
		c.records(table, func(_, _ []byte) {})
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
