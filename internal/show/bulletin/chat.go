package bulletin

import (
	"encoding/json"
	"fmt"
	"strings"

	"readout/diff"
	"readout/internal/ask"
	"readout/internal/letters"
	"readout/internal/show"
)

// ChatKind is a chat that takes messages by a webhook.
type ChatKind string

// The chats.
const (
	Slack      ChatKind = "slack"
	Teams      ChatKind = "teams"
	Mattermost ChatKind = "mattermost"
)

// ChatKinds returns all of them.
func ChatKinds() []ChatKind { return []ChatKind{Slack, Teams, Mattermost} }

// chatLines is how many lines a message in a chat has at most: it is to be seen at a glance.
const chatLines = 12

// Chat returns the report as a short message in the form that the webhook of a chat takes.
func Chat(kind ChatKind, c *ask.Changes) ([]byte, error) {
	text := chatText(kind, c)
	if kind != Teams {
		return json.Marshal(map[string]string{"text": text})
	}
	// What Teams shows is a card; summary is what a notification shows of it.
	return json.Marshal(map[string]any{
		"type": "message", "summary": show.Summary(c), "text": text,
		"attachments": []any{map[string]any{
			"contentType": "application/vnd.microsoft.card.adaptive",
			"content": map[string]any{
				"$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.4",
				"body": []any{map[string]any{"type": "TextBlock", "wrap": true, "text": text}},
			},
		}},
	})
}

// chatText has a line for everything that there is to tell, until there is no room.
func chatText(kind ChatKind, c *ask.Changes) string {
	m := markup(kind)
	var lines []string
	for _, r := range c.Releases {
		head := m.link(show.Join(" ", r.Of.Day().String(), r.Title), r.Source)
		lines = append(lines, show.Join(" · ", head, string(r.Series), m.escape(moves(r.Topics))))
	}
	for _, d := range c.Records {
		lines = append(lines, show.Join(" · ", "altered: "+m.link(d.New.Title, d.Report.New.Source), m.escape(counts(d.Summary))))
	}
	for _, t := range c.Sources {
		lines = append(lines, show.Join(" · ", "source "+m.escape(t.Source), t.State, m.escape(t.Detail)))
	}
	text := m.bold(show.Summary(c))
	for i, line := range lines {
		if i == chatLines {
			return text + fmt.Sprintf("\n… and %d more: readout changes", len(lines)-i)
		}
		text += "\n• " + line
	}
	return text
}

// moves says for each issue of a release what became of its statements.
func moves(topics []ask.ChangesTopic) string {
	var out []string
	for _, t := range topics {
		if did := counts(t.Diff.Summary); did != "" {
			out = append(out, t.Name+": "+did)
		}
	}
	return strings.Join(out, "; ")
}

// counts says how many statements are new, reworded or gone, "" where none is. What only
// may continue another is new, and what is not proved to be gone is left out.
func counts(s diff.Summary) string {
	var out []string
	for _, x := range []struct {
		n    int
		what string
	}{{s.Reworded - s.Uncertain, "reworded"}, {s.Dropped - s.Silent, "dropped"}, {s.New + s.Uncertain, "new"}} {
		if x.n > 0 {
			out = append(out, fmt.Sprintf("%d %s", x.n, x.what))
		}
	}
	return strings.Join(out, ", ")
}

// markup is how a chat writes bold text, links and what would be read as either.
type markup ChatKind

func (m markup) bold(text string) string {
	if m == markup(Slack) {
		return "*" + m.escape(text) + "*"
	}
	return "**" + m.escape(text) + "**"
}

// link puts text behind an address of a page, where there is one.
func (m markup) link(text, address string) string {
	address = show.Link(address)
	switch {
	case address == "":
		return m.escape(text)
	case m == markup(Slack):
		return "<" + strings.NewReplacer("|", "%7C", ">", "%3E", "<", "%3C").Replace(address) + "|" + m.escape(text) + ">"
	}
	return "[" + m.escape(text) + "](" + strings.NewReplacer("(", "%28", ")", "%29", " ", "%20").Replace(address) + ")"
}

// escape makes text safe: nothing in it becomes a mark, a link or a call of somebody's name.
func (m markup) escape(text string) string {
	text = letters.Clean(text)
	if m == markup(Slack) {
		return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "*", "∗", "|", "¦").Replace(text)
	}
	text = strings.NewReplacer("\\", "\\\\", "*", "\\*", "_", "\\_", "[", "\\[", "]", "\\]", "`", "\\`", "~", "\\~", "<",
		"&lt;").Replace(text)
	return strings.ReplaceAll(text, "@", "@\u200b")
}
