package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"readout/internal/archive"
	"readout/internal/web"
	"readout/storage"
	"readout/timeline"
)

// TestSearchIsBounded: nobody may ask for more words than a question has, nor for more letters
// of a script that has none between words.
func TestSearchIsBounded(t *testing.T) {
	s := newServer(t, web.Options{Source: seeded(t)})
	for _, path := range []string{"/search?q=", "/suggest?q=", "/phrase?q=", "/api/v1/search?q="} {
		for words, want := range map[string]int{
			strings.Repeat("a+", 32): http.StatusOK, strings.Repeat("a+", 33): http.StatusBadRequest, strings.Repeat("a+", 20000): http.StatusBadRequest,
			strings.Repeat("%E5%9B%BD", 400): http.StatusOK, strings.Repeat("%E5%9B%BD", 401): http.StatusBadRequest,
		} {
			if w := get(t, s, path+words); w.Code != want || want != http.StatusOK && !strings.Contains(w.Body.String(), "are looked for") {
				t.Errorf("%s with %d bytes = %d, want %d: %.200s", path, len(words), w.Code, want, w.Body)
			}
		}
	}
}

// endless is a source whose searches go on until nobody waits for them any more.
type endless struct{ *archive.Archive }

func (endless) Search(ctx context.Context, _ string, _ archive.SearchFilter) ([]archive.Hit, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

func (endless) SearchSeries(ctx context.Context, _ string, _ archive.SearchFilter) (map[timeline.SeriesID]int, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

// TestSearchGivesUp: a search ends after a second, and who waits for a turn is told so after
// another; both as a page and to programs.
func TestSearchGivesUp(t *testing.T) {
	s := newServer(t, web.Options{Source: endless{seeded(t)}, Report: func(error) {}})
	answers := make(chan *httptest.ResponseRecorder)
	paths := []string{"/search?q=krill", "/phrase?q=krill", "/suggest?q=krill", "/api/v1/search?q=krill", "/search?q=quota", "/search?q=fish"}
	began := time.Now()
	for _, path := range paths {
		go func() {
			r := httptest.NewRequest(http.MethodGet, path, nil)
			r.Host = "127.0.0.1:8480"
			w := httptest.NewRecorder()
			s.ServeHTTP(w, r)
			answers <- w
		}()
	}
	slow, crowded := 0, 0
	for range paths {
		w := <-answers
		body := w.Body.String()
		switch {
		case w.Code != http.StatusServiceUnavailable:
			t.Errorf("%d: %.300s", w.Code, body)
		case strings.Contains(body, "longer than a second"):
			slow++
		case strings.Contains(body, "others are searching"):
			crowded++
		}
	}
	if took := time.Since(began); slow < 2 || slow+crowded != len(paths) || took > 30*time.Second {
		t.Errorf("%d searches given up, %d not begun, of %d, in %v", slow, crowded, len(paths), took)
	}
}

// writing is an answer on its way to a reader who is slow: meanwhile somebody writes.
type writing struct {
	*httptest.ResponseRecorder
	write func()
}

func (w *writing) Write(b []byte) (int, error) {
	w.write()
	return w.ResponseRecorder.Write(b)
}

// TestNoAnswerHoldsTheStore: while an answer is sent, to however slow a reader, others can write.
func TestNoAnswerHoldsTheStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "readout.db")
	s := newServer(t, web.Options{Source: seededAt(t, path)})
	db, err := storage.Open(path, storage.Options{LockTimeout: 2 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	paths := append(seedPages(), seedMeeting+"/raw", seedTopic+"/export/html", "/changes.atom", "/api/v1/search?q=krill", "/api/v1/series", "/suggest?q=krill")
	for i, path := range paths {
		wrote := 0
		w := &writing{httptest.NewRecorder(), func() {
			wrote++
			err := db.Update(t.Context(), func(w storage.Writer) error { return w.SetMark("reader", uint64(i)) })
			if err != nil {
				t.Errorf("while GET %s is sent: %v", path, err)
			}
		}}
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Host = "127.0.0.1:8480"
		s.ServeHTTP(w, r)
		if wrote == 0 {
			t.Errorf("GET %s sent nothing: %d", path, w.Code)
		}
	}
}
