package diff_test

import (
	"testing"

	"readout/diff"

	"github.com/google/go-cmp/cmp"
)

// TestMarks checks the small edits that are often the news.
func TestMarks(t *testing.T) {
	tests := []struct {
		old, new string
		want     string // KIND OLD→NEW, separated by "; "
	}{
		{"Ostmark will send 120 engineers.", "Ostmark will send 150 engineers.", "number 120→150"},
		{"Aid of $1.08 billion was pledged.", "Aid of €1.2 billion was pledged.", "number $1.08 billion→€1.2 billion"},
		{"Tariffs fall by 12% or 4 percent.", "Tariffs fall by 9.5% or 3 percent.", "number 12%→9.5%; number 4 percent→3 percent"},
		{"They will send two ships.", "They will send three ships.", "number two→three"},
		{"The first phase ends.", "The second phase ends.", "number first→second"},
		{"Talks begin at 3:30.", "Talks begin at 4:30.", "number 3:30→4:30"},

		{"They meet on 3 May 2034 in Oss.", "They meet on 17 June 2034 in Oss.", "date 3 May→17 June"},
		{"They meet on May 3, 2034.", "They meet on June 17, 2035.", "date May 3, 2034→June 17, 2035"},
		{"The 2031 treaty stands.", "The 2033 treaty stands.", "date 2031→2033"},
		{"Talks on Monday go on.", "Talks on Tuesday go on.", "date Monday→Tuesday"},
		{"In May, talks may resume.", "In June, talks may resume.", "date May→June"},
		{"Les parties se réunissent en mai.", "Les parties se réunissent en juin.", "date mai→juin"},
		{"Стороны встретятся в мае.", "Стороны встретятся в июне.", "date мае→июне"},
		{"両外相は5月に120人を派遣する。", "両外相は6月に150人を派遣する。", "date 5月→6月; number 120→150"},
		{"両外相は日本で会談した。", "両外相は米国で会談した。", ""},

		{"They will not meet.", "They will meet.", "negation not→"},
		{"They don't accept it.", "They accept it.", "negation don't→"},
		{"They can accept it.", "They cannot accept it.", "modal can→cannot; negation →cannot"},
		{"Talks were held without conditions.", "Talks were held with conditions.", "negation without→"},
		{"Neither side will withdraw.", "Both sides may withdraw.", "modal will→may; negation Neither→"},
		{"Стороны проведут встречу.", "Стороны не проведут встречу.", "negation →не"},
		{"اتفق الوزيران على الموعد.", "لم يتفق الوزيران على الموعد.", "negation →لم"},
		{"Les parties n'ont pas exclu cela.", "Les parties ont exclu cela.", "negation pas→"},
		{"Los ministros acordaron ampliar.", "Los ministros acordaron no ampliar.", "negation →no"},

		{"They must send ships.", "They should send ships.", "modal must→should"},
		{"May the talks resume!", "Will the talks resume!", "modal May→Will"},
		{"Beide Seiten werden verhandeln.", "Beide Seiten können verhandeln.", "modal werden→können"},

		{"Foreign Minister Ilse Arden spoke.", "Foreign Minister Paul Tolber spoke.", "name Ilse Arden→Paul Tolber"},
		{"Talks with Ostmark and Lorra go on.", "Talks with Ostmark and Vexa go on.", "name Lorra→Vexa"},
		{"Negotiations go on.", "Talks go on.", ""},
		{"The ministers of Sill and Tarn signed.", "The ministers of Tarn and Sill signed.", ""},
		{"The ministers discussed cod.", "The two ministers discussed cod.", ""},
		{"Two agreements were signed.", "Three agreements were signed.", "number Two→Three"},
		{"They hold two meetings a year.", "They hold three meetings a year.", "number two→three"},
		{"Lorra met Vexa, and Lorra sang.", "Sill met Vexa, and Sill sang.", "name Lorra→Sill"},
		{"The talks on fish went on in Lorra.", "The talks on Lorra's fish went on in Lorra.", ""},
		{"The talks on fish with Lorra go on.", "The talks on fish with Vexa, Sill and Tarn go on.", "name Lorra→; name →Vexa; name →Sill; name →Tarn"},
		{"On 3 May Ilse Arden offered 120 ships.", "Nothing was heard of Paul Tolber's 90 boats.", ""}, // rewritten whole
		{"The ceiling of 80 a year.", "The ceiling of 80 vessels a year.", ""},
	}
	for _, tt := range tests {
		r := diff.Compare(releaseOf("a", []string{tt.old}), releaseOf("a", []string{tt.new}), diff.Options{})
		got := ""
		for _, c := range r.Changes {
			for _, m := range c.Marks {
				if got != "" {
					got += "; "
				}
				got += string(m.Kind) + " " + m.Old + "→" + m.New
			}
		}
		if d := cmp.Diff(tt.want, got); d != "" {
			t.Errorf("marks of %q → %q (-want +got):\n%s", tt.old, tt.new, d)
		}
	}
}
