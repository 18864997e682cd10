package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"readout/internal/archive"
	"readout/internal/letters"
	"readout/internal/sources"
	"readout/timeline"
)

// page is what a template shows.
type page struct {
	View  string // the name of the template
	Title string
	// Describe says in a sentence what the page shows, for previews of its address.
	Describe string
	Meta     []metaField // what reference managers read
	// Crumbs lead from the home page to this one, without either.
	Crumbs []link
	Query  string // words to leave in the search box
	Data   any    // what the page is about; each view has a struct of its own
	// Redirect is set in place of everything else where the page has moved.
	Redirect string
}

// metaField is one field about a page, as its head has it.
type metaField struct{ Name, Content string }

// link is an address with words.
type link struct {
	Href, Text string
}

// pageFunc finds what a page shows. It does not write.
type pageFunc func(*http.Request, *snapshot) (*page, error)

// errNoPage is returned for an address that leads nowhere.
var errNoPage = errors.New("there is no such page")

// errNoAccount is returned where no other side is known to have told of a meeting.
var errNoAccount = errors.New("no other side's account of this meeting has been taken in")

// badRequest is returned where the caller's question makes no sense.
type badRequest struct{ msg string }

func (e *badRequest) Error() string { return e.msg }

// page answers with the page that show finds.
func (s *Server) page(of scope, show pageFunc) http.Handler {
	return s.give(of, func(r *http.Request, st *snapshot) (*answer, error) {
		p, err := show(r, st)
		if err != nil {
			return nil, err
		}
		if p.Redirect != "" {
			return &answer{redirect: p.Redirect}, nil
		}
		body, err := s.views.render(p)
		return &answer{body: body, mediaType: "text/html; charset=utf-8"}, err
	})
}

// write lays the page out and sends it, or says that the caller has it already.
func (s *Server) write(w http.ResponseWriter, r *http.Request, p *page, status int) {
	body, err := s.views.render(p)
	if err != nil {
		s.Report(fmt.Errorf("page %s: %w", r.URL.Path, err))
		http.Error(w, "the page could not be laid out", http.StatusInternalServerError)
		return
	}
	send(w, r, body, "text/html; charset=utf-8", status)
}

// send writes a body whole, with a validator.
func send(w http.ResponseWriter, r *http.Request, body []byte, mediaType string, status int) {
	newContent(body).answer(w, r, mediaType, status)
}

// matches reports whether a list of entity tags has the tag.
func matches(list, tag string) bool {
	for have := range strings.SplitSeq(list, ",") {
		have = strings.TrimPrefix(strings.TrimSpace(have), "W/")
		if have == tag || have == "*" {
			return true
		}
	}
	return false
}

// problem is an error as a page tells it.
type problem struct {
	Status  int
	Heading string
	Message string
	Links   []link // where the caller may have wanted to go
}

// explain turns an error into what the caller is told. Errors that are no fault of
// the caller are not told in detail.
func explain(err error) problem {
	var missing *archive.NotFoundError
	var several *archive.AmbiguousError
	var bad *badRequest
	switch {
	case errors.Is(err, errNoPage):
		return problem{
			Status:  http.StatusNotFound,
			Heading: "There is no such page",
			Message: "The address leads nowhere. Pages of releases, series and topics keep their addresses.",
		}
	case errors.As(err, &missing):
		return problem{http.StatusNotFound, "Not found", err.Error(), releaseLinks(missing.Nearest)}
	case errors.As(err, &several):
		return problem{http.StatusMultipleChoices, "Which one?",
			fmt.Sprintf("%d releases have a name that begins so.", len(several.Candidates)), releaseLinks(several.Candidates)}
	case errors.Is(err, errNoAccount), errors.As(err, new(*missingTopic)), errors.As(err, new(*badSeries)), isNotFound(err):
		return problem{Status: http.StatusNotFound, Heading: "Not found", Message: err.Error()}
	case errors.As(err, new(*sources.LineError)):
		return problem{Status: http.StatusInternalServerError, Heading: "The file of sources has a mistake", Message: err.Error()}
	case errors.As(err, &bad), errors.Is(err, archive.ErrQuery):
		return problem{Status: http.StatusBadRequest, Heading: "This cannot be answered as asked", Message: err.Error()}
	case errors.Is(err, errStale):
		return problem{Status: http.StatusConflict, Heading: "Not undone", Message: err.Error()}
	case isBusy(err):
		return problem{
			Status:  http.StatusServiceUnavailable,
			Heading: "The archive is busy",
			Message: "Another program holds the store. Try again in a moment.",
		}
	case errors.Is(err, errSlow), errors.Is(err, errCrowded):
		return problem{Status: http.StatusServiceUnavailable, Heading: "Not answered in time", Message: err.Error()}
	case errors.Is(err, context.Canceled):
		return problem{Status: http.StatusServiceUnavailable, Heading: "Stopped", Message: "The request was given up."}
	}
	return problem{
		Status:  http.StatusInternalServerError,
		Heading: "Something went wrong",
		Message: "The server has reported the reason to whoever runs it.",
	}
}

func releaseLinks(ids []string) []link {
	const most = 20
	var out []link
	for _, id := range ids[:min(most, len(ids))] {
		out = append(out, link{releaseHref(id), id})
	}
	return out
}

// fail answers with the error.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	p := explain(err)
	if p.Status >= http.StatusInternalServerError {
		s.Report(fmt.Errorf("%s %s: %w", r.Method, r.URL.Path, err))
	}
	if p.Status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "1")
	}
	s.write(w, r, &page{View: "problem", Title: p.Heading, Data: p}, p.Status)
}

// signInData is the form that asks for the token.
type signInData struct {
	Wrong bool
	Next  string // the page that was asked for
}

func signInPage(wrong bool, next string) *page {
	return &page{View: "sign-in", Title: "Sign in", Data: signInData{wrong, next}}
}

// clean takes out of a laid-out page the control and bidirectional characters that
// a published text may have brought along to deceive its reader. The templates
// themselves have none, so one pass over the page reaches every text in it.
func clean(body []byte) []byte {
	for _, b := range body {
		if b >= 0x80 || b < ' ' && b != '\n' && b != '\t' || b == 0x7f {
			return []byte(letters.CleanLines(string(body)))
		}
	}
	return body
}

// volume returns the series of the given id.
func (s *Server) volume(r *http.Request, st *snapshot, id timeline.SeriesID) (*volume, error) {
	sh, ok := st.series[id]
	if !ok {
		return nil, &badSeries{id}
	}
	v, err := sh.open(r.Context(), s.Source)
	if err == nil {
		st.used[id] = v.key
	}
	return v, err
}

// badSeries is returned for a series that the archive does not have.
type badSeries struct{ id timeline.SeriesID }

func (e *badSeries) Error() string { return fmt.Sprintf("there is no series %s", e.id) }
