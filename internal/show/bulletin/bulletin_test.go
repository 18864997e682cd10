package bulletin_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-message/mail"
	"github.com/mmcdole/gofeed"

	"readout/diff"
	"readout/internal/ask"
	"readout/internal/show/bulletin"
	"readout/internal/show/redline"
	"readout/timeline"
)

func release(t *testing.T, id, day, text string) *timeline.Release {
	t.Helper()
	held, err := timeline.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	r := &timeline.Release{Title: "Norway–Uruguay <Meeting> & Talks", Held: held, Version: 1, Source: "https://mfa.example/" + id,
		CapturedAt: held.Time().Add(30 * time.Hour), Series: "NO-UY",
		Statements: []timeline.Statement{{Text: text, Section: -1, Topics: []string{"krill"}}}}
	r.Name(id)
	return r
}

func report(t *testing.T) *ask.Changes {
	t.Helper()
	a := release(t, "april", "2031-04-17", "The ministers agreed that the quota would be halved.")
	b := release(t, "february", "2032-02-03", "The ministers shared the view that the quota would be halved.")
	c := release(t, "february", "2032-02-03", "The ministers shared the view that the quota would be reviewed.")
	c.Version, c.CapturedAt = 2, c.CapturedAt.Add(48*time.Hour)
	topic := timeline.Topic{ID: "krill", Name: "Krill fisheries"}
	came := ask.NewChangesRelease(b)
	came.Add(topic, diff.Compare(a, b, diff.Options{Topic: "krill"}))
	return &ask.Changes{
		Releases: []ask.ChangesRelease{came},
		Records:  []*ask.Diff{ask.NewDiff(diff.Compare(b, c, diff.Options{Cause: diff.Record}))},
		Sources:  []ask.Trouble{{Source: "oslo", State: "stale", Detail: "nothing for 40 days"}},
	}
}

// A feed reader takes the feed, and ids stay the same from feed to feed.
func TestAtom(t *testing.T) {
	r := report(t)
	var first bytes.Buffer
	if err := bulletin.Atom(&first, r, bulletin.Options{Title: "Readout"}); err != nil {
		t.Fatal(err)
	}
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(first.Bytes()))
	if err != nil {
		t.Fatalf("%v\n%s", err, first.String())
	}
	if len(feed.Items) != 3 {
		t.Fatalf("%d entries, want 3", len(feed.Items))
	}
	ids := map[string]bool{}
	for _, x := range feed.Items {
		ids[x.GUID] = true
		if x.UpdatedParsed == nil || !strings.HasPrefix(x.GUID, "urn:uuid:") {
			t.Errorf("entry %q has time %v and id %q", x.Title, x.UpdatedParsed, x.GUID)
		}
	}
	if len(ids) != 3 {
		t.Errorf("%d ids among 3 entries", len(ids))
	}
	if !strings.Contains(feed.Items[0].Content, "<del") {
		t.Errorf("the entry of a release has no redline: %s", feed.Items[0].Content)
	}
	r.Records, r.Sources = nil, nil
	var second bytes.Buffer
	if err := bulletin.Atom(&second, r, bulletin.Options{Title: "Readout"}); err != nil {
		t.Fatal(err)
	}
	alone, err := gofeed.NewParser().Parse(&second)
	if err != nil {
		t.Fatal(err)
	}
	if alone.Items[0].GUID != feed.Items[0].GUID {
		t.Errorf("id %q, then %q for the same release", feed.Items[0].GUID, alone.Items[0].GUID)
	}
}

func TestMail(t *testing.T) {
	o := bulletin.Options{Title: "Änderungen", From: "readout@mfa.example", To: []string{"Desk <desk@mfa.example>"}, Date: time.Date(2032, 2, 4, 6, 0, 0, 0, time.UTC)}
	var b, again bytes.Buffer
	if err := bulletin.Mail(&b, report(t), o); err != nil {
		t.Fatal(err)
	}
	if err := bulletin.Mail(&again, report(t), o); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Error("the same report at the same time gave other bytes")
	}
	m, err := mail.CreateReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	if s, err := m.Header.Subject(); err != nil || s != "Änderungen" {
		t.Errorf("subject = %q, %v", s, err)
	}
	// Without it programs on holiday answer (RFC 3834).
	if s := m.Header.Get("Auto-Submitted"); s != "auto-generated" {
		t.Errorf("Auto-Submitted = %q, want auto-generated", s)
	}
	var kinds []string
	for {
		p, err := m.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		kind, _, err := p.Header.(*mail.InlineHeader).ContentType()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(p.Body)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(body), "shared the view") {
			t.Errorf("part %s does not tell the news", kind)
		}
		kinds = append(kinds, kind)
	}
	if strings.Join(kinds, " ") != "text/plain text/html" {
		t.Errorf("parts = %v, want the plain one first", kinds)
	}
}

