package sources

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"

	"readout/internal/document"
	"readout/internal/rules/pattern"
	"readout/internal/sources/fetch"
)

var (
	feedRoot    = pattern.New(`(?i)^\s*(?:<\?[^>]*>\s*|<!--(?s:.*?)-->\s*|<!doctype[^>\[]*(?:\[[^\]]*\]\s*)?>\s*)*<(?:\w+:)?(?:rss|feed|rdf)[\s>]`)
	sitemapRoot = pattern.New(`(?i)^\s*(?:<\?[^>]*>\s*|<!--(?s:.*?)-->\s*)*<(?:\w+:)?(?:urlset|sitemapindex)[\s>]`)
	jsonFeed    = pattern.New(`^\s*\{(?s:.*?)"version"\s*:\s*"https?:(?:\\?/){2}jsonfeed\.org`)
)

// listKind says what list a text is by its look; "" for a page. Media types
// are not asked: feeds are served as anything.
func listKind(text string) Kind {
	switch head := text[:min(len(text), 8<<10)]; {
	case feedRoot.MatchString(head), jsonFeed.MatchString(head):
		return Feed
	case sitemapRoot.MatchString(head):
		return Sitemap
	}
	return ""
}

// declared matches the encoding that XML declares: once the text is decoded, it
// misleads.
var declared = pattern.New(`(?i)^(\s*<\?xml\s[^>]*?)\s+encoding\s*=\s*(?:"[^"]*"|'[^']*')`)

// readList reads the answer of a source as the list it is. The error says that it
// is none.
func (w *Words) readList(resp *fetch.Response, s *Source) (*listing, error) {
	base, err := url.Parse(resp.URL)
	if err != nil {
		return nil, err
	}
	data, err := gunzip(resp.Body)
	if err != nil {
		return nil, err
	}
	text, _, ok := document.Decode(data, document.Options{MediaType: resp.MediaType, URL: resp.URL})
	if !ok {
		return nil, errors.New("the answer is not a text")
	}
	text = strings.TrimPrefix(text, "\ufeff")
	kind := cmp.Or(listKind(text), Index)
	if s.Kind != "" && s.Kind != kind && (s.Kind == Feed || s.Kind == Sitemap) {
		return nil, fmt.Errorf("the answer is not a %s", s.Kind)
	}
	switch kind {
	case Feed:
		return w.readFeed(base, declared.ReplaceAllString(text, "$1"), s)
	case Sitemap:
		return w.readSitemap(base, declared.ReplaceAllString(text, "$1"), s)
	}
	return w.readIndex(base, text, s), nil
}

// maxUnpacked bounds a list that is a compressed file, as sitemaps may be.
const maxUnpacked = 50 << 20

func gunzip(data []byte) ([]byte, error) {
	if !bytes.HasPrefix(data, []byte("\x1f\x8b")) {
		return data, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("gzip: %w", err)
	}
	out, err := io.ReadAll(io.LimitReader(z, maxUnpacked+1))
	if err != nil {
		return nil, fmt.Errorf("gzip: %w", err)
	}
	if len(out) > maxUnpacked {
		return nil, fmt.Errorf("%w when unpacked", fetch.ErrTooLarge)
	}
	return out, nil
}

// readFeed reads RSS, Atom or JSON Feed. A feed whose XML is broken is read as far
// as its links can be made out.
func (w *Words) readFeed(base *url.URL, text string, s *Source) (*listing, error) {
	l := &listing{kind: Feed}
	feed, err := gofeed.NewParser().ParseString(text)
	if err != nil {
		l.note = "the feed is damaged: " + firstLine(err.Error())
		l.links = w.scope(base, salvage(text), s)
		if len(l.links) == 0 {
			return nil, errors.New(l.note)
		}
		return l, nil
	}
	l.title = feed.Title
	var items []Link
	for _, item := range feed.Items {
		address := item.Link
		if address == "" && strings.Contains(item.GUID, "://") {
			address = item.GUID
		}
		items = append(items, Link{
			URL:      address,
			Text:     strings.Join(strings.Fields(item.Title), " "),
			Modified: cmp.Or(item.Updated, item.Published),
		})
	}
	l.links = w.scope(base, items, s)
	return l, nil
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}

