package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"readout/internal/archive"
	"readout/internal/letters"
	"readout/timeline"
)

// foundTopic is a topic that is called what was looked for.
type foundTopic struct {
	Topic  timeline.Topic
	ID     timeline.SeriesID
	Series string // its name
	Also   string // the further name that fits, "" where the topic's own does

	exact bool
}

// How far a search looks for topics, and how many it names.
const (
	seriesNamed = 20
	topicsNamed = 8
)

// namedTopics returns the topics that are called what the words say: every word begins
// one of a name. It looks in the series asked for, else in those of the hits and, as far
// as there are few, in the others.
func (s *Server) namedTopics(r *http.Request, st *snapshot, words string, f searchFilter, hits []archive.Hit) ([]foundTopic, error) {
	var ids []timeline.SeriesID
	if f.Series != "" {
		ids = append(ids, seriesID(f.Series))
	} else {
		for _, h := range hits {
			ids = append(ids, h.Release.Series)
		}
		ids = append(ids, sortedIDs(st)...)
	}
	want := nameWords(strings.Join(looked(words), " "))
	if len(want) == 0 {
		return nil, nil
	}
	var out []foundTopic
	seen := map[timeline.SeriesID]bool{"": true} // releases without parties share no topics
	for _, id := range ids {
		if st.series[id] == nil || seen[id] || len(seen) > seriesNamed {
			continue
		}
		seen[id] = true
		v, err := s.volume(r, st, id)
		if err != nil {
			return nil, err
		}
		for _, t := range v.Topics.Topics {
			if also, exact, ok := calls(t, want); ok {
				out = append(out, foundTopic{t, id, seriesName(id, s.Names), also, exact})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b foundTopic) int {
		return cmp.Or(byTruth(b.exact, a.exact), byTruth(a.Also != "", b.Also != ""), cmp.Compare(b.Topic.Releases, a.Topic.Releases))
	})
	return out[:min(topicsNamed, len(out))], nil
}

// calls reports whether the words, which are those of [nameWords], call the topic by its
// name or, also, by a further one, and whether they are all of that name.
func calls(t timeline.Topic, want []string) (also string, exact, ok bool) {
	for i, name := range append([]string{t.Name}, t.Aliases...) {
		have := nameWords(name)
		if slices.ContainsFunc(want, func(w string) bool {
			return !slices.ContainsFunc(have, func(h string) bool {
				return strings.HasPrefix(h, w) || strings.ContainsFunc(w, letters.Unspaced) && strings.Contains(h, w)
			})
		}) {
			continue
		}
		if i > 0 {
			also = name
		}
		return also, slices.Equal(want, have), true
	}
	return "", false, false
}

// nameWords returns the words of a name without case and accents.
func nameWords(s string) []string {
	return strings.FieldsFunc(letters.Fold(s), func(r rune) bool { return !letters.Word(r) })
}

// byTruth orders false before true.
func byTruth(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// How many series a search names, and from how many letters on.
const (
	seriesSuggested = 8
	leastTyped      = 2
)

// namedSeries returns the series of which some party's name has words that begin as those
// typed do, or whose id begins so: those of the fewest parties first.
func (s *Server) namedSeries(st *snapshot, typed string) []seriesChoice {
	want := nameWords(typed)
	if utf8.RuneCountInString(strings.TrimSpace(typed)) < leastTyped || len(want) == 0 {
		return nil
	}
	var ids []timeline.SeriesID
	for _, id := range sortedIDs(st) {
		if id != "" && (strings.HasPrefix(strings.ToLower(string(id)), strings.ToLower(typed)) || s.partyCalled(id, want)) {
			ids = append(ids, id)
		}
	}
	slices.SortStableFunc(ids, func(a, b timeline.SeriesID) int { return cmp.Compare(len(a.Parties()), len(b.Parties())) })
	var out []seriesChoice
	for _, id := range ids[:min(seriesSuggested, len(ids))] {
		out = append(out, seriesChoice{id, seriesName(id, s.Names)})
	}
	return out
}

// partyCalled reports whether all the words begin words of the names of parties of a series.
func (s *Server) partyCalled(id timeline.SeriesID, want []string) bool {
	var have []string
	for _, p := range id.Parties() {
		have = append(have, nameWords(s.Names(p))...)
	}
	return !slices.ContainsFunc(want, func(w string) bool {
		return !slices.ContainsFunc(have, func(h string) bool { return strings.HasPrefix(h, w) })
	})
}

// suggestData is what the search box shows while one types.
type suggestData struct {
	Series []seriesChoice
	Topics []foundTopic
	Hits   []archive.Hit
}

// hitsSuggested is how many statements the search box shows.
const hitsSuggested = 8

// suggest gives the links below the search box, as a piece of a page.
func (s *Server) suggest(r *http.Request, st *snapshot) (*answer, error) {
	words := strings.TrimSpace(r.URL.Query().Get("q"))
	hits, err := s.find(r, st, words, searchFilter{}, hitsSuggested)
	if err != nil {
		return nil, err
	}
	topics, err := s.namedTopics(r, st, words, searchFilter{}, hits)
	if err != nil {
		return nil, err
	}
	body, err := s.views.piece("suggest", suggestData{s.namedSeries(st, words), topics, hits})
	return &answer{body: body, mediaType: "text/html; charset=utf-8"}, err
}
