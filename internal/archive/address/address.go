// Package address says when two addresses name one page. [Canonical] is the form by
// which they are compared; [Tracks] tells the parameters that name no page.
package address

import (
	"net/url"
	"strings"
	"sync"

	"readout/internal/rules/list"
)

// Trackers are the parameters that say how a reader came to a page, and not which page it
// is: whole names, and the beginnings of names.
type Trackers struct {
	names  map[string]bool
	starts []string
}

// NewTrackers returns the parameters that lines of tracking.txt name.
func NewTrackers(lines []list.Line) *Trackers {
	t := &Trackers{names: map[string]bool{}}
	for _, l := range lines {
		if start, ok := strings.CutSuffix(l.Text, "*"); ok {
			t.starts = append(t.starts, start)
		} else {
			t.names[l.Text] = true
		}
	}
	return t
}

// builtIn are the parameters of the built-in file, which nobody can add to.
var builtIn = sync.OnceValue(func() *Trackers { return NewTrackers(list.BuiltIn("tracking.txt")) })

// Tracks reports whether a parameter says how a reader came to a page, and not which
// page it is.
func Tracks(parameter string) bool { return builtIn().tracks(parameter) }

func (t *Trackers) tracks(parameter string) bool {
	name := strings.ToLower(parameter)
	if t.names[name] {
		return true
	}
	for _, start := range t.starts {
		if strings.HasPrefix(name, start) {
			return true
		}
	}
	return false
}

// Canonical returns the form by which addresses are compared: the scheme, "www." before
// the host, its capitals and its default port, a slash at the end, the fragment,
// sessions and parameters that track make no other page. A fragment that begins with
// "!" or "/" names a page that a script draws, and stays. What is no address is returned
// as it is, without the space around it.
func Canonical(s string) string { return builtIn().Canonical(s) }

// Canonical is the function of that name, by these parameters.
func (t *Trackers) Canonical(s string) string {
	s = strings.TrimSpace(s)
	u, err := url.Parse(s)
	if err != nil || u.Host == "" {
		return s
	}
	host := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
	if rest, ok := strings.CutPrefix(host, "www."); ok && strings.Contains(rest, ".") {
		host = rest
	}
	if p := u.Port(); p != "" && p != "80" && p != "443" {
		host += ":" + p
	}
	out := host + strings.TrimRight(t.withoutSession(u.EscapedPath()), "/")
	q := u.Query()
	for name := range q {
		if t.tracks(name) {
			q.Del(name)
		}
	}
	if e := q.Encode(); e != "" {
		out += "?" + e
	}
	if f := u.EscapedFragment(); strings.HasPrefix(f, "!") || strings.HasPrefix(f, "/") {
		out += "#" + f
	}
	return out
}

// withoutSession returns a path without the parameters of its segments that name a
// session: ";jsessionid=A2DE".
func (t *Trackers) withoutSession(path string) string {
	if !strings.Contains(path, ";") {
		return path
	}
	segments := strings.Split(path, "/")
	for i, s := range segments {
		parts := strings.Split(s, ";")
		kept := parts[:1]
		for _, p := range parts[1:] {
			if name, _, _ := strings.Cut(p, "="); !t.tracks(name) {
				kept = append(kept, p)
			}
		}
		segments[i] = strings.Join(kept, ";")
	}
	return strings.Join(segments, "/")
}
