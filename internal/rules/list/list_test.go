package list_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"readout/internal/rules/list"
)

func open(t *testing.T, name, text string) (*list.Book, error) {
	t.Helper()
	return list.Open(fstest.MapFS{name: {Data: []byte(text)}}, "mine")
}

// Every built-in file reads as one of a user does: its sections are known, and its
// patterns compile.
func TestBuiltInFiles(t *testing.T) {
	for _, g := range list.Grammars() {
		lines := list.BuiltIn(g.File)
		if len(lines) == 0 {
			t.Errorf("%s holds no rule", g.File)
		}
		texts := (*list.Book)(nil).Texts(g.File)
		again, err := list.Read(g.File, strings.NewReader(texts[0].Text))
		if err != nil {
			t.Error(err)
		}
		if len(again) != len(lines) {
			t.Errorf("%s has %d rules when a user writes it, and %d built in", g.File, len(again), len(lines))
		}
		if g.Sections == nil {
			continue
		}
		has := list.Sections(lines)
		for _, s := range g.Sections {
			if len(has[s]) == 0 {
				t.Errorf("%s: no rule stands in [%s]", g.File, s)
			}
		}
	}
}

// A line that cannot be used is an error that names its file and line.
func TestErrors(t *testing.T) {
	for _, tt := range []struct{ file, text, want string }{
		{"words.txt", "# mine\n[meetings]\npowwow\n", `mine/words.txt:2: unknown section "meetings"`},
		{"words.txt", "powwow\n", `mine/words.txt:1: "powwow" stands before the first section`},
		{"words.txt", "[meeting]\n\n(unclosed\n", `mine/words.txt:3: ")" is missing`},
		{"words.txt", "[meeting]\npow ?wow\n", `mine/words.txt:2: "?" stands alone: a rule on letters, which is a regular expression, stands between slashes`},
		{"words.txt", "[meeting]\n/(pow/\n", "mine/words.txt:2: error parsing regexp"},
		{"words.txt", "[place]\nen (\n", `mine/words.txt:2: ")" is missing`},
		{"frames.txt", "[announcement]\n", "mine/frames.txt:1: unknown section"},
		{"furniture.txt", "[colour] # red\n", "mine/furniture.txt:1: unknown section"},
		{"parties.tsv", "VO\n", "mine/parties.tsv:1: have 1 fields"},
		{"hosts.tsv", "\tVO\n", "mine/hosts.tsv:1: the first field is empty"},
		{"ladder.tsv", "a\tb\tc\td\te\n", "mine/ladder.tsv:1: have 5 fields parted by tabs, want 4"},
		{"relations.txt", "> the ties\n", "mine/relations.txt:1: want an example"},
		{"relations.txt", "ties\n> the ties => topic\n", `mine/relations.txt:2: "topic" says not what must come out`},
		{"tracking.txt", "utm_mine\n", "mine/tracking.txt cannot be added to"},
	} {
		if _, err := open(t, tt.file, tt.text); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s of %q: %v, want an error with %q", tt.file, tt.text, err, tt.want)
		}
	}
}

func TestBook(t *testing.T) {
	b, err := open(t, "relations.txt", "# ours\nties that bind *\n> On ties that bind\\nus => act state; topic -\n")
	if err != nil {
		t.Fatal(err)
	}
	own := list.BuiltIn("relations.txt")
	lines := b.Lines("relations.txt")
	if len(lines) != len(own)+1 || lines[len(own)].Place != (list.Place{File: "mine/relations.txt", Line: 2}) {
		t.Errorf("the last of %d lines is %+v, want that of the user behind %d others", len(lines), lines[len(lines)-1], len(own))
	}
	if first := b.Before("relations.txt")[0]; first.Text != "ties that bind *" {
		t.Errorf("the first line of Before is %q, want that of the user", first.Text)
	}
	x := b.Examples("relations.txt")
	want := list.Example{Place: list.Place{File: "mine/relations.txt", Line: 3}, Rule: lines[len(own)], Text: "On ties that bind\nus",
		Want: []list.Want{{Key: "act", Value: "state"}, {Key: "topic", Value: "-"}}}
	if d := cmp.Diff(want, x[len(x)-1], cmp.AllowUnexported(list.Line{})); d != "" {
		t.Errorf("example (-want +got):\n%s", d)
	}
	without := b.Without(lines[len(own)].Place, own[0].Place)
	if got := without.Lines("relations.txt"); len(got) != len(own)-1 || got[0].Text != own[1].Text {
		t.Errorf("without two of %d lines there are %d, the first %q", len(lines), len(got), got[0].Text)
	}
	texts := without.Texts("relations.txt")
	if strings.Contains(texts[1].Text, "bind *") || !strings.Contains(texts[1].Text, "# ours") || strings.Count(texts[1].Text, "\n") != 3 {
		t.Errorf("text without its rule: %q", texts[1].Text)
	}
	if b.Digest() == "" || without.Digest() != b.Digest() {
		t.Errorf("digests %q and %q: want one that names what was added", b.Digest(), without.Digest())
	}
}
