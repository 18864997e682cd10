package timeline

// weigh collects the evidence about unit i.
func (l *linker) weigh(i int, profiles bool, at func(int) *label, done [][]label) {
	u := &l.units[i]
	seen := map[*expression]bool{}
	alone := l.alone(u)
	for _, h := range u.hits {
		if seen[h.expression] {
			continue
		}
		seen[h.expression] = true
		for _, r := range h.issues {
			x := at(l.byIssue[r.issue])
			w := 1.0
			if r.vague || l.unsure[r.issue] {
				w = vagueExpr
				if alone && !l.unsure[r.issue] && l.reach[r.issue]*seldom < len(l.units) {
					w = aloneExpr
				}
			}
			if x.expr >= 1 {
				w *= againExpr
			}
			x.expr += w
		}
	}
	if u.head >= 0 {
		parts := l.parts[u.head]
		for _, t := range parts {
			x := at(t)
			if len(parts) == 1 && len(l.heads[u.head].parts) == 1 {
				x.heading = 1
			} else {
				x.heading = weightListed
			}
		}
	}
	for t := range l.cands {
		if l.cands[t].stems == nil {
			continue
		}
		n := 0
		for _, f := range u.features {
			if l.cands[t].stems[f] {
				n++
			}
		}
		if n > 0 {
			x := at(t)
			x.expr = max(x.expr, float64(n)/float64(len(l.cands[t].stems)))
		}
	}
	if profiles {
		l.weighProfiles(i, at)
	}
	if i > 0 && !u.first && l.units[i-1].release == u.release {
		for _, p := range done[i-1] {
			x := at(p.topic)
			x.context = 0.3
			if u.anaphoric {
				x.context = 1
			}
		}
	}
}

// alone reports whether all that unit u names is one issue: then even a vague
// expression says what it is about.
func (l *linker) alone(u *unit) bool {
	issue := -1
	for _, h := range u.hits {
		for _, r := range h.issues {
			if issue >= 0 && r.issue != issue {
				return false
			}
			issue = r.issue
		}
	}
	return issue >= 0
}

// tally counts which features the statements of each topic have.
func (l *linker) tally() {
	l.counts = make([][]float32, len(l.count))
	flat := make([]float32, len(l.count)*len(l.cands))
	for f := range l.counts {
		l.counts[f] = flat[f*len(l.cands) : (f+1)*len(l.cands)]
	}
	l.placed = make([]int, len(l.count))
	for i, ls := range l.labels {
		if len(ls) > 0 {
			for _, f := range l.units[i].features {
				l.placed[f]++
			}
		}
		for k, x := range ls {
			for _, f := range l.units[i].features {
				l.counts[f][x.topic] += shareOf(k)
			}
		}
	}
}

// shareOf is how much a statement counts for its k-th topic.
func shareOf(k int) float32 {
	if k == 0 {
		return 1
	}
	return 0.5
}

// weighProfiles compares unit i with what the other statements of every topic say.
func (l *linker) weighProfiles(i int, at func(int) *label) {
	u := &l.units[i]
	sum := make([]float64, len(l.cands))
	total := 0.0
	for _, f := range u.features {
		if l.count[f] < 2 {
			continue
		}
		w := l.weight(f)
		total += w
		mine := 0
		if len(l.labels[i]) > 0 {
			mine = 1
		}
		for t, n := range l.counts[f] {
			if n > 0 {
				own := float32(0)
				for k, x := range l.labels[i] {
					if x.topic == t {
						own = shareOf(k)
					}
				}
				sum[t] += w * float64(n-own) / (float64(l.placed[f]-mine) + damping)
			}
		}
	}
	if total == 0 {
		return
	}
	for t, s := range sum {
		if s/total > 0.12 {
			at(t).profile = s / total
		}
	}
}

// scatters reports whether the statements under a heading name many issues and
// seldom the heading's own: then it is a wrapper, whatever it says.
func (l *linker) scatters(i int) bool {
	own := map[int]bool{}
	for _, p := range l.heads[i].parts {
		for _, h := range l.finder.find(singulars(words(p))) {
			for _, r := range h.issues {
				own[r.issue] = true
			}
		}
	}
	other, others, mine := map[int]bool{}, 0, 0
	for _, k := range l.heads[i].units {
		hasOwn, hasOther := false, false
		for _, h := range l.units[k].hits {
			for _, r := range h.issues {
				if own[r.issue] {
					hasOwn = true
				} else if !r.vague {
					hasOther, other[r.issue] = true, true
				}
			}
		}
		if hasOwn {
			mine++
		} else if hasOther {
			others++
		}
	}
	return len(other) >= scatterIssues && others > mine
}
