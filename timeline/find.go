package timeline

import (
	"cmp"
	"slices"
)

// Match is one answer to [Topics.Find].
type Match struct {
	Topic Topic
	Exact bool    // the query is the topic's id or one of its names
	Score float64 // 0 to 1, 1 where Exact
}

// lookup is what [Topics.Find] knows of the topics beyond their names.
type lookup struct {
	finder *issueFinder
	issues map[int]string // issue of the table -> topic id
	lists  *WordLists
	words  map[string]map[string]float64 // stem -> topic id -> share of the stem's statements
}

// Find returns the topics that the query may mean, best first: those whose id,
// name or alias it is (case, punctuation and a leading article aside), then those
// whose names, known expressions or statements share words with it. It returns nil
// where nothing fits.
func (t *Topics) Find(query string) []Match {
	want := foldName(query)
	if want == "" {
		return nil
	}
	if t.again != nil && len(t.Named(query)) == 0 {
		return t.again().Find(query)
	}
	q := t.look.query(query)
	var out []Match
	for _, x := range t.Topics {
		m := Match{Topic: x}
		for i, n := range append([]string{x.ID, x.Name}, x.Aliases...) {
			if foldName(n) == want {
				m.Exact, m.Score = true, 1
				break
			}
			s := t.look.likeness(q.words, words(n))
			if i > 1 {
				s *= 0.95
			}
			m.Score = max(m.Score, s)
		}
		if !m.Exact {
			m.Score = min(0.99, max(m.Score, q.expressions[x.ID])*0.75+q.profile[x.ID]*0.25)
		}
		if m.Score >= 0.15 {
			out = append(out, m)
		}
	}
	slices.SortStableFunc(out, func(a, b Match) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), compareTopics(a.Topic, b.Topic))
	})
	return out
}

// query is a question taken apart: how far the expressions of each topic, and the
// words of its statements, cover it.
type query struct {
	words                []string
	expressions, profile map[string]float64
}

func (k *lookup) query(text string) query {
	q := query{words: words(text), expressions: map[string]float64{}, profile: map[string]float64{}}
	if k == nil {
		return q
	}
	total := 0.0
	for _, w := range q.words {
		total += k.worth(w)
	}
	if total == 0 {
		return q
	}
	for n, h := range k.hits(text) {
		covered := 0.0
		for i := range h.words {
			covered += k.worth(q.words[h.at+i])
		}
		covered = covered/total + 0.3
		if n == 0 {
			covered += 0.1 // what is named first is meant first
		}
		for _, r := range h.issues {
			c := covered
			if r.vague {
				c *= 0.6
			}
			if id, ok := k.issues[r.issue]; ok {
				q.expressions[id] = min(1, q.expressions[id]+c)
			}
		}
	}
	for _, w := range q.words {
		for id, share := range k.words[stem(w)] {
			q.profile[id] += k.worth(w) / total * share
		}
	}
	return q
}

// hits finds the expressions of the table in a query.
func (k *lookup) hits(text string) []hit {
	ts := tokens(text)
	ws := singulars(words(text))
	found := k.finder.find(ws)
	for i := range ts {
		if pair(text, ts, i, found) {
			found = append(found, k.finder.relationship(ws, i)...)
		}
	}
	return found
}

// worth is how much a word of a query counts.
func (k *lookup) worth(w string) float64 {
	switch {
	case k == nil || k.lists.content(w):
		return 1
	case k.lists.common[w]:
		return 0
	}
	return 0.25
}

// likeness is the share of words that a query and a name have in common (Dice),
// each counted at its worth.
func (k *lookup) likeness(a, b []string) float64 {
	both, all := 0.0, 0.0
	for _, w := range a {
		all += k.worth(w)
		if slices.ContainsFunc(b, func(v string) bool { return stem(v) == stem(w) }) {
			both += 2 * k.worth(w)
		}
	}
	for _, w := range b {
		all += k.worth(w)
	}
	if all == 0 {
		return 0
	}
	return min(1, both/all)
}
