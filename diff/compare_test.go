package diff_test

import (
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"readout/diff"
	"readout/timeline"

	"github.com/google/go-cmp/cmp"
)

// outline writes a report one change a line: the kind, its flags, the places of
// its statements and the edits of a rewording.
func outline(r *diff.Report) []string {
	var out []string
	for _, c := range r.Changes {
		line := string(c.Kind)
		for _, f := range []struct {
			name string
			set  bool
		}{{"moved", c.Moved}, {"split", c.Split}, {"merged", c.Merged}} {
			if f.set {
				line += "+" + f.name
			}
		}
		for _, s := range c.Old {
			line += " -" + s.ID[strings.Index(s.ID, "#")+1:]
		}
		for _, s := range c.New {
			line += " +" + s.ID[strings.Index(s.ID, "#")+1:]
		}
		if c.Kind == diff.Reworded {
			line += " " + wdiff(c.Edits)
		}
		for _, m := range c.Marks {
			line += " (" + string(m.Kind) + ": " + m.Old + " → " + m.New + ")"
		}
		out = append(out, line)
	}
	return out
}

func TestCompare(t *testing.T) {
	tests := []struct {
		name     string
		old, new []string
		want     []string
	}{
		{"same", []string{"They met.", "Ｔhey said “yes”."}, []string{"They met.", `They said "yes".`},
			[]string{"unchanged -1 +1", "unchanged -2 +2"}},
		{"small edits",
			[]string{"The two ministers will send 120 engineers to Port Velm in May 2034.", "They did not discuss the lighthouse of Arn."},
			[]string{"The two ministers may send 150 engineers to Port Velm in June 2034.", "They did discuss the lighthouse of Arn."},
			[]string{
				"reworded -1 +1 The two ministers [-will-]{+may+} send [-120-]{+150+} engineers to Port Velm in [-May-]{+June+} 2034. (modal: will → may) (number: 120 → 150) (date: May → June)",
				"reworded -2 +2 They did [-not -]discuss the lighthouse of Arn. (negation: not → )",
			}},
		{"new and dropped where they stood",
			[]string{"The harbour opened.", "A choir of forty children sang.", "The ministers left."},
			[]string{"The harbour opened.", "Nobody mentioned fisheries quotas.", "The ministers left."},
			[]string{"unchanged -1 +1", "dropped -2", "new +2", "unchanged -3 +3"}},
		{"moved",
			[]string{"The glacier survey begins in spring.", "Both sides praised the ferry line.", "A seed bank will be built near Tarn.", "The customs form was simplified."},
			[]string{"Both sides praised the ferry line.", "A seed bank will be built near Tarn.", "The customs form was simplified.", "The glacier survey begins in early spring."},
			[]string{"unchanged -2 +1", "unchanged -3 +2", "unchanged -4 +3", "reworded+moved -1 +4 The glacier survey begins in {+early +}spring."}},
		{"split",
			[]string{"The two sides agreed to reopen the tunnel under Mount Hesk and to share the cost of its lighting."},
			[]string{"The two sides agreed to reopen the tunnel under Mount Hesk.", "They also agreed to share the cost of its lighting."},
			[]string{"reworded+split -1 +1 +2 The two sides agreed to reopen the tunnel under Mount Hesk[- and-]{+. They also agreed+} to share the cost of its lighting."}},
		{"merged",
			[]string{"The two sides agreed to reopen the tunnel under Mount Hesk.", "They also agreed to share the cost of its lighting."},
			[]string{"The two sides agreed to reopen the tunnel under Mount Hesk and to share the cost of its lighting."},
			[]string{"reworded+merged -1 -2 +1 The two sides agreed to reopen the tunnel under Mount Hesk[-. They also agreed-]{+ and+} to share the cost of its lighting."}},
		{"nothing", nil, nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := diff.Compare(releaseOf("a", tt.old), releaseOf("a", tt.new), diff.Options{})
			if r.Cause != diff.Record {
				t.Errorf("cause = %s, want record for one id", r.Cause)
			}
			if d := cmp.Diff(tt.want, outline(r)); d != "" {
				t.Errorf("changes (-want +got):\n%s", d)
			}
		})
	}
}

func TestCompareNil(t *testing.T) {
	if r := diff.Compare(nil, nil, diff.Options{}); len(r.Changes) != 0 {
		t.Errorf("Compare(nil, nil) has changes: %v", outline(r))
	}
}

