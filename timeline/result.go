package timeline

import (
	"math"
	"slices"
)

// result turns the candidates into topics: names, ids, counts, reasons.
func (l *linker) result(cur *Curation) *Topics {
	t := &Topics{of: map[string][]string{}, reasons: map[string][]Reason{}}
	ids := make([]string, len(l.topics))
	used := map[string]bool{}
	stat := map[int]*Topic{}
	last := map[int]int{}
	for i := range l.units {
		u := &l.units[i]
		for _, x := range l.labels[i] {
			s := stat[x.topic]
			if s == nil {
				name := l.topics[x.topic].title()
				id := slug(name)
				for n := 2; used[id]; n++ {
					id = slug(name) + "-" + string(rune('0'+n))
				}
				used[id] = true
				ids[x.topic] = id
				s = &Topic{ID: id, Name: name, Aliases: l.topics[x.topic].aliases(name), First: l.releases[u.release].Day()}
				stat[x.topic] = s
				last[x.topic] = -1
			}
			s.Statements++
			if last[x.topic] != u.release {
				last[x.topic] = u.release
				s.Releases++
				s.Last = l.releases[u.release].Day()
			}
			t.of[u.statement.ID] = append(t.of[u.statement.ID], s.ID)
			t.reasons[u.statement.ID] = append(t.reasons[u.statement.ID], Reason{Topic: s.ID, Kind: "issue", Weight: math.Round(x.score*100) / 100})
		}
	}
	t.look = l.lookup(ids)
	for _, s := range stat {
		t.Topics = append(t.Topics, *s)
	}
	slices.SortFunc(t.Topics, compareTopics)
	return t
}

// title is the name the texts themselves give: the first heading that names the
// issue alone, else the table's name, else the first part of a heading.
func (c *candidate) title() string {
	for _, u := range c.uses {
		if u.alone {
			return u.name
		}
	}
	return c.name
}

func (c *candidate) aliases(name string) []string {
	out := []string{}
	add := func(n string) {
		if foldName(n) != foldName(name) && !slices.ContainsFunc(out, func(o string) bool { return foldName(o) == foldName(n) }) {
			out = append(out, n)
		}
	}
	add(c.name)
	for _, u := range c.uses {
		add(u.name)
	}
	return out
}

// lookup gathers what a free query is compared with.
func (l *linker) lookup(ids []string) *lookup {
	k := &lookup{finder: l.finder, issues: map[int]string{}, lists: l.lists, words: map[string]map[string]float64{}}
	for issue, t := range l.byIssue {
		if id := ids[l.root(t)]; id != "" {
			k.issues[issue] = id
		}
	}
	l.tally()
	for w, f := range l.ids {
		for t, n := range l.counts[f] {
			if n > 0 && ids[t] != "" {
				if k.words[w] == nil {
					k.words[w] = map[string]float64{}
				}
				k.words[w][ids[t]] += float64(n) / float64(1+l.count[f])
			}
		}
	}
	return k
}
