package address_test

import (
	"testing"

	"readout/internal/archive/address"
)

func TestOnePage(t *testing.T) {
	const page = "https://mfa.example/press/2031/krill.html"
	for _, s := range []string{
		page, "http://mfa.example/press/2031/krill.html", "https://www.mfa.example/press/2031/krill.html", "https://MFA.example:443/press/2031/krill.html/",
		page + "#top", page + ";jsessionid=A2DECB66", page + "?utm_source=rss&utm_medium=feed", page + "?PHPSESSID=99af", page + "?fbclid=XX&gclid=y",
		page + "?ASPSESSIONIDABCD=1", " " + page + " ", "http://mfa.example:80/press/2031/krill.html", page + "?mtm_campaign=x&WT.mc_id=7", page + "?sid=0a",
	} {
		if got, want := address.Canonical(s), "mfa.example/press/2031/krill.html"; got != want {
			t.Errorf("Canonical(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestTwoPages(t *testing.T) {
	seen := map[string]string{}
	for _, s := range []string{
		"https://mfa.example/show?id=4", "https://mfa.example/show?id=5", "https://mfa.example/show?id=4&lang=fr", "https://mfa.example:8443/show?id=4",
		"https://press.mfa.example/show?id=4", "https://mfa.example/a;v=2", "https://mfa.example/a", "https://mfa.example/#!/news/5", "https://mfa.example/#/news/6",
		"https://mfa.example/?p=7", "https://mfa.example/?page_id=7", "https://www.example/", "https://mfa.example/A",
	} {
		c := address.Canonical(s)
		if other, ok := seen[c]; ok {
			t.Errorf("%q and %q are %q", s, other, c)
		}
		seen[c] = s
	}
	if got := address.Canonical("no address"); got != "no address" {
		t.Errorf("Canonical = %q", got)
	}
}
