package speech_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"readout/internal/reading/speech"
	"readout/internal/rules/list"
	"readout/timeline"
)

func TestStrength(t *testing.T) {
	lex := speech.Default()
	ladder := []struct {
		act  timeline.Act
		verb string
	}{
		{timeline.ActAgree, "decide"},
		{timeline.ActAgree, "agree"},
		{timeline.ActShareView, "share"},
		{timeline.ActConfirm, "affirm"},
		{timeline.ActDiscuss, "discuss"},
		{timeline.ActState, "take note"},
		{timeline.ActNone, ""},
	}
	for i := range ladder[:len(ladder)-1] {
		a, b := ladder[i], ladder[i+1]
		if x, y := lex.Strength(a.act, a.verb), lex.Strength(b.act, b.verb); x <= y {
			t.Errorf("Strength(%s, %s) = %d, not above Strength(%s, %s) = %d", a.act, a.verb, x, b.act, b.verb, y)
		}
	}
	if got, want := lex.Strength(timeline.ActCommit, "modify"), 65; got != want {
		t.Errorf("Strength of a verb that is not listed = %d, want that of its act, %d", got, want)
	}
}

// with returns the lexicon with further lines of acts.tsv.
func with(acts string) (*speech.Lexicon, error) {
	b, err := list.Open(fstest.MapFS{"acts.tsv": {Data: []byte(acts)}}, "")
	if err != nil {
		return nil, err
	}
	return speech.New(b)
}

func TestExtend(t *testing.T) {
	lex, err := with("# ours\nverb\tharrumph\tcondemn\t-\t57\n")
	if err != nil {
		t.Fatal(err)
	}
	if got := lex.Strength(timeline.ActCondemn, "harrumph"); got != 57 {
		t.Errorf("Strength(condemn, harrumph) = %d, want 57", got)
	}
	if got := speech.Default().Strength(timeline.ActCondemn, "harrumph"); got == 57 {
		t.Error("Extend changed the default lexicon")
	}
	for line, want := range map[string]string{
		"verb\tagree\tagree":      "acts.tsv:1: want verb, PATTERN",
		"\nverb\ta\tshout\t-\t1":  `acts.tsv:2: unknown act "shout"`,
		"verb\ta\tagree\t-\tvery": `strength "very"`,
		"verb\t~ a\tagree\t-\t1":  "does not begin with a word",
		"adverb\tloudly":          `unknown kind of line "adverb"`,
		"forms\tgo":               "want forms",
		"act\tagree":              "want act",
		"title":                   "have 1 fields",
	} {
		if _, err := with(line); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Extend(%q) = %v, want an error with %q", line, err, want)
		}
	}
}
