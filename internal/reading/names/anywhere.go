package names

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/language"

	"readout/internal/letters"
	"readout/timeline"
)

// LookupAnywhere returns the party that people mean by s: what [Gazetteer.Lookup] knows, in any
// case, a code of three letters of ISO 3166-1, or a name or short name in any language of the
// tables. Where two languages mean different parties by it, none is returned.
func (g *Gazetteer) LookupAnywhere(s string) (timeline.Party, bool) {
	s = strings.TrimSpace(s)
	if p, ok := g.Lookup(s); ok {
		return p, true
	}
	if p, ok := g.alpha3(s); ok {
		return p, true
	}
	titled := capitals(s)
	if p, ok := g.Lookup(titled); ok {
		return p, true
	}
	var found timeline.Party
	for _, lang := range slices.Sorted(maps.Keys(g.tongues)) {
		in := g.In(lang)
		p, ok := in.Lookup(titled)
		if !ok {
			p, ok = in.local.shorts[letters.Fold(s)]
		}
		switch {
		case !ok:
		case found != "" && found != p:
			return "", false
		default:
			found = p
		}
	}
	return found, found != ""
}

// alpha3 reads a code of three letters.
func (g *Gazetteer) alpha3(s string) (timeline.Party, bool) {
	if len(s) != 3 || strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
		return "", false
	}
	region, err := language.ParseRegion(s)
	p := timeline.Party(region.String())
	return p, err == nil && g.Known(p)
}

// capitals returns s with every word begun by a capital, as names are written.
func capitals(s string) string {
	out := []rune(s)
	for i, r := range out {
		if i == 0 || !letters.Word(out[i-1]) {
			out[i] = unicode.ToTitle(r)
		}
	}
	return string(out)
}
