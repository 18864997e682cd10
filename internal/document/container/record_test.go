package container_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"readout/internal/document/container"
)

const posts = `[
 {"id": 7, "date": "2036-03-02T10:00:00", "modified": "2036-03-03T10:00:00", "link": "https://mfa.example/n/7",
  "title": {"rendered": "Norway &amp; Uruguay: <em>krill</em> &#038; ice"}, "content": {"rendered": "<p>They agreed.</p>\n", "protected": false}},
 {"id": 8, "date": "2036-03-09T10:00:00", "link": "https://mfa.example/n/8", "title": {"rendered": "Call"}, "content": {"rendered": "<p>They talked.</p>"}}]`

// opened returns the documents of a container by their names, and its errors.
func opened(name, data string, m *container.Mapping) (pages map[string]string, errs []error) {
	pages = map[string]string{}
	for it, err := range container.Open(name, []byte(data), container.Options{Mapping: m}) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		pages[it.Name] = string(it.Data)
	}
	return pages, errs
}

func TestAnswerOfAnInterface(t *testing.T) {
	pages, errs := opened("posts.json", posts, nil)
	want := map[string]string{
		"posts.json/https://mfa.example/n/7": "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">\n<title>Norway &amp; Uruguay: krill &amp; ice</title>\n" +
			"<link rel=\"canonical\" href=\"https://mfa.example/n/7\">\n<meta property=\"article:published_time\" content=\"2036-03-02T10:00:00\">\n" +
			"<meta property=\"article:modified_time\" content=\"2036-03-03T10:00:00\">\n</head><body><article>\n<h1>Norway &amp; Uruguay: krill &amp; ice</h1>\n" +
			"<p>They agreed.</p>\n\n</article></body></html>\n",
		"posts.json/https://mfa.example/n/8": "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">\n<title>Call</title>\n" +
			"<link rel=\"canonical\" href=\"https://mfa.example/n/8\">\n<meta property=\"article:published_time\" content=\"2036-03-09T10:00:00\">\n" +
			"</head><body><article>\n<h1>Call</h1>\n<p>They talked.</p>\n</article></body></html>\n",
	}
	if diff := cmp.Diff(want, pages); diff != "" || errs != nil {
		t.Errorf("errors %v, pages (-want +got):\n%s", errs, diff)
	}
	// One record is one release, and so is each line of JSON Lines.
	one := strings.TrimSuffix(strings.SplitN(posts, "}},\n", 2)[0], "") + "}}"
	for name, data := range map[string]string{"a": strings.TrimPrefix(one, "["), "a.jsonl": strings.TrimPrefix(one, "[\n") + "\n" + `{"title": {"rendered": "B"}, "link": "https://mfa.example/b", "content": {"rendered": "b"}}`} {
		if pages, errs := opened(name, data, nil); errs != nil || len(pages) == 0 {
			t.Errorf("%s: %d pages, %v", name, len(pages), errs)
		}
	}
	if _, errs := opened("x", `{"code": "rest_no_route", "message": "No route was found", "data": {"status": 404}}`, nil); len(errs) != 1 || !errors.Is(errs[0], container.ErrAnswer) {
		t.Errorf("an error is taken for %v", errs)
	}
	if _, errs := opened("x", `[{"link": "https://mfa.example/b", "title": {"rendered": "B"}, "excerpt": {"rendered": "b"}}]`, nil); len(errs) != 1 || !errors.Is(errs[0], container.ErrSummary) {
		t.Errorf("a record without its text is taken for %v", errs)
	}
}

