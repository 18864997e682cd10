package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"unicode"
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

// namedAnswer is what a reader asks for who names two governments: what one should know of
// their series, and what its latest release changed.
type namedAnswer struct {
	seriesChoice
	Know []sentence
}

// answerNamed returns the answer of the one series that the words name, where they do, and
// what other series they may mean.
func (s *Server) answerNamed(r *http.Request, st *snapshot, words string) (*namedAnswer, []seriesChoice, error) {
	parties, _ := s.mentioned(st, words)
	named := s.namedSeries(st, words)
	at := slices.IndexFunc(named, func(c seriesChoice) bool { return c.ID == timeline.SeriesOf(parties) })
	if len(parties) < 2 && len(named) == 1 {
		at = 0
	}
	if at < 0 {
		return nil, named, nil
	}
	v, err := s.volume(r, st, named[at].ID)
	if err != nil {
		return nil, nil, err
	}
	answer := &namedAnswer{named[at], s.sentences(v.notable(), notableShown, false)}
	return answer, slices.Delete(named, at, at+1), nil
}

// namedSeries returns the series that the words name: those between all of the parties that
// they mention, where they mention two or more or names alone, and those of which the names of parties have
// words that begin as those typed do, or whose id begins so. Those of the fewest parties come
// first, of equals those with the most releases.
func (s *Server) namedSeries(st *snapshot, typed string) []seriesChoice {
	want := nameWords(typed)
	if utf8.RuneCountInString(strings.TrimSpace(typed)) < leastTyped || len(want) == 0 {
		return nil
	}
	parties, alone := s.mentioned(st, typed)
	meant := len(parties) > 1 || alone
	var ids []timeline.SeriesID
	for _, id := range sortedIDs(st) {
		if id != "" && (strings.HasPrefix(strings.ToLower(string(id)), strings.ToLower(typed)) || s.partyCalled(id, want) ||
			meant && between(id, parties)) {
			ids = append(ids, id)
		}
	}
	slices.SortStableFunc(ids, func(a, b timeline.SeriesID) int {
		return cmp.Or(cmp.Compare(len(a.Parties()), len(b.Parties())), len(st.series[b].heads)-len(st.series[a].heads))
	})
	var out []seriesChoice
	for _, id := range ids[:min(seriesSuggested, len(ids))] {
		out = append(out, seriesChoice{
			ID:   id,
			Name: cmp.Or(occasion(id, st.series[id].heads), seriesName(id, s.Names)),
			News: st.series[id].news(),
		})
	}
	return out
}

// mentioned returns the parties that somebody means by what he typed: those that a text would
// name by it or, where these are more, those of which it is the names and nothing else, in any
// language; then they stand alone.
func (s *Server) mentioned(st *snapshot, typed string) (parties []timeline.Party, alone bool) {
	as := typed
	if typed == strings.ToLower(typed) { // "us" is a word, but not of somebody who writes no capitals at all
		as = strings.ToUpper(typed)
	}
	parties = timeline.SortParties(append(s.namedIn(st, nameWords(typed)), s.Mentioned(as)...))
	if named := s.namesAlone(typed); len(named) > len(parties) {
		return named, true
	}
	return parties, false
}

// namesAlone returns the parties of which the words are the names, one after the other; none
// where anything else stands between.
func (s *Server) namesAlone(typed string) []timeline.Party {
	words := strings.FieldsFunc(typed, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("-–/,、・&", r) })
	if len(words) > mostNames*longestName {
		return nil
	}
	var out []timeline.Party
	for len(words) > 0 {
		p, n := s.partyFirst(words)
		if n == 0 {
			return nil
		}
		out, words = append(out, p), words[n:]
	}
	return timeline.SortParties(out)
}

// How many names of parties somebody may type one after the other, and of how many words.
const (
	mostNames   = 3
	longestName = 4
)

