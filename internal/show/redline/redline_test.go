package redline_test

import (
	"bytes"
	"encoding/csv"
	"io"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"readout/diff"
	"readout/internal/archtest/golden"
	"readout/internal/show/redline"
	"readout/timeline"
)

// view is any of the documents a report is turned into.
type view func(io.Writer, []*diff.Report, redline.Options) error

func TestGolden(t *testing.T) {
	for _, tt := range []struct {
		file string
		view view
		o    redline.Options
	}{
		{"position.html", redline.HTML, redline.Options{Names: names}},
		{"additions.html", redline.HTML, redline.Options{Side: redline.Additions, ChangesOnly: true, Names: names}},
		{"position.md", redline.Markdown, redline.Options{Names: names}},
		{"changes-only.md", redline.Markdown, redline.Options{ChangesOnly: true}},
		{"sentence.md", redline.Markdown, redline.Options{ChangesOnly: true, Granularity: redline.Sentence}},
		{"position.critic.md", redline.CriticMarkup, redline.Options{}},
		{"position.patch", redline.Unified, redline.Options{}},
		{"no-context.patch", redline.Unified, redline.Options{Context: redline.NoContext}},
		{"position.csv", redline.CSV, redline.Options{}},
		{"deletions.csv", redline.CSV, redline.Options{Side: redline.Deletions}},
	} {
		t.Run(tt.file, func(t *testing.T) {
			golden.Compare(t, filepath.Join("testdata", tt.file), render(t, tt.view, tt.o, meetings()))
		})
	}
}

// render returns what the view writes.
func render(tb testing.TB, v view, o redline.Options, reports ...*diff.Report) []byte {
	tb.Helper()
	var b bytes.Buffer
	if err := v(&b, reports, o); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// hostile is a text that tries to be markup, a terminal command or a formula.
const hostile = "=HYPERLINK(\"http://x.test\") <script>alert(1)</script> \u202eevil\u202c \x1b[31mred\x07 {++x++} **b** ~~d~~ </ins> --}"

func TestHostileTextStaysText(t *testing.T) {
	r := meetings()
	r.New.Title = hostile
	r.New.Source = "javascript:alert(1)"
	r.New.Sections[0].Heading = hostile
	r.New.ID = hostile
	for i := range r.Changes {
		for j := range r.Changes[i].New {
			r.Changes[i].New[j].Path = []string{hostile}
		}
	}
	c := &r.Changes[0]
	c.Kind, c.NewText, c.New[0].Text = diff.Reworded, hostile, hostile
	c.Edits = []diff.Edit{{Op: diff.Delete, Text: c.OldText}, {Op: diff.Insert, Text: hostile}}
	for name, v := range map[string]view{"html": redline.HTML, "markdown": redline.Markdown, "critic": redline.CriticMarkup,
		"unified": redline.Unified, "csv": redline.CSV} {
		got := string(render(t, v, redline.Options{}, r))
		if strings.ContainsAny(got, "\u202e\u202c\x1b\x07") {
			t.Errorf("%s lets control or direction characters through", name)
		}
		switch name {
		case "html":
			if strings.Contains(got, "<script") || strings.Contains(got, "href=\"javascript") {
				t.Errorf("html lets markup through:\n%s", got)
			}
		case "markdown":
			if strings.Contains(got, " <script") || strings.Contains(got, " **b**") {
				t.Errorf("markdown lets markup through:\n%s", got)
			}
		case "critic":
			if strings.Contains(got, "{++x++}") {
				t.Errorf("CriticMarkup lets a mark through:\n%s", got)
			}
		case "csv":
			rows, err := csv.NewReader(strings.NewReader(got)).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			for _, cell := range rows[1] {
				if strings.HasPrefix(cell, "=") {
					t.Errorf("csv has a formula in a cell: %q", cell)
				}
			}
		}
	}
}

// voidElements have no end tag.
var voidElements = map[string]bool{"meta": true, "br": true, "link": true}

func TestPageIsBalancedAndLoadsNothing(t *testing.T) {
	for _, o := range []redline.Options{{}, {ChangesOnly: true}, {Side: redline.Deletions}, {Granularity: redline.Sentence}} {
		page := render(t, redline.HTML, o, meetings(), meetings())
		var open []string
		seen := map[string]bool{}
		var targets []string
		z := html.NewTokenizer(bytes.NewReader(page))
		for z.Next() != html.ErrorToken {
			tok := z.Token()
			for _, a := range tok.Attr {
				switch {
				case a.Key == "src" || tok.Data == "link" || tok.Data == "script":
					t.Errorf("page loads %s", tok)
				case a.Key == "id":
					if seen[a.Val] {
						t.Errorf("id %q given twice", a.Val)
					}
					seen[a.Val] = true
				case a.Key == "href" && strings.HasPrefix(a.Val, "#"):
					targets = append(targets, a.Val[1:])
				}
			}
			switch tok.Type {
			case html.StartTagToken:
				if !voidElements[tok.Data] {
					open = append(open, tok.Data)
				}
			case html.EndTagToken:
				if len(open) == 0 || open[len(open)-1] != tok.Data {
					t.Fatalf("</%s> ends %v", tok.Data, open)
				}
				open = open[:len(open)-1]
			}
		}
		if len(open) > 0 {
			t.Errorf("elements left open: %v", open)
		}
		if o.Side == redline.Both && len(targets) == 0 {
			t.Error("moved statements are not linked")
		}
		for _, id := range targets {
			if !seen[id] {
				t.Errorf("link to %q leads nowhere", id)
			}
		}
		if bytes.Contains(page, []byte("ZgotmplZ")) {
			t.Error("the template filtered a value of its own")
		}
	}
}

// TestPatchApplies runs the patch through patch(1) where there is one, and through
// a reading of it in any case.
func TestPatchApplies(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		r := shuffled(rng)
		for _, context := range []int{redline.NoContext, 1, 3} {
			patch := string(render(t, redline.Unified, redline.Options{Context: context}, r))
			if got, want := applied(t, patch, text(r.Old)), text(r.New); got != want {
				t.Fatalf("patch with context %d gives\n%s\nwant\n%s\npatch:\n%s", context, got, want, patch)
			}
		}
	}
	if _, err := exec.LookPath("patch"); err != nil {
		return
	}
	dir := t.TempDir()
	r := meetings()
	file := filepath.Join(dir, "old")
	writeFile(t, file, text(r.Old))
	cmd := exec.Command("patch", "--quiet", file)
	cmd.Stdin = bytes.NewReader(render(t, redline.Unified, redline.Options{}, r))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("patch: %v\n%s", err, out)
	}
	if got := readFile(t, file); got != text(r.New) {
		t.Errorf("patch(1) gives\n%s\nwant\n%s", got, text(r.New))
	}
}

