package fetch_test

import (
	"net/http"
	"testing"

	"readout/internal/sources/fetch"
)

// TestHeadersLoseControlCharacters: what a server sends in its header is kept, shown at
// terminals and sent back to it; what steers a terminal or turns the direction of
// writing is taken out. (Other control characters net/http does not let through.)
func TestHeadersLoseControlCharacters(t *testing.T) {
	asked := 0
	s := server(t, map[string]http.HandlerFunc{"/page": func(w http.ResponseWriter, r *http.Request) {
		if asked++; asked > 1 {
			if got := r.Header.Get("If-None-Match"); got != `"ab"` {
				t.Errorf("asked again with %q", got)
			}
		}
		conn, out, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		_, err = out.WriteString("HTTP/1.1 200 OK\r\nContent-Type: text/html\u009b31m; charset=\u202eutf-8\r\nETag: \"a\u202eb\"\r\nContent-Length: 3\r\nConnection: close\r\n\r\n<p>")
		if err == nil {
			err = out.Flush()
		}
		if err != nil {
			t.Error(err)
		}
	}})
	c, _ := client(fetch.Options{})
	resp, err := get(c, s.URL+"/page")
	if err != nil {
		t.Fatal(err)
	}
	if resp.MediaType != "text/html; charset=utf-8" || resp.Header.Get("ETag") != `"ab"` {
		t.Errorf("type %q, validator %q", resp.MediaType, resp.Header.Get("ETag"))
	}
	if _, err := c.Get(t.Context(), fetch.Request{URL: s.URL + "/page", ETag: resp.Header.Get("ETag")}); err != nil {
		t.Errorf("asked again with the validator: %v", err)
	}
}
