package document

import (
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

var frontMatter = regexp.MustCompile(`\A\s*---[ \t]*\r?\n((?s).*?)(?:\n|\A)(?:---|\.\.\.)[ \t]*(?:\r?\n|\z)`)

var yamlKey = regexp.MustCompile(`(?m)^[A-Za-z_][\w-]*[ \t]*:(?:[ \t]|\r?$)`)

// hasFrontMatter reports whether a text opens with a YAML block between "---"
// lines, which makes it Markdown whatever its name.
func hasFrontMatter(s string) bool {
	m := frontMatter.FindStringSubmatch(s)
	return m != nil && yamlKey.MatchString(m[1])
}

// cutFrontMatter parts the front matter from the text below it and reads it into
// meta. Front matter that is not valid YAML is skipped: the text matters more.
func cutFrontMatter(s string, meta *Meta) string {
	if !hasFrontMatter(s) {
		return s
	}
	m := frontMatter.FindStringSubmatchIndex(s)
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(s[m[2]:m[3]]), &root); err == nil && len(root.Content) > 0 {
		readFrontMatter(root.Content[0], meta)
	}
	return s[m[1]:]
}

// frontMatterKeys are the keys under which tools keep what Meta holds; for each
// field the first that is present counts.
var frontMatterKeys = []struct {
	field func(*Meta) *string
	keys  []string
}{
	{func(m *Meta) *string { return &m.Title }, []string{"title"}},
	{func(m *Meta) *string { return &m.URL }, []string{"source_url", "canonical_url", "canonical", "url", "link", "source"}},
	{func(m *Meta) *string { return &m.Date }, []string{"date", "held"}},
	{func(m *Meta) *string { return &m.Published }, []string{"published_time", "published", "publish_date", "pubdate"}},
	{func(m *Meta) *string { return &m.Modified }, []string{"modified_time", "modified", "updated", "lastmod"}},
	{func(m *Meta) *string { return &m.Captured }, []string{"captured_at", "observed_at", "retrieved", "accessed"}},
	{func(m *Meta) *string { return &m.Language }, []string{"lang", "language"}},
	{func(m *Meta) *string { return &m.Kind }, []string{"type", "kind", "category"}},
	{func(m *Meta) *string { return &m.SiteName }, []string{"site_name", "site", "publisher"}},
}

// readFrontMatter copies the scalars of a YAML mapping. They are read as printed,
// so that a date keeps the zone and precision its author gave it.
func readFrontMatter(mapping *yaml.Node, meta *Meta) {
	values := map[string]string{}
	if mapping.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if v := mapping.Content[i+1]; v.Kind == yaml.ScalarNode && v.Tag != "!!null" {
			values[strings.ToLower(mapping.Content[i].Value)] = v.Value
		}
	}
	for _, k := range frontMatterKeys {
		for _, key := range k.keys {
			if v := strings.TrimSpace(values[key]); v != "" && (key != "source" || strings.Contains(v, "://")) {
				*k.field(meta) = v
				break
			}
		}
	}
}
