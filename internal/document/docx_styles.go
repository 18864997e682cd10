package document

import (
	"readout/internal/rules/pattern"
	"strconv"
	"strings"
)

// docxFont is what matters of how a run is set.
type docxFont struct{ strong, hidden bool }

// docxLook is how a paragraph is set, its style applied.
type docxLook struct {
	docxFont
	align     string // "center", "right" or ""
	level     int    // of a heading from 1, 0 for text
	list      string // numbering that it belongs to, "" for none
	listLevel int    // from 0
}

// docxStyles are the styles of a document by their ids.
type docxStyles struct {
	byID map[string]*xmlNode
	// def is the id of the style of paragraphs that name none.
	def string
}

// newDOCXStyles reads the part of styles; nil has none.
func newDOCXStyles(part *xmlNode) docxStyles {
	s := docxStyles{byID: map[string]*xmlNode{}}
	for _, n := range part.all("style") {
		id := n.attr("styleId")
		s.byID[id] = n
		if n.attr("type") == "paragraph" && on(n.attr("default")) && n.attr("default") != "" {
			s.def = id
		}
	}
	return s
}

// chain returns a style and those it is based on, the outermost first.
func (s docxStyles) chain(id string) []*xmlNode {
	var out []*xmlNode
	for n := s.byID[id]; n != nil && len(out) < 32; n = s.byID[n.child("basedOn").attr("val")] {
		out = append([]*xmlNode{n}, out...)
	}
	return out
}

var headingName = pattern.New(`^heading ([1-9])$`)

// paragraph returns the look of a paragraph with the given properties, which may
// be nil.
func (s docxStyles) paragraph(pPr *xmlNode) docxLook {
	look := docxLook{}
	id := pPr.child("pStyle").attr("val")
	if id == "" {
		id = s.def
	}
	for _, style := range s.chain(id) {
		look.apply(style.child("pPr"))
		look.docxFont.apply(style.child("rPr"))
		// The names of the built-in styles are English in every language of Word.
		switch name := strings.ToLower(style.child("name").attr("val")); {
		case name == "title":
			look.level = 1
		case name == "subtitle":
			look.level = 2
		default:
			if m := headingName.FindStringSubmatch(name); m != nil {
				look.level, _ = strconv.Atoi(m[1])
			}
		}
	}
	look.apply(pPr)
	return look
}

// apply applies the properties of a paragraph or of its style.
func (l *docxLook) apply(pPr *xmlNode) {
	if pPr == nil {
		return
	}
	switch jc := pPr.child("jc").attr("val"); jc {
	case "":
	case "center", "right":
		l.align = jc
	case "end":
		l.align = "right"
	default:
		l.align = ""
	}
	if v, err := strconv.Atoi(pPr.child("outlineLvl").attr("val")); err == nil {
		l.level = 0
		if v < 9 {
			l.level = v + 1
		}
	}
	if num := pPr.child("numPr"); num != nil {
		if id := num.child("numId").attr("val"); id != "" {
			l.list = id
		}
		if v, err := strconv.Atoi(num.child("ilvl").attr("val")); err == nil {
			l.listLevel = v
		}
	}
}

// run returns the font of a run with the given properties, which may be nil, in a
// paragraph set in font.
func (s docxStyles) run(rPr *xmlNode, font docxFont) docxFont {
	for _, style := range s.chain(rPr.child("rStyle").attr("val")) {
		font.apply(style.child("rPr"))
	}
	font.apply(rPr)
	return font
}

// apply applies the properties of a run or style. Underlining counts as bold, as
// in old documents it heads a section; that of a link does not.
func (f *docxFont) apply(rPr *xmlNode) {
	if rPr == nil {
		return
	}
	if b := rPr.child("b"); b != nil {
		f.strong = on(b.attr("val"))
	}
	if u := rPr.child("u"); u != nil && rPr.child("color") == nil && u.attr("val") != "none" && u.attr("val") != "" {
		f.strong = true
	}
	if v := rPr.child("vanish"); v != nil {
		f.hidden = on(v.attr("val"))
	}
}

// on reads a switch: present without a value is on.
func on(v string) bool {
	switch v {
	case "0", "false", "off", "none":
		return false
	}
	return true
}
