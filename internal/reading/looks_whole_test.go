package reading_test

import (
	"html"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/internal/reading"
)

// whole is one way to set all that stands below the title of a sheet.
type whole struct {
	name string
	ext  string // of the file that it makes
	set  func(s sheet) string
}

// wholes are pages in which one line depends on its neighbours.
func wholes() []whole {
	return []whole{
		{"lists in lists", ".html", func(s sheet) string { return s.htmlPage(s.nestedLists()) }},
		{"one list of terms", ".html", func(s sheet) string { return s.htmlPage("<dl>" + s.terms() + "</dl>") }},
		{"one table", ".html", func(s sheet) string { return s.htmlPage(s.oneTable()) }},
		{"one paragraph", ".html", func(s sheet) string { return s.htmlPage(s.broken()) }},
		{"text", ".txt", func(s sheet) string { return s.plainText(0) }},
		{"text in columns", ".txt", func(s sheet) string { return s.plainText(72) }},
	}
}

func (s sheet) htmlPage(body string) string {
	title, day := "", ""
	for _, l := range s.lines {
		switch l.kind {
		case "title":
			title = l.text
		case "day":
			day = l.text
		}
	}
	return "<html><head><meta charset=utf-8><title>" + title + "</title></head><body><h1>" + title + "</h1><p align=right>" + day + "</p>\n" + body + "</body></html>"
}

// below returns the lines under the title and the day, their sentences joined.
func (s sheet) below() []line {
	var out []line
	space := " "
	if s.lang == "ja" {
		space = ""
	}
	for _, l := range s.lines {
		if l.kind != "title" && l.kind != "day" {
			l.text = strings.ReplaceAll(l.text, " / ", space)
			out = append(out, l)
		}
	}
	return out
}

// nestedLists sets items as lists in lists. Numbers that a browser would print alike
// are left to it.
func (s sheet) nestedLists() string {
	var b strings.Builder
	open := []string{} // what closes the lists that are open
	for _, l := range s.below() {
		depth := 0
		if l.kind[0] == 'i' {
			depth = int(l.kind[1] - '0')
		}
		for len(open) > depth {
			b.WriteString("</li>" + open[len(open)-1])
			open = open[:len(open)-1]
		}
		if depth == 0 {
			if l.kind[0] == 'h' {
				b.WriteString("<h" + string(l.kind[1]+1) + ">" + html.EscapeString(l.printed()) + "</h" + string(l.kind[1]+1) + ">\n")
			} else {
				b.WriteString("<p>" + html.EscapeString(l.printed()) + "</p>\n")
			}
			continue
		}
		text := html.EscapeString(l.text)
		before, after := `<ul style="list-style-type: none">`, "</ul>"
		switch n := strings.TrimSuffix(l.number, "."); {
		case n == "•" || n == "-":
			before = "<ul>"
		case n == l.number:
			text = html.EscapeString(l.printed())
		case n[0] <= '9':
			before, after = "<ol start=\""+n+"\">", "</ol>"
		case strings.Trim(n, "ivx") == "":
			before, after = `<ol type="i">`, "</ol>"
		default:
			before, after = `<ol type="a">`, "</ol>"
		}
		if len(open) == depth {
			b.WriteString("</li>\n")
			before = ""
		} else {
			open = append(open, after)
		}
		value := ""
		if n := strings.TrimSuffix(l.number, "."); n != l.number && n[0] <= '9' {
			value = ` value="` + n + `"`
		}
		b.WriteString(before + "<li" + value + ">" + text)
	}
	for len(open) > 0 {
		b.WriteString("</li>" + open[len(open)-1])
		open = open[:len(open)-1]
	}
	return b.String()
}

// terms sets headings as terms and all else as what is said of them.
func (s sheet) terms() string {
	var b strings.Builder
	for _, l := range s.below() {
		tag := "dd"
		if l.kind[0] == 'h' {
			tag = "dt"
		}
		b.WriteString("<" + tag + ">" + html.EscapeString(l.printed()) + "</" + tag + ">\n")
	}
	return b.String()
}

// oneTable sets a line a row, with its number in a cell of its own.
func (s sheet) oneTable() string {
	b := strings.Builder{}
	b.WriteString("<table>")
	for _, l := range s.below() {
		text := html.EscapeString(l.text)
		if l.kind[0] == 'h' {
			text = "<strong>" + text + "</strong>"
		}
		b.WriteString("<tr><td>" + html.EscapeString(l.number) + "</td><td>" + text + "</td></tr>\n")
	}
	return b.String() + "</table>"
}

// broken sets everything in one paragraph with breaks between the lines, headings in
// bold.
func (s sheet) broken() string {
	var b strings.Builder
	b.WriteString("<p>")
	for i, l := range s.below() {
		if i > 0 && (l.kind == "p" || l.kind[0] == 'h') {
			b.WriteString("<br>")
		}
		if l.kind[0] == 'h' {
			b.WriteString("<b>" + html.EscapeString(l.printed()) + "</b><br>\n")
		} else {
			b.WriteString(html.EscapeString(l.printed()) + "<br>\n")
		}
	}
	return b.String() + "</p>"
}

// plainText sets a text file, with lines of at most width columns where that is not 0.
func (s sheet) plainText(width int) string {
	var b strings.Builder
	for _, l := range s.lines {
		l.text = strings.ReplaceAll(l.text, " / ", map[bool]string{true: "", false: " "}[s.lang == "ja"])
		indent := ""
		if l.kind[0] == 'i' {
			indent = strings.Repeat("  ", int(l.kind[1]-'1'))
		}
		at := len(indent)
		b.WriteString(indent)
		for i, word := range strings.Split(l.printed(), " ") {
			switch {
			case i == 0:
			case width > 0 && at+1+len(word) > width:
				b.WriteString("\n" + indent)
				at = len(indent)
			default:
				b.WriteString(" ")
				at++
			}
			b.WriteString(word)
			at += len(word)
		}
		b.WriteString("\n\n")
	}
	return b.String()
}

// TestWholeLooks is TestLooks for lists, tables and text files.
func TestWholeLooks(t *testing.T) {
	rules := reading.Default()
	for _, file := range sheetFiles(t) {
		s := readSheet(t, file)
		for _, w := range wholes() {
			t.Run(filepath.Base(file)+"/"+w.name, func(t *testing.T) {
				page := w.set(s)
				rel := read(t, rules, "a"+w.ext, []byte(page), reading.Overrides{})
				checkLaws(t, rel)
				if diff := cmp.Diff(strings.Split(s.structure(), "\n"), strings.Split(structureOf(rel), "\n")); diff != "" {
					t.Errorf("(-want +got)\n%s\n%s", diff, page)
				}
			})
		}
	}
}
