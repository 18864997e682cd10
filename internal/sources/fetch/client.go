package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"

	"readout/internal/letters"
)

// maxHops is how many redirects are followed.
const maxHops = 5

// Client fetches. It is safe for concurrent use; requests to one host go one after
// another.
type Client struct {
	o     Options
	clock Clock
	trip  http.RoundTripper
	guard guard // nil where private addresses are allowed

	mu    sync.Mutex
	hosts map[string]*host // by scheme and host name
}

// New returns a client.
func New(o Options) *Client {
	if o.Pause <= 0 {
		o.Pause = time.Second
	}
	if o.Timeout <= 0 {
		o.Timeout = time.Minute
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = 20 << 20
	}
	if o.Tries <= 0 {
		o.Tries = 3
	}
	if o.MaxWait <= 0 {
		o.MaxWait = 30 * time.Second
	}
	c := &Client{o: o, clock: o.Clock, trip: o.Trip, hosts: map[string]*host{}}
	if !o.AllowPrivate {
		c.guard = newGuard()
	}
	if c.clock == nil {
		c.clock = systemClock{}
	}
	if c.trip == nil {
		c.trip = transport(c.guard, o)
	}
	return c
}

// Now returns the time by the client's clock, UTC.
func (c *Client) Now() time.Time { return c.clock.Now().UTC() }

// agent is the name that robots.txt may call the program by.
func (c *Client) agent() string { return "readout" }

// userAgent says who asks and how to reach them.
func (c *Client) userAgent() string {
	s := c.agent()
	if c.o.Version != "" {
		s += "/" + c.o.Version
	}
	if c.o.Contact != "" {
		return s + " (+" + c.o.Contact + ")"
	}
	return s + " (follows official releases)"
}

// originOf is scheme and host, in lower case: what robots.txt, pauses and
// credentials belong to.
func originOf(u *url.URL) string { return u.Scheme + "://" + strings.ToLower(u.Host) }

// Get fetches an address. Any answer of a server is a Response, whatever its
// status, but for 429 and 503 that ask to wait longer than Options.MaxWait; these,
// and requests before that time has come, are a [*WaitError]. Other errors are one
// of the sentinels of this package or that of the network.
func (c *Client) Get(ctx context.Context, req Request) (*Response, error) {
	resp, err := c.get(ctx, req, getOptions{limit: c.o.MaxBytes, robots: true, tries: c.o.Tries})
	if err != nil {
		return nil, fmt.Errorf("fetch %s: %w", req.URL, err)
	}
	return resp, nil
}

// getOptions tell a document from robots.txt.
type getOptions struct {
	limit  int64
	cut    bool // take the first limit bytes of a longer body
	robots bool // ask robots.txt first
	tries  int
}

// get tries as often as is useful.
func (c *Client) get(ctx context.Context, req Request, o getOptions) (*Response, error) {
	pause := backoff.NewExponentialBackOff()
	pause.InitialInterval, pause.MaxInterval, pause.RandomizationFactor = 2*time.Second, c.o.MaxWait, 0.5
	for try := 1; ; try++ {
		resp, err := c.follow(ctx, req, o)
		if !passing(resp, err) || ctx.Err() != nil {
			return resp, err
		}
		if try >= o.tries {
			return resp, err
		}
		// Where the host said how long to wait, turn waits that out besides.
		if err := c.clock.Sleep(ctx, pause.NextBackOff()); err != nil {
			return nil, err
		}
	}
}

// passing reports whether what happened may be over in a moment.
func passing(resp *Response, err error) bool {
	var wait *WaitError
	switch {
	case err == nil:
		return resp.Status == http.StatusTooManyRequests || resp.Status >= 500 && resp.Status != http.StatusNotImplemented
	case errors.As(err, &wait), errors.Is(err, ErrForbidden), errors.Is(err, ErrRobots), errors.Is(err, ErrTooLarge),
		errors.Is(err, ErrRedirects):
		return false
	}
	return true
}

