package list_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/internal/rules/list"
)

func TestExpression(t *testing.T) {
	for _, tt := range []struct{ wording, expr, sample string }{
		{"state visit", `state visit`, "state visit"},
		{"phone (call|talks)", `phone (?:call|talks)`, "phone call"},
		{"visit[s|ed]|tour", `visit(?:s|ed)?|tour`, "visit"},
		{"[(state|working) ]visit", `(?:(?:state|working) )?visit`, "visit"},
		{"совместн+ заявлени*", `совместн[\pL\pM]+ заявлени[\pL\pM]*`, "совместнa заявлени"},
		{"S.E.", `S\.E\.`, "S.E."},
		{`really\?`, `really\?`, "really?"},
		{"in {<Name>[ am <Name>]}", `in (\p{Lu}[\pL’'-]*(?: am \p{Lu}[\pL’'-]*)?)`, "in Hamm"},
		{"for <1-20 letters>fish", `for [^.!?。,，、;:]{1,20}fish`, "for afish"},
		{"<40 characters>署名", `.{0,40}署名`, "署名"},
		{`/\p{Han}{2}/`, `\p{Han}{2}`, ""},
	} {
		expr, err := list.Expression(tt.wording)
		if err != nil || expr != tt.expr {
			t.Errorf("Expression(%q) = %q, %v, want %q", tt.wording, expr, err, tt.expr)
		}
		if got := list.Sample(tt.wording); got != tt.sample {
			t.Errorf("Sample(%q) = %q, want %q", tt.wording, got, tt.sample)
		}
	}
	words, err := list.Expression("joint <3 words>statement")
	if err != nil {
		t.Fatal(err)
	}
	re := regexp.MustCompile("^(?:" + words + ")$")
	for text, want := range map[string]bool{
		"joint statement": true, "joint U.S.-Japan press statement": true, "joint Côte d’Ivoire statement": true,
		"joint work. A statement": false, "joint a b c d statement": false,
	} {
		if re.MatchString(text) != want {
			t.Errorf("up to three words in %q: %v, want %v", text, !want, want)
		}
	}
}

func TestExpressionErrors(t *testing.T) {
	for wording, want := range map[string]string{
		"(call": `")" is missing`, "call)": `")" stands alone`, "visits?": `"?" stands alone`, `\pL+`: `"\" stands before no sign`,
		"<words>": "<words> is not known", "<word": `">" is missing`, "/(/": "error parsing regexp", "(call]": `"]" stands alone`,
	} {
		if _, err := list.Expression(wording); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Expression(%q) = %v, want an error that says %s", wording, err, want)
		}
	}
}

func TestAlternatives(t *testing.T) {
	got := list.Alternatives(`visit[s|ed]|phone (call|talk)|a\|b`)
	if d := cmp.Diff([]string{"visit[s|ed]", "phone (call|talk)", `a\|b`}, got); d != "" {
		t.Errorf("Alternatives (-want +got):\n%s", d)
	}
}

// Every wording of the built-in files is fitted by the text that is made of it; six rules are on letters.
func TestBuiltInWordings(t *testing.T) {
	letters := 0
	check := func(l list.Line, wording string) {
		for _, one := range list.Alternatives(wording) {
			expr, err := list.Expression(one)
			if err != nil {
				t.Error(l.Errorf("%w", err))
			} else if strings.HasPrefix(one, "/") && len(one) > 1 {
				letters++
			} else if s := list.Sample(one); !regexp.MustCompile("^(?:" + expr + ")$").MatchString(s) {
				t.Errorf("%s: %q does not fit %q", l.Place, s, one)
			}
		}
	}
	for _, file := range []string{"words.txt", "noise.txt", "headings.txt"} {
		for _, l := range list.BuiltIn(file) {
			if l.Section == "place" {
				_, wording, _ := strings.Cut(l.Text, " ")
				check(l, wording)
			} else {
				check(l, l.Text)
			}
		}
	}
	for _, l := range list.BuiltIn("tongues.tsv") {
		if f := l.Fields(); !slices.Contains(f, "order") {
			check(l, f[2])
		}
	}
	if letters != 6 {
		t.Errorf("%d built-in rules are on letters, want the 6 that docs/word-lists.md gives a reason for", letters)
	}
}
