package archive

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"readout/storage"
)

// audit compares the catalogue with the captures and readings that it follows from: one
// component after the other, by the functions that made it, so that no more is held than
// the captures of releases that are tied to each other. That the notes lead to all of a
// component is looked at for every capture, by what its reading says.
type audit struct {
	ctx   context.Context // of the one call of Check that it lives for
	r     storage.Reader
	found []string

	ties, tied, releases int // as they ought to be
}

func (c *audit) say(format string, args ...any) {
	c.found = append(c.found, fmt.Sprintf(format, args...))
}

func (c *audit) run() error {
	for h, err := range c.r.Hashes(storage.Hash{}) {
		if err := errors.Join(err, c.ctx.Err()); err != nil {
			return err
		}
		reach := newReach(c.r)
		if err := c.noted(reach, h); err != nil {
			return err
		}
		least, err := c.least(h)
		if err == nil && least {
			err = c.component(reach, h)
		}
		if err != nil {
			return err
		}
	}
	return errors.Join(c.counts(), c.names())
}

// noted looks whether some bytes are noted under what ties them to others.
func (c *audit) noted(reach *reach, h storage.Hash) error {
	if err := reach.take(h); err != nil {
		return err
	}
	noted := slices.Equal(reach.ties[h], reach.bonds[h].ties)
	for _, tie := range reach.ties[h] {
		_, err := c.r.Note(kindTie, tie+string(h[:]))
		noted = noted && err == nil
		c.ties++
	}
	if len(reach.ties[h]) > 0 {
		c.tied++
	}
	if !noted {
		c.say("the bytes of %s are not noted under what ties them to others", c.of(h))
	}
	return nil
}

// of names what bytes are of, where their notes tell.
func (c *audit) of(h storage.Hash) string {
	l := storage.Lost{SHA256: h}
	for row, err := range c.r.CapturesOf(h) {
		if err == nil {
			l.CapturedAt, l.Name = row.CapturedAt, row.Name
		}
		break
	}
	if b, err := bondOf(c.r, h); err == nil {
		for _, k := range b.claims {
			held, err := holdingOf(c.r, k)
			if err != nil {
				continue
			}
			if e, err := c.r.Entry(held.id); err == nil {
				l.Release, l.Day, l.Source = e.ID, e.Head.Day(), e.Head.Source
			}
		}
	}
	return l.String()
}

// least reports whether some bytes come first of those that they are tied to.
func (c *audit) least(h storage.Hash) (bool, error) {
	queue, seen, followed := []storage.Hash{h}, map[storage.Hash]bool{h: true}, map[string]bool{}
	for ; len(queue) > 0; queue = queue[1:] {
		b, err := bondOf(c.r, queue[0])
		if err != nil {
			return false, err
		}
		for _, tie := range b.ties {
			if followed[tie] {
				continue
			}
			followed[tie] = true
			for n, err := range c.r.Notes(kindTie, tie) {
				if err != nil {
					return false, err
				}
				other := storage.Hash([]byte(n.Key[len(tie):]))
				if bytes.Compare(other[:], h[:]) < 0 {
					return false, nil
				}
				if !seen[other] {
					seen[other] = true
					queue = append(queue, other)
				}
			}
		}
	}
	return true, nil
}

// component compares the releases of all that is tied to some bytes with those that stand
// in the catalogue.
func (c *audit) component(reach *reach, h storage.Hash) error {
	if err := reach.close([]storage.Hash{h}); err != nil {
		return err
	}
	seen, err := sightings(reach.captures, reach.readings)
	if err != nil {
		return err
	}
	entries, claims := releases(seen)
	for i, e := range entries {
		if err := c.release(e, claims[i]); err != nil {
			return err
		}
	}
	belong := claimsOf(entries)
	for h, rows := range reach.captures {
		if !slices.Equal(belong[h], reach.bonds[h].claims) {
			c.say("the bytes of %s are not noted as those of their release", c.of(h))
		}
		if len(belong[h]) == 0 {
			for _, row := range rows {
				c.say("the capture of %s is in no release", storage.Lost{SHA256: h, CapturedAt: row.CapturedAt, Name: row.Name})
			}
		}
	}
	return nil
}

// release compares a release, which has no id yet, with the one that stands in the
// catalogue under the id that is noted for it.
func (c *audit) release(want *storage.Entry, claims claim) error {
	c.releases++
	held, err := holdingOf(c.r, claims.key())
	if err != nil || held.fixed != claims.fixed {
		c.say("release %s is not noted beside those that want the id", claims.base)
		return nil
	}
	want.ID, want.Head.ID = held.id, held.id
	have, err := c.r.Entry(held.id)
	if errors.Is(err, storage.ErrNotFound) {
		c.say("release %s is missing from the catalogue", held.id)
		return nil
	}
	if err != nil {
		return err
	}
	a, errA := json.Marshal(want)
	b, errB := json.Marshal(have)
	if errA != nil || errB != nil || !bytes.Equal(a, b) {
		c.say("release %s stands wrongly in the catalogue", held.id)
	}
	return nil
}

// counts looks for releases without a capture, and for notes that lead nowhere.
func (c *audit) counts() error {
	ids, err := count(c.r.EntryIDs(""))
	if err != nil {
		return err
	}
	if ids != c.releases {
		if err := c.strays(); err != nil {
			return err
		}
	}
	ties, err := count(c.r.Notes(kindTie, ""))
	if err != nil {
		return err
	}
	tied, err := count(c.r.Notes(kindTied, ""))
	if err == nil && (ties != c.ties || tied != c.tied) {
		c.say("some bytes are noted under what does not tie them to others")
	}
	return err
}

// strays names the releases that no claim is noted for.
func (c *audit) strays() error {
	for e, err := range c.r.Entries("") {
		if err != nil {
			return err
		}
		if held, err := holdingOf(c.r, claimOf(e).key()); err != nil || held.id != e.ID {
			c.say("release %s is in the catalogue without a capture", e.ID)
		}
	}
	return nil
}

// names looks whether the releases that want one id have got those that they ought to.
func (c *audit) names() error {
	claims, last := 0, ""
	for n, err := range c.r.Notes(kindClaim, "") {
		if err := errors.Join(err, c.ctx.Err()); err != nil {
			return err
		}
		base := claimKey(n.Key).base()
		if claims++; claims > 1 && base == last {
			continue
		}
		last = base
		all, held, err := claimsTo(c.r, base)
		if err != nil {
			return err
		}
		ids, err := named(c.r, all)
		if err != nil {
			return err
		}
		for i, id := range ids {
			if held[i].id != id {
				c.say("release %s ought to be called %s", held[i].id, id)
			}
		}
	}
	if claims != c.releases {
		c.say("%d claims to an id are noted for %d releases", claims, c.releases)
	}
	return nil
}

// count counts the elements of a sequence, up to its first error.
func count[T any](seq func(func(T, error) bool)) (n int, err error) {
	for _, e := range seq {
		if e != nil {
			return n, e
		}
		n++
	}
	return n, nil
}
