package timeline

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
)

// draft is the outcome of linking while it is being shaped: named topics and, for
// every unit, which of them it belongs to and why.
type draft struct {
	*linker
	topics []draftTopic
	of     [][]place
}

// draftTopic is a topic without its counts.
type draftTopic struct {
	name   string
	other  []string // further names
	table  string   // what the table of issues calls it
	merged int      // the topic that has taken it over, -1 for none
}

// place is a unit's place in a topic.
type place struct {
	topic   int
	label   *label // nil where a curator put it there
	decided string // what the curator decided
}

// result turns the candidates into topics: names, curation, ids, counts, reasons.
func (l *linker) result(cur *Curation) *Topics {
	d := &draft{linker: l, of: make([][]place, len(l.units))}
	said := l.sayings()
	for t := range l.cands {
		c := &l.cands[t]
		d.topics = append(d.topics, draftTopic{name: c.title(), other: append(c.names(), said[t]...), table: c.name, merged: c.merged})
	}
	for i, ls := range l.labels {
		for k := range ls {
			d.of[i] = append(d.of[i], place{topic: ls[k].topic, label: &ls[k]})
		}
	}
	if cur != nil {
		for _, x := range cur.Decisions {
			d.decide(x)
		}
	}
	return d.finish()
}

// finish counts the topics and gives them their ids in the order in which they
// were first raised.
func (d *draft) finish() *Topics {
	t := &Topics{of: map[string][]string{}}
	ids := make([]string, len(d.topics))
	used := map[string]bool{}
	seen := newCensus()
	for i := range d.units {
		u := &d.units[i]
		day := d.releases[u.release].Day()
		for _, p := range d.of[i] {
			if ids[p.topic] == "" {
				ids[p.topic] = unusedID(slug(d.topics[p.topic].name), used)
			}
			seen.count(ids[p.topic], u.release, day)
			t.of[u.statement.ID] = append(t.of[u.statement.ID], ids[p.topic])
		}
	}
	for topic, id := range ids {
		if id != "" {
			x := seen.topics[id]
			x.ID, x.Name = id, d.topics[topic].name
			x.Aliases = distinctNames(x.Name, d.topics[topic].other)
			t.Topics = append(t.Topics, *x)
		}
	}
	t.look = d.lookup(ids)
	t.explain = func(id string) []Reason {
		i := slices.IndexFunc(d.units, func(u unit) bool { return u.statement.ID == id }) // asked seldom, for one statement
		if i < 0 {
			return nil
		}
		var out []Reason
		for _, p := range d.of[i] {
			out = append(out, d.reasons(i, p, ids[p.topic])...)
		}
		return out
	}
	slices.SortFunc(t.Topics, compareTopics)
	return t
}

// unusedID returns id, or id with the first number from 2 that makes it unique.
func unusedID(id string, used map[string]bool) string {
	out := id
	for n := 2; used[out]; n++ {
		out = id + "-" + strconv.Itoa(n)
	}
	used[out] = true
	return out
}

// distinctNames returns the names that differ from name and from each other, in
// their order, never nil.
func distinctNames(name string, names []string) []string {
	out := []string{}
	seen := map[string]bool{foldName(name): true}
	for _, n := range names {
		if f := foldName(n); f != "" && !seen[f] {
			seen[f] = true
			out = append(out, n)
		}
	}
	return out
}

// sayings gives, for every issue of the table, the phrases by which the texts speak
// of it most: of several words, and in several releases. Which these are can change
// with a new meeting, so they are further names and never the first.
func (l *linker) sayings() [][]string {
	type saying struct {
		text     string
		releases int
		last     int
	}
	by := make([]map[*expression]*saying, len(l.cands))
	for i := range l.units {
		u := &l.units[i]
		for _, h := range u.hits {
			r := h.issues[0]
			t := l.root(l.byIssue[r.issue])
			if r.vague || len(h.words) < 2 || !slices.ContainsFunc(l.labels[i], func(x label) bool { return x.topic == t }) {
				continue
			}
			if by[t] == nil {
				by[t] = map[*expression]*saying{}
			}
			s := by[t][h.expression]
			if s == nil {
				s = &saying{text: u.statement.Text[u.tokens[h.at].start:u.tokens[h.at+len(h.words)-1].end], last: -1}
				by[t][h.expression] = s
			}
			if s.last != u.release {
				s.last = u.release
				s.releases++
			}
		}
	}
	out := make([][]string, len(l.cands))
	for t, m := range by {
		list := slices.SortedFunc(maps.Values(m), func(a, b *saying) int {
			return cmp.Or(cmp.Compare(b.releases, a.releases), cmp.Compare(a.text, b.text))
		})
		for _, s := range list[:min(maxSayings, len(list))] {
			if s.releases >= 2 {
				out[t] = append(out[t], s.text)
			}
		}
	}
	return out
}

// title is the name the texts themselves give: the first heading that names the
// issue, by itself rather than among others; else what the table or the recurring
// phrase calls it. It stays when newer meetings arrive.
func (c *candidate) title() string {
	uses := slices.DeleteFunc(slices.Clone(c.uses), func(u nameUse) bool { return u.slogan })
	if len(uses) == 0 {
		return c.name
	}
	return slices.MinFunc(uses, func(a, b nameUse) int {
		alone := func(u nameUse) int {
			if u.alone {
				return 0
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.release, b.release), cmp.Compare(alone(a), alone(b)))
	}).name
}

// names returns every name the texts give the candidate.
func (c *candidate) names() []string {
	var out []string
	if c.issue < 0 {
		out = append(out, c.name)
	}
	for _, u := range c.uses {
		out = append(out, u.name)
	}
	return out
}

// lookup gathers what a free query is compared with.
func (d *draft) lookup(ids []string) *lookup {
	k := &lookup{finder: d.finder, issues: map[int]string{}, lists: d.lists, words: map[string]map[string]float64{}}
	for issue, t := range d.byIssue {
		if id := ids[d.follow(t)]; id != "" {
			k.issues[issue] = id
		}
	}
	share := make([]map[int]float64, len(d.count))
	for i, ps := range d.of {
		for n, p := range ps {
			for _, f := range d.units[i].features {
				if share[f] == nil {
					share[f] = map[int]float64{}
				}
				share[f][p.topic] += float64(shareOf(n)) / float64(1+d.count[f])
			}
		}
	}
	for w, f := range d.ids {
		for t, s := range share[f] {
			if k.words[w] == nil {
				k.words[w] = map[string]float64{}
			}
			k.words[w][ids[t]] += s
		}
	}
	return k
}
