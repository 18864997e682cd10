package storage

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"
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
		for err := range btx.Check() {
			found = append(found, err.Error())
		}
		if len(found) > 0 {
			return nil
		}
		if err := checkFormat(btx); err != nil {
			return err
		}
		c := &checker{ctx: ctx, tx: &tx{tx: btx, packer: db.packer}}
		c.run()
		found = c.found
		return ctx.Err()
	})
	return found, err
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
	for _, name := range buckets() {
		if c.tx.tx.Bucket([]byte(name)) == nil {
			c.say("bucket %s is missing", name)
		}
	}
	if len(c.found) > 0 {
		return
	}
	for _, part := range []func(){c.blobs, c.captures, c.readings, c.numbers, c.entries, c.decisions, c.postings} {
		part()
	}
}

// keys yields the keys of a bucket.
func (c *checker) keys(bucket string, yield func(k, v []byte)) {
	cur := c.tx.bucket(bucket).Cursor()
	for k, v := cur.First(); k != nil && c.ctx.Err() == nil; k, v = cur.Next() {
		yield(k, v)
	}
}

func (c *checker) blobs() {
	captures := c.tx.bucket(bCapture).Cursor()
	c.keys(bBlob, func(k, _ []byte) {
		if len(k) != len(Hash{}) {
			c.say("blob key %x is not a hash", k)
			return
		}
		if _, err := c.tx.Blob(Hash(k)); err != nil {
			c.say("%v", err)
		}
		if row, _ := captures.Seek(k); !bytes.HasPrefix(row, k) {
			c.say("captured bytes %x have no capture", k)
		}
	})
}

func (c *checker) captures() {
	rows := map[string]bool{} // by key: whether the log has it
	for kv, err := range c.tx.scan(bCapture, nil) {
		var row Capture
		if err == nil {
			err = decode(bCapture, kv[1], &row)
		}
		if c.fail(err) {
			return
		}
		rows[string(kv[0])] = false
		if key, _, err := captureKey(row); err != nil || !bytes.Equal(key, kv[0]) {
			c.say("capture %s (%s) is not what its key says", row.SHA256, row.Name)
		}
		if c.tx.bucket(bBlob).Get(row.SHA256[:]) == nil {
			c.say("the bytes of capture %s (%s) are missing", row.SHA256, row.Name)
		}
	}
	c.log(rows)
}

// log compares the log with the captures.
func (c *checker) log(rows map[string]bool) {
	seq := uint64(0)
	for e, err := range c.tx.Log(0) {
		if c.fail(err) {
			return
		}
		if seq++; e.Seq != seq {
			c.say("log: number %d stands where %d belongs", e.Seq, seq)
			seq = e.Seq
		}
		if e.Kind != CaptureAdded {
			continue
		}
		key, _, err := captureKey(e.Capture)
		if logged, is := rows[string(key)]; err != nil || !is || logged {
			c.say("log: number %d tells of a capture for a second time, or of none", e.Seq)
		}
		rows[string(key)] = true
	}
	for key, logged := range rows {
		if !logged {
			c.say("log: capture %x is not in it", key)
		}
	}
}

func (c *checker) readings() {
	heads := 0
	for r, err := range c.tx.Readings() {
		if c.fail(err) {
			return
		}
		heads++
		if _, err := c.tx.Reading(r.Key); err != nil {
			c.say("reading %s: %v", r.Key, err)
		}
		if n := c.tx.bucket(bDocOf).Get(r.Key[:]); n == nil || !bytes.Equal(c.tx.bucket(bDoc).Get(n), r.Key[:]) {
			c.say("reading %s is not in the search index", r.Key)
		}
	}
	c.count(bBody, heads, "readings")
}

// numbers looks for numbers of the search index that stand for no reading.
func (c *checker) numbers() {
	readings := 0
	c.keys(bHead, func(_, _ []byte) { readings++ })
	c.count(bDoc, readings, "readings")
	c.count(bDocOf, readings, "readings")
}

// count says so where a bucket has not n keys, one for each of things.
func (c *checker) count(bucket string, n int, things string) {
	keys := 0
	c.keys(bucket, func(_, _ []byte) { keys++ })
	if keys != n && c.ctx.Err() == nil {
		c.say("bucket %s has %d keys for %d %s", bucket, keys, n, things)
	}
}

func (c *checker) entries() {
	entries := 0
	for kv, err := range c.tx.scan(bEntry, nil) {
		var e Entry
		if err == nil {
			err = decode(bEntry, kv[1], &e)
		}
		if c.fail(err) {
			return
		}
		entries++
		if e.ID != string(kv[0]) {
			c.say("release %q stands under the id %q", e.ID, kv[0])
		}
		key := dayKey(e.Head.Series, indexDay(&e.Head), e.ID)
		if k, _ := c.tx.bucket(bDay).Cursor().Seek(key); !bytes.Equal(k, key) {
			c.say("release %s is not in the index of days", e.ID)
		}
	}
	c.count(bDay, entries, "releases")
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

func (c *checker) postings() {
	post := c.tx.bucket(bPost)
	c.keys(bSegment, func(name, v []byte) {
		if len(name) != 4 || len(v) != 4 || post.Bucket(name) == nil {
			c.say("segment %x has no postings", name)
		}
	})
	c.keys(bPost, func(name, v []byte) {
		if v != nil || c.tx.bucket(bSegment).Get(name) == nil {
			c.say("postings %x belong to no segment", name)
			return
		}
		cur := post.Bucket(name).Cursor()
		for k, v := cur.First(); k != nil && c.ctx.Err() == nil; k, v = cur.Next() {
			if v == nil {
				c.say("segment %x: term %q has no list", name, k)
			} else if _, err := segmentList(name, k, v); err != nil {
				c.say("segment %x: term %q: %v", name, k, err)
			}
		}
	})
}
