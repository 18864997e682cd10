package archive

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"readout/storage"
	"readout/timeline"
)

// SeriesSpeaking returns those series of which most statements have words that begin as the
// given ones do, endings aside: at most so many, in order of id. Where no statement has all of
// the words, those count that have any. It is where to look for what the words mean.
func (a *Archive) SeriesSpeaking(ctx context.Context, words string, most int) ([]timeline.SeriesID, error) {
	uses := map[timeline.SeriesID]int{}
	err := a.view(ctx, func(r storage.Reader) error {
		var all, any []place
		for i, s := range seek(words) {
			if stem := timeline.Stem(s.term); strings.HasPrefix(s.term, stem) {
				s.term, s.more = stem, true
			}
			here, err := phrase{s}.find(ctx, r, nil)
			if err != nil {
				return err
			}
			any = append(any, here...)
			if i == 0 {
				all = here
				continue
			}
			var kept []place
			both(all, here, func(a, _ place) { kept = append(kept, a) })
			all = kept
		}
		if len(all) == 0 {
			slices.SortFunc(any, comparePlaces)
			all = any
		}
		found, err := SearchFilter{}.findings(ctx, r, all)
		for _, x := range found {
			uses[x.place.Series] += len(x.statements)
		}
		return err
	})
	delete(uses, "")
	ids := sortedKeys(uses)
	slices.SortStableFunc(ids, func(x, y timeline.SeriesID) int { return cmp.Compare(uses[y], uses[x]) })
	ids = ids[:min(most, len(ids))]
	slices.Sort(ids)
	return ids, err
}
