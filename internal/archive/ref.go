package archive

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"readout/storage"
	"readout/timeline"
)

// Ref names a release, or one version of it.
type Ref struct {
	ID      string        // an id, a unique prefix of one, or a day
	Version int           // 0 for none named
	Date    timeline.Date // the version current at the end of that day (UTC); zero for none named
}

// ParseRef reads "ID", "ID@v2" or "ID@2031-10-02".
func ParseRef(s string) (Ref, error) {
	id, at, has := strings.Cut(s, "@")
	id, _, _ = strings.Cut(id, "#")
	r := Ref{ID: strings.TrimSpace(id)}
	if r.ID == "" {
		return Ref{}, fmt.Errorf("%q names no release", s)
	}
	if !has {
		return r, nil
	}
	at, _, _ = strings.Cut(at, "#")
	if n, ok := strings.CutPrefix(at, "v"); ok {
		v, err := strconv.Atoi(n)
		if err != nil || v < 1 {
			return Ref{}, fmt.Errorf("%q: a version is written @v1, @v2 and so on", s)
		}
		r.Version = v
		return r, nil
	}
	days, err := timeline.ParseSpan(at, timeline.Date{})
	if err != nil || days.Last.IsZero() {
		return Ref{}, fmt.Errorf("%q: after @ comes a version (v2) or a date (2031-10-02, 2031-10, 2031)", s)
	}
	r.Date = days.Last
	return r, nil
}

// String returns the form that ParseRef reads.
func (r Ref) String() string {
	switch {
	case r.Version > 0:
		return r.ID + "@v" + strconv.Itoa(r.Version)
	case !r.Date.IsZero():
		return r.ID + "@" + r.Date.String()
	}
	return r.ID
}

// NotFoundError is returned when a reference names nothing in the archive.
type NotFoundError struct {
	Ref     string
	Nearest []string // ids that look like it, best first
}

// Error says what was not found, and what may have been meant.
func (e *NotFoundError) Error() string {
	if len(e.Nearest) == 0 {
		return fmt.Sprintf("there is no release %q", e.Ref)
	}
	return fmt.Sprintf("there is no release %q; the nearest is %s", e.Ref, strings.Join(e.Nearest, ", "))
}

// Is makes the error match storage.ErrNotFound.
func (e *NotFoundError) Is(target error) bool { return target == storage.ErrNotFound }

// AmbiguousError is returned when a reference names several releases.
type AmbiguousError struct {
	Ref        string
	Candidates []string // ids, in order
}

// Error names the candidates, the first of them where they are many.
func (e *AmbiguousError) Error() string {
	shown, more := e.Candidates, ""
	if len(shown) > 8 {
		shown, more = shown[:8], fmt.Sprintf(" and %d more", len(shown)-8)
	}
	return fmt.Sprintf("%q names %d releases: %s%s", e.Ref, len(e.Candidates), strings.Join(shown, ", "), more)
}

// resolve finds the entry that a reference names: an id, else a day on which there
// is one release, else a prefix of one id.
func resolve(r storage.Reader, id string) (*storage.Entry, error) {
	e, err := r.Entry(id)
	if !errors.Is(err, storage.ErrNotFound) {
		return e, err
	}
	if day, err := timeline.ParseDate(id); err == nil && !day.IsZero() {
		found, err := collect(r.EntriesOn(day))
		if err != nil || len(found) > 0 {
			return only(id, found, err)
		}
	}
	found, err := collect(r.Entries(id))
	if err != nil || len(found) > 0 {
		return only(id, found, err)
	}
	if err := withdrawn(r, id); err != nil {
		return nil, err
	}
	all, err := collect(r.EntryIDs(""))
	if err != nil {
		return nil, err
	}
	return nil, &NotFoundError{Ref: id, Nearest: nearest(id, all)}
}

func only(ref string, found []*storage.Entry, err error) (*storage.Entry, error) {
	if err != nil {
		return nil, err
	}
	if len(found) == 1 {
		return found[0], nil
	}
	e := &AmbiguousError{Ref: ref}
	for _, f := range found {
		e.Candidates = append(e.Candidates, f.ID)
	}
	return nil, e
}

// nearest returns up to three ids that share most pairs of characters with want.
func nearest(want string, all []string) []string {
	type scored struct {
		id    string
		score float64
	}
	pairs := func(s string) map[string]bool {
		out := map[string]bool{}
		for i := 0; i+2 <= len(s); i++ {
			out[s[i:i+2]] = true
		}
		return out
	}
	w := pairs(strings.ToLower(want))
	var found []scored
	for _, id := range all {
		have := pairs(strings.ToLower(id))
		n := 0
		for p := range w {
			if have[p] {
				n++
			}
		}
		if s := 2 * float64(n) / float64(max(1, len(w)+len(have))); s >= 0.5 {
			found = append(found, scored{id, s})
		}
	}
	slices.SortFunc(found, func(a, b scored) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.id, b.id)) })
	var out []string
	for _, f := range found[:min(3, len(found))] {
		out = append(out, f.id)
	}
	return out
}

// resolveVersion returns the release and the version that the reference names.
func resolveVersion(r storage.Reader, ref Ref) (*storage.Entry, *storage.Version, error) {
	e, err := resolve(r, ref.ID)
	if err != nil {
		return nil, nil, err
	}
	v, err := versionOf(e, ref)
	return e, v, err
}

// versionOf picks the version of e that the reference names: the one named, the
// one current on the day, else the one seen last. It is nil where nothing had been
// captured by that day.
func versionOf(e *storage.Entry, ref Ref) (*storage.Version, error) {
	switch {
	case ref.Version > 0:
		if ref.Version > len(e.Versions) {
			return nil, fmt.Errorf("release %s has no version %d: %w", e.ID, ref.Version, errVersions(len(e.Versions)))
		}
		return &e.Versions[ref.Version-1], nil
	case !ref.Date.IsZero():
		v := asKnownAt(e, ref.Date.AddDays(1).Time().Add(-time.Nanosecond))
		if v == nil {
			return nil, fmt.Errorf("release %s was first captured on %s, after %s: %w", e.ID,
				e.Versions[0].Sightings[0].At.Format(time.DateOnly), ref.Date, storage.ErrNotFound)
		}
		return v, nil
	}
	return &e.Versions[e.Current-1], nil
}

// errVersions says how many versions there are, as a kind of ErrNotFound.
func errVersions(n int) error {
	if n == 1 {
		return fmt.Errorf("%w, it has one version", storage.ErrNotFound)
	}
	return fmt.Errorf("%w, it has versions 1 to %d", storage.ErrNotFound, n)
}

// asKnownAt returns the version that had been seen last by t, nil for none. The
// zero time means now.
func asKnownAt(e *storage.Entry, t time.Time) *storage.Version {
	if t.IsZero() {
		return &e.Versions[e.Current-1]
	}
	var best *storage.Version
	var last time.Time
	for i := range e.Versions {
		for _, s := range e.Versions[i].Sightings {
			if !s.At.After(t) && (best == nil || !s.At.Before(last)) {
				best, last = &e.Versions[i], s.At
			}
		}
	}
	return best
}

// versionsAt counts the versions that had been seen by t. The zero time means now.
func versionsAt(e *storage.Entry, t time.Time) int {
	if t.IsZero() {
		return len(e.Versions)
	}
	n := 0
	for _, v := range e.Versions {
		if !v.Sightings[0].At.After(t) {
			n++
		}
	}
	return n
}
