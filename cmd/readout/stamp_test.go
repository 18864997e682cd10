package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// authority is "openssl ts" behind an address: an authority for time stamps that nobody here
// has written.
type authority struct {
	t       *testing.T
	dir, ca string   // ca is the certificate that everything leads to
	replies [][]byte // that were given
	again   []byte   // a reply to give in place of a new one, nil for none
	server  *httptest.Server
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("openssl is not installed")
	}
	a := &authority{t: t, dir: t.TempDir()}
	a.ca = a.path("ca.pem")
	a.write("config", `[tsa]
default_tsa = own
[own]
serial = `+a.path("serial")+`
signer_cert = `+a.path("tsa.pem")+`
signer_key = `+a.path("tsa.key")+`
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1, millisecs:500
ess_cert_id_chain = no
ess_cert_id_alg = sha256
crypto_device = builtin
[req]
distinguished_name = name
[name]
[ca]
basicConstraints = critical,CA:true
[stamps]
extendedKeyUsage = critical,timeStamping
`)
	a.write("serial", "01\n")
	a.run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", a.path("ca.key"), "-out", a.ca, "-subj", "/CN=Invented Root", "-days", "9", "-config", a.path("config"), "-extensions", "ca")
	a.run("req", "-newkey", "rsa:2048", "-nodes", "-keyout", a.path("tsa.key"), "-out", a.path("tsa.csr"), "-subj", "/CN=Invented Clock", "-config", a.path("config"))
	a.run("x509", "-req", "-in", a.path("tsa.csr"), "-CA", a.ca, "-CAkey", a.path("ca.key"), "-CAcreateserial", "-out", a.path("tsa.pem"), "-days", "9", "-extfile", a.path("config"), "-extensions", "stamps")
	a.server = httptest.NewServer(a)
	t.Cleanup(a.server.Close)
	return a
}

func (a *authority) path(name string) string { return filepath.Join(a.dir, name) }

func (a *authority) write(name, text string) {
	if err := os.WriteFile(a.path(name), []byte(text), 0o600); err != nil {
		a.t.Fatal(err)
	}
}

func (a *authority) run(args ...string) {
	a.t.Helper()
	if out, err := exec.CommandContext(a.t.Context(), "openssl", args...).CombinedOutput(); err != nil {
		a.t.Fatalf("openssl %s: %v: %s", args[0], err, out)
	}
}

func (a *authority) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	query, err := io.ReadAll(r.Body)
	if err != nil || r.Header.Get("Content-Type") != "application/timestamp-query" {
		a.t.Errorf("query of type %q: %v", r.Header.Get("Content-Type"), err)
	}
	a.write("query", string(query))
	a.run("ts", "-reply", "-config", a.path("config"), "-section", "own", "-queryfile", a.path("query"), "-out", a.path("reply"))
	reply, err := os.ReadFile(a.path("reply"))
	if err != nil {
		a.t.Error(err)
	}
	if a.replies = append(a.replies, reply); a.again != nil {
		reply = a.again
	}
	w.Header().Set("Content-Type", "application/timestamp-reply")
	if _, err := w.Write(reply); err != nil {
		a.t.Error(err)
	}
}

