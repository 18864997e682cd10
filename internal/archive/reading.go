package archive

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"readout/internal/archive/address"
	"readout/internal/document"
	"readout/internal/reading"
	"readout/storage"
	"readout/timeline"
)

// said is reading.Overrides as it is kept with a capture.
type said struct {
	ID        string           `json:"id,omitempty"`
	Source    string           `json:"source,omitempty"`
	Title     string           `json:"title,omitempty"`
	Held      timeline.Date    `json:"held,omitzero"`
	Published timeline.Date    `json:"published,omitzero"`
	Parties   []timeline.Party `json:"parties,omitempty"`
	Issuer    timeline.Party   `json:"issuer,omitempty"`
	Content   string           `json:"content,omitempty"` // CSS selectors, see document.Selectors
	Remove    string           `json:"remove,omitempty"`
	Unsaid    []string         `json:"unsaid,omitempty"` // fields of which what was said earlier is taken back
}

func saidOf(o reading.Overrides) said {
	return said{
		ID:        o.ID,
		Source:    o.Source,
		Title:     o.Title,
		Held:      o.Held,
		Published: o.Published,
		Parties:   timeline.SortParties(o.Parties),
		Issuer:    o.Issuer,
	}
}

func (s said) overrides() reading.Overrides {
	return reading.Overrides{
		Source:    s.Source,
		Title:     s.Title,
		ID:        s.ID,
		Held:      s.Held,
		Published: s.Published,
		Parties:   s.Parties,
		Issuer:    s.Issuer,
	}
}

// over returns s with what it leaves open taken from older.
func (s said) over(older said) said {
	for _, field := range s.Unsaid {
		older = older.without(field)
	}
	s.Unsaid = nil
	s.ID, s.Source, s.Title = cmp.Or(s.ID, older.ID), cmp.Or(s.Source, older.Source), cmp.Or(s.Title, older.Title)
	s.Held, s.Published = cmp.Or(s.Held, older.Held), cmp.Or(s.Published, older.Published)
	s.Issuer = cmp.Or(s.Issuer, older.Issuer)
	s.Content, s.Remove = cmp.Or(s.Content, older.Content), cmp.Or(s.Remove, older.Remove)
	if len(s.Parties) == 0 {
		s.Parties = older.Parties
	}
	return s
}

// without returns s with nothing said of a field that [Archive.Unsettle] takes.
func (s said) without(field string) said {
	switch field {
	case "title":
		s.Title = ""
	case "held":
		s.Held = timeline.Date{}
	case "published":
		s.Published = timeline.Date{}
	case "parties":
		s.Parties = nil
	case "issuer":
		s.Issuer = ""
	}
	return s
}

// identity is the release that the user says the bytes belong to, or "".
func (s said) identity() string {
	switch {
	case s.ID != "":
		return "id " + s.ID
	case s.Source != "":
		return "url " + address.Canonical(s.Source)
	}
	return ""
}

// encode gives the form kept in a capture, nil where nothing was said.
func (s said) encode() json.RawMessage {
	b, err := json.Marshal(s)
	if err != nil || string(b) == "{}" {
		return nil // a struct of strings cannot fail
	}
	return b
}

func saidBy(c storage.Capture) (said, error) {
	var s said
	if len(c.Overrides) == 0 {
		return s, nil
	}
	if err := json.Unmarshal(c.Overrides, &s); err != nil {
		return s, fmt.Errorf("%w: overrides of capture %s: %v", storage.ErrDamaged, c.Name, err)
	}
	return s, nil
}

// strand is all captures of the same bytes that are read together, with
// everything that was said about them. What was said later goes over what was said
// earlier, field by field, so that a correction reaches the captures before it.
type strand struct {
	key  storage.ReadingKey
	rows []storage.Capture
	said said
	hint document.Options
	name string
}

// strandsAt returns the strands of the bytes under a hash; see [strandsOf].
func strandsAt(r storage.Reader, h storage.Hash) ([]*strand, error) {
	rows, err := collect(r.CapturesOf(h))
	if err != nil {
		return nil, err
	}
	return strandsOf(rows)
}

// strandsOf splits the captures of some bytes. One strand is the rule; the same
// bytes under two ids or sources named by the user are two. Captures for which the
// user named none belong to the earliest that was named.
func strandsOf(rows []storage.Capture) ([]*strand, error) {
	rows = slices.Clone(rows)
	slices.SortFunc(rows, compareCaptures)
	spoken := make([]said, len(rows))
	first := ""
	for i, c := range rows {
		s, err := saidBy(c)
		if err != nil {
			return nil, err
		}
		spoken[i] = s
		if first == "" {
			first = s.identity()
		}
	}
	var out []*strand
	for i, c := range rows {
		identity := cmp.Or(spoken[i].identity(), first)
		key := readingKey(c.SHA256, identity)
		at := slices.IndexFunc(out, func(s *strand) bool { return s.key == key })
		if at < 0 {
			at = len(out)
			out = append(out, &strand{key: key})
		}
		s := out[at]
		s.rows = append(s.rows, c)
		s.said = spoken[i].over(s.said)
		s.hint.Select = document.Selectors{Content: s.said.Content, Remove: s.said.Remove}
		s.hint.MediaType = cmp.Or(c.MediaType, s.hint.MediaType)
		s.hint.URL = cmp.Or(s.hint.URL, c.URL)
		if preferred(c.Name, s.name) {
			s.name = c.Name
		}
	}
	return out, nil
}

