package sources

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"readout/internal/letters"
	"readout/internal/rules/pattern"
)

// Link is one link of a list, and whether it would be taken.
type Link struct {
	URL    string `json:"url"`
	Text   string `json:"text"`
	Taken  bool   `json:"taken"`
	Reason string `json:"reason"` // why it is taken or not
	// Modified is what a sitemap or feed says of the last change, as written.
	Modified string `json:"modified,omitempty"`
}

// listing is what a list says.
type listing struct {
	kind  Kind
	title string
	links []Link
	next  string   // the address of its next page
	feeds []string // addresses of feeds that an HTML page names
	lists []string // the sitemaps that an index of sitemaps names
	note  string   // what was wrong with it but could be helped
}

// taken returns the links that would be taken, in order.
func (l *listing) taken() []Link {
	return slices.DeleteFunc(slices.Clone(l.links), func(k Link) bool { return !k.Taken })
}

// anchor is a link as a page shows it, with what speaks for its being a release.
type anchor struct {
	url    *url.URL
	text   string
	chrome bool // in what stands around the text of a page
	dated  bool // a date stands beside it
	picked bool // by the user's selector
}

// The weights of what speaks for a link. A link is taken by itself from alone on,
// and from together on where it is one of many of the same shape that fit on
// average.
const (
	alone    = 5
	together = 2
	average  = 3
	many     = 3 // links of one shape
)

// score weighs a link; an index page has, beside its releases, links to sections,
// to months, to photographs, and to the site's other pages.
func (w *Words) score(a *anchor) int {
	n := 0
	if w.within("meeting", letters.Line(a.text)) != "" {
		n += 2
	}
	if a.dated {
		n += 2
	}
	p := strings.TrimSuffix(a.url.Path, "/")
	switch {
	case datedPath.MatchString(p):
		n += 2
	case numbered.MatchString(p), numbered.MatchString(a.url.RawQuery), strings.Count(p[strings.LastIndex(p, "/")+1:], "-") >= 3:
		n++
	}
	switch size := utf8.RuneCountInString(a.text); {
	case wordy(a.text):
		n++
	case size < 4:
		n -= 2
	}
	if a.chrome {
		n -= 3
	}
	return n
}

// wordy reports whether a text is long enough for a headline.
func wordy(s string) bool {
	if strings.ContainsFunc(s, letters.Joined) {
		return utf8.RuneCountInString(s) >= 8
	}
	return len(strings.Fields(s)) >= 4
}

// onlyDate reports whether a text says no more than a date or a number: it leads
// to the releases of a month or to the next page, not to a release.
func onlyDate(s string) bool {
	if !strings.ContainsFunc(s, unicode.IsNumber) {
		return false
	}
	words, runes := 0, 0
	for _, f := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
		words++
		runes += utf8.RuneCountInString(f)
	}
	if strings.ContainsFunc(s, letters.Joined) {
		return runes < 4
	}
	return words < 3 && runes < 12
}

// Page reads a page of HTML as a list: its links, each with why it would be taken or not,
// and the address of the next page, "" for none.
func (w *Words) Page(base *url.URL, text string) (links []Link, next string) {
	l := w.readIndex(base, text, &Source{})
	return l.links, l.next
}

// readIndex reads the links of a page of HTML.
func (w *Words) readIndex(base *url.URL, text string, s *Source) *listing {
	l := &listing{kind: Index}
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		l.note = err.Error() // strings do not fail to be read
		return l
	}
	page := base
	if to := baseOf(root); to != "" {
		if u, err := base.Parse(to); err == nil {
			base = u
		}
	}
	var picked map[*html.Node]bool
	if s.Select.Links != "" {
		picked = pick(root, s.Select.Links)
	}
	var found []*anchor
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.Title:
			l.title = cmp.Or(l.title, plain(n))
		case atom.Link:
			l.head(base, n)
		case atom.A, atom.Area:
			u, err := base.Parse(strings.TrimSpace(attr(n, "href")))
			if err != nil || attr(n, "href") == "" {
				continue
			}
			if hasWord(attr(n, "rel"), "next") || w.has("next", textOf(n)) {
				l.next = cmp.Or(l.next, normalAddress(u))
			}
			found = append(found, &anchor{url: u, text: textOf(n), chrome: w.inChrome(n), dated: datedCard(n), picked: picked[n]})
		}
	}
	l.links = w.choose(page, merge(found), s)
	return l
}

// head takes what a <link> says of the page.
func (l *listing) head(base *url.URL, n *html.Node) {
	u, err := base.Parse(attr(n, "href"))
	if err != nil || attr(n, "href") == "" {
		return
	}
	switch rel := attr(n, "rel"); {
	case hasWord(rel, "next"):
		l.next = cmp.Or(l.next, normalAddress(u))
	case hasWord(rel, "alternate"):
		switch t := strings.ToLower(attr(n, "type")); t {
		case "application/rss+xml", "application/atom+xml", "application/feed+json":
			l.feeds = append(l.feeds, normalAddress(u))
		}
	}
}

// merge joins links to the same address: a picture, a headline and "more" beside
// each other are one. The longest text and the best place count.
func merge(found []*anchor) []*anchor {
	at := map[string]*anchor{}
	var out []*anchor
	for _, a := range found {
		key := normalAddress(a.url)
		old := at[key]
		if old == nil {
			at[key] = a
			out = append(out, a)
			continue
		}
		if utf8.RuneCountInString(a.text) > utf8.RuneCountInString(old.text) {
			old.text = a.text
		}
		old.chrome, old.dated, old.picked = old.chrome && a.chrome, old.dated || a.dated, old.picked || a.picked
	}
	return out
}

