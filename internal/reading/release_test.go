package reading_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"readout/internal/archtest/golden"
	"readout/internal/document"
	"readout/internal/reading"
	"readout/internal/rules/list"
	"readout/timeline"
)

// read extracts the release of a text.
func read(tb testing.TB, r *reading.Rules, name string, data []byte, o reading.Overrides) *timeline.Release {
	tb.Helper()
	doc, err := document.Parse(name, data, document.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	return reading.Release(doc, r, o)
}

// fieldLines gives what is known of the release as a whole, one "name: value" a line.
func fieldLines(rel *timeline.Release) []string {
	var out []string
	for _, f := range []struct {
		name  string
		value any
	}{
		{"title", rel.Title}, {"series", rel.Series}, {"issuer", rel.Issuer}, {"kind", rel.Kind}, {"level", rel.Level},
		{"occasion", rel.Occasion}, {"place", rel.Place}, {"held", rel.Held}, {"published", rel.Published},
		{"language", rel.Language}, {"source", rel.Source},
	} {
		if s := fmt.Sprint(f.value); s != "" {
			out = append(out, f.name+": "+s)
		}
	}
	return out
}

// describe renders what extraction found for a golden file; who speaks and how is
// attribution's to test.
func describe(rel *timeline.Release) []byte {
	var b strings.Builder
	for _, line := range fieldLines(rel) {
		b.WriteString(line + "\n")
	}
	section := -1
	for _, s := range rel.Statements {
		for s.Section > section {
			section++
			h := rel.Sections[section]
			fmt.Fprintf(&b, "\n%s [%s] %s\n", strings.Repeat("#", h.Depth), h.Number, h.Heading)
		}
		if s.Section < section {
			fmt.Fprintf(&b, "\n(section %d)\n", s.Section)
		}
		fmt.Fprintf(&b, "%s: %s\n", strings.Join(s.Path, " "), s.Text)
	}
	return []byte(b.String())
}

func TestRelease(t *testing.T) {
	eachPage(t, "testdata/*.*", func(t *testing.T, file string, rel *timeline.Release) {
		golden.Compare(t, file+".golden", describe(rel))
	})
}

// eachPage reads the pages that a pattern names, each in a test of its own, holds the
// releases to the laws and hands them to check. A pattern without pages is an error.
func eachPage(t *testing.T, pattern string, check func(t *testing.T, file string, rel *timeline.Release)) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no pages (%v)", err)
	}
	rules := reading.Default()
	for _, file := range files {
		if filepath.Ext(file) == ".golden" {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			rel := read(t, rules, filepath.Base(file), data, reading.Overrides{})
			checkLaws(t, rel)
			check(t, file, rel)
		})
	}
}

// checkLaws reports what breaks the promises of the types: spans in range and in
// order, the text of a statement its bytes with white space folded, sections that
// exist, paths that are not nil.
func checkLaws(tb testing.TB, rel *timeline.Release) {
	tb.Helper()
	last := 0
	for i, s := range rel.Statements {
		if s.Start < last || s.End <= s.Start || s.End > len(rel.Text) {
			tb.Fatalf("statement %d spans %d to %d after %d in a text of %d bytes", i, s.Start, s.End, last, len(rel.Text))
		}
		if got := strings.Join(strings.Fields(rel.Text[s.Start:s.End]), " "); got != s.Text {
			tb.Errorf("statement %d is %q, its bytes are %q", i, s.Text, got)
		}
		if s.Section < -1 || s.Section >= len(rel.Sections) {
			tb.Errorf("statement %d is in section %d of %d", i, s.Section, len(rel.Sections))
		}
		if s.Path == nil {
			tb.Errorf("statement %d has a nil path", i)
		}
		if s.Speakers == nil || s.Topics == nil {
			tb.Errorf("statement %d has nil speakers or topics", i)
		}
		last = s.End
	}
	for i, s := range rel.Sections {
		if s.Depth < 1 {
			tb.Errorf("section %d has depth %d", i, s.Depth)
		}
	}
}

func TestOverrides(t *testing.T) {
	held, err := timeline.ParseDate("2050-05-05")
	if err != nil {
		t.Fatal(err)
	}
	rel := read(t, reading.Default(), "a.txt", []byte("Talks\n\nThey met on 3 May 2041.\n"), reading.Overrides{
		Source: "https://www.mofa.go.jp/x", Title: "Chile-Iceland  Talks", ID: "talks", Held: held, Parties: []timeline.Party{"NO", "JP"},
	})
	if rel.Title != "Chile-Iceland Talks" || rel.Held != held || rel.Series != "JP-NO" || rel.Issuer != "JP" || rel.ID != "talks" || rel.Statements[0].ID != "talks#1" {
		t.Errorf("overrides were not taken: %+v", rel)
	}
}

