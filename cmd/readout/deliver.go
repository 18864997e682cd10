package main

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"runtime"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// pipe runs a command of the shell and writes to its standard input. The command's
// own output goes to standard output and error. A command that fails is an error.
func (a *app) pipe(ctx context.Context, command string, write func(io.Writer) error) error {
	var body bytes.Buffer
	if err := write(&body); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, "sh", "-c", command)
	if runtime.GOOS == "windows" {
		cmd = exec.CommandContext(ctx, "cmd", "/C", command)
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = &body, a.stdout, a.stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("--exec %q: %w", command, err)
	}
	return a.stdout.Flush()
}

// How a webhook is tried: a receiver that is down for longer is told next time.
const (
	webhookTimeout = 30 * time.Second
	webhookTries   = 4
)

// post sends JSON to a webhook and returns once it was accepted. Answers that may
// change (a busy or broken server) are tried again with growing pauses; others are an
// error at once. The header X-Readout-Signature holds "sha256=" and the HMAC of the
// body in hexadecimal digits, keyed with $READOUT_WEBHOOK_SECRET, where that is set.
func (a *app) post(ctx context.Context, url string, body []byte) error {
	client := &http.Client{Timeout: webhookTimeout, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse // news goes to the address that was given, and to no other
	}}
	send := func() (struct{}, error) {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
		if err != nil {
			return struct{}{}, backoff.Permanent(err)
		}
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("User-Agent", "readout")
		if secret := a.env("READOUT_WEBHOOK_SECRET"); secret != "" {
			mac := hmac.New(sha256.New, []byte(secret))
			mac.Write(body)
			req.Header.Set("X-Readout-Signature", "sha256="+hex.EncodeToString(mac.Sum(nil)))
		}
		resp, err := client.Do(req)
		if err != nil {
			return struct{}{}, err
		}
		defer resp.Body.Close()
		switch {
		case resp.StatusCode/100 == 2:
			return struct{}{}, nil
		case resp.StatusCode/100 == 5 || resp.StatusCode == http.StatusTooManyRequests || resp.StatusCode == http.StatusRequestTimeout:
			return struct{}{}, fmt.Errorf("the server answers %s", resp.Status)
		}
		return struct{}{}, backoff.Permanent(fmt.Errorf("the server answers %s", resp.Status))
	}
	if _, err := backoff.Retry(ctx, send, backoff.WithMaxTries(webhookTries)); err != nil {
		return fmt.Errorf("--webhook %s: %w", url, err)
	}
	return nil
}
