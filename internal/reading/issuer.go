package reading

import (
	"net/url"
	"slices"
	"strings"

	"readout/internal/document"
	"readout/internal/reading/names"
	"readout/timeline"
)

// issuerByPage returns the party that publishes the page: by its host's name, or by
// what the page says of its publisher.
func (r *Rules) issuerByPage(doc *document.Document, given Overrides) timeline.Party {
	for _, address := range []string{given.Source, doc.Meta.URL} {
		if u, err := url.Parse(address); err == nil && u.Host != "" {
			if p := r.Gazetteer.Host(u.Hostname()); p != "" {
				return p
			}
		}
	}
	for _, line := range doc.Meta.Imprint {
		if p := r.publisher(line); p != "" {
			return p
		}
	}
	return ""
}

// publisher returns the party whose authority a line of a page's imprint names:
// "Ministry of Foreign Affairs of Chile", "Government of Chile", "© Foreign
// Ministry, Santiago", "GOV.CL". It is "" for a line without an authority or with
// several parties, for that says something else.
func (r *Rules) publisher(line string) timeline.Party {
	if host := strings.ToLower(line); !strings.Contains(host, " ") && strings.Contains(host, ".") {
		return r.Gazetteer.Host(host)
	}
	if firstWord(r.words["authority"], line) == nil || firstKindWord(r.kinds, line) {
		return ""
	}
	words := names.Cut(line)
	mentions := r.Gazetteer.FindIn(words)
	if len(mentions) == 0 {
		mentions = r.Gazetteer.Seats(words)
	}
	if len(mentions) == 0 {
		return ""
	}
	p := mentions[0].Party
	if firstWord(r.words["mission"], line) == nil && slices.ContainsFunc(mentions, func(m names.Mention) bool { return m.Party != p }) {
		return ""
	}
	return p
}

// issuer returns the party that published a release which its page does not tell: of
// two parties the one that the title leaves out, for a ministry names the other side
// there and not its own; or the one whose people the first sentences name without
// saying of which state they are; or else the one the title names first, of which it
// returns why that is in doubt.
func (r *Rules) issuer(title string, l layout, parties []timeline.Party) (issuer timeline.Party, doubt string) {
	if len(parties) == 1 {
		return parties[0], ""
	}
	if len(parties) != 2 {
		return "", ""
	}
	if other := r.unnamed(title, parties); other != "" {
		return other, ""
	}
	for _, s := range openingOf(l)[:min(1, len(l.statements))] {
		if r.foreign {
			if other := r.unnamed(s, parties); other != "" {
				return other, ""
			}
			break
		}
		ms := r.Gazetteer.Find(s)
		named := map[timeline.Party]bool{}
		for i, m := range ms {
			if r.besideOffice(s, ms, i) {
				named[m.Party] = true
			}
		}
		if other := leftOut(parties, named); other != "" {
			return other, ""
		}
	}
	for _, m := range r.Gazetteer.Find(title) {
		if slices.Contains(parties, m.Party) {
			return m.Party, "neither the address nor the page names who published it; the title names " + r.Gazetteer.Name(m.Party) + " first"
		}
	}
	return "", ""
}
