package main

import (
	"bytes"
	"context"
	"crypto/x509"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"readout/internal/archive/proof"
	"readout/internal/ask"
)

// How an authority is asked for a time stamp, and how large its answer may be.
const (
	stampTimeout = 30 * time.Second
	stampSize    = 64 << 10
)

func timestampFlag() cli.Flag {
	return &cli.StringFlag{Name: "timestamp", Usage: "let the authority at `URL` stamp the head with the time (RFC 3161)"}
}

// stamp returns the head with a time stamp of the authority at an address, or as it is where
// the address is "".
func (a *app) stamp(ctx context.Context, head, url string) (string, error) {
	if url == "" || head == "" {
		return head, nil
	}
	query, err := proof.NewStampQuery(head)
	if err != nil {
		return "", err
	}
	reply, err := askAuthority(ctx, url, query.DER)
	if err == nil {
		head, err = query.Take(reply)
	}
	if err != nil {
		return "", fmt.Errorf("--timestamp %s: %w", url, err)
	}
	return head, nil
}

// askAuthority sends a query, and follows it nowhere else.
func askAuthority(ctx context.Context, url string, query []byte) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(query))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", proof.QueryType)
	req.Header.Set("User-Agent", "readout")
	client := &http.Client{Timeout: stampTimeout, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
	resp, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the server answers %s", resp.Status)
	}
	reply, err := io.ReadAll(io.LimitReader(resp.Body, stampSize+1))
	if err == nil && len(reply) > stampSize {
		err = fmt.Errorf("the answer is longer than %d bytes", stampSize)
	}
	return reply, err
}

// authorities reads the certificates of authorities that are trusted, nil where path is "".
func authorities(path string) (*x509.CertPool, error) {
	if path == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("%s holds no certificate in PEM", path)
	}
	return pool, nil
}

// tellStamps says in words what the time stamps of a head prove; which names the head.
func tellStamps(v *ask.Verification, which, head string, roots *x509.CertPool) error {
	stamps, err := proof.Stamps(head, roots)
	if err != nil {
		return fmt.Errorf("%s: %w", which, err)
	}
	for _, s := range stamps {
		v.Stamps = append(v.Stamps, ask.TimeStamp{
			Of:        strings.TrimPrefix(which, "the "),
			At:        s.At,
			Accuracy:  s.Accuracy.Seconds(),
			Authority: s.Authority,
			Trusted:   s.Trusted,
		})
		moment := s.At.Format(time.RFC3339)
		if s.Accuracy > 0 {
			moment += " ± " + s.Accuracy.String()
		}
		v.Proved = append(v.Proved, fmt.Sprintf("%s, and so every record that it commits to, was there by %s: "+
			"an authority that signs as %q says so", which, moment, s.Authority))
		switch {
		case s.Trusted:
			v.Proved = append(v.Proved, "the certificate of that authority leads to one of those given with --timestamp-ca")
		case roots != nil:
			return fmt.Errorf("%s: the certificate of the authority %q leads to none of those given with --timestamp-ca",
				which, s.Authority)
		default:
			v.Unproved = append(v.Unproved, "whose clock that is: give the certificate of the authority with --timestamp-ca")
		}
	}
	if len(stamps) == 0 && roots != nil {
		return fmt.Errorf("%s has no time stamp", which)
	}
	return nil
}