// TestTimestamp: an authority stamps the head of a store and of a bundle; verify says what that
// proves, whom it takes on trust, and refuses stamps of another head, another root, another
// question, or with a changed byte.
func TestTimestamp(t *testing.T) {
	a := newAuthority(t)
	d := desk{t, t.TempDir()}
	t.Setenv("READOUT_DB", filepath.Join(d.dir, "readout.db"))
	file := func(name, text string) string {
		path := filepath.Join(d.dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	d.run(exitOK, "ingest", "-q", file("1.txt", release))
	head, _ := d.run(exitOK, "verify", "--store", "--timestamp", a.server.URL)
	if !strings.Contains(strings.Join(strings.Fields(head), " "), `signs as "Invented Clock" says so`) {
		t.Errorf("the store: %s", head)
	}
	kept := file("head.txt", head)
	d.run(exitOK, "ingest", "-q", file("2.txt", strings.Replace(release, "2031", "2032", 1)))
	for ca, want := range map[string]string{"": "whose clock that is", a.ca: "leads to one of those given"} {
		args := []string{"verify", "--store", "--against", kept}
		if ca != "" {
			args = append(args, "--timestamp-ca", ca)
		}
		if out, _ := d.run(exitOK, args...); !strings.Contains(strings.Join(strings.Fields(out), " "), want) || !strings.Contains(out, "± 1.5s") {
			t.Errorf("with the root %q: %s", ca, out)
		}
	}
	var told struct {
		Stamps []struct {
			Of, Authority string
			At            time.Time
			Accuracy      float64
			Trusted       bool
		}
	}
	out, _ := d.run(exitOK, "verify", "--store", "--against", kept, "--timestamp", a.server.URL, "--timestamp-ca", a.ca, "--format", "json")
	if err := json.Unmarshal([]byte(out), &told); err != nil || len(told.Stamps) != 2 || told.Stamps[0].Of != "earlier head" || told.Stamps[1].Of != "head" {
		t.Fatalf("as JSON: %v, %s", err, out)
	}
	for _, s := range told.Stamps {
		if s.Authority != "Invented Clock" || !s.Trusted || s.Accuracy != 1.5 || time.Since(s.At).Abs() > time.Hour {
			t.Errorf("as JSON: %+v", s)
		}
	}
	for _, args := range [][]string{{"changes", "--after", "0"}, {"export"}, {"export", "-q"}, {"export", "--format", "warc", filepath.Join(d.dir, "a.warc")}} {
		_, talk := d.run(exitOK, append(args, "--timestamp", a.server.URL)...)
		d.run(exitOK, "verify", "--store", "--against", file("said.txt", talk), "--timestamp-ca", a.ca)
	}
	d.run(exitUsage, "export", "--format", "csv", d.dir, "--timestamp", a.server.URL)
	bundle, _ := d.run(exitOK, "prove", "2031", "--timestamp", a.server.URL)
	proved := file("bundle.json", bundle)
	d.run(exitOK, "verify", proved, "--timestamp-ca", a.ca)
	other := newAuthority(t)
	refused := func(why string, args ...string) {
		t.Helper()
		if _, talk := d.run(exitFailed, args...); !strings.Contains(talk, why) {
			t.Errorf("%v: %s", args, talk)
		}
	}
	refused("leads to none", "verify", proved, "--timestamp-ca", other.ca)
	unstamped, _ := d.run(exitOK, "verify", "--store")
	refused("has no time stamp", "verify", "--store", "--against", file("plain.txt", unstamped), "--timestamp-ca", a.ca)
	stamp := head[strings.Index(head, "— rfc3161 "):]
	refused("over something else", "verify", "--store", "--against", file("moved.txt", strings.TrimRight(unstamped, "\n")+"\n"+stamp))
	middle := len(stamp) / 2
	changed := stamp[:middle] + string(stamp[middle]^1) + stamp[middle+1:]
	refused("time stamp", "verify", "--store", "--against", file("changed.txt", strings.Replace(head, stamp, changed, 1)))
	a.again = a.replies[1] // to an earlier question about the same head
	refused("another question", "verify", "--store", "--timestamp", a.server.URL)
	refused("307", "verify", "--store", "--timestamp", redirect(t, a.server.URL))
	refused("no time stamp", "verify", "--store", "--timestamp", answering(t, "hello"))
}

func redirect(t *testing.T, to string) string {
	s := httptest.NewServer(http.RedirectHandler(to, http.StatusTemporaryRedirect))
	t.Cleanup(s.Close)
	return s.URL
}

func answering(t *testing.T, text string) string {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, text) }))
	t.Cleanup(s.Close)
	return s.URL
}

// TestStampReadByOpenssl: openssl finds the stamp that stands in a head to be of its text.
func TestStampReadByOpenssl(t *testing.T) {
	a := newAuthority(t)
	d := desk{t, t.TempDir()}
	t.Setenv("READOUT_DB", filepath.Join(d.dir, "readout.db"))
	in := filepath.Join(d.dir, "1.txt")
	if err := os.WriteFile(in, []byte(release), 0o600); err != nil {
		t.Fatal(err)
	}
	d.run(exitOK, "ingest", "-q", in)
	out, _ := d.run(exitOK, "verify", "--store", "--timestamp", a.server.URL)
	text := out[strings.Index(out, "readout captures\n"):]
	text, _, _ = strings.Cut(text, "\n\n")
	a.write("head", text+"\n")
	a.write("token", string(a.replies[0]))
	a.run("ts", "-verify", "-data", a.path("head"), "-in", a.path("token"), "-CAfile", a.ca)
	if bytes.Count([]byte(out), []byte("— rfc3161 ")) != 1 {
		t.Errorf("the head: %s", out)
	}
}
