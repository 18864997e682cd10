package main

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
)

// release is a page that the store of a test holds.
const release = "Norway-Uruguay Foreign Ministers' Meeting\n\nApril 17, 2031\n\n1. Krill fisheries\n\nThe two ministers agreed that the quota would be halved.\n"

// tell ingests a release, runs "changes" once, ingests another and runs "changes" against a
// webhook; it returns the exit code and what was said on standard error.
func tell(t *testing.T, url string, flags ...string) (int, string) {
	t.Helper()
	db := filepath.Join(t.TempDir(), "readout.db")
	var out, talk bytes.Buffer
	if code := run(t.Context(), []string{"--db", db, "ingest", "-"}, bytes.NewBufferString(release), &out, &talk); code != exitOK {
		t.Fatalf("ingest: exit %d: %s", code, talk.String())
	}
	if code := run(t.Context(), []string{"--db", db, "changes", "--since-last", "hook"}, nil, &out, &talk); code != exitOK {
		t.Fatalf("changes: exit %d: %s", code, talk.String())
	}
	later := strings.Replace(release, "2031", "2032", 1)
	if code := run(t.Context(), []string{"--db", db, "ingest", "-"}, bytes.NewBufferString(later), &out, &talk); code != exitOK {
		t.Fatalf("ingest: exit %d: %s", code, talk.String())
	}
	out.Reset()
	code := run(t.Context(), append([]string{"--db", db, "changes", "--since-last", "hook", "--webhook", url}, flags...), nil, &out, &talk)
	if out.Len() > 0 {
		t.Errorf("changes --webhook wrote %q to standard output, want nothing", out.String())
	}
	return code, talk.String()
}

func TestWebhook(t *testing.T) {
	t.Setenv("READOUT_WEBHOOK_SECRET", "krill")
	tries := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if tries++; tries == 1 { // a server that is busy is asked again
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		mac := hmac.New(sha256.New, []byte("krill"))
		mac.Write(body)
		if got, want := r.Header.Get("X-Readout-Signature"), "sha256="+hex.EncodeToString(mac.Sum(nil)); got != want {
			t.Errorf("signature = %q, want %q", got, want)
		}
		var news struct {
			Schema   string
			Releases []any
		}
		if err := json.Unmarshal(body, &news); err != nil || news.Schema != "readout.changes/1" || len(news.Releases) != 1 {
			t.Errorf("body = %s (%v), want one release", body, err)
		}
	}))
	defer server.Close()
	if code, talk := tell(t, server.URL); code != exitOK || tries != 2 {
		t.Errorf("exit %d after %d tries, want 0 after 2: %s", code, tries, talk)
	}
}

// A refusal is final, and the reader does not move on.
func TestWebhookRefused(t *testing.T) {
	tries := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		tries++
		w.WriteHeader(http.StatusForbidden)
	}))
	defer server.Close()
	if code, talk := tell(t, server.URL); code != exitFailed || tries != 1 {
		t.Errorf("exit %d after %d tries, want 1 after 1: %s", code, tries, talk)
	}
}

// An interruption ends the tries.
func TestWebhookInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	tries := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		tries++
		w.WriteHeader(http.StatusServiceUnavailable)
		cancel()
	}))
	defer server.Close()
	a := &app{env: func(string) string { return "" }}
	if err := a.post(ctx, server.URL, []byte("{}")); !errors.Is(err, context.Canceled) || tries != 1 {
		t.Errorf("post = %v after %d tries, want context.Canceled after 1", err, tries)
	}
}

// A message of more than there is room for is cut, and says so.
func TestMailHasCeiling(t *testing.T) {
	var long strings.Builder
	long.WriteString(release)
	for i := range 80 {
		fmt.Fprintf(&long, "\nThe two ministers agreed that quota %d would be halved%s.\n", 100+i, strings.Repeat(" and later reviewed with care", 12))
	}
	db := filepath.Join(t.TempDir(), "readout.db")
	var out, talk bytes.Buffer
	if code := run(t.Context(), []string{"--db", db, "ingest", "-"}, bytes.NewBufferString(long.String()), &out, &talk); code != exitOK {
		t.Fatalf("ingest: exit %d: %s", code, talk.String())
	}
	mail := func(args ...string) string {
		out.Reset()
		args = append([]string{"--db", db, "changes", "--format", "rfc822", "--mail-to", "desk@mfa.example"}, args...)
		if code := run(t.Context(), args, nil, &out, &talk); code != exitOK {
			t.Fatalf("changes: exit %d: %s", code, talk.String())
		}
		return out.String()
	}
	if got := mail(); len(got) >= 20_000 || !strings.Contains(got, "left out here: ") {
		t.Errorf("a message of %d bytes, want less than 20000 and what is left out:\n%s", len(got), got)
	}
	if got := mail("--max", "0"); len(got) < 20_000 || strings.Contains(got, "left out here: ") {
		t.Errorf("--max 0: a message of %d bytes, want all of it", len(got))
	}
}

// TestWebhookFollowsNoRedirect: news goes to the address that was given, and to no other.
func TestWebhookFollowsNoRedirect(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the news went elsewhere") }))
	defer elsewhere.Close()
	server := httptest.NewServer(http.RedirectHandler(elsewhere.URL, http.StatusTemporaryRedirect))
	defer server.Close()
	if code, talk := tell(t, server.URL); code != exitFailed || !strings.Contains(talk, "the server answers 307") {
		t.Errorf("exit %d: %s", code, talk)
	}
}

// TestWebhookOfAChat posts what a chat takes in place of the report.
func TestWebhookOfAChat(t *testing.T) {
	got := map[string]string{}
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if err := json.NewDecoder(r.Body).Decode(&got); err != nil {
			t.Error(err)
		}
	}))
	defer server.Close()
	if code, talk := tell(t, server.URL, "--webhook-format", "slack"); code != exitOK {
		t.Fatalf("exit %d: %s", code, talk)
	}
	if len(got) != 1 || !strings.HasPrefix(got["text"], "*1 new release*\n• 2032-04-17 Norway-Uruguay Foreign Ministers' Meeting · NO-UY") {
		t.Errorf("the chat got %q", got)
	}
	var talk bytes.Buffer
	if code := run(t.Context(), []string{"changes", "--webhook-format", "slack"}, nil, io.Discard, &talk); code != exitUsage || !strings.Contains(talk.String(), "goes with --webhook") {
		t.Errorf("--webhook-format alone: exit %d, %s", code, talk.String())
	}
}
