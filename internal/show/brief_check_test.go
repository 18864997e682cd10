package show_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"readout/internal/ask"
	"readout/internal/show"
	"readout/internal/show/publish"
)

// TestCheckBrief: a brief that was saved in any format and width holds against itself, and each
// kind of claim fails once it is altered.
func TestCheckBrief(t *testing.T) {
	b := answers(t)["brief"].(*ask.Brief)
	var markdown, data bytes.Buffer
	if err := publish.BriefMarkdown(&markdown, b); err != nil {
		t.Fatal(err)
	}
	if err := json.NewEncoder(&data).Encode(b); err != nil {
		t.Fatal(err)
	}
	for name, saved := range map[string]string{"60 columns": text(t, b, show.Style{Width: 60}), "100 columns": text(t, b, show.Style{Width: 100}), "markdown": markdown.String(), "json": data.String()} {
		c := check(t, saved, b)
		if len(c.Failed) > 0 || c.Claims < 6 {
			t.Errorf("%s: of %d claims %v failed", name, c.Claims, c.Failed)
		}
	}
	title, rest, _ := strings.Cut(text(t, b, show.Style{}), "\n")
	whole := title + "\n" + strings.Join(strings.Fields(rest), " ")
	for _, x := range []struct{ old, new, about string }{
		{"raised at 3 of 4", "raised at 4 of 4", "Anchovy"},
		{"4 meetings since", "5 meetings since", "last met"},
		{"exchanged views on whether the quota of 350 tonnes may be kept until 2035", "agreed that it will", "2033-06-21-is-pe#1"},
		{"in others since 2032-02-03", "in others since 2031-05-14", "2033-06-21-is-pe#1"},
		{"[2033-06-21-is-pe#2", "[2033-06-21-is-pe#9", ""},
		{"softened: will → may", "firmed: may → will", "2032-02-03-is-pe#1"},
		{", not at the meeting since", "", "Geothermal"},
	} {
		if !strings.Contains(whole, x.old) {
			t.Fatalf("%q is not in\n%s", x.old, whole)
		}
		c := check(t, strings.Replace(whole, x.old, x.new, 1), b)
		if len(c.Failed) == 0 || !strings.Contains(c.Failed[0].Now, x.about) || (x.about == "") != (c.Failed[0].Now == "") {
			t.Errorf("%q → %q: failed %+v, want what is now said of %q", x.old, x.new, c.Failed, x.about)
		}
	}
	if _, err := show.ReadBrief([]byte("The two ministers met.")); err == nil {
		t.Error("a text that is no brief was read")
	}
	if _, err := show.ReadBrief([]byte(`{"schema":"readout.list/1"}`)); err == nil {
		t.Error("a list was read as a brief")
	}
}

func check(t *testing.T, saved string, b *ask.Brief) *ask.BriefCheck {
	t.Helper()
	s, err := show.ReadBrief([]byte(saved))
	if err != nil {
		t.Fatal(err)
	}
	if s.Series != b.Series {
		t.Errorf("series %q, want %q", s.Series, b.Series)
	}
	return s.Check(b)
}
