package timeline

import "slices"

// share is the weight that the statements of one topic have in something.
type share struct {
	topic  int
	weight float32
}

// tally counts which features the statements of each topic have: the rows hold
// only the topics that have any, in ascending order, for a series may have many
// topics and each of them few words.
func (l *linker) tally() {
	l.counts = make([][]share, len(l.count))
	l.placed = make([]int, len(l.count))
	members := make([][]share, len(l.cands)) // topic -> its units
	for i, ls := range l.labels {
		if len(ls) > 0 {
			for _, f := range l.units[i].features {
				l.placed[f]++
			}
		}
		for k, x := range ls {
			members[x.topic] = append(members[x.topic], share{i, shareOf(k)})
		}
	}
	sum := make([]float32, len(l.count))
	var touched []int
	for t, us := range members {
		for _, m := range us {
			for _, f := range l.units[m.topic].features {
				if sum[f] == 0 {
					touched = append(touched, f)
				}
				sum[f] += m.weight
			}
		}
		for _, f := range touched {
			l.counts[f] = append(l.counts[f], share{t, sum[f]})
			sum[f] = 0
		}
		touched = touched[:0]
	}
	l.sum = make([]float64, len(l.cands))
}

// weightOf is the weight of topic t's statements that have feature f.
func (l *linker) weightOf(f, t int) float32 {
	if f >= len(l.counts) {
		return 0
	}
	k, ok := slices.BinarySearchFunc(l.counts[f], t, func(s share, t int) int { return s.topic - t })
	if !ok {
		return 0
	}
	return l.counts[f][k].weight
}

// shareOf is how much a statement counts for its k-th topic.
func shareOf(k int) float32 {
	if k == 0 {
		return 1
	}
	return 0.5
}

// fewestWords is how many words of a sentence that nobody says under no heading others must share, in a short
// series, for them to tell what it is about.
const fewestWords = 2

// weighProfiles compares unit i with what the other statements of every topic say.
func (l *linker) weighProfiles(i int, b *board) {
	u := &l.units[i]
	mine := min(1, len(l.labels[i]))
	touched := l.touched[:0]
	total, known, least := 0.0, 0, 1
	if len(l.releases) < many && u.head < 0 && len(u.statement.Speakers) == 0 {
		least = fewestWords
	}
	for _, f := range u.features {
		if l.count[f] < 2 {
			continue
		}
		known++
		w := l.weight(f)
		total += w
		if len(l.counts[f]) > everyones {
			continue
		}
		w /= float64(l.placed[f]-mine) + damping
		for _, s := range l.counts[f] {
			if l.sum[s.topic] == 0 {
				touched = append(touched, s.topic)
			}
			l.sum[s.topic] += w * float64(s.weight)
		}
		for k, x := range l.labels[i] {
			l.sum[x.topic] -= w * float64(shareOf(k)) // what the unit itself adds
		}
	}
	for _, t := range touched {
		if known >= least && l.sum[t]/total > likeness {
			b.at(t).profile = l.sum[t] / total
		}
		l.sum[t] = 0
	}
	l.touched = touched
}