// follow sends a request and goes where redirects lead.
func (c *Client) follow(ctx context.Context, req Request, o getOptions) (*Response, error) {
	first, err := c.checkURL(req.URL)
	if err != nil {
		return nil, err
	}
	u := first
	var been []string
	own := true // still at the host that the user's headers are for
	for {
		if len(been) > maxHops || slices.Contains(been, u.String()) {
			return nil, fmt.Errorf("%w: %s", ErrRedirects, strings.Join(append(been, u.String()), " -> "))
		}
		been = append(been, u.String())
		if o.robots {
			if err := c.allowed(ctx, u); err != nil {
				return nil, err
			}
		}
		own = own && sameOwner(first, u)
		resp, location, err := c.once(ctx, u, req, own, o)
		if err != nil {
			return nil, err
		}
		if location == "" {
			resp.Requested = first.String()
			return resp, nil
		}
		next, err := u.Parse(location)
		if err != nil {
			return nil, fmt.Errorf("%w: redirect to %q", ErrForbidden, location)
		}
		next.User = nil
		if u, err = c.checkURL(next.String()); err != nil {
			return nil, fmt.Errorf("redirect: %w", err)
		}
	}
}

// sameOwner reports whether what the user entrusts to a may be sent to b: the same
// host, and not from an encrypted connection to an open one.
func sameOwner(a, b *url.URL) bool {
	if a.Scheme == "http" && b.Scheme == "https" {
		return strings.EqualFold(a.Hostname(), b.Hostname()) && a.Port() == "" && b.Port() == ""
	}
	return originOf(a) == originOf(b)
}

// once sends one request when its turn has come. For a redirect, location is where
// to.
func (c *Client) once(ctx context.Context, u *url.URL, req Request, own bool, o getOptions) (resp *Response, location string, err error) {
	origin := originOf(u)
	if err := c.turn(ctx, origin, req.Pause); err != nil {
		return nil, "", err
	}
	ctx, cancel := context.WithTimeout(ctx, c.o.Timeout)
	defer cancel()
	hr, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, "", fmt.Errorf("%w: %v", ErrForbidden, err)
	}
	c.setHeader(hr.Header, req, own)
	in, err := c.trip.RoundTrip(hr)
	if err != nil {
		return nil, "", err
	}
	defer in.Body.Close()
	now := c.clock.Now().UTC()
	if in.StatusCode == http.StatusTooManyRequests || in.StatusCode == http.StatusServiceUnavailable {
		if t := retryAfter(in.Header, now); !t.IsZero() {
			c.leaveAlone(origin, t)
			if t.Sub(now) > c.o.MaxWait {
				return nil, "", &WaitError{Host: origin, Until: t}
			}
		}
	}
	switch in.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		if to := in.Header.Get("Location"); to != "" {
			return nil, to, nil
		}
	}
	header := cleaned(in.Header)
	resp = &Response{
		URL:       u.String(),
		Status:    in.StatusCode,
		Header:    header,
		MediaType: header.Get("Content-Type"),
		FetchedAt: now.Truncate(time.Second),
	}
	if resp.NotModified() {
		return resp, "", nil
	}
	if o.cut {
		in.ContentLength, in.Body = -1, io.NopCloser(io.LimitReader(in.Body, o.limit))
	}
	resp.Body, err = readBody(in, o.limit)
	return resp, "", err
}

// cleaned is a header without control characters, which reach terminals and files, and which
// a server that gets its validators back refuses.
func cleaned(h http.Header) http.Header {
	out := make(http.Header, len(h))
	for name, values := range h {
		for _, v := range values {
			out[name] = append(out[name], letters.Clean(v))
		}
	}
	return out
}

func (c *Client) setHeader(h http.Header, req Request, own bool) {
	h.Set("Accept", "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8")
	if own {
		maps.Copy(h, req.Header)
	}
	h.Set("User-Agent", c.userAgent())
	h.Set("Accept-Encoding", encodings)
	if req.ETag != "" {
		h.Set("If-None-Match", req.ETag)
	}
	if req.LastModified != "" {
		h.Set("If-Modified-Since", req.LastModified)
	}
}
