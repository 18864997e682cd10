package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// policy forbids a page everything but its own style sheet, script, pictures and
// questions: markup that came in with a text could do nothing even if it were not
// escaped.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; " +
	"frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

// guard lets through only requests that are meant for this server, from callers who
// may ask, and sets what every answer carries.
func (s *Server) guard(next http.Handler) http.Handler {
	foreign := http.NewCrossOriginProtection()
	foreign.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "this request comes from another site", http.StatusForbidden)
	}))
	inner := s.signedIn(foreign.Handler(next))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		if !s.knowsHost(r.Host) {
			// A page of another site whose name was made to lead here.
			http.Error(w, "this server does not answer to that name; see readout serve --host", http.StatusMisdirectedRequest)
			return
		}
		if embedded(r) {
			http.Error(w, "this request comes from a page of another site", http.StatusForbidden)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		inner.ServeHTTP(w, r)
	})
}

// embedded reports whether a page of another site makes the browser ask, as a picture, script
// or frame of it would: what an answer costs, and how long it takes, is no business of such a
// page. A person who follows a link is let in.
func embedded(r *http.Request) bool {
	site := r.Header.Get("Sec-Fetch-Site")
	if site != "cross-site" && site != "same-site" {
		return false // our own page, the person, or a program
	}
	return r.Header.Get("Sec-Fetch-Mode") != "navigate" || r.Header.Get("Sec-Fetch-Dest") != "document"
}

// knowsHost reports whether the server answers to the Host of a request.
func (s *Server) knowsHost(hostport string) bool {
	host := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		host = h
	}
	host = strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
	if host == "localhost" || slices.ContainsFunc(s.Hosts, func(h string) bool { return strings.EqualFold(h, host) }) {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && (s.AnyAddress || addr.IsLoopback())
}

// sessionCookie holds what proves that its bearer knew the token.
const sessionCookie = "readout_session"

// signedIn asks for the token where there is one. A program sends it as "Bearer"
// authorization, a browser once in a form.
func (s *Server) signedIn(next http.Handler) http.Handler {
	if s.Token == "" {
		return next
	}
	proof := s.proof()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok && equalSecrets(bearer, s.Token) {
			next.ServeHTTP(w, r)
			return
		}
		if c, err := r.Cookie(sessionCookie); err == nil && equalSecrets(c.Value, proof) {
			next.ServeHTTP(w, r)
			return
		}
		switch {
		case r.Method == http.MethodGet && strings.HasPrefix(r.URL.Path, "/static/"):
			next.ServeHTTP(w, r)
		case r.Method == http.MethodPost && r.URL.Path == "/sign-in":
			s.signIn(w, r, proof)
		case strings.HasPrefix(r.URL.Path, "/api/"):
			w.Header().Set("WWW-Authenticate", "Bearer")
			writeProblem(w, http.StatusUnauthorized, "a token is needed: Authorization: Bearer …")
		default:
			next := ""
			if r.Method == http.MethodGet {
				next = r.URL.RequestURI()
			}
			s.write(w, r, signInPage(false, next), http.StatusUnauthorized)
		}
	})
}

// signIn takes the token out of the form, gives a cookie for it and leads to the page that
// was asked for.
func (s *Server) signIn(w http.ResponseWriter, r *http.Request, proof string) {
	next := ownPage(r.PostFormValue("next"))
	if !equalSecrets(r.PostFormValue("token"), s.Token) {
		s.write(w, r, signInPage(true, next), http.StatusUnauthorized)
		return
	}
	http.SetCookie(w, &http.Cookie{
		Name:     sessionCookie,
		Value:    proof,
		Path:     "/",
		HttpOnly: true,
		SameSite: http.SameSiteStrictMode,
		Secure:   r.TLS != nil,
	})
	http.Redirect(w, r, next, http.StatusSeeOther)
}

// ownPage returns the address of a page of this server as it is, and that of the first page
// for everything else: what the browser might read as the name of another host, too.
func ownPage(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") ||
		strings.Contains(address, `\`) {
		return "/"
	}
	return u.String()
}

// proof is what the cookie holds: it follows from the token and does not give it
// away.
func (s *Server) proof() string {
	m := hmac.New(sha256.New, []byte(s.Token))
	m.Write([]byte("readout session"))
	return hex.EncodeToString(m.Sum(nil))
}

// equalSecrets compares in a time that says nothing about either.
func equalSecrets(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}
