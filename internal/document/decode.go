package document

import (
	"fmt"
	"html"
	"mime"
	"strings"

	"readout/internal/document/charset"
	"readout/internal/rules/pattern"
)

// Decode turns the bytes of a text into valid UTF-8 and names their encoding, as
// [Parse] does before it reads a format. It reports false for bytes that are no
// text in any encoding.
func Decode(data []byte, o Options) (text, name string, ok bool) {
	t, ok := decode(data, o)
	return t.text, t.name, ok
}

// decoded is a text with what is to be said of the way to it.
type decoded struct {
	text, name string
	warnings   []string
}

// decode reads bytes as a text, and undoes what a program did to it that took one
// encoding for another.
func decode(data []byte, o Options) (decoded, bool) {
	head := strings.ToLower(strings.TrimSpace(string(data[:min(len(data), 512)])))
	t, ok := charset.Decode(data, charset.Hints{Declared: declarations(data, o), Markup: opensHTML(head), Letters: o.words().letters})
	if !ok {
		return decoded{}, false
	}
	d := decoded{text: t.Text, name: t.Name}
	switch {
	case t.Name == "utf-8" && t.Lost == 0: // which no other encoding looks like
	case t.Overruled != "":
		d.warn("declared as %s, but its bytes are %s and were read so", t.Overruled, t.Name)
	case t.Guessed:
		d.warn("no encoding is declared; its bytes were read as %s", t.Name)
	}
	if fixed, n := charset.Repair(unreferenced(t.Text)); n > 0 {
		d.text = fixed
		d.warn("%d characters had been read in a wrong encoding and saved so; they were repaired", n)
	}
	return d, true
}

func (d *decoded) warn(format string, a ...any) {
	d.warnings = append(d.warnings, fmt.Sprintf(format, a...))
}

var reference = pattern.New(`&(?:[A-Za-z]{2,8}|#\d{2,7}|#[xX][0-9A-Fa-f]{2,6});`)

// unreferenced returns a page with the references to characters beyond ASCII
// resolved where they may be a misread text: "&acirc;&#8364;&trade;".
func unreferenced(s string) string {
	if !strings.Contains(s, "&acirc;") && !strings.Contains(s, "&Atilde;") && !strings.Contains(s, "&Acirc;") &&
		!strings.Contains(s, "&#226;") && !strings.Contains(s, "&#195;") && !strings.Contains(s, "&#194;") {
		return s
	}
	return reference.ReplaceAllStringFunc(s, func(ref string) string {
		if c := html.UnescapeString(ref); strings.IndexFunc(c, func(r rune) bool { return r < 0x80 }) < 0 {
			return c
		}
		return ref
	})
}

var (
	metaTag     = pattern.New(`(?i)<meta\s[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)`)
	xmlEncoding = pattern.New(`(?i)^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)`)
)

// declarations lists the labels under which the bytes are declared, the most
// trustworthy first.
func declarations(data []byte, o Options) []string {
	var out []string
	if o.Charset != "" {
		out = append(out, o.Charset)
	}
	if _, params, err := mime.ParseMediaType(o.MediaType); err == nil && params["charset"] != "" {
		out = append(out, params["charset"])
	}
	head := data[:min(len(data), 16<<10)]
	if m := xmlEncoding.FindSubmatch(head); m != nil {
		out = append(out, string(m[1]))
	}
	if m := metaTag.FindSubmatch(head); m != nil {
		out = append(out, string(m[1]))
	}
	return out
}
