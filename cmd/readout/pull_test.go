package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
)

// ministry is a small site: an index page and two releases.
func ministry(t *testing.T) *httptest.Server {
	t.Helper()
	page := func(title, day, text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprintf(w, "<html><head><title>%s</title></head><body><main><h1>%s</h1><p>%s</p><h2>1. Krill fisheries</h2><p>%s</p></main></body></html>", title, title, day, text)
		}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/press/{$}", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<html><head><title>Press releases</title></head><body><nav><a href="/">Home</a></nav><main><h1>Press releases</h1><ul>
<li>April 17, 2031 <a href="/press/2031/uruguay-meeting.html">Norway-Uruguay Foreign Ministers' Meeting</a></li>
<li>February 3, 2032 <a href="/press/2032/uruguay-talks.html">Norway-Uruguay Foreign Ministers' Telephone Talk</a></li></ul></main></body></html>`)
	})
	mux.HandleFunc("/press/2031/uruguay-meeting.html", page("Norway-Uruguay Foreign Ministers' Meeting", "April 17, 2031",
		"The foreign ministers of Norway and Uruguay agreed that the krill quota would be halved by the end of the year."))
	mux.HandleFunc("/press/2032/uruguay-talks.html", page("Norway-Uruguay Foreign Ministers' Telephone Talk", "February 3, 2032",
		"The foreign ministers of Norway and Uruguay shared the view that the krill quota would be halved by the end of the year."))
	mux.HandleFunc("/", http.NotFound)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

// desk runs commands on one store and one file of sources.
type desk struct {
	t   *testing.T
	dir string
}

// run returns what a command wrote to standard output and standard error.
func (d desk) run(wantExit int, args ...string) (string, string) {
	d.t.Helper()
	var out, talk bytes.Buffer
	args = append([]string{"--db", filepath.Join(d.dir, "readout.db")}, args...)
	if code := run(d.t.Context(), args, strings.NewReader(""), &out, &talk); code != wantExit {
		d.t.Fatalf("readout %s: exit %d, want %d\n%s%s", strings.Join(args, " "), code, wantExit, out.String(), talk.String())
	}
	return out.String(), talk.String()
}

func contains(t *testing.T, got string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(got, w) {
			t.Errorf("%q is not in:\n%s", w, got)
		}
	}
}

func TestPull(t *testing.T) {
	server, d := ministry(t), desk{t, t.TempDir()}
	file := filepath.Join(d.dir, "sources.yaml")
	index := server.URL + "/press/"

	_, talk := d.run(exitFailed, "pull", "--sources", file)
	contains(t, talk, "there is no source in", "hint: readout sources add")

	// Nothing of this machine is fetched unless the user says so.
	_, talk = d.run(exitFailed, "sources", "test", index, "--sources", file)
	contains(t, talk, "not allowed", "hint: where this address is your own: --allow-private")

	out, _ := d.run(exitOK, "sources", "test", index, "--sources", file, "--allow-private")
	contains(t, out, "2 of 3 links would be taken", "the first release as it would be read", "krill quota")
	d.run(exitOK, "sources", "add", index, "--name", "oslo", "--sources", file, "--allow-private")
	out, _ = d.run(exitOK, "sources", "list", "--sources", file, "--format", "json")
	contains(t, out, `"schema": "readout.sources/1"`, `"name": "oslo"`, `"kind": "index"`)

	// Who forgets that has changed nothing: what is refused stays due.
	out, _ = d.run(exitFailed, "pull", "--sources", file)
	contains(t, out, "not allowed")

	out, _ = d.run(exitOK, "pull", "--dry-run", "--sources", file, "--allow-private")
	contains(t, out, "due", "nothing fetched (dry run)")
	out, _ = d.run(exitOK, "list")
	if out != "" {
		t.Errorf("a dry run stored:\n%s", out)
	}
	_, talk = d.run(exitOK, "changes", "--since-last", "desk")
	contains(t, talk, "desk starts from now")
	out, talk = d.run(exitOK, "pull", "--log", "json", "--sources", file, "--allow-private")
	contains(t, out, "2 new")
	contains(t, talk, `"msg":"page"`, `"status":"new"`)
	out, _ = d.run(exitOK, "pull", "--sources", file, "--allow-private")
	if out != "" {
		t.Errorf("a pull with nothing due wrote:\n%s", out)
	}
	out, _ = d.run(exitOK, "pull", "--format", "json", "--sources", file, "--allow-private")
	contains(t, out, `"asked": 0`)
	out, _ = d.run(exitFailed, "pull", "--recheck", "--format", "json", "--sources", file)
	contains(t, out, `"asked": 0`, `"failed": 2`, "not public")
	out, _ = d.run(exitOK, "changes", "--since", "2004")
	if strings.Contains(out, "in trouble") {
		t.Errorf("what was refused here is told as trouble of the source:\n%s", out)
	}
	out, _ = d.run(exitOK, "pull", "--recheck", "--format", "json", "--sources", file, "--allow-private")
	contains(t, out, `"asked": 2`, `"unchanged": 2`)
	out, _ = d.run(exitOK, "changes", "--since-last", "desk")
	contains(t, out, "2 new releases", "[-agreed-]", "{+shared the view+}")

	_, talk = d.run(exitUsage, "pull", "bergen", "--sources", file)
	contains(t, talk, "bergen")
	d.run(exitOK, "sources", "remove", "oslo", "--sources", file)
	_, talk = d.run(exitFailed, "sources", "remove", "oslo", "--sources", file)
	contains(t, talk, `there is no source "oslo"`)
}

func TestIngestURL(t *testing.T) {
	server, d := ministry(t), desk{t, t.TempDir()}
	good, bad := server.URL+"/press/2031/uruguay-meeting.html", server.URL+"/press/2030/"
	out, talk := d.run(exitFailed, "ingest", "--allow-private", good, bad)
	contains(t, out, "1 new, 1 failed")
	contains(t, talk, bad, "404")
	out, _ = d.run(exitOK, "show", "2031", "--format", "json")
	contains(t, out, `"source": "`+good+`"`)
}