// TestComparePosition checks that between meetings topics hold apart what reads
// alike, and that evidence is given.
func TestComparePosition(t *testing.T) {
	statement := func(topic, text string) timeline.Statement {
		return timeline.Statement{Section: -1, Text: text, Topics: []string{topic}, Act: timeline.ActAgree}
	}
	old := &timeline.Release{ID: "2031-03-01-aa-bb", Statements: []timeline.Statement{
		statement("ferry", "The ministers agreed to continue talks on the ferry line."),
		statement("orchard", "The ministers agreed that the orchard at Sill should be replanted jointly."),
	}}
	new := &timeline.Release{ID: "2032-05-09-aa-bb", Statements: []timeline.Statement{
		statement("orchard", "It was agreed to replant the orchard at Sill, and to do so jointly by 2033."),
		statement("tariffs", "The ministers agreed to begin talks on tariffs for wool."),
	}}
	old.Name(old.ID)
	new.Name(new.ID)
	r := diff.Compare(old, new, diff.Options{})
	if r.Cause != diff.Position {
		t.Fatalf("cause = %s, want position for two ids", r.Cause)
	}
	var pairs []string
	for _, c := range r.Changes {
		if len(c.Old) > 0 && len(c.New) > 0 {
			pairs = append(pairs, c.Old[0].Topics[0]+" "+c.New[0].Topics[0])
			if c.Link.Score <= 0 || len(c.Link.Reasons) == 0 {
				t.Errorf("link without evidence: %+v", c.Link)
			}
		}
	}
	if d := cmp.Diff([]string{"orchard orchard"}, pairs); d != "" {
		t.Errorf("pairs (-want +got):\n%s", d)
	}
	if got := diff.Compare(old, new, diff.Options{Topic: "ferry"}).Summary; got.Dropped != 1 || got.New != 0 {
		t.Errorf("with a topic: %+v, want its one statement dropped", got)
	}
}

// checkReport fails unless the report keeps the laws of [diff.Compare].
func checkReport(t *testing.T, r *diff.Report) {
	t.Helper()
	seen := make(map[string]int)
	for _, c := range r.Changes {
		for _, s := range c.Old {
			seen["old "+s.ID]++
		}
		for _, s := range c.New {
			seen["new "+s.ID]++
		}
		if a, b := rebuild(c.Edits); a != c.OldText || b != c.NewText {
			t.Errorf("edits rebuild %q and %q, want %q and %q", a, b, c.OldText, c.NewText)
		}
	}
	if want := len(r.Old.Statements) + len(r.New.Statements); len(seen) != want {
		t.Errorf("%d statements are in changes, want %d", len(seen), want)
	}
	for id, n := range seen {
		if n != 1 {
			t.Errorf("%s is in %d changes", id, n)
		}
	}
}

// links lists which statements a report joins, the old first unless flipped.
func links(r *diff.Report, flipped bool) []string {
	var out []string
	for _, c := range r.Changes {
		old, new := c.Old, c.New
		if flipped {
			old, new = new, old
		}
		line := ""
		for _, s := range old {
			line += " -" + s.ID[strings.Index(s.ID, "#"):]
		}
		for _, s := range new {
			line += " +" + s.ID[strings.Index(s.ID, "#"):]
		}
		out = append(out, line)
	}
	slices.Sort(out)
	return out
}

// changed lists the edits of a report by kind, insertions and deletions exchanged
// if flipped.
func changed(r *diff.Report, flipped bool) []string {
	var out []string
	for _, c := range r.Changes {
		edits := c.Edits
		if flipped {
			edits = mirror(edits)
		}
		for op, texts := range byOp(edits) {
			out = append(out, fmt.Sprintf("%s %q", op, texts))
		}
	}
	slices.Sort(out)
	return out
}

