package document

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"path"
	"strings"
	"time"

	"golang.org/x/net/html/charset"
	"readout/internal/rules/pattern"
)

// Bounds on one message.
const (
	maxMailParts = 200
	maxMailDepth = 10
)

var (
	mailLine = pattern.New(`(?i)^(?:return-path|received|from|to|delivered-to|message-id|date|mime-version|subject|content-type|x-[\w-]+|dkim-signature|authentication-results|arc-[\w-]+):\s`)
	mailMIME = pattern.New(`(?im)^(?:mime-version|message-id|content-type):\s`)
	mailFrom = pattern.New(`(?im)^from:\s.*@`)
	mailDate = pattern.New(`(?im)^date:\s(.*)$`)
)

// isMail reports whether bytes are an e-mail message: they open with its header
// lines, among them one that no author writes or the sender with a date as mail
// programs write it, or with any where a name or media type says so.
func isMail(name, mediaType string, data []byte) bool {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if bytes.HasPrefix(data, []byte("From ")) { // the line of a mailbox file
		_, data, _ = bytes.Cut(data, []byte("\n"))
	}
	if !mailLine.Match(data[:min(len(data), 200)]) {
		return false
	}
	head := data[:min(len(data), 64<<10)]
	for _, end := range []string{"\r\n\r\n", "\n\n"} {
		if i := bytes.Index(head, []byte(end)); i >= 0 {
			head = head[:i]
		}
	}
	media, _, _ := mime.ParseMediaType(mediaType)
	said := media == "message/rfc822" || strings.EqualFold(path.Ext(name), ".eml")
	return said || mailFrom.Match(head) && (mailMIME.Match(head) || mailDated(head))
}

// mailDated reports whether a head gives a day in the form of mail headers.
func mailDated(head []byte) bool {
	m := mailDate.FindSubmatch(head)
	if m == nil {
		return false
	}
	_, err := mail.ParseDate(strings.TrimSpace(string(m[1])))
	return err == nil
}

// mailPart is a part of a message that may be its text, decoded.
type mailPart struct {
	media, charset, name string
	flowed, delSp        bool
	attached             bool
	data                 []byte
}

// readMail adds the body of a message: its HTML where there is some, else its
// plain text, else the first attached document that can be read. Its subject and
// date are hints.
func readMail(b *builder, doc *Document, data []byte, o Options) error {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if bytes.HasPrefix(data, []byte("From ")) {
		_, data, _ = bytes.Cut(data, []byte("\n"))
	}
	msg, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		return errors.New("its header is damaged; save the message anew")
	}
	m := &mailReader{header: header(msg.Header.Get)}
	m.part(m.header, msg.Body, 0)
	if err := m.body(b, doc, o); err != nil {
		return err
	}
	b.cutMailFoot()
	subject, date := decodeHeader(m.header("Subject")), m.header("Date")
	if m.forwarded.subject != "" {
		subject = cleanLine(m.forwarded.subject)
	}
	if subject = b.words.unforwarded(subject); subject != "" {
		doc.Meta.Title = subject
	}
	if m.forwarded.date != "" { // as the mail program printed it
		doc.Meta.Published = cmp.Or(doc.Meta.Published, m.forwarded.date)
	} else if t, err := mail.ParseDate(date); err == nil && doc.Meta.Published == "" {
		doc.Meta.Published = t.Format(time.RFC3339)
	}
	if l := m.header("Content-Language"); l != "" && doc.Meta.Language == "" {
		doc.Meta.Language = l
	}
	return nil
}

// decodeHeader returns a header line with its encoded words read.
func decodeHeader(s string) string {
	d := mime.WordDecoder{CharsetReader: charset.NewReaderLabel}
	if t, err := d.DecodeHeader(s); err == nil {
		s = t
	}
	return cleanLine(strings.ToValidUTF8(s, "\uFFFD"))
}

// header gives a header line by its name.
type header func(name string) string

// mailReader gathers the parts of a message.
type mailReader struct {
	header    header // of the message, or of one that was attached to be sent on
	parts     []mailPart
	count     int
	forwarded forwarded // the message that is printed in the text
}

