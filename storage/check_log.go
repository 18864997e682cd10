package storage

import "encoding/binary"

// log compares the log with the captures. That it tells of each of them once follows from
// their number and the sum of their keys, so that none need be remembered: a sum of hashes is
// equal for another set by chance only.
func (c *checker) log(captures int, sum keySum) {
	seq, told, first := uint64(0), 0, 0
	c.keys(tGone, func(k, _ []byte) {
		if len(k) > len(Hash{}) { // a capture that was withdrawn
			sum.add(k, 1)
		}
	})
	for row, err := range c.tx.rows.Scan(tLog, nil) {
		if c.fail(err) {
			return
		}
		e, err := c.tx.event(row.Key, row.Value)
		if c.fail(err) {
			return // its number and what it tells of are missing in all that follows
		}
		if seq++; e.Seq != seq {
			c.say("log: number %d stands where %d belongs", e.Seq, seq)
			seq = e.Seq
		}
		if e.Kind != CaptureAdded {
			continue
		}
		told++
		sum.add(row.Value[checksumSize+1:], -1)
		switch born, err := c.tx.Born(e.Capture.SHA256); {
		case c.has(tGone, e.Capture.SHA256[:]):
		case err == nil && born == e.Seq:
			first++
		case err != nil || born > e.Seq:
			c.say("log: number %d is the first about captured bytes of %s, which is not noted", e.Seq, c.of(e.Capture.SHA256))
		}
	}
	if c.ctx.Err() != nil {
		return
	}
	captures += c.buried()
	if told != captures {
		c.say("the log tells of %d captures, and %d are kept: one is not in it", told, captures)
	} else if sum != (keySum{}) {
		c.say("the log tells of a capture for a second time, and of another one not at all")
	}
	c.same(tBorn, first, "captured documents")
}

// keySum is a sum of the hashes of keys: four numbers that run over.
type keySum [4]uint64

// add adds the hash of a key, sign times.
func (s *keySum) add(key []byte, sign int) {
	h := HashOf(key)
	for i := range s {
		s[i] += uint64(sign) * binary.BigEndian.Uint64(h[8*i:])
	}
}
