package formula_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/diff"
	"readout/diff/formula"
	"readout/timeline"
)

func TestShiftsOfQualifiers(t *testing.T) {
	for _, x := range []struct{ name, old, new, want string }{
		{"an assurance gone", "They reaffirmed their firm support for the herring grounds off Kolbeinsey.", "They reaffirmed their support for the herring grounds off Kolbeinsey.", "softened firm support → support"},
		{"an assurance come", "They reaffirmed the protection of herring off Kolbeinsey.", "They reaffirmed the full protection of herring off Kolbeinsey.", "firmed protection → full protection"},
		{"less is covered", "They called for the release of all of the boats held in Hamm.", "They called for the release of the boats held in Hamm.", "narrowed all of the boats → boats"},
		{"a reservation", "They will open the harbour of Hamm to every boat.", "They will gradually open the harbour of Hamm to every boat.", "softened open → gradually open"},
		{"moved within the sentence", "They firmly support the grounds off Kolbeinsey and the bells.", "They support the grounds off Kolbeinsey and firmly the bells.", ""},
		{"one assurance for another", "They reaffirmed their firm support for the herring grounds.", "They reaffirmed their unwavering support for the herring grounds.", ""},
		{"another word in its place", "They praised the old partnership of Hamm and Bress in wool.", "They praised the enduring partnership of Hamm and Bress in wool.", ""},
		{"a name", "They praised the Bank of Hamm and its long record in wool.", "They praised the Strong Bank of Hamm and its long record in wool.", ""},
		{"a denial", "They gave their full support to the grounds off Kolbeinsey.", "They did not give their support to the grounds off Kolbeinsey.", ""},
		{"another point", "They gave firm support to wool.", "Support came from the felting guild of Bress last winter.", ""},
	} {
		c := diff.Pair(timeline.Statement{ID: "a#1", Text: x.old}, timeline.Statement{ID: "b#1", Text: x.new}, diff.Options{Qualifiers: formula.DefaultQualifiers()})
		got := ""
		for _, s := range c.Shifts {
			if s.Scale == "qualifier" {
				got += string(s.Kind) + " " + s.From + " → " + s.To
			}
		}
		if d := cmp.Diff(x.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", x.name, d)
		}
	}
}
