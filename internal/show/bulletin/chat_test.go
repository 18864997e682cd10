package bulletin_test

import (
	"encoding/json"
	"strings"
	"testing"

	"readout/internal/ask"
	"readout/internal/show/bulletin"
)

func TestChat(t *testing.T) {
	type card struct {
		Text, Summary, Type string
		Attachments         []struct {
			ContentType string
			Content     struct{ Body []struct{ Text string } }
		}
	}
	want := map[bulletin.ChatKind]string{
		bulletin.Slack: "*1 new release, 1 published page altered, 1 source in trouble*\n" +
			"• <https://mfa.example/february|2032-02-03 Norway–Uruguay &lt;Meeting&gt; &amp; Talks> · NO-UY · Krill fisheries: 1 reworded\n" +
			"• altered: <https://mfa.example/february|Norway–Uruguay &lt;Meeting&gt; &amp; Talks> · 1 reworded\n" +
			"• source oslo · stale · nothing for 40 days",
		bulletin.Mattermost: "**1 new release, 1 published page altered, 1 source in trouble**\n" +
			"• [2032-02-03 Norway–Uruguay &lt;Meeting> & Talks](https://mfa.example/february) · NO-UY · Krill fisheries: 1 reworded\n" +
			"• altered: [Norway–Uruguay &lt;Meeting> & Talks](https://mfa.example/february) · 1 reworded\n" +
			"• source oslo · stale · nothing for 40 days",
	}
	want[bulletin.Teams] = want[bulletin.Mattermost]
	for _, kind := range bulletin.ChatKinds() {
		body, err := bulletin.Chat(kind, report(t))
		if err != nil {
			t.Fatal(err)
		}
		var got card
		if err := json.Unmarshal(body, &got); err != nil {
			t.Fatal(err)
		}
		if got.Text != want[kind] {
			t.Errorf("%s:\n got %q\nwant %q", kind, got.Text, want[kind])
		}
		if kind != bulletin.Teams {
			continue
		}
		if got.Type != "message" || len(got.Attachments) != 1 || got.Attachments[0].Content.Body[0].Text != got.Text ||
			got.Attachments[0].ContentType != "application/vnd.microsoft.card.adaptive" {
			t.Errorf("teams: %s", body)
		}
	}
}

// TestChatIsSafe gives a page a title that would call everybody and lead elsewhere.
func TestChatIsSafe(t *testing.T) {
	r := report(t)
	r.Releases[0].Title = "<!channel> @all [x](https://elsewhere.example) *bold* <https://elsewhere.example|y>"
	r.Releases[0].Source = "javascript:alert(1)"
	for _, kind := range bulletin.ChatKinds() {
		body, err := bulletin.Chat(kind, r)
		if err != nil {
			t.Fatal(err)
		}
		var got struct{ Text string }
		if err := json.Unmarshal(body, &got); err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"<!", "@all", "[x](", "<https://elsewhere", "javascript:"} {
			if kind == bulletin.Slack && (bad == "@all" || bad == "[x](") {
				continue // plain text to Slack
			}
			if strings.Contains(got.Text, bad) {
				t.Errorf("%s: %q is in %q", kind, bad, got.Text)
			}
		}
	}
}

// TestChatIsShort tells of a hundred sources in trouble.
func TestChatIsShort(t *testing.T) {
	c := ask.NewChanges()
	for range 100 {
		c.Sources = append(c.Sources, ask.Trouble{Source: "oslo", State: "stale"})
	}
	body, err := bulletin.Chat(bulletin.Slack, c)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(body), "•"); n != 12 || !strings.Contains(string(body), "… and 88 more: readout changes") {
		t.Errorf("%d lines in %s", n, body)
	}
}
