package storage

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"go.etcd.io/bbolt"
)

// Check reads the whole file and returns what is wrong with it, in words, nil for
// nothing: pages, checksums, hashes of captured bytes, and indexes that disagree
// with what they index. What is wrong with captured bytes, or with what was read out of
// them, is said of the release that they are of. The error is that of [DB.View], except
// that a damaged file is a finding.
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
	if errors.Is(err, ErrDamaged) { // no row can be looked at
		return slices.Concat(found, []string{err.Error()}, lostOf(db.path)), nil
	}
	return found, err
}

// check checks an open store. ErrDamaged says that its pages do not hold together.
func (db *DB) check(ctx context.Context, s *session) (found []string, err error) {
	if err := walkPages(s.file); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	err = s.View(func(btx *bbolt.Tx) error {
		if wrong := checkPages(btx); len(wrong) > 0 {
			return fmt.Errorf("%w: %s", ErrDamaged, strings.Join(wrong, "; "))
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

// withoutKeys is what bbolt tells without the keys, which say nothing to people.
func withoutKeys(err error) string {
	return regexp.MustCompile(`(\(hex\))?[0-9a-f]{16,}`).ReplaceAllString(err.Error(), "…")
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
			found = append(found, withoutKeys(err))
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
	named map[Hash]Lost // what bytes are of, nil before anybody asked
}

func (c *checker) say(format string, args ...any) {
	c.found = append(c.found, fmt.Sprintf(format, args...))
}

// fail notes err, if there is one, and reports whether to stop what is being walked.
func (c *checker) fail(err error) bool {
	if err != nil {
		c.say("%s", c.tell(err))
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

// records yields the rows of a table that have their checksums, with the payloads, and says
// which have not.
func (c *checker) records(table string, yield func(k, payload []byte)) {
	c.keys(table, func(k, v []byte) {
		payload, err := checked(table, k, v)
		if !c.fail(err) {
			yield(k, payload)
		}
	})
}

// rows is the number of rows of a table.
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
