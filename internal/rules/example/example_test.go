package example_test

import (
	"flag"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"readout/internal/rules"
	"readout/internal/rules/example"
	"readout/internal/rules/list"
)

// What the examples of the built-in rule files say comes out.
func TestExamples(t *testing.T) {
	n, failed := example.RunAll(rules.Default())
	if n < 4000 {
		t.Errorf("the built-in files have %d examples, want 4,000 and more", n)
	}
	for _, f := range failed {
		t.Errorf("%s: %s is %s, want %s: %s", f.Place, f.Key, f.Got, f.Want, f.Text)
	}
}

var (
	every     = flag.Int("every", 50, "take out every Nth rule that has an example")
	only      = flag.String("file", "", "take out rules of this file alone")
	unguarded = flag.Bool("unguarded", false, "list the rules without an example of their own")
)

// A rule is guarded by an example that comes out with the rule and not without it. All of
// them are tried by
//
//	go test ./internal/rules/example -run Guarded -every 1 -unguarded -v
func TestRulesAreGuarded(t *testing.T) {
	r := rules.Default()
	n, alone := 0, 0
	for _, g := range list.Grammars() {
		if *only != "" && *only != g.File {
			continue
		}
		guards := map[list.Place][]list.Example{}
		for _, x := range example.Of(r.Book(), g.File) {
			guards[x.Rule.Place] = append(guards[x.Rule.Place], x.All()...)
		}
		for _, l := range list.BuiltIn(g.File) {
			if guards[l.Place] == nil {
				alone++
				if *unguarded {
					t.Logf("%s: %q has no example", l.Place, l.Text)
				}
				continue
			}
			if n++; n%*every != 0 {
				continue
			}
			if !doubled[g.File] && !guarded(r, r.Without(l.Place), guards[l.Place]) {
				t.Errorf("%s: without %q its examples come out as well; \"> -\" says that none fits", l.Place, l.Text)
			}
		}
	}
	t.Logf("%d rules have an example, %d have none; %d were taken out", n, alone, n / *every)
}

// doubled are files whose rules double others: the locale data has a name as well, and two lines
// of issues have one expression.
var doubled = map[string]bool{"names.tsv": true, "issues_tongues.tsv": true}

// guarded reports whether an example comes out by the first rules and not by the second.
func guarded(with, without *rules.Rules, xs []list.Example) bool {
	return slices.ContainsFunc(xs, func(x list.Example) bool {
		return len(example.Run(with, x)) == 0 && len(example.Run(without, x)) > 0
	})
}

