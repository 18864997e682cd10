package archive

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"readout/internal/archive/address"
	"readout/storage"
	"readout/timeline"
)

// The catalogue says which captures are one release, which of them are one
// version, and what the release is called. It is a pure function of all captures
// and readings, and the store keeps its last value. A test writes that function down
// over everything; [recatalogue] comes to the same by looking only at what a change can
// reach.

// sighting is one capture together with what was read from it.
type sighting struct {
	at       time.Time
	reading  *storage.Reading
	facts    *facts
	identity string // what the capture says it belongs to
	source   string
	id       string // given by the user, or ""
	said     storage.Capture
}

// identityOf returns what makes a capture belong to a release: what the user said,
// else the address the document carries, else the address it was fetched from, else
// what it is about. A text without a title or a day is itself alone: that two such texts
// are of the same parties makes neither a version of the other.
func identityOf(s *strand, f *facts, r *timeline.Release, c storage.Capture) string {
	switch {
	case s.said.identity() != "":
		return s.said.identity()
	case namesPage(f.URL):
		return "url " + address.Canonical(f.URL)
	case c.URL != "":
		return "url " + address.Canonical(c.URL)
	}
	if dated(r).IsZero() || fold(r.Title) == "" {
		return "bytes " + s.key.SHA256().String()
	}
	return fmt.Sprintf("text %s %s %s", r.Series, dated(r), fold(r.Title))
}

// namesPage reports whether an address that a document carries can be its own: a whole
// one that is not of a home page, which templates put on every page.
func namesPage(s string) bool {
	return strings.Contains(s, "://") && strings.ContainsAny(address.Canonical(s), "/?#")
}

// dated is the day by which two texts under one title are told apart: that of the
// meeting, or where a text does not say it the day the text is dated. The next
// meeting's text has the same title.
func dated(r *timeline.Release) timeline.Date { return cmp.Or(r.Held, r.Published) }

// sightings joins captures to their readings. A capture whose bytes could not be
// read has none and is left out.
func sightings(captures map[storage.Hash][]storage.Capture, readings map[storage.ReadingKey]*storage.Reading) ([]*sighting, error) {
	var out []*sighting
	for _, rows := range captures {
		strands, err := strandsOf(rows)
		if err != nil {
			return nil, err
		}
		for _, s := range strands {
			r := readings[s.key]
			if r == nil {
				continue
			}
			f := &facts{}
			if err := json.Unmarshal(r.Facts, f); err != nil {
				return nil, fmt.Errorf("%w: facts of reading %s: %v", storage.ErrDamaged, s.key, err)
			}
			for _, c := range s.rows {
				out = append(out, &sighting{at: c.CapturedAt, reading: r, facts: f, identity: identityOf(s, f, r.Release, c),
					source: cmp.Or(s.said.Source, f.URL, c.URL), id: s.said.ID, said: c})
			}
		}
	}
	// Ties of time are broken by what the document says of its own age.
	slices.SortFunc(out, func(a, b *sighting) int {
		return cmp.Or(a.at.Compare(b.at), a.facts.Modified.Compare(b.facts.Modified),
			bytes.Compare(a.reading.Key[:], b.reading.Key[:]), compareCaptures(a.said, b.said))
	})
	return out, nil
}

// chunks yields the runs of equal neighbours.
func chunks[T any](all []T, same func(a, b T) bool) func(func([]T) bool) {
	return func(yield func([]T) bool) {
		for start := 0; start < len(all); {
			end := start + 1
			for end < len(all) && same(all[start], all[end]) {
				end++
			}
			if !yield(all[start:end]) {
				return
			}
			start = end
		}
	}
}

// releases groups sightings, which are in order, into releases without an id, and
// returns beside each what it claims.
func releases(seen []*sighting) ([]*storage.Entry, []claim) {
	groups := group(seen)
	entries := make([]*storage.Entry, len(groups))
	claims := make([]claim, len(groups))
	for i, g := range groups {
		entries[i] = entryOf(g)
		c := claim{base: slug(g[0].reading.Release), sum: sha256.Sum256([]byte(entries[i].Identity))}
		for _, s := range g { // the last id given counts
			if s.id != "" {
				c.base, c.fixed = s.id, true
			}
		}
		claims[i] = c
		entries[i].Base = c.base
	}
	return entries, claims
}

