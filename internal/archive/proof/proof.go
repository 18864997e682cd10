// Package proof lets a stranger check that captured bytes were in a store, without the
// store: the log of captures is a transparency log (RFC 6962), whose every record is one
// capture and whose head commits to all of them in order.
//
// A [Log] makes heads and, by [Log.Prove], a [Bundle] for one capture; [Bundle.Verify]
// checks one, and [Log.Begins] that a later log still begins with an earlier one, so
// that nothing was removed, replaced or put in between since.
//
// A bundle proves what the store held and that the head commits to it. It does not prove
// that a ministry published it, nor when: the moment of a capture is what its captor said.
package proof

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"readout/storage"
)

// origin is the first line of a head, in the form of a checkpoint of a transparency log
// (https://c2sp.org/tlog-checkpoint).
const origin = "readout captures"

// Head commits to the first Size captures of a log.
type Head struct {
	Size int64
	Root tlog.Hash
}

// String returns the head as it is written down: origin, size, root, a line each.
func (h Head) String() string {
	return fmt.Sprintf("%s\n%d\n%s\n", origin, h.Size, base64.StdEncoding.EncodeToString(h.Root[:]))
}

// ParseHead reads what String wrote; further lines, such as signatures, are ignored.
func ParseHead(text string) (Head, error) {
	lines := strings.SplitN(text, "\n", 4)
	if len(lines) < 3 || lines[0] != origin {
		return Head{}, fmt.Errorf("no head of a log of captures: it begins with %q", origin)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 {
		return Head{}, fmt.Errorf("head: %q is no number of captures", lines[1])
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return Head{}, fmt.Errorf("head: %q is no hash", lines[2])
	}
	return Head{size, tlog.Hash(root)}, nil
}

// Log is the tree of a log of captures, in memory. The zero Log is empty.
type Log struct {
	hashes []tlog.Hash // as tlog stores them
	size   int64
}

// Add appends a capture.
func (l *Log) Add(c storage.Capture) error {
	record, err := Record(c)
	if err != nil {
		return err
	}
	more, err := tlog.StoredHashes(l.size, record, tlog.HashReaderFunc(l.read))
	if err != nil {
		return err
	}
	l.hashes = append(l.hashes, more...)
	l.size++
	return nil
}

func (l *Log) read(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		if x < 0 || x >= int64(len(l.hashes)) {
			return nil, fmt.Errorf("the log has no hash %d", x)
		}
		out[i] = l.hashes[x]
	}
	return out, nil
}

// Head returns the head of the first so many captures. It is an error where the log has
// fewer.
func (l *Log) Head(size int64) (Head, error) {
	if size > l.size {
		return Head{}, fmt.Errorf("%w: it has %d captures, the head commits to %d", ErrShorter, l.size, size)
	}
	root, err := tlog.TreeHash(size, tlog.HashReaderFunc(l.read))
	return Head{size, root}, err
}

// Size is how many captures the log has.
func (l *Log) Size() int64 { return l.size }

// ErrShorter is returned where a log has fewer captures than a head commits to.
var ErrShorter = errors.New("captures were removed from the log")

// ErrAltered is returned where a log does not begin with the captures that a head commits to.
var ErrAltered = errors.New("the log does not begin with the captures of that head: some were removed, replaced or put in between")

// Begins reports whether the log still begins with what an earlier head commits to: nil,
// [ErrShorter] or [ErrAltered].
func (l *Log) Begins(earlier Head) error {
	now, err := l.Head(earlier.Size)
	if err == nil && now != earlier {
		err = ErrAltered
	}
	return err
}

// Record is a capture as the log commits to it: a line that names the form, and the row.
func Record(c storage.Capture) ([]byte, error) {
	c.CapturedAt = c.CapturedAt.UTC()
	row, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	return []byte("readout capture 1\n" + string(row) + "\n"), nil
}

// Bundle is everything that is needed to check one capture and a quotation from it.
type Bundle struct {
	Schema    string   `json:"schema"` // "readout.proof/1"
	Release   string   `json:"release"`
	Version   int      `json:"version"`
	Record    string   `json:"record"` // of the log: the row of the capture, with its hash, time and address
	Raw       []byte   `json:"raw"`    // the captured bytes, base64
	Index     int64    `json:"index"`  // of the record in the log, from 0
	Proof     [][]byte `json:"proof"`  // hashes that lead from the record to the head, base64
	Head      string   `json:"head"`
	Statement *Quote   `json:"statement,omitempty"`
}

// Quote is a statement that the bundle is about.
type Quote struct {
	ID    string `json:"id"`
	Text  string `json:"text"`
	Start int    `json:"start"` // byte offsets into the text that is read from Raw
	End   int    `json:"end"`
}

// Schema is that of a bundle.
const Schema = "readout.proof/1"

// Prove returns the bundle of the capture at an index of the log, whose bytes are given.
func (l *Log) Prove(c storage.Capture, index int64, raw []byte) (*Bundle, error) {
	record, err := Record(c)
	if err != nil {
		return nil, err
	}
	path, err := tlog.ProveRecord(l.size, index, tlog.HashReaderFunc(l.read))
	if err != nil {
		return nil, err
	}
	head, err := l.Head(l.size)
	if err != nil {
		return nil, err
	}
	b := &Bundle{Schema: Schema, Record: string(record), Raw: raw, Index: index, Proof: [][]byte{}, Head: head.String()}
	for _, h := range path {
		b.Proof = append(b.Proof, h[:])
	}
	return b, nil
}

// Verify checks that the bytes have the hash of the record, and that the head commits to the
// record at its place. It returns the row of the capture.
func (b *Bundle) Verify() (storage.Capture, error) {
	var c storage.Capture
	if b.Schema != Schema {
		return c, fmt.Errorf("no bundle of %s: its schema is %q", Schema, b.Schema)
	}
	row, ok := strings.CutPrefix(b.Record, "readout capture 1\n")
	if !ok {
		return c, errors.New("the record is of an unknown form")
	}
	if err := json.Unmarshal([]byte(row), &c); err != nil {
		return c, fmt.Errorf("the record is no capture: %v", err)
	}
	if again, err := Record(c); err != nil || string(again) != b.Record {
		return c, errors.New("the record says more than a capture does")
	}
	if sha256.Sum256(b.Raw) != c.SHA256 {
		return c, fmt.Errorf("the bytes do not have the hash of the record, %s", c.SHA256)
	}
	head, err := ParseHead(b.Head)
	if err != nil {
		return c, err
	}
	path := make(tlog.RecordProof, len(b.Proof))
	for i, h := range b.Proof {
		if len(h) != tlog.HashSize {
			return c, errors.New("the proof holds what is no hash")
		}
		path[i] = tlog.Hash(h)
	}
	if err := tlog.CheckRecord(path, head.Size, head.Root, b.Index, tlog.RecordHash([]byte(b.Record))); err != nil {
		return c, fmt.Errorf("the head does not commit to the record: %v", err)
	}
	return c, nil
}
