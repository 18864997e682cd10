package web

import (
	"bytes"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"readout/internal/ask"
	"readout/internal/show"
)

// The interface for programs mirrors the command line: the same questions, and the
// same documents as --format json. It only reads.

// endpoint is one question that a program can ask.
type endpoint struct {
	path    string // under /api/v1
	summary string
	scope   scope
	params  []param
	answer  func(*http.Request, *snapshot) (ask.Answer, error)
	schema  reflect.Type // of the answer
}

// asks returns a question whose answer is an A.
func asks[T any, A interface {
	*T
	ask.Answer
}](path, summary string, of scope, answer func(*http.Request, *snapshot) (A, error), params ...param) endpoint {
	return endpoint{
		path:    path,
		summary: summary,
		scope:   of,
		params:  params,
		schema:  reflect.TypeFor[T](),
		answer: func(r *http.Request, st *snapshot) (ask.Answer, error) {
			a, err := answer(r, st)
			if err != nil {
				return nil, err // and not a nil A, which is an answer
			}
			return a, nil
		},
	}
}

// param is one parameter of a question.
type param struct {
	name, in, words string
	required        bool
	values          []string // that it may have; nil for any
}

func query(name, words string) param { return param{name: name, in: "query", words: words} }

func (p param) needed() param { p.required = true; return p }

func one[T ~string](p param, of []T) param {
	for _, v := range of {
		p.values = append(p.values, string(v))
	}
	return p
}

// api adds the questions to the mux.
func (s *Server) api(mux *http.ServeMux) {
	all := s.questions()
	for _, e := range all {
		mux.HandleFunc("GET /api/v1"+e.path, func(w http.ResponseWriter, r *http.Request) { s.answer(w, r, e) })
	}
	mux.HandleFunc("GET /api/v1/openapi.json", func(w http.ResponseWriter, r *http.Request) { sendJSON(w, r, describe(all)) })
	mux.Handle("GET /api/v1", s.page(ofAll, func(*http.Request, *snapshot) (*page, error) { return apiPage(all), nil }))
	mux.HandleFunc("GET /api/", func(w http.ResponseWriter, r *http.Request) {
		writeProblem(w, http.StatusNotFound, "there is no such question; see /api/v1/openapi.json")
	})
}

// answer answers one question.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, e endpoint) {
	err := e.check(r)
	var a *answer
	if err == nil {
		a, err = s.cached(r, e.scope, func(r *http.Request, st *snapshot) (*answer, error) {
			doc, err := e.answer(r, st)
			if err != nil {
				return nil, err
			}
			var b bytes.Buffer
			err = show.JSON(&b, doc)
			return &answer{body: b.Bytes(), mediaType: "application/json; charset=utf-8"}, err
		})
	}
	if err != nil {
		p := explain(err)
		if p.Status >= http.StatusInternalServerError {
			s.Report(fmt.Errorf("GET %s: %w", r.URL.Path, err))
			writeProblem(w, p.Status, p.Message)
			return
		}
		writeProblem(w, p.Status, err.Error())
		return
	}
	a.packed.answer(w, r, a.mediaType, http.StatusOK)
}

// check refuses a question that lacks something or asks for something unknown, so
// that a misspelt parameter is not silently ignored.
func (e endpoint) check(r *http.Request) error {
	q := r.URL.Query()
	for _, p := range e.params {
		if p.in != "query" {
			continue
		}
		v := q.Get(p.name)
		if p.required && strings.TrimSpace(v) == "" {
			return &badRequest{fmt.Sprintf("%s is needed: %s", p.name, p.words)}
		}
		if v != "" && p.values != nil && !slices.Contains(p.values, v) {
			return &badRequest{fmt.Sprintf("%s: %q is none of %s", p.name, v, strings.Join(p.values, ", "))}
		}
	}
	for name := range q {
		if !slices.ContainsFunc(e.params, func(p param) bool { return p.name == name }) {
			return &badRequest{fmt.Sprintf("%s takes no %q", e.path, name)}
		}
	}
	return nil
}

func sendJSON(w http.ResponseWriter, r *http.Request, v any) {
	var b bytes.Buffer
	if err := show.JSON(&b, v); err != nil {
		writeProblem(w, http.StatusInternalServerError, "the answer could not be written")
		return
	}
	send(w, r, b.Bytes(), "application/json; charset=utf-8", http.StatusOK)
}

// problemJSON is an error for programs, as RFC 9457 has it.
type problemJSON struct {
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
}

func writeProblem(w http.ResponseWriter, status int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = show.JSON(w, problemJSON{http.StatusText(status), status, detail}) // the caller has gone
}

// apiData is the page that says what can be asked.
type apiData struct{ Endpoints []apiEndpoint }

type apiEndpoint struct {
	Path, Summary string
	Params        []apiParam
}

type apiParam struct {
	Name, Words string
	Required    bool
}

func apiPage(all []endpoint) *page {
	var d apiData
	for _, e := range all {
		x := apiEndpoint{Path: "/api/v1" + e.path, Summary: e.summary}
		for _, p := range e.params {
			x.Params = append(x.Params, apiParam{p.name, p.words, p.required})
		}
		d.Endpoints = append(d.Endpoints, x)
	}
	return &page{View: "api", Title: "For programs", Data: d}
}
