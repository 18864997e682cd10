package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"readout/internal/web"
)

func TestEveryAnswerCarriesTheHeadersThatForbid(t *testing.T) {
	s := newServer(t, web.Options{Source: seeded(t)})
	for _, path := range append(seedPages(), "/nowhere", "/static/style.css", "/static/none") {
		h := get(t, s, path).Header()
		for key, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
			"X-Content-Type-Options":  "nosniff",
			"Referrer-Policy":         "no-referrer",
		} {
			if got := h.Get(key); got != want {
				t.Errorf("GET %s: %s = %q, want %q", path, key, got, want)
			}
		}
	}
}

func TestHosts(t *testing.T) {
	a := seeded(t)
	local := newServer(t, web.Options{Source: a, Hosts: []string{"readout.mfa.example"}})
	open := newServer(t, web.Options{Source: a, AnyAddress: true})
	for _, test := range []struct {
		server *web.Server
		host   string
		want   int
	}{
		{local, "127.0.0.1:8480", 200},
		{local, "localhost:8480", 200},
		{local, "LocalHost.", 200},
		{local, "[::1]:8480", 200},
		{local, "readout.mfa.example", 200},
		{local, "evil.example:8480", 421},
		{local, "127.0.0.1.evil.example", 421},
		{local, "192.0.2.7:8480", 421},
		{local, "", 421},
		{open, "192.0.2.7:8480", 200},
		{open, "evil.example", 421},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Host = test.host
		w := httptest.NewRecorder()
		test.server.ServeHTTP(w, r)
		if w.Code != test.want {
			t.Errorf("Host %q = %d, want %d", test.host, w.Code, test.want)
		}
	}
}

func TestToken(t *testing.T) {
	const token = "a long enough secret"
	s := newServer(t, web.Options{Source: seeded(t), Token: token})
	if w := get(t, s, "/"); w.Code != http.StatusUnauthorized || strings.Contains(w.Body.String(), "Norway") {
		t.Errorf("without a token = %d and %q, want a form and nothing of the archive", w.Code, w.Body)
	}
	ask := func(method, path string, form url.Values, change func(*http.Request)) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
		r.Host = "127.0.0.1:8480"
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		change(r)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		return w
	}
	bearer := func(token string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) }
	}
	if w := ask("GET", "/", nil, bearer(token)); w.Code != 200 {
		t.Errorf("with the token as a header = %d, want 200", w.Code)
	}
	if w := ask("GET", "/", nil, bearer("a wrong secret")); w.Code != 401 {
		t.Errorf("with a wrong token as a header = %d, want 401", w.Code)
	}
	if w := ask("POST", "/sign-in", url.Values{"token": {"wrong"}}, func(*http.Request) {}); w.Code != 401 || len(w.Result().Cookies()) > 0 {
		t.Errorf("sign-in with a wrong token = %d with %v, want 401 without a cookie", w.Code, w.Result().Cookies())
	}
	w := ask("POST", "/sign-in", url.Values{"token": {token}}, func(*http.Request) {})
	cookies := w.Result().Cookies()
	if w.Code != http.StatusSeeOther || len(cookies) != 1 || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteStrictMode || strings.Contains(cookies[0].Value, token) {
		t.Fatalf("sign-in = %d with %v, want one strict cookie that does not hold the token", w.Code, cookies)
	}
	if w := ask("GET", "/series/NO-UY?since=2031-01-01", nil, func(*http.Request) {}); !strings.Contains(w.Body.String(), `name="next" value="/series/NO-UY?since=2031-01-01"`) {
		t.Errorf("the form does not keep the page that was asked for: %s", w.Body)
	}
	for next, want := range map[string]string{
		"/series/NO-UY?since=2031-01-01": "/series/NO-UY?since=2031-01-01",
		"":                               "/", "//evil.example/x": "/", `/\evil.example`: "/", "https://evil.example/": "/", "series": "/", "javascript:alert(1)": "/",
	} {
		w := ask("POST", "/sign-in", url.Values{"token": {token}, "next": {next}}, func(*http.Request) {})
		if got := w.Header().Get("Location"); got != want {
			t.Errorf("after %q the sign-in leads to %q, want %q", next, got, want)
		}
	}
	if w := ask("GET", "/", nil, func(r *http.Request) { r.AddCookie(cookies[0]) }); w.Code != 200 {
		t.Errorf("with the cookie = %d, want 200", w.Code)
	}
}

func TestRequestsOfOtherSitesChangeNothing(t *testing.T) {
	s := newServer(t, web.Options{Source: seeded(t)})
	for _, site := range []string{"cross-site", "same-site"} {
		r := httptest.NewRequest(http.MethodPost, "/series/NO-UY/decisions", strings.NewReader("op=rename&topic=krill-quota-issue&name=x"))
		r.Host = "127.0.0.1:8480"
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", site)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != http.StatusForbidden {
			t.Errorf("a %s POST = %d, want 403", site, w.Code)
		}
	}
}

// TestRequestsOfOtherSitesCostNothing: what a page of another site embeds is refused before
// anything is asked; who follows a link from there is let in, and programs are.
func TestRequestsOfOtherSitesCostNothing(t *testing.T) {
	s := newServer(t, web.Options{Source: seeded(t)})
	for _, tt := range []struct {
		site, mode, dest string
		want             int
	}{
		{"cross-site", "no-cors", "image", 403}, {"cross-site", "navigate", "iframe", 403}, {"same-site", "cors", "empty", 403},
		{"cross-site", "navigate", "document", 200}, {"same-origin", "cors", "empty", 200}, {"none", "navigate", "document", 200}, {"", "", "", 200},
	} {
		r := httptest.NewRequest(http.MethodGet, "/search?q=krill", nil)
		r.Host = "127.0.0.1:8480"
		for name, value := range map[string]string{"Site": tt.site, "Mode": tt.mode, "Dest": tt.dest} {
			if value != "" {
				r.Header.Set("Sec-Fetch-"+name, value)
			}
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != tt.want {
			t.Errorf("%+v: %d", tt, w.Code)
		}
	}
}
