package fetch_test

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/andybalholm/brotli"

	"readout/internal/sources/fetch"
)

// clock is a clock that passes only while somebody sleeps.
type clock struct {
	mu    sync.Mutex
	now   time.Time
	slept []time.Duration
}

func newClock() *clock { return &clock{now: time.Date(2037, 3, 2, 8, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	c.slept = append(c.slept, d)
	return ctx.Err()
}

// server answers as handlers say; robots.txt allows everything unless one does.
func server(t *testing.T, handlers map[string]http.HandlerFunc) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	for pattern, h := range handlers {
		mux.HandleFunc(pattern, h)
	}
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func client(o fetch.Options) (*fetch.Client, *clock) {
	c := newClock()
	o.Clock = c
	o.AllowPrivate = true
	return fetch.New(o), c
}

func get(c *fetch.Client, url string) (*fetch.Response, error) {
	return c.Get(context.Background(), fetch.Request{URL: url})
}

func text(s string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, s) }
}

func compressed(coding string, pack func(io.Writer) io.WriteCloser, data []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", coding)
		z := pack(w)
		z.Write(data)
		z.Close()
	}
}

func TestBodies(t *testing.T) {
	want := strings.Repeat("The two ministers agreed. ", 100)
	bomb := make([]byte, 30<<20)
	gz := func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }
	br := func(w io.Writer) io.WriteCloser { return brotli.NewWriterLevel(w, 1) }
	s := server(t, map[string]http.HandlerFunc{
		"/plain": text(want),
		"/gzip":  compressed("gzip", gz, []byte(want)),
		"/br":    compressed("br", br, []byte(want)),
		"/zlib":  compressed("deflate", func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }, []byte(want)),
		"/odd":   compressed("compress", gz, []byte(want)),
		"/two":   compressed("gzip, gzip", gz, []byte(want)),
		"/gbomb": compressed("gzip", gz, bomb),
		"/bbomb": compressed("br", br, bomb),
		"/large": func(w http.ResponseWriter, _ *http.Request) { w.Write(bomb) },
		"/said":  func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Length", "99000000") },
		"/cut": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "500")
			fmt.Fprint(w, "The two")
		},
		"/cutgzip": func(w http.ResponseWriter, _ *http.Request) {
			var b bytes.Buffer
			z := gzip.NewWriter(&b)
			fmt.Fprint(z, want)
			z.Close()
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(b.Bytes()[:b.Len()-8])
		},
		"/lie": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			fmt.Fprint(w, want)
		},
	})
	for path, wantErr := range map[string]error{
		"/plain": nil, "/gzip": nil, "/br": nil, "/zlib": nil,
		"/gbomb": fetch.ErrTooLarge, "/bbomb": fetch.ErrTooLarge, "/large": fetch.ErrTooLarge, "/said": fetch.ErrTooLarge,
		"/cut": io.ErrUnexpectedEOF, "/cutgzip": io.ErrUnexpectedEOF,
		"/lie": gzip.ErrHeader, "/odd": errors.ErrUnsupported, "/two": errors.ErrUnsupported,
	} {
		c, _ := client(fetch.Options{Tries: 1})
		resp, err := get(c, s.URL+path)
		if !errors.Is(err, wantErr) {
			t.Errorf("Get(%s) error = %v, want %v", path, err, wantErr)
		}
		if wantErr == nil && (err != nil || string(resp.Body) != want || resp.Status != 200) {
			t.Errorf("Get(%s) = %+v, %v; want the text", path, resp, err)
		}
	}
}

func TestSlowServerIsGivenUp(t *testing.T) {
	release := make(chan struct{})
	s := server(t, map[string]http.HandlerFunc{
		"/silent": func(http.ResponseWriter, *http.Request) { <-release },
		"/drip": func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprint(w, "The")
			w.(http.Flusher).Flush()
			<-release
		},
	})
	defer close(release)
	c, _ := client(fetch.Options{Timeout: 50 * time.Millisecond, Tries: 1})
	if _, err := get(c, s.URL+"/robots.txt"); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/silent", "/drip"} {
		if _, err := get(c, s.URL+path); err == nil {
			t.Errorf("Get(%s) succeeded, want a time-out", path)
		}
	}
}