// partyFirst returns the party that the first of the words name, the most of them, and how many
// those are; 0 for none.
func (s *Server) partyFirst(words []string) (timeline.Party, int) {
	for n := min(longestName, len(words)); n > 0; n-- {
		if p, ok := s.Party(strings.Join(words[:n], " ")); ok {
			return p, n
		}
	}
	return "", 0
}

// namedIn returns the parties of the archive of which the words hold a whole name. Names of two
// letters are left to who knows how they are written: "us" is a word.
func (s *Server) namedIn(st *snapshot, words []string) []timeline.Party {
	const least = 3
	text := " " + strings.Join(words, " ") + " "
	var out []timeline.Party
	for _, p := range s.parties(st) {
		if slices.ContainsFunc(s.Called(p), func(name string) bool {
			return len(name) >= least && strings.Contains(text, " "+strings.Join(nameWords(name), " ")+" ")
		}) {
			out = append(out, p)
		}
	}
	return out
}

// between reports whether all of the parties are of the series.
func between(id timeline.SeriesID, mentioned []timeline.Party) bool {
	parties := id.Parties()
	return !slices.ContainsFunc(mentioned, func(p timeline.Party) bool { return !slices.Contains(parties, p) })
}

// partyCalled reports whether all the words begin words of the names of parties of a series.
func (s *Server) partyCalled(id timeline.SeriesID, want []string) bool {
	var have []string
	for _, p := range id.Parties() {
		have = append(have, strings.ToLower(string(p)))
		for _, name := range s.Called(p) {
			have = append(have, nameWords(name)...)
		}
	}
	return begun(want, have)
}

// begun reports whether each of the words wanted begins one of those there are.
func begun(want, have []string) bool {
	return !slices.ContainsFunc(want, func(w string) bool {
		return !slices.ContainsFunc(have, func(h string) bool { return strings.HasPrefix(h, w) })
	})
}

// suggestData is what the search box shows while one types.
type suggestData struct {
	Series   []seriesChoice
	Days     []*timeline.Release
	Topics   []foundTopic
	Formulas []foundFormula
	Hits     []archive.Hit
	Phrase   string // the words, where statements have them; "" for none
}

// foundFormula is a standing formula that has the words that were looked for.
type foundFormula struct {
	Text, Href, Series string
}

// How many series are asked for formulas while somebody types, and how many are named. A
// series of very many releases would keep him waiting.
const (
	formulaSeries   = 2
	formulaReleases = 120
	formulasNamed   = 3
)

// foundFormulas are the formulas that have all the words, in the series of the best hits.
func (s *Server) foundFormulas(r *http.Request, st *snapshot, words string, hits []archive.Hit) ([]foundFormula, error) {
	want := nameWords(strings.Join(looked(words), " "))
	if len(want) < 2 {
		return nil, nil
	}
	var out []foundFormula
	asked := map[timeline.SeriesID]bool{}
	for _, h := range hits {
		id := h.Release.Series
		if asked[id] || len(asked) == formulaSeries || st.series[id] == nil || len(st.series[id].heads) > formulaReleases {
			continue
		}
		asked[id] = true
		v, err := s.volume(r, st, id)
		if err != nil {
			return nil, err
		}
		for _, f := range v.formulas() {
			if len(out) < formulasNamed && f.Topic != "" && begun(want, nameWords(f.Text)) {
				out = append(out, foundFormula{f.Text, topicHref(id, f.Topic), seriesName(id, s.Names)})
			}
		}
	}
	return out, nil
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
	d := suggestData{Series: s.namedSeries(st, words), Topics: topics, Hits: hits}
	d.Days = onDays(st, words)
	d.Days = d.Days[:min(daysShown, len(d.Days))]
	if d.Formulas, err = s.foundFormulas(r, st, words, hits); err != nil {
		return nil, err
	}
	if len(hits) > 0 && len(nameWords(words)) > 1 {
		d.Phrase = strings.Trim(words, `"`)
	}
	body, err := s.views.piece("suggest", d)
	return &answer{body: body, mediaType: "text/html; charset=utf-8"}, err
}