// FuzzCompare states the laws of [diff.Compare]; each line is a statement.
func FuzzCompare(f *testing.F) {
	f.Add("They met.\nThey agreed on fish.\nThey left.", "They met.\nThey agreed on fish and wool.\nThey left.")
	f.Add("Стороны обсудили рыбу.\nСтороны обсудили шерсть.", "Стороны обсудили шерсть.\nСтороны обсудили рыбу и лес.")
	f.Add("両大臣は会談した。\n両大臣は港を訪問した。", "両首相は会談した。")
	f.Add("اتفق الوزيران\nالتقى الوزيران", "التقى الوزيران\nلم يتفق الوزيران")
	f.Add("a\na\na\nb", "b\na\na")
	f.Add("👩‍👩‍👧 e\u0301", "👩‍👧\ne")
	f.Add("00    الوزيران", "010000  1  الوزيران")
	f.Add("The ministers agreed on the ferry.\nThe ferry sails on.", "The ferry which the ministers agreed on.\nThey left.")
	f.Fuzz(func(t *testing.T, old, new string) {
		x, y := strings.Split(old, "\n"), strings.Split(new, "\n")
		if len(x) > 60 || len(y) > 60 {
			t.Skip("long")
		}
		a, b := releaseOf("a", x), releaseOf("b", y)
		for _, cause := range []diff.Cause{diff.Record, diff.Position} {
			o := diff.Options{Cause: cause}
			r := diff.Compare(a, b, o)
			checkReport(t, r)
			swapped := diff.Compare(b, a, o)
			if d := cmp.Diff(links(r, false), links(swapped, true)); d != "" {
				t.Errorf("%s: swapped sides link other statements:\n%s", cause, d)
			}
			if d := cmp.Diff(changed(r, false), changed(swapped, true)); d != "" {
				t.Errorf("%s: swapped sides do not swap insertions and deletions:\n%s", cause, d)
			}
			for _, c := range diff.Compare(a, a, o).Changes {
				if c.Kind != diff.Unchanged || c.Moved || c.Split || c.Merged {
					t.Errorf("%s: a text against itself has %s %q", cause, c.Kind, c.OldText)
				}
			}
		}
	})
}

// TestSameEveryTime runs one comparison a thousand times, on one processor and on
// several.
func TestSameEveryTime(t *testing.T) {
	runs := 1000
	if testing.Short() {
		runs = 20
	}
	old := prose(9, 15)
	a, b := releaseOf("a", old), releaseOf("b", edited(9, old))
	for _, cause := range []diff.Cause{diff.Record, diff.Position} {
		want := diff.Compare(a, b, diff.Options{Cause: cause})
		for n := range runs {
			before := runtime.GOMAXPROCS(1 + n%4)
			got := diff.Compare(a, b, diff.Options{Cause: cause})
			runtime.GOMAXPROCS(before)
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("%s: run %d differs:\n%s", cause, n, cmp.Diff(outline(want), outline(got)))
			}
		}
	}
}

func TestChain(t *testing.T) {
	release := func(id string, raised bool, texts ...string) *timeline.Release {
		r := releaseOf(id, texts)
		for i := range r.Statements {
			if raised {
				r.Statements[i].Topics = []string{"ferry"}
			}
		}
		return r
	}
	rs := []*timeline.Release{
		release("2031-01-01-a", true, "The ferry line should open within the year.", "A pier will be built at Oss for the ferry."),
		release("2032-01-01-b", false, "The ministers spoke of wool."),
		release("2033-01-01-c", true, "The ferry line should open within two years."),
	}
	for i, r := range rs {
		d, err := timeline.ParseDate([]string{"2031-01-01", "2032-01-01", "2033-01-01"}[i])
		if err != nil {
			t.Fatal(err)
		}
		r.Held = d
	}
	steps := diff.Chain(timeline.Build(timeline.Assigned(rs), "ferry", timeline.Filter{}), diff.Options{})
	var got []string
	for _, s := range steps {
		line := s.Entry.Release.ID
		if s.Previous != nil {
			line += " after " + s.Previous.ID
		}
		for _, c := range s.Statements {
			line += " " + string(c.Kind)
		}
		for _, d := range s.Dropped {
			line += " dropped " + d.Statement.ID
		}
		for _, d := range s.Missing {
			line += " missing " + d.Statement.ID
		}
		got = append(got, line)
	}
	want := []string{
		"2031-01-01-a new new",
		"2032-01-01-b missing 2031-01-01-a#1 missing 2031-01-01-a#2",
		"2033-01-01-c after 2031-01-01-a reworded",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("steps (-want +got):\n%s", d)
	}
	if got := diff.Chain(nil, diff.Options{}); got != nil {
		t.Errorf("Chain(nil) = %v", got)
	}
}