func TestRedirects(t *testing.T) {
	to := func(where string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, where, http.StatusFound) }
	}
	handlers := map[string]http.HandlerFunc{
		"/loop": to("/loop2"), "/loop2": to("/loop"), "/file": to("file:///etc/passwd"),
		"/hop0": text("there"), "/none": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusFound) },
	}
	for i := range 6 {
		handlers[fmt.Sprintf("/hop%d", i+1)] = to(fmt.Sprintf("/hop%d", i))
	}
	s := server(t, handlers)
	c, _ := client(fetch.Options{})
	if resp, err := get(c, s.URL+"/hop5"); err != nil || resp.URL != s.URL+"/hop0" || resp.Requested != s.URL+"/hop5" || !resp.Redirected() {
		t.Errorf("five hops = %+v, %v; want /hop0", resp, err)
	}
	if resp, err := get(c, s.URL+"/none"); err != nil || resp.Status != http.StatusFound {
		t.Errorf("a redirect to nowhere = %+v, %v; want the answer itself", resp, err)
	}
	for path, want := range map[string]error{"/hop6": fetch.ErrRedirects, "/loop": fetch.ErrRedirects, "/file": fetch.ErrForbidden} {
		if _, err := get(c, s.URL+path); !errors.Is(err, want) {
			t.Errorf("Get(%s) error = %v, want %v", path, err, want)
		}
	}
}

func TestHeadersStayAtTheirHost(t *testing.T) {
	var got []string
	note := func(w http.ResponseWriter, r *http.Request) {
		got = append(got, r.Header.Get("Authorization")+"|"+r.Header.Get("User-Agent"))
	}
	other := server(t, map[string]http.HandlerFunc{"/there": note})
	back := ""
	s := server(t, map[string]http.HandlerFunc{
		"/here": func(w http.ResponseWriter, r *http.Request) {
			note(w, r)
			http.Redirect(w, r, back, http.StatusFound)
		},
	})
	back = strings.Replace(other.URL, "http://", "http://user:secret@", 1) + "/there"
	c, _ := client(fetch.Options{Contact: "desk@example.org", Version: "1.2"})
	h := http.Header{"Authorization": {"Bearer x"}, "User-Agent": {"somebody else"}}
	if _, err := c.Get(context.Background(), fetch.Request{URL: s.URL + "/here", Header: h}); err != nil {
		t.Fatal(err)
	}
	const agent = "readout/1.2 (+desk@example.org)"
	if len(got) != 2 || got[0] != "Bearer x|"+agent || got[1] != "|"+agent {
		t.Errorf("headers = %q, want the user's at the first host only", got)
	}
}

func TestForbiddenAddresses(t *testing.T) {
	c := fetch.New(fetch.Options{Tries: 1, Timeout: time.Second, Clock: newClock()})
	for _, address := range []string{
		"http://127.0.0.1/", "http://localhost:1/", "http://[::1]/", "http://10.1.2.3/", "http://192.168.0.1/", "http://172.31.9.9/",
		"http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/", "http://0.0.0.0/", "http://[::]/", "http://[::ffff:127.0.0.1]/",
		"http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[2001:0:1::]/", "http://[fe80::1]/", "http://[fd00::1]/", "http://[::127.0.0.1]/",
		"http://224.0.0.1/", "http://[ff02::1]/", "http://255.255.255.255/", "http://192.0.2.1/",
		"ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "javascript:alert(1)", "//example.org/", "http://user:pass@example.org/", "http:///", "",
	} {
		if _, err := get(c, address); !errors.Is(err, fetch.ErrForbidden) {
			t.Errorf("Get(%q) error = %v, want ErrForbidden", address, err)
		}
	}
}

// A name that leads to a private address is found out when it is dialled.
func TestTheDialledAddressIsChecked(t *testing.T) {
	s := server(t, map[string]http.HandlerFunc{"/": text("secret")})
	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	c := fetch.New(fetch.Options{Tries: 1, Clock: newClock()})
	if resp, err := get(c, "http://localhost:"+u.Port()+"/"); !errors.Is(err, fetch.ErrForbidden) {
		t.Errorf("Get(localhost) = %+v, %v; want ErrForbidden", resp, err)
	}
}

