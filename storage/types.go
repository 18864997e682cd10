package storage

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"readout/timeline"
)

// Hash is a SHA-256.
type Hash [sha256.Size]byte

// HashOf returns the hash of data.
func HashOf(data []byte) Hash { return sha256.Sum256(data) }

// ParseHash reads 64 hexadecimal digits.
func ParseHash(s string) (Hash, error) {
	var h Hash
	if b, err := hex.DecodeString(s); err != nil || copy(h[:], b) != len(h) || len(b) != len(h) {
		return Hash{}, fmt.Errorf("%q is not a SHA-256 in hexadecimal digits", s)
	}
	return h, nil
}

// String returns the hash in hexadecimal digits.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// MarshalText encodes the hash as [Hash.String] does.
func (h Hash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText decodes what MarshalText wrote.
func (h *Hash) UnmarshalText(b []byte) (err error) {
	*h, err = ParseHash(string(b))
	return err
}

// Capture is one sighting of the bytes of a release, with what its user said about
// it. Two captures that differ in any field are two rows.
type Capture struct {
	SHA256     Hash      `json:"sha256"`
	CapturedAt time.Time `json:"captured_at"` // UTC; when the bytes were seen
	// NotedAt is set where a row only corrects what was said about bytes already
	// kept: the instant of the correction. The later correction wins.
	NotedAt   time.Time `json:"noted_at,omitzero"`
	Name      string    `json:"name,omitempty"`       // of the input: a file name or URL
	MediaType string    `json:"media_type,omitempty"` // as the server or user gave it
	URL       string    `json:"url,omitempty"`        // where the bytes were fetched from
	// Overrides are the user's own statements about the document, as JSON; the
	// store does not look inside. Nil for none.
	Overrides json.RawMessage `json:"overrides,omitempty"`
	// Claimed reports that CapturedAt is what somebody or the document says: the
	// program did not see the bytes itself at that moment.
	Claimed bool `json:"claimed,omitempty"`
	// ReceivedAt is when the store took the row in, by its own clock; zero where that was
	// not noted. It is evidence of this one store and not part of the row: rows that differ
	// in nothing else are one, the first, and no answer may depend on it.
	ReceivedAt time.Time `json:"-"`
}

// ReadingKey names a reading: the hash of the bytes it was read from, and eight
// bytes that the caller may use to keep several readings of the same bytes.
type ReadingKey [sha256.Size + 8]byte

// SHA256 returns the hash of the bytes that were read.
func (k ReadingKey) SHA256() Hash { return Hash(k[:sha256.Size]) }

// String returns the key in hexadecimal digits.
func (k ReadingKey) String() string { return hex.EncodeToString(k[:]) }

// MarshalText encodes the key as [ReadingKey.String] does.
func (k ReadingKey) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText decodes what MarshalText wrote.
func (k *ReadingKey) UnmarshalText(b []byte) error {
	d, err := hex.DecodeString(string(b))
	if err != nil || len(d) != len(k) {
		return fmt.Errorf("%q is not the key of a reading", b)
	}
	copy(k[:], d)
	return nil
}

// Reading is what the rules of one revision read out of captured bytes.
type Reading struct {
	Key      ReadingKey
	Revision int
	// Facts are the caller's own notes, as JSON; [Reader.Facts] reads them alone.
	Facts   json.RawMessage
	Release *timeline.Release // what was read
}

// Entry is one release in the catalogue: the versions of it that are kept, and its
// current one without statements.
type Entry struct {
	ID       string           `json:"id"`
	Identity string           `json:"identity"`       // what makes captures the same release
	Base     string           `json:"base,omitempty"` // the id that it would have if no other release wanted it
	Head     timeline.Release `json:"head"`
	Versions []Version        `json:"versions"` // in order: Versions[0] is v1
	Current  int              `json:"current"`  // number of the version that was seen last
	// Made names what the reading of the current version was made from beside the
	// bytes: rules, and statements of the user. Equal readings and names, equal texts.
	Made       string `json:"made,omitempty"`
	Statements int    `json:"statements,omitempty"` // of the current version
}

// EntryDigest names what an entry holds: equal digests, equal entries.
type EntryDigest struct {
	ID     string
	Digest Hash
}

// Version is one text of a release and when it was seen.
type Version struct {
	Number      int        `json:"number"`
	Fingerprint string     `json:"fingerprint"` // of the text
	Reading     ReadingKey `json:"reading"`
	Sightings   []Sighting `json:"sightings"` // in order of time
}

// Sighting is a moment at which a version was seen, and in which bytes.
type Sighting struct {
	At      time.Time  `json:"at"`
	Reading ReadingKey `json:"reading"`
	// Claimed reports that At is only what somebody says of the bytes.
	Claimed bool `json:"claimed,omitempty"`
}

// Kind says what an [Event] did.
type Kind byte

// The kinds of event.
const (
	CaptureAdded    Kind = 'c' // Event.Capture
	ReadingReplaced Kind = 'r' // Event.Reading: other rules, or a correction
	CurationChanged Kind = 't' // Event.Series
	FetchChanged    Kind = 'f' // Event.Fetch: its standing is another than before
	// CaptureWithdrawn tells that bytes were deleted on purpose: Event.Withdrawn.
	CaptureWithdrawn Kind = 'w'
)

// Event is one line of the log of changes, which is never rewritten.
type Event struct {
	Seq     uint64 // from 1, without gaps
	Kind    Kind
	Capture Capture           // for CaptureAdded
	Reading ReadingKey        // for ReadingReplaced
	Series  timeline.SeriesID // for CurationChanged
	Fetch   string            `json:",omitempty"` // for FetchChanged: the key
	// Withdrawn is the hash of the bytes, for CaptureWithdrawn.
	Withdrawn Hash `json:",omitzero"`
}
