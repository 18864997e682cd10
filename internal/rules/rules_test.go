package rules_test

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"readout/internal/rules"
	"readout/internal/rules/list"
)

func TestLoad(t *testing.T) {
	folder := fstest.MapFS{
		"parties.tsv": {Data: []byte("VO\tVostria\tKingdom of Vostria\tVostrian+\tVostrograd\n")},
		"names.tsv":   {Data: []byte("de\tVO\tWostrien\twostrisch~\n")},
		"acts.tsv":    {Data: []byte("de\tverb\thämmerte[n] ein\tstate\teinhämmern\t37\n")},
		"issues.tsv":  {Data: []byte("Amber question\t\t\tamber question|amber trade\n")},
		"notes.md":    {Data: []byte("not a word list")},
	}
	r, err := rules.Load(folder, "mine")
	if err != nil {
		t.Fatal(err)
	}
	if p, ok := r.Extract().Gazetteer.Lookup("Kingdom of Vostria"); !ok || p != "VO" {
		t.Errorf("Lookup(Kingdom of Vostria) = %q, %v, want VO, true", p, ok)
	}
	if p, ok := r.Extract().Gazetteer.Lookup("Japan"); !ok || p != "JP" {
		t.Errorf("Lookup(Japan) = %q, %v: additions drove out the built-in table", p, ok)
	}
	if ms := r.Extract().Gazetteer.In("de").Find("die wostrische Seite in Wostrien"); len(ms) != 2 || ms[0].Party != "VO" {
		t.Errorf("names added in German give %v", ms)
	}
	if r.Digest == "" {
		t.Error("Digest is empty though files were added")
	}
	again, err := rules.Load(folder, "mine")
	if err != nil {
		t.Fatal(err)
	}
	if again.Digest != r.Digest {
		t.Errorf("Digest = %q, then %q for the same files", r.Digest, again.Digest)
	}
}

func TestLoadNothing(t *testing.T) {
	r, err := rules.Load(fstest.MapFS{}, "")
	if err != nil {
		t.Fatal(err)
	}
	if r.Digest != "" {
		t.Errorf("Digest = %q for an empty folder, want none", r.Digest)
	}
}

// Every file that cannot be used is an error that names what is wrong.
func TestLoadErrors(t *testing.T) {
	for name, text := range map[string]string{
		"parties.tsv": "not a line of the table",
		"words.txt":   "[meeting]\n(unclosed",
		"acts.tsv":    "ja\tverb\t(",
		"names.tsv":   "german\tDE",
		"issues.tsv":  "\t\t\t",
		"lexicon.tsv": "colour\tred",
		"ladder.tsv":  "commitment\tred",
	} {
		if _, err := rules.Load(fstest.MapFS{name: {Data: []byte(text)}}, "mine"); err == nil {
			t.Errorf("Load with %s %q: no error", name, text)
		} else if !strings.Contains(err.Error(), "mine/"+name+":") {
			t.Errorf("Load with %s: %v does not name the line", name, err)
		}
	}
}

// The documentation names every file and every section.
func TestFilesAreDocumented(t *testing.T) {
	doc, err := os.ReadFile("../../docs/word-lists.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range list.Grammars() {
		if !strings.Contains(string(doc), "| `"+g.File+"` |") {
			t.Errorf("docs/word-lists.md does not describe %s", g.File)
		}
		for _, section := range g.Sections {
			if !strings.Contains(string(doc), "`["+section+"]`") {
				t.Errorf("docs/word-lists.md does not describe the section %s of %s", section, g.File)
			}
		}
	}
}
