package web

import (
	"net/url"

	"readout/internal/ask"
	"readout/internal/show"
)

// sentence is one thing that one should know, with the address of what it stands on.
type sentence struct {
	Kind   ask.FindingKind
	Text   string
	Href   string
	Series string // the name of the series, "" where the page is about it
	Where  string // address of the series
}

// sentences writes the first of the findings, each under the name of its series where they
// are of several.
func (s *Server) sentences(found []ask.Finding, most int, several bool) []sentence {
	var out []sentence
	for _, f := range found[:min(most, len(found))] {
		x := sentence{Kind: f.Kind, Text: show.FindingText(f, longDay), Href: findingHref(f)}
		if several {
			x.Series, x.Where = seriesName(f.Series, s.Names), seriesHref(f.Series)
		}
		out = append(out, x)
	}
	return out
}

// findingHref is the address of what a finding stands on: the comparison, narrowed to its
// topic where it has one, or the text itself.
func findingHref(f ask.Finding) string {
	if f.Against == "" {
		if f.New != nil {
			return statementHref(f.New.ID)
		}
		return releaseHref(f.Release)
	}
	href := compareHref(f.Against, f.Release)
	if f.Topic != "" {
		href += "?" + url.Values{"topic": {f.Topic}}.Encode()
	}
	if f.New != nil && f.Kind != ask.FoundMissing {
		href += "#c-" + number(f.New.ID)
	}
	return href
}
