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
