package publish

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"

	"readout/internal/ask"
	"readout/internal/letters"
	"readout/timeline"
)

// cslItem is an item of CSL-JSON (https://citeproc-js.readthedocs.io, "CSL-JSON input").
type cslItem struct {
	ID        string    `json:"id"`
	Type      string    `json:"type"`
	Title     string    `json:"title"`
	Author    []cslName `json:"author,omitempty"`
	Publisher string    `json:"publisher,omitempty"`
	URL       string    `json:"URL,omitempty"`
	Issued    *cslDate  `json:"issued,omitempty"`
	Accessed  *cslDate  `json:"accessed,omitempty"`
	Language  string    `json:"language,omitempty"`
	Version   string    `json:"version"`
	Abstract  string    `json:"abstract,omitempty"` // the quotation
	Note      string    `json:"note"`
}

type cslName struct {
	Literal string `json:"literal"`
}

type cslDate struct {
	Parts [][]int `json:"date-parts"`
}

// CSL writes a citation as CSL-JSON, which Zotero, pandoc and citeproc read.
func CSL(w io.Writer, c *ask.Citation) error {
	item := cslItem{
		ID:        c.ID,
		Type:      "webpage",
		Title:     c.Title,
		Publisher: c.Issuer,
		URL:       c.Source,
		Issued:    cslDay(c.Day()),
		Language:  c.Language,
		Version:   fmt.Sprint(c.Version),
		Abstract:  c.Quotation,
		Note:      c.Proof(),
	}
	if c.Issuer != "" {
		item.Author = []cslName{{c.Issuer}}
	}
	if !c.CapturedAt.IsZero() {
		item.Accessed = cslDay(timeline.DateOf(c.CapturedAt.UTC()))
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode([]cslItem{item})
}

// cslDay returns a day in parts, nil for none.
func cslDay(d timeline.Date) *cslDate {
	if d.IsZero() {
		return nil
	}
	t := d.Time()
	return &cslDate{[][]int{{t.Year(), int(t.Month()), t.Day()}}}
}

// RIS writes a citation in the format of RefMan, which every reference manager reads.
func RIS(w io.Writer, c *ask.Citation) error {
	var b strings.Builder
	tag := func(name, value string) {
		if value = letters.Clean(value); value != "" {
			fmt.Fprintf(&b, "%s  - %s\r\n", name, value)
		}
	}
	tag("TY", "ELEC")
	tag("ID", c.ID)
	tag("TI", c.Title)
	tag("AU", c.Issuer)
	tag("PB", c.Issuer)
	tag("DA", strings.ReplaceAll(c.Day().String(), "-", "/"))
	tag("UR", c.Source)
	if !c.CapturedAt.IsZero() {
		tag("Y2", c.CapturedAt.UTC().Format("2006/01/02"))
	}
	tag("LA", c.Language)
	tag("AB", c.Quotation)
	tag("N1", c.Proof())
	b.WriteString("ER  - \r\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// BibTeX writes a citation as an entry of BibLaTeX's type online.
func BibTeX(w io.Writer, c *ask.Citation) error {
	var b strings.Builder
	fmt.Fprintf(&b, "@online{%s,\n", bibKey(c.ID))
	field := func(name, value string) {
		if value = letters.Clean(value); value != "" {
			fmt.Fprintf(&b, "  %s = {%s},\n", name, value)
		}
	}
	field("title", "{"+bibText(c.Title)+"}")
	if c.Issuer != "" {
		field("author", "{"+bibText(c.Issuer)+"}")
	}
	field("date", c.Day().String())
	field("url", strings.NewReplacer("{", "%7B", "}", "%7D", `\`, "%5C").Replace(c.Source))
	if !c.CapturedAt.IsZero() {
		field("urldate", c.CapturedAt.UTC().Format("2006-01-02"))
	}
	field("langid", c.Language)
	field("version", fmt.Sprint(c.Version))
	field("abstract", bibText(c.Quotation))
	field("note", bibText(c.Proof()))
	b.WriteString("}\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// bibKey is an id as a key of BibTeX, which takes letters, digits and few signs.
func bibKey(id string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' {
			return r
		}
		return ':'
	}, id)
}

// bibText escapes what TeX would read as a command.
func bibText(s string) string {
	return strings.NewReplacer(`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "$", `\$`, "&", `\&`, "%", `\%`, "#", `\#`, "_", `\_`,
		"~", `\textasciitilde{}`, "^", `\textasciicircum{}`).Replace(s)
}
