package fetch

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"
)

// notPublic lists the address blocks that do not lead to the public Internet, or
// lead somewhere that the address itself does not say (IANA special-purpose address
// registries; RFC 6890 and its successors).
func notPublic() map[string][]string {
	return map[string][]string{
		"this network":  {"0.0.0.0/8"},
		"private":       {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10"},
		"shared (CGN)":  {"100.64.0.0/10"},
		"loopback":      {"127.0.0.0/8", "::1/128"},
		"link-local":    {"169.254.0.0/16", "fe80::/10"},
		"reserved":      {"192.0.0.0/24", "192.88.99.0/24", "240.0.0.0/4", "100::/64", "5f00::/16"},
		"documentation": {"192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20"},
		"benchmarking":  {"198.18.0.0/15", "2001:2::/48"},
		"multicast":     {"224.0.0.0/4", "ff00::/8"},
		"unspecified":   {"::/128"},
		"IPv4 in IPv6":  {"::/96", "::ffff:0:0:0/96"},
		"NAT64":         {"64:ff9b::/96", "64:ff9b:1::/48"},
		"Teredo":        {"2001::/32"},
		"6to4":          {"2002::/16"},
	}
}

// block is a range of addresses with what it is for.
type block struct {
	prefix netip.Prefix
	what   string
}

// guard refuses addresses that are not public.
type guard []block

func newGuard() guard {
	var g guard
	for what, prefixes := range notPublic() {
		for _, p := range prefixes {
			g = append(g, block{netip.MustParsePrefix(p), what})
		}
	}
	return g
}

// check returns an [ErrNotPublic] that says why an address is refused.
func (g guard) check(a netip.Addr) error {
	a = a.Unmap().WithZone("")
	for _, b := range g {
		if b.prefix.Contains(a) {
			return fmt.Errorf("%w: %s is a %s address", ErrNotPublic, a, b.what)
		}
	}
	return nil
}

// control is for net.Dialer: it sees the address that a name has led to at the
// moment of dialling, so that a name cannot lead elsewhere between check and use.
func (g guard) control(_, address string, _ syscall.RawConn) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%w: %s", ErrForbidden, address)
	}
	return g.check(ap.Addr())
}

// checkURL parses an address and refuses what can be refused before dialling.
func (c *Client) checkURL(s string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrForbidden, err)
	}
	u.Scheme, u.Fragment, u.RawFragment = strings.ToLower(u.Scheme), "", ""
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, fmt.Errorf("%w: %q is not http or https", ErrForbidden, u.Scheme)
	case u.Hostname() == "":
		return nil, fmt.Errorf("%w: no host", ErrForbidden)
	case u.User != nil:
		return nil, fmt.Errorf("%w: a name or password in the address; give a header instead", ErrForbidden)
	}
	if c.guard != nil {
		if a, err := netip.ParseAddr(u.Hostname()); err == nil {
			if err := c.guard.check(a); err != nil {
				return nil, err
			}
		}
	}
	if u.Path == "" {
		u.Path = "/"
	}
	return u, nil
}

// Transport returns what dials as the options say, for requests that are no fetching: only
// public addresses unless AllowPrivate is set. It uses Timeout, AllowPrivate and Proxy alone.
func Transport(o Options) *http.Transport {
	if o.AllowPrivate {
		return transport(nil, o)
	}
	return transport(newGuard(), o)
}

// transport dials only what g allows; nil allows everything. With a proxy it is
// the proxy that is dialled, which the user chose and which is often private.
func transport(g guard, o Options) *http.Transport {
	dialer := &net.Dialer{Timeout: 15 * time.Second, KeepAlive: 30 * time.Second}
	t := &http.Transport{
		DialContext: dialer.DialContext, ForceAttemptHTTP2: true, DisableCompression: true,
		TLSHandshakeTimeout: 15 * time.Second, ResponseHeaderTimeout: o.Timeout,
		MaxResponseHeaderBytes: 256 << 10, MaxIdleConnsPerHost: 1, IdleConnTimeout: 30 * time.Second,
	}
	switch {
	case o.Proxy != nil:
		t.Proxy = http.ProxyURL(o.Proxy)
	case g != nil:
		dialer.Control = g.control
	}
	return t
}
