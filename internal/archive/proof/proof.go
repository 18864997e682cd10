// Package proof lets a stranger check that captured bytes were in a store, without the
// store: the log of captures is a transparency log (RFC 6962), whose every record is one
// capture or withdrawal and whose head commits to all of them in order.
//
// A [Log] makes heads and, by [Log.Prove], a [Bundle] for one capture; [Bundle.Verify]
// checks one, and [Log.Begins] that a later log still begins with an earlier one, so
// that nothing was removed, replaced or put in between since. A [Key] signs heads.
//
// A bundle proves what the store held and that the head commits to it. It does not prove
// that a ministry published it, nor when: the moment of a capture is what its captor said.
package proof

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
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

// Head commits to the first Size records of a log.
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
	if err != nil || size < 0 || lines[1] != strconv.FormatInt(size, 10) {
		return Head{}, fmt.Errorf("head: %q is no number of captures", lines[1])
	}
	root, err := base64.StdEncoding.Strict().DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return Head{}, fmt.Errorf("head: %q is no hash", lines[2])
	}
	return Head{size, tlog.Hash(root)}, nil
}

// CutHead returns the head that stands in a text which may say other things around it, with
// its signatures, "" for none.
func CutHead(text string) string {
	i := strings.Index("\n"+text, "\n"+origin+"\n")
	if i < 0 {
		return ""
	}
	body, signatures, ok := strings.Cut(text[i:], "\n\n")
	if !ok {
		return body
	}
	head := body + "\n\n"
	for line := range strings.Lines(signatures) {
		if !strings.HasPrefix(line, "— ") {
			break
		}
		head += strings.TrimSuffix(line, "\n") + "\n"
	}
	return head
}

// Bundle is everything that is needed to check one capture and a quotation from it.
type Bundle struct {
	Schema    string   `json:"schema"` // "readout.proof/1"
	Release   string   `json:"release"`
	Version   int      `json:"version"`
	Record    string   `json:"record"` // of the log: the row of the capture, with its hash, times and address
	Raw       []byte   `json:"raw"`    // the captured bytes, base64; null where they were withdrawn
	Index     int64    `json:"index"`  // of the record in the log, from 0
	Proof     [][]byte `json:"proof"`  // hashes that lead from the record to the head, base64
	Head      string   `json:"head"`   // with its signature, if any
	Key       string   `json:"key"`    // the public half of the key that signed it, "" for none
	Statement *Quote   `json:"statement,omitempty"`
	// Withdrawn says that the bytes are no longer kept, and why.
	Withdrawn *storage.Withdrawal `json:"withdrawn,omitempty"`
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

// seal stands between a bundle and the hash of all bytes before it, so that a change of any
// of them shows.
const seal = `,"sha256":"`

// Encode returns the bundle as it is written down: one JSON object in one line, whose last
// field is the SHA-256 of what stands before it.
func (b *Bundle) Encode() ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(b); err != nil {
		return nil, err
	}
	body := bytes.TrimSuffix(out.Bytes(), []byte("}\n"))
	sum := sha256.Sum256(body)
	return append(body, seal+hex.EncodeToString(sum[:])+"\"}\n"...), nil
}

// Decode reads what Encode wrote, and nothing else: of a field that stands twice, or that is no field of
// a bundle, readers might think differently.
func Decode(data []byte) (*Bundle, error) {
	at := bytes.LastIndex(data, []byte(seal))
	if at < 0 {
		return nil, errors.New("it has no hash of itself")
	}
	sum := sha256.Sum256(data[:at])
	if string(bytes.TrimSuffix(data[at:], []byte("\n"))) != seal+hex.EncodeToString(sum[:])+"\"}" {
		return nil, errors.New("it was changed since it was made: its hash is another")
	}
	var b Bundle
	if err := json.Unmarshal(append(bytes.Clone(data[:at]), '}'), &b); err != nil {
		return nil, err
	}
	again, err := b.Encode()
	if err == nil && !bytes.Equal(bytes.TrimSuffix(data, []byte("\n")), bytes.TrimSuffix(again, []byte("\n"))) {
		err = errors.New("it has further fields, or is laid out otherwise than a bundle")
	}
	return &b, err
}

// Prove returns the bundle of the capture at an index of the log, whose bytes are given;
// key signs the head, nil leaves it unsigned.
func (l *Log) Prove(c storage.Capture, index int64, raw []byte, key *Key) (*Bundle, error) {
	record, err := Record(c)
	if err != nil {
		return nil, err
	}
	path, err := tlog.ProveRecord(l.Size(), index, tlog.HashReaderFunc(l.hashes))
	if err != nil {
		return nil, err
	}
	head, err := l.Head(l.Size())
	if err != nil {
		return nil, err
	}
	b := &Bundle{Schema: Schema, Record: string(record), Raw: raw, Index: index, Proof: [][]byte{}, Head: head.String()}
	if key != nil {
		b.Key = key.Public()
		if b.Head, err = key.Sign(head); err != nil {
			return nil, err
		}
	}
	for _, h := range path {
		b.Proof = append(b.Proof, h[:])
	}
	return b, nil
}

// Verify checks that the bytes have the hash of the record, that the head commits to the
// record at its place, and that the key signed the head, where one is named. It returns the
// row of the capture.
func (b *Bundle) Verify() (storage.Capture, error) {
	if b.Schema != Schema {
		return storage.Capture{}, fmt.Errorf("no bundle of %s: its schema is %q", Schema, b.Schema)
	}
	c, err := parseRecord(b.Record)
	if err != nil {
		return c, err
	}
	if b.Withdrawn == nil && sha256.Sum256(b.Raw) != c.SHA256 {
		return c, fmt.Errorf("the bytes do not have the hash of the record, %s", c.SHA256)
	}
	if b.Withdrawn != nil && (len(b.Raw) > 0 || b.Statement != nil) {
		return c, errors.New("it says that the bytes were withdrawn, and what they are")
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
	if b.Key != "" {
		if err := Signed(b.Head, b.Key); err != nil {
			return c, err
		}
	}
	return c, nil
}
