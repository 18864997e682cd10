package ask

import "time"

// Verification is the answer of "verify".
type Verification struct {
	Schema string `json:"schema"` // "readout.verification/1"
	OK     bool   `json:"ok"`
	// Proved and Unproved say in words what was shown, and what cannot be.
	Proved   []string `json:"proved"`
	Unproved []string `json:"unproved"`
	Head     string   `json:"head"` // that the bundle or the store has
	// The capture of a bundle; zero for a store.
	SHA256     string    `json:"sha256,omitempty"`
	CapturedAt time.Time `json:"captured_at,omitzero"`
	URL        string    `json:"url,omitempty"`
}

// Lines returns the answer itself.
func (v *Verification) Lines() []any { return []any{v} }
