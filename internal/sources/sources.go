// Package sources gets releases in by itself: it knows which places on the web to
// look at, what of a place is a release, when to look again, and what of an answer
// is not a version.
//
// A [Config] is the user's file of sources. [Inspect] says what an address is and
// what would be taken from it, before it is added. A [Puller] fetches what is due:
// the lists (index pages, feeds, sitemaps) for new links, and the releases that are
// known, often in their first days and ever more rarely then, since that is when
// ministries silently edit. What it notes from run to run lies in the store; what
// it fetched goes to the archive like any other document. [Judge] decides what is
// not a version: a page that is gone, a wall, an error page.
package sources

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"readout/internal/document"
	"readout/internal/document/container"
	"readout/internal/sources/fetch"
	"readout/timeline"
)

// Kind says what stands at the address of a source.
type Kind string

// The kinds of source.
const (
	Page    Kind = "page"    // one release
	Index   Kind = "index"   // a page that links to releases
	Feed    Kind = "feed"    // RSS, Atom, JSON Feed
	Sitemap Kind = "sitemap" // a sitemap or an index of sitemaps
	Records Kind = "records" // an interface or file that holds the releases themselves
)

func kinds() []Kind { return []Kind{Page, Index, Feed, Sitemap, Records} }

// ParseKind reads the name of a kind.
func ParseKind(s string) (Kind, error) {
	if k := Kind(strings.ToLower(s)); slices.Contains(kinds(), k) {
		return k, nil
	}
	return "", fmt.Errorf("%q is not a kind of source: page, index, feed, sitemap or records", s)
}

// Source is one place to look at.
type Source struct {
	Name string `json:"name"`
	URL  string `json:"url"`
	Kind Kind   `json:"kind"`
	// Links and Exclude are patterns on whole addresses: only what matches Links
	// and does not match Exclude is taken. Nil Links leave it to the general rule.
	Links   *Pattern `json:"links,omitempty"`
	Exclude *Pattern `json:"exclude,omitempty"`
	// Parties are given to every release of the source, where not nil.
	Parties []timeline.Party `json:"parties,omitempty"`
	// Issuer is whose ministry the source belongs to, where the texts and the
	// name of the host do not say it.
	Issuer timeline.Party `json:"issuer,omitempty"`
	// Map says what is what in JSON, CSV or XML, for kind [Records]; nil leaves it to
	// what the answer looks like.
	Map *container.Mapping `json:"map,omitempty"`
	// Schedule is how often to look; 0 is that of the kind.
	Schedule Duration          `json:"schedule,omitempty"`
	Select   Selectors         `json:"select,omitzero"`
	Headers  map[string]string `json:"headers,omitempty"`
	// Rate is the least time between two requests to the host; 0 is a second.
	Rate Duration `json:"rate,omitempty"`
	// Pages is how many pages of a list are read when the source is new; 0 is
	// one. Later, as many are read as it takes to come to a known link.
	Pages int `json:"pages,omitempty"`
}

// Selectors are CSS selectors for pages that the general rules do not read well.
type Selectors struct {
	// Links is where on an index page the links to releases stand.
	Links string `json:"links,omitempty"`
	// Content is where on a release its text stands, and Remove what of that is
	// not text. They hold for pages that come in from then on.
	Content string `json:"content,omitempty"`
	Remove  string `json:"remove,omitempty"`
}

// Every returns how often the source is looked at.
func (s *Source) Every() time.Duration {
	switch {
	case s.Schedule > 0:
		return time.Duration(s.Schedule)
	case s.Kind == Sitemap:
		return 24 * time.Hour
	}
	return time.Hour
}

// text are the selectors by which a release is read.
func (s Selectors) text() document.Selectors {
	return document.Selectors{Content: s.Content, Remove: s.Remove}
}

// request asks for an address of the source. The user's headers, which may be
// secret, go along only to where the source itself stands.
func (s *Source) request(address string) fetch.Request {
	req := fetch.Request{URL: address, Pause: time.Duration(s.Rate)}
	if len(s.Headers) > 0 && hostOf(address) == hostOf(s.URL) {
		req.Header = http.Header{}
		for k, v := range s.Headers {
			req.Header.Set(k, v)
		}
	}
	return req
}

// Pattern is a regular expression that is written as its source text.
type Pattern struct{ *regexp.Regexp }

// NewPattern compiles a pattern.
func NewPattern(s string) (*Pattern, error) {
	re, err := regexp.Compile(s)
	if err != nil {
		return nil, err
	}
	return &Pattern{re}, nil
}

// MarshalText gives the source text.
func (p *Pattern) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// Duration is a time span that is written with days and weeks, too: "90m", "2d",
// "1w", "daily".
type Duration time.Duration

// ParseDuration reads a duration: what time.ParseDuration reads, whole days and
// weeks, and the words hourly, daily and weekly.
func ParseDuration(s string) (Duration, error) {
	s = strings.ToLower(strings.TrimSpace(s))
	switch s {
	case "hourly":
		return Duration(time.Hour), nil
	case "daily":
		return Duration(day), nil
	case "weekly":
		return Duration(7 * day), nil
	}
	for unit, d := range map[string]time.Duration{"d": day, "w": 7 * day} {
		if n, err := strconv.Atoi(strings.TrimSuffix(s, unit)); err == nil && strings.HasSuffix(s, unit) && n > 0 && n < 10000 {
			return Duration(time.Duration(n) * d), nil
		}
	}
	if d, err := time.ParseDuration(s); err == nil && d > 0 {
		return Duration(d), nil
	}
	return 0, fmt.Errorf("%q is not a time span such as 30m, 6h, 2d, 1w or daily", s)
}

// String writes the duration as ParseDuration reads it.
func (d Duration) String() string {
	switch t := time.Duration(d); {
	case t == 0:
		return ""
	case t%(7*day) == 0:
		return fmt.Sprintf("%dw", t/(7*day))
	case t%day == 0:
		return fmt.Sprintf("%dd", t/day)
	default:
		s := strings.TrimSuffix(t.String(), "m0s")
		if s != t.String() {
			s += "m"
		}
		if h := strings.TrimSuffix(s, "h0m"); h != s {
			s = h + "h"
		}
		return s
	}
}

// MarshalText encodes the duration as String does.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

const day = 24 * time.Hour