func TestProxyIsNotTakenFromTheEnvironment(t *testing.T) {
	asked := 0
	s := server(t, map[string]http.HandlerFunc{"/": func(w http.ResponseWriter, r *http.Request) {
		asked++
		fmt.Fprint(w, "by proxy for "+r.URL.String())
	}})
	t.Setenv("HTTP_PROXY", s.URL)
	t.Setenv("http_proxy", s.URL)
	c := fetch.New(fetch.Options{Tries: 1, Timeout: time.Second, Clock: newClock()})
	if _, err := get(c, "http://nowhere.invalid/"); err == nil || asked > 0 {
		t.Errorf("a proxy of the environment was asked %d times", asked)
	}
	proxy, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	c = fetch.New(fetch.Options{Tries: 1, Proxy: proxy, Clock: newClock()})
	if resp, err := get(c, "http://nowhere.invalid/x"); err != nil || !strings.HasPrefix(string(resp.Body), "by proxy for http://nowhere.invalid/x") {
		t.Errorf("Get by a proxy that was set = %+v, %v", resp, err)
	}
	if _, err := get(c, "http://10.0.0.1/"); !errors.Is(err, fetch.ErrForbidden) {
		t.Errorf("Get of a private address by proxy: %v, want ErrForbidden", err)
	}
}

