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
		{"in sentences that share little else", "They gave firm support to the herring grounds off Kolbeinsey, and spoke of wool at length.", "Minister Sosa rang a bell, praised Bress, and recalled his support to the herring grounds off Kolbeinsey.", "softened firm support → support"},
		{"the same assurance as a verb", "They welcomed the sustained landing of herring off Kolbeinsey.", "They welcomed sustaining the landing of herring off Kolbeinsey.", ""},
		{"an assurance of its own elsewhere", "They gave firm support to the herring grounds off Kolbeinsey.", "They gave support to the ironclad herring grounds off Kolbeinsey.", ""},
		{"one of two epithets", "They want strong and varied lines of wool from Bress to Hamm.", "They want cheap and varied lines of wool from Bress to Hamm.", ""},
		{"epithets joined", "They want a swift and lasting landing of herring off Kolbeinsey.", "They want a lasting landing of herring off Kolbeinsey.", "softened swift and lasting landing → lasting landing"},
		{"one of two assurances", "They want an immediate and sustained landing of herring off Kolbeinsey.", "They want an immediate landing of herring off Kolbeinsey.", "softened immediate and sustained landing → immediate landing"},
		{"an adverb of the verb before it", "They state unequivocally that any use of nets off Kolbeinsey is over.", "They state that any use of nets off Kolbeinsey is over.", ""},
		{"a head in another form", "They affirmed supporting the herring grounds off Kolbeinsey.", "They affirmed firm support of the herring grounds off Kolbeinsey.", ""},
		{"a verb of speech before it", "They reaffirmed support for the herring grounds off Kolbeinsey.", "They voiced firm support for the herring grounds off Kolbeinsey.", "firmed support → firm support"},
		{"another owner covers no less", "They exerted their efforts for the herring grounds off Kolbeinsey.", "They exerted all efforts for the herring grounds off Kolbeinsey.", ""},
		{"a reservation behind", "They will land herring with boats at Kolbeinsey.", "They will land herring with boats where possible at Kolbeinsey.", "softened boats → boats where possible"},
		{"a step of an order", "They will open the harbour of Hamm as soon as possible.", "They will open the harbour of Hamm at an early date.", "softened as soon as possible → at an early date"},
		{"the order the other way", "They will open the harbour of Hamm in due course.", "They will open the harbour of Hamm immediately.", "firmed in due course → immediately"},
		{"a member more", "They affirmed the safety of herring grounds at Kolbeinsey.", "They affirmed the safety of herring grounds and wool sheds at Kolbeinsey.", "widened grounds → grounds and wool sheds"},
		{"a member in the middle", "They affirmed the landing of herring, salt, and wool off Kolbeinsey.", "They affirmed the landing of herring, and wool off Kolbeinsey.", "narrowed herring, salt → herring"},
		{"an epithet is no member", "They condemned the reckless and unlawful landing of herring off Kolbeinsey.", "They condemned the reckless landing of herring off Kolbeinsey.", ""},
		{"an apposition is none", "They affirmed the safety of herring grounds off Kolbeinsey.", "They affirmed the safety of herring grounds off Kolbeinsey, storms aside.", ""},
		{"a name", "They praised the bells of Hamm, at least in winter.", "They praised the bells of Hamm and Bress, at least in winter.", ""},
		{"a member that moved", "They affirmed the landing of herring and wool at Hamm in the old harbour.", "They affirmed the landing of wool and herring at Hamm in the old harbour.", ""},
		{"one came, another went", "They affirmed the landing of herring and salt, and the felting of wool and hair.", "They affirmed the landing of herring, and the felting of wool and hair and linen.", ""},
		{"another point", "They gave firm support to wool.", "Support came from the felting guild of Bress last winter.", ""},
	} {
		c := diff.Pair(timeline.Statement{ID: "a#1", Text: x.old}, timeline.Statement{ID: "b#1", Text: x.new}, diff.Options{Qualifiers: formula.DefaultQualifiers()})
		got := ""
		for _, s := range c.Shifts {
			if s.Scale == "qualifier" || s.Scale == "list" {
				got += string(s.Kind) + " " + s.From + " → " + s.To
			}
		}
		if d := cmp.Diff(x.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", x.name, d)
		}
	}
}

// TestShiftsAndActs: what is narrated or talked about is no position, and a promise that became talk is no
// firmer for a reservation less.
func TestShiftsAndActs(t *testing.T) {
	const with, without = "They will land herring with boats where possible at Kolbeinsey.", "They will land herring with boats at Kolbeinsey."
	const few, many = "They land herring at Kolbeinsey.", "They land herring and salt at Kolbeinsey."
	for _, x := range []struct {
		name, old, new string
		was, is        timeline.Act
		want           diff.ShiftKind
	}{
		{"a reservation went", with, without, timeline.ActCommit, timeline.ActCommit, diff.Firmed},
		{"and the promise with it", with, without, timeline.ActCommit, timeline.ActDiscuss, ""},
		{"a reservation came to talk", without, with, timeline.ActDiscuss, timeline.ActCommit, ""},
		{"narration", with, without, timeline.ActNone, timeline.ActNone, ""},
		{"a list of what is held", few, many, timeline.ActAgree, timeline.ActAgree, diff.Widened},
		{"a list of what was talked about", few, many, timeline.ActDiscuss, timeline.ActDiscuss, ""},
	} {
		c := diff.Pair(timeline.Statement{ID: "a#1", Text: x.old, Act: x.was}, timeline.Statement{ID: "b#1", Text: x.new, Act: x.is},
			diff.Options{Qualifiers: formula.DefaultQualifiers()})
		var got diff.ShiftKind
		for _, s := range c.Shifts {
			if s.Scale == "qualifier" || s.Scale == "list" {
				got = s.Kind
			}
		}
		if got != x.want {
			t.Errorf("%s: %q, want %q", x.name, got, x.want)
		}
	}
}
