package container

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"readout/internal/rules/pattern"
	"strings"
)

// A tree is what JSON, CSV and XML are made of: map[string]any, []any, string,
// json.Number, bool, nil. An element of XML is a map of its attributes ("@id") and of
// the lists of its elements by their names; inner holds what stands between its tags.
const inner = "#inner"

// Bounds on a tree.
const (
	deepest    = 64      // of what is nested
	maxRecords = 100_000 // rows and elements
)

var errDeep = errors.New("nested too deeply")

var xmlEncoding = pattern.New(`(?i)^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)`)

// declaredIn returns the encoding that XML declares, none for anything else.
func declaredIn(data []byte) []string {
	if m := xmlEncoding.FindSubmatch(data[:min(len(data), 1024)]); m != nil {
		return []string{string(m[1])}
	}
	return nil
}

// parse reads data as a tree.
func parse(kind Kind, s string) (any, error) {
	switch kind {
	case JSON:
		return parseJSON(s)
	case CSV:
		return parseCSV(s)
	}
	return parseXML(s)
}

// parseJSON reads one value, or a list of those on the lines of a JSON Lines file.
func parseJSON(s string) (any, error) {
	if err := shallow(s); err != nil {
		return nil, err
	}
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	var all []any
	for {
		var v any
		err := d.Decode(&v)
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		if all = append(all, v); len(all) > maxRecords {
			return nil, ErrLimit
		}
	}
	if len(all) == 1 {
		return all[0], nil
	}
	return all, nil
}

// shallow returns an error for JSON that is nested too deeply to be records.
func shallow(s string) error {
	depth := 0
	quoted := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[' || c == '{':
			if depth++; depth > deepest {
				return errDeep
			}
		case c == ']' || c == '}':
			depth--
		}
	}
	return nil
}

// parseCSV reads a table whose first row names its columns.
func parseCSV(s string) (any, error) {
	s = strings.TrimPrefix(s, "\ufeff")
	first, _, _ := strings.Cut(s, "\n")
	r := csv.NewReader(strings.NewReader(s))
	if comma := separatorOf([]byte(first)); comma != 0 {
		r.Comma = comma
	}
	r.LazyQuotes, r.ReuseRecord, r.FieldsPerRecord = true, false, -1
	names, err := r.Read()
	if err != nil {
		return nil, err
	}
	var rows []any
	for {
		row, err := r.Read()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		one := map[string]any{}
		for i, v := range row[:min(len(row), len(names))] {
			one[strings.TrimSpace(names[i])] = v
		}
		if rows = append(rows, one); len(rows) > maxRecords {
			return nil, ErrLimit
		}
	}
}

// parseXML reads the elements of XML. Entities of its own are not expanded.
func parseXML(s string) (any, error) {
	d := xml.NewDecoder(strings.NewReader(s))
	d.Strict = false
	d.AutoClose, d.Entity = xml.HTMLAutoClose, xml.HTMLEntity
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is decoded
	type open struct {
		name  string
		node  map[string]any
		start int64
	}
	root := map[string]any{}
	stack := []open{{node: root}}
	for count := 0; ; {
		before := d.InputOffset()
		token, err := d.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if count++; count > maxRecords*10 {
				return nil, ErrLimit
			}
			if len(stack) > deepest {
				return nil, errDeep
			}
			node := map[string]any{}
			for _, a := range t.Attr {
				node["@"+a.Name.Local] = a.Value
			}
			parent := stack[len(stack)-1].node
			list, _ := parent[t.Name.Local].([]any)
			parent[t.Name.Local] = append(list, node)
			stack = append(stack, open{t.Name.Local, node, d.InputOffset()})
		case xml.EndElement:
			top := stack[len(stack)-1]
			if len(stack) == 1 || top.name != t.Name.Local {
				return nil, fmt.Errorf("</%s> where <%s> is open", t.Name.Local, top.name)
			}
			top.node[inner] = text(s[top.start:before])
			stack = stack[:len(stack)-1]
		}
	}
	if len(stack) > 1 {
		return nil, fmt.Errorf("<%s> is not closed", stack[len(stack)-1].name)
	}
	return root, nil
}

// text returns what stands between two tags, with the markup of CDATA taken off.
func text(s string) string {
	s = strings.TrimSpace(s)
	if body, ok := strings.CutPrefix(s, "<![CDATA["); ok && strings.HasSuffix(body, "]]>") && strings.Count(body, "]]>") == 1 {
		return strings.TrimSuffix(body, "]]>")
	}
	return s
}