func TestApart(t *testing.T) {
	gone, come, kept := diff.Edit{Op: diff.Delete, Text: "wool"}, diff.Edit{Op: diff.Insert, Text: "krill"}, diff.Edit{Op: diff.Equal, Text: "ferry"}
	for _, tt := range []struct {
		edits []diff.Edit
		want  bool
	}{
		{[]diff.Edit{gone, come}, true}, {[]diff.Edit{kept, come}, false}, {[]diff.Edit{gone, kept}, false},
		{[]diff.Edit{gone}, false}, {[]diff.Edit{gone, come, kept}, false}, {nil, false},
	} {
		if got := diff.Apart(tt.edits); got != tt.want {
			t.Errorf("Apart(%v) = %t", tt.edits, got)
		}
	}
}

func TestLexiconExtend(t *testing.T) {
	l, err := diff.DefaultLexicon().Extend(strings.NewReader("# ours\nmodal\tshalt\n"))
	if err != nil {
		t.Fatal(err)
	}
	r := diff.Compare(releaseOf("a", []string{"Thou shalt mend the pier."}), releaseOf("a", []string{"Thou mend the pier."}), diff.Options{Lexicon: l})
	if d := cmp.Diff([]diff.Mark{{Kind: diff.MarkModal, Old: "shalt"}}, r.Changes[0].Marks); d != "" {
		t.Errorf("marks (-want +got):\n%s", d)
	}
	if _, err := l.Extend(strings.NewReader("modal shalt")); err == nil || !strings.Contains(err.Error(), "lexicon.tsv:1") {
		t.Errorf("Extend of a bad line = %v, want an error naming line 1", err)
	}
}

// Lines beside the statements are compared between versions of one page, and only
// there: who attended the next meeting is no change of this one.
func TestCompareAsides(t *testing.T) {
	old := releaseOf("a", []string{"The ministers agreed on the quota."})
	new := releaseOf("a", []string{"The ministers agreed on the quota."})
	asides := func(texts ...string) (out []timeline.Line) {
		for _, s := range texts {
			out = append(out, timeline.Line{Role: timeline.RoleAside, Text: s})
		}
		return out
	}
	old.Lines = asides("(Attended by: Director Holm, Director Vidal)", "(In Oslo)")
	new.Lines = asides("(Attended by: Director Holm)", "(In Oslo)")
	r := diff.Compare(old, new, diff.Options{Cause: diff.Record})
	if len(r.Asides) != 1 || r.Asides[0].Kind != diff.Reworded {
		t.Errorf("Asides = %+v, want one reworded line", r.Asides)
	}
	if r.Summary.Reworded != 0 || r.Summary.WordsDeleted == 0 {
		t.Errorf("Summary = %+v, want the words of the asides and no statement", r.Summary)
	}
	if r := diff.Compare(old, new, diff.Options{Cause: diff.Position}); r.Asides != nil {
		t.Errorf("Asides of a position change = %+v, want none", r.Asides)
	}
}

// A line that one version has as a heading and the other as a statement did not
// change; a heading that says something else did.
func TestCompareHeadings(t *testing.T) {
	old := releaseOf("a", []string{"FOOD AND WATER", "The ministers agreed on the quota."})
	new := releaseOf("a", []string{"The ministers agreed on the quota."})
	old.Sections = []timeline.Section{{Heading: "Krill quota issue", Depth: 1}}
	new.Sections = []timeline.Section{{Heading: "FOOD AND WATER", Depth: 1}, {Heading: "Krill issue", Depth: 1}}
	r := diff.Compare(old, new, diff.Options{Cause: diff.Record})
	if s := r.Summary; s.Unchanged != 2 || s.Dropped != 0 || s.New != 0 {
		t.Errorf("Summary = %+v, want two unchanged", s)
	}
	if len(r.Asides) != 1 || r.Asides[0].OldText != "Krill quota issue" || r.Asides[0].NewText != "Krill issue" {
		t.Errorf("Asides = %+v, want the heading reworded", r.Asides)
	}
}

// TestAlignFaint checks that two statements that share letters and hardly a word are
// not one statement reworded.
func TestAlignFaint(t *testing.T) {
	old := releaseOf("a", []string{"Opening words.", "Governmental negotiators underlined international cooperation.", "Closing words."})
	new := releaseOf("a", []string{"Opening words.", "Governments negotiated internationally, underlining cooperatives.", "Closing words."})
	for _, l := range diff.Align(old.Statements, new.Statements, diff.Options{}) {
		if l.Old[0] == 1 || l.New[0] == 1 {
			t.Errorf("linked with score %v", l.Score)
		}
	}
}
