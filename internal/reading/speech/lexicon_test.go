package speech_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"readout/internal/reading/names"
	"readout/internal/reading/speech"
	"readout/internal/rules/list"
	"readout/timeline"
)

// with returns the lexicon with further lines of acts.tsv.
func with(acts string) (*speech.Lexicon, error) {
	b, err := list.Open(fstest.MapFS{"acts.tsv": {Data: []byte(acts)}}, "")
	if err != nil {
		return nil, err
	}
	return speech.New(b)
}

// saidBy returns a text as the statement of Norway and Uruguay.
func saidBy(lex *speech.Lexicon, text string) timeline.Statement {
	rel := &timeline.Release{Parties: []timeline.Party{"NO", "UY"}, Issuer: "NO", Statements: []timeline.Statement{{Text: text}}}
	speech.Attribute(rel, names.Default(), lex)
	return rel.Statements[0]
}

func TestExtend(t *testing.T) {
	lex, err := with("# ours\nverb\tharrumph\tcondemn\t-\t57\n")
	if err != nil {
		t.Fatal(err)
	}
	const text = "Norway harrumphed the quota."
	if s := saidBy(lex, text); s.Act != timeline.ActCondemn {
		t.Errorf("the act of %q is %s, want %s", text, s.Act, timeline.ActCondemn)
	}
	if s := saidBy(speech.Default(), text); s.Act != timeline.ActNone {
		t.Errorf("the act of %q is %s without the added verb", text, s.Act)
	}
	for line, want := range map[string]string{
		"verb\tagree\tagree":      "acts.tsv:1: want verb, PATTERN",
		"\nverb\ta\tshout\t-\t1":  `acts.tsv:2: unknown act "shout"`,
		"verb\ta\tagree\t-\tvery": `"very" is no mark`,
		"verb\t~ a\tagree\t-\t1":  "does not begin with a word",
		"adword\tloudly":          `unknown kind of line "adword"`,
		"adverbial\ta\tb":         "adverbial, PATTERN",
		"forms\tgo":               "want forms",
		"title":                   "have 1 fields",
	} {
		if _, err := with(line); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Extend(%q) = %v, want an error with %q", line, err, want)
		}
	}
}
