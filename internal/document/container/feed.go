package container

import (
	"bytes"
	"fmt"
	"time"
	"unicode"

	"github.com/mmcdole/gofeed"
	"readout/internal/rules/pattern"
)

// fullText is how many letters a description has at least that is the text and no
// summary of it: many feeds know no better place.
const fullText = 600

var tags = pattern.New(`<[^>]*>`)

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
		text := entry.Content
		if letters(text) < letters(entry.Description) {
			text = entry.Description
		}
		if text == "" || entry.Content == "" && letters(text) < fullText {
			w.fail(record{url: entry.Link}.item(it.Name, i+1).Name, ErrSummary)
			continue
		}
		when := entry.Published
		if t := entry.PublishedParsed; t != nil {
			when = t.UTC().Format(time.RFC3339)
		}
		out := record{title: entry.Title, url: entry.Link, when: when, text: text}.item(it.Name, i+1)
		out.Title, out.Published = entry.Title, when
		w.total += int64(len(out.Data))
		w.found++
		w.stopped = !w.yield(out, nil)
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
