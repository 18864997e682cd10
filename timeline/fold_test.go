package timeline

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"The U.S.-Japan Alliance":      "the us japan alliance",
		"Russia’s war, São Tomé's":     "russia war sao tome",
		"1,200 people. At 3.5 percent": "1200 people at 35 percent",
		"G7/G20 — “state-of-the-art”":  "g7 g20 state of the art",
		"日本 and ROK":                   "日 本 and rok",
		"end. Start":                   "end start",
		"":                             "",
	} {
		if got := strings.Join(words(text), " "); got != want {
			t.Errorf("words(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestTermsOfIdeographs(t *testing.T) {
	for text, want := range map[string]string{
		"海底ケーブルの敷設":      "海底 底ケ ケー ーブ ブル 敷設",
		"鯨と、種子。EU側":      "鯨 種子 eu 側",
		"the U.S. sides": "the us sides",
	} {
		if got := strings.Join(terms(tokens(text)), " "); got != want {
			t.Errorf("terms(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestSlug(t *testing.T) {
	for name, want := range map[string]string{
		"The Submarine cable": "submarine-cable", "海底ケーブル": "海底ケーブル", "北極 G7 会合": "北極-g7-会合", "해저 케이블": "해저-케이블", "Подводный кабель": "подводныи-кабель", "ガス": "ガス",
	} {
		if got := slug(name); got != want {
			t.Errorf("slug(%q) = %q, want %q", name, got, want)
		}
	}
}

func FuzzTokens(f *testing.F) {
	f.Add("The U.S.–Japan “Alliance”, São\x00")
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, k := range tokens(text) {
			if k.Start < end || k.End <= k.Start || k.End > len(text) || k.Folded == "" {
				t.Fatalf("token %+v after %d in %q", k, end, text)
			}
			end = k.End
		}
		if s := slug(text); s == "" || strings.ContainsAny(s, " /#@") {
			t.Fatalf("slug(%q) = %q", text, s)
		}
	})
}

func TestParseHeading(t *testing.T) {
	lists := DefaultWordLists()
	for heading, want := range map[string][]string{
		"1. Bell of the lighthouse":              {"Bell of the lighthouse"},
		"(2) Issue of the salt flats railway":    {"Salt flats railway"},
		"**IV. Bells, bottles and railways**":    {"Bells", "Bottles", "Railways"},
		"GLASS BOTTLES":                          {"Glass bottles"},
		"Opening remarks":                        nil,
		"3．Other matters (continued)":            nil,
		"Malta–Bolivia Relations":                {"Malta–Bolivia Relations"},
		"Visit to the Lighthouse":                nil,
		"“Night bell” (Friday, May 3)":           {"Night bell"},
		"Fishing and related customs procedures": {"Fishing", "Customs procedures"},
		"I. Ships":                               {"Ships"},
		"Harbour: the lamps and the buoys":       {"Harbour"},
		"Regional issues: ferries":               {"Ferries"},
		"Iran":                                   {"Iran"},
	} {
		if got := partNames(lists.parseHeading(heading, 0)); !cmp.Equal(got, want) {
			t.Errorf("parseHeading(%q) = %q, want %q", heading, got, want)
		}
	}
}

func partNames(h head) (out []string) {
	for _, p := range h.parts {
		out = append(out, p.name)
	}
	return out
}

func TestIssuesExtend(t *testing.T) {
	base, err := new(Issues).Extend(strings.NewReader("# a comment\n\nBells\t\tMT\tbell|~chime\n"))
	if err != nil {
		t.Fatal(err)
	}
	more, err := base.Extend(strings.NewReader("bells\tSounds\tBO\tcarillon\r\nSounds\t\t\tsound\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []Issue{
		{Name: "Bells", PartOf: "Sounds", Parties: []Party{"BO", "MT"}, Expressions: []string{"bell", "~chime", "carillon"}},
		{Name: "Sounds", Expressions: []string{"sound"}},
	}
	if diff := cmp.Diff(want, more.All()); diff != "" {
		t.Error(diff)
	}
	if len(base.All()) != 1 || len(base.All()[0].Expressions) != 2 {
		t.Errorf("Extend changed its receiver: %+v", base.All())
	}
	for _, bad := range []string{"Bells\tbell", "\t\t\tbell", "Bells"} {
		if _, err := new(Issues).Extend(strings.NewReader(bad)); err == nil || !strings.Contains(err.Error(), "issues.tsv:1") {
			t.Errorf("Extend(%q): error %v", bad, err)
		}
	}
}

func TestDefaultIssues(t *testing.T) {
	all := DefaultIssues().All()
	if len(all) < 80 {
		t.Errorf("%d issues, want 80 at least", len(all))
	}
	names := map[string]bool{}
	for _, x := range all {
		names[x.Name] = true
	}
	for _, x := range all {
		if x.PartOf != "" && (!names[x.PartOf] || x.PartOf == x.Name) {
			t.Errorf("%s is part of %q, which is no other issue", x.Name, x.PartOf)
		}
		if len(x.Expressions) == 0 {
			t.Errorf("%s has no expressions", x.Name)
		}
	}
}

func TestLongestExpressionWins(t *testing.T) {
	issues, err := new(Issues).Extend(strings.NewReader("China\t\t\tchina\nSouth China Sea\t\t\tsouth china sea\n"))
	if err != nil {
		t.Fatal(err)
	}
	hits := issues.finder(func(Issue) bool { return false }).find(singulars(words("The South China Sea and China")))
	if len(hits) != 2 || hits[0].issues[0].issue != 1 || hits[1].issues[0].issue != 0 {
		t.Errorf("hits = %+v", hits)
	}
}
