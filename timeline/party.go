package timeline

import (
	"slices"
	"strings"
)

// Party is a government or a body that speaks in a release: an ISO 3166-1
// alpha-2 code ("JP") or the usual short name of a body ("EU", "UN", "NATO").
type Party string

// SeriesID names the series of releases that the same parties issue about each
// other: the sorted parties joined by "-", as in "JP-RU". Everything bilateral
// is tracked inside one series. The empty SeriesID holds what no party was found
// for.
type SeriesID string

// SeriesOf returns the series of the given parties, in whatever order and however
// often they are named.
func SeriesOf(parties []Party) SeriesID {
	sorted := SortParties(parties)
	parts := make([]string, len(sorted))
	for i, p := range sorted {
		parts[i] = string(p)
	}
	return SeriesID(strings.Join(parts, "-"))
}

// Parties returns the parties of the series in order, nil for the empty series.
func (s SeriesID) Parties() []Party {
	if s == "" {
		return nil
	}
	parts := strings.Split(string(s), "-")
	out := make([]Party, len(parts))
	for i, p := range parts {
		out[i] = Party(p)
	}
	return out
}

// SortParties returns the parties sorted, each once, without empty ones, in a new
// slice. The result of no parties is nil.
func SortParties(parties []Party) []Party {
	out := slices.DeleteFunc(slices.Clone(parties), func(p Party) bool { return p == "" })
	if len(out) == 0 {
		return nil
	}
	slices.Sort(out)
	return slices.Compact(out)
}
