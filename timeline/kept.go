package timeline

import (
	"slices"
	"sync"
)

// Kept returns what [Link] has found before for the same releases, tables and
// decisions: the topics, with the statements of the releases carrying theirs. Again runs
// Link on the releases; it is called once at most, where a question needs what was not
// kept: what free words mean, or why a statement has its topics.
func Kept(releases []*Release, topics []Topic, again func() *Topics) *Topics {
	t := &Topics{
		Topics:    topics,
		releases:  slices.Clone(releases),
		of:        map[string][]string{},
		inherited: map[string]bool{},
		again:     sync.OnceValue(again),
	}
	SortReleases(t.releases)
	for _, r := range t.releases {
		for _, s := range r.Statements {
			t.of[s.ID], t.inherited[s.ID] = s.Topics, s.Inherited
		}
	}
	t.assign()
	return t
}

// Named returns the topics of which name is the id or one of the names: case,
// punctuation and a leading article aside.
func (t *Topics) Named(name string) []Topic {
	var out []Topic
	for _, x := range t.Topics {
		if slices.Contains(x.NameKeys(), NameKey(name)) {
			out = append(out, x)
		}
	}
	return out
}

// NameKey is the form by which names of topics are compared, "" for a name without a
// word.
func NameKey(name string) string { return foldName(name) }

// NameKeys are the forms of the topic's id and of all its names, each once.
func (x Topic) NameKeys() []string {
	keys := []string{foldName(x.ID), foldName(x.Name)}
	for _, n := range x.Aliases {
		keys = append(keys, foldName(n))
	}
	keys = slices.DeleteFunc(keys, func(k string) bool { return k == "" })
	slices.Sort(keys)
	return slices.Compact(keys)
}

// Words returns the words of a text as [Trace] compares them: lower case, without
// accents and endings of possession; ideographs are words by themselves.
func Words(text string) []string { return words(text) }
