package judge

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"readout/internal/sources/fetch"
	"readout/timeline"
)

// ErrNoVerdict is returned where a model answers, but with none of the verdicts.
var ErrNoVerdict = errors.New("the answer is no verdict")

// patience is how long one answer may take: a large model on a small machine is slow.
const patience = 5 * time.Minute

// maxAnswer bounds an answer, in bytes.
const maxAnswer = 1 << 20

// Model is a model behind an endpoint.
type Model struct {
	// URL is the address of the endpoint, or what stands before /v1/chat/completions in it.
	URL  string
	Name string // as the endpoint knows it
	Key  string // a bearer token, "" for none
	// AllowPrivate lets the address lead to any host. Without it only public addresses are
	// gone to, and this machine where URL names it.
	AllowPrivate bool
}

// message is one turn of a chat.
type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

// request is a question as the endpoint takes it. Temperature and seed ask for the likeliest
// answer; what counts is the record of it, not that it could be had again.
type request struct {
	Model       string    `json:"model"`
	Messages    []message `json:"messages"`
	Temperature float64   `json:"temperature"`
	Seed        int       `json:"seed"`
	Stream      bool      `json:"stream"`
}

// reply is what is read of an answer.
type reply struct {
	Model       string `json:"model"`
	Fingerprint string `json:"system_fingerprint"`
	Choices     []struct {
		Message message `json:"message"`
	} `json:"choices"`
}

// Ask puts a question and returns the judgement, without a time. An answer that is none of the
// verdicts is an [ErrNoVerdict]; an address that may not be gone to a [fetch.ErrForbidden].
func (m Model) Ask(ctx context.Context, q Question) (timeline.Judgement, error) {
	j := timeline.Judgement{A: q.A.Name, B: q.B.Name, Question: q.SHA256(), Model: m.Name}
	r, err := m.post(ctx, q)
	if err != nil {
		return j, fmt.Errorf("ask %s at %s: %w", m.Name, m.URL, err)
	}
	if len(r.Choices) == 0 {
		return j, fmt.Errorf("%w: %s gave none", ErrNoVerdict, m.Name)
	}
	j.ModelSHA256 = hash(m.Name, r.Model, r.Fingerprint)
	j.Verdict, err = verdict(r.Choices[0].Message.Content)
	return j, err
}

// verdict reads the one word that an answer is to have. Some models think aloud before it.
func verdict(answer string) (timeline.Verdict, error) {
	said := answer
	if strings.HasPrefix(strings.TrimSpace(answer), "<think>") {
		_, said, _ = strings.Cut(answer, "</think>")
	}
	word := strings.ToLower(strings.Trim(said, " \t\r\n.\"'*`"))
	for _, v := range timeline.Verdicts() {
		if word == string(v) {
			return v, nil
		}
	}
	return "", fmt.Errorf("%w: %q", ErrNoVerdict, cut(answer))
}

// post sends a question and decodes the answer.
func (m Model) post(ctx context.Context, q Question) (*reply, error) {
	u, err := m.endpoint()
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(request{Model: m.Name, Messages: []message{{"system", instruction}, {"user", q.Text}}, Seed: 1})
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, u.String(), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	if m.Key != "" {
		req.Header.Set("Authorization", "Bearer "+m.Key)
	}
	trip := fetch.Transport(fetch.Options{AllowPrivate: m.AllowPrivate || local(u.Hostname()), Timeout: patience})
	defer trip.CloseIdleConnections()
	resp, err := trip.RoundTrip(req) // no redirect is followed: the texts go where the user said
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	got, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the server answers %s", resp.Status)
	}
	r := &reply{}
	if err := json.Unmarshal(got, r); err != nil {
		return nil, fmt.Errorf("the answer is not that of a chat completion: %v", err)
	}
	return r, nil
}

// path is where the endpoint is at a server.
const path = "/v1/chat/completions"

// endpoint completes the address of the model.
func (m Model) endpoint() (*url.URL, error) {
	u, err := url.Parse(m.URL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return nil, fmt.Errorf("%w: %q is not the http or https address of a server", fetch.ErrForbidden, m.URL)
	}
	if !strings.HasSuffix(u.Path, "/chat/completions") {
		u.Path = strings.TrimSuffix(strings.TrimSuffix(u.Path, "/"), "/v1") + path
	}
	return u, nil
}

// local reports whether a host is this machine by the name it is called: where the name of
// another host leads here, that is for the guard to refuse.
func local(host string) bool {
	a, err := netip.ParseAddr(host)
	return err == nil && a.Unmap().IsLoopback() || strings.EqualFold(host, "localhost")
}
