package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"readout/internal/rules/list"
)

// patternWords are the words that expressions in Go may hold, by file: names of formats, which are the same in every
// language, and the signs with which East Asian figures count years, months and days.
var patternWords = map[string]string{
	"internal/document/beside.go":           "pdf doc docx odt xls xlsx ods ppt pptx rtf hwp hwpx zip bytes octets",
	"internal/document/container/detect.go": "version https jsonfeed org content rendered WARC CDX urlkey timestamp original",
	"internal/document/container/tree.go":   "xml encoding",
	"internal/document/decode.go":           "meta charset xml encoding",
	"internal/document/docx_styles.go":      "heading",
	"internal/document/mail.go": "return path received from to delivered message id date mime version subject content " +
		"type dkim signature authentication results arc",
	"internal/document/notes.go":     "user content fn ftn edn footnote endnote sdfootnote sdendnote cite note sym",
	"internal/reading/markers.go":    "年",
	"internal/rules/list/wording.go": "word letter character",
	"internal/show/brief_check.go":   "brief before raisedat of meetings meeting laston notatthe since lastmet", // what we write ourselves
	"internal/sources/config.go":     "yaml line",
	"internal/sources/feed.go":       "doctype rss feed rdf urlset sitemapindex version https jsonfeed org xml encoding",
	"internal/sources/judge.go":      "input type password meta http equiv refresh content url",
	"internal/sources/links.go":      "令和 平成 年 月 日",
	"internal/sources/norelease.go":  "href https",
	"internal/sources/records.go":    "rel next",
	"storage/check.go":               "hex",
}

var (
	noWord      = regexp.MustCompile(`\\[pP]\{[^}]*\}|\\[pP].|\\.|\(\?[a-zA-Z]*:?|\[[^\]]*\]`)
	patternWord = regexp.MustCompile(`\p{L}{2,}|[\p{Han}\p{Hangul}\p{Katakana}\p{Hiragana}]`)
	phrase      = regexp.MustCompile(`^\p{L}[\p{L} '’.-]*$`)
)

// TestPatternsHoldNoWords reads every expression that is written out in Go: words of a language belong into the rule
// files, where whoever knows the language finds them.
func TestPatternsHoldNoWords(t *testing.T) {
	literals(t, ".", func(path string, lit string, in ast.Node) {
		call, ok := in.(*ast.CallExpr)
		if !ok || !makesPattern(call) {
			return
		}
		for _, w := range patternWord.FindAllString(noWord.ReplaceAllString(lit, " "), -1) {
			if !slices.Contains(strings.Fields(patternWords[path]), w) {
				t.Errorf("%s: the expression %s looks for the word %q: words stand in internal/rules/list/data", path, lit, w)
			}
		}
	})
}

// makesPattern reports whether a call compiles an expression.
func makesPattern(call *ast.CallExpr) bool {
	f, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	p, ok := f.X.(*ast.Ident)
	return ok && (p.Name == "pattern" && f.Sel.Name == "New" || p.Name == "regexp" && strings.HasSuffix(f.Sel.Name, "Compile"))
}

// mostWords is how many literals of the reading rules may be words, rules' own names and codes of languages aside.
const mostWords = 100

// TestReadingKnowsFewWords counts the literals in the code that reads texts which are words or parts of words:
// endings of English, letters of numbers, signs of East Asian days. Names that rule files give to their sections and
// classes are none.
func TestReadingKnowsFewWords(t *testing.T) {
	names := ruleNames()
	var found []string
	literals(t, "internal/reading", func(path string, lit string, in ast.Node) {
		if phrase.MatchString(lit) && !names[lit] && filepath.Ext(lit) == "" && strings.Count(lit, " ") < 3 {
			found = append(found, path+" "+strconv.Quote(lit))
		}
	})
	if len(found) > mostWords {
		t.Errorf("%d literals are words, want at most %d: words of a language stand in internal/rules/list/data\n%s",
			len(found), mostWords, strings.Join(found, "\n"))
	}
	if len(found) == 0 {
		t.Error("no literal was read")
	}
}

// ruleNames are the names that rule files give: sections, classes and kinds of lines, codes of languages, and fields.
func ruleNames() map[string]bool {
	names := map[string]bool{}
	for _, g := range list.Grammars() {
		for _, s := range g.Sections {
			names[s] = true
		}
		for _, l := range list.BuiltIn(g.File) {
			if f := l.Fields(); len(f) > 1 {
				for w := range strings.SplitSeq(f[0], " ") {
					names[w] = true
				}
				names[f[0]] = true
				if g.File == "tongues.tsv" {
					names[f[1]] = true
				}
			}
		}
	}
	for _, field := range []string{"held", "published", "parties", "issuer"} {
		names[field] = true
	}
	return names
}

// literals calls visit for each string that is written out below a folder of the repository, tests aside, with the node
// that it stands in.
func literals(t *testing.T, below string, visit func(path, lit string, in ast.Node)) {
	t.Helper()
	root := os.DirFS("../..")
	err := fs.WalkDir(root, below, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		src, err := fs.ReadFile(root, path)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, src, 0)
		if err != nil {
			return err
		}
		var above []ast.Node
		ast.Inspect(file, func(x ast.Node) bool {
			if x == nil {
				above = above[:len(above)-1]
				return true
			}
			if lit, ok := x.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if _, imported := above[len(above)-1].(*ast.ImportSpec); !imported {
					s, _ := strconv.Unquote(lit.Value)
					visit(path, s, above[len(above)-1])
				}
			}
			above = append(above, x)
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