// scope decides on the links of a list that names only documents: all are taken
// that the user's patterns let through.
func (w *Words) scope(base *url.URL, items []Link, s *Source) []Link {
	out := []Link{}
	seen := map[string]bool{}
	for _, k := range items {
		u, err := base.Parse(strings.TrimSpace(k.URL))
		if err != nil || strings.TrimSpace(k.URL) == "" {
			continue
		}
		k.URL = normalAddress(u)
		if seen[k.URL] {
			continue
		}
		seen[k.URL] = true
		switch {
		case u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
			k.Reason = "is not on the web"
		case k.URL == normalAddress(base):
			k.Reason = "is this list"
		case s.Exclude != nil && s.Exclude.MatchString(k.URL):
			k.Reason = "is excluded"
		case s.Links != nil && !s.Links.MatchString(k.URL):
			k.Reason = "does not match the pattern"
		case s.Links != nil:
			k.Taken, k.Reason = true, "matches the pattern"
		case w.isHome(u):
			k.Reason = "leads to the home page"
		case isFile(u.Path):
			k.Reason = "leads to a file that is no text"
		default:
			k.Taken, k.Reason = true, "is an entry of the list"
		}
		out = append(out, k)
	}
	return out
}

// salvage takes titles and links of the entries out of a feed that is not well
// formed.
func salvage(text string) []Link {
	var out []Link
	var item *Link
	field := ""
	for z := html.NewTokenizer(strings.NewReader(text)); ; {
		switch z.Next() {
		case html.ErrorToken:
			if item != nil {
				out = append(out, *item)
			}
			return out
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			switch t.Data {
			case "item", "entry":
				if item != nil {
					out = append(out, *item)
				}
				item = &Link{}
			case "link":
				for _, a := range t.Attr {
					if a.Key == "href" && item != nil && item.URL == "" {
						item.URL = a.Val
					}
				}
			}
			field = t.Data
		case html.EndTagToken:
			field = ""
		case html.TextToken:
			said := strings.TrimSpace(string(z.Text()))
			switch {
			case item == nil || said == "":
			case field == "title":
				item.Text = cmp.Or(item.Text, said)
			case field == "link":
				item.URL = cmp.Or(item.URL, said)
			}
		}
	}
}

// sitemapFile is a sitemap or an index of them (sitemaps.org).
type sitemapFile struct {
	URLs  []sitemapEntry `xml:"url"`
	Lists []sitemapEntry `xml:"sitemap"`
}

type sitemapEntry struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod"`
}

// readSitemap reads a sitemap. It names every page of a site, so the links are
// weighed as those of an index page are, by their addresses.
func (w *Words) readSitemap(base *url.URL, text string, s *Source) (*listing, error) {
	l := &listing{kind: Sitemap}
	var f sitemapFile
	dec := xml.NewDecoder(strings.NewReader(text))
	dec.Strict = false
	if err := dec.Decode(&f); err != nil {
		l.note = "the sitemap is damaged: " + err.Error()
		if len(f.URLs)+len(f.Lists) == 0 {
			return nil, errors.New(l.note)
		}
	}
	// The newest first: a run that is cut short has read what matters.
	newest := func(a, b sitemapEntry) int { return cmp.Compare(b.LastMod, a.LastMod) }
	slices.SortStableFunc(f.URLs, newest)
	slices.SortStableFunc(f.Lists, newest)
	var found []*anchor
	modified := map[string]string{}
	for _, e := range f.URLs {
		if u, err := base.Parse(strings.TrimSpace(e.Loc)); err == nil {
			found = append(found, &anchor{url: u, text: wordsOf(u), picked: true})
			modified[normalAddress(u)] = strings.TrimSpace(e.LastMod)
		}
	}
	l.links = w.choose(base, merge(found), s)
	for i := range l.links {
		l.links[i].Modified = modified[l.links[i].URL]
	}
	for _, e := range f.Lists {
		if u, err := base.Parse(strings.TrimSpace(e.Loc)); err == nil && sameSite(u.Hostname(), base.Hostname()) {
			l.lists = append(l.lists, normalAddress(u))
		}
	}
	return l, nil
}

// wordsOf is the last segment of a path as words: what a sitemap has for a title.
func wordsOf(u *url.URL) string {
	parts := segments(u)
	if len(parts) == 0 {
		return ""
	}
	last := parts[len(parts)-1]
	if i := strings.LastIndexByte(last, '.'); i > 0 && len(last)-i <= 6 {
		last = last[:i]
	}
	return strings.Join(strings.FieldsFunc(last, func(r rune) bool { return r == '-' || r == '_' || r == '+' }), " ")
}
