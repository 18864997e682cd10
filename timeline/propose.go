package timeline

import (
	"cmp"
	"maps"
	"slices"
)

// Proposal is two topics that are likely one issue, where the texts do not prove it. A
// person settles it by a decision: [Merge], or [Apart].
type Proposal struct {
	A    string `json:"a"` // ids, in order
	B    string `json:"b"`
	Why  string `json:"why"`  // "table", "name" or "matter"
	What string `json:"what"` // what they share, in words
}

// The reasons of a proposal.
const (
	WhyTable  = "table"  // the table of issues has them as one where a text names both
	WhyName   = "name"   // their names share a telling word
	WhyMatter = "matter" // their statements are alike
)

// Twin is a topic that is likely the same issue as the one that has it.
type Twin struct {
	ID   string `json:"id"`
	Why  string `json:"why"`  // as in Proposal
	What string `json:"what"` // as in Proposal
}

// likely is the least likeness of the statements of two topics that are proposed for one.
const likely = 0.3

// Proposals returns the pairs of topics that are likely one issue, in order of their ids.
// No release raises both topics of a pair.
func (t *Topics) Proposals() []Proposal {
	var out []Proposal
	for _, x := range t.Topics {
		for _, y := range x.Twins {
			out = append(out, Proposal{A: x.ID, B: y.ID, Why: y.Why, What: y.What})
		}
	}
	slices.SortFunc(out, func(p, q Proposal) int { return cmp.Or(cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B)) })
	return out
}

// twins returns the ids of the topics that are likely the one with the given id.
func (t *Topics) twins(id string) []string {
	var out []string
	for _, p := range t.Proposals() {
		switch id {
		case p.A:
			out = append(out, p.B)
		case p.B:
			out = append(out, p.A)
		}
	}
	return out
}

// raisedTwins gives the meetings that do not raise the topic with the given id but one
// that is likely the same issue: by the id of the meeting, that of the twin.
func (t *Topics) raisedTwins(id string, releases []*Release, meeting map[string]string) map[string]string {
	out := map[string]string{}
	twins := t.twins(id)
	if len(twins) == 0 {
		return out
	}
	for _, r := range releases {
		if k := slices.IndexFunc(twins, r.Raises); k >= 0 {
			out[meeting[r.ID]] = twins[k]
		}
	}
	for _, r := range releases {
		if r.Raises(id) {
			delete(out, meeting[r.ID])
		}
	}
	return out
}

// propose finds the pairs of topics that are likely one issue.
func (d *draft) propose(ids []string) []Proposal {
	raised := d.raisedIn()
	found := map[[2]string]Proposal{}
	add := func(a, b int, why, what string) {
		a, b = d.follow(a), d.follow(b)
		if a == b || ids[a] == "" || ids[b] == "" || d.different(a, b) || meet(raised[a], raised[b]) {
			return
		}
		p := Proposal{A: min(ids[a], ids[b]), B: max(ids[a], ids[b]), Why: why, What: what}
		if _, ok := found[[2]string{p.A, p.B}]; !ok {
			found[[2]string{p.A, p.B}] = p
		}
	}
	for k, x := range d.issues.list {
		child, ok := d.byIssue[k]
		for p, y := range d.issues.list {
			if whole, known := d.byIssue[p]; ok && known && x.Same && y.Name == x.PartOf {
				add(child, whole, WhyTable, x.PartOf)
			}
		}
	}
	for _, f := range slices.Sorted(maps.Keys(d.byStem)) {
		for k, a := range d.byStem[f] {
			for _, b := range d.byStem[f][:k] {
				if w := d.sharedName(a, b); w != "" {
					add(b, a, WhyName, w)
				}
			}
		}
	}
	for _, pair := range slices.SortedFunc(maps.Keys(d.alikePairs), func(p, q [2]int) int {
		return cmp.Or(cmp.Compare(p[0], q[0]), cmp.Compare(p[1], q[1]))
	}) {
		add(pair[0], pair[1], WhyMatter, d.cands[pair[0]].name)
	}
	return slices.SortedFunc(maps.Values(found), func(p, q Proposal) int {
		return cmp.Or(cmp.Compare(p.A, q.A), cmp.Compare(p.B, q.B))
	})
}

// raisedIn gives, for every topic, the releases that raise it.
func (d *draft) raisedIn() []map[int]bool {
	out := make([]map[int]bool, len(d.topics))
	for i, ps := range d.of {
		for _, p := range ps {
			if out[p.topic] == nil {
				out[p.topic] = map[int]bool{}
			}
			out[p.topic][d.units[i].release] = true
		}
	}
	return out
}

// meet reports whether two sets have an element in common.
func meet(a, b map[int]bool) bool {
	for k := range a {
		if b[k] {
			return true
		}
	}
	return false
}

// sharedName is the telling word that the names of two topics share, both given by
// headings of the series and half of the shorter name; "" for none.
func (d *draft) sharedName(a, b int) string {
	x, y := &d.cands[a], &d.cands[b]
	if x.issue >= 0 || y.issue >= 0 || a >= len(d.headsOf) || b >= len(d.headsOf) || len(d.headsOf[a]) == 0 || len(d.headsOf[b]) == 0 {
		return ""
	}
	shared, word := 0, ""
	for _, t := range tokens(x.name) {
		if f, ok := d.ids[stem(t.Folded)]; ok && x.stems[f] && y.stems[f] {
			shared++
			word = cmp.Or(word, x.name[t.Start:t.End])
		}
	}
	if 2*shared < min(len(x.stems), len(y.stems)) {
		return ""
	}
	return word
}
