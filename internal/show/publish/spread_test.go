package publish_test

import (
	"image"
	"image/color"
	"image/png"
	"io"
	"strings"
	"testing"

	"readout/internal/ask"
	"readout/internal/show/publish"
	"readout/timeline"
)

// TestSpreadGraphML: an arrow leads to a party from one that had said it before and said it
// with it the first time, and from no other.
func TestSpreadGraphML(t *testing.T) {
	use := func(day string, with ...timeline.Party) ask.SpreadUse {
		d, err := timeline.ParseDate(day)
		if err != nil {
			t.Fatal(err)
		}
		return ask.SpreadUse{Day: d, Text: "calm & quiet sea", Release: day, With: with}
	}
	s := &ask.Spread{Phrase: "quiet sea", Parties: []ask.SpreadParty{
		{Party: "IS", First: use("2031-01-01", "IS", "NO")},
		{Party: "NO", First: use("2031-01-01", "IS", "NO")},
		{Party: "PE", First: use("2032-01-01", "IS", "PE")},
		{Party: "UY", First: use("2033-01-01", "UY")},
	}}
	var b strings.Builder
	if err := publish.SpreadGraphML(&b, s); err != nil {
		t.Fatal(err)
	}
	got := b.String()
	if n := strings.Count(got, "<edge "); n != 1 || !strings.Contains(got, `<edge source="IS" target="PE">`) {
		t.Errorf("want the one edge from IS to PE, got %d in\n%s", n, got)
	}
	if !strings.Contains(got, "calm &amp; quiet sea") {
		t.Errorf("the text is not escaped:\n%s", got)
	}
}

// TestSpreadSVG: a line for each party, on the true axis of time, broken where the party let the phrase go.
func TestSpreadSVG(t *testing.T) {
	use := func(day, text string) ask.SpreadUse {
		d, err := timeline.ParseDate(day)
		if err != nil {
			t.Fatal(err)
		}
		return ask.SpreadUse{Day: d, Text: text, Release: "r" + day}
	}
	s := &ask.Spread{Phrase: "quiet sea", Parties: []ask.SpreadParty{
		{Party: "IS", First: use("2031-01-01", "calm & quiet"), Last: use("2033-01-01", "quiet"), Uses: 7},
		{Party: "PE", First: use("2032-01-01", "a"), Last: use("2032-01-01", "a"), Uses: 1, Since: 4},
	}}
	var b strings.Builder
	if err := publish.SpreadSVG(&b, s); err != nil {
		t.Fatal(err)
	}
	balanced(t, b.String())
	contains(t, b.String(), "who said it, from when to when", "2031-01-01 r2031-01-01: calm &amp; quiet", ">7×<", `x1="90" x2="730"`, `class="said lapsed" x1="409"`, ">2032<")
	pic, err := png.Decode(strings.NewReader(written(t, func(w io.Writer) error { return publish.SpreadPNG(w, s) })))
	if err != nil {
		t.Fatal(err)
	}
	const scale, first, second = 2, 56 + 12, 56 + 24 + 12 // the middles of the two rows
	for at, want := range map[image.Point]color.RGBA{
		{X: 91, Y: first}: {0x1f, 0x5f, 0xa8, 0xff}, {X: 600, Y: first}: {0x1f, 0x5f, 0xa8, 0xff},
		{X: 410, Y: second}: {0x1f, 0x5f, 0xa8, 0xff}, {X: 500, Y: second}: {0xff, 0xff, 0xff, 0xff},
	} {
		if got := color.RGBAModel.Convert(pic.At(scale*at.X, scale*at.Y)); got != want {
			t.Errorf("the pixel of %v is %v, want %v", at, got, want)
		}
	}
	b.Reset()
	if err := publish.SpreadSVG(&b, &ask.Spread{Phrase: "nothing"}); err != nil || !strings.Contains(b.String(), "</svg>") {
		t.Errorf("a phrase that nobody said: %v\n%s", err, b.String())
	}
}