func TestMailNeedsRecipient(t *testing.T) {
	if err := bulletin.Mail(io.Discard, report(t), bulletin.Options{}); !errors.Is(err, bulletin.ErrNoRecipient) {
		t.Errorf("Mail without a recipient = %v, want ErrNoRecipient", err)
	}
	if err := bulletin.Mail(io.Discard, report(t), bulletin.Options{To: []string{"nobody at home"}}); err == nil {
		t.Error("Mail to an address that is none: no error")
	}
}

// manyMoves is a report with four findings of one release, one more than a report leads with.
func manyMoves(t *testing.T) *ask.Changes {
	t.Helper()
	say := func(id, day, act string) *timeline.Release {
		r := release(t, id, day, "The two ministers "+act+" the krill quota for the southern shelf.")
		for _, what := range []string{"the ferry line from Bergen to Rocha", "the seed bank in the old mine of Minas", "the lighthouse of Arn near the southern shelf"} {
			r.Statements = append(r.Statements, timeline.Statement{Text: "The two ministers " + act + " " + what + ".", Section: -1, Topics: []string{"krill"}})
		}
		for i := range r.Statements {
			r.Statements[i].Act = timeline.ActAgree
		}
		r.Name(id)
		return r
	}
	a, b := say("april", "2031-04-17", "agreed on"), say("february", "2032-02-03", "discussed")
	came := ask.NewChangesRelease(b)
	came.Add(timeline.Topic{ID: "krill", Name: "Krill fisheries"}, diff.Compare(a, b, diff.Options{Topic: "krill"}))
	return &ask.Changes{Releases: []ask.ChangesRelease{came}}
}

// A feed leads with the weightiest findings, in the words of the texts, and no reader is told them again.
func TestAtomLeadsWithTheForemost(t *testing.T) {
	var feeds [2]bytes.Buffer
	for i, o := range []bulletin.Options{{Title: "Readout"}, {Title: "Readout", Page: func(old, new string) string { return "https://desk.example/" + new }}} {
		if err := bulletin.Atom(&feeds[i], manyMoves(t), o); err != nil {
			t.Fatal(err)
		}
		feed, err := gofeed.NewParser().Parse(bytes.NewReader(feeds[i].Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		first := feed.Items[0]
		if !strings.HasPrefix(first.Title, "Foremost: softened: agreed → discussed") || strings.Count(first.Content, "<li>") != 3 {
			t.Errorf("the feed leads with %q: %s", first.Title, first.Content)
		}
		if links := strings.Count(first.Content, "https://desk.example/february"); links != 3*i {
			t.Errorf("%d links, want %d", links, 3*i)
		}
		if want := feed.Items[1].Updated; first.Updated != want {
			t.Errorf("updated %s, want that of the release, %s", first.Updated, want)
		}
	}
}

// The page of a message leads with the same findings as its text.
func TestMailPageLeadsWithTheForemost(t *testing.T) {
	var b bytes.Buffer
	if err := redline.DigestHTML(&b, "News", manyMoves(t), redline.Options{}); err != nil {
		t.Fatal(err)
	}
	lead, _, _ := strings.Cut(b.String(), "<section")
	if strings.Count(lead, "softened: agreed → discussed") != 3 {
		t.Errorf("the page leads with %s", lead)
	}
	var text bytes.Buffer
	if err := redline.DigestMarkdown(&text, "News", manyMoves(t), redline.Options{}); err != nil {
		t.Fatal(err)
	}
	lead, _, _ = strings.Cut(text.String(), "\n## ")
	if strings.Count(lead, "softened: agreed → discussed") != 3 {
		t.Errorf("the Markdown leads with %s", lead)
	}
}