// applied applies a unified patch to a text.
func applied(tb testing.TB, patch, old string) string {
	tb.Helper()
	lines := strings.Split(strings.TrimSuffix(old, "\n"), "\n")
	if old == "" {
		lines = nil
	}
	var out []string
	at := 0
	for _, l := range strings.Split(strings.TrimSuffix(patch, "\n"), "\n")[3:] {
		switch l[0] {
		case '@':
			from, count, _ := strings.Cut(strings.TrimPrefix(strings.Fields(l)[1], "-"), ",")
			n, err := strconv.Atoi(from)
			if err != nil {
				tb.Fatal(err)
			}
			if count != "0" {
				n--
			}
			out = append(out, lines[at:n]...)
			at = n
		case ' ', '-':
			if lines[at] != l[1:] {
				tb.Fatalf("line %d is %q, patch wants %q", at+1, lines[at], l[1:])
			}
			if l[0] == ' ' {
				out = append(out, l[1:])
			}
			at++
		case '+':
			out = append(out, l[1:])
		}
	}
	return strings.Join(append(append(out, lines[at:]...), ""), "\n")
}

// TestCriticMarkupRebuilds accepts and rejects every mark.
func TestCriticMarkupRebuilds(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		r := shuffled(rng)
		marked := string(render(t, redline.CriticMarkup, redline.Options{}, r))
		for side, want := range map[bool]string{true: text(r.New), false: text(r.Old)} {
			if got := strings.ReplaceAll(resolveCritic(marked, side), `\`, ""); fold(got) != fold(want) {
				t.Fatalf("accept=%t gives\n%s\nwant\n%s\nfrom\n%s", side, got, want, marked)
			}
		}
	}
}

// resolveCritic accepts or rejects every mark of a CriticMarkup text.
func resolveCritic(s string, accept bool) string {
	var b strings.Builder
	for s != "" {
		cut := func(open, end string) (string, bool) {
			rest, ok := strings.CutPrefix(s, open)
			if !ok {
				return "", false
			}
			inside, after, _ := strings.Cut(rest, end)
			s = after
			return inside, true
		}
		if in, ok := cut("{++", "++}"); ok {
			if accept {
				b.WriteString(in)
			}
		} else if in, ok := cut("{--", "--}"); ok {
			if !accept {
				b.WriteString(in)
			}
		} else if in, ok := cut("{~~", "~~}"); ok {
			old, new, _ := strings.Cut(in, "~>")
			if accept {
				old = new
			}
			b.WriteString(old)
		} else if _, ok := cut("{>>", "<<}"); !ok {
			b.WriteByte(s[0])
			s = s[1:]
		}
	}
	return b.String()
}

func TestSameBytesEveryTime(t *testing.T) {
	for _, v := range []view{redline.HTML, redline.Markdown, redline.CriticMarkup, redline.Unified, redline.CSV} {
		first := render(t, v, redline.Options{}, meetings())
		for range 20 {
			if !bytes.Equal(first, render(t, v, redline.Options{}, meetings())) {
				t.Fatal("the same report gave other bytes")
			}
		}
	}
}

// names is a gazetteer of the fictional parties.
func names(p timeline.Party) string {
	return map[timeline.Party]string{"FR": "France", "KE": "Kenya"}[p]
}

// fold makes all runs of white space one space.
func fold(s string) string { return strings.Join(strings.Fields(s), " ") }

// text returns the statements of a release one on each line.
func text(r *timeline.Release) string {
	var b strings.Builder
	for _, s := range r.Statements {
		b.WriteString(s.Text + "\n")
	}
	return b.String()
}

// date parses a day.
func date(s string) timeline.Date {
	d, err := timeline.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// captured is the instant at which the newer fixtures were seen.
var captured = time.Date(2032, 3, 9, 8, 30, 0, 0, time.UTC)

// TestSplitApart checks that a split whose parts lie apart stands where its first part
// does, before beside after, that nothing is called moved that did not move, and that
// every further part leads back.
func TestSplitApart(t *testing.T) {
	old, new := spoken("a", "They discussed cod and the pier."), spoken("b", "They discussed cod.", "It rained.", "They discussed the pier.", "They discussed the pier again.")
	r := &diff.Report{Cause: diff.Position, Old: old, New: new, Changes: []diff.Change{
		{Kind: diff.Reworded, Split: true, Old: old.Statements, New: []timeline.Statement{new.Statements[0], new.Statements[2], new.Statements[3]},
			OldText: "They discussed cod and the pier.", NewText: "They discussed cod. They discussed the pier. They discussed the pier again."},
		{Kind: diff.New, New: new.Statements[1:2], NewText: "It rained."},
	}}
	md := string(render(t, redline.Markdown, redline.Options{}, r))
	for _, want := range []string{"~~They discussed cod and the pier.~~  \n  **They discussed cod.**", "reworded, from elsewhere, split in 3"} {
		if !strings.Contains(md, want) {
			t.Errorf("no %q in\n%s", want, md)
		}
	}
	page := string(render(t, redline.HTML, redline.Options{}, r))
	if strings.Contains(md+page, "oved here") || strings.Contains(md, "goes on elsewhere") {
		t.Errorf("something is said to have moved:\n%s", md)
	}
	if strings.Count(page, `id="d1-1-old"`) != 1 || strings.Count(page, `href="#d1-1-old"`) != 1 {
		t.Errorf("the further parts do not lead back:\n%s", page)
	}
}

func spoken(id string, texts ...string) *timeline.Release {
	r := &timeline.Release{ID: id}
	for _, x := range texts {
		r.Statements = append(r.Statements, timeline.Statement{Section: -1, Text: x})
	}
	r.Name(id)
	return r
}
