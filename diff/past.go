package diff

import (
	"math"
	"slices"
	"strings"
	"sync"

	"readout/timeline"
)

// Past is a series laid out so that two questions can be asked of each of its texts, which
// are answered apart:
//
//   - Which earlier statement does this one continue? The last one that made the same
//     point, in whichever text of the series.
//   - What is missing? Judged against the last comparable text alone, that of the lane
//     (see [timeline.Lanes]), and only after all texts of the meeting were searched.
//
// A statement has one verdict, whatever topic it is looked at under: the verdict is found over
// whole releases, and topics only choose among the statements. Answers depend on the set of
// releases alone.
//
// Words are compared by their stems and weighed by how rare they are in the whole series. Each
// verdict is found when it is first asked for. A Past is safe for concurrent use; its releases
// must not be changed while it is in use.
type Past struct {
	mu        sync.Mutex
	options   Options
	bench     *bench
	grams     dense // letters of the unit that is compared; those of the bench are scratch space
	lanes     *timeline.Lanes
	texts     []text
	at        map[*timeline.Release]int // in texts
	units     []unit                    // of all texts, in order; content is by stems
	owner     []int32                   // the text of each unit
	people    []int32                   // by folded word: how often it is a person's name
	stems     []int32                   // by folded word: the id of its stem, 0 where not known yet
	having    [][]int32                 // by stem: the units that have it, ascending
	topics    bool                      // whether any statement is on a topic
	idleness  []int8                    // by unit: 0 not known yet, 1 a position, 2 idle
	rivals    map[[2]int32]kin2         // by unit and text
	judged    map[[2]int32]finding      // by unit and text
	naming    map[string][]int32        // see [Past.nameAll]
	unitNames [][]name                  // the same
	sequences [][]uint32                // by unit; see [Past.sequence]
	linked    map[int32]*StatementChange
	parent    map[int32]int32 // by unit, the one that it surely continues
	marked    []uint64        // scratch space of candidates, a bit for each unit
	found     []int32         // the same
}

// text is a release of the past.
type text struct {
	release  *timeline.Release
	from, to int            // its units
	topics   map[string]int // how many of its statements are on a topic
	meeting  []int          // the texts that are about its meeting or of its day, itself included
	reports  bool           // some statement of it has a speech act: its language is read
}

// NewPast lays out the releases of a series, whose statements carry their topics.
func NewPast(releases []*timeline.Release, o Options) *Past {
	sorted := slices.Clone(releases)
	timeline.SortReleases(sorted)
	p := &Past{options: o, lanes: timeline.NewLanes(sorted, o.Words), at: make(map[*timeline.Release]int, len(sorted)),
		bench:  &bench{vocabulary: newVocabulary(o.lexicon()), bearing: positionBearing(), grams: make(dense, 1<<gramBits)},
		rivals: map[[2]int32]kin2{}, judged: map[[2]int32]finding{}, linked: map[int32]*StatementChange{}, parent: map[int32]int32{}}
	numbered := numbering{numbers{}, numbers{}}
	for i, r := range sorted {
		p.at[r] = i
		t := text{release: r, from: len(p.units), topics: map[string]int{}}
		p.units = append(p.units, numbered.units(side{statements: r.Statements, sections: r.Sections})...)
		t.to = len(p.units)
		for _, s := range r.Statements {
			for _, id := range s.Topics {
				t.topics[id]++
			}
			t.reports = t.reports || s.Act != timeline.ActNone && s.Act != ""
			p.topics = p.topics || len(s.Topics) > 0
		}
		for range r.Statements {
			p.owner = append(p.owner, int32(i))
		}
		p.texts = append(p.texts, t)
	}
	p.idleness = make([]int8, len(p.units))
	p.gather()
	p.weigh()
	return p
}