// additions are, for every rule file, a line that a user may add, and an example that
// holds with it alone.
var additions = map[string]string{
	"parties.tsv":        "VO\tVostria\tKingdom of Vostria\tVostrian+\tVostrograd\n> the Kingdom of Vostria => names VO",
	"names.tsv":          "de\tNO\tNordheim\n> Nordheim => in de; names NO",
	"notparties.txt":     "* Regatta\n> the Norway Regatta => names -",
	"offices.txt":        "Weaver\n> Jordan Weaver met them => names JO",
	"hosts.tsv":          "vostria.example\tNO\n> www.vostria.example => host NO",
	"regions.tsv":        "Under the sea\tATL\n> ATL => region Under the sea",
	"words.txt":          "[call]\nheliograph exchange\n> Norway-Uruguay Heliograph Exchange\\nMarch 3, 2041\\n\\nThe two sides discussed krill. => kind call",
	"noise.txt":          "[start]\nfiled under\n> Norway-Uruguay Talks\\nMarch 3, 2041\\n\\nThe two sides discussed the krill quota of the year.\\n\\nFiled under: islands and their gulls. => statements 1",
	"calendar.tsv":       "eo\tjanuaro\tfebruaro\tmarto\taprilo\tmajo\tjunio\tjulio\taŭgusto\tseptembro\toktobro\tnovembro\tdecembro\n> Norway-Uruguay Talks\\n\\nThe two sides met on 2 marto 2041 in Bergen. => held 2041-03-02",
	"events.tsv":         "G9\tHamm\t2039\n> Norway-Uruguay Talks at the G9 Hamm Summit\\n\\nThe two sides met on March 2 in Hamm at the G9 Hamm summit. => held 2039-03-02",
	"languages.tsv":      "eo\tla kaj de estas en por kun ĉe inter\n> La ministroj de ambaŭ landoj estas kontentaj kun la marborda akordo kaj la fervojo inter la urboj. => language eo",
	"abbreviations.txt":  "[title]\nSamid\n> The two sides met Samid. Paz of the harbour. => statements 1",
	"acts.tsv":           "verb\tharrumph\tcondemn\t-\t57\n> Norway harrumphed the krill quota. => act condemn",
	"persons.tsv":        "group\tpotentates\n> The potentates agreed on the krill quota. => speakers NO UY",
	"english.tsv":        "dealing\tharrumphed\tharrumph\n> The talks harrumphed the krill quota. => act discuss; verb harrumph",
	"tongues.tsv":        "de\tverb\thämmerten ein\tstate\teinhämmern\t37\n> Die beiden Minister hämmerten ein, dass die Quote für den Krill gilt. => in de; act state",
	"furniture.txt":      "[line]\nfeed the gulls # of the harbour\n> <main><p>The two sides discussed the krill quota of the year at length.</p><p>Feed the gulls</p></main> => text The two sides discussed the krill quota of the year at length.",
	"letters.txt":        "han\t鬻 鬯 齾 鱻\n> 鬻鬯齾鱻 => encoding big5",
	"links.txt":          "[notfound]\nhic non est\n> Hic non est => standing gone",
	"issues.tsv":         "Amber question\t\t\tamber trade\n> The two sides discussed the amber trade. => topic Amber question",
	"issues_tongues.tsv": "de\tFisheries\tdorschfang*\n> Die beiden Minister erörterten den Dorschfang vor der Küste. => in de; topic Fisheries",
	"topics.txt":         "[slogans]\nunbottle\n> 1. Unbottle the harbour\\nThe two sides discussed the harbour of Hamm. => topic -",
	"headings.txt":       "[leads]\nre\n> 1. Re the herring bank\\nThe two sides discussed the matter. => topic Herring bank",
	"tails.txt":          "atop\n> The two sides discussed energy security atop artificial intelligence. => topic Energy security, Artificial intelligence",
	"wrappers.txt":       "harbour of hamm\n> 1. Harbour of Hamm\\nThe two sides discussed the matter. => topic -",
	"relations.txt":      "neighbourly ties *\n> 1. Neighbourly ties and friendship\\nThe two sides discussed the matter. => topic Bilateral relations",
	"frames.txt":         "[notes]\nthe gulls were fed\n> The two sides discussed fisheries while the gulls were fed. => topic -",
	"protocol.txt":       "fed the gulls\n> The two sides fed the gulls under the Hamm Ferry Treaty. => topic -",
	"lanes.txt":          "[forms]\nalmanac\talmanac\n> Almanac of Norway and Uruguay\\nMarch 3, 2041\\n\\nThe two sides discussed krill. => lane almanac",
	"edges.txt":          "yonder\n> The foreign ministers met in Hamm and spoke of the harbour. || They met in the town of Hamm and spoke of seals there. || Both sides stressed the lasting protection of herring grounds yonder. || Both sides stressed the lasting protection of herring grounds yonder. || Both sides stressed the lasting protection of herring grounds yonder for ever. || They met in the town of Hamm and spoke of seals there. => stock sides stressed the lasting protection of herring grounds",
	"lexicon.tsv":        "modal\tshalt\n> shalt => function yes",
	"ladder.tsv":         "commitment\t65\tsealed\tseal|sealed|seals\n> Both sides sealed the krill quota of the shelf. || Both sides affirmed the krill quota of the shelf. => shift softened commitment: sealed → affirmed",
	"qualifiers.tsv":     "firm\tzealous/zealously\n> They voiced zealous support for the protection of the herring grounds off Kolbeinsey. || They voiced zealous support for the protection of the herring grounds off Kolbeinsey. || They voiced support for the protection of the herring grounds off Kolbeinsey. => formula softened",
}

// Every rule file can be added to, and what is added changes an answer.
func TestEveryFileCanBeExtended(t *testing.T) {
	for _, g := range list.Grammars() {
		if g.Fixed != "" {
			continue
		}
		text, ok := additions[g.File]
		if !ok {
			t.Errorf("no addition to %s is tried", g.File)
			continue
		}
		more, err := rules.Load(fstest.MapFS{g.File: {Data: []byte(text)}}, "mine")
		if err != nil {
			t.Error(err)
			continue
		}
		own := len(rules.Default().Book().Examples(g.File))
		xs := more.Book().Examples(g.File)[own:]
		if len(xs) != 1 || !strings.HasPrefix(xs[0].File, "mine/") {
			t.Errorf("%s: %d examples were added, want 1", g.File, len(xs))
			continue
		}
		for _, f := range example.Run(more, xs[0]) {
			t.Errorf("%s with an addition: %s is %s, want %s: %s", g.File, f.Key, f.Got, f.Want, f.Text)
		}
		if len(example.Run(rules.Default(), xs[0])) == 0 {
			t.Errorf("%s: %q comes out without the addition too", g.File, xs[0].Text)
		}
	}
}
