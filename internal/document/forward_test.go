package document_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/internal/document"
)

const sentOn = "From: Kim <kim@paper.example>\nTo: desk@paper.example\nDate: Fri, 4 Mar 2034 08:00:00 +0100\nMIME-Version: 1.0\nSubject: "

// A message that was sent on gives what was sent on, without the words of who did.
func TestForwardedMail(t *testing.T) {
	want := []string{"The Minister of Foreign Affairs of Norway met her colleague in Lenna.", "They agreed to meet again in May."}
	body := strings.Join(want, "\n\n")
	html := "<p>" + strings.Join(want, "</p><p>") + "</p>"
	quoted := "> " + strings.ReplaceAll(body, "\n", "\n> ")
	for name, mail := range map[string]string{
		"Outlook": "FW: Talks in Lenna\nContent-Type: text/plain\n\nSee below.\n\nKim\n\n-----Original Message-----\nFrom: Press <p@mfa.example>\nSent: 3 March 2034 18:00\n" +
			"To: a@x.example; b@x.example;\n c@x.example\nSubject: Talks in Lenna\n\n" + body + "\n\n--\nPress Office\nThis e-mail and any attachment are confidential.\n",
		"a signature above": "Fwd: Talks in Lenna\nContent-Type: text/plain\n\nFYI\n\n-- \nKim\nThe Paper\n\n---------- Forwarded message ---------\nFrom: Press <p@mfa.example>\n" +
			"Date: Fri, 3 Mar 2034 at 18:00\nSubject: Talks in Lenna\nTo: <list@mfa.example>\n\n\n" + body + "\n\nUnsubscribe: https://mfa.example/u\n",
		"German": "WG: Talks in Lenna\nContent-Type: text/plain\n\nLiebe Leute,\n\nunten.\n\nVon: Presse <p@mfa.example>\nGesendet: Freitag, 3. März 2034 18:00\nAn: Verteiler\nBetreff: Talks in Lenna\n\n" + body + "\n",
		"sent on twice": "FW: FW: Talks in Lenna\nContent-Type: text/plain\n\nTo you.\n\nFrom: A <a@x.example>\nSent: 4 March 2034\nTo: B\nSubject: FW: Talks in Lenna\n\nThis may be of some interest to you and all the others.\n\n" +
			"From: Press <p@mfa.example>\nSent: 3 March 2034\nTo: A\nSubject: Talks in Lenna\n\n" + body + "\n",
		"quoted": "Re: Talks in Lenna\nContent-Type: text/plain\n\nThanks!\n\nOn 3 March 2034 at 18:00, Press <p@mfa.example> wrote:\n\n" + quoted + "\n",
		"Gmail": "Fwd: Talks in Lenna\nContent-Type: text/html\n\n<div dir=ltr>See below.<br><br><div class=gmail_quote><div class=gmail_attr>---------- Forwarded message ---------<br>From: <b>Press</b> &lt;p@mfa.example&gt;<br>" +
			"Date: Fri, 3 Mar 2034<br>Subject: Talks in Lenna<br>To: list &lt;l@mfa.example&gt;<br></div><br><br>" + html + "</div></div>",
		"Outlook's HTML": "FW: Talks in Lenna\nContent-Type: text/html\n\n<p>See below.</p><div style='border-top:solid 1pt'><p><b>From:</b> Press &lt;p@mfa.example&gt;<br><b>Sent:</b> 3 March 2034<br><b>To:</b> list<br>" +
			"<b>Subject:</b> Talks in Lenna</p></div>" + html + "<p>You are receiving this because you asked for it.</p>",
		"attached": "FW: see attached\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nSee attached.\n--x\nContent-Type: message/rfc822\n\n" +
			"From: Press <p@mfa.example>\nSubject: Talks in Lenna\nDate: Fri, 3 Mar 2034 18:00:00 +0100\nContent-Type: text/plain\n\n" + body + "\n--x--\n",
	} {
		doc, err := document.Parse("a.eml", []byte(sentOn+mail), document.Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		checkLaws(t, doc)
		if diff := cmp.Diff(want, strings.Split(doc.Text, "\n\n")); diff != "" {
			t.Errorf("%s: text (-want +got):\n%s", name, diff)
		}
		if doc.Meta.Title != "Talks in Lenna" {
			t.Errorf("%s: title %q", name, doc.Meta.Title)
		}
		if name != "quoted" && !strings.Contains(doc.Meta.Published, "3") {
			t.Errorf("%s: published %q", name, doc.Meta.Published)
		}
	}
}

// A text that speaks of senders and days is no message that was sent on.
func TestNothingForwarded(t *testing.T) {
	body := "Talks in Lenna\n\nFrom: Norway\nDate: 3 March 2034\n\nThe Minister of Foreign Affairs of Norway met her colleague in Lenna."
	doc, err := document.Parse("a.eml", []byte(sentOn+"Talks\nContent-Type: text/plain\n\n"+body+"\n"), document.Options{})
	if err != nil || doc.Text != body {
		t.Errorf("text %q, %v", doc.Text, err)
	}
}