// gather finds the texts of each meeting: those of one meeting, and all of one day.
func (p *Past) gather() {
	meeting := map[*timeline.Release]int{}
	all := make([]*timeline.Release, len(p.texts))
	for i := range p.texts {
		all[i] = p.texts[i].release
	}
	for k, m := range timeline.Meetings(all) {
		for _, r := range m.Releases {
			meeting[r] = k
		}
	}
	byMeeting, byDay := map[int][]int{}, map[timeline.Date][]int{}
	for i, r := range all {
		byMeeting[meeting[r]] = append(byMeeting[meeting[r]], i)
		if known(r) {
			byDay[r.Day()] = append(byDay[r.Day()], i)
		}
	}
	for i, r := range all {
		same := slices.Clone(byMeeting[meeting[r]])
		if known(r) {
			same = append(same, byDay[r.Day()]...)
		}
		slices.Sort(same)
		p.texts[i].meeting = slices.Compact(same)
	}
}

// known reports whether the day of a release is known: one that is not stands in no order.
func known(r *timeline.Release) bool { return !r.Day().IsZero() }

// weigh sets how rare each stem is, and the vectors of the units.
func (p *Past) weigh() {
	b := p.bench
	var named []int32
	for i := range p.units {
		b.tokensOf(&p.units[i])
		named = b.countPeople(named, &p.units[i], 1)
	}
	p.people = b.vocabulary.widen(named)
	uses := b.vocabulary.widen(nil)
	for i := range p.units {
		for _, t := range p.units[i].tokens {
			uses[b.vocabulary.entries[t.id].folded]++
		}
	}
	for id, n := range p.people {
		if 2*n < uses[id] { // mostly no name
			p.people[id] = 0
		}
	}
	for i := range p.units {
		u := &p.units[i]
		u.content.terms = p.stemsOf(u)
		for _, t := range u.content.terms {
			p.grow(int(t.id) + 1)
			p.having[t.id] = append(p.having[t.id], int32(i))
		}
	}
	for i := range p.units {
		u := &p.units[i]
		for k := range u.content.terms {
			t := &u.content.terms[k]
			t.weight *= p.rarity(t.id)
		}
		u.content.measure()
	}
}

func (p *Past) grow(n int) {
	if n > len(p.having) {
		p.having = append(p.having, make([][]int32, n-len(p.having)+len(p.having)/2)...)
	}
}

// rarity is the weight of a stem.
func (p *Past) rarity(id uint32) float32 {
	return float32(0.1 + math.Log(float64(len(p.units))/float64(max(1, len(p.unitsWith(id))))))
}

// unitsWith are the units whose words have a stem, ascending, none where it is no word that says something.
func (p *Past) unitsWith(id uint32) []int32 {
	if int(id) >= len(p.having) {
		return nil
	}
	return p.having[id]
}

// figureShare is what a number, a month or a day counts of a word as rare: "inflation was 3.1 percent
// in August" makes the point of "inflation stood at 2.9 percent in May".
const figureShare = 0.5

// stemsOf counts the stems of the words of a unit that say something: no function words and
// names of people, and formulas of the trade, numbers and days for less.
func (p *Past) stemsOf(u *unit) []term {
	v := p.bench.vocabulary
	ids := p.bench.scratch[:0]
	light := map[uint32]float32{}
	for _, t := range u.tokens {
		e := &v.entries[t.id]
		folded := e.folded
		c := v.entries[folded].class
		if !e.word || c&stopWord != 0 || int(folded) < len(p.people) && p.people[folded] > 0 {
			continue
		}
		id := uint32(p.stem(folded))
		ids = append(ids, id)
		switch {
		case c&formula != 0:
			light[id] = float32(p.bench.bearing.formula)
		case v.entries[t.id].figure():
			light[id] = figureShare
		}
	}
	p.bench.scratch = ids
	out := p.bench.words.tally(make([]term, 0, len(ids)), ids)
	for i := range out {
		if share, ok := light[out[i].id]; ok {
			out[i].weight *= share
		}
	}
	return out
}

// stem returns the id of the stem of a folded word.
func (p *Past) stem(folded int32) int32 {
	if int(folded) >= len(p.stems) {
		p.stems = append(p.stems, make([]int32, max(int(folded)+1-len(p.stems), len(p.stems)))...)
	}
	if p.stems[folded] == 0 {
		p.stems[folded] = p.bench.vocabulary.id(timeline.Stem(bare(p.bench.vocabulary.entries[folded].text))) + 1
	}
	return p.stems[folded] - 1
}

