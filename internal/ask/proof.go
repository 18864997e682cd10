package ask

import "time"

// Verification is the answer of "verify".
type Verification struct {
	Schema string `json:"schema"` // "readout.verification/1"
	OK     bool   `json:"ok"`
	// Proved and Unproved say in words what was shown, and what cannot be.
	Proved   []string `json:"proved"`
	Unproved []string `json:"unproved"`
	Head     string   `json:"head"` // that the bundle or the store has, with its signature
	Key      string   `json:"key"`  // the public half of the key that signed it, "" for none
	// The capture of a bundle; zero for a store.
	SHA256     string    `json:"sha256,omitempty"`
	CapturedAt time.Time `json:"captured_at,omitzero"` // as its captor says
	ReceivedAt time.Time `json:"received_at,omitzero"` // by the clock of the store
	URL        string    `json:"url,omitempty"`
	// Stamps are the time stamps of the earlier head, and of the head of the bundle or the store.
	Stamps []TimeStamp `json:"stamps,omitempty"`
	// BackDated are captures taken in since an earlier head that claim to be older than
	// what it commits to of their release.
	BackDated []BackDated `json:"back_dated,omitempty"`
}

// TimeStamp is what an authority says of a head: that it was there at a moment.
type TimeStamp struct {
	Of        string    `json:"of"` // "head", or "earlier head": that of --against
	At        time.Time `json:"at"`
	Accuracy  float64   `json:"accuracy"`  // in seconds either way, 0 where the authority says none
	Authority string    `json:"authority"` // as its certificate names it
	Trusted   bool      `json:"trusted"`   // whether that leads to one given with --timestamp-ca
}

// BackDated is a capture that came in late and claims to be early.
type BackDated struct {
	Release    string    `json:"release"`
	SHA256     string    `json:"sha256"`
	CapturedAt time.Time `json:"captured_at"`
	ReceivedAt time.Time `json:"received_at,omitzero"` // zero where that was not noted
}

// Withdrawal is the answer of "withdraw".
type Withdrawal struct {
	Schema  string   `json:"schema"` // "readout.withdrawal/1"
	Release string   `json:"release"`
	Reason  string   `json:"reason"`
	SHA256  []string `json:"sha256"` // of the bytes that were deleted, in order
	Others  []string `json:"others"` // releases that had some of the same bytes
}

// Lines returns the answer itself.
func (w *Withdrawal) Lines() []any { return []any{w} }

// Lines returns the answer itself.
func (v *Verification) Lines() []any { return []any{v} }
