package reading_test

import (
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"readout/internal/reading"
	"readout/timeline"
)

// line is one line of a text as a reader sees it. The files of testdata/looks have
// one a line, after its kind:
//
//	title, day, label   above the text
//	h1, h2              headings of the text, with the number they bear
//	p, i1, i2, i3       a paragraph, and items under it by depth, with their numbers
//	note                below the text
type line struct{ kind, number, text string }

// printed returns the line with its number, as a typist puts it.
func (l line) printed() string {
	if l.number == "" {
		return l.text
	}
	if spaceless := strings.ContainsFunc(l.text, func(c rune) bool { return c >= 0x3000 }); spaceless {
		return l.number + "\u3000" + l.text
	}
	return l.number + " " + l.text
}

// sheet is what testdata/looks holds of a release.
type sheet struct {
	lang  string
	lines []line
}

func sheetFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/looks/*.tsv")
	if err != nil || len(files) == 0 {
		t.Fatalf("no sheets (%v)", err)
	}
	return files
}

func readSheet(t *testing.T, file string) sheet {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var s sheet
	for row := range strings.Lines(string(data)) {
		cols := strings.Split(strings.TrimRight(row, "\n"), "\t")
		switch {
		case len(cols) == 2 && cols[0] == "lang":
			s.lang = cols[1]
		case len(cols) == 3:
			s.lines = append(s.lines, line{cols[0], cols[1], cols[2]})
		default:
			t.Fatalf("%s: %d columns in %q", file, len(cols), row)
		}
	}
	return s
}

// structure is what any page of the sheet must be read as: the title, the headings
// with their depth, and the sentences with the labels around them.
func (s sheet) structure() string {
	var b strings.Builder
	var heads, items []string
	depth := func(kind string) int { return int(kind[1] - '0') }
	label := func(l line) string { return norm.NFKC.String(strings.TrimRight(l.number, ".．、")) }
	for _, l := range s.lines {
		switch l.kind {
		case "title":
			fmt.Fprintf(&b, "title: %s\n", l.text)
		case "h1", "h2":
			heads, items = append(heads[:min(len(heads), depth(l.kind)-1)], label(l)), nil
			fmt.Fprintf(&b, "%s [%s] %s\n", strings.Repeat("#", depth(l.kind)), label(l), l.text)
		case "p":
			items = nil
		case "i1", "i2", "i3":
			items = append(items[:min(len(items), depth(l.kind)-1)], label(l))
		default:
			continue
		}
		if l.kind[0] == 'p' || l.kind[0] == 'i' {
			for _, text := range strings.Split(l.text, " / ") {
				fmt.Fprintf(&b, "%s: %s\n", spoken(append(append([]string{}, heads...), items...)), text)
			}
		}
	}
	return norm.NFKC.String(b.String())
}

// spoken joins labels to a path; bullets are signs, not labels.
func spoken(path []string) string {
	var out []string
	for _, l := range path {
		if l = strings.Trim(l, "-–•・■○* "); l != "" {
			out = append(out, l)
		}
	}
	return strings.Join(out, " ")
}

// structureOf gives the release in the form of structure.
func structureOf(rel *timeline.Release) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title: %s\n", rel.Title)
	section := -1
	for _, s := range rel.Statements {
		for s.Section > section {
			section++
			h := rel.Sections[section]
			fmt.Fprintf(&b, "%s [%s] %s\n", strings.Repeat("#", h.Depth), h.Number, h.Heading)
		}
		fmt.Fprintf(&b, "%s: %s\n", spoken(s.Path), s.Text)
	}
	return norm.NFKC.String(b.String())
}

// look is one way to set a line of some kind on a web page; x is its text, escaped.
type look struct {
	name string
	set  func(l line, x string) string
}

func around(name, before, after string) look {
	return look{name, func(_ line, x string) string { return before + x + after + "\n" }}
}

// headingLooks are ways to set a heading that look alike.
func headingLooks() []look {
	return []look{
		{"h2 and h3", func(l line, x string) string {
			level := l.kind[1:]
			if l.kind[0] == 'h' {
				level = string(l.kind[1] + 1)
			}
			return "<h" + level + ">" + x + "</h" + level + ">\n"
		}},
		{"plain", func(l line, x string) string {
			if l.kind == "title" {
				return "<h1>" + x + "</h1>\n"
			}
			return "<p>" + x + "</p>\n"
		}},
		{"run into the next line", func(l line, x string) string { return "<p><b>" + x + "</b><br>\n" }},
		{"center, title over two lines", func(l line, x string) string {
			if l.kind == "title" {
				x = strings.Replace(x, " (", "<br>(", 1)
				return "<center><b><font size=+2>" + x + "</font></b></center>\n"
			}
			return "<p><b><i>" + x + "</i></b></p>\n"
		}},
		around("class", `<p class="heading bold">`, "</p>"),
		around("b in p", "<p><b>", "</b></p>"),
		around("strong in p in span", `<p class="MsoNormal"><span lang="EN-GB"><strong><span>`, "</span></strong></span></p>"),
		around("p in strong", "<strong><p>", "</p></strong>"),
		around("style", `<div style="font-weight: bold; color: #036">`, "</div>"),
		around("font", `<font size="+1"><b>`, "</b></font><br><br>"),
		around("u", "<p><u>", "</u></p>"),
		around("dt", "<dl><dt><b>", "</b></dt></dl>"),
		around("dt, thin", "<dl><dt>", "</dt></dl>"),
		around("row", `<table border="0" width="100%"><tr><td bgcolor="#eeeeee"><b>`, "</b></td></tr></table>"),
		{"row, number apart", func(l line, x string) string {
			if l.number == "" {
				return `<table><tr><td colspan="2"><b>` + x + "</b></td></tr></table>\n"
			}
			return `<table><tr><td width="30"><b>` + html.EscapeString(l.number) + "</b></td><td><b>" + html.EscapeString(l.text) + "</b></td></tr></table>\n"
		}},
		{"number plain", func(l line, x string) string {
			return "<p>" + html.EscapeString(l.number) + " <b>" + html.EscapeString(l.text) + "</b></p>\n"
		}},
		around("b cut in two", "<p><b></b><b>", "</b><b><br></b></p>"),
	}
}

// parted is the empty line above a paragraph that has no number to tell it by.
func parted(l line) string {
	if l.kind == "p" {
		return "<br>"
	}
	return ""
}

// textLooks are ways to set paragraphs and items.
func textLooks() []look {
	indent := func(l line) int {
		if l.kind[0] == 'i' {
			return int(l.kind[1] - '0')
		}
		return 0
	}
	return []look{
		around("p", "<p>", "</p>"),
		around("div", "<div>", "</div>"),
		around("br", "", "<br><br>"),
		{"one br", func(l line, x string) string { return parted(l) + x + "<br>\n" }},
		{"hard spaces", func(l line, x string) string {
			return "<p>" + strings.Repeat("&nbsp;", 3*indent(l)) + strings.Replace(x, html.EscapeString(l.number)+" ", html.EscapeString(l.number)+"&nbsp;&nbsp;", 1) + "</p>\n"
		}},
		{"wide spaces", func(l line, x string) string {
			return parted(l) + strings.Repeat("\u3000", indent(l)) + x + "<br>\n"
		}},
		{"margin", func(l line, x string) string {
			return fmt.Sprintf(`<p style="margin-left:%dem; text-indent:-1em">%s</p>`+"\n", 2*indent(l), x)
		}},
		{"quote", func(l line, x string) string {
			return strings.Repeat("<blockquote>", indent(l)) + "<p>" + x + "</p>" + strings.Repeat("</blockquote>", indent(l)) + "\n"
		}},
		{"list without signs", func(l line, x string) string {
			n := indent(l)
			if n == 0 {
				return "<p>" + x + "</p>\n"
			}
			return strings.Repeat(`<ul style="list-style:none"><li>`, n) + x + strings.Repeat("</li></ul>", n) + "\n"
		}},
		{"row", func(l line, x string) string { return "<table><tr><td>" + x + "</td></tr></table>\n" }},
		{"row, number apart", func(l line, x string) string {
			if l.number == "" {
				return "<table><tr><td colspan=\"2\">" + x + "</td></tr></table>\n"
			}
			return `<table><tr><td valign="top">` + html.EscapeString(l.number) + "</td><td>" + html.EscapeString(l.text) + "</td></tr></table>\n"
		}},
		{"spans", func(l line, x string) string {
			if l.number == "" {
				return "<p><span>" + x + "</span></p>\n"
			}
			return "<p><span>" + html.EscapeString(l.number) + `<span style="font:7pt">&nbsp;&nbsp; </span></span><span>` + html.EscapeString(l.text) + "</span></p>\n"
		}},
		{"dd", func(l line, x string) string { return "<dl><dd>" + x + "</dd></dl>\n" }},
	}
}

// frames are pages around a text.
func frames() []look {
	return []look{
		{"bare", func(l line, x string) string {
			return "<html><head><title>" + l.text + "</title></head><body>\n" + x + "</body></html>"
		}},
		{"old tables", func(_ line, x string) string {
			return `<html><head><title>Press Releases</title></head><body bgcolor="white"><table width="760"><tr><td colspan="2"><a href="/">Home</a> &gt; <a href="/p">Press</a></td></tr>` +
				`<tr><td width="150"><a href="a">Minister</a><br><a href="b">Policy</a><br><a href="c">Visas</a></td><td><font size="2">` + x + `</font></td></tr></table></body></html>`
		}},
		{"new divisions", func(l line, x string) string {
			return "<!DOCTYPE html><html><head><meta charset=utf-8><title>" + l.text + `</title></head><body><header><nav><ul><li><a href="a">Home</a></li><li><a href="b">Policy</a></li></ul></nav></header>` +
				`<main><article><div class="body">` + x + `</div></article></main><footer><a href="s">Site map</a></footer></body></html>`
		}},
	}
}

// page sets the sheet.
func (s sheet) page(heading, text, frame look, wide bool) string {
	var b strings.Builder
	var title line
	for _, l := range s.lines {
		if wide {
			l.number = widened(l.number)
		}
		x := html.EscapeString(l.printed())
		x = strings.ReplaceAll(x, " / ", " ")
		if s.lang == "ja" {
			x = strings.ReplaceAll(x, " ", "")
		}
		l.text = strings.ReplaceAll(l.text, " / ", map[bool]string{true: "", false: " "}[s.lang == "ja"])
		switch l.kind {
		case "title":
			title = l
			b.WriteString(heading.set(l, x))
		case "day":
			b.WriteString(`<div align="right">` + x + "</div>\n")
		case "h1", "h2":
			b.WriteString(heading.set(l, x))
		default:
			b.WriteString(text.set(l, x))
		}
	}
	return frame.set(title, b.String())
}

// widened sets digits, letters and brackets at the width of a Chinese character.
func widened(s string) string {
	return strings.Map(func(c rune) rune {
		if '!' <= c && c <= '~' && c != '-' && c != '*' {
			return c - '!' + '！'
		}
		return c
	}, s)
}

// TestLooks sets invented releases in many ways that a reader would not tell apart, and
// holds every one to the structure that is written down.
func TestLooks(t *testing.T) {
	rules := reading.Default()
	for f, file := range sheetFiles(t) {
		s := readSheet(t, file)
		want := s.structure()
		for i, heading := range headingLooks() {
			for k, text := range textLooks() {
				if (i+2*k+f)%7 != 0 {
					continue // every look with two others, and every two on some sheet
				}
				frame, wide := frames()[(i+k)%len(frames())], (i+k)%2 == 0
				t.Run(fmt.Sprintf("%s/%s/%s/%s/wide %v", filepath.Base(file), heading.name, text.name, frame.name, wide), func(t *testing.T) {
					page := s.page(heading, text, frame, wide)
					rel := read(t, rules, "a.html", []byte(page), reading.Overrides{})
					checkLaws(t, rel)
					if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(structureOf(rel), "\n")); diff != "" {
						t.Errorf("(-want +got)\n%s\n%s", diff, page)
					}
				})
			}
		}
	}
}
