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
	l.weighNames(u, at)
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

// weighNames compares unit i with the names of the topics that the series itself
// has given.
func (l *linker) weighNames(u *unit, at func(int) *label) {
	found := map[int]int{}
	for _, f := range u.features {
		for _, t := range l.byStem[f] {
			found[t]++
		}
	}
	for t, n := range found { // the highest share counts, in whatever order
		x := at(t)
		x.expr = max(x.expr, float64(n)/float64(len(l.cands[t].stems)))
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