func TestMapping(t *testing.T) {
	const text = "<h1>Talks</h1>\n<p>They agreed.</p>"
	for _, tt := range []struct {
		name, data string
		m          container.Mapping
	}{
		{"a.json", `{"data": {"items": [{"head": "Talks", "body": ["They agreed."], "at": {"day": "2036-03-02"}, "no": 7, "self": "https://mfa.example/7"}]}}`,
			container.Mapping{Records: "data.items", Title: "head", Text: "body.0", Published: "at.day", URL: "self"}},
		{"a.csv", "\ufeffday;head;body;self\n2036-03-02;Talks;\"They agreed.\";https://mfa.example/7\n",
			container.Mapping{Title: "head", Text: "body", Published: "day", URL: "self"}},
		{"a.xml", `<?xml version="1.0" encoding="utf-8"?><r><n at="2036-03-02"><t>Talks</t><b><![CDATA[<p>They agreed.</p>]]></b><self>https://mfa.example/7</self></n></r>`,
			container.Mapping{Records: "r.n", Title: "t", Text: "b", Published: "@at", URL: "self"}},
		{"b.xml", `<?xml version="1.0"?><!-- x --><r><n at="2036-03-02"><t>Talks</t><b><p>They agreed.</p></b><self>https://mfa.example/7</self></n></r>`,
			container.Mapping{Records: "r.n", Title: "t", Text: "b", Published: "@at", URL: "self"}},
	} {
		pages, errs := opened(tt.name, tt.data, &tt.m)
		page := pages[tt.name+"/https://mfa.example/7"]
		if errs != nil || !strings.Contains(page, text) || !strings.Contains(page, `content="2036-03-02"`) {
			t.Errorf("%s: %v, %v", tt.name, errs, pages)
		}
		// Without the mapping nothing is guessed.
		if _, errs := opened(tt.name, tt.data, nil); len(errs) != 1 || !errors.Is(errs[0], container.ErrNoMapping) {
			t.Errorf("%s without a mapping: %v", tt.name, errs)
		}
		if _, errs := opened(tt.name, tt.data, &container.Mapping{Records: "nowhere", Text: "x"}); len(errs) != 1 || !errors.Is(errs[0], container.ErrNoRecord) {
			t.Errorf("%s with a mapping that does not fit: %v", tt.name, errs)
		}
	}
}

func TestKindsOfData(t *testing.T) {
	for data, want := range map[string]container.Kind{
		`{"a": 1}`: container.JSON, "[\n {\"a\": 1}]": container.JSON, "[]": container.JSON,
		"[Provisional translation]\nThe ministers met.": container.None, "{The ministers met.}": container.None,
		"date,title,body\n2036-03-02,\"A, b\",c\n":                                                   container.CSV,
		"Date\tTitle\tFull text\nx\ty\tz\n":                                                          container.CSV,
		"Oslo, Norway, 17 April 2031\nThe ministers met, talked, left.\n":                            container.None,
		"Norway,Uruguay\nOslo,Bergen\n":                                                              container.None,
		"Norway,Uruguay,Peru\nThe ministers met, and talked.\n":                                      container.None,
		`<?xml version="1.0"?><releases/>`:                                                           container.XML,
		`<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html xmlns="y">`:                            container.None,
		`<!DOCTYPE rss [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><rss version="2.0">`:                    container.Feed,
		"<?xml version='1.0'?>\n<!-- a > b -->\n<x:feed xmlns:x='http://www.w3.org/2005/Atom'>":      container.Feed,
		"<p>The ministers met.":                                                                      container.None,
		"<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'></urlset>": container.Sitemap,
	} {
		if got := container.Detect("x", []byte(data)); got != want {
			t.Errorf("Detect(%q) = %q, want %q", data, got, want)
		}
	}
}

// A feed that cannot be read is damaged, and no text.
func TestDamagedData(t *testing.T) {
	for name, data := range map[string]string{
		"feed": `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ten">]><rss version="2.0"><channel><title>&a;</title><item><title>Norway`,
		"json": `{"title": "Norway`, "deep": `[{"a": ` + strings.Repeat(`[`, 500), "xml": `<?xml version="1.0"?><a><b></a>`,
		"deep.xml": `<?xml version="1.0"?>` + strings.Repeat(`<a>`, 500),
	} {
		m := &container.Mapping{Text: "x"}
		if pages, errs := opened(name, data, m); len(pages) > 0 || len(errs) != 1 || !errors.Is(errs[0], container.ErrDamaged) {
			t.Errorf("%s: %v, %v", name, pages, errs)
		}
	}
}
