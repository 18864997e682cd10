package reading_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"readout/internal/reading"
	"readout/timeline"
)

// want is what a page of testdata/sisters must be read as, written by hand with
// the page.
type want struct {
	File, Title, Held, Published, Kind, Level string
	Parties                                   []string
	Sections                                  []timeline.Section
	Statements                                []wantStatement
	Noise                                     []string
}

type wantStatement struct {
	Path     []string
	Section  int
	Text     string
	Speakers []string
	Act      string
}

// readAs gives the release in the form of want.
func readAs(rel *timeline.Release) want {
	w := want{Title: rel.Title, Held: rel.Held.String(), Published: rel.Published.String(), Kind: string(rel.Kind), Level: string(rel.Level), Sections: rel.Sections}
	w.Parties = codes(rel.Parties)
	for _, s := range rel.Statements {
		w.Statements = append(w.Statements, wantStatement{Path: s.Path, Section: s.Section, Text: s.Text, Speakers: codes(s.Speakers), Act: string(s.Act)})
	}
	return w
}

func codes(ps []timeline.Party) []string {
	out := make([]string, 0, len(ps))
	for _, p := range ps {
		out = append(out, string(p))
	}
	return out
}

// inForm folds the printed labels of two languages into one: "（１）" and "(1)", "一" and
// "1", "ア" and "(a)".
func inForm(labels []string) []string {
	out := make([]string, 0, len(labels))
	for _, l := range labels {
		l = norm.NFKC.String(l)
		for i, r := range []rune("一二三四") {
			l = strings.ReplaceAll(l, string(r), string(rune('1'+i)))
		}
		for i, r := range []rune("アイウエ") {
			l = strings.ReplaceAll(l, string(r), "("+string(rune('a'+i))+")")
		}
		out = append(out, l)
	}
	return out
}

func readWant(t *testing.T, file string) want {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var w want
	if err := json.Unmarshal(data, &w); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return w
}

// TestSisters reads twelve releases in Japanese and their English sisters and
// holds both against what was written down for them, and against each other.
func TestSisters(t *testing.T) {
	files, err := filepath.Glob("testdata/sisters/*.ja.json")
	if err != nil || len(files) < 12 {
		t.Fatalf("%d pages in Japanese, want 12 (%v)", len(files), err)
	}
	rules := reading.Default()
	for _, japanese := range files {
		name := strings.TrimSuffix(filepath.Base(japanese), ".ja.json")
		t.Run(name, func(t *testing.T) {
			var got [2]want
			for i, lang := range []string{"ja", "en"} {
				w := readWant(t, "testdata/sisters/"+name+"."+lang+".json")
				data, err := os.ReadFile("testdata/sisters/" + w.File)
				if err != nil {
					t.Fatal(err)
				}
				rel := read(t, rules, w.File, data, reading.Overrides{})
				checkLaws(t, rel)
				if rel.Language != lang {
					t.Errorf("language %q, want %q", rel.Language, lang)
				}
				got[i] = readAs(rel)
				w.File, w.Noise = "", nil
				if d := cmp.Diff(w, got[i]); d != "" {
					t.Errorf("%s is read otherwise (-want +got):\n%s", lang, d)
				}
			}
			compareSisters(t, got[0], got[1])
		})
	}
}

// compareSisters reports where two languages are not read alike.
func compareSisters(t *testing.T, a, b want) {
	t.Helper()
	shape := func(w want) want {
		w.Title = ""
		sections := make([]timeline.Section, len(w.Sections))
		for i, s := range w.Sections {
			number := ""
			if s.Number != "" {
				number = inForm([]string{s.Number})[0]
			}
			sections[i] = timeline.Section{Number: number, Depth: s.Depth}
		}
		w.Sections = sections
		statements := make([]wantStatement, len(w.Statements))
		for i, s := range w.Statements {
			statements[i] = s
			statements[i].Text, statements[i].Path = "", inForm(s.Path)
		}
		w.Statements = statements
		return w
	}
	if d := cmp.Diff(shape(b), shape(a)); d != "" {
		t.Errorf("the sisters differ (-English +Japanese):\n%s", d)
	}
}

// TestSisterTopics links the Japanese pages of one series: headings give topics
// with readable names, a wrapper gives none, and phrases are found.
func TestSisterTopics(t *testing.T) {
	files, err := filepath.Glob("testdata/sisters/no_*.ja.[th]*")
	if err != nil || len(files) < 4 {
		t.Fatalf("%d pages (%v)", len(files), err)
	}
	rules := reading.Default()
	var rs []*timeline.Release
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		rel := read(t, rules, filepath.Base(file), data, reading.Overrides{})
		rel.Name(strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)))
		rs = append(rs, rel)
	}
	got := map[string]int{}
	for _, topic := range timeline.Link(rs, timeline.LinkOptions{}).Topics {
		got[topic.ID] = topic.Releases
	}
	if got["海底ケーブル"] != 4 || got["鯨の資源調査"] != 2 || got["冒頭発言"] != 0 {
		t.Errorf("topics and their releases are %v, want 海底ケーブル in 4 and 鯨の資源調査 in 2", got)
	}
	if l := timeline.Trace(rs, "揚陸局", timeline.TraceOptions{}); len(l.Uses) != 2 || len(l.Gaps) != 1 {
		t.Errorf("揚陸局 has %d uses and %d gaps, want 2 and 1", len(l.Uses), len(l.Gaps))
	}
}
