package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"readout/internal/ask"
	"readout/internal/letters"
	"readout/timeline"
)

// decisionsData is the page of the decisions about a series.
type decisionsData struct {
	Series    timeline.SeriesID
	Name      string
	Proposals []ask.Proposal // what is likely one issue and not settled
	Decisions []decision     // the newest first
}

// decision is one of them in words.
type decision struct {
	Place int // among all, from 0
	Words string
	Last  bool // it can be undone
}

// errStale is returned where somebody else decided something meanwhile.
var errStale = errors.New("somebody else has decided something meanwhile: look again before you undo")

func (s *Server) decisions(r *http.Request, st *snapshot) (*page, error) {
	id := seriesID(r.PathValue("series"))
	if _, ok := st.series[id]; !ok {
		return nil, &badSeries{id}
	}
	c, err := s.Source.Curation(r.Context(), id)
	if err != nil {
		return nil, err
	}
	v, err := s.volume(r, st, id)
	if err != nil {
		return nil, err
	}
	d := decisionsData{Series: id, Name: seriesName(id, s.Names), Proposals: ask.NewProposals(id, v.Topics).Proposals}
	for i := len(c.Decisions) - 1; i >= 0; i-- {
		d.Decisions = append(d.Decisions, decision{i, decisionWords(c.Decisions[i]), i == len(c.Decisions)-1})
	}
	return &page{View: "decisions", Title: "Decisions about topics", Crumbs: []link{{seriesHref(id), d.Name}}, Data: d}, nil
}

// decisionWords says what was decided.
func decisionWords(d timeline.Decision) string {
	switch d.Op {
	case timeline.Rename:
		return fmt.Sprintf("“%s” is called “%s”", d.Topic, d.Name)
	case timeline.Alias:
		return fmt.Sprintf("“%s” is also called “%s”", d.Topic, d.Name)
	case timeline.Merge:
		return fmt.Sprintf("“%s” is part of “%s”", d.Topic, d.Into)
	case timeline.Apart:
		return fmt.Sprintf("“%s” and “%s” are two issues", d.Topic, d.Into)
	case timeline.Split:
		return fmt.Sprintf("statements of “%s” with “%s” are “%s”", d.Topic, d.Text, d.Name)
	case timeline.Pin:
		return fmt.Sprintf("“%s” belongs to “%s”", d.Text, d.Topic)
	case timeline.Exclude:
		return fmt.Sprintf("“%s” does not belong to “%s”", d.Text, d.Topic)
	}
	return string(d.Op)
}

// justDecided is the decision that led to the page asked for, nil where none did or
// somebody decided something else since.
func (s *Server) justDecided(r *http.Request, id timeline.SeriesID) (*decision, error) {
	place, err := strconv.Atoi(r.URL.Query().Get("decided"))
	if err != nil {
		return nil, nil
	}
	c, err := s.Source.Curation(r.Context(), id)
	if err != nil || place != len(c.Decisions)-1 || place < 0 {
		return nil, err
	}
	return &decision{place, decisionWords(c.Decisions[place]), true}, nil
}

// change is a handler that alters the archive; it returns where to go on.
func (s *Server) change(do func(*http.Request) (string, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.ReadOnly {
			http.Error(w, "this server takes no decisions: it was started with --read-only", http.StatusForbidden)
			return
		}
		if err := r.ParseForm(); err != nil {
			s.fail(w, r, &badRequest{"the form cannot be read: " + err.Error()})
			return
		}
		to, err := do(r)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		// Whoever decided shall see it on the next page.
		if err := s.catchUp(r); err != nil {
			s.fail(w, r, err)
			return
		}
		s.answers.clear()
		http.Redirect(w, r, to, http.StatusSeeOther)
	})
}

// catchUp reads what has just been decided about a series, or about any release where
// the address names no series.
func (s *Server) catchUp(r *http.Request) error {
	if id := r.PathValue("series"); id != "" {
		_, err := s.present(r.Context(), seriesID(id))
		return err
	}
	_, err := s.library.renew(r.Context())
	return err
}

