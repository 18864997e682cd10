package postgres

import (
	"strings"
	"testing"
)

// FuzzAddress: no address that can be used, and no error about one that cannot, says a password.
func FuzzAddress(f *testing.F) {
	for _, s := range []string{"postgres://a:", "postgres://a@h/d?password=", "postgres://h/d?sslpassword=", "postgresql://a:b@c:", "postgres://a@h,h2:5432/d?search_path=x&password=", "postgres://", "password="} {
		f.Add(s, "@h/d")
		f.Add(s, "")
	}
	const secret = "Zq7secretZq7"
	f.Fuzz(func(t *testing.T, before, after string) {
		if strings.Contains(before+after, "Zq7") {
			return
		}
		raw := before + secret + after
		a, err := parse(raw)
		if err != nil || a.secret != secret {
			return // it is no password
		}
		if strings.Contains(a.name, secret) {
			t.Errorf("%q is called %q", raw, a.name)
		}
		if !HasPassword(raw) {
			t.Errorf("%q is said to have no password", raw)
		}
	})
}
