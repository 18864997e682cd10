package timeline

import (
	"slices"
	"strings"
)

// TraceOptions narrow and adjust [Trace]; the zero value finds the phrase
// anywhere, whatever its case and punctuation.
type TraceOptions struct {
	Speakers []Party // only statements with at least one of these speakers
	Exact    bool    // the phrase must stand in the text letter by letter
	Stems    bool    // endings do not count: "sanction" finds "sanctions"
}

// Ledger is the history of a phrase through the releases of a series.
type Ledger struct {
	Phrase      string
	First, Last *Use // nil where the phrase never occurs
	Uses        []Use
	Gaps        []Gap
	// AbsentSince is the first release after the last use that does not tell of the same
	// meeting, nil where there is none or none ever had the phrase.
	AbsentSince *Release
	// Undated are the uses of releases whose day is not known: they are no first or last
	// use and end no gap.
	Undated []Use
}

// Use is a release that has the phrase.
type Use struct {
	Release    *Release
	Statements []Statement // those that have it, in reading order
	Headings   []Section   // those that have it; a heading has no speaker
}

func (u Use) empty() bool { return len(u.Statements)+len(u.Headings) == 0 }

// Used reports whether any release has the phrase.
func (l *Ledger) Used() bool { return len(l.Uses)+len(l.Undated) > 0 }

// Gap is a run of releases without the phrase between two that have it. A release about a
// meeting of which another one has the phrase is in no gap.
type Gap struct {
	After, Before *Release // the uses around the gap
	Releases      int      // how many lie between them
	Without       []*Release
}

// Trace finds a phrase in the statements and headings of the releases, in the order of
// [CompareReleases]. A phrase is a run of words inside one statement; hyphens,
// quotation marks, case and accents do not matter unless asked for. A phrase
// without a word is found nowhere.
func Trace(releases []*Release, phrase string, o TraceOptions) *Ledger {
	sorted, undated := Dated(releases)
	l := &Ledger{Phrase: phrase}
	find := matcher(phrase, o)
	uses := func(r *Release) Use {
		u := Use{Release: r}
		for _, s := range r.Statements {
			if (Filter{Speakers: o.Speakers}).Match(s) && find(s.Text) {
				u.Statements = append(u.Statements, s)
			}
		}
		if len(o.Speakers) == 0 {
			for i := range r.Sections {
				if find(r.Sections[i].Heading) {
					u.Headings = append(u.Headings, r.Sections[i])
				}
			}
		}
		return u
	}
	for _, r := range undated {
		if u := uses(r); !u.empty() {
			l.Undated = append(l.Undated, u)
		}
	}
	found := make(map[*Release]Use)
	for _, r := range sorted {
		if u := uses(r); !u.empty() {
			found[r] = u
		}
	}
	accounts := otherAccounts(sorted, found)
	var without []*Release // since the last use
	for _, r := range sorted {
		u, used := found[r]
		switch {
		case used && l.Uses != nil && without != nil:
			l.Gaps = append(l.Gaps, Gap{After: l.Uses[len(l.Uses)-1].Release, Before: r, Releases: len(without), Without: without})
			fallthrough
		case used:
			l.Uses, l.AbsentSince, without = append(l.Uses, u), nil, nil
		case l.Uses == nil || accounts[r]:
		default:
			if without = append(without, r); l.AbsentSince == nil {
				l.AbsentSince = r
			}
		}
	}
	if n := len(l.Uses); n > 0 {
		l.First, l.Last = &l.Uses[0], &l.Uses[n-1]
	}
	return l
}

// otherAccounts returns the releases that tell of a meeting of which another release has the
// phrase: nothing was left out there.
func otherAccounts(sorted []*Release, found map[*Release]Use) map[*Release]bool {
	days := make(map[Date]bool)
	for r := range found {
		days[r.Day()] = true
	}
	var near []*Release
	for _, r := range sorted {
		if days[r.Day()] {
			near = append(near, r)
		}
	}
	out := make(map[*Release]bool)
	for _, m := range Meetings(near) {
		used := slices.ContainsFunc(m.Releases, func(r *Release) bool { _, ok := found[r]; return ok })
		for _, r := range m.Releases {
			if _, ok := found[r]; used && !ok {
				out[r] = true
			}
		}
	}
	return out
}

// matcher returns a function that reports whether a text has the phrase.
func matcher(phrase string, o TraceOptions) func(string) bool {
	if o.Exact {
		return func(text string) bool { return phrase != "" && strings.Contains(text, phrase) }
	}
	form := func(s string) []string {
		ws := words(s)
		if o.Stems {
			for i, w := range ws {
				ws[i] = stem(w)
			}
		}
		return ws
	}
	want := form(phrase)
	return func(text string) bool { return len(want) > 0 && containsRun(form(text), want) }
}

// containsRun reports whether want occurs in have as consecutive words.
func containsRun(have, want []string) bool {
	for i := 0; i+len(want) <= len(have); i++ {
		if slices.Equal(have[i:i+len(want)], want) {
			return true
		}
	}
	return false
}
