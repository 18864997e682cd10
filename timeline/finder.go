package timeline

import (
	"cmp"
	"maps"
	"slices"
)

// issueFinder finds the expressions of a table in texts. Expressions are filed
// under their first word, longest first.
type issueFinder struct {
	byFirst map[string][]*expression
	tongues map[string]tongueFinder // by language, nil where all texts are in English
}

// expressions are those of a table by their first word: what a series needs that none of
// the issues is about, and what they are made of.
type expressions struct {
	byFirst  map[string][]*expression
	speaking map[string][]spoken // in the order of the table
}

// spoken is one spelling of one issue.
type spoken struct {
	issue int
	spelling
}

// expressionsOf files the spellings of all issues.
func expressionsOf(spelled [][]spelling) *expressions {
	x := &expressions{byFirst: map[string][]*expression{}, speaking: map[string][]spoken{}}
	for i, es := range spelled {
		for _, e := range es {
			if len(e.words) > 0 {
				x.speaking[e.words[0]] = append(x.speaking[e.words[0]], spoken{i, e})
			}
		}
	}
	for word, es := range x.speaking {
		x.byFirst[word] = filed(es)
	}
	return x
}

// filed makes expressions of spellings that begin with one word.
func filed(es []spoken) []*expression {
	all := map[string]*expression{}
	for _, e := range es {
		if all[e.key] == nil {
			all[e.key] = &expression{words: e.words}
		}
		all[e.key].refer(e.issue, e.spelling)
	}
	out := make([]*expression, 0, len(all))
	for _, key := range slices.Sorted(maps.Keys(all)) {
		out = append(out, all[key])
	}
	slices.SortStableFunc(out, func(a, b *expression) int { return cmp.Compare(len(b.words), len(a.words)) })
	return out
}

// finder prepares the search for the expressions of the issues. Those for which
// about reports true are about the series itself; see [Issue].
func (t *Issues) finder(about func(Issue) bool) *issueFinder {
	if len(t.list) == 0 {
		return &issueFinder{}
	}
	all, spelled := t.filed(), t.spelled()
	own, touched := map[int]bool{}, map[string]bool{}
	for i, x := range t.list {
		if !about(x) {
			continue
		}
		own[i] = true
		for _, e := range spelled[i] {
			if len(e.words) > 0 {
				touched[e.words[0]] = true
			}
		}
	}
	if len(own) == 0 {
		return &issueFinder{byFirst: all.byFirst}
	}
	f := &issueFinder{byFirst: maps.Clone(all.byFirst)}
	says := func(e spoken) bool { return !own[e.issue] || len(spelled[e.issue][0].words) >= 3 && len(e.words) > 1 }
	for word := range touched {
		var left []spoken
		for _, e := range all.speaking[word] {
			if says(e) {
				left = append(left, e)
			}
		}
		if delete(f.byFirst, word); len(left) > 0 {
			f.byFirst[word] = filed(left)
		}
	}
	return f
}

// hit is an expression found in a text.
type hit struct {
	*expression
	at int // index of its first word
}

// find returns the expressions in the words of a text (singular, folded): at
// every place the longest, none overlapping another.
func (f *issueFinder) find(ws []string) []hit {
	var out []hit
scan:
	for i := 0; i < len(ws); i++ {
		for _, e := range f.byFirst[ws[i]] {
			if i+len(e.words) <= len(ws) && slices.Equal(ws[i:i+len(e.words)], e.words) {
				out = append(out, hit{e, i})
				i += len(e.words) - 1
				continue scan
			}
		}
	}
	return out
}
