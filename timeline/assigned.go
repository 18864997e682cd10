package timeline

import "slices"

// Assigned returns the topics that the statements of the releases carry already, found
// by other means than [Link]. A topic that names does not hold is called by its id. The
// releases are not changed.
func Assigned(releases []*Release, names ...Topic) *Topics {
	t := &Topics{releases: slices.Clone(releases), of: map[string][]string{}}
	SortReleases(t.releases)
	c := newCensus()
	for i, r := range t.releases {
		for _, s := range r.Statements {
			t.of[s.ID] = s.Topics
			for _, id := range s.Topics {
				c.count(id, i, r.Day())
			}
		}
	}
	for id, x := range c.topics {
		x.ID, x.Name, x.Aliases = id, id, []string{}
		if k := slices.IndexFunc(names, func(n Topic) bool { return n.ID == id }); k >= 0 {
			x.Name, x.Aliases = names[k].Name, names[k].Aliases
		}
		t.Topics = append(t.Topics, *x)
	}
	slices.SortFunc(t.Topics, compareTopics)
	return t
}

// census counts the releases and statements of topics, which are counted release by
// release in order.
type census struct {
	topics map[string]*Topic // by id
	last   map[string]int    // the last release counted
}

func newCensus() *census { return &census{topics: map[string]*Topic{}, last: map[string]int{}} }

// count adds a statement of a release, held on the day, to a topic.
func (c *census) count(id string, release int, day Date) {
	x := c.topics[id]
	if x == nil {
		x = &Topic{}
		c.topics[id], c.last[id] = x, -1
	}
	x.Statements++
	if x.First.IsZero() {
		x.First = day
	}
	if c.last[id] != release {
		c.last[id] = release
		x.Releases++
		if !day.IsZero() { // undated releases come last
			x.Last = day
		}
	}
}
