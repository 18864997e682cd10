package sources

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/andybalholm/cascadia"
	"go.yaml.in/yaml/v3"
	"golang.org/x/net/http/httpguts"

	"readout/internal/document/container"
	"readout/internal/reading/names"
	"readout/internal/rules/pattern"
	"readout/timeline"
)

// Config is the user's file of sources:
//
//	contact: desk@example.org
//	sources:
//	  - name: norway
//	    url: https://mfa.example/press/
//	    kind: index            # page, index, feed, sitemap, records
//	    links: '/press/\d{4}/'  # only addresses that match
//	    exclude: '/photos/'
//	    parties: [NO, UY]
//	    issuer: NO
//	    schedule: 1h
//	    rate: 2s
//	    pages: 3
//	    select: {links: "main ul a", content: .article, remove: .share}
//	    map: {records: data.items, title: head, text: body, published: day, url: link}
//	    headers: {Accept-Language: en}
type Config struct {
	Contact string    `json:"contact,omitempty"` // for the User-Agent
	Proxy   string    `json:"proxy,omitempty"`
	Sources []*Source `json:"sources"`

	file yaml.Node // as written, with its comments
}

// LineError is a mistake in a file of sources.
type LineError struct {
	File string
	Line int
	Err  error
}

// Error implements error.
func (e *LineError) Error() string { return fmt.Sprintf("%s:%d: %v", e.File, e.Line, e.Err) }

// Unwrap returns the cause.
func (e *LineError) Unwrap() error { return e.Err }

// Source returns the source of that name, nil for none.
func (c *Config) Source(name string) *Source {
	i := slices.IndexFunc(c.Sources, func(s *Source) bool { return s.Name == name })
	if i < 0 {
		return nil
	}
	return c.Sources[i]
}

// ParseConfig reads a file of sources; the name is for messages. An empty file has
// no sources. Parties are codes or names that g knows. The error joins a
// [*LineError] for every mistake in the file.
func ParseConfig(name string, data []byte, g *names.Gazetteer) (*Config, error) {
	c := &Config{Sources: []*Source{}}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	if err := dec.Decode(&c.file); errors.Is(err, io.EOF) {
		return c, nil
	} else if err != nil {
		return nil, yamlError(name, err)
	}
	var second yaml.Node
	if err := dec.Decode(&second); !errors.Is(err, io.EOF) {
		return nil, &LineError{name, max(second.Line, 1), errors.New("a second document; one file holds one list of sources")}
	}
	r := &configReader{file: name, gazetteer: g}
	r.fields(c.file.Content[0], map[string]func(*yaml.Node) error{
		"contact": text(&c.Contact),
		"proxy":   func(n *yaml.Node) error { return webAddress(&c.Proxy, n) },
		"sources": func(n *yaml.Node) error {
			if n.Kind != yaml.SequenceNode {
				return errors.New("a list is needed, each entry beginning with \"- name:\"")
			}
			for _, e := range n.Content {
				r.source(c, e)
			}
			return nil
		},
	})
	if len(r.errs) > 0 {
		return nil, errors.Join(r.errs...)
	}
	return c, nil
}

var yamlLine = pattern.New(`^yaml: line (\d+): (.*)`)

// yamlError takes the line out of the parser's message.
func yamlError(name string, err error) error {
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		if n, convErr := strconv.Atoi(m[1]); convErr == nil {
			return &LineError{name, n, errors.New(m[2])}
		}
	}
	return fmt.Errorf("%s: %w", name, err)
}

// configReader collects the mistakes of a file.
type configReader struct {
	file      string
	gazetteer *names.Gazetteer
	errs      []error
}

func (r *configReader) fail(n *yaml.Node, err error) {
	r.errs = append(r.errs, &LineError{r.file, n.Line, err})
}

// fields hands the values of a mapping to the readers of their keys. A key that
// has none is a mistake: a setting that is silently ignored is worse than an error.
func (r *configReader) fields(n *yaml.Node, known map[string]func(*yaml.Node) error) {
	if n.Kind != yaml.MappingNode {
		r.fail(n, errors.New("settings of the form \"key: value\" are needed"))
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		read := known[key.Value]
		switch {
		case read == nil:
			r.fail(key, fmt.Errorf("unknown key %q; known are %s", key.Value, strings.Join(sortedKeys(known), ", ")))
		case seen[key.Value]:
			r.fail(key, fmt.Errorf("%q is set twice", key.Value))
		default:
			if err := read(value); err != nil {
				r.fail(value, fmt.Errorf("%s: %w", key.Value, err))
			}
		}
		seen[key.Value] = true
	}
}

