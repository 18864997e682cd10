package proof

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"readout/storage"
)

// The first lines of records, which name their form.
const (
	captureForm   = "readout capture 1\n"
	withdrawnForm = "readout withdrawal 1\n"
)

// Row is what the log commits to of a capture: the row, and when the store took it in.
type Row struct {
	storage.Capture
	ReceivedAt time.Time `json:"received_at,omitzero"` // zero in stores that did not note it yet
}

// Record is a capture as the log commits to it: a line that names the form, and the row.
func Record(c storage.Capture) ([]byte, error) {
	c.CapturedAt = c.CapturedAt.UTC()
	return record(captureForm, Row{c, c.ReceivedAt.UTC()})
}

// WithdrawalRecord is a withdrawal as the log commits to it.
func WithdrawalRecord(w storage.Withdrawal) ([]byte, error) { return record(withdrawnForm, w) }

func record(form string, v any) ([]byte, error) {
	row, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return append(append([]byte(form), row...), '\n'), nil
}

// parseRecord reads the record of a capture. One that says more than a capture does is
// refused: it would not be the one that the log has.
func parseRecord(text string) (storage.Capture, error) {
	var r Row
	row, ok := strings.CutPrefix(text, captureForm)
	if !ok {
		return r.Capture, errors.New("the record is of an unknown form")
	}
	if err := json.Unmarshal([]byte(row), &r); err != nil {
		return r.Capture, fmt.Errorf("the record is no capture: %v", err)
	}
	r.Capture.ReceivedAt = r.ReceivedAt
	if again, err := Record(r.Capture); err != nil || string(again) != text {
		return r.Capture, errors.New("the record says more than a capture does")
	}
	return r.Capture, nil
}
