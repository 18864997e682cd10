package fetch

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/temoto/robotstxt"
)

const (
	robotsAgain = time.Hour      // how long an old copy serves when there is no new one
	robotsAge   = 24 * time.Hour // RFC 9309, 2.4: not to be used longer unless unreachable
	robotsBytes = 512 << 10      // RFC 9309, 2.5: at least 500 KiB are read
	robotsKept  = 64 << 10       // what is remembered from run to run
)

// allowed returns ErrRobots where the site's robots.txt asks to stay away from u.
// A site whose robots.txt cannot be reached is left alone (RFC 9309, 2.3.1.4)
// unless an older copy is at hand.
func (c *Client) allowed(ctx context.Context, u *url.URL) error {
	origin := originOf(u)
	h := c.host(origin)
	h.Lock()
	robots, at := h.robots, h.RobotsAt
	h.Unlock()
	if robots == nil || c.clock.Now().Sub(at) >= robotsAge {
		fresh, err := c.readRobots(ctx, origin)
		switch {
		case err == nil:
			robots = fresh
		case robots != nil:
			h.Lock()
			h.RobotsAt = c.clock.Now().UTC().Add(robotsAgain - robotsAge)
			h.Unlock()
		default:
			return fmt.Errorf("read robots.txt: %w", err)
		}
	}
	if !robots.TestAgent(u.RequestURI(), c.agent()) {
		return ErrRobots
	}
	return nil
}

// readRobots reads and keeps robots.txt. An answer that it is not there allows
// everything.
func (c *Client) readRobots(ctx context.Context, origin string) (*robotstxt.RobotsData, error) {
	// Tried once: whoever wants a document tries again, robots.txt and all.
	resp, err := c.get(ctx, Request{URL: origin + "/robots.txt"}, getOptions{limit: robotsBytes, cut: true, tries: 1})
	if err != nil {
		return nil, err
	}
	if resp.Status >= 500 || resp.Status == http.StatusTooManyRequests {
		return nil, fmt.Errorf("status %d", resp.Status)
	}
	data, err := robotstxt.FromStatusAndBytes(resp.Status, resp.Body)
	if err != nil {
		// A page in place of a list of rules: rules there are none.
		resp.Status, resp.Body = http.StatusNotFound, nil
		if data, err = robotstxt.FromStatusAndBytes(resp.Status, nil); err != nil {
			return nil, err
		}
	}
	h := c.host(origin)
	h.Lock()
	defer h.Unlock()
	h.robots, h.RobotsAt, h.RobotsStatus, h.Robots = data, resp.FetchedAt, resp.Status, nil
	if len(resp.Body) <= robotsKept {
		h.Robots = resp.Body
	} else {
		h.RobotsStatus = 0 // to be read again next time
	}
	return data, nil
}