// part gathers one part, or what a multipart holds. What is damaged is read as far
// as it goes.
func (m *mailReader) part(h header, body io.Reader, depth int) {
	if m.count++; m.count > maxMailParts || depth > maxMailDepth {
		return
	}
	media, params, err := mime.ParseMediaType(h("Content-Type"))
	if err != nil && media == "" {
		media = "text/plain"
	}
	if boundary := params["boundary"]; strings.HasPrefix(media, "multipart/") && boundary != "" {
		r := multipart.NewReader(body, boundary)
		for {
			p, err := r.NextRawPart()
			if err != nil {
				return // the end, or where the message was cut off
			}
			m.part(p.Header.Get, p, depth+1)
		}
	}
	switch strings.ToLower(strings.TrimSpace(h("Content-Transfer-Encoding"))) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, &base64Text{r: body})
	}
	// An error means that the message was cut off; what came before it is text.
	data, _ := io.ReadAll(io.LimitReader(body, MaxBytes))
	if media == "message/rfc822" {
		if inner, err := mail.ReadMessage(bytes.NewReader(data)); err == nil {
			// What was sent on is the release; the words around it are not.
			m.header, m.parts = header(inner.Header.Get), nil
			m.part(m.header, inner.Body, depth+1)
			m.count = maxMailParts
		}
		return
	}
	disposition, dparams, _ := mime.ParseMediaType(h("Content-Disposition"))
	name := dparams["filename"]
	if name == "" {
		name = params["name"]
	}
	m.parts = append(m.parts, mailPart{
		media: media, charset: params["charset"], name: decodeHeader(name), data: data,
		flowed: strings.EqualFold(params["format"], "flowed"), delSp: strings.EqualFold(params["delsp"], "yes"),
		attached: disposition == "attachment",
	})
}

// base64Text passes on the characters of base64 only: mail programs and lists put
// others between them.
type base64Text struct{ r io.Reader }

func (b *base64Text) Read(p []byte) (int, error) {
	for {
		n, err := b.r.Read(p)
		kept := 0
		for _, c := range p[:n] {
			if 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '+' || c == '/' || c == '=' {
				p[kept] = c
				kept++
			}
		}
		if kept > 0 || err != nil {
			return kept, err
		}
	}
}

// body adds the part that is the release.
func (m *mailReader) body(b *builder, doc *Document, o Options) error {
	var lastErr error
	for _, read := range []func(mailPart) (bool, error){
		func(p mailPart) (bool, error) {
			if p.attached || p.media != "text/html" && p.media != "application/xhtml+xml" {
				return false, nil
			}
			if d, ok := decode(p.data, Options{Charset: p.charset}); ok {
				doc.warn("text", d.warnings...)
				readHTML(b, doc, d.text, o.Select)
				m.forwarded = b.cutForwardedPieces()
			}
			return len(b.pieces) > 0, nil
		},
		func(p mailPart) (bool, error) {
			if p.attached || p.media != "text/plain" {
				return false, nil
			}
			if d, ok := decode(p.data, Options{Charset: p.charset}); ok {
				doc.warn("text", d.warnings...)
				var text string
				text, m.forwarded = cutForwarded(unflowed(d.text, p), b.words)
				b.text(withoutSignature(text))
			}
			return len(b.pieces) > 0, nil
		},
		func(p mailPart) (bool, error) { return readAttached(b, doc, p, o) },
	} {
		for _, p := range m.parts {
			done, err := read(p)
			if done {
				return nil
			}
			if err != nil {
				lastErr = err
			}
		}
	}
	if lastErr != nil {
		return lastErr
	}
	return errors.New("no text and no document that can be read in it")
}

// readAttached adds an attached document, and reports whether it was one.
func readAttached(b *builder, doc *Document, p mailPart, o Options) (bool, error) {
	format, err := binaryFormat(p.data)
	switch {
	case err != nil:
		return false, nil // a picture, an archive
	case format == "PDF":
		err = readPDF(b, doc, p.data, o.PDF)
	case format == "DOCX":
		err = readDOCX(b, doc, p.data)
	case strings.HasPrefix(p.media, "text/"):
		d, ok := decode(p.data, Options{Charset: p.charset})
		if !ok {
			return false, nil
		}
		doc.warn("text", d.warnings...)
		if sniff(p.name, p.media, d.text) == HTML {
			readHTML(b, doc, d.text, o.Select)
		} else {
			b.text(d.text)
		}
	default:
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("attached %s %q: %w", format, p.name, err)
	}
	return len(b.pieces) > 0, nil
}

var signature = pattern.New(`(?m)^-- ?\r?$`) // quoted-printable loses the space

// withoutSignature returns a text without what stands below the line of two dashes.
func withoutSignature(text string) string {
	if at := signature.FindStringIndex(text); at != nil && len(strings.TrimSpace(text[:at[0]])) > 0 {
		return text[:at[0]]
	}
	return text
}

// unflowed returns the text of a plain part with the lines that the mail program broke
// joined where it says so (RFC 3676).
func unflowed(text string, p mailPart) string {
	if !p.flowed {
		return text
	}
	var b strings.Builder
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		line = strings.TrimPrefix(line, " ") // stuffed
		if strings.HasSuffix(line, " ") && line != "-- " {
			if p.delSp {
				line = line[:len(line)-1]
			}
			b.WriteString(line)
			continue
		}
		b.WriteString(line + "\n")
	}
	return b.String()
}
