package document_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/internal/document"
)

const mailHead = "Received: from mx.mfa.example by mail.example\r\nFrom: Press Office <press@mfa.example>\r\nTo: list@mfa.example\r\n" +
	"Subject: =?utf-8?Q?Talks_with_Minister_=C3=81rnad=C3=B3ttir?=\r\n =?iso-8859-1?Q?_in_Z=FCrich?=\r\nDate: Fri, 3 Mar 2034 18:04:00 +0100\r\nMIME-Version: 1.0\r\n"

var mails = map[string]string{
	"html of an alternative": mailHead + "Content-Type: multipart/alternative; boundary=\"b1\"\r\n\r\npreamble\r\n" +
		"--b1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nThe plain body.\r\n" +
		"--b1\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><h1>Talks</h1><p>The ministers met in Z=FCrich and a=\r\ngreed.</p></body></html>\r\n--b1--\r\n",
	"plain": mailHead + "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
		"Talks\r\n\r\nThe ministers met in Z=FCrich.\r\n\r\n-- \r\nPress Office, 12 Harbour Street\r\n",
	"flowed":   mailHead + "Content-Type: text/plain; format=flowed\r\n\r\nThe ministers met \r\nand agreed \r\nto meet again.\r\n\r\nThey dined.\r\n",
	"japanese": mailHead + "Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n\x1b$B2qCL\x1b(B\r\n",
	"attached": mailHead + "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n" +
		"--x\r\nContent-Type: text/html; name=release.html\r\nContent-Disposition: attachment; filename=release.html\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
		base64.StdEncoding.EncodeToString([]byte("<html><body><p>The attached release says so.</p></body></html>")) + "\r\n--x--\r\n",
	"cut off": mailHead + "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nVGhlIG1pbmlzdGVycyBtZXQg\r\nYW5kIG",
}

func TestMail(t *testing.T) {
	for name, want := range map[string][]string{
		"html of an alternative": {"Talks", "The ministers met in Zürich and agreed."},
		"plain":                  {"Talks", "The ministers met in Zürich."},
		"flowed":                 {"The ministers met and agreed to meet again.", "They dined."},
		"japanese":               {"会談"},
		"attached":               {"The attached release says so."},
		"cut off":                {"The ministers met and"},
	} {
		doc, err := document.Parse("release", []byte(mails[name]), document.Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		checkLaws(t, doc)
		if diff := cmp.Diff(want, strings.Split(doc.Text, "\n\n")); diff != "" {
			t.Errorf("%s: text (-want +got):\n%s", name, diff)
		}
		if doc.Format != document.Mail || doc.Meta.Title != "Talks with Minister Árnadóttir in Zürich" || doc.Meta.Published != "2034-03-03T18:04:00+01:00" {
			t.Errorf("%s: format %s, title %q, published %q", name, doc.Format, doc.Meta.Title, doc.Meta.Published)
		}
	}
}

// TestNoMail holds texts that begin with words of a header to being texts.
func TestNoMail(t *testing.T) {
	for _, text := range []string{
		"Date: March 3, 2034\nSubject: Talks in Lenna\n\nThe ministers met.",
		"From: the Ministry of Foreign Affairs\nTo: the press\n\nThe ministers met.",
	} {
		doc, err := document.Parse("a.txt", []byte(text), document.Options{})
		if err != nil || doc.Format != document.Text {
			t.Errorf("Parse(%q) = %v, %v, want a text", text, doc, err)
		}
	}
}

func FuzzMail(f *testing.F) {
	var seeds []string
	for _, m := range mails {
		seeds = append(seeds, m)
	}
	fuzz(f, "a.eml", seeds...)
}
