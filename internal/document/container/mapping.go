package container

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Mapping says where in JSON, CSV or XML the parts of a release stand. A path is made
// of names with dots between them ("title.rendered"): of keys in JSON, from 0 for the
// elements of a list; of a column in CSV; of elements in XML, where "@" begins an
// attribute. The zero path is nothing, for Records the whole.
type Mapping struct {
	Records   string `json:"records,omitempty"` // the list of releases, or the only one
	Title     string `json:"title"`
	Text      string `json:"text"` // HTML, or plain text
	Published string `json:"published,omitempty"`
	Modified  string `json:"modified,omitempty"`
	URL       string `json:"url,omitempty"`
	Language  string `json:"language,omitempty"`
}

// interfaces are the mappings of interfaces that many sites have.
func interfaces() []*Mapping {
	return []*Mapping{
		// https://developer.wordpress.org/rest-api/reference/posts/
		{Title: "title.rendered", Text: "content.rendered", Published: "date", Modified: "modified", URL: "link"},
		// https://developer.wordpress.com/docs/api/1.1/get/sites/%24site/posts/
		{Records: "posts", Title: "title", Text: "content", Published: "date", Modified: "modified", URL: "URL"},
	}
}

// Check returns an error for a mapping that cannot make a release.
func (m *Mapping) Check() error {
	if m.Text == "" {
		return errors.New("a mapping needs the path of the text")
	}
	return nil
}

// records returns the records that the mapping finds in a tree.
func (m *Mapping) records(tree any) []any {
	found := at(tree, m.Records)
	switch found := found.(type) {
	case []any:
		return found
	case map[string]any:
		return []any{found}
	}
	return nil
}

// fits reports whether a record has a title where the mapping has it, and the text or at
// least an address.
func (m *Mapping) fits(one any) bool {
	_, title := at(one, m.Title).(string)
	_, text := at(one, m.Text).(string)
	return title && (text || strings.Contains(wordsAt(one, m.URL), "://"))
}

// read takes the parts of one record.
func (m *Mapping) read(one any) (record, error) {
	r := record{
		title:    plain(wordsAt(one, m.Title)),
		url:      strings.TrimSpace(wordsAt(one, m.URL)),
		when:     strings.TrimSpace(wordsAt(one, m.Published)),
		modified: strings.TrimSpace(wordsAt(one, m.Modified)),
		language: strings.TrimSpace(wordsAt(one, m.Language)),
		text:     markup(wordsAt(one, m.Text)),
	}
	if !strings.Contains(r.url, "://") {
		r.url = ""
	}
	if letters(r.text) == 0 {
		return r, ErrSummary
	}
	return r, nil
}

// at returns what stands at a path of a tree, nil for nothing. A list of one stands
// for what it holds, as XML has no other way to say one.
func at(tree any, path string) any {
	if path == "" {
		return tree
	}
	for step := range strings.SplitSeq(path, ".") {
		if list, ok := tree.([]any); ok {
			if n, err := strconv.Atoi(step); err == nil && 0 <= n && n < len(list) {
				tree = list[n]
				continue
			}
			if len(list) == 0 {
				return nil
			}
			tree = list[0]
		}
		branch, ok := tree.(map[string]any)
		if !ok {
			return nil
		}
		tree = branch[step]
	}
	return tree
}

// wordsAt returns the text at a path, "" where there is none. Numbers and the
// attributes of XML are texts too.
func wordsAt(tree any, path string) string {
	if path == "" {
		return ""
	}
	found := at(tree, path)
	if list, ok := found.([]any); ok && len(list) > 0 {
		found = list[0]
	}
	switch v := found.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return fmt.Sprint(v)
	case map[string]any:
		s, _ := v[inner].(string)
		return s
	}
	return ""
}
