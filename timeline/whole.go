package timeline

import "slices"

// Topics stand on two levels: one may be part of another, as the table of issues has it.
// A statement is given to the topics it is on itself; it is also on the wholes of which
// they are parts, and the timeline of a whole holds what its parts say.

// On reports whether the statement is on the topic with the given id, or on a part of it.
// It is known once [Link] has run.
func (s Statement) On(topic string) bool {
	return slices.Contains(s.Topics, topic) || slices.Contains(s.Wholes, topic)
}

// WholesOf returns a function that gives, for the topics of a statement, those that they
// are part of: nearest first, and none that the statement has itself.
func WholesOf(topics []Topic) func(ids []string) []string {
	partOf := map[string]string{}
	for _, t := range topics {
		if t.PartOf != "" {
			partOf[t.ID] = t.PartOf
		}
	}
	return func(ids []string) []string {
		var out []string
		for _, id := range ids {
			for w := partOf[id]; w != "" && !slices.Contains(out, w); w = partOf[w] {
				if !slices.Contains(ids, w) {
					out = append(out, w)
				}
			}
		}
		return out
	}
}

// Raises reports whether a statement of the release is on the topic.
func (r *Release) Raises(topic string) bool {
	return slices.ContainsFunc(r.Statements, func(s Statement) bool { return s.On(topic) })
}

// fewestParts is how many parts of an issue a series must follow for the whole to be a
// topic where no statement is on the whole itself.
const fewestParts = 2

// wholes gives every topic the one it is part of, -1 for none. A whole that no statement
// is on is made where the series follows some of its parts.
func (d *draft) wholes() []int {
	at := map[string]int{} // name in the table -> issue
	for i, x := range d.issues.list {
		at[x.Name] = i
	}
	used := make([]bool, len(d.topics))
	for _, ps := range d.of {
		for _, p := range ps {
			used[p.topic] = true
		}
	}
	parts := map[int][]int{} // issue -> topics that are part of it
	for t := range d.cands {
		if k := d.cands[t].issue; k >= 0 && used[t] {
			if p, ok := at[d.issues.list[k].PartOf]; ok {
				parts[p] = append(parts[p], t)
			}
		}
	}
	out := slices.Repeat([]int{-1}, len(d.topics))
	for p := range d.issues.list {
		whole, ok := d.byIssue[p]
		if ok {
			whole = d.follow(whole)
		}
		if !ok || !used[whole] {
			if len(parts[p]) < fewestParts {
				continue
			}
			d.topics = append(d.topics, draftTopic{name: d.issues.list[p].Name, merged: -1})
			whole = len(d.topics) - 1
			out = append(out, -1)
		}
		for _, t := range parts[p] {
			if whole != t {
				out[t] = whole
			}
		}
	}
	return out
}

// above returns the wholes over a topic, the nearest first.
func above(wholes []int, t int) []int {
	var out []int
	for t = wholes[t]; t >= 0 && !slices.Contains(out, t); t = wholes[t] {
		out = append(out, t)
	}
	return out
}
