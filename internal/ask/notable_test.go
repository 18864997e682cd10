package ask_test

import (
	"testing"

	"readout/diff/formula"
	"readout/internal/ask"
	"readout/timeline"
)

// TestNotables: a formula that went firmer is told before one that is missing, an issue raised
// first after both, with what each stands on; what happened long ago is not told.
func TestNotables(t *testing.T) {
	const survey = "krill: The two ministers agreed that the joint survey of krill stocks in southern waters would be continued."
	const harbour = "port: The two ministers welcomed the regular inspection of harbour cranes by independent engineers."
	rs := []*timeline.Release{
		meeting(t, "NO", "2031-01-10", survey+"\n"+harbour+"\nold: The two ministers agreed on lamps."),
		meeting(t, "NO", "2032-01-10", survey+"\n"+harbour),
		meeting(t, "NO", "2033-01-10", survey+"\n"+harbour),
		meeting(t, "NO", "2034-01-10", survey+"\n"+harbour),
		meeting(t, "NO", "2035-01-10", "krill: The two ministers firmly agreed that the joint survey of krill stocks in southern waters would be continued.\n"+
			"bees: The two ministers agreed to count bees.\nport: The two ministers spoke about lanterns on the quay at night."),
	}
	for _, r := range rs {
		for i := range r.Statements {
			r.Statements[i].Act = timeline.ActAgree
		}
	}
	topics := []timeline.Topic{{ID: "krill", Name: "Krill"}, {ID: "port", Name: "Port"}, {ID: "old", Name: "Lamps"}, {ID: "bees", Name: "Bees"}}
	m := ask.NewMatrix(threads(rs, "krill", "port", "old", "bees"))
	found := ask.Notables(m, formula.Find(rs, formula.Options{}))
	got := map[string]ask.Finding{}
	for _, f := range found {
		if f.Held != rs[4].Held {
			t.Errorf("%s on %s is no news", f.Kind, f.Held)
		}
		got[f.Topic] = f
	}
	for _, want := range []struct {
		topic   string
		kind    ask.FindingKind
		against string
	}{{"krill", "firmed", rs[3].ID}, {"port", ask.FoundMissing, rs[3].ID}, {"bees", ask.FoundOpened, ""}} {
		if f := got[want.topic]; f.Kind != want.kind || f.Against != want.against || f.Release != rs[4].ID {
			t.Errorf("on %s there is %+v, want %s against %q", want.topic, f, want.kind, want.against)
		}
	}
	if len(found) < 3 || found[0].Topic != "krill" || found[0].Because == "" {
		t.Errorf("the first finding is %+v, want the formula that went firmer", found[:min(1, len(found))])
	}
	if f := got["port"]; f.Count != 4 || f.Old == nil || f.Old.ID == "" {
		t.Errorf("the missing formula is %+v, want one that four texts had", f)
	}
	light := ask.Latest("NO-UY", timeline.Assigned(rs, topics...), formula.Find(rs, formula.Options{}))
	if len(light) == 0 || light[0].Topic != "krill" || light[0].Name != "Krill" {
		t.Errorf("by formulas alone there is %+v, want the one that went firmer first", light)
	}
}
