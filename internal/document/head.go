package document

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// metaNames are the names and properties of <meta> that fill Meta, best first for
// each field.
var metaNames = []struct {
	field func(*Meta) *string
	names []string
}{
	{func(m *Meta) *string { return &m.Title }, []string{"og:title", "dc.title", "dcterms.title", "twitter:title"}},
	{func(m *Meta) *string { return &m.URL }, []string{"og:url"}},
	{func(m *Meta) *string { return &m.Published }, []string{"article:published_time", "dcterms.issued", "dc.date.issued",
		"datepublished", "dc.date", "date", "pubdate", "publish-date", "dc.date.created", "dcterms.created"}},
	{func(m *Meta) *string { return &m.Modified }, []string{"article:modified_time", "dcterms.modified", "dc.date.modified",
		"last-modified"}},
	{func(m *Meta) *string { return &m.Language }, []string{"content-language", "dc.language", "dcterms.language"}},
	{func(m *Meta) *string { return &m.Kind }, []string{"og:type"}},
	{func(m *Meta) *string { return &m.SiteName }, []string{"og:site_name", "application-name", "dc.publisher"}},
}

// readHead fills meta from what a page says of itself: <meta>, <link>, <title>,
// <html lang>, JSON-LD, its imprint, and the first <time datetime> or element of
// class "date" that is not of another page.
func readHead(root *html.Node, meta *Meta, words *Words) {
	named := map[string]string{}
	title, canonical, when, dated := "", "", "", ""
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.Html:
			meta.Language = attr(n, "lang")
		case atom.Meta:
			for _, key := range []string{"property", "name", "itemprop", "http-equiv"} {
				if k := strings.ToLower(attr(n, key)); k != "" && named[k] == "" {
					named[k] = strings.TrimSpace(attr(n, "content"))
				}
			}
		case atom.Link:
			if strings.EqualFold(attr(n, "rel"), "canonical") && canonical == "" {
				canonical = attr(n, "href")
			}
		case atom.Title:
			if title == "" && n.Namespace == "" {
				title = textContent(n)
			}
		case atom.Time:
			if when == "" && ofPage(n) {
				when = attr(n, "datetime")
			}
		case atom.Span, atom.P, atom.Div:
			if dated == "" && ofPage(n) {
				dated = classedDate(n)
			}
		case atom.Script:
			if strings.EqualFold(attr(n, "type"), "application/ld+json") {
				readLinkedData(textContent(n), named)
			}
		}
	}
	for _, m := range metaNames {
		for _, name := range m.names {
			if v := named[name]; v != "" && *m.field(meta) == "" {
				*m.field(meta) = v
			}
		}
	}
	if canonical != "" {
		meta.URL = canonical
	}
	if meta.Title == "" {
		meta.Title = title
	}
	if meta.Published == "" {
		meta.Published = cmp.Or(when, dated)
	}
	meta.Imprint = readImprint(root, title, named, words)
}

// ofPage reports whether a day printed at n may be that of the page: one inside a
// link or a list belongs to another page, unless its class says "published".
func ofPage(n *html.Node) bool {
	if slices.Contains(classWords(n), "published") {
		return true
	}
	for p := n.Parent; p != nil; p = p.Parent {
		switch p.DataAtom {
		case atom.A, atom.Li, atom.Nav, atom.Aside, atom.Footer:
			return false
		}
	}
	return true
}

// longestDate is how many bytes a day with its label and time may take.
const longestDate = 60

// classedDate returns the text of a short element whose class or id says that it
// is a date, or "".
func classedDate(n *html.Node) string {
	for _, word := range classWords(n) {
		switch word {
		case "date", "dated", "pubdate", "published", "datum", "fecha", "tarih":
			if s := cleanLine(spacedText(n)); len(s) <= longestDate && strings.ContainsAny(s, "0123456789０１２３４５６７８９") {
				return s
			}
		}
	}
	return ""
}

// datedItem returns the first item of a graph that says when it was published, or nil.
func datedItem(graph []any) map[string]any {
	for _, item := range graph {
		if m, ok := item.(map[string]any); ok && m["datePublished"] != nil {
			return m
		}
	}
	return nil
}

// readLinkedData takes the date of publication and the publisher from schema.org JSON-LD.
func readLinkedData(s string, named map[string]string) {
	var v any
	if json.Unmarshal([]byte(s), &v) != nil {
		return
	}
	items, ok := v.([]any)
	if !ok {
		items = []any{v}
	}
	for _, item := range items {
		m, _ := item.(map[string]any)
		if graph, ok := m["@graph"].([]any); ok {
			m = datedItem(graph)
		}
		if p, _ := m["publisher"].(map[string]any); p != nil && named["publisher"] == "" {
			named["publisher"], _ = p["name"].(string)
		}
		for key, name := range map[string]string{"datePublished": "article:published_time", "dateModified": "article:modified_time"} {
			if s, ok := m[key].(string); ok && (named[name] == "" || localInstant(named[name], s)) {
				named[name] = s
			}
		}
	}
}

// localInstant reports whether the second is the instant of the first, a time in UTC, as
// the clocks of some place had it: the day there is the one that the page's readers saw.
func localInstant(utc, local string) bool {
	a, err := time.Parse(time.RFC3339, utc)
	if err != nil || !strings.HasSuffix(utc, "Z") {
		return false
	}
	b, err := time.Parse(time.RFC3339, local)
	return err == nil && !strings.HasSuffix(local, "Z") && a.Equal(b)
}
