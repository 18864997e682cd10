package storage

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"time"
)

// Withdrawal is a tombstone: it records that captured bytes were deleted on purpose, and
// why. What the log says of their captures stays; the bytes do not, and nobody can take
// the same bytes in again.
type Withdrawal struct {
	SHA256      Hash      `json:"sha256"`
	WithdrawnAt time.Time `json:"withdrawn_at"`
	Reason      string    `json:"reason"`
	Release     string    `json:"release,omitempty"` // what they were the bytes of
}

// withdrawalRecord is a withdrawal without what its key says.
type withdrawalRecord struct {
	SHA256      Hash      `cbor:"-"`
	WithdrawnAt time.Time `cbor:"1,keyasint"`
	Reason      string    `cbor:"2,keyasint"`
	Release     string    `cbor:"3,keyasint,omitempty"`
}

// The table of what was withdrawn has two kinds of row: under a hash the withdrawal, and
// under the keys of captures the rows of these, as they stood among the captures.

func (t *tx) Withdrawal(h Hash) (*Withdrawal, error) {
	var r withdrawalRecord
	if err := t.load(tGone, h[:], &r); err != nil {
		return nil, fmt.Errorf("withdrawal of %s: %w", h, err)
	}
	w := Withdrawal(r)
	w.SHA256, w.WithdrawnAt = h, w.WithdrawnAt.UTC()
	return &w, nil
}

func (t *tx) Withdrawals() iter.Seq2[*Withdrawal, error] {
	return func(yield func(*Withdrawal, error) bool) {
		for row, err := range t.keys(tGone, nil) {
			if err == nil && len(row.Key) != len(Hash{}) {
				continue // a capture
			}
			var w *Withdrawal
			if err == nil {
				w, err = t.Withdrawal(Hash(row.Key))
			}
			if !yield(w, err) || err != nil {
				return
			}
		}
	}
}

func (t *tx) Withdraw(w Withdrawal) (bool, error) {
	if _, err := t.Withdrawal(w.SHA256); !errors.Is(err, ErrNotFound) {
		return false, err
	}
	rows, err := t.collectKeys(tCapture, w.SHA256[:])
	if err != nil {
		return false, err
	}
	for _, key := range rows {
		if err := t.bury(key); err != nil {
			return false, err
		}
	}
	delete(t.blobs, w.SHA256)
	if err := t.dropBlob(w.SHA256); err != nil {
		return false, err
	}
	w.WithdrawnAt = w.WithdrawnAt.UTC()
	if err := t.save(tGone, bytes.Clone(w.SHA256[:]), withdrawalRecord(w)); err != nil {
		return false, err
	}
	if err := t.count(func(n *Counts) { n.Captures -= len(rows) }); err != nil {
		return false, err
	}
	return true, t.log(CaptureWithdrawn, w.SHA256[:])
}

// bury moves the row of a capture to what was withdrawn, where only the log looks for it.
func (t *tx) bury(key []byte) error {
	row, err := t.rows.Get(tCapture, key)
	if err != nil {
		return err
	}
	return errors.Join(t.rows.Put(tGone, key, bytes.Clone(row)), t.rows.Delete(tCapture, key))
}

// dropBlob forgets captured bytes; it is no error if there are none.
func (t *tx) dropBlob(h Hash) error {
	seq, err := t.Born(h)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return errors.Join(t.rows.Delete(tBlob, seqKey(seq)), t.rows.Delete(tBorn, h[:]))
}

// buried looks at what was withdrawn, and counts the captures among it.
func (c *checker) buried() int {
	n := 0
	c.keys(tGone, func(k, v []byte) {
		payload, err := checked(tGone, k, v)
		if c.fail(err) {
			return
		}
		if len(k) == len(Hash{}) {
			_, err = c.tx.Withdrawal(Hash(k))
		} else if n++; !c.has(tGone, k[:min(len(k), len(Hash{}))]) {
			err = fmt.Errorf("the capture of %s stands among what was withdrawn, and was not", c.ofKey(k))
		} else {
			_, err = c.tx.openCapture(k, payload)
		}
		if !c.fail(err) && c.has(tBorn, k[:len(Hash{})]) {
			c.say("the bytes of %s were withdrawn, and are there", c.ofKey(k))
		}
	})
	return n
}

// refuseWithdrawn is an error for bytes that were withdrawn.
func (t *tx) refuseWithdrawn(h Hash) error {
	w, err := t.Withdrawal(h)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return &WithdrawnError{*w}
}

// WithdrawnError is returned for bytes that were withdrawn.
type WithdrawnError struct{ Withdrawal }

// Error says when they were withdrawn, and why.
func (e *WithdrawnError) Error() string {
	of := ""
	if e.Release != "" {
		of = " of " + e.Release
	}
	return fmt.Sprintf("the bytes%s were withdrawn on %s: %s", of, e.WithdrawnAt.Format(time.DateOnly), e.Reason)
}