// choose decides on every link. Where the user gave a pattern or selector, that
// decides; otherwise links that cannot be releases are left out, and the rest is
// weighed, alone and together with the others of its shape.
func (w *Words) choose(page *url.URL, found []*anchor, s *Source) []Link {
	type group struct{ n, sum int }
	groups := map[string]*group{}
	scores := map[*anchor]int{}
	why := map[*anchor]string{}
	for _, a := range found {
		if why[a] = w.outOfScope(page, a, s); why[a] != "" {
			continue
		}
		scores[a] = w.score(a)
		if scores[a] >= together {
			g := groups[shape(a.url)]
			if g == nil {
				g = &group{}
				groups[shape(a.url)] = g
			}
			g.n++
			g.sum += scores[a]
		}
	}
	links := []Link{}
	for _, a := range found {
		k := Link{URL: normalAddress(a.url), Text: a.text, Reason: why[a]}
		g := groups[shape(a.url)]
		switch {
		case k.Reason != "":
		case s.Links != nil:
			k.Taken, k.Reason = true, "matches the pattern"
		case s.Select.Links != "":
			k.Taken, k.Reason = true, "is selected"
		case scores[a] >= alone:
			k.Taken, k.Reason = true, "looks like a release"
		case scores[a] >= together && g.n >= many && g.sum >= average*g.n:
			k.Taken, k.Reason = true, "is one of many of its form"
		default:
			k.Reason = "does not look like a release"
		}
		links = append(links, k)
	}
	return links
}

// outOfScope says why a link is never taken, "" if it may be.
func (w *Words) outOfScope(page *url.URL, a *anchor, s *Source) string {
	u := a.url
	address := normalAddress(u)
	switch {
	case u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return "is not on the web"
	case address == normalAddress(page) || address == s.URL:
		return "is this page"
	case !sameSite(u.Hostname(), page.Hostname()):
		return "leads to another site"
	case s.Exclude != nil && s.Exclude.MatchString(address):
		return "is excluded"
	case s.Links != nil:
		if !s.Links.MatchString(address) {
			return "does not match the pattern"
		}
		return ""
	case s.Select.Links != "":
		if !a.picked {
			return "is not selected"
		}
		return ""
	case w.isHome(u):
		return "leads to the home page"
	case strings.HasPrefix(strings.TrimSuffix(page.Path, "/")+"/", strings.TrimSuffix(u.Path, "/")+"/") && u.RawQuery == "":
		return "leads to a section"
	case isFile(u.Path):
		return "leads to a file that is no text"
	case onlyDate(a.text):
		return "names a period or page"
	}
	for _, part := range segments(u) {
		if w.has("away", strings.TrimSuffix(part, ".html")) {
			return "leads elsewhere on the site"
		}
	}
	return ""
}

// inChrome reports whether a link stands in what surrounds the text of a page.
func (w *Words) inChrome(n *html.Node) bool {
	for p := n.Parent; p != nil && p.DataAtom != atom.Body; p = p.Parent {
		switch p.DataAtom {
		case atom.Nav, atom.Footer, atom.Header, atom.Aside:
			return p.DataAtom != atom.Header || !inside(p, atom.Article) // an article's header is its own
		}
		for _, key := range []string{"class", "id", "role"} {
			for _, word := range strings.FieldsFunc(attr(p, key), func(r rune) bool { return !letters.Word(r) }) {
				if w.has("chrome", word) {
					return true
				}
			}
		}
	}
	return false
}

func inside(n *html.Node, a atom.Atom) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.DataAtom == a {
			return true
		}
	}
	return false
}

// writtenDate matches what only dates look like, in figures: a year beside another
// figure or word, a day with points or slashes, a Japanese era.
var writtenDate = pattern.New(`(?:^|\D)(?:19|20)\d{2}(?:\D|$)|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|(?:令和|平成)[元\d０-９]+年|\d{1,2}月\d{1,2}日`)

// cardRunes is how much text a list entry with its date and teaser holds at most.
const cardRunes = 400

// datedCard reports whether a date stands in the entry of a list that a link
// belongs to: the largest box around it that is short and holds no other entry.
func datedCard(n *html.Node) bool {
	card := n
	for p := n.Parent; p != nil && p.Type == html.ElementNode && p.DataAtom != atom.Body; p = p.Parent {
		if len(targets(p)) > 1 || utf8.RuneCountInString(plain(p)) > cardRunes {
			break
		}
		card = p
	}
	for s := card.PrevSibling; card.DataAtom == atom.Dd && s != nil; s = s.PrevSibling {
		if s.DataAtom == atom.Dt {
			return writtenDate.MatchString(plain(s)) || writtenDate.MatchString(plain(card))
		}
	}
	for d := range card.Descendants() {
		if d.DataAtom == atom.Time && attr(d, "datetime") != "" {
			return true
		}
	}
	return writtenDate.MatchString(plain(card))
}

// targets returns where the links below n lead, up to two.
func targets(n *html.Node) map[string]bool {
	out := map[string]bool{}
	for d := range n.Descendants() {
		if d.DataAtom == atom.A && attr(d, "href") != "" {
			if out[attr(d, "href")] = true; len(out) > 1 {
				break
			}
		}
	}
	return out
}
