package main

import (
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"readout/internal/ask"
	"readout/internal/show/publish"
)

// TestPictureIsNotForATerminal sees that pixels are refused before anything is looked up.
func TestPictureIsNotForATerminal(t *testing.T) {
	a := &app{format: formatPNG, screen: terminal{os.Stdout}}
	err := a.matrix(nil, overviewOptions{})
	var usage *usageError
	if !errors.As(err, &usage) || usage.hint != "readout matrix --format png > matrix.png" {
		t.Errorf("a picture for a terminal: %v, want a wrong use with a hint", err)
	}
}

// TestTooLargeAPicture sees that whoever asks for it is told what to ask for instead.
func TestTooLargeAPicture(t *testing.T) {
	for _, size := range []struct {
		topics, meetings int
		hint             string
	}{
		{10, 10, ""},
		{9000, 20, "readout matrix --series NO-UY --topics 40 --format png"},
		{60, 9000, "readout matrix --series NO-UY --topics 40 --since "},
	} {
		m := &ask.Matrix{Series: "NO-UY", Meetings: make([]ask.MatrixMeeting, size.meetings), Topics: make([]ask.MatrixTopic, size.topics)}
		err := matrixPNG(io.Discard, m)
		var hinted *hintedError
		switch {
		case size.hint == "":
			if err != nil {
				t.Errorf("%d topics at %d meetings: %v", size.topics, size.meetings, err)
			}
		case !errors.As(err, &hinted) || !errors.Is(err, publish.ErrTooLarge) || !strings.HasPrefix(hinted.hint, size.hint):
			t.Errorf("%d topics at %d meetings: %v, want a hint %q", size.topics, size.meetings, err, size.hint)
		}
	}
	// What the hint asks for is small enough.
	m := &ask.Matrix{Meetings: make([]ask.MatrixMeeting, paintedMeetings), Topics: make([]ask.MatrixTopic, paintedTopics)}
	if err := matrixPNG(io.Discard, m); err != nil {
		t.Errorf("%d topics at %d meetings: %v", paintedTopics, paintedMeetings, err)
	}
}
