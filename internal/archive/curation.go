package archive

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"readout/storage"
	"readout/timeline"
)

// curationTopics is the kind under which the decisions about topics are kept.
const curationTopics = "topics"

// curationJudgements is the kind under which what a model said of topics is kept.
const curationJudgements = "judgements"

// judgements is how they are kept.
type judgements struct {
	Judgements []timeline.Judgement `json:"judgements"`
}

// settling names what is kept of decisions and judgements on a series.
func settling(id timeline.SeriesID) []storage.Curation {
	return []storage.Curation{{Series: id, Kind: curationTopics}, {Series: id, Kind: curationJudgements}}
}

// curation returns the decisions about a series with the judgements, nil for none.
func curation(r storage.Reader, series timeline.SeriesID) (*timeline.Curation, error) {
	if err := r.Ahead(storage.Soon{Curations: settling(series)}); err != nil {
		return nil, err
	}
	c, judged := &timeline.Curation{}, judgements{}
	decided, err := decoded(r, series, curationTopics, c)
	if err != nil {
		return nil, err
	}
	told, err := decoded(r, series, curationJudgements, &judged)
	if err != nil || !decided && !told {
		return nil, err
	}
	c.Judgements = judged.Judgements
	return c, nil
}

// decoded reads what is kept for a series under a kind into a struct, and reports whether
// anything is.
func decoded(r storage.Reader, series timeline.SeriesID, kind string, into any) (bool, error) {
	b, err := r.Curation(series, kind)
	if errors.Is(err, storage.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if err := json.Unmarshal(b, into); err != nil {
		return false, fmt.Errorf("%w: %s of series %s: %v", storage.ErrDamaged, kind, series, err)
	}
	return true, nil
}

// settled are the bytes of all that is kept of decisions and judgements on a series.
func settled(r storage.Reader, series timeline.SeriesID) ([]byte, error) {
	if err := r.Ahead(storage.Soon{Curations: settling(series)}); err != nil {
		return nil, err
	}
	var out []byte
	for _, c := range settling(series) {
		b, err := r.Curation(c.Series, c.Kind)
		if err != nil && !errors.Is(err, storage.ErrNotFound) {
			return nil, err
		}
		out = append(append(out, b...), 0)
	}
	return out, nil
}

// Curate changes the decisions about the topics of a series: change gets those
// that stand and returns those that shall stand.
func (a *Archive) Curate(ctx context.Context, series timeline.SeriesID, change func(timeline.Curation) (timeline.Curation, error)) error {
	return a.keepCuration(ctx, series, curationTopics, func(c timeline.Curation) (any, error) {
		now, err := change(c)
		if err != nil || len(now.Decisions) == 0 {
			return nil, err
		}
		return now, nil
	})
}

// keepCuration keeps a value of the kind for a series, which is made of all that stands for it; nil takes
// it away.
func (a *Archive) keepCuration(ctx context.Context, series timeline.SeriesID, kind string,
	value func(timeline.Curation) (any, error)) error {
	return a.db.Update(ctx, func(w storage.Writer) error {
		old, err := curation(w, series)
		if err != nil {
			return err
		}
		if old == nil {
			old = &timeline.Curation{}
		}
		now, err := value(*old)
		if err != nil {
			return err
		}
		row := storage.Curation{Series: series, Kind: kind}
		if now != nil {
			if row.Value, err = json.Marshal(now); err != nil {
				return err
			}
		}
		return w.SetCuration(row)
	})
}

// Judge keeps what a model said of two topics of a series, in the place of what was said of
// them before, which it returns, nil for nothing.
func (a *Archive) Judge(ctx context.Context, series timeline.SeriesID, j timeline.Judgement) (earlier *timeline.Judgement, err error) {
	if err := j.Check(); err != nil {
		return nil, err
	}
	j.JudgedAt = a.now().UTC().Truncate(time.Second)
	err = a.judged(ctx, series, func(c timeline.Curation) (kept []timeline.Judgement) {
		kept, earlier = c.Judge(j)
		return kept
	})
	return earlier, err
}

// Unjudge takes back the judgements on a series that match, and returns how many did.
func (a *Archive) Unjudge(ctx context.Context, series timeline.SeriesID, match func(timeline.Judgement) bool) (n int, err error) {
	err = a.judged(ctx, series, func(c timeline.Curation) []timeline.Judgement {
		kept := slices.DeleteFunc(slices.Clone(c.Judgements), match)
		n = len(c.Judgements) - len(kept)
		return kept
	})
	return n, err
}

// judged changes the judgements on a series.
func (a *Archive) judged(ctx context.Context, series timeline.SeriesID, change func(timeline.Curation) []timeline.Judgement) error {
	return a.keepCuration(ctx, series, curationJudgements, func(c timeline.Curation) (any, error) {
		now := judgements{change(c)}
		if len(now.Judgements) == 0 {
			return nil, nil
		}
		return now, nil
	})
}

// Judged returns the series about whose topics a model said something, in order.
func (a *Archive) Judged(ctx context.Context) ([]timeline.SeriesID, error) {
	return a.curatedAs(ctx, curationJudgements)
}

// Curated returns the series about whose topics something was decided, in order.
// Releases of a series may be missing still.
func (a *Archive) Curated(ctx context.Context) ([]timeline.SeriesID, error) {
	return a.curatedAs(ctx, curationTopics)
}

// curatedAs returns the series of which something is kept under a kind, in order.
func (a *Archive) curatedAs(ctx context.Context, kind string) ([]timeline.SeriesID, error) {
	var out []timeline.SeriesID
	err := a.view(ctx, func(r storage.Reader) error {
		for c, err := range r.Curations() {
			if err != nil {
				return err
			}
			if c.Kind == kind {
				out = append(out, c.Series)
			}
		}
		return nil
	})
	return out, err
}

// Curation returns the decisions about the topics of a series, with the judgements.
func (a *Archive) Curation(ctx context.Context, series timeline.SeriesID) (timeline.Curation, error) {
	var out timeline.Curation
	err := a.view(ctx, func(r storage.Reader) error {
		c, err := curation(r, series)
		if c != nil {
			out = *c
		}
		return err
	})
	return out, err
}
