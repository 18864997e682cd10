package document

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html/charset"
)

// xmlNode is an element, or a text where name is "". Namespaces are left out: the
// formats read here have no two elements of one local name that matter.
type xmlNode struct {
	name     string
	text     string
	attrs    []xml.Attr
	children []*xmlNode
}

// Bounds on one XML part.
const (
	maxNodes = 2_000_000
	maxDepth = 256
)

var (
	errDeepXML = errors.New("its markup is nested too deep or has too many parts")
	errBadXML  = errors.New("its markup is damaged; save it anew and try again")
)

// parseXML reads a part into a tree. Entities that the part declares are not
// expanded.
func parseXML(data []byte) (*xmlNode, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = charset.NewReaderLabel
	root := &xmlNode{}
	open := []*xmlNode{root}
	for count := 0; ; count++ {
		t, err := d.Token()
		if err == io.EOF {
			return root, nil
		}
		if err != nil {
			return nil, errBadXML
		}
		if count > maxNodes || len(open) > maxDepth {
			return nil, errDeepXML
		}
		top := open[len(open)-1]
		switch t := t.(type) {
		case xml.StartElement:
			n := &xmlNode{name: t.Name.Local, attrs: t.Attr}
			top.children = append(top.children, n)
			open = append(open, n)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			top.children = append(top.children, &xmlNode{text: string(t)})
		}
	}
}

// attr returns the value of an attribute by its local name, or "".
func (n *xmlNode) attr(name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// child returns the first child element of a name, or nil; nil has no children.
func (n *xmlNode) child(name string) *xmlNode {
	if n == nil {
		return nil
	}
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

// first returns the first element of a name at any depth, or nil.
func (n *xmlNode) first(name string) *xmlNode {
	for _, c := range n.children {
		if c.name == name {
			return c
		}
		if f := c.first(name); f != nil {
			return f
		}
	}
	return nil
}

// all returns every element of a name, at any depth but not inside another.
func (n *xmlNode) all(name string) []*xmlNode {
	if n == nil {
		return nil
	}
	var out []*xmlNode
	for _, c := range n.children {
		if c.name == name {
			out = append(out, c)
		} else {
			out = append(out, c.all(name)...)
		}
	}
	return out
}

// content returns all text under n.
func (n *xmlNode) content() string {
	if n.name == "" && len(n.children) == 0 {
		return n.text
	}
	var b strings.Builder
	for _, c := range n.children {
		b.WriteString(c.content())
	}
	return b.String()
}
