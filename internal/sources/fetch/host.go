package fetch

import (
	"context"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/temoto/robotstxt"
	"golang.org/x/time/rate"
)

// Host is what a client knows of a host and should know again in its next life.
// The zero Host knows nothing.
type Host struct {
	Wait         time.Time `json:"wait,omitzero"`      // the host asked to be left alone until then
	Last         time.Time `json:"last,omitzero"`      // of the last request
	RobotsAt     time.Time `json:"robots_at,omitzero"` // when robots.txt was read
	RobotsStatus int       `json:"robots_status,omitempty"`
	Robots       []byte    `json:"robots,omitempty"` // its bytes, where not very many
}

// host is a Host at work. Its lock is held while a request waits for its turn, so
// requests to one host go one after another.
type host struct {
	sync.Mutex
	Host
	limit    *rate.Limiter
	robots   *robotstxt.RobotsData
	requests int
}

// host returns the entry of scheme and host, making it where there is none.
func (c *Client) host(origin string) *host {
	c.mu.Lock()
	defer c.mu.Unlock()
	h := c.hosts[origin]
	if h == nil {
		h = &host{limit: rate.NewLimiter(rate.Every(c.o.Pause), 1)}
		c.hosts[origin] = h
	}
	return h
}

// Remember tells the client what an earlier one knew, as [Client.Hosts] gave it.
func (c *Client) Remember(hosts map[string]Host) {
	for origin, known := range hosts {
		h := c.host(origin)
		h.Lock()
		h.Host = known
		if !known.Last.IsZero() {
			h.limit.AllowN(known.Last, 1) // the pause runs from the last request
		}
		if known.RobotsStatus != 0 {
			// Bytes that cannot be read are read again from the server.
			if data, err := robotstxt.FromStatusAndBytes(known.RobotsStatus, known.Robots); err == nil {
				h.robots = data
			} else {
				h.RobotsAt = time.Time{}
			}
		}
		h.Unlock()
	}
}

// Hosts returns what is known of every host, by scheme and host name.
func (c *Client) Hosts() map[string]Host {
	out := map[string]Host{}
	c.each(func(origin string, h *host) { out[origin] = h.Host })
	return out
}

// each calls f with every host in turn, while it is locked.
func (c *Client) each(f func(origin string, h *host)) {
	c.mu.Lock()
	hosts := maps.Clone(c.hosts)
	c.mu.Unlock()
	for origin, h := range hosts {
		h.Lock()
		f(origin, h)
		h.Unlock()
	}
}

// Requests returns how many requests have been sent to every host, those for
// robots.txt and redirects included.
func (c *Client) Requests() map[string]int {
	out := map[string]int{}
	c.each(func(origin string, h *host) {
		if h.requests > 0 {
			out[origin] = h.requests
		}
	})
	return out
}

// turn waits until the host may be asked again.
func (c *Client) turn(ctx context.Context, origin string, pause time.Duration) error {
	h := c.host(origin)
	h.Lock()
	defer h.Unlock()
	now := c.clock.Now()
	if now.Before(h.Wait) {
		if h.Wait.Sub(now) > c.o.MaxWait {
			return &WaitError{Host: origin, Until: h.Wait}
		}
		if err := c.clock.Sleep(ctx, h.Wait.Sub(now)); err != nil {
			return err
		}
		now = c.clock.Now()
	}
	if every := rate.Every(max(pause, c.o.Pause, h.delay(c.agent()))); every < h.limit.Limit() {
		h.limit.SetLimitAt(now, every)
	}
	if d := h.limit.ReserveN(now, 1).DelayFrom(now); d > 0 {
		if err := c.clock.Sleep(ctx, d); err != nil {
			return err
		}
	}
	h.Last = c.clock.Now().UTC()
	h.requests++
	return nil
}

// maxDelay bounds the pause that robots.txt can ask for: beyond it a site would
// never be read to the end.
const maxDelay = 30 * time.Second

func (h *host) delay(agent string) time.Duration {
	if h.robots == nil {
		return 0
	}
	return min(h.robots.FindGroup(agent).CrawlDelay, maxDelay)
}

// leaveAlone notes that a host asked to be left alone until t.
func (c *Client) leaveAlone(origin string, t time.Time) {
	h := c.host(origin)
	h.Lock()
	defer h.Unlock()
	if t.After(h.Wait) {
		h.Wait = t.UTC().Truncate(time.Second)
	}
}

// maxRetryAfter bounds what Retry-After is believed: an hour's typing error in a
// server's configuration should not silence a source for years.
const maxRetryAfter = 7 * 24 * time.Hour

// retryAfter reads the header of that name, in seconds or as a date; zero for none.
func retryAfter(h http.Header, now time.Time) time.Time {
	v := strings.TrimSpace(h.Get("Retry-After"))
	var t time.Time
	if n, err := strconv.ParseInt(v, 10, 64); err == nil && n > 0 {
		t = now.Add(time.Duration(min(n, int64(maxRetryAfter/time.Second))) * time.Second)
	} else if d, err := http.ParseTime(v); err == nil && d.After(now) {
		t = d
	}
	if t.Sub(now) > maxRetryAfter {
		t = now.Add(maxRetryAfter)
	}
	return t.UTC()
}
