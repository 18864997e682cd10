package ask

import (
	"time"

	"readout/timeline"
)

// Answer is what a question is answered with. Its JSON encoding is what docs/json.md
// promises to scripts.
type Answer interface {
	// Lines are the objects that stand one to a line in the format "jsonl".
	Lines() []any
}

// some returns s, or an empty slice where it is nil: arrays are never null.
func some[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// lines returns the elements of s as the lines of an answer.
func lines[T any](s []T) []any {
	out := make([]any, len(s))
	for i, v := range s {
		out[i] = v
	}
	return out
}

// Instant is a moment as answers have it: RFC 3339 in UTC, to the second, and "" for the
// zero one.
type Instant struct{ time.Time }

// String returns the moment as JSON has it.
func (t Instant) String() string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// MarshalText implements [encoding.TextMarshaler].
func (t Instant) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// MarshalJSON keeps that of [time.Time] out of the way.
func (t Instant) MarshalJSON() ([]byte, error) { return []byte(`"` + t.String() + `"`), nil }

// ids returns the ids of releases.
func ids(rs []*timeline.Release) []string {
	out := make([]string, len(rs))
	for i, r := range rs {
		out[i] = r.ID
	}
	return out
}
