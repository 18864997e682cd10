package document

import (
	"errors"
	"fmt"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"go.yaml.in/yaml/v3"
	"readout/internal/rules/pattern"
)

// Bounds on front matter: more is text, and what is nested deeper is no list of
// titles and days.
const (
	maxFrontMatter = 64 << 10
	maxFlow        = 100 // opening brackets
)

// fence is a kind of front matter.
type fence struct {
	open, close string
	also        string           // another line that closes it, "" for none
	key         *pattern.Pattern // a line with a key, its value without quotation marks in the second group
	decode      func(string) (map[string]string, error)
}

var fences = []fence{
	{"---", "---", "...", pattern.New(`^([A-Za-z_][\w-]*)[ \t]*:(?:[ \t]+(.*))?$`), decodeYAML},
	{"+++", "+++", "", pattern.New(`^([A-Za-z_][\w-]*)[ \t]*=[ \t]*(.*)$`), decodeTOML},
}

// frontMatter is the block at the head of a text, between two fences.
type frontMatter struct {
	fence
	body string
	size int // bytes of the text that the block takes
}

// findFrontMatter returns the block that a text opens with, which makes it Markdown
// whatever its name. It reports false for a text without one, and for a block that
// has no key: a rule and a paragraph are no front matter.
func findFrontMatter(s string) (frontMatter, bool) {
	at := len(s) - len(strings.TrimLeft(s, " \t\r\n"))
	line, next := lineAt(s, at)
	for _, f := range fences {
		if line != f.open {
			continue
		}
		keyed := false
		for start := next; next < len(s) && next-at <= maxFrontMatter; {
			from := next
			line, next = lineAt(s, from)
			if line == f.close || f.also != "" && line == f.also {
				return frontMatter{f, s[start:from], next}, keyed
			}
			keyed = keyed || f.key.MatchString(line)
		}
	}
	return frontMatter{}, false
}

// lineAt returns the line that begins at i without the white space at its end, and
// where the next one begins.
func lineAt(s string, i int) (string, int) {
	end := strings.IndexByte(s[i:], '\n')
	if end < 0 {
		return strings.TrimRight(s[i:], " \t\r"), len(s)
	}
	return strings.TrimRight(s[i:i+end], " \t\r"), i + end + 1
}

// hasFrontMatter reports whether a text opens with a block of front matter.
func hasFrontMatter(s string) bool {
	_, ok := findFrontMatter(s)
	return ok
}

// cutFrontMatter parts the front matter from the text below it and reads it into the
// document. What its language cannot read is read line by line, with a warning.
func cutFrontMatter(s string, doc *Document) string {
	m, ok := findFrontMatter(s)
	if !ok {
		return s
	}
	values, err := m.decode(m.body)
	if err != nil {
		values = m.salvage()
		doc.warn("text", fmt.Sprintf("the front matter is faulty (%v) and was read line by line", err))
	}
	doc.Meta.take(values)
	return s[m.size:]
}

// salvage reads the keys of a faulty block: the first line of each, and the indented
// lines that go on with it. Lists and what is nested are left out.
func (m frontMatter) salvage() map[string]string {
	values := map[string]string{}
	current := ""
	for line := range strings.SplitSeq(m.body, "\n") {
		line = strings.TrimRight(line, " \t\r")
		key := m.key.FindStringSubmatch(line)
		inner := strings.TrimLeft(line, " \t")
		switch {
		case key != nil && values[strings.ToLower(key[1])] == "":
			current = strings.ToLower(key[1])
			values[current] = blockScalar.ReplaceAllString(key[2], "")
		case key == nil && current != "" && inner != "" && inner != line && inner[0] != '-' && !m.key.MatchString(inner):
			values[current] = strings.TrimSpace(values[current] + " " + inner)
		default:
			current = ""
		}
	}
	for key, v := range values {
		values[key] = unquoted(v)
	}
	return values
}

// blockScalar is the sign that a value stands on the lines below its key.
var blockScalar = pattern.New(`^[>|][+-]?$`)

// unquoted returns a value without the quotation marks around it, however many.
func unquoted(v string) string {
	v = strings.TrimSpace(v)
	for len(v) >= 2 && (v[0] == '"' || v[0] == '\'') && v[0] == v[len(v)-1] {
		v = strings.TrimSpace(v[1 : len(v)-1])
	}
	return strings.Trim(v, `"`)
}

// decodeYAML returns the scalars of a YAML mapping, keys in lower case. They are read
// as printed, so that a date keeps the zone and precision its author gave it.
func decodeYAML(body string) (map[string]string, error) {
	if strings.Count(body, "[")+strings.Count(body, "{") > maxFlow || strings.Count(body, "&") > maxFlow {
		return nil, errors.New("too deeply nested")
	}
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(body), &root); err != nil {
		return nil, errors.New(firstLine(strings.TrimPrefix(err.Error(), "yaml: ")))
	}
	values := map[string]string{}
	if len(root.Content) == 0 || root.Content[0].Kind != yaml.MappingNode {
		return values, nil
	}
	mapping := root.Content[0]
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		key := strings.ToLower(mapping.Content[i].Value)
		if _, twice := values[key]; twice {
			return nil, fmt.Errorf("%q is there twice", key)
		}
		if v := mapping.Content[i+1]; v.Kind == yaml.ScalarNode && v.Tag != "!!null" {
			values[key] = v.Value
		}
	}
	return values, nil
}

// decodeTOML returns the scalars of a TOML document, keys in lower case.
func decodeTOML(body string) (map[string]string, error) {
	if strings.Count(body, "[")+strings.Count(body, "{") > maxFlow {
		return nil, errors.New("too deeply nested")
	}
	var all map[string]any
	if err := toml.Unmarshal([]byte(body), &all); err != nil {
		return nil, errors.New(firstLine(strings.TrimPrefix(err.Error(), "toml: ")))
	}
	values := map[string]string{}
	for k, v := range all {
		switch v := v.(type) {
		case string:
			values[strings.ToLower(k)] = v
		case toml.LocalDate, toml.LocalDateTime:
			values[strings.ToLower(k)] = fmt.Sprint(v)
		case interface{ Format(string) string }: // an instant
			values[strings.ToLower(k)] = v.Format("2006-01-02T15:04:05Z07:00")
		}
	}
	return values, nil
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
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

// take copies the values of front matter, by their keys in lower case.
func (m *Meta) take(values map[string]string) {
	for _, k := range frontMatterKeys {
		for _, key := range k.keys {
			if v := strings.TrimSpace(values[key]); v != "" && (key != "source" || strings.Contains(v, "://")) {
				*k.field(m) = v
				break
			}
		}
	}
}
