// Package fetch gets documents from the web without trusting it and without being
// a burden to it.
//
// A [Client] goes to public addresses over http and https only and checks the
// address that is really dialled; it follows at most five redirects, bounds time
// and size after decompression, asks robots.txt, keeps a pause between two requests
// to a host, tries again where a failure looks passing, and stays away for as long
// as a host asks. [Client.Get] gives a [Response] for every answer of a server,
// whatever its status: what an answer means is for the caller to judge. Everything
// else is an error that says which of the sentinels of this package it is.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

var (
	// ErrForbidden is returned for an address that is never fetched: another
	// scheme than http and https, or a host that is not public.
	ErrForbidden = errors.New("address not allowed")
	// ErrNotPublic is the ErrForbidden that [Options.AllowPrivate] lifts.
	ErrNotPublic = fmt.Errorf("%w: it is not public", ErrForbidden)
	// ErrRobots is returned where robots.txt asks programs to stay away.
	ErrRobots = errors.New("robots.txt does not allow it")
	// ErrTooLarge is returned for a body beyond Options.MaxBytes.
	ErrTooLarge = errors.New("too large")
	// ErrRedirects is returned where an address leads in a circle or too far.
	ErrRedirects = errors.New("too many redirects")
)

// WaitError is returned, without asking the server again, while a host has asked to
// be left alone.
type WaitError struct {
	Host  string
	Until time.Time // UTC
}

// Error implements error.
func (e *WaitError) Error() string {
	return fmt.Sprintf("%s asks to wait until %s", e.Host, e.Until.Format(time.RFC3339))
}

// Clock tells the time and lets it pass.
type Clock interface {
	Now() time.Time
	// Sleep returns after d, or with the context's error when that ends first.
	Sleep(ctx context.Context, d time.Duration) error
}

// Options adjust [New]; the zero value works and is the safe one.
type Options struct {
	// Contact is an address of the user, for the User-Agent: it lets an
	// administrator write a mail instead of closing the door.
	Contact string
	// Version of this program, for the User-Agent.
	Version string
	// AllowPrivate lets requests go to addresses that are not public.
	AllowPrivate bool
	// Proxy is used for every request; nil for none. The environment is not
	// asked. A proxy looks names up itself, so only addresses written as numbers
	// can be refused.
	Proxy *url.URL
	// Pause is the least time between two requests to one host; 0 means one
	// second. robots.txt can ask for more.
	Pause time.Duration
	// Timeout bounds one request from dialling to the last byte; 0 means a minute.
	Timeout time.Duration
	// MaxBytes bounds a body after decompression; 0 means 20 MiB.
	MaxBytes int64
	// Tries bounds how often one address is asked where failures look passing; 0
	// means three times.
	Tries int
	// MaxWait is the longest pause that is waited out at once where a host asks
	// for one; beyond it, Get returns a WaitError. 0 means half a minute.
	MaxWait time.Duration
	Clock   Clock             // nil is the system's
	Trip    http.RoundTripper // nil is a transport that checks what it dials
}

// Request is one address to get.
type Request struct {
	URL    string
	Header http.Header // added to every request to the host of URL, and to no other
	// ETag and LastModified are those of an earlier answer; a server that has
	// nothing newer answers 304 Not Modified.
	ETag, LastModified string
	Pause              time.Duration // asks for a longer pause than Options.Pause
}

// Response is what a server answered at the end of all redirects.
type Response struct {
	Requested string // the address that was asked for, without fragment
	URL       string // the address that answered
	Status    int
	Header    http.Header
	Body      []byte // decompressed; nil for 304
	MediaType string // Content-Type as served
	FetchedAt time.Time
}

// NotModified reports whether the server has nothing newer than what the request
// named.
func (r *Response) NotModified() bool { return r.Status == http.StatusNotModified }

// Redirected reports whether another address answered than the one asked for.
func (r *Response) Redirected() bool { return r.URL != r.Requested }

// systemClock is the clock of the machine.
type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now() }

func (systemClock) Sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
