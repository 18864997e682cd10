package web_test

import (
	"context"
	"errors"
	"net/http"
	"testing"

	"readout/internal/sources"
	"readout/internal/web"
	"readout/storage"
)

// TestSourcesAreToldAsTheyAre asks for the page where there is nothing to follow, and
// where the file of sources has a mistake.
func TestSourcesAreToldAsTheyAre(t *testing.T) {
	a := newArchive(t)
	var found error
	s := newServer(t, web.Options{Source: a, Health: func(context.Context) ([]sources.Health, error) { return nil, found }})
	contains(t, page(t, s, "/sources"), "readout sources add URL")
	found = &sources.LineError{File: "sources.yaml", Line: 7, Err: errors.New("no <kind>")}
	contains(t, page(t, s, "/sources"), "sources.yaml:7: no &lt;kind&gt;")
	found = storage.ErrLocked
	s = newServer(t, web.Options{Source: a, Report: func(error) {}, Health: func(context.Context) ([]sources.Health, error) { return nil, found }})
	if w := get(t, s, "/sources"); w.Code != http.StatusServiceUnavailable {
		t.Errorf("GET /sources of a store that is held = %d, want 503", w.Code)
	}
}