// bare is a folded word without the small word that French and Italian write onto it with an
// apostrophe: "l'accord", "dell'accordo".
func bare(w string) string {
	before, after, found := strings.Cut(w, "'")
	if found && len(after) > 2 && (len(before) <= 2 || strings.HasSuffix(before, "ll")) {
		return after
	}
	return w
}

// letters returns the unit with its letter vector, which is made once.
func (p *Past) letters(u *unit) *unit {
	if !u.ready {
		u.ready = true
		u.grams = p.bench.gramVector(u.st.Text)
	}
	return u
}

// Lane returns the lane of a release of the series.
func (p *Past) Lane(r *timeline.Release) timeline.Lane { return p.lanes.Of(r) }

// Against returns the release by which it is judged what is missing from r, nil where none
// is comparable: see [Basis].
func (p *Past) Against(r *timeline.Release) *timeline.Release {
	if p.options.Against != ByNeighbour {
		return p.lanes.Before(r)
	}
	i, known := p.at[r]
	if !known {
		return nil
	}
	if i = p.before(i) - 1; i < 0 {
		return nil
	}
	return p.texts[i].release
}

// Statements says what became of the wording that led to the given statements of r, in
// their order.
func (p *Past) Statements(r *timeline.Release, statements []timeline.Statement) []StatementChange {
	p.mu.Lock()
	defer p.mu.Unlock()
	i, known := p.at[r]
	out := make([]StatementChange, 0, len(statements))
	from := 0
	for _, st := range statements {
		if n := p.place(i, st, from); known && n >= 0 {
			out = append(out, *p.verdict(int32(p.texts[i].from + n)))
			from = n + 1
			continue
		}
		out = append(out, StatementChange{Statement: st, Kind: New, Edits: whole(Insert, st.Text)})
	}
	return out
}

// place finds a statement among those of text i, from a place on, -1 where it is not there.
func (p *Past) place(i int, st timeline.Statement, from int) int {
	all := p.texts[i].release.Statements
	for n := from; n < len(all); n++ {
		if all[n].ID == st.ID && all[n].Text == st.Text {
			return n
		}
	}
	return -1
}

// Missing returns the statements of [Past.Against] among the wanted ones that are gone from
// the meeting of r, in the order of that release, and how many were not looked into
// because the meeting's texts are too short to hold them.
func (p *Past) Missing(r *timeline.Release, wanted func(timeline.Statement) bool) (gone []Missing, short int) {
	against := p.Against(r)
	if against == nil {
		return nil, 0
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	old, new := p.at[against], p.at[r]
	for n := range against.Statements {
		if !wanted(against.Statements[n]) {
			continue
		}
		switch a := p.absence(int32(p.texts[old].from+n), new); a.Silence {
		case "":
			gone = append(gone, Missing{against.Statements[n], against, a})
		case ShortText:
			short++
		}
	}
	return gone, short
}

// holding returns the past and the places in it of two texts: p where it holds both, or else one of
// these two alone.
func (p *Past) holding(old, new *timeline.Release, o Options) (past *Past, before, after int) {
	if p != nil {
		before, after = p.find(old), p.find(new)
		if before >= 0 && after >= 0 && before != after {
			return p, before, after
		}
	}
	p = NewPast([]*timeline.Release{old, new}, o)
	return p, p.at[old], p.at[new]
}

// find returns the place of a release in the past, by identity or else by id and version, -1 where it is not there.
func (p *Past) find(r *timeline.Release) int {
	if i, ok := p.at[r]; ok {
		return i
	}
	return slices.IndexFunc(p.texts, func(t text) bool {
		return r.ID != "" && t.release.ID == r.ID && t.release.Version == r.Version && len(t.release.Statements) == len(r.Statements)
	})
}

// Latest returns the last two comparable releases of the lane that has most, of several the one with the
// latest release. It reports false where no two are comparable.
func (p *Past) Latest() (Texts, bool) {
	count := map[timeline.Lane]int{}
	for i := range p.texts {
		count[p.Lane(p.texts[i].release)]++
	}
	var best Texts
	for i := range p.texts {
		r := p.texts[i].release
		old := p.Against(r)
		if old != nil && (best.New == nil || count[p.Lane(r)] >= count[p.Lane(best.New)]) {
			best = Texts{old, r}
		}
	}
	return best, best.New != nil
}
