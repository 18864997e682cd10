package web_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"readout/internal/archive"
	"readout/internal/web"
)

// TestTopicOfManyMeetings sees that the page shows the newest meetings and leads to the
// others, and that every link to one of them reaches it.
func TestTopicOfManyMeetings(t *testing.T) {
	a := newArchive(t)
	ingest(t, a, sampleReleases(1, 300))
	s := newServer(t, web.Options{Source: a})
	series := "/series/" + string(sampleSeries(0))
	all, err := a.Series(t.Context(), sampleSeries(0), archive.SeriesOptions{})
	if err != nil {
		t.Fatal(err)
	}
	topic := all.Topics.Topics[0]
	path := series + "/topics/" + topic.ID
	anchors := func(body string) int { return strings.Count(body, `<details id="m-`) }
	short, long := page(t, s, path), page(t, s, path+"?meetings=all")
	if topic.Releases <= 60 || anchors(short) != 60 || anchors(long) != topic.Releases || strings.Contains(long, "earlier meetings that raised it") {
		t.Fatalf("of %d meetings %d are shown, and %d of all", topic.Releases, anchors(short), anchors(long))
	}
	contains(t, short, fmt.Sprintf("%d earlier meetings that raised it", topic.Releases-60), "?meetings=all")
	if got := anchors(page(t, s, path+"?until="+topic.First.AddDays(400).String())); got == 0 || got > 60 {
		t.Errorf("%d of the first meetings are shown", got)
	}
	newest := all.Releases[len(all.Releases)-1]
	matrix := page(t, s, series+"?meetings=all")
	for _, body := range []string{matrix, short, long, page(t, s, "/releases/"+newest.ID), page(t, s, "/releases/"+all.Releases[0].ID), page(t, s, "/changes")} {
		z := html.NewTokenizer(strings.NewReader(body))
		for z.Next() != html.ErrorToken {
			address, anchor, ok := strings.Cut(attr(z.Token(), "href"), "#m-")
			var target string
			switch {
			case !ok:
				continue
			case address == "":
				target = body
			case strings.TrimPrefix(address, path) == "":
				target = short
			case strings.TrimPrefix(address, path) == "?meetings=all":
				target = long
			default:
				continue // another topic
			}
			if !strings.Contains(target, `id="m-`+anchor+`"`) {
				t.Fatalf("a link to %s#m-%s leads to no entry", address, anchor)
			}
		}
	}
}
