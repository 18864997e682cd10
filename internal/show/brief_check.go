package show

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"readout/internal/ask"
	"readout/internal/rules/pattern"
	"readout/timeline"
)

// SavedBrief is a brief that was written to a file as text, Markdown or JSON.
type SavedBrief struct {
	Series timeline.SeriesID
	Before timeline.Date // of the meeting prepared for, zero where none was named

	claims []claim // of JSON
	text   string  // of the others
}

var briefTitle = pattern.New(`^(?:# )?(\S+?)(?: ·|:) brief(?: before (\d{4}-\d{2}-\d{2}))?$`)

// ReadBrief reads a saved brief.
func ReadBrief(data []byte) (*SavedBrief, error) {
	data = bytes.TrimSpace(data)
	if bytes.HasPrefix(data, []byte("{")) {
		b := &ask.Brief{}
		if err := json.Unmarshal(data, b); err != nil {
			return nil, fmt.Errorf("decode: %w", err)
		}
		if b.Schema != "readout.brief/1" {
			return nil, fmt.Errorf("schema %q is not that of a brief", b.Schema)
		}
		return &SavedBrief{Series: b.Series, Before: b.Before, claims: LayBrief(b, timeline.Date.String).claims()}, nil
	}
	first, _, _ := strings.Cut(string(data), "\n")
	m := briefTitle.FindStringSubmatch(strings.TrimSpace(first))
	if m == nil {
		return nil, errors.New("it does not begin as a brief in text, markdown or json does")
	}
	s := &SavedBrief{Series: timeline.SeriesID(m[1]), text: string(data)}
	if m[2] != "" {
		if err := s.Before.Set(m[2]); err != nil {
			return nil, fmt.Errorf("read the day of the meeting: %w", err)
		}
	}
	return s, nil
}

// Check derives the claims of a saved brief again: each has to be one of the whole brief of now.
func (s *SavedBrief) Check(now *ask.Brief) *ask.BriefCheck {
	fresh := LayBrief(now, timeline.Date.String).claims()
	out := &ask.BriefCheck{Schema: "readout.brief-check/1", Series: now.Series, Failed: []ask.FailedClaim{}}
	failed := func(about, words string) {
		f := ask.FailedClaim{Claim: words}
		if i := slices.IndexFunc(fresh, func(c claim) bool {
			return c.about == about ||
				about != "" && strings.Contains(c.words, "["+about+"]")
		}); i >= 0 {
			f.Now = fresh[i].words
		}
		out.Failed = append(out.Failed, f)
	}
	if s.text != "" {
		m := newMarked(s.text)
		held := m.hold(fresh)
		for _, c := range m.rest(fresh) {
			failed(c.about, c.words)
		}
		out.Claims = held + len(out.Failed)
		return out
	}
	for _, c := range s.claims {
		if !slices.Contains(fresh, c) {
			failed(c.about, c.words)
		}
	}
	out.Claims = len(s.claims)
	return out
}

// marked is a text without spaces and the signs of Markdown, in which the claims that hold are
// struck out. So neither the width of a line nor the format matters.
type marked struct {
	text   string
	bare   string
	at     []int  // of every byte of bare, where it stands in text
	struck []bool // of every byte of bare
}

func newMarked(text string) *marked {
	m := &marked{text: text}
	var b strings.Builder
	for i, r := range text {
		if bareLetter(r) {
			n := b.Len()
			b.WriteRune(r)
			for k := range b.Len() - n {
				m.at = append(m.at, i+k)
			}
		}
	}
	m.bare = b.String()
	m.struck = make([]bool, len(m.bare))
	return m
}

func bareLetter(r rune) bool { return !unicode.IsSpace(r) && r != '*' && r != '\\' }

func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if bareLetter(r) {
			return r
		}
		return -1
	}, s)
}

// hold strikes out the claims that are found, each in all its places, and counts the places.
func (m *marked) hold(claims []claim) (n int) {
	done := map[string]bool{}
	for _, c := range claims {
		words := bare(c.words)
		if words == "" || done[words] {
			continue
		}
		done[words] = true
		for from := 0; ; {
			i := strings.Index(m.bare[from:], words)
			if i < 0 {
				break
			}
			i, from = from+i, from+i+len(words)
			if strings.HasPrefix(m.bare[from:], ",") { // the claim goes on
				continue
			}
			n++
			for k := i; k < from; k++ {
				m.struck[k] = true
			}
		}
	}
	return n
}

// What looks like a claim: a quotation with what it stands on, that alone, or how often and when.
var claimLike = pattern.New(`“[^\[“]*(?:“[^”]*”[^\[“]*)*(?:\[[^\]]*\])?|\[[^\]\s]+#\d+[^\]]*\]|raisedat\d+of\d+meetings,laston[0-9-]{10}(?:,notatthe(?:\d+meetings|meeting)since)?|lastmet\d[^“]*?since[0-9-]{10}`)

// rest returns what looks like a claim and is not struck out, in order. How often an issue was raised
// is about the issue whose name stands before it.
func (m *marked) rest(fresh []claim) []claim {
	var out []claim
	for _, at := range claimLike.FindAllStringIndex(m.bare, -1) {
		if !slices.Contains(m.struck[at[0]:at[1]], false) || m.struck[at[0]] {
			continue
		}
		words := strings.Join(strings.Fields(m.text[m.at[at[0]]:m.at[at[1]-1]+1]), " ")
		about := cited(words)
		if strings.HasPrefix(words, lastMet) {
			about = lastMet
		}
		for _, c := range fresh {
			if name, _, ok := strings.Cut(c.words, " "+raisedAt); ok && strings.HasSuffix(m.bare[:at[0]], bare(name)) &&
				strings.HasPrefix(words, raisedAt) {
				about = c.about
			}
		}
		out = append(out, claim{about, words})
	}
	return out
}

// writeBriefCheck writes what of a saved brief no longer holds.
func writeBriefCheck(w io.Writer, s Style, c *ask.BriefCheck) error {
	var b strings.Builder
	head := fmt.Sprintf("%s · %s, %d hold", c.Series, count(c.Claims, "claim", "claims"), c.Claims-len(c.Failed))
	b.WriteString(text(bold, head).block(s, "", "", s.prose()))
	for _, f := range c.Failed {
		b.WriteString("\n" + text(plain, f.Claim).block(s, s.paint(red, "-")+" ", "  ", s.prose()))
		now := "the brief of now says nothing of it"
		if f.Now != "" {
			now = "now: " + f.Now
		}
		b.WriteString(text(dim, now).block(s, "  ", "  ", s.prose()))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
