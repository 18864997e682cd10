package storage

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/fxamacker/cbor/v2"

	"readout/timeline"
)

// Records are CBOR (RFC 8949): binary, self-delimiting, and readable by any program.
// The types of this file are those of the domain with a number for every field. They
// are converted, not copied, so a field that is new in the domain and has no number
// here does not compile: give it the next one, in the place that it has there.

// captureRecord is a capture without what its key says: hash and time.
type captureRecord struct {
	SHA256     Hash            `cbor:"-"`
	CapturedAt time.Time       `cbor:"-"`
	NotedAt    time.Time       `cbor:"1,keyasint,omitzero"`
	Name       string          `cbor:"2,keyasint,omitempty"`
	MediaType  string          `cbor:"3,keyasint,omitempty"`
	URL        string          `cbor:"4,keyasint,omitempty"`
	Overrides  json.RawMessage `cbor:"5,keyasint,omitempty"`
	Claimed    bool            `cbor:"6,keyasint,omitempty"`
	ReceivedAt time.Time       `cbor:"7,keyasint,omitzero"`
}

// readingRecord is a reading: what is asked for often first, then the release.
type readingRecord struct {
	Key      ReadingKey      `cbor:"1,keyasint"`
	Revision int             `cbor:"2,keyasint"`
	Facts    json.RawMessage `cbor:"3,keyasint,omitempty"`
	Release  []byte          `cbor:"4,keyasint"` // zstd of CBOR of releaseRecord and its parts
}

type releaseRecord struct {
	ID           string                 `cbor:"1,keyasint,omitempty"`
	Version      int                    `cbor:"2,keyasint,omitempty"`
	Versions     int                    `cbor:"3,keyasint,omitempty"`
	Source       string                 `cbor:"4,keyasint,omitempty"`
	Title        string                 `cbor:"5,keyasint,omitempty"`
	Issuer       timeline.Party         `cbor:"6,keyasint,omitempty"`
	Kind         timeline.Kind          `cbor:"7,keyasint,omitempty"`
	Level        timeline.Level         `cbor:"8,keyasint,omitempty"`
	Occasion     string                 `cbor:"9,keyasint,omitempty"`
	Place        string                 `cbor:"10,keyasint,omitempty"`
	Held         timeline.Date          `cbor:"11,keyasint,omitzero"`
	HeldUntil    timeline.Date          `cbor:"24,keyasint,omitzero"`
	Published    timeline.Date          `cbor:"12,keyasint,omitzero"`
	CapturedAt   time.Time              `cbor:"13,keyasint,omitzero"`
	Language     string                 `cbor:"14,keyasint,omitempty"`
	LanguageRead bool                   `cbor:"26,keyasint,omitempty"`
	Parties      []timeline.Party       `cbor:"15,keyasint"`
	Series       timeline.SeriesID      `cbor:"16,keyasint,omitempty"`
	Meeting      string                 `cbor:"23,keyasint,omitempty"`
	Doubts       []timeline.Doubt       `cbor:"25,keyasint"`
	SHA256       string                 `cbor:"17,keyasint,omitempty"`
	Participants []timeline.Participant `cbor:"18,keyasint"`
	Sections     []timeline.Section     `cbor:"19,keyasint"`
	Statements   []timeline.Statement   `cbor:"20,keyasint"`
	Lines        []timeline.Line        `cbor:"28,keyasint"`
	Text         string                 `cbor:"22,keyasint,omitempty"`
}

type statementRecord struct {
	ID         string           `cbor:"1,keyasint,omitempty"`
	Path       []string         `cbor:"2,keyasint"`
	Section    int              `cbor:"3,keyasint"`
	Text       string           `cbor:"4,keyasint,omitempty"`
	Start      int              `cbor:"5,keyasint"`
	End        int              `cbor:"6,keyasint"`
	Speakers   []timeline.Party `cbor:"7,keyasint"`
	Unresolved bool             `cbor:"11,keyasint,omitempty"`
	By         []string         `cbor:"12,keyasint"`
	Act        timeline.Act     `cbor:"8,keyasint,omitempty"`
	Verb       string           `cbor:"9,keyasint,omitempty"`
	Topics     []string         `cbor:"10,keyasint"`
	Wholes     []string         `cbor:"-"` // known only inside a series
	Inherited  bool             `cbor:"-"` // the same
}

// wholeRelease is a release with its statements set apart.
type wholeRelease struct {
	Release    releaseRecord     `cbor:"1,keyasint"`
	Statements []statementRecord `cbor:"2,keyasint"`
	None       bool              `cbor:"3,keyasint,omitempty"` // the statements are nil, not empty
	Text       []byte            `cbor:"4,keyasint"`           // delta of the text, see appendDelta
}

type entryRecord struct {
	ID         string          `cbor:"1,keyasint"`
	Identity   string          `cbor:"2,keyasint,omitempty"`
	Head       releaseRecord   `cbor:"3,keyasint"`
	Versions   []versionRecord `cbor:"4,keyasint"`
	Current    int             `cbor:"5,keyasint"`
	Made       string          `cbor:"6,keyasint,omitempty"`
	Statements int             `cbor:"7,keyasint,omitempty"`
	Base       string          `cbor:"8,keyasint,omitempty"`
}

type versionRecord struct {
	Number      int              `cbor:"1,keyasint"`
	Fingerprint string           `cbor:"2,keyasint"`
	Reading     ReadingKey       `cbor:"3,keyasint"`
	Sightings   []sightingRecord `cbor:"4,keyasint"`
}

type sightingRecord struct {
	At      time.Time `cbor:"1,keyasint"`
	Reading []byte    `cbor:"2,keyasint,omitempty"` // where it is not that of the version
	Claimed bool      `cbor:"3,keyasint,omitempty"`
}

// cborModes returns how records are written and read.
func cborModes() (cbor.EncMode, cbor.DecMode, error) {
	enc, err := cbor.EncOptions{
		Time: cbor.TimeRFC3339Nano, TextMarshaler: cbor.TextMarshalerTextString, Sort: cbor.SortBytewiseLexical,
	}.EncMode()
	if err != nil {
		return nil, nil, err
	}
	dec, err := cbor.DecOptions{
		TextUnmarshaler: cbor.TextUnmarshalerTextString, MaxArrayElements: 1 << 24, MaxMapPairs: 1 << 20,
	}.DecMode()
	return enc, dec, err
}

// MarshalCBOR writes the hash as its 32 bytes.
func (h Hash) MarshalCBOR() ([]byte, error) { return cbor.Marshal(h[:]) }

// UnmarshalCBOR reads what MarshalCBOR wrote.
func (h *Hash) UnmarshalCBOR(b []byte) error { return unmarshalBytes(b, h[:]) }

// MarshalCBOR writes the key as its 40 bytes.
func (k ReadingKey) MarshalCBOR() ([]byte, error) { return cbor.Marshal(k[:]) }

// UnmarshalCBOR reads what MarshalCBOR wrote.
func (k *ReadingKey) UnmarshalCBOR(b []byte) error { return unmarshalBytes(b, k[:]) }

func unmarshalBytes(b, into []byte) error {
	var raw []byte
	if err := cbor.Unmarshal(b, &raw); err != nil {
		return err
	}
	if len(raw) != len(into) {
		return fmt.Errorf("%d bytes where %d belong", len(raw), len(into))
	}
	copy(into, raw)
	return nil
}
