package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"readout/internal/archive"
	"readout/internal/rules"
	"readout/internal/web"
	"readout/timeline"
)

// undatedText is a release of which neither the day nor the publisher can be told.
const undatedText = `Norway-Uruguay Foreign Ministers' Meeting

1. Krill

(1) The two ministers agreed that the krill <quota> would be halved.
`

// TestDoubtsAreListedAndSettled takes in a release without a day, finds it on the page
// of doubts, and gives it its day and publisher in the form.
func TestDoubtsAreListedAndSettled(t *testing.T) {
	a := newArchive(t)
	id := ingest(t, a, each(archive.Input{Name: "undated.txt", Data: []byte(undatedText)}))[0].Release
	s := newServer(t, web.Options{Source: a, Party: rules.Default().Extract().Gazetteer.Lookup})
	contains(t, page(t, s, "/"), `href="/doubts"`, "1 release with something in doubt")
	contains(t, page(t, s, "/doubts"), id, "neither the day of the meeting nor that of the text is known", `type="date" name="value"`)
	if body := page(t, s, "/doubts?field=parties"); strings.Contains(body, id) {
		t.Errorf("a release whose parties are certain is listed among doubtful parties:\n%s", body)
	}
	settle := func(s http.Handler, release, field, value string) int {
		return post(t, s, "/doubts", url.Values{"release": {release}, "field": {field}, "value": {value}}).Code
	}
	for _, bad := range [][3]string{
		{id, "held", "someday"}, {id, "held", ""}, {id, "issuer", "Atlantis"}, {id, "issuer", "NO, UY"},
		{id, "text", "x"}, {"", "held", "2033-05-06"}, {"zebra", "held", "2033-05-06"},
	} {
		if code := settle(s, bad[0], bad[1], bad[2]); code != http.StatusBadRequest && code != http.StatusNotFound {
			t.Errorf("settle %q = %d, want a refusal", bad, code)
		}
	}
	if code := settle(newServer(t, web.Options{Source: a, ReadOnly: true}), id, "held", "2033-05-06"); code != http.StatusForbidden {
		t.Errorf("settle on a server that only reads = %d, want 403", code)
	}
	if body := page(t, newServer(t, web.Options{Source: a, ReadOnly: true}), "/doubts"); strings.Contains(body, "<button>Settle") {
		t.Error("a server that only reads offers to settle")
	}
	if code := settle(s, id, "issuer", "Norway"); code != http.StatusSeeOther {
		t.Fatalf("settle the issuer = %d", code)
	}
	if code := settle(s, id, "held", "2033-05-06"); code != http.StatusSeeOther {
		t.Fatalf("settle the day = %d", code)
	}
	if body := page(t, s, "/doubts?field=held"); strings.Contains(body, "no-uy-foreign-ministers-meeting") {
		t.Errorf("the day is settled, and still in doubt:\n%s", body)
	}
	rel, err := a.Release(t.Context(), archive.Ref{ID: "2033-05-06"})
	if err != nil {
		t.Fatal(err)
	}
	want, err := timeline.ParseDate("2033-05-06")
	if err != nil {
		t.Fatal(err)
	}
	if rel.Held != want || rel.Issuer != "NO" {
		t.Errorf("the release was held %v and published by %q, want what was said of it", rel.Held, rel.Issuer)
	}
}

// TestSettledIsTakenBack: what was said last stands on the page with a button that takes it back,
// whatever the release is called since.
func TestSettledIsTakenBack(t *testing.T) {
	a := newArchive(t)
	id := ingest(t, a, each(archive.Input{Name: "undated.txt", Data: []byte(undatedText)}))[0].Release
	s := newServer(t, web.Options{Source: a})
	said := post(t, s, "/doubts", url.Values{"release": {id}, "field": {"held"}, "value": {"2033-05-06"}, "only": {"held"}})
	body := page(t, s, said.Header().Get("Location"))
	const now = "2033-05-06-no-uy-foreign-ministers-meeting"
	contains(t, body, "Settled: held of", `href="/releases/`+now+`"`, "is 2033-05-06.", `action="/doubts/undo"`, "Nothing is in doubt")
	if w := post(t, s, "/doubts/undo", url.Values{"release": {now}, "field": {"held"}, "only": {"held"}}); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/doubts?field=held" {
		t.Fatalf("undo = %d, leads to %q", w.Code, w.Header().Get("Location"))
	}
	contains(t, page(t, s, "/doubts?field=held"), id, "neither the day of the meeting")
	if w := post(t, s, "/doubts/undo", url.Values{"release": {id}, "field": {"place"}}); w.Code == http.StatusSeeOther {
		t.Error("what cannot be settled is taken back")
	}
	for _, path := range []string{"/doubts?settled=zebra&of=held", "/doubts?settled=" + id + "&of=text"} {
		if strings.Contains(page(t, s, path), "Settled:") {
			t.Errorf("%s says that something was settled", path)
		}
	}
}
