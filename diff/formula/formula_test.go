package formula_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/diff"
	"readout/diff/formula"
	"readout/timeline"
)

// texts makes a series of joint statements of Iceland and Peru, a year apart.
func texts(texts ...string) []*timeline.Release {
	var out []*timeline.Release
	for i, text := range texts {
		out = append(out, release(fmt.Sprintf("%d-05-02", 2031+i), timeline.KindJointStatement, text))
	}
	return out
}

// release makes a release whose statements are the sentences of a text.
func release(day string, kind timeline.Kind, text string) *timeline.Release {
	held, err := timeline.ParseDate(day)
	if err != nil {
		panic(err)
	}
	r := &timeline.Release{Series: "IS-PE", Parties: []timeline.Party{"IS", "PE"}, Held: held, Kind: kind, Level: timeline.LevelSummit}
	for s := range strings.SplitSeq(text, "\n") {
		if s = strings.TrimSpace(s); s != "" {
			r.Statements = append(r.Statements, timeline.Statement{Section: -1, Act: timeline.ActState, Text: s, Topics: []string{"herring"}, Speakers: r.Parties})
		}
	}
	r.Name(day + "-" + string(kind))
	return r
}

// said lists the uses of a formula, a line each.
func said(f formula.Formula) []string {
	var out []string
	for _, u := range f.Uses {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s: %s (%s)", u.Release.Day(), u.Change, u.Text, u.Because)))
	}
	return out
}

