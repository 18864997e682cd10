package timeline

import (
	"slices"
	"strconv"
)

// draft is the outcome of linking while it is being shaped: named topics and, for
// every unit, which of them it belongs to and why.
type draft struct {
	*linker
	topics []draftTopic
	parted [][2]int // topics that a curator says are two issues
	of     [][]place
	slugs  []string // ids of the topics, "" for one without statements; see finish
}

// draftTopic is a topic without its counts.
type draftTopic struct {
	name   string
	other  []string // further names
	table  string   // what the table of issues calls it
	judged []string // names of the topics that a judgement made part of it
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
		d.topics = append(d.topics, draftTopic{name: l.title(c), other: append(l.names(c), said[t]...), table: c.name, merged: c.merged})
	}
	for i, ls := range l.labels {
		for k := range ls {
			d.of[i] = append(d.of[i], place{topic: ls[k].topic, label: &ls[k]})
		}
	}
	if cur == nil {
		return d.finish()
	}
	for _, x := range cur.Decisions {
		d.decide(x)
	}
	return d.hold(d.finish(), cur.Judgements)
}

// finish counts the topics and gives them their ids in the order in which they
// were first raised.
func (d *draft) finish() *Topics {
	t := &Topics{of: map[string][]string{}, inherited: map[string]bool{}}
	wholes := d.wholes()
	ids := make([]string, len(d.topics))
	d.slugs = ids
	used := map[string]bool{}
	seen := newCensus()
	id := func(topic int) string {
		if ids[topic] == "" {
			ids[topic] = unusedID(slug(d.topics[topic].name), used)
		}
		return ids[topic]
	}
	for i := range d.units {
		u := &d.units[i]
		day := d.releases[u.release].Day()
		for _, p := range d.of[i] {
			t.of[u.statement.ID] = append(t.of[u.statement.ID], id(p.topic))
			seen.count(id(p.topic), u.release, day)
		}
		if inherits(d.of[i]) {
			t.inherited[u.statement.ID] = true
		}
		on := slices.Clone(t.of[u.statement.ID])
		for _, p := range d.of[i] {
			for _, w := range above(wholes, p.topic) {
				if k := id(w); !slices.Contains(on, k) {
					on = append(on, k)
					seen.count(k, u.release, day)
				}
			}
		}
	}
	for topic, id := range ids {
		if id != "" {
			x := seen.topics[id]
			x.ID, x.Name = id, d.topics[topic].name
			x.Aliases = distinctNames(x.Name, d.topics[topic].other)
			x.Judged = d.topics[topic].judged
			if w := wholes[topic]; w >= 0 {
				x.PartOf = ids[w]
			}
			t.Topics = append(t.Topics, *x)
		}
	}
	for _, p := range d.propose(ids) {
		for k := range t.Topics {
			if t.Topics[k].ID == p.A {
				t.Topics[k].Twins = append(t.Topics[k].Twins, Twin{ID: p.B, Why: p.Why, What: p.What})
			}
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

// inherits reports whether a statement is in all of its places for what stands before it alone:
// neither its words nor a heading nor a curator put it there.
func inherits(places []place) bool {
	return len(places) > 0 && !slices.ContainsFunc(places, func(p place) bool {
		return p.label == nil || p.label.context == 0 || p.label.expr+p.label.heading > 0 || weightProfile*p.label.profile >= enough
	})
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
