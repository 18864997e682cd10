package main

import (
	"fmt"
	"strings"

	"readout/internal/reading/names"
	"readout/timeline"
)

// parties reads parties separated by commas, by code or by name.
func (v *flagReader) parties(flag string) []timeline.Party {
	var out []timeline.Party
	for _, s := range v.list(flag) {
		p, ok := v.names().LookupAnywhere(s)
		if !ok {
			v.fail(flag, fmt.Errorf("%q is neither an ISO 3166 code nor the name of a country or body that readout knows", s),
				fmt.Sprintf("--%s JP,RU", flag))
		}
		out = append(out, p)
	}
	return timeline.SortParties(out)
}

// series reads the id of a series, or the names of its parties, in whatever order they are.
func (v *flagReader) series(flag string) timeline.SeriesID {
	s := strings.TrimSpace(v.c.String(flag))
	if s == "" {
		return ""
	}
	parties, unknown := joinedParties(v.names(), s)
	if unknown != "" {
		v.fail(flag, fmt.Errorf("%q is no series: readout knows no country or body %q", s, unknown),
			fmt.Sprintf("readout series lists them; --%s JP-RU", flag))
	}
	return timeline.SeriesOf(parties)
}

// joinedParties returns the parties that s names, joined by hyphens, slashes, commas, dots in the middle or "and",
// or else what of it is the name of none. A name may have a hyphen too (Guinea-Bissau).
func joinedParties(g *names.Gazetteer, s string) (parties []timeline.Party, unknown string) {
	if parties := codes(g, s); parties != nil {
		return parties, ""
	}
	if p, ok := g.LookupAnywhere(s); ok {
		return []timeline.Party{p}, ""
	}
	words := strings.FieldsFunc(strings.ReplaceAll(s, " and ", "/"), func(r rune) bool { return strings.ContainsRune("-–—/,&+・·、", r) })
	for len(words) > 0 {
		p, n := longestParty(g, words)
		if n == 0 {
			return nil, strings.TrimSpace(words[0])
		}
		parties, words = append(parties, p), words[n:]
	}
	if len(parties) == 0 {
		return nil, s
	}
	return parties, ""
}

// codes returns the parties whose codes are joined in s, as in the id of a series, nil where some part
// is none. To look a name up in every language takes longer than to answer most questions.
func codes(g *names.Gazetteer, s string) []timeline.Party {
	var out []timeline.Party
	for _, code := range strings.Split(s, "-") {
		p := timeline.Party(strings.ToUpper(code))
		if !g.Known(p) {
			return nil
		}
		out = append(out, p)
	}
	return out
}

// longestParty returns the party that the first words name when they are joined by hyphens
// again, and how many words those are; 0 for none.
func longestParty(g *names.Gazetteer, words []string) (timeline.Party, int) {
	const most = 3 // Guinea-Bissau has two
	for n := min(most, len(words)); n > 0; n-- {
		if p, ok := g.LookupAnywhere(strings.Join(words[:n], "-")); ok {
			return p, n
		}
	}
	return "", 0
}