// preferred reports whether the name a is better than b to read bytes by: one with a
// day in it, which counts where the text has none; else the smaller, so that the choice
// does not depend on order.
func preferred(a, b string) bool {
	if a == "" || b == "" {
		return b == "" && a != ""
	}
	dayA, dayB := !reading.DayInName(a).IsZero(), !reading.DayInName(b).IsZero()
	if dayA != dayB {
		return dayA
	}
	return a < b
}

func readingKey(h storage.Hash, identity string) storage.ReadingKey {
	var k storage.ReadingKey
	copy(k[:], h[:])
	if identity != "" {
		tail := sha256.Sum256([]byte(identity))
		copy(k[len(h):], tail[:])
	}
	return k
}

// compareCaptures orders captures by when they were seen, then corrections by when
// they were made. The rest makes the order total.
func compareCaptures(a, b storage.Capture) int {
	return cmp.Or(a.CapturedAt.Compare(b.CapturedAt), a.NotedAt.Compare(b.NotedAt), bytes.Compare(a.SHA256[:], b.SHA256[:]),
		bytes.Compare(a.Overrides, b.Overrides), cmp.Compare(a.URL, b.URL), cmp.Compare(a.MediaType, b.MediaType),
		cmp.Compare(a.Name, b.Name))
}

// facts are what the catalogue needs of a reading beside the release itself.
type facts struct {
	Inputs   string    `json:"inputs"`            // fingerprint of all that the reading was made from but the bytes
	URL      string    `json:"url,omitempty"`     // that the document carries
	Captured time.Time `json:"captured,omitzero"` // that the document carries
	Modified time.Time `json:"modified,omitzero"` // that the document carries
	Print    string    `json:"print"`             // fingerprint of the text
	Count    int       `json:"count"`             // of statements
	Warnings []string  `json:"warnings,omitempty"`
	Failed   string    `json:"failed,omitempty"` // kept bytes that these rules cannot read
}

// inputs is the fingerprint of what a strand is read with.
func (a *Archive) inputs(s *strand) string {
	return digest(fmt.Sprintf("%d\x00%s\x00%s\x00%s\x00%s\x00%s", reading.Revision, a.rules.Digest, s.said.encode(), s.hint.MediaType,
		s.hint.URL, reading.DayInName(s.name)))
}

// read derives the reading of a strand from its bytes. It is pure but for its
// time and may run outside the lock.
func (a *Archive) read(s *strand, data []byte) (*storage.Reading, error) {
	doc, err := a.parse(s, data)
	if err != nil {
		return nil, err
	}
	return a.readingOf(s, doc)
}

// parse returns the document that the bytes of a strand are.
func (a *Archive) parse(s *strand, data []byte) (*document.Document, error) {
	hint := s.hint
	hint.Words, hint.PDF = a.rules.Furniture(), a.pdf
	return document.Parse(s.name, data, hint)
}

// readingOf reads a strand out of its document.
func (a *Archive) readingOf(s *strand, doc *document.Document) (*storage.Reading, error) {
	r := reading.Release(doc, a.rules.Extract(), s.said.overrides())
	if n := len(r.Statements); n > reading.MaxStatements {
		return nil, fmt.Errorf("%d statements are more than any release has; the limit is %d", n, reading.MaxStatements)
	}
	if r.Source == "" {
		r.Source = cmp.Or(s.said.Source, doc.Meta.URL, s.hint.URL)
	}
	r.Doubts = s.said.unsettled(r.Doubts)
	f := facts{Inputs: a.inputs(s), URL: doc.Meta.URL, Captured: parseTime(doc.Meta.Captured), Modified: parseTime(doc.Meta.Modified),
		Print: fingerprint(r), Count: len(r.Statements), Warnings: warnings(r)}
	b, err := json.Marshal(f)
	if err != nil {
		return nil, err
	}
	return &storage.Reading{Key: s.key, Revision: reading.Revision, Facts: b, Release: r}, nil
}

// parseTime reads the instants that documents carry; anything else is zero. A
// day alone says too little to order captures by, but more than nothing.
func parseTime(s string) time.Time {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05", "2006-01-02T15:04:05",
		time.DateOnly} {
		if t, err := time.Parse(layout, strings.TrimSpace(s)); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

func digest[T string | []byte](s T) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:16])
}

// fold is the form by which titles are compared and slugs are made: lower-case
// words of letters and digits, without accents, separated by single hyphens.
func fold(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		case unicode.IsMark(r) || r == '\'' || r == '’':
		default:
			gap = true
		}
	}
	return norm.NFC.String(b.String())
}

func collect[T any](seq iter.Seq2[T, error]) ([]T, error) {
	var out []T
	for v, err := range seq {
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}
