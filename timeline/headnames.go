package timeline

import "slices"

// readHead finds the topics that heading i names.
func (l *linker) readHead(i int) {
	h := l.heads[i]
	lang := languageOf(l.releases[h.release])
	scatters := h.number == "" && l.scatters(i)
	for _, p := range h.parts {
		t := -1
		if p.relations && !l.namesOther(p.name, lang) {
			t = l.relationsTopic(p.name)
		} else {
			p.relations = false
			t = l.partTopic(p.name, lang, h.slogan || scatters)
		}
		if t < 0 || scatters || slices.Contains(l.parts[i], t) {
			continue
		}
		l.parts[i] = append(l.parts[i], t)
		if p.relations {
			l.relations[t] = true
		}
		l.cands[t].uses = append(l.cands[t].uses, nameUse{name: p.name, release: h.release, alone: len(h.parts) == 1, slogan: h.slogan})
		if k := l.cands[t].issue; k >= 0 && !h.slogan {
			l.headed[k] = true
		}
	}
}

// partTopic finds or makes the candidate that a heading's part names: an issue of
// the table that covers half of its words, a heading that shares half of them, or
// a new one. It returns -1 for a part without a telling word, and for one that is
// not in the table where tableOnly is set.
func (l *linker) partTopic(part, lang string, tableOnly bool) int {
	folded := words(part)
	stems := map[int]bool{}
	for _, w := range terms(tokens(part)) {
		if l.lists.content(w) && !l.persons[w] {
			stems[l.feature(stem(w))] = true
		}
	}
	if k := l.tableIssue(lang, singulars(folded), len(stems)); k >= 0 {
		return l.issueTopic(k)
	}
	if len(stems) == 0 {
		return -1
	}
	if tableOnly {
		return -1
	}
	common := map[int]int{}
	for f := range stems {
		for _, t := range l.byStem[f] {
			common[t]++
		}
	}
	found, most := -1, 0.0
	for t, n := range common {
		part := float64(n) / float64(min(len(stems), len(l.cands[t].stems)))
		if part > most || part == most && t < found {
			found, most = t, part
		}
	}
	if most >= 0.5 {
		return found
	}
	return l.add(candidate{key: "heading " + foldName(part), issue: -1, name: part, stems: stems})
}

// tableIssue is the issue of the table that the words of a heading, of which so many are
// telling, are about: the longest expression that covers half of them, a firm one before
// a vague one; -1 for none.
func (l *linker) tableIssue(lang string, ws []string, telling int) int {
	found, firm, most := -1, false, 0
	for _, h := range l.finder.findIn(lang, ws, nil) {
		for _, r := range h.issues {
			if n := len(h.words); 2*n >= telling && (!r.vague && !firm || r.vague != firm && n > most) {
				found, firm, most = r.issue, !r.vague, n
			}
		}
	}
	return found
}

// namesOther reports whether a heading on relations names an issue of the table other than
// the relationship: "Economic relations".
func (l *linker) namesOther(name, lang string) bool {
	own := l.relationsIssue()
	return slices.ContainsFunc(l.finder.findIn(lang, singulars(words(name)), nil), func(h hit) bool {
		return !slices.ContainsFunc(h.issues, func(r issueRef) bool { return r.issue == own })
	})
}

// relationsIssue is the issue that the table calls the relationship of two parties, -1
// for none.
func (l *linker) relationsIssue() int {
	for _, h := range l.finder.find([]string{"bilateral", "relation"}) {
		return h.issues[0].issue
	}
	return -1
}

// relationsTopic is the topic of a heading on the relationship as a whole.
func (l *linker) relationsTopic(name string) int {
	if k := l.relationsIssue(); k >= 0 {
		return l.issueTopic(k)
	}
	return l.partTopic(name, "", false)
}
