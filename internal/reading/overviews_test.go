package reading_test

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/rogpeppe/go-internal/txtar"

	"readout/internal/reading"
	"readout/timeline"
)

var listFiling = flag.Bool("filing", false, "list the statements that are filed otherwise than a reader would")

// filed matches what a reader would file a sentence under, in braces behind it.
var filed = regexp.MustCompile(`\s*\{([^{}]*)\}`)

// overview is a page with what a reader would file each sentence under.
type overview struct {
	name  string
	text  string              // without the braces
	label map[string][]string // letters of a sentence -> issues, empty for a frame
}

func overviews(t testing.TB, file string) []overview {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []overview
	for _, f := range archive.Files {
		p := overview{name: f.Name, label: map[string][]string{}}
		text := string(f.Data)
		from := 0
		for _, m := range filed.FindAllStringSubmatchIndex(text, -1) {
			sentence := text[from:m[0]]
			if k := strings.LastIndex(sentence, "\n"); k >= 0 {
				sentence = sentence[k:]
			}
			issues := strings.Split(text[m[2]:m[3]], ";")
			if issues[0] == "-" {
				issues = nil
			}
			p.label[onlyLetters(sentence)] = issues
			from = m[1]
		}
		p.text = filed.ReplaceAllString(text, "")
		out = append(out, p)
	}
	return out
}

// onlyLetters is what two forms of a sentence have in common.
func onlyLetters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(s))
}

// labelOf is the label of a statement, whose number may stand in the statement or not.
func (p overview) labelOf(text string) ([]string, bool) {
	want := onlyLetters(text)
	for _, s := range slices.Sorted(maps.Keys(p.label)) {
		if strings.HasSuffix(s, want) || strings.HasSuffix(want, s) {
			return p.label[s], true
		}
	}
	return nil, false
}

// filing is how well statements are filed: pairs of statements of different pages that
// share an issue to a reader, and share a topic.
type filing struct {
	right, wrong, missed int
	headless, framed     int // statements without a topic, frames with one
}

func (f filing) f1() float64 { return 2 * float64(f.right) / float64(2*f.right+f.wrong+f.missed) }

// fileOverviews reads the pages of a file as one series.
func fileOverviews(t testing.TB, file string) filing {
	t.Helper()
	rules := reading.Default()
	pages := overviews(t, file)
	var releases []*timeline.Release
	for _, p := range pages {
		rel := read(t, rules, p.name, []byte(p.text), reading.Overrides{})
		rel.Name(strings.TrimSuffix(p.name, ".txt"))
		releases = append(releases, rel)
	}
	timeline.Link(releases, timeline.LinkOptions{})
	type said struct {
		page           int
		issues, topics []string
	}
	var all []said
	var out filing
	for i, rel := range releases {
		for _, s := range rel.Statements {
			issues, ok := pages[i].labelOf(s.Text)
			if !ok {
				t.Errorf("%s: no label for %q", rel.ID, s.Text)
			}
			if len(issues) > 0 {
				all = append(all, said{i, issues, s.Topics})
			}
			switch {
			case len(issues) > 0 && len(s.Topics) == 0:
				out.headless++
			case len(issues) == 0 && len(s.Topics) > 0:
				out.framed++
			}
			if *listFiling {
				t.Logf("%s %v %v: %s", rel.ID, issues, s.Topics, s.Text)
			}
		}
	}
	shares := func(a, b []string) bool {
		return slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
	}
	for i, a := range all {
		for _, b := range all[:i] {
			if a.page == b.page {
				continue
			}
			switch want, got := shares(a.issues, b.issues), shares(a.topics, b.topics); {
			case want && got:
				out.right++
			case got:
				out.wrong++
			case want:
				out.missed++
			}
		}
	}
	return out
}

// TestOverviews holds what a reader would file the statements of invented overviews of
// results under against their topics.
func TestOverviews(t *testing.T) {
	for file, least := range map[string]float64{"ie-id": 0.75, "jp-pe": 0.75} {
		t.Run(file, func(t *testing.T) {
			f := fileOverviews(t, filepath.Join("testdata", "overviews", file+".txtar"))
			t.Logf("pairs F1 %.3f: %+v", f.f1(), f)
			if f.f1() < least {
				t.Errorf("pairs of statements that share an issue: F1 %.3f, want %.2f", f.f1(), least)
			}
		})
	}
	if _, err := os.Stat("testdata/overviews"); err != nil {
		t.Fatal(err)
	}
}
