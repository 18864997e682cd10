package sources

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// ErrNoSource is returned where no source has the given name.
var ErrNoSource = errors.New("no such source")

// Add puts a source at the end of the list. It is an error if the name is taken or
// the address is there already.
func (c *Config) Add(s *Source) error {
	if c.Source(s.Name) != nil {
		return fmt.Errorf("a source named %s is there already", s.Name)
	}
	if i := slices.IndexFunc(c.Sources, func(o *Source) bool { return o.URL == s.URL }); i >= 0 {
		return fmt.Errorf("%s is the address of source %s already", s.URL, c.Sources[i].Name)
	}
	if !nameForm.MatchString(s.Name) {
		return fmt.Errorf("name %q: letters, digits, dots and hyphens are needed", s.Name)
	}
	list := c.list()
	list.Content = append(list.Content, s.node())
	c.Sources = append(c.Sources, s)
	return nil
}

// Remove takes a source off the list, or returns [ErrNoSource].
func (c *Config) Remove(name string) error {
	at := slices.IndexFunc(c.Sources, func(s *Source) bool { return s.Name == name })
	if at < 0 {
		return fmt.Errorf("%w: %s", ErrNoSource, name)
	}
	c.Sources = slices.Delete(c.Sources, at, at+1)
	list := c.list()
	list.Content = slices.Delete(list.Content, at, at+1)
	return nil
}

// Encode returns the file with its changes. The user's comments stay.
func (c *Config) Encode() ([]byte, error) {
	c.list()
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := errors.Join(enc.Encode(&c.file), enc.Close()); err != nil {
		return nil, fmt.Errorf("write sources: %w", err)
	}
	return b.Bytes(), nil
}

// list returns the node of the list of sources, making what is missing.
func (c *Config) list() *yaml.Node {
	if len(c.file.Content) == 0 {
		c.file = yaml.Node{Kind: yaml.DocumentNode, Content: []*yaml.Node{{Kind: yaml.MappingNode, Tag: "!!map"}}}
	}
	top := c.file.Content[0]
	for i := 0; i+1 < len(top.Content); i += 2 {
		if top.Content[i].Value == "sources" {
			list := top.Content[i+1]
			list.Style &^= yaml.FlowStyle // "[]" cannot take entries that people can read
			return list
		}
	}
	list := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
	top.Content = append(top.Content, scalar("sources"), list)
	return list
}

func scalar(s string) *yaml.Node {
	n := &yaml.Node{}
	n.SetString(s)
	return n
}

// node is the source as an entry of the list, without what is not set.
func (s *Source) node() *yaml.Node {
	n := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	set := func(key, value string) {
		if value != "" {
			n.Content = append(n.Content, scalar(key), scalar(value))
		}
	}
	set("name", s.Name)
	set("url", s.URL)
	set("kind", string(s.Kind))
	if s.Links != nil {
		set("links", s.Links.String())
	}
	if s.Exclude != nil {
		set("exclude", s.Exclude.String())
	}
	if len(s.Parties) > 0 {
		list := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Style: yaml.FlowStyle}
		for _, p := range s.Parties {
			list.Content = append(list.Content, scalar(string(p)))
		}
		n.Content = append(n.Content, scalar("parties"), list)
	}
	set("issuer", string(s.Issuer))
	set("schedule", s.Schedule.String())
	set("rate", s.Rate.String())
	if s.Pages > 0 {
		n.Content = append(n.Content, scalar("pages"), &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: strconv.Itoa(s.Pages)})
	}
	pairs := func(key string, m map[string]string) {
		sub := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
		for _, k := range slices.Sorted(maps.Keys(m)) {
			if m[k] != "" {
				sub.Content = append(sub.Content, scalar(k), scalar(m[k]))
			}
		}
		if len(sub.Content) > 0 {
			n.Content = append(n.Content, scalar(key), sub)
		}
	}
	pairs("select", map[string]string{"links": s.Select.Links, "content": s.Select.Content, "remove": s.Select.Remove})
	pairs("headers", s.Headers)
	return n
}

// NameFor makes a name for the source at an address that no source of c has yet:
// the part of the host that tells it apart, with a number where that is taken.
func (c *Config) NameFor(address string) string {
	host := ""
	if u, err := url.Parse(address); err == nil {
		host = strings.ToLower(u.Hostname())
	}
	labels := slices.DeleteFunc(strings.Split(strings.TrimPrefix(host, "www."), "."), func(l string) bool { return l == "" })
	if len(labels) > 1 && strings.Trim(host, "0123456789.") != "" {
		labels = labels[:len(labels)-1]
	}
	base := cmp.Or(strings.Trim(strings.Join(labels, "-"), "-"), "source")
	if !nameForm.MatchString(base) {
		base = "source"
	}
	name := base
	for n := 2; c.Source(name) != nil; n++ {
		name = fmt.Sprintf("%s-%d", base, n)
	}
	return name
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
