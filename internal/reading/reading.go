// Package reading reads a release out of a document: its title, the days it was
// held and published, the parties, what kind of meeting it was and at what level,
// its sections and its statements one by one. [Release] is the way in; [Rules]
// holds the names and word lists, which are data files.
//
// Every field is a best effort: a document that says nothing of diplomacy still
// gives a release, with what could be read.
package reading

import (
	"cmp"
	"strings"

	"readout/internal/document"
	"readout/internal/reading/speech"
	"readout/timeline"
)

// Revision is raised whenever the rules read a document differently: a technical
// change, never one of the world.
const Revision = 19

// Overrides are what a user said of a document. Zero fields are read from the
// document.
type Overrides struct {
	Source, Title, ID string
	Held, Published   timeline.Date
	Parties           []timeline.Party
	Issuer            timeline.Party
}

// Empty reports whether nothing was said.
func (o Overrides) Empty() bool {
	return o.Source == "" && o.Title == "" && o.ID == "" && o.Held.IsZero() && o.Published.IsZero() && len(o.Parties) == 0 && o.Issuer == ""
}

// Over returns what o says, and of the fields that it leaves open what other says.
func (o Overrides) Over(other Overrides) Overrides {
	o.Source, o.Title, o.ID = cmp.Or(o.Source, other.Source), cmp.Or(o.Title, other.Title), cmp.Or(o.ID, other.ID)
	o.Held, o.Published, o.Issuer = cmp.Or(o.Held, other.Held), cmp.Or(o.Published, other.Published), cmp.Or(o.Issuer, other.Issuer)
	if len(o.Parties) == 0 {
		o.Parties = other.Parties
	}
	return o
}

// MaxStatements is how many statements a release has at most. It is far beyond any, and keeps
// in check what costs more than their number.
const MaxStatements = 20_000

// Release reads a release out of doc. It never fails; what the document does not
// say stays zero. Of more than [MaxStatements] it is not read who says them. ID, Version,
// Versions, CapturedAt and SHA256 are the archive's to set, but for an ID that o gives.
func Release(doc *document.Document, r *Rules, o Overrides) *timeline.Release {
	language := r.language(doc)
	r = r.in(language).ordered(doc.Text)
	us := r.units(doc)
	h := r.readHead(doc, us)
	printed := h.title
	if o.Title != "" {
		h.title = folded(o.Title)
	}
	l := r.readLayout(doc, us, h)
	if len(l.statements) == 0 {
		l = r.readWhole(doc, us)
	}
	opening := openingOf(l)

	host := cmp.Or(o.Issuer, r.issuerByPage(doc, o), r.issuerByDateline(doc, texts(us)), r.issuerByHead(texts(us)),
		r.bank(h.title, opening))
	kind := r.kind(r.named(h.title, l), opening)
	d := r.readDays(doc, h, us, l, o, kind, language)
	dated, doubtful := r.published(doc, h, us) // as printed, whatever the user says
	if doubtful != "" {
		dated = timeline.Date{}
	}
	parties := timeline.SortParties(o.Parties)
	if len(parties) == 0 {
		found := r.parties(h.title, kind, l.short(), host, texts(us))
		parties = timeline.SortParties(found.list)
		if why := found.doubt(kind); why != "" {
			d.doubt("parties", why)
		}
	}
	rel := &timeline.Release{
		Source: o.Source, Title: h.title, Issuer: host,
		Held: d.held, HeldUntil: d.until, Published: d.published, Doubts: append(d.doubts, doubtsOf(doc)...),
		Language: language, LanguageRead: r.Lexicon.Reads(language),
		Parties: parties, Series: timeline.SeriesOf(parties),
		Kind:     kind,
		Occasion: r.occasion(h.title, opening),
		Sections: l.sections, Statements: l.statements,
		Lines: r.lines(doc, printed, dated, l),
		Text:  doc.Text,
	}
	if rel.Source == "" && strings.Contains(doc.Meta.URL, "://") {
		rel.Source = doc.Meta.URL
	}
	sides := len(parties)
	if rel.Issuer == "" && sides == 1 && kind != timeline.KindStatement {
		sides++ // a ministry names the other side and not its own
	} else if rel.Issuer == "" {
		var doubt string
		if rel.Issuer, doubt = r.issuer(h.title, l, parties); doubt != "" {
			rel.Doubts = append([]timeline.Doubt{{Field: "issuer", Why: doubt}}, rel.Doubts...)
		}
	}
	if !rel.LanguageRead {
		rel.Doubts = append(rel.Doubts, timeline.Doubt{
			Field: "language",
			Why:   "texts in the language " + language + " are not read: what is said by whom is not known",
		})
	}
	rel.Level = r.level(h.title, opening, sides)
	rel.Place = r.place(h.title, opening, rel.Kind)
	if rel.Parties == nil {
		rel.Parties = []timeline.Party{}
	}
	if o.ID != "" {
		rel.Name(o.ID)
	}
	if len(rel.Statements) <= MaxStatements {
		speech.Attribute(rel, r.Gazetteer, r.Lexicon)
	}
	if rel.Level == timeline.LevelOther && sides > 1 {
		rel.Level = r.levelOf(h.title, rel.Participants)
	}
	for i := range rel.Statements {
		if rel.Statements[i].Speakers == nil {
			rel.Statements[i].Speakers = []timeline.Party{} // scripts read a list
		}
	}
	return rel
}

// doubtsOf are the warnings of a document.
func doubtsOf(doc *document.Document) []timeline.Doubt {
	var out []timeline.Doubt
	for _, w := range doc.Warnings {
		out = append(out, timeline.Doubt{Field: w.Field, Why: w.Why})
	}
	return out
}
