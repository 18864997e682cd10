package container

import (
	"errors"
	"fmt"
	"html"
	"strings"
	"unicode"

	"readout/internal/document/charset"
)

var (
	// ErrNoMapping is returned for data of which nobody has said what is what.
	ErrNoMapping = errors.New("data, of which nothing says what is title, day and text; give the pages it comes from, " +
		"or name a mapping in the file of sources and read it with --mapping SOURCE")
	// ErrAnswer is returned for an answer of an interface that only says what went wrong.
	ErrAnswer = errors.New("the interface answered with an error")
	// ErrNoRecord is returned where a mapping finds nothing in the data.
	ErrNoRecord = errors.New("the mapping finds no record in it")
)

// record is one document of a feed or of data, in parts.
type record struct {
	title, url, when, text, modified, language string
}

// page makes a page of a record, which says its title, address and day as other pages
// do. Only the record decides its bytes, so that the same record in a later answer is
// the same capture.
func (r record) page() []byte {
	var b strings.Builder
	head := func(format, value string) {
		if value != "" {
			fmt.Fprintf(&b, format+"\n", html.EscapeString(value))
		}
	}
	b.WriteString("<!DOCTYPE html>\n<html")
	if r.language != "" {
		fmt.Fprintf(&b, ` lang="%s"`, html.EscapeString(r.language))
	}
	b.WriteString("><head><meta charset=\"utf-8\">\n")
	head("<title>%s</title>", r.title)
	head(`<link rel="canonical" href="%s">`, r.url)
	head(`<meta property="article:published_time" content="%s">`, r.when)
	head(`<meta property="article:modified_time" content="%s">`, r.modified)
	b.WriteString("</head><body><article>\n")
	head("<h1>%s</h1>", r.title)
	b.WriteString(strings.ToValidUTF8(r.text, "\uFFFD"))
	b.WriteString("\n</article></body></html>\n")
	return []byte(b.String())
}

// item makes the document of a record that is the nth of its container, from 1.
func (r record) item(container string, n int) Item {
	name := memberName(container, fmt.Sprint(n))
	if r.url != "" {
		name = container + "/" + strings.ToValidUTF8(r.url, "\uFFFD")
	}
	return Item{Name: name, Data: r.page(), MediaType: "text/html; charset=utf-8", URL: r.url}
}

// data yields the records of JSON, CSV or XML, each as a page.
func (w *walk) data(it Item, kind Kind) {
	text, ok := charset.Decode(it.Data, charset.Hints{Markup: kind == XML, Declared: declaredIn(it.Data)})
	if !ok {
		w.fail(it.Name, ErrDamaged)
		return
	}
	tree, err := parse(kind, text.Text)
	if err != nil {
		w.fail(it.Name, fmt.Errorf("%w: %v", ErrDamaged, err))
		return
	}
	m, found, err := w.mappingOf(tree)
	if err != nil {
		w.fail(it.Name, err)
		return
	}
	for i, one := range found {
		if w.stopped || !w.count(it.Name) {
			return
		}
		r, err := m.read(one)
		if err != nil {
			w.fail(r.item(it.Name, i+1).Name, err)
			continue
		}
		out := r.item(it.Name, i+1)
		w.total += int64(len(out.Data))
		w.found++
		w.stopped = !w.yield(out, nil)
	}
}

// mappingOf returns the mapping by which a tree is read, with the records that it
// finds: the one given, else the first of the known interfaces that it fits.
func (w *walk) mappingOf(tree any) (*Mapping, []any, error) {
	if w.mapping != nil {
		found := w.mapping.records(tree)
		if len(found) == 0 {
			return nil, nil, ErrNoRecord
		}
		return w.mapping, found, nil
	}
	for _, m := range interfaces() {
		if found := m.records(tree); len(found) > 0 && m.fits(found[0]) {
			return m, found, nil
		}
	}
	if message := wordsAt(tree, "message"); message != "" && wordsAt(tree, "code") != "" {
		return nil, nil, fmt.Errorf("%w: %s", ErrAnswer, message)
	}
	return nil, nil, ErrNoMapping
}

// markup makes HTML of a text that may be plain: its lines are paragraphs.
func markup(s string) string {
	if tags.MatchString(s) {
		return s
	}
	var b strings.Builder
	for line := range strings.Lines(html.UnescapeString(s)) {
		if line = strings.TrimSpace(line); line != "" {
			b.WriteString("<p>" + html.EscapeString(line) + "</p>\n")
		}
	}
	return b.String()
}

// plain returns the words of a text that may be HTML, on one line.
func plain(s string) string {
	s = html.UnescapeString(tags.ReplaceAllString(s, ""))
	return strings.Join(strings.FieldsFunc(s, unicode.IsSpace), " ")
}
