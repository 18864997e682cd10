package timeline

import (
	"slices"
	"strings"
)

// Meeting is one occasion on which the parties met, with every release about it: as a
// rule one, and two or more where each side published its own.
type Meeting struct {
	// Releases are in the order of [CompareReleases], each from another issuer.
	Releases []*Release
}

// Day is the day of the meeting.
func (m Meeting) Day() Date {
	if len(m.Releases) == 0 {
		return Date{}
	}
	return m.Releases[0].Day()
}

// Meetings groups the releases by meeting, in the order of [CompareReleases], which
// also decides where there is a choice. Two releases tell of one meeting where two
// different known issuers report the same parties on the same day held, in the same
// form (see [SameForm]) and at the same level, as far as both name one. Where an issuer
// has several releases that would fit, the one whose title is most alike is taken. The
// releases are neither changed nor reordered.
func Meetings(releases []*Release) []Meeting {
	sorted := slices.Clone(releases)
	SortReleases(sorted)
	var out []Meeting
	from := 0 // meetings before it were held earlier
	for _, r := range sorted {
		for from < len(out) && out[from].Day() != r.Day() {
			from++
		}
		best, at := -1.0, -1
		for i := from; i < len(out); i++ {
			if like := out[i].likeness(r); like > best {
				best, at = like, i
			}
		}
		if at >= 0 && best >= 0 {
			out[at].Releases = append(out[at].Releases, r)
			continue
		}
		out = append(out, Meeting{Releases: []*Release{r}})
	}
	return out
}

// likeness is how well r fits as another side's release about the meeting, -1 where it
// cannot be one.
func (m Meeting) likeness(r *Release) float64 {
	best := -1.0
	for _, x := range m.Releases {
		if !twoSided(x, r) {
			return -1
		}
		best = max(best, titleLikeness(x, r))
	}
	return best
}

// twoSided reports whether the releases can be two sides' accounts of one meeting.
func twoSided(a, b *Release) bool {
	if a.Issuer == "" || b.Issuer == "" || a.Issuer == b.Issuer {
		return false
	}
	if a.Held.IsZero() || a.Held != b.Held || a.Series != b.Series || len(a.Parties) < 2 {
		return false
	}
	open := func(l Level) bool { return l == "" || l == LevelOther }
	return SameForm(a.Kind, b.Kind) && (a.Level == b.Level || open(a.Level) || open(b.Level))
}

// SameForm reports whether two ministries may have meant one occasion by the two
// kinds: one may call a visit what the other calls a meeting, and a video conference
// is a call to some.
func SameForm(a, b Kind) bool {
	form := func(k Kind) Kind {
		switch k {
		case KindVisit:
			return KindMeeting
		case KindVideo:
			return KindCall
		}
		return k
	}
	return form(a) == form(b)
}

// titleLikeness is the share of words that the titles have in common, those that name
// the parties aside; 0 to 1.
func titleLikeness(a, b *Release) float64 {
	x, y := map[string]bool{}, map[string]bool{}
	for _, w := range words(a.Title + " " + a.Occasion + " " + a.Place) {
		x[singular(w)] = true
	}
	for _, w := range words(b.Title + " " + b.Occasion + " " + b.Place) {
		y[singular(w)] = true
	}
	both := 0
	for w := range x {
		if y[w] {
			both++
		}
	}
	return 2 * float64(both) / float64(max(1, len(x)+len(y)))
}

// Key names the meeting: the ids of its releases, joined by a space.
func (m Meeting) Key() string {
	ids := make([]string, len(m.Releases))
	for i, r := range m.Releases {
		ids[i] = r.ID
	}
	return strings.Join(ids, " ")
}
