package timeline_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"readout/timeline"
)

// committee makes releases that repeat each other but for the sentence given; "" is a
// release of another form.
func committee(t testing.TB, sentences ...string) []*timeline.Release {
	t.Helper()
	var rs []*timeline.Release
	for i, s := range sentences {
		text := "The Harbour Board met today and decided to keep the toll for heavy ships unchanged.\n" +
			"The Board will watch the water level in the outer basin and act as needed to keep the channel open.\n" +
			"Traffic in the inner basin has been rising at a steady pace since the lock was repaired.\n" + s
		if s == "" {
			text = "A choir of forty children opened the museum of knots.\nAll visitors received a small rope made by local sailors of old."
		}
		rs = append(rs, release(t, fmt.Sprintf("r%02d", i), fmt.Sprintf("%d-03-01", 2041+i), []timeline.Party{"MT"}, text))
	}
	return rs
}

func outlineTurns(turns []timeline.PhraseTurn) string {
	var b strings.Builder
	for _, turn := range turns {
		for _, k := range []struct {
			sign string
			list []timeline.PhraseChange
		}{{"+", turn.Appeared}, {"^", turn.Returned}, {"-", turn.Disappeared}} {
			for _, c := range k.list {
				fmt.Fprintf(&b, "%s %s%s", turn.Release.ID, k.sign, c.Phrase.Text)
				fmt.Fprintf(&b, " %d", c.Run)
				if k.sign == "^" {
					fmt.Fprintf(&b, " after %d", c.Absent)
				}
				b.WriteByte('\n')
			}
		}
		if turn.Apart {
			fmt.Fprintf(&b, "%s apart\n", turn.Release.ID)
		}
	}
	return b.String()
}

func TestStockFindsWhatComesAndGoes(t *testing.T) {
	const patient, plain = "The Board can be patient with dredging.", "Dredging was put off."
	rs := committee(t, plain, plain, patient, "", patient, patient, plain, plain, plain, plain, patient, patient, plain)
	want := `r02 +Board can be patient with dredging 3
r03 apart
r06 -Board can be patient with dredging 3
r10 ^Board can be patient with dredging 2 after 4
r12 -Board can be patient with dredging 2
`
	rnd := rand.New(rand.NewPCG(7, 7))
	for range 3 {
		got := outlineTurns(timeline.Stock(rs, timeline.StockOptions{}))
		var about []string
		for line := range strings.Lines(got) {
			if strings.Contains(line, "patient") || strings.Contains(line, "apart") {
				about = append(about, line)
			}
		}
		if strings.Join(about, "") != want {
			t.Fatalf("turns:\n%s\nwant\n%s", got, want)
		}
		rnd.Shuffle(len(rs), func(i, j int) { rs[i], rs[j] = rs[j], rs[i] })
	}
}

func TestStockOfMeetingsThatDoNotRepeat(t *testing.T) {
	with := "Both sides stressed the freedom of the southern fisheries"
	said := []string{with + ".", "Salt was weighed in Sucre.", with + " and of bells.", "Bottles arrived whole.", with + " once more.",
		"The railway climbed.", "Nobody sang at noon.", "Quarries were closed.", "An orchard was planted.", "Telescopes were cleaned.", "Ferries waited outside.", "Vineyards froze."}
	var rs []*timeline.Release
	for i, s := range said {
		rs = append(rs, release(t, fmt.Sprintf("r%02d", i), fmt.Sprintf("20%02d-03-01", 41+i), []timeline.Party{"MT", "BO"}, s))
	}
	got := outlineTurns(timeline.Stock(rs, timeline.StockOptions{}))
	if want := "r05 -sides stressed the freedom of the southern fisheries 3\n"; got != want {
		t.Errorf("turns:\n%s\nwant\n%s", got, want)
	}
	if got := timeline.Stock(nil, timeline.StockOptions{}); len(got) != 0 {
		t.Errorf("turns of nothing: %v", got)
	}
}

// Where meetings do not repeat each other, that ministers met and talked is no phrase;
// how they talked is.
func TestStockTells(t *testing.T) {
	said := []string{"A.", "Minister Ilse Arden discussed the importance of bilateral issues.", "Minister Ilse Arden discussed the importance of bilateral issues.", "Minister Ilse Arden discussed the importance of bilateral issues.",
		"The talks were candid and constructive.", "The talks were candid and constructive.", "The talks were candid and constructive.", "Salt was weighed."}
	var rs []*timeline.Release
	for i, s := range said {
		r := release(t, fmt.Sprintf("r%02d", i), fmt.Sprintf("20%02d-03-01", 41+i), []timeline.Party{"MT", "BO"}, s)
		r.Participants = []timeline.Participant{{Name: "Ilse Arden"}}
		rs = append(rs, r)
	}
	got := outlineTurns(timeline.Stock(rs, timeline.StockOptions{}))
	if want := "r04 +talks were candid and constructive 3\n"; got != want {
		t.Errorf("turns:\n%s\nwant\n%s", got, want)
	}
}

func TestStockLeavesNamesAndNumbersAside(t *testing.T) {
	rs := committee(t, "Voting were Ada B. Brix and Carl Dorn.", "Voting were Ada B. Brix and Carl Dorn.", "The toll is 12 crowns a day.", "The toll is 12 crowns a day.")
	for line := range strings.Lines(outlineTurns(timeline.Stock(rs, timeline.StockOptions{}))) {
		for _, bad := range []string{"Brix", "Dorn", "12"} {
			if strings.Contains(line, bad) {
				t.Errorf("%q is a stock phrase", strings.TrimSpace(line))
			}
		}
	}
}

func BenchmarkStock(b *testing.B) {
	sentences := make([]string, 180)
	for i := range sentences {
		sentences[i] = fmt.Sprintf("The Board can be patient with dredging at pier %c while ships of class %c wait outside.", 'a'+i%26, 'a'+i%7)
	}
	rs := committee(b, sentences...)
	b.ReportAllocs()
	for b.Loop() {
		timeline.Stock(rs, timeline.StockOptions{})
	}
}
