package web_test

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"regexp"
	"testing"

	"readout/internal/web"
)

// Going from page to page by "Older" shows every release once, and programs get the same.
func TestChangesInParts(t *testing.T) {
	a := newArchive(t)
	ingest(t, a, sampleReleases(2, 4))
	s := newServer(t, web.Options{Source: a})
	older, item := regexp.MustCompile(`href="(/changes\?[^"]*)">Older<`), regexp.MustCompile(`<h3><a href="([^"]+)"`)
	seen, pages := map[string]int{}, 0
	for at := "/changes?limit=3"; at != ""; pages++ {
		body := page(t, s, at)
		for _, m := range item.FindAllStringSubmatch(body, -1) {
			seen[m[1]]++
		}
		at = ""
		if m := older.FindStringSubmatch(body); m != nil {
			at = html.UnescapeString(m[1])
		}
	}
	if len(seen) != 8 || pages != 3 {
		t.Errorf("%d releases on %d pages, want 8 on 3", len(seen), pages)
	}
	for href, n := range seen {
		if n != 1 {
			t.Errorf("%s is shown %d times", href, n)
		}
	}
	for skip, want := range []int{2, 2, 2, 2, 2, 2, 2, 1, 0} {
		var answer struct{ Releases []struct{} }
		if err := json.Unmarshal([]byte(page(t, s, fmt.Sprintf("/api/v1/changes?limit=2&skip=%d", skip))), &answer); err != nil {
			t.Fatal(err)
		}
		if len(answer.Releases) != want {
			t.Errorf("%d releases after %d, want %d", len(answer.Releases), skip, want)
		}
	}
	for _, q := range []string{"limit=0", "limit=101", "limit=few", "skip=-1"} {
		for _, path := range []string{"/changes", "/changes.atom", "/api/v1/changes"} {
			if w := get(t, s, path+"?"+q); w.Code != http.StatusBadRequest {
				t.Errorf("GET %s?%s = %d, want %d", path, q, w.Code, http.StatusBadRequest)
			}
		}
	}
}
