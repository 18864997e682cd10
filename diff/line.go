package diff

import "slices"

// takenUp reports whether the meeting of text new makes a statement of the line of unit o: one that
// surely continues what o surely continues, or o itself. Words drift from text to text, so that
// two statements of one line need not be alike: "inflation rose to 3.6 percent because of higher
// tariffs" and "inflation reached 4.2 percent, well above the target" both continue "inflation
// declined to 3.7 percent, still above the target".
func (p *Past) takenUp(o int32, new int) bool {
	line := p.line(o)
	return slices.ContainsFunc(p.texts[new].meeting, func(k int) bool {
		for i := p.texts[k].from; i < p.texts[k].to; i++ {
			if int(p.owner[o]) != k && slices.ContainsFunc(p.line(int32(i)), func(u int32) bool { return slices.Contains(line, u) }) {
				return true
			}
		}
		return false
	})
}

// line is unit i and, one after the other, what it surely continues.
func (p *Past) line(i int32) []int32 {
	out := []int32{i}
	for {
		p.verdict(i)
		k, ok := p.parent[i]
		if !ok {
			return out
		}
		out = append(out, k)
		i = k
	}
}
