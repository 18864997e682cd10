package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestServe starts the server on a port of the system's choice, asks it, and stops it
// as a signal would.
func TestServe(t *testing.T) {
	t.Setenv(tokenVariable, "")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	list := filepath.Join(t.TempDir(), "sources.yaml")
	if err := os.WriteFile(list, []byte("sources:\n  - {name: harbour, url: 'https://mfa.example/press/', kind: index}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	stderr, talk := io.Pipe()
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, []string{"serve", "--addr", "127.0.0.1:0", "--sources", list, "--db", filepath.Join(t.TempDir(), "r.db")}, strings.NewReader(""), io.Discard, talk)
		_ = talk.Close() // a pipe in memory has no error to report
	}()
	line, err := bufio.NewReader(stderr).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	go func() { _, _ = io.Copy(io.Discard, stderr) }() // until the server has gone
	_, address, _ := strings.Cut(strings.TrimSpace(line), " at ")
	for path, want := range map[string]string{"": "Nothing has been taken in yet", "sources": "harbour"} {
		resp, err := http.Get(address + path)
		if err != nil {
			t.Fatalf("%q does not name an address that answers: %v", line, err)
		}
		body, err := io.ReadAll(resp.Body)
		if err := resp.Body.Close(); err != nil {
			t.Error(err)
		}
		if err != nil || resp.StatusCode != http.StatusOK || !bytes.Contains(body, []byte(want)) {
			t.Errorf("GET %s = %d, %v, %q", address+path, resp.StatusCode, err, body)
		}
	}
	stop()
	select {
	case got := <-code:
		if got != exitOK {
			t.Errorf("serve ends with %d after a signal, want 0", got)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("serve does not stop")
	}
}
