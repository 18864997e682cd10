// Package names finds the names of countries and international bodies in
// text and says which party each one means: long and short names, historic
// names, initials, demonyms. The names are rules: the built-in tables cover
// ISO 3166-1 and the bodies that governments meet, and a user adds to them.
//
// A name is found by its words, so "Niger" is not seen in "Nigeria", and the
// longest name wins, so "Guinea" is not seen in "Papua New Guinea". Names of
// seas, federal states and peoples ("South China Sea", "New Mexico", "Native
// American") are passed over, as are the bearers of a country's name ("Barbara
// Jordan").
package names

import (
	"strings"
	"sync"

	"readout/internal/letters"
	"readout/internal/rules/list"
	"readout/timeline"
)

// Mention is one place in a text that names a party.
type Mention struct {
	Party timeline.Party
	// Or holds the other parties that the same word may mean ("Korean", "Congolese",
	// "Dominican"), nil where there is none.
	Or         []timeline.Party
	Start, End int // byte offsets
	Demonym    bool
}

// Gazetteer knows the names of parties. It is not changed once it is made and
// may be used by several goroutines.
type Gazetteer struct {
	names   *node // names and demonyms, and the phrases to pass over
	seats   *node
	places  func() *node // seats and other cities: few texts are searched for them
	around  []pattern    // phrases to pass over that stand around a name
	offices map[string]bool
	labels  map[timeline.Party]label
	hosts   map[string]timeline.Party
	parties []record
	tongues map[string]*tongue
	local   *local // names in the language of the text, nil for English alone
}

type label struct{ name, demonym string }

// Default returns the gazetteer of the built-in tables.
func Default() *Gazetteer {
	g, err := New(nil)
	if err != nil {
		panic("built-in rules: " + err.Error()) // our own files, and a test reads them
	}
	return g
}

// New returns the gazetteer of a book of rules: parties.tsv, names.tsv, notparties.txt,
// offices.txt and hosts.tsv. Of a party the line that a user adds comes first: its name
// becomes the party's unless the field is empty, and a word that two lines claim belongs
// to the first. An error names the line.
func New(b *list.Book) (*Gazetteer, error) { return made(b) }

var made = list.Once(build, "parties.tsv", "names.tsv", "notparties.txt", "offices.txt", "hosts.tsv")

// build makes the gazetteer of a book.
func build(b *list.Book) (*Gazetteer, error) {
	records, err := readParties(b.Before("parties.tsv"))
	if err != nil {
		return nil, err
	}
	g := &Gazetteer{
		names: new(node), seats: new(node),
		offices: make(map[string]bool),
		labels:  make(map[timeline.Party]label),
		hosts:   make(map[string]timeline.Party),
		parties: records,
	}
	g.learn(records)
	g.places = sync.OnceValue(func() *node { return placesOf(records) })
	for _, l := range b.Lines("notparties.txt") {
		if before, after, ok := strings.Cut(l.Text, "*"); ok {
			g.around = append(g.around, pattern{before: tokenize(before), after: tokenize(after)})
		} else {
			g.names.add(l.Text, meaning{pass: true})
		}
	}
	for _, l := range b.Lines("offices.txt") {
		for w := range strings.FieldsSeq(l.Text) {
			g.offices[letters.Fold(w)] = true
		}
	}
	for _, l := range b.Lines("hosts.tsv") {
		f := l.Fields()
		g.hosts[f[0]] = timeline.Party(f[1])
	}
	g.tongues, err = readTongues(b.Before("names.tsv"))
	return g, err
}

// learn takes in the names of parties.
func (g *Gazetteer) learn(records []record) {
	for _, r := range records {
		l := g.labels[r.code]
		if l.name == "" {
			l.name = r.name
		}
		for _, n := range r.names() {
			g.names.add(n.text, meaning{party: r.code, unsure: n.unsure})
		}
		for _, d := range r.demonyms {
			if l.demonym == "" {
				l.demonym = d
			}
			g.names.add(d, meaning{party: r.code, demonym: true})
		}
		for _, s := range r.seats {
			g.seats.add(s, meaning{party: r.code})
		}
		g.labels[r.code] = l
	}
}

// placesOf returns the seats and cities of the records; those that come first win.
func placesOf(records []record) *node {
	out := new(node)
	for _, r := range records {
		for _, s := range r.seats {
			out.add(s, meaning{party: r.code})
		}
		for _, s := range r.cities {
			out.add(s, meaning{party: r.code})
		}
	}
	return out
}

// Name returns the usual name of p in English without an article ("Japan"), or
// the code itself where p is not known.
func (g *Gazetteer) Name(p timeline.Party) string {
	if l := g.labels[p]; l.name != "" {
		return l.name
	}
	return string(p)
}

// Demonym returns the adjective of p ("Japanese"), or its name where it has none.
func (g *Gazetteer) Demonym(p timeline.Party) string {
	if l := g.labels[p]; l.demonym != "" {
		return l.demonym
	}
	return g.Name(p)
}

// Names returns all names of p in English, the usual one first, without demonyms; none where p
// is not known.
func (g *Gazetteer) Names(p timeline.Party) []string {
	var out []string
	for _, r := range g.parties {
		if r.code != p {
			continue
		}
		for _, n := range r.names() {
			out = append(out, n.text)
		}
	}
	return out
}

// Known reports whether p is the code of a party in the tables.
func (g *Gazetteer) Known(p timeline.Party) bool {
	_, ok := g.labels[p]
	return ok
}

// Lookup returns the party that s names as a whole: a code in any case, a name
// or a demonym. It reports false where s is no name of a party.
func (g *Gazetteer) Lookup(s string) (timeline.Party, bool) {
	s = strings.TrimSpace(s)
	if p := timeline.Party(strings.ToUpper(s)); g.Known(p) {
		return p, true
	}
	s = strings.TrimPrefix(s, "the ")
	if m := g.Find(s); len(m) == 1 && m[0].Start == 0 && m[0].End == len(s) {
		return m[0].Party, true
	}
	return "", false
}

// Host returns the party whose government or body publishes under the host name
// ("www.mofa.go.jp" is JP), or "" where the name does not tell.
func (g *Gazetteer) Host(host string) timeline.Party {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	for rest := host; rest != ""; {
		if p, ok := g.hosts[rest]; ok {
			if p == "-" {
				return ""
			}
			return p
		}
		_, after, ok := strings.Cut(rest, ".")
		if !ok {
			break
		}
		rest = after
	}
	top := host[strings.LastIndexByte(host, '.')+1:]
	if p := timeline.Party(strings.ToUpper(top)); len(top) == 2 && len(top) < len(host) && g.Known(p) {
		return p
	}
	return ""
}
