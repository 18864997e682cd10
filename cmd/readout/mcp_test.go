package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"readout/internal/archive"
	"readout/internal/ask"
	"readout/internal/rules"
)

// TestToolsQuote asks every tool about the embedded releases and looks each quotation up
// in the text that it names.
func TestToolsQuote(t *testing.T) {
	arch, call := toolCaller(t)
	for _, tt := range []struct {
		tool string
		in   map[string]any
	}{
		{"search", map[string]any{"words": "krill", "series": "NO-UY", "limit": 3}},
		{"show", map[string]any{"release": "2004-11-17"}},
		{"timeline", map[string]any{"topic": "krill quota", "series": "NO-UY", "changes-only": true}},
		{"diff", map[string]any{"series": "NO-UY"}},
		{"diff", map[string]any{"topic": "krill quota", "series": "NO-UY"}},
		{"phrase", map[string]any{"words": "krill"}},
		{"brief", map[string]any{"series": "NO-UY"}},
		{"spread", map[string]any{"words": "peace treaty"}},
	} {
		res := call(tt.tool, tt.in)
		if res.IsError {
			t.Errorf("%s(%v) = error %s", tt.tool, tt.in, said(res))
			continue
		}
		var got struct {
			Answer     json.RawMessage
			Quotations []ask.Citation
		}
		if err := json.Unmarshal([]byte(said(res)), &got); err != nil {
			t.Fatal(err)
		}
		if len(got.Quotations) == 0 || !strings.Contains(string(got.Answer), `"schema":"readout.`) {
			t.Errorf("%s(%v) = %s, want an answer with quotations", tt.tool, tt.in, said(res))
		}
		for _, q := range got.Quotations {
			name, _, _ := strings.Cut(q.ID, "#")
			ref, err := archive.ParseRef(name)
			if err != nil {
				t.Fatal(err)
			}
			rel, err := arch.Release(context.Background(), ref)
			if err != nil {
				t.Fatal(err)
			}
			text := strings.Join(strings.Fields(rel.Text[q.Start:q.End]), " ")
			if text != q.Quotation || rel.SHA256 != q.SHA256 || rel.Source != q.Source {
				t.Errorf("%s: %s is quoted as %q, want %q of %s, %s", tt.tool, q.ID, q.Quotation, text, rel.SHA256, rel.Source)
			}
		}
	}
}

// TestToolsDoNotAnswer asks for what no statement says, and for what is not the tools' to
// read.
func TestToolsDoNotAnswer(t *testing.T) {
	_, call := toolCaller(t)
	file := filepath.Join(t.TempDir(), "secret.txt")
	if err := os.WriteFile(file, []byte("The two ministers agreed on a secret.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		tool, want string
		in         map[string]any
	}{
		{"search", "no statement", map[string]any{"words": "unicorns"}},
		{"phrase", "no statement", map[string]any{"words": "dilithium crystals"}},
		{"spread", "no statement", map[string]any{"words": "dilithium crystals"}},
		{"formulas", "no statement", map[string]any{"series": "JP-RU"}},
		{"show", "no release", map[string]any{"release": "1815-06-09"}},
		{"timeline", "speaks of", map[string]any{"topic": "unicorns", "series": "NO-UY"}},
		{"brief", "there is no series", map[string]any{"series": "FR-TO"}},
		{"diff", "neither", map[string]any{"old": file, "new": file}},
		{"phrase", "no statement", map[string]any{"words": "--db=" + file}},
		{"search", "unexpected", map[string]any{"words": "krill", "db": file}},
		{"show", "required", map[string]any{}},
	} {
		if res := call(tt.tool, tt.in); !res.IsError || !strings.Contains(said(res), tt.want) {
			t.Errorf("%s(%v) = %s, want an error with %q", tt.tool, tt.in, said(res), tt.want)
		}
	}
}

// toolCaller returns a store of the embedded releases and a function that calls a tool of
// a server of it.
func toolCaller(t *testing.T) (*archive.Archive, func(tool string, in map[string]any) *mcp.CallToolResult) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "seeds.db")
	if err := os.WriteFile(path, seedStore(t), 0o600); err != nil {
		t.Fatal(err)
	}
	arch, err := archive.Open(archive.Options{Path: path, Rules: rules.Default()})
	if err != nil {
		t.Fatal(err)
	}
	a := &app{env: os.Getenv, now: time.Now, db: path, rules: rules.Default(), lockTimeout: time.Second}
	here, there := mcp.NewInMemoryTransports()
	server, err := a.toolServer().Connect(t.Context(), there, nil)
	if err != nil {
		t.Fatal(err)
	}
	client, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), here, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := client.Close(); err != nil {
			t.Error(err)
		}
		if err := server.Wait(); err != nil {
			t.Error(err)
		}
	})
	return arch, func(tool string, in map[string]any) *mcp.CallToolResult {
		t.Helper()
		res, err := client.CallTool(t.Context(), &mcp.CallToolParams{Name: tool, Arguments: in})
		if err != nil {
			t.Fatalf("%s(%v): %v", tool, in, err)
		}
		return res
	}
}

// said is the text of a result.
func said(res *mcp.CallToolResult) string {
	if len(res.Content) == 0 {
		return ""
	}
	text, ok := res.Content[0].(*mcp.TextContent)
	if !ok {
		return ""
	}
	return text.Text
}