// the returns the one formula that has the words.
func the(t *testing.T, fs []formula.Formula, words string) formula.Formula {
	t.Helper()
	var found []formula.Formula
	for _, f := range fs {
		for _, u := range f.Uses {
			if strings.Contains(u.Text, words) {
				found = append(found, f)
				break
			}
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d formulas have %q, want 1: %+v", len(found), words, found)
	}
	return found[0]
}

func TestFindWordingFromUseToUse(t *testing.T) {
	fs := formula.Find(texts(
		"They stressed the lasting protection of the herring grounds off Kolbeinsey, and spoke of wool.",
		"Both sides voiced strong support for the lasting protection of the herring grounds off Kolbeinsey.",
		"Both sides voiced support for the lasting protection of the herring grounds off Kolbeinsey.",
		"They recalled how the protection of herring near the grounds off Kolbeinsey had begun.",
	), formula.Options{})
	f := the(t, fs, "herring grounds off Kolbeinsey")
	want := []string{
		"2031-05-02 : protection of the herring grounds off Kolbeinsey ()",
		"2032-05-02 same: protection of the herring grounds off Kolbeinsey ()",
		"2033-05-02 softened: protection of the herring grounds off Kolbeinsey (strong support → support)",
		"2034-05-02 softened: protection of herring near the grounds off Kolbeinsey (lasting protection → protection)",
	}
	for i := range want { // the first word is what the longest run begins with
		want[i] = strings.Replace(want[i], ": protection of the", ": lasting protection of the", 1)
	}
	if d := cmp.Diff(want, said(f)); d != "" {
		t.Errorf("uses (-want +got):\n%s", d)
	}
	if f.Topic != "herring" || f.Lane != "joint-statement summit" || len(f.Missing) != 0 {
		t.Errorf("topic %q, lane %q, missing %v", f.Topic, f.Lane, f.Missing)
	}
}

// TestFindNeedsThreeMeetings: a clause of two meetings is none, nor one that two texts of
// one meeting and one of another have.
func TestFindNeedsThreeMeetings(t *testing.T) {
	const line = "They stressed the lasting protection of the herring grounds off Kolbeinsey."
	if fs := formula.Find(texts(line, line), formula.Options{}); len(fs) != 0 {
		t.Errorf("two meetings gave %v", fs)
	}
	same := texts(line, line)
	same = append(same, release("2032-05-02", timeline.KindJointStatement, line))
	same[2].Name("again")
	if fs := formula.Find(same, formula.Options{}); len(fs) != 0 {
		t.Errorf("two texts of one day gave %v", fs)
	}
	if fs := formula.Find(texts(line, line, line), formula.Options{}); len(fs) != 1 {
		t.Errorf("three meetings gave %d formulas, want 1", len(fs))
	}
}

// TestFindInLanes: a call says nothing about what joint statements repeat or leave out.
func TestFindInLanes(t *testing.T) {
	const line = "They stressed the lasting protection of the herring grounds off Kolbeinsey."
	rs := texts(line, line, "They stressed the felting of wool in Bress.", line)
	rs = append(rs, release("2033-08-01", timeline.KindCall, line))
	f := the(t, formula.Find(rs, formula.Options{}), "herring")
	if len(f.Uses) != 3 {
		t.Errorf("%d uses, want the three joint statements", len(f.Uses))
	}
	if len(f.Missing) != 1 || f.Missing[0].Release.ID != rs[2].ID {
		t.Errorf("missing %v, want the third joint statement", f.Missing)
	}
}

// TestMissingLooksAtTheWholeMeeting: what the joint statement lacks the readout of that day
// may say.
func TestMissingLooksAtTheWholeMeeting(t *testing.T) {
	const line = "They stressed the lasting protection of the herring grounds off Kolbeinsey."
	rs := texts(line, line, "They stressed the felting of wool in Bress.", line)
	rs = append(rs, release("2033-05-02", timeline.KindMeeting, line))
	if f := the(t, formula.Find(rs, formula.Options{}), "herring"); len(f.Missing) != 0 {
		t.Errorf("missing %v", f.Missing)
	}
}

// TestDaysWeighWhatCameAndWent: in its days a formula that came and went stands before one
// that was always there, and one that was not used then is left out.
func TestDaysWeighWhatCameAndWent(t *testing.T) {
	const always, came = "They stressed the quiet landing of salted herring.", "They will be patient with felted wool of Bress."
	rs := texts(always, always, always+"\n"+came, always+"\n"+came, always+"\n"+came, always, always)
	all := formula.Find(rs, formula.Options{})
	if len(all) != 2 || !strings.Contains(all[0].Text, "herring") {
		t.Fatalf("over all days: %+v", all)
	}
	day := rs[2].Held
	then := formula.Find(rs, formula.Options{Since: day, Until: rs[4].Held})
	if len(then) != 2 || !strings.Contains(then[0].Text, "wool") {
		t.Errorf("in its days: %+v", then)
	}
	if before := formula.Find(rs, formula.Options{Until: rs[1].Held}); len(before) != 1 {
		t.Errorf("before it came: %+v", before)
	}
}

// TestFindMissingShowsTheNearest: the claim carries the sentence that is likest, and a
// text a third as long claims nothing.
func TestFindMissingShowsTheNearest(t *testing.T) {
	const line = "They stressed the lasting protection of the herring grounds off Kolbeinsey.\nThey felt wool.\nThey rang bells.\n"
	rs := texts(line, line, "They spoke of grounds off Kolbeinsey.\nThey felt wool.\nThey rang bells.", line, "They rang bells.")
	for i := range rs[4].Statements {
		rs[4].Statements = append(rs[4].Statements[:i], rs[4].Statements[i])
	}
	for len(rs[0].Statements) < 9 { // the others are long
		for _, r := range rs[:4] {
			r.Statements = append(r.Statements, timeline.Statement{Act: timeline.ActState, Text: fmt.Sprint("Item ", len(r.Statements)), Topics: []string{"x"}})
		}
	}
	f := the(t, formula.Find(rs, formula.Options{}), "herring")
	if len(f.Missing) != 1 || f.Missing[0].Release.ID != rs[2].ID {
		t.Fatalf("missing %+v, want the third text alone", f.Missing)
	}
	if n := f.Missing[0].Nearest; n.Statement.Text != "They spoke of grounds off Kolbeinsey." || n.Similarity <= 0 || n.Similarity >= 0.6 {
		t.Errorf("nearest %+v", n)
	}
}

func TestChangeOfWhatIsCovered(t *testing.T) {
	fs := formula.Find(texts(
		"They called for the release of all hostages held at Kolbeinsey.",
		"They called for the release of hostages held at Kolbeinsey.",
		"They called for the release of all hostages held at Kolbeinsey.",
		"All ministers called for the release of all hostages held at Kolbeinsey.",
	), formula.Options{})
	var got []formula.Change
	for _, u := range the(t, fs, "hostages held at Kolbeinsey").Uses {
		got = append(got, u.Change)
	}
	if d := cmp.Diff([]formula.Change{"", formula.Narrowed, formula.Widened, formula.Same}, got); d != "" {
		t.Errorf("changes (-want +got):\n%s", d)
	}
}

// TestAnotherWordInTheSlot: "all efforts" covers no more than "their efforts".
func TestAnotherWordInTheSlot(t *testing.T) {
	fs := formula.Find(texts(
		"They spoke of their efforts to protect the herring grounds off Kolbeinsey.",
		"They exerted all efforts to protect the herring grounds off Kolbeinsey.",
		"They spoke of their efforts to protect the herring grounds off Kolbeinsey.",
	), formula.Options{})
	for _, u := range the(t, fs, "herring").Uses {
		if u.Change == formula.Widened || u.Change == formula.Narrowed {
			t.Errorf("%s: %s because of %s", u.Release.Day(), u.Change, u.Because)
		}
	}
}

// TestQualifierOfAnotherWord: "firm" says nothing about a formula where the word it stands
// beside is not in the other text.
func TestQualifierOfAnotherWord(t *testing.T) {
	fs := formula.Find(texts(
		"They voiced firm gratitude and the lasting protection of the herring grounds off Kolbeinsey.",
		"They voiced the lasting protection of the herring grounds off Kolbeinsey.",
		"They voiced the lasting protection of the herring grounds off Kolbeinsey.",
	), formula.Options{})
	for _, u := range the(t, fs, "herring").Uses {
		if u.Change == formula.Softened || u.Change == formula.Firmed {
			t.Errorf("%s: %s because of %s", u.Release.Day(), u.Change, u.Because)
		}
	}
}

// TestNegationOfAnotherClause: a "not" that goes elsewhere in the sentence rewords no formula; one in its
// own clause does.
func TestNegationOfAnotherClause(t *testing.T) {
	for _, x := range []struct {
		name, old, new string
		want           formula.Change
	}{
		{"another clause", "They recalled that the wool tax has not changed, the lasting protection of the herring grounds off Kolbeinsey, and a bell.",
			"They recalled the lasting protection of the herring grounds off Kolbeinsey, and a bell.", formula.Same},
		{"its own", "They did not want the lasting protection of the herring grounds off Kolbeinsey, or a bell.",
			"They did want the lasting protection of the herring grounds off Kolbeinsey, or a bell.", formula.Reworded},
	} {
		fs := formula.Find(texts(x.new, x.old, x.new), formula.Options{})
		for _, u := range the(t, fs, "herring").Uses[1:] {
			if u.Change != x.want {
				t.Errorf("%s: %s is %s, want %s", x.name, u.Release.Day(), u.Change, x.want)
			}
		}
	}
}

func TestNamesAloneAreNoFormulas(t *testing.T) {
	fs := formula.Find(texts(
		"They spoke about Kolbeinsey Herring Council and grain.",
		"They praised Kolbeinsey Herring Council and salt.",
		"They founded Kolbeinsey Herring Council and left.",
	), formula.Options{})
	if len(fs) != 0 {
		t.Errorf("got %v", fs)
	}
}

func TestPartiesAreNoFormula(t *testing.T) {
	rs := texts(
		"They spoke of ties between southern Iceland and highland Peru in wool.",
		"They praised ties between southern Iceland and highland Peru in grain.",
		"They recalled ties between southern Iceland and highland Peru in salt.",
	)
	if fs := formula.Find(rs, formula.Options{}); len(fs) != 1 {
		t.Fatalf("without names %d formulas, want 1", len(fs))
	}
	if fs := formula.Find(rs, formula.Options{Names: []string{"southern Iceland", "Highland Peru", "ties"}}); len(fs) != 0 {
		t.Errorf("got %q", fs[0].Text)
	}
}

// TestFindDoesNotDependOnOrder is the law of the house: a set of releases gives one answer.
func TestFindDoesNotDependOnOrder(t *testing.T) {
	rs := texts(
		"They stressed the lasting protection of the herring grounds off Kolbeinsey.\nThey called for the release of all bells of Hamm.",
		"They called for the early release of bells of Hamm.\nThey stressed lasting protection of the herring grounds.",
		"They stressed the lasting protection of the herring grounds off Kolbeinsey.\nThey called for the release of all bells of Hamm.",
		"They called for the release of bells of Hamm.",
		"They stressed the lasting protection of the herring grounds off Kolbeinsey.",
	)
	want := formula.Find(rs, formula.Options{})
	if len(want) < 2 {
		t.Fatalf("got %d formulas", len(want))
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		random.Shuffle(len(rs), func(i, k int) { rs[i], rs[k] = rs[k], rs[i] })
		if d := cmp.Diff(want, formula.Find(rs, formula.Options{}), cmp.Comparer(func(a, b timeline.Date) bool { return a == b })); d != "" {
			t.Fatalf("another order (-want +got):\n%s", d)
		}
	}
}

func TestExtendQualifiers(t *testing.T) {
	rs := texts(
		"They voiced zealous support for the protection of the herring grounds off Kolbeinsey.",
		"They voiced support for the protection of the herring grounds off Kolbeinsey.",
		"They voiced support for the protection of the herring grounds off Kolbeinsey.",
	)
	q, err := formula.DefaultQualifiers().Extend(strings.NewReader("# ours\nfirm\tzealous/zealously\n"))
	if err != nil {
		t.Fatal(err)
	}
	for name, o := range map[string]formula.Options{string(formula.Same): {}, string(formula.Softened): {Qualifiers: q}} {
		if got := the(t, formula.Find(rs, o), "herring").Uses[1].Change; string(got) != name {
			t.Errorf("change %q, want %q", got, name)
		}
	}
	if _, err := formula.DefaultQualifiers().Extend(strings.NewReader("firm\tx\nbold\ty")); err == nil || !strings.Contains(err.Error(), "qualifiers.tsv:2") {
		t.Errorf("an unknown class gave %v, want an error that names line 2", err)
	}
}

// TestFormsOfOneWord: a verb in another form is the same word.
func TestFormsOfOneWord(t *testing.T) {
	fs := formula.Find(texts(
		"Their rivalry must not veer into the herring quarrel.",
		"They spoke of not veering into the herring quarrel.",
		"It never veered into the herring quarrel.",
	), formula.Options{})
	if f := the(t, fs, "quarrel"); len(f.Uses) != 3 || !strings.Contains(f.Uses[0].Text, "veer into") {
		t.Errorf("uses %q", said(f))
	}
}

// TestOtherPartOfASentence: a formula weighs less where it is another part of the sentences of a weightier one.
func TestOtherPartOfASentence(t *testing.T) {
	weight := func(with string) float64 {
		rs := texts(with, with, with)
		for _, f := range formula.Find(rs, formula.Options{}) {
			if strings.Contains(f.Text, "wool") {
				return f.Weight
			}
		}
		t.Fatalf("no formula on wool in %q", with)
		return 0
	}
	const long, short = "They stressed the quiet landing of salted herring off Kolbeinsey", "praised felted wool"
	if in, alone := weight(long+"; and "+short+"."), weight(long+".\nThey "+short+"."); in >= alone {
		t.Errorf("weight %g in the sentence of another, %g in its own", in, alone)
	}
}

// TestNarrationWeighsLess: what only the author tells stands behind what a party says as often.
func TestNarrationWeighsLess(t *testing.T) {
	rs := texts("They met at the salted landing of Hamm.\nThey want the felted wool of Bress.",
		"They met at the salted landing of Hamm.\nThey want the felted wool of Bress.",
		"They met at the salted landing of Hamm.\nThey want the felted wool of Bress.")
	weights := func() map[bool]float64 {
		out := map[bool]float64{}
		for _, f := range formula.Find(rs, formula.Options{}) {
			out[strings.Contains(f.Text, "landing")] = f.Weight
		}
		return out
	}
	before := weights()
	for _, r := range rs {
		r.Statements[0].Act = timeline.ActNone
	}
	after := weights()
	if after[true] >= before[true] || after[false] != before[false] {
		t.Errorf("weights %v before, %v after the landing was only told", before, after)
	}
}

// TestTopicThatIsNamed: a formula stands under the topic that its words name, and not under the one that its
// sentences are on first of all.
func TestTopicThatIsNamed(t *testing.T) {
	rs := texts("They stressed the calm herring sea.", "They stressed the calm herring sea.", "They stressed the calm herring sea.")
	for i, r := range rs {
		r.Statements[0].Topics = []string{"alliance", "calm-herring-sea"}
		if i == 0 {
			r.Statements[0].Topics = []string{"alliance"}
		}
	}
	if f := the(t, formula.Find(rs, formula.Options{}), "calm herring sea"); f.Topic != "calm-herring-sea" {
		t.Errorf("topic %q", f.Topic)
	}
}

// TestComeBack: in its days a formula that comes back after a long pause stands before one that was always there.
func TestComeBack(t *testing.T) {
	const always, back = "They stressed the quiet landing of salted herring.", "They will be patient with felted wool."
	rs := texts(always+"\n"+back, always+"\n"+back, always, always, always, always, always+"\n"+back, always, always)
	then := formula.Find(rs, formula.Options{Since: rs[6].Held, Until: rs[6].Held})
	if len(then) != 2 || !strings.Contains(then[0].Text, "wool") {
		t.Errorf("in its days: %+v", then)
	}
}

// TestOneWordIsNoVariant: a sentence that has the rarest word of a formula alone does not have it in other words.
func TestOneWordIsNoVariant(t *testing.T) {
	const line = "They stressed the kolbeinseyan landing in the harbour."
	rs := texts(line, line, line, "They praised the kolbeinseyan bells.")
	for _, f := range formula.Find(rs, formula.Options{}) {
		if len(f.Uses) > 3 {
			t.Errorf("%q is used in the fourth text as %q", f.Text, f.Uses[3].Text)
		}
	}
}

// TestCourtesyWeighsLess: what is promised of further calls stands behind a position as often held.
func TestCourtesyWeighsLess(t *testing.T) {
	const polite, held = "They agreed to remain in close contact over wool.", "They agreed to salt herring in calm harbours."
	rs := texts(polite+"\n"+held, polite+"\n"+held, polite+"\n"+held)
	if fs := formula.Find(rs, formula.Options{}); len(fs) < 2 || !strings.Contains(fs[0].Text, "herring") {
		t.Errorf("got %+v", fs)
	}
}

// notebook is a memory that counts what is written into it.
type notebook struct {
	kept    map[diff.Digest][]byte
	written int
}

func (n *notebook) Recall(d diff.Digest) ([]byte, bool) { b, ok := n.kept[d]; return b, ok }

func (n *notebook) Keep(d diff.Digest, b []byte) { n.kept[d] = b; n.written++ }

// What became of a formula between two sentences is judged once: when a text comes in, only what it says is,
// and the answer is that of a judge who remembers nothing.
func TestTwoSentencesAreJudgedOnce(t *testing.T) {
	rs := texts("The parties reaffirm their support for the herring commission.", "The parties reaffirm their firm support for the herring commission.",
		"The parties discussed their firm support for the herring commission today.", "The parties reaffirm their full support for the herring commission.")
	n := &notebook{kept: map[diff.Digest][]byte{}}
	for i := 3; i <= len(rs); i++ {
		n.written = 0
		got := formula.Find(rs[:i], formula.Options{Memory: n})
		want := 2
		if i > 3 {
			want = 1
		}
		if n.written != want {
			t.Errorf("with text %d, %d pairs of sentences were judged, want %d", i, n.written, want)
		}
		if d := cmp.Diff(formula.Find(rs[:i], formula.Options{}), got, cmp.AllowUnexported(timeline.Date{})); d != "" {
			t.Errorf("with text %d (-without a memory +with one):\n%s", i, d)
		}
	}
}

// A pair of sentences is another one where the act is, or the place of the formula in it.
func TestMemoryTellsPairsApart(t *testing.T) {
	n := &notebook{kept: map[diff.Digest][]byte{}}
	rs := texts("The parties reaffirm their support for the herring commission.", "The parties reaffirm their firm support for the herring commission.",
		"The parties reaffirm their support for the herring commission.")
	formula.Find(rs, formula.Options{Memory: n})
	for i := range rs {
		rs[i].Statements[0].Act = timeline.ActDiscuss
	}
	n.written = 0
	got := formula.Find(rs, formula.Options{Memory: n})
	if d := cmp.Diff(formula.Find(rs, formula.Options{}), got, cmp.AllowUnexported(timeline.Date{})); d != "" || n.written == 0 {
		t.Errorf("with other acts %d pairs were judged anew (-without a memory +with one):\n%s", n.written, d)
	}
}
