// Package documenttest has documents that no ministry writes, for tests of what reading costs.
package documenttest

import (
	"fmt"
	"strings"
)

// mail is how a message begins.
const mail = "From: a@mfa.example\nTo: b@mfa.example\nSubject: Talks\n"

// Hostile returns shapes that cost far more than their length where a reader is careless, of
// about so many bytes each, by names that say what they are.
func Hostile(size int) map[string]string {
	fill := func(s string) string { return strings.Repeat(s, size/len(s)+1) }
	each := func(format string) string { // with a number of its own in each
		var b strings.Builder
		for i := 0; b.Len() < size; i++ {
			b.WriteString(strings.ReplaceAll(format, "%d", fmt.Sprint(i)))
		}
		return b.String()
	}
	deeper := func(s string, most int, end string) string { // once, twice and so on
		var b strings.Builder
		for i := 0; b.Len() < size; i++ {
			b.WriteString(strings.Repeat(s, i%most) + end)
		}
		return b.String()
	}
	out := map[string]string{}
	for name, unit := range plain {
		out[name] = fill(unit)
	}
	for name, text := range map[string]string{
		"definitions.md":  each("[a%d]: b\n"),
		"references.md":   each("[a%d]: b\n[a%d]\n\n"),
		"keys.md":         "---\n" + each("k%d: v\n") + "---\n\ntext\n",
		"header.eml":      each("X-A%d: b\n") + "\ntext\n",
		"depths.md":       deeper(">", 1000, "a\n"),
		"ticks.md":        deeper("`", 500, "a "),
		"indents.md":      deeper(" ", 200, "- a\n"),
		"flow.md":         "---\na: " + fill("{a: ") + "\n---\n\ntext\n",
		"flowlist.md":     "---\na: " + fill("[") + "\n---\n\ntext\n",
		"dashes.yaml.md":  "---\na:\n  " + fill("- ") + "\n---\n\ntext\n",
		"unclosed.md":     "---\n" + fill("title: a\n"),
		"table.md":        "|a|b|\n|-|-|\n" + fill("|a|b|\n"),
		"wide.md":         strings.Repeat("|a", size/40) + "|\n" + strings.Repeat("|-", size/40) + "|\n" + strings.Repeat(strings.Repeat("|a", size/40)+"|\n", 10),
		"rows.html":       "<table>" + fill("<tr><td>a</td><td>b</td></tr>"),
		"cells.html":      "<table><tr>" + fill("<td>a"),
		"spans.html":      "<table>" + fill("<tr><td colspan=999 rowspan=999>a"),
		"attributes.html": "<p " + fill(`a="b" `) + ">x",
		"comment.html":    "<!--" + fill("-"),
		"script.html":     "<script>" + fill("<"),
		"marks.txt":       "a" + fill("\u0301"),
		"headers.eml":     mail + "\n" + fill("From: x\nDate: y\nTo: z\nSubject: s\n\n"),
		"subject.eml":     "Subject: " + fill("a ") + "\n\ntext\n",
		"folded.eml":      "Subject: a\n" + fill(" b\n") + "\ntext\n",
		"parts.eml":       mail + "Content-Type: multipart/mixed; boundary=b\n\n" + fill("--b\n\na\n"),
		"nested.eml":      mail + each("Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n"),
		"quoted.eml":      mail + "\n" + fill("> > > a\n"),
		"packed.eml":      mail + "Content-Transfer-Encoding: quoted-printable\n\n" + fill("=C3=A9"),
		"words.eml":       "Subject: " + fill("=?utf-8?q?a?= ") + "\n\ntext\n",
		"spaces.txt":      fill(" ") + "a",
		"opened.txt":      fill("“") + fill("”"),
	} {
		out[name] = text
	}
	return out
}

// plain are the shapes that are one thing over and over.
var plain = map[string]string{
	"sentence.txt": "the minister said to the other that krill ", "titles.txt": "Mr. ",
	"initials.txt": "Mr. A. B. said ", "offices.txt": "Foreign Minister Anna Berg ",
	"names.txt": "Norway and Uruguay and ",
	"verbs.txt": "the two ministers agreed that ", "labels.txt": "Minister: yes\n",
	"bullets.txt": "- the ministers agreed\n", "lines.txt": "a\n\n", "days.txt": "November 17, 2034 ",
	"line.txt": "a", "ideographs.txt": "国", "sentences.txt": "国会。", "syllables.txt": "장관은 ",
	"arabic.txt": "الوزير ", "thai.txt": "กขคง", "digits.txt": "1", "commas.txt": "a, ", "semicolons.txt": "a; ",
	"apostrophes.txt": "'a ", "quotes.txt": "“a ", "parentheses.txt": "(a) ", "dots.txt": ". ",
	"references.txt": "&amp;", "bytes.txt": "\xff", "misread.txt": "Ã©", "zeros.txt": "\x00a",
	"returns.txt": "a\r", "tabs.txt": "a\tb\t",
	"headings.md": "# Heading\n\n", "hashes.md": "####### a\n", "underlined.md": "a\n=\n", "rules.md": "* * *\n",
	"quotes.md": strings.Repeat(">", 200) + " a\n", "mixed.md": "> - > - a\n", "brackets.md": "[",
	"links.md": "[a](",
	"whole.md": "[a](b) ", "angles.md": "[a](<b", "named.md": `[a](b "`, "notes.md": "[^a]: b\n",
	"noted.md": "[^a] ", "images.md": "![", "stars.md": "**a ", "three.md": "***a** ", "under.md": "_a __b ",
	"closing.md": "a* b_ ",
	"code.md":    "`a", "fences.md": "```\n", "struck.md": "~~a ", "addresses.md": "<http://a",
	"plain.md": "http://a.example ", "at.md": "a@", "tags.md": "<a ", "list.md": "- ", "numbers.md": "1. a\n",
	"tasks.md": "- [ ] a\n", "indented.md": "    a\n",
	"divs.html": "<div>", "tables.html": "<table><tr><td>", "bold.html": "<b>a", "fonts.html": "<font color=a>",
	"items.html": "<ul><li>a", "options.html": "<select><option>a", "entities.html": "&notanentity;&#x41;&lt",
	"paragraphs.html": "<p>a", "breaks.html": "a<br>", "links.html": "<a href=x>a",
}
