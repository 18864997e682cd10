package ask

import "readout/timeline"

// Lull is a time from which no release of a series was captured.
type Lull struct {
	After     string        `json:"after"` // id of the release before it
	Before    string        `json:"before"`
	From      timeline.Date `json:"from"`
	Until     timeline.Date `json:"until"`
	Days      int           `json:"days"`
	UsualDays int           `json:"usual_days"` // the median between two meetings
}

func newLulls(ls []timeline.Lull) []Lull {
	out := []Lull{}
	for _, l := range ls {
		out = append(out, Lull{
			After:     l.After.ID,
			Before:    l.Before.ID,
			From:      l.After.Day(),
			Until:     l.Before.Day(),
			Days:      l.Days,
			UsualDays: l.Usual,
		})
	}
	return out
}

// lullWithin returns the lull that lies between two days, nil for none.
func lullWithin(ls []Lull, from, until timeline.Date) *Lull {
	for i := range ls {
		if !ls[i].From.Before(from) && !until.Before(ls[i].Until) {
			return &ls[i]
		}
	}
	return nil
}