func TestConditionalRequest(t *testing.T) {
	s := server(t, map[string]http.HandlerFunc{"/": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"a"`)
		if r.Header.Get("If-None-Match") == `"a"` || r.Header.Get("If-Modified-Since") != "" {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(w, "text")
	}})
	c, _ := client(fetch.Options{})
	resp, err := get(c, s.URL)
	if err != nil || resp.NotModified() || string(resp.Body) != "text" {
		t.Fatalf("Get = %+v, %v", resp, err)
	}
	for _, req := range []fetch.Request{{ETag: resp.Header.Get("ETag")}, {LastModified: "Mon, 02 Mar 2037 08:00:00 GMT"}} {
		req.URL = s.URL
		if resp, err := c.Get(context.Background(), req); err != nil || !resp.NotModified() || resp.Body != nil {
			t.Errorf("conditional Get = %+v, %v; want not modified", resp, err)
		}
	}
}

func TestRobots(t *testing.T) {
	const rules = "User-agent: *\nDisallow: /private/\nCrawl-delay: 7\n"
	status := http.StatusOK
	asked := 0
	s := server(t, map[string]http.HandlerFunc{
		"/robots.txt": func(w http.ResponseWriter, _ *http.Request) {
			asked++
			w.WriteHeader(status)
			fmt.Fprint(w, rules)
		},
		"/": text("text"),
		"/moved": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/private/x", http.StatusFound)
		},
	})
	c, clk := client(fetch.Options{Tries: 1})
	for path, want := range map[string]error{"/private/x": fetch.ErrRobots, "/moved": fetch.ErrRobots, "/public": nil} {
		if _, err := get(c, s.URL+path); !errors.Is(err, want) {
			t.Errorf("Get(%s) error = %v, want %v", path, err, want)
		}
	}
	if asked != 1 {
		t.Errorf("robots.txt was read %d times, want once", asked)
	}
	start := clk.Now()
	for range 3 {
		if _, err := get(c, s.URL+"/public"); err != nil {
			t.Fatal(err)
		}
	}
	if d := clk.Now().Sub(start); d < 20*time.Second {
		t.Errorf("three requests took %v, want the seven seconds between them that robots.txt asks for", d)
	}
	// What is known goes on to the next client, and an old copy serves while the
	// server has none to give.
	status = http.StatusInternalServerError
	c2, clk2 := client(fetch.Options{Tries: 1})
	c2.Remember(c.Hosts())
	clk2.Sleep(context.Background(), 48*time.Hour)
	if _, err := get(c2, s.URL+"/private/x"); !errors.Is(err, fetch.ErrRobots) {
		t.Errorf("with an old copy: %v, want ErrRobots", err)
	}
	c3, _ := client(fetch.Options{Tries: 1})
	if _, err := get(c3, s.URL+"/public"); err == nil {
		t.Error("robots.txt cannot be read, and yet the page was fetched")
	}
	status = http.StatusNotFound
	if _, err := get(c3, s.URL+"/private/x"); err != nil {
		t.Errorf("without robots.txt: %v", err)
	}
}

func TestPauseBetweenRequests(t *testing.T) {
	s := server(t, map[string]http.HandlerFunc{"/": text("text")})
	c, clk := client(fetch.Options{})
	start := clk.Now()
	for range 10 {
		if _, err := get(c, s.URL); err != nil {
			t.Fatal(err)
		}
	}
	if d := clk.Now().Sub(start); d < 10*time.Second || d > 11*time.Second {
		t.Errorf("10 requests and robots.txt took %v, want 10 s", d)
	}
	c2, clk2 := client(fetch.Options{})
	clk2.now = clk.Now()
	c2.Remember(c.Hosts())
	start = clk2.Now()
	if _, err := get(c2, s.URL); err != nil || clk2.Now().Sub(start) < time.Second {
		t.Errorf("the next client waited %v, want the second that is left", clk2.Now().Sub(start))
	}
	if n := c.Requests()[s.URL]; n != 11 {
		t.Errorf("Requests = %d, want 11", n)
	}
}

func TestRetries(t *testing.T) {
	fails := 2
	s := server(t, map[string]http.HandlerFunc{
		"/flaky": func(w http.ResponseWriter, _ *http.Request) {
			if fails--; fails >= 0 {
				w.WriteHeader(http.StatusBadGateway)
			}
			fmt.Fprint(w, "text")
		},
		"/down": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) },
		"/hang": func(w http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) },
	})
	c, _ := client(fetch.Options{})
	if resp, err := get(c, s.URL+"/flaky"); err != nil || resp.Status != 200 {
		t.Errorf("third try = %+v, %v; want the text", resp, err)
	}
	before := c.Requests()[s.URL]
	if resp, err := get(c, s.URL+"/down"); err != nil || resp.Status != 500 {
		t.Errorf("Get(/down) = %+v, %v; want status 500", resp, err)
	}
	if _, err := get(c, s.URL+"/hang"); err == nil {
		t.Error("Get(/hang) succeeded")
	}
	if n := c.Requests()[s.URL] - before; n != 6 {
		t.Errorf("%d requests, want three for each", n)
	}
}

func TestRetryAfter(t *testing.T) {
	wait := "20"
	asked := 0
	s := server(t, map[string]http.HandlerFunc{
		"/robots.txt": http.NotFound,
		"/": func(w http.ResponseWriter, _ *http.Request) {
			if asked++; wait != "" {
				w.Header().Set("Retry-After", wait)
				w.WriteHeader(http.StatusTooManyRequests)
			}
		},
	})
	c, clk := client(fetch.Options{Tries: 2})
	start := clk.Now()
	if resp, err := get(c, s.URL); err != nil || resp.Status != 429 || asked != 2 || clk.Now().Sub(start) < 20*time.Second {
		t.Errorf("a short wait = %+v, %v after %v and %d requests; want it waited out", resp, err, clk.Now().Sub(start), asked)
	}
	for _, long := range []string{"7200", clk.Now().Add(4 * time.Hour).Format(http.TimeFormat)} {
		clk.Sleep(context.Background(), time.Minute)
		wait, asked = long, 0
		now := clk.Now()
		_, err := get(c, s.URL)
		var w *fetch.WaitError
		if !errors.As(err, &w) || asked != 1 || w.Until.Before(now.Add(time.Hour)) {
			t.Fatalf("a long wait (%s) = %v after %d requests, want a WaitError after one", long, err, asked)
		}
		// It is kept to without asking again, by this client and the next.
		next, clk2 := client(fetch.Options{})
		clk2.now = clk.Now()
		next.Remember(c.Hosts())
		for _, c := range []*fetch.Client{c, next} {
			if _, err := get(c, s.URL); !errors.As(err, &w) || asked != 1 {
				t.Errorf("before the time: %v after %d requests, want none", err, asked)
			}
		}
		wait = ""
		clk.Sleep(context.Background(), w.Until.Sub(clk.Now()))
		if resp, err := get(c, s.URL); err != nil || resp.Status != 200 {
			t.Errorf("after the time: %+v, %v", resp, err)
		}
	}
}

func TestCancelledWhileWaiting(t *testing.T) {
	s := server(t, map[string]http.HandlerFunc{"/": text("text")})
	c := fetch.New(fetch.Options{AllowPrivate: true, Pause: time.Hour})
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if _, err := c.Get(ctx, fetch.Request{URL: s.URL}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Get = %v, want the context's error", err)
	}
}

// A server can declare fewer bytes than it sends; what it declared is what counts.
func TestWrongLength(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			io.ReadAtLeast(conn, make([]byte, 1024), 4)
			fmt.Fprint(conn, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nHello, world")
			conn.Close()
		}
	}()
	c, _ := client(fetch.Options{})
	if resp, err := get(c, "http://"+l.Addr().String()+"/"); err != nil || string(resp.Body) != "Hello" {
		t.Errorf("Get = %+v, %v; want what was declared", resp, err)
	}
}