// source reads one entry of the list.
func (r *configReader) source(c *Config, n *yaml.Node) {
	s := &Source{}
	before := len(r.errs)
	r.fields(n, map[string]func(*yaml.Node) error{
		"name":     text(&s.Name),
		"url":      func(n *yaml.Node) error { return webAddress(&s.URL, n) },
		"kind":     parsed(&s.Kind, ParseKind),
		"links":    parsed(&s.Links, NewPattern),
		"exclude":  parsed(&s.Exclude, NewPattern),
		"schedule": parsed(&s.Schedule, ParseDuration),
		"rate":     parsed(&s.Rate, ParseDuration),
		"pages":    parsed(&s.Pages, countOf),
		"parties":  func(n *yaml.Node) error { return r.parties(&s.Parties, n) },
		"issuer":   parsed(&s.Issuer, r.party),
		"map":      func(n *yaml.Node) error { return r.mapping(&s.Map, n) },
		"headers":  func(n *yaml.Node) error { return headersOf(&s.Headers, n) },
		"select": func(n *yaml.Node) error {
			r.fields(n, map[string]func(*yaml.Node) error{
				"links":   parsed(&s.Select.Links, selector),
				"content": parsed(&s.Select.Content, selector),
				"remove":  parsed(&s.Select.Remove, selector),
			})
			return nil
		},
	})
	if len(r.errs) > before {
		return
	}
	switch {
	case !nameForm.MatchString(s.Name):
		r.fail(n, fmt.Errorf("name %q: letters, digits, dots and hyphens are needed", s.Name))
	case s.URL == "":
		r.fail(n, fmt.Errorf("source %s has no url", s.Name))
	case s.Kind == "":
		r.fail(n, fmt.Errorf("source %s has no kind: page, index, feed, sitemap or records", s.Name))
	case c.Source(s.Name) != nil:
		r.fail(n, fmt.Errorf("a source named %s stands further up", s.Name))
	default:
		c.Sources = append(c.Sources, s)
	}
}

// mapping reads where in data the parts of a release stand.
func (r *configReader) mapping(to **container.Mapping, n *yaml.Node) error {
	m := &container.Mapping{}
	r.fields(n, map[string]func(*yaml.Node) error{
		"records": text(&m.Records), "title": text(&m.Title), "text": text(&m.Text), "published": text(&m.Published),
		"modified": text(&m.Modified), "url": text(&m.URL), "language": text(&m.Language),
	})
	*to = m
	return m.Check()
}

var nameForm = pattern.New(`^[\p{L}\p{N}][\p{L}\p{N}._-]*$`)

func text(to *string) func(*yaml.Node) error {
	return parsed(to, func(s string) (string, error) { return strings.TrimSpace(s), nil })
}

// parsed reads a scalar with parse.
func parsed[T any](to *T, parse func(string) (T, error)) func(*yaml.Node) error {
	return func(n *yaml.Node) (err error) {
		if n.Kind != yaml.ScalarNode {
			return errors.New("one value is needed")
		}
		*to, err = parse(n.Value)
		return err
	}
}

func webAddress(to *string, n *yaml.Node) error {
	u, err := url.Parse(strings.TrimSpace(n.Value))
	switch {
	case err != nil:
		return err
	case u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return fmt.Errorf("%q is not an http or https address", n.Value)
	}
	*to = u.String()
	return nil
}

func countOf(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > maxPages {
		return 0, fmt.Errorf("%q is not a number from 1 to %d", s, maxPages)
	}
	return n, nil
}

func selector(s string) (string, error) {
	_, err := cascadia.ParseGroup(s)
	return s, err
}

// party reads a party by code or by name.
func (r *configReader) party(s string) (timeline.Party, error) {
	p, ok := r.gazetteer.Lookup(s)
	if !ok {
		return "", fmt.Errorf("%q is not a party that is known by code or name", s)
	}
	return p, nil
}

func (r *configReader) parties(to *[]timeline.Party, n *yaml.Node) error {
	var names []string
	if err := n.Decode(&names); err != nil {
		return errors.New("a list of codes is needed, such as [NO, UY]")
	}
	for _, name := range names {
		p, err := r.party(name)
		if err != nil {
			return err
		}
		*to = append(*to, p)
	}
	*to = timeline.SortParties(*to)
	return nil
}

func headersOf(to *map[string]string, n *yaml.Node) error {
	if err := n.Decode(to); err != nil {
		return errors.New("settings of the form \"Name: value\" are needed")
	}
	for k, v := range *to {
		switch http.CanonicalHeaderKey(k) {
		case "User-Agent", "Host", "Accept-Encoding", "Content-Length", "Connection", "If-None-Match", "If-Modified-Since":
			return fmt.Errorf("header %s is not the user's to set", k)
		}
		if !httpguts.ValidHeaderFieldName(k) || !httpguts.ValidHeaderFieldValue(v) {
			return fmt.Errorf("header %q cannot be sent", k)
		}
	}
	return nil
}
