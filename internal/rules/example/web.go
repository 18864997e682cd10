package example

import (
	"net/url"
	"strings"

	"readout/internal/archive/address"
	"readout/internal/document"
	"readout/internal/sources"
	"readout/internal/sources/fetch"
)

// page is the address at which the pages of examples stand.
const page = "https://mfa.example/releases"

// long is the text of a page that says much.
var long = strings.Repeat("The two sides discussed the krill quota of the year at length. ", 30)

// standing says how things stand with a page that answers with the text as its heading and
// some more below it; of an address, with a page from which a visitor is led there.
func (t *trial) standing(below string) string {
	heading, final := t.text, page
	if strings.HasPrefix(t.text, "https://") {
		heading, final = "Gulls by the pier", t.text
	}
	resp := &fetch.Response{Requested: page, URL: final, Status: 200, MediaType: "text/html; charset=utf-8",
		Body: []byte("<html><head><title>" + heading + "</title></head><body><h1>" + heading + "</h1><p>" + below + "</p></body></html>")}
	words := sources.NewWords(t.rules.Book())
	return string(words.Judge(resp, sources.Known{}, document.Options{Words: t.rules.Furniture()}).Standing)
}

// list reads the text as the HTML of a page of links.
func (t *trial) list() ([]sources.Link, string) {
	base, err := url.Parse(page)
	if err != nil {
		panic(err) // it is ours
	}
	return sources.NewWords(t.rules.Book()).Page(base, t.text)
}

// link says why the first link of a list is taken or not.
func (t *trial) link() string {
	links, _ := t.list()
	if len(links) == 0 {
		return ""
	}
	return links[0].Reason
}

// next returns the path of the next page of a list.
func (t *trial) next() string {
	_, next := t.list()
	return strings.TrimPrefix(next, "https://mfa.example")
}

// address returns the form by which an address is compared with others.
func (t *trial) address() string {
	return address.NewTrackers(t.rules.Book().Lines("tracking.txt")).Canonical(t.text)
}
