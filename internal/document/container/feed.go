package container

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"strings"
	"time"
	"unicode"

	"github.com/mmcdole/gofeed"
)

// fullText is how many letters a description has at least that is the text and no
// summary of it: many feeds know no better place.
const fullText = 600

var tags = regexp.MustCompile(`<[^>]*>`)

// feed yields the items that carry their text, each as a page that says its title,
// address and day as other pages do.
func (w *walk) feed(it Item) {
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(it.Data))
	if err != nil {
		w.fail(it.Name, fmt.Errorf("%w: %v", ErrDamaged, err))
		return
	}
	for i, entry := range feed.Items {
		if w.stopped || !w.count(it.Name) {
			return
		}
		name := memberName(it.Name, fmt.Sprint(i+1))
		if entry.Link != "" {
			name = it.Name + "/" + strings.ToValidUTF8(entry.Link, "\uFFFD")
		}
		text := entry.Content
		if letters(text) < letters(entry.Description) {
			text = entry.Description
		}
		if text == "" || entry.Content == "" && letters(text) < fullText {
			w.fail(name, ErrSummary)
			continue
		}
		when := entry.Published
		if t := entry.PublishedParsed; t != nil {
			when = t.UTC().Format(time.RFC3339)
		}
		page := feedPage(entry, text, when)
		w.total += int64(len(page))
		w.found++
		w.stopped = !w.yield(Item{Name: name, Data: page, MediaType: "text/html; charset=utf-8", URL: entry.Link, Title: entry.Title, Published: when}, nil)
	}
}

// letters counts the letters of a text outside its tags; one of a script that
// writes a syllable or word with it counts as three.
func letters(s string) int {
	n := 0
	for _, r := range tags.ReplaceAllString(s, "") {
		switch {
		case !unicode.IsLetter(r):
		case r >= 0x2E80:
			n += 3
		default:
			n++
		}
	}
	return n
}

// feedPage makes a page of an item. Only the item decides its bytes, so that the
// same item in a later copy of the feed is the same capture.
func feedPage(entry *gofeed.Item, text, when string) []byte {
	var b strings.Builder
	head := func(format, value string) {
		if value != "" {
			fmt.Fprintf(&b, format+"\n", html.EscapeString(value))
		}
	}
	b.WriteString("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">\n")
	head("<title>%s</title>", entry.Title)
	head(`<link rel="canonical" href="%s">`, entry.Link)
	head(`<meta property="article:published_time" content="%s">`, when)
	b.WriteString("</head><body><article>\n")
	head("<h1>%s</h1>", entry.Title)
	b.WriteString(strings.ToValidUTF8(text, "\uFFFD"))
	b.WriteString("\n</article></body></html>\n")
	return []byte(b.String())
}
