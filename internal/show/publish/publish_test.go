package publish_test

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"image"
	"image/color"
	"image/png"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"

	"readout/diff"
	"readout/internal/ask"
	"readout/internal/show/publish"
	"readout/timeline"
)

// series is three meetings of invented parties; what they say holds what formats take
// for their own signs.
func series(t testing.TB) []*timeline.Release {
	t.Helper()
	var out []*timeline.Release
	for _, m := range []struct{ day, title, text string }{
		{"2031-01-10", "Talks; krill, <b>ferries</b> & more", "The two ministers agreed on the krill quota for the southern shelf.\n=Observers, on \"every\" vessel; a * for each_one."},
		{"2031-03-10", "Telephone talk", ""},
		{"2031-05-10", "Visit of a minister whose long title, written out in full, does not fit on a line of a calendar: Øystein Ålesund-Žižek", "The two ministers exchanged views on the krill quota for the southern shelf."},
	} {
		held, err := timeline.ParseDate(m.day)
		if err != nil {
			t.Fatal(err)
		}
		r := &timeline.Release{Held: held, Published: held.AddDays(1), Title: m.title, Kind: timeline.KindMeeting, Level: timeline.LevelForeignMinisters, Place: "Oslo",
			Series: "NO-UY", Parties: []timeline.Party{"NO", "UY"}, Source: "https://mfa.invalid/" + m.day + "?a=1&b=2"}
		for text := range strings.SplitSeq(m.text, "\n") {
			if text != "" {
				r.Statements = append(r.Statements, timeline.Statement{Text: text, Section: -1, Topics: []string{"krill"}, Speakers: r.Parties, Act: timeline.ActAgree})
			}
		}
		if m.title == "Telephone talk" {
			r.Kind = timeline.KindCall
		}
		r.Name(m.day)
		out = append(out, r)
	}
	return out
}

func answers(t testing.TB) (*ask.Timeline, *ask.Matrix) {
	rs := series(t)
	topic := timeline.Topic{ID: "krill", Name: "Krill <quota>", Aliases: []string{"Krill issue"}}
	th := ask.Follow(timeline.Assigned(rs, topic), topic.ID, timeline.Filter{}, diff.Options{})
	return ask.NewTimeline(th, ask.TimelineView{}), ask.NewMatrix([]*ask.Thread{th})
}