// decide adds a decision to those of a series.
func (s *Server) decide(r *http.Request) (string, error) {
	id := seriesID(r.PathValue("series"))
	v, err := s.present(r.Context(), id)
	if err != nil {
		return "", err
	}
	field := func(name string) string { return strings.TrimSpace(r.PostForm.Get(name)) }
	d := timeline.Decision{
		Op:      timeline.CurationOp(field("op")),
		Topic:   field("topic"),
		Name:    field("name"),
		Into:    field("into"),
		Text:    field("text"),
		Release: field("release"),
	}
	goOn := d.Topic
	switch d.Op {
	case timeline.Rename, timeline.Alias, timeline.Merge, timeline.Apart, timeline.Split:
	case timeline.Pin, timeline.Exclude:
		rel, st, ok := v.statement(field("statement"))
		if !ok {
			return "", &badRequest{fmt.Sprintf("the series has no statement %q; one is named as RELEASE#7, or by its address",
				field("statement"))}
		}
		d.Release, d.Text = rel.ID, st.Text
	default:
		return "", &badRequest{fmt.Sprintf("%q is nothing that can be decided here", d.Op)}
	}
	last := false // whether the topic is left without a statement
	for _, name := range []*string{&d.Topic, &d.Into} {
		if *name == "" {
			continue
		}
		c, ok := v.topic(*name)
		if !ok {
			return "", &missingTopic{id, *name}
		}
		*name = c.topic.Name
		last = d.Op == timeline.Exclude && c.topic.Statements == 1
	}
	if err := d.Check(); err != nil {
		return "", &badRequest{err.Error()}
	}
	switch d.Op {
	case timeline.Rename:
		goOn = d.Name
	case timeline.Merge:
		goOn = d.Into
	}
	place := 0
	err = s.Source.Curate(r.Context(), id, func(c timeline.Curation) (timeline.Curation, error) {
		place = len(c.Decisions)
		c.Decisions = append(c.Decisions, d)
		return c, nil
	})
	if err != nil {
		return "", err
	}
	if last || d.Op == timeline.Apart {
		return seriesHref(id) + "/decisions", nil // where the last one can be undone
	}
	return topicHref(id, goOn) + "?decided=" + strconv.Itoa(place), nil
}

// statement finds the statement that somebody names by its id, RELEASE#7, or by the
// address of its place on the page of its release.
func (v *volume) statement(name string) (*timeline.Release, timeline.Statement, bool) {
	if u, err := url.Parse(name); err == nil && strings.HasPrefix(u.Path, "/releases/") {
		name = strings.TrimPrefix(u.Path, "/releases/") + "#" + strings.TrimPrefix(u.Fragment, "s")
	}
	id, _, _ := strings.Cut(name, "#")
	rel := v.byID[id]
	if rel == nil {
		return nil, timeline.Statement{}, false
	}
	i := slices.IndexFunc(rel.Statements, func(st timeline.Statement) bool { return st.ID == name })
	if i < 0 {
		return nil, timeline.Statement{}, false
	}
	return rel, rel.Statements[i], true
}

// asShown is what is left of words that have been on a page and came back in a form:
// neither lets every character and space through.
func asShown(words string) string {
	return strings.Join(strings.Fields(letters.CleanLines(words)), " ")
}

// undo takes the last decision of a series back, if it is still the one that the
// caller saw.
func (s *Server) undo(r *http.Request) (string, error) {
	id := seriesID(r.PathValue("series"))
	if _, err := s.present(r.Context(), id); err != nil {
		return "", err
	}
	place, err := strconv.Atoi(r.PostForm.Get("place"))
	if err != nil {
		return "", &badRequest{"place is not a number"}
	}
	err = s.Source.Curate(r.Context(), id, func(c timeline.Curation) (timeline.Curation, error) {
		last := len(c.Decisions) - 1
		if last < 0 || last != place || asShown(decisionWords(c.Decisions[last])) != asShown(r.PostForm.Get("words")) {
			return c, errStale
		}
		c.Decisions = c.Decisions[:last]
		return c, nil
	})
	if err != nil {
		return "", err
	}
	return seriesHref(id) + "/decisions", nil
}

// present returns a series as it stands now.
func (s *Server) present(ctx context.Context, id timeline.SeriesID) (*volume, error) {
	st, err := s.library.renew(ctx)
	if err != nil {
		return nil, err
	}
	sh, ok := st.series[id]
	if !ok || id == "" {
		return nil, &badSeries{id}
	}
	return sh.latest(ctx, s.Source)
}