// ties are the keys by which a sighting belongs to others: the same identity, and the
// same title, held day and text: one page published at two addresses.
func (s *sighting) ties() [2]string {
	r := s.reading.Release
	return [2]string{s.identity, fmt.Sprintf("same %s %s %s", s.facts.Print, dated(r), fold(r.Title))}
}

// group collects the sightings of each release, in order. Sightings that share a tie
// belong together.
func group(seen []*sighting) [][]*sighting {
	parent := make([]int, len(seen))
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	first := map[string]int{}
	for i, s := range seen {
		parent[i] = i
		for _, key := range s.ties() {
			if j, ok := first[key]; ok {
				// The earlier sighting stays the root, so groups come out in
				// the order of their first sightings.
				a, b := find(j), find(i)
				parent[max(a, b)] = min(a, b)
			} else {
				first[key] = i
			}
		}
	}
	var out [][]*sighting
	at := map[int]int{}
	for i, s := range seen {
		root := find(i)
		if _, ok := at[root]; !ok {
			at[root] = len(out)
			out = append(out, nil)
		}
		out[at[root]] = append(out[at[root]], s)
	}
	return out
}

// entryOf lays out the versions of one release.
func entryOf(g []*sighting) *storage.Entry {
	e := &storage.Entry{Identity: g[0].identity}
	for _, s := range g {
		// Sightings at the same moment have no order of their own; the smallest
		// identity names the release.
		if s.at.Equal(g[0].at) {
			e.Identity = min(e.Identity, s.identity)
		}
		v := slices.IndexFunc(e.Versions, func(v storage.Version) bool { return v.Fingerprint == s.facts.Print })
		if v < 0 {
			v = len(e.Versions)
			e.Versions = append(e.Versions, storage.Version{Number: v + 1, Fingerprint: s.facts.Print, Reading: s.reading.Key})
		}
		version := &e.Versions[v]
		version.Sightings = addSighting(version.Sightings, storage.Sighting{At: s.at, Reading: s.reading.Key, Claimed: s.said.Claimed})
		e.Current = version.Number
		// The newest capture of a version is read best: it has what was said last.
		version.Reading = s.reading.Key
		e.Head, e.Made, e.Statements = storage.HeadOf(s.reading.Release), s.facts.Inputs, s.facts.Count
	}
	for _, s := range g {
		if s.identity == e.Identity && s.source != "" {
			e.Head.Source = s.source
			break
		}
	}
	e.Head.Version, e.Head.Versions = e.Current, len(e.Versions)
	cur := e.Versions[e.Current-1]
	e.Head.CapturedAt, e.Head.SHA256 = cur.Sightings[0].At, cur.Reading.SHA256().String()
	return e
}

// addSighting adds a sighting that is not among the others. One that is both claimed and
// was had by the program itself is no mere claim.
func addSighting(all []storage.Sighting, s storage.Sighting) []storage.Sighting {
	for i, x := range all {
		if x.At.Equal(s.At) && x.Reading == s.Reading {
			all[i].Claimed = x.Claimed && s.Claimed
			return all
		}
	}
	return append(all, s)
}

// maxSlug bounds the words of a slug, in bytes.
const maxSlug = 60

// slug is the id a release would like: day, series, and what sort of meeting it was
// or else its title.
func slug(r *timeline.Release) string {
	day := r.Held
	if day.IsZero() {
		day = r.Published
	}
	var parts []string
	if !day.IsZero() {
		parts = append(parts, day.String())
	}
	if r.Series != "" && len(r.Parties) <= 4 {
		parts = append(parts, strings.ToLower(string(r.Series)))
	}
	words := clip(fold(r.Title))
	if n := len(r.Parties); n >= 2 && n <= 4 && r.Kind != "" {
		words = string(r.Kind)
		if r.Level != "" && r.Level != timeline.LevelOther && r.Kind != timeline.KindJointStatement && r.Kind != timeline.KindStatement {
			words = string(r.Level) + "-" + words
		}
	}
	if words != "" {
		parts = append(parts, words)
	}
	if len(parts) == 0 {
		return "untitled"
	}
	return strings.Join(parts, "-")
}

// clip cuts words joined by hyphens to maxSlug bytes, at a word.
func clip(s string) string {
	if len(s) <= maxSlug {
		return s
	}
	cut := strings.LastIndexByte(s[:maxSlug+1], '-')
	if cut <= 0 {
		// One long word: cut before the character that does not fit.
		cut = maxSlug
		for cut > 0 && s[cut]&0xC0 == 0x80 {
			cut--
		}
	}
	return s[:cut]
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