func written(t testing.TB, write func(io.Writer) error) string {
	t.Helper()
	var b strings.Builder
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// balanced reports the tags of a page that are not closed in order.
func balanced(t testing.TB, page string) {
	t.Helper()
	void := map[string]bool{"meta": true, "br": true, "link": true}
	var open []string
	z := html.NewTokenizer(strings.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if !errors.Is(z.Err(), io.EOF) || len(open) > 0 {
				t.Errorf("page ends with %v open: %v", open, z.Err())
			}
			return
		case html.StartTagToken:
			name, _ := z.TagName()
			if !void[string(name)] {
				open = append(open, string(name))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if n := len(open); n == 0 || open[n-1] != string(name) {
				t.Fatalf("</%s> closes %v", name, open)
			}
			open = open[:len(open)-1]
		}
	}
}

func contains(t testing.TB, text string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}

func TestPages(t *testing.T) {
	tl, m := answers(t)
	page := written(t, func(w io.Writer) error { return publish.TimelineHTML(w, tl) })
	balanced(t, page)
	contains(t, page, "Krill &lt;quota&gt;", `<del style="text-decoration:line-through">agreed</del>`, `<ins style="text-decoration:underline">exchanged views</ins>`,
		"softened: agreed → exchanged views", "<q>The two ministers agreed on the krill quota", "2031-03-10: not raised", `href="https://mfa.invalid/2031-01-10?a=1&amp;b=2"`, "prefers-color-scheme: dark", "@media print")
	for _, p := range []string{page, written(t, func(w io.Writer) error { return publish.MatrixHTML(w, m) })} {
		balanced(t, p)
		if strings.Contains(p, "<script") || strings.Contains(p, "<b>ferries") || regexp.MustCompile(`(src|@import|url\()`).MatchString(p) {
			t.Errorf("page runs or loads something:\n%s", p)
		}
	}
	matrix := written(t, func(w io.Writer) error { return publish.MatrixHTML(w, m) })
	contains(t, matrix, `<td class="new"`, `<td class="not_raised"`, `<td class="softened"`, ">↓−</td>", "Softened and firmed")
}

func TestPicture(t *testing.T) {
	_, m := answers(t)
	pic := written(t, func(w io.Writer) error { return publish.MatrixSVG(w, m) })
	contains(t, pic, "<svg", "Krill &lt;quota&gt;", "↓−")
	d := xml.NewDecoder(strings.NewReader(pic))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

// TestPaintedPicture looks at the pixels of cells whose marks are known.
func TestPaintedPicture(t *testing.T) {
	_, m := answers(t)
	m.Topics[0].Name = "ắ 領土 عربي"
	pic, err := png.Decode(strings.NewReader(written(t, func(w io.Writer) error { return publish.MatrixPNG(w, m) })))
	if err != nil {
		t.Fatal(err)
	}
	const cell, left, top, scale = 18, 230, 84, 2
	if got, cells := pic.Bounds().Size(), image.Pt(scale*(left+3*cell+12), scale*(top+cell+34)); got.X <= cells.X || got.Y != cells.Y {
		t.Errorf("size %v, want as high as %v, and wider: the legend needs more than three cells", got, cells)
	}
	for i, want := range []color.RGBA{{0xbf, 0xe6, 0xcb, 0xff}, {0xff, 0xff, 0xff, 0xff}, {0xf5, 0xb9, 0xb9, 0xff}} { // new, silent, softened
		if got := color.RGBAModel.Convert(pic.At(scale*(left+i*cell+2), scale*(top+2))); got != want {
			t.Errorf("cell %d is %v, want %v", i, got, want)
		}
	}
	for len(m.Topics) < 4000 {
		m.Topics = append(m.Topics, m.Topics...)
	}
	if err := publish.MatrixPNG(io.Discard, m); !errors.Is(err, publish.ErrTooLarge) {
		t.Errorf("a picture of %d topics: %v, want ErrTooLarge", len(m.Topics), err)
	}
}

func TestMarkdown(t *testing.T) {
	tl, _ := answers(t)
	contains(t, written(t, func(w io.Writer) error { return publish.TimelineMarkdown(w, tl) }),
		`# Krill \<quota\>`, "~~agreed~~<ins>exchanged views</ins>", `a \* for each\_one`, "*2031-03-10: not raised (Telephone talk)*", "softened: agreed → exchanged views", "**dropped** ~~")
}

func TestTables(t *testing.T) {
	tl, m := answers(t)
	rows, err := csv.NewReader(strings.NewReader(written(t, func(w io.Writer) error { return publish.TimelineCSV(w, tl) }))).ReadAll()
	if err != nil || len(rows) != 6 { // heads, two statements, a silence, one statement, one dropped
		t.Errorf("%d rows, %v", len(rows), err)
	}
	if got := rows[2][14]; !strings.HasPrefix(got, "'=") {
		t.Errorf("a spreadsheet would run %q", got)
	}
	rows, err = csv.NewReader(strings.NewReader(written(t, func(w io.Writer) error { return publish.MatrixCSV(w, m) }))).ReadAll()
	if err != nil || len(rows) != 4 || rows[3][6] != "softened" {
		t.Errorf("rows %q, %v", rows, err)
	}
}

func TestTimelineJS(t *testing.T) {
	tl, _ := answers(t)
	var doc struct {
		Title  struct{ Text struct{ Headline string } }
		Events []struct {
			Start struct{ Year, Month, Day int } `json:"start_date"`
			Text  struct{ Headline, Text string }
		}
	}
	if err := json.Unmarshal([]byte(written(t, func(w io.Writer) error { return publish.TimelineJS(w, tl) })), &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Events) != 2 || doc.Events[1].Start.Month != 5 || doc.Title.Text.Headline != "Krill &lt;quota&gt;" {
		t.Errorf("document %+v", doc)
	}
	contains(t, doc.Events[1].Text.Text, "<del style=", "softened")
}

func TestCalendar(t *testing.T) {
	tl, _ := answers(t)
	text := written(t, func(w io.Writer) error { return publish.TimelineICS(w, tl) })
	for line := range strings.SplitSeq(text, "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") || !utf8.ValidString(line) {
			t.Errorf("line of %d octets: %q", len(line), line)
		}
	}
	unfolded := strings.ReplaceAll(text, "\r\n ", "")
	contains(t, unfolded, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "DTSTART;VALUE=DATE:20310110\r\n", "DTEND;VALUE=DATE:20310111\r\n", "DTSTAMP:20310111T000000Z\r\n",
		`SUMMARY:Talks\; krill\, <b>ferries</b> & more`+"\r\n", "Øystein Ålesund-Žižek\r\n", `DESCRIPTION:Krill <quota>: not raised`, `\nsoftened: agreed → exchanged views\n`, "END:VCALENDAR\r\n")
	if n := strings.Count(text, "BEGIN:VEVENT"); n != 3 {
		t.Errorf("%d events", n)
	}
}

func TestBrief(t *testing.T) {
	th := ask.Follow(timeline.Assigned(series(t), timeline.Topic{ID: "krill", Name: "Krill <quota>"}), "krill", timeline.Filter{}, diff.Options{})
	b := ask.NewBrief([]*ask.Thread{th}, ask.BriefOptions{})
	page := written(t, func(w io.Writer) error { return publish.BriefHTML(w, b) })
	balanced(t, page)
	contains(t, page, "Krill &lt;quota&gt;", "raised at 2 of 3 meetings, last on 2031-05-10", "softened: agreed → exchanged views", ">dropped<", "in others since 2031-01-10")
	contains(t, written(t, func(w io.Writer) error { return publish.BriefMarkdown(w, b) }), "# NO-UY: brief", `### Krill \<quota\>`, "- dropped “")
}
