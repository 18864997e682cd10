package web_test

import (
	"net/http"
	"strings"
	"testing"

	"readout/internal/web"
)

func TestTwoAccountsOfAMeeting(t *testing.T) {
	s := newServer(t, web.Options{Source: twoSided(t)})
	contains(t, page(t, s, seedSides), "said by both", "Norway alone", "Uruguay alone", "<mark>agreed on</mark>", "<mark>discussed</mark>", "not in the account of Norway",
		"&lt;b&gt;wool&lt;/b&gt;", "both, worded differently", "/sides?with="+accountID("NO"))
	contains(t, page(t, s, "/releases/"+accountID("UY")+"/sides?with="+accountID("NO")), "not in the account of Norway", "<mark>discussed</mark>")
	contains(t, page(t, s, "/releases/"+accountID("UY")), "/sides?with="+accountID("NO"), "Uruguay and Norway side by side")
	if n := strings.Count(page(t, s, "/series/NO-UY/brief"), "observers on every voyage.</del>"); n != 1 {
		t.Errorf("what both accounts lack is told as no longer said %d times, want once", n)
	}
	for _, path := range []string{seedMeeting + "/sides", seedSides + "?with=2033-11-24-no-uy-summit-meeting", "/releases/zebra/sides"} {
		if w := get(t, s, path); w.Code != http.StatusNotFound {
			t.Errorf("GET %s = %d, want 404", path, w.Code)
		}
	}
	if strings.Contains(page(t, s, seedMeeting), "side by side") {
		t.Error("the page of a meeting with one account offers a second one")
	}
}
