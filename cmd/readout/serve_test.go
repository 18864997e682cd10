package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// serving starts the server on a port of the system's choice. It returns the address,
// and how to stop the server as a signal would: stop waits for the end.
func serving(t *testing.T, args ...string) (address string, stop func()) {
	t.Helper()
	return running(t, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...)
}

// running starts a command that serves, as serving does.
func running(t *testing.T, args ...string) (address string, stop func()) {
	t.Helper()
	t.Setenv(tokenVariable, "")
	ctx, signal := context.WithCancel(t.Context())
	t.Cleanup(signal)
	stderr, talk := io.Pipe()
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, args, strings.NewReader(""), io.Discard, talk)
		_ = talk.Close() // a pipe in memory has no error to report
	}()
	line, err := bufio.NewReader(stderr).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	go func() { _, _ = io.Copy(io.Discard, stderr) }() // until the server has gone
	_, address, _ = strings.Cut(strings.TrimSpace(line), " at ")
	return address, func() {
		t.Helper()
		signal()
		select {
		case got := <-code:
			if got != exitOK {
				t.Errorf("serve ends with %d after a signal, want 0", got)
			}
		case <-time.After(10 * time.Second):
			t.Fatal("serve does not stop")
		}
	}
}

// fetched returns what the server answers.
func fetched(t *testing.T, address string) (int, string) {
	t.Helper()
	resp, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	if err := resp.Body.Close(); err != nil {
		t.Error(err)
	}
	if err != nil {
		t.Fatalf("GET %s: %v", address, err)
	}
	return resp.StatusCode, string(body)
}

// TestDemoServed looks at the samples as a server shows them, beside another server.
func TestDemoServed(t *testing.T) {
	for name, value := range home(t.TempDir()) {
		t.Setenv(name, value)
	}
	address, stop := running(t, "demo", "--serve")
	if code, body := fetched(t, address); code != http.StatusOK || !strings.Contains(body, "NO-UY") || !strings.Contains(body, "JP-RU") {
		t.Errorf("GET %s = %d, %q", address, code, body)
	}
	if free := freeAddr(t.Context(), strings.TrimSuffix(strings.TrimPrefix(address, "http://"), "/")); free != "127.0.0.1:0" {
		t.Errorf("freeAddr of an address in use = %q, want a port of the system's choice", free)
	}
	stop()
}

func TestServe(t *testing.T) {
	list := filepath.Join(t.TempDir(), "sources.yaml")
	if err := os.WriteFile(list, []byte("sources:\n  - {name: harbour, url: 'https://mfa.example/press/', kind: index}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	db := filepath.Join(t.TempDir(), "r.db")
	text := strings.NewReader("Meeting of the Foreign Ministers of Norway and Uruguay\n\n2 May 2034\n\nThe two ministers agreed to meet again.\n")
	if code := run(t.Context(), []string{"--db", db, "ingest", "-"}, text, io.Discard, io.Discard); code != exitOK {
		t.Fatalf("ingest ends with %d", code)
	}
	address, stop := serving(t, "--sources", list, "--db", db)
	for path, want := range map[string]string{"": "NO-UY", "sources": "harbour", "api/v1/sources": `"name": "harbour"`} {
		if code, body := fetched(t, address+path); code != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("GET %s = %d, %q", address+path, code, body)
		}
	}
	// What is read anew each time is told as it is now.
	if err := os.WriteFile(list, []byte("sources:\n  - {name: harbour, kind: festival}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, body := fetched(t, address+"api/v1/sources"); code != http.StatusInternalServerError || !strings.Contains(body, "sources.yaml:2") {
		t.Errorf("GET the sources of a file with a mistake = %d, %q", code, body)
	}
	stop()
	if resp, err := http.Get(address); err == nil {
		_ = resp.Body.Close() // it should not be there
		t.Error("the server answers after it has stopped")
	}
}
