package bulletin

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"github.com/emersion/go-message"
	"github.com/emersion/go-message/mail"

	"readout/internal/ask"
	"readout/internal/letters"
	"readout/internal/show"
	"readout/internal/show/redline"
)

// ErrNoRecipient is returned when a message has nobody to go to.
var ErrNoRecipient = errors.New("a message needs a recipient")

// width is that of the plain text of a message: what every mail program shows.
const width = 76

// Mail writes the report as a message (RFC 5322) with a plain text and a web page as
// alternatives, ready for sendmail -t. The same report at the same time gives the
// same bytes.
func Mail(w io.Writer, r *ask.Changes, o Options) error {
	h, err := o.header()
	if err != nil {
		return err
	}
	var plain, page bytes.Buffer
	if err := show.Text(&plain, show.Style{Width: width}, r); err != nil {
		return err
	}
	if err := redline.DigestHTML(&page, o.Title, r, o.Redline); err != nil {
		return err
	}
	sum := sha256.New()
	fmt.Fprintf(sum, "%s %q %s", stamp(o.Date), o.To, plain.Bytes())
	digest := hex.EncodeToString(sum.Sum(nil)[:16])
	h.SetMessageID(digest + "@readout.invalid")
	h.SetContentType("multipart/alternative", map[string]string{"boundary": "readout-" + digest})
	m, err := message.CreateWriter(w, h.Header)
	if err != nil {
		return fmt.Errorf("write message: %w", err)
	}
	if err := part(m, "text/plain", plain.Bytes()); err != nil {
		return err
	}
	if err := part(m, "text/html", page.Bytes()); err != nil {
		return err
	}
	return m.Close()
}

// header returns the header but for what depends on the body.
func (o Options) header() (*mail.Header, error) {
	if len(o.To) == 0 {
		return nil, ErrNoRecipient
	}
	h := &mail.Header{}
	h.SetDate(o.Date)
	h.SetSubject(letters.Clean(o.Title))
	var to []*mail.Address
	for _, s := range o.To {
		a, err := mail.ParseAddress(s)
		if err != nil {
			return nil, fmt.Errorf("recipient %q: %w", s, err)
		}
		to = append(to, a)
	}
	h.SetAddressList("To", to)
	if o.From != "" {
		a, err := mail.ParseAddress(o.From)
		if err != nil {
			return nil, fmt.Errorf("sender %q: %w", o.From, err)
		}
		h.SetAddressList("From", []*mail.Address{a})
	}
	h.Set("MIME-Version", "1.0")
	h.Set("Auto-Submitted", "auto-generated") // RFC 3834: no holiday notes, please
	return h, nil
}

// part writes one alternative.
func part(m *message.Writer, mediaType string, body []byte) error {
	var h message.Header
	h.SetContentType(mediaType, map[string]string{"charset": "utf-8"})
	h.Set("Content-Transfer-Encoding", "quoted-printable")
	p, err := m.CreatePart(h)
	if err != nil {
		return fmt.Errorf("write message: %w", err)
	}
	if _, err := p.Write(body); err != nil {
		return fmt.Errorf("write message: %w", err)
	}
	return p.Close()
}
