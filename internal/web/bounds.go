package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"readout/internal/archive"
)

// What a question in words may cost. It holds the store open, and a writer waits for all who do.
const (
	// mostWords and mostLetters bound what one question looks for: a script that is written
	// without spaces has a term for each letter.
	mostWords   = 32
	mostLetters = 400
	// askTime is how long a question waits for its turn, and how long it may take then.
	askTime = time.Second
	// asksAtOnce is how many questions are under way at most.
	asksAtOnce = 2
)

// errSlow is returned for a question that took longer than it may.
var errSlow = errors.New("the search took longer than a second: fewer or rarer words, or a series, make it faster")

// errCrowded is returned where too many questions are under way.
var errCrowded = errors.New("others are searching; try again in a moment")

// bounded refuses a question of more words than one has.
func bounded(words string) error {
	if n := len(strings.Fields(words)); n > mostWords {
		return &badRequest{fmt.Sprintf("a search of %d words: at most %d are looked for", n, mostWords)}
	}
	if n := utf8.RuneCountInString(words); n > mostLetters {
		return &badRequest{fmt.Sprintf("a search of %d letters: at most %d are looked for", n, mostLetters)}
	}
	return nil
}

// asking runs a question in words, which gives up when its time is over.
func (s *Server) asking(r *http.Request, words string, question func(context.Context) error) error {
	if err := bounded(words); err != nil {
		return err
	}
	wait, cancel := context.WithTimeout(r.Context(), askTime)
	defer cancel()
	leave, err := s.searching.enter(wait)
	if err != nil {
		return late(r, err, errCrowded)
	}
	defer leave()
	ctx, cancel := context.WithTimeout(r.Context(), askTime)
	defer cancel()
	return late(r, question(ctx), errSlow)
}

// late is what is told of an error: where the time was over, and not the request, which it was
// over for.
func late(r *http.Request, err, which error) error {
	if errors.Is(err, context.DeadlineExceeded) && r.Context().Err() == nil {
		return which
	}
	return err
}

// find asks the source for at most so many statements, 0 for all.
func (s *Server) find(r *http.Request, st *snapshot, words string, f searchFilter, limit int) ([]archive.Hit, error) {
	var hits []archive.Hit
	err := s.asking(r, words, func(ctx context.Context) (err error) {
		hits, err = s.Source.Search(ctx, words, f.archive(st, limit))
		return err
	})
	return hits, err
}