func TestNothingDiplomatic(t *testing.T) {
	rules := reading.Default()
	for _, in := range []string{"x", "1.", "(1)", "- a\n- ", "Title only", "a b c. D e f."} {
		rel := read(t, rules, "a.txt", []byte(in+"\n"), reading.Overrides{})
		checkLaws(t, rel)
		if rel.Parties == nil || rel.Sections == nil || rel.Statements == nil {
			t.Errorf("release of %q has nil lists", in)
		}
	}
}

func FuzzRelease(f *testing.F) {
	rules := reading.Default()
	files, err := filepath.Glob("testdata/*.*")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(filepath.Ext(file), data)
	}
	f.Fuzz(func(t *testing.T, ext string, data []byte) {
		doc, err := document.Parse("a"+ext, data, document.Options{})
		if err != nil {
			return
		}
		checkLaws(t, reading.Release(doc, rules, reading.Overrides{}))
	})
}

func BenchmarkRelease(b *testing.B) {
	data, err := os.ReadFile("testdata/numbered.txt")
	if err != nil {
		b.Fatal(err)
	}
	doc, err := document.Parse("numbered.txt", data, document.Options{})
	if err != nil {
		b.Fatal(err)
	}
	rules := reading.Default()
	b.ReportAllocs()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		reading.Release(doc, rules, reading.Overrides{})
	}
}

func TestYearFromAddress(t *testing.T) {
	rel := read(t, reading.Default(), "a.txt", []byte("Chile-Iceland Talks\n\nThe two ministers met in Lima on July 17 (Wed.). They parted soon after that.\n"),
		reading.Overrides{Source: "https://mofa.example/eng/m_20410717/view.do"})
	if got := rel.Held.String(); got != "2041-07-17" || !rel.Published.IsZero() {
		t.Errorf("held %q, published %q; want 2041-07-17 and none", got, rel.Published)
	}
}

func TestAdditions(t *testing.T) {
	rules, err := rulesWith(map[string]string{
		"parties.tsv":       "OCE\tOceanic Union\tOU\n",
		"words.txt":         "[meeting]\npowwow\n",
		"noise.txt":         "[start]\nfiled under\n",
		"calendar.tsv":      "eo\tjanuaro\tfebruaro\tmarto\taprilo\tmajo\tjunio\tjulio\taŭgusto\tseptembro\toktobro\tnovembro\tdecembro\n",
		"abbreviations.txt": "[title]\nSamideano\n",
	})
	if err != nil {
		t.Fatal(err)
	}
	rel := read(t, rules, "a.txt", []byte("Oceanic Union-Malta Powwow\n\n3 marto 2041\n\nThe two sides met Samideano. Paz on 2 marto in Suva.\n\nFiled under: islands\n"), reading.Overrides{})
	if rel.Series != "MT-OCE" || rel.Kind != timeline.KindMeeting || rel.Held.String() != "2041-03-02" || len(rel.Statements) != 1 {
		t.Errorf("additions were not used: series %s, kind %s, held %s, %d statements", rel.Series, rel.Kind, rel.Held, len(rel.Statements))
	}
	for name, bad := range map[string]string{"parties.tsv": "x", "words.txt": "[met]\n(\n", "noise.txt": "[start]\n[\n", "calendar.tsv": "lune en\tfull\n"} {
		if _, err := rulesWith(map[string]string{name: bad}); err == nil {
			t.Errorf("New with %s %q gave no error", name, bad)
		}
	}
}

// rulesWith returns the rules with further lines of some files.
func rulesWith(files map[string]string) (*reading.Rules, error) {
	folder := fstest.MapFS{}
	for name, text := range files {
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	b, err := list.Open(folder, "")
	if err != nil {
		return nil, err
	}
	return reading.New(b)
}

// A text of a line or two, in which nothing can be told from headings and noise, is
// read whole: two such texts are compared, too.
func TestReadWhole(t *testing.T) {
	for _, text := range []string{"Results", "see Annex 2 for details", "1 ) The quota is halved", "Proof .", "Copyright and patents are discussed in section 2 ."} {
		doc, err := document.Parse("line.txt", []byte(text+"\n"), document.Options{})
		if err != nil {
			t.Fatal(err)
		}
		r := reading.Release(doc, reading.Default(), reading.Overrides{})
		got := ""
		for _, s := range r.Statements {
			got += s.Text
		}
		if got != text {
			t.Errorf("%q is read as %q", text, got)
		}
	}
}
