package sources_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"readout/internal/reading/names"
	"readout/internal/sources"
	"readout/timeline"
)

// gazetteer holds the built-in names, which takes long to make.
var gazetteer = sync.OnceValue(names.Default)

func parse(s string) (*sources.Config, error) {
	return sources.ParseConfig("sources.yaml", []byte(s), gazetteer())
}

const whole = `# where we look
contact: desk@example.org
proxy: http://10.0.0.1:3128
sources:
  # the press office
  - name: norway
    url: https://mfa.example/press/
    kind: index
    links: '/press/\d{4}/'
    exclude: /photos/
    parties: [NO, Uruguay]
    issuer: NO
    schedule: daily
    rate: 2s
    pages: 3
    select: {links: "main ul a", content: .article, remove: .share}
    headers: {Accept-Language: en}
`

func TestParseConfig(t *testing.T) {
	c, err := parse(whole)
	if err != nil {
		t.Fatal(err)
	}
	s := c.Source("norway")
	if s == nil || c.Contact != "desk@example.org" || c.Proxy == "" {
		t.Fatalf("ParseConfig = %+v", c)
	}
	if s.URL != "https://mfa.example/press/" || s.Kind != sources.Index || s.Every() != 24*time.Hour || s.Rate != sources.Duration(2*time.Second) || s.Pages != 3 ||
		s.Issuer != "NO" || !slices.Equal(s.Parties, []timeline.Party{"NO", "UY"}) || !s.Links.MatchString("https://mfa.example/press/2037/") || s.Headers["Accept-Language"] != "en" {
		t.Errorf("source = %+v", s)
	}
	for _, empty := range []string{"", "# nothing yet\n", "sources: []\n"} {
		if c, err := parse(empty); err != nil || len(c.Sources) != 0 {
			t.Errorf("ParseConfig(%q) = %+v, %v; want no sources", empty, c, err)
		}
	}
}

func TestConfigMistakesNameTheirLine(t *testing.T) {
	for _, tt := range []struct{ file, want string }{
		{"sources:\n  - name: a\n    url: http://a.example/\n    kind: page\n    shedule: 1h\n", `sources.yaml:5: unknown key "shedule"`},
		{"sources:\n  - name: a\n    url: ftp://a.example/\n    kind: page\n", "sources.yaml:3: url:"},
		{"sources:\n  - name: a\n    url: http://a.example/\n    kind: pages\n", "sources.yaml:4: kind:"},
		{"sources:\n  - name: a\n    url: http://a.example/\n    kind: index\n    links: '('\n", "sources.yaml:5: links:"},
		{"sources:\n  - name: a\n    url: http://a.example/\n    kind: index\n    schedule: sometimes\n", "sources.yaml:5: schedule:"},
		{"sources:\n  - name: a\n    url: http://a.example/\n    kind: index\n    parties: [Atlantis]\n", `sources.yaml:5: parties: "Atlantis"`},
		{"sources:\n  - name: a\n    url: http://a.example/\n    kind: index\n    select: {link: a}\n", `sources.yaml:5: unknown key "link"`},
		{"sources:\n  - name: a\n    url: http://a.example/\n    kind: index\n    select: {links: 'a['}\n", "sources.yaml:5: links:"},
		{"sources:\n  - name: a\n    url: http://a.example/\n    kind: index\n    headers: {User-Agent: x}\n", "sources.yaml:5: headers:"},
		{"sources:\n  - name: a\n    url: http://a.example/\n    kind: index\n    headers: {X: \"a\\nb\"}\n", "sources.yaml:5: headers:"},
		{"sources:\n  - name: a\n    url: http://a.example/\n    kind: page\n  - name: a\n    url: http://b.example/\n    kind: page\n", "sources.yaml:5: a source named a"},
		{"sources:\n  - url: http://a.example/\n    kind: page\n", "sources.yaml:2: name"},
		{"sources:\n  - name: a\n    kind: page\n", "has no url"},
		{"sources:\n  - name: a\n    url: http://a.example/\n", "has no kind"},
		{"sources: {name: a}\n", "sources.yaml:1: sources: a list is needed"},
		{"- name: a\n", "sources.yaml:1: settings"},
		{"sources: []\n---\nsources: []\n", "sources.yaml:2: a second document"},
		{"sources: [\n", "sources.yaml:"},
		{"contact: a\ncontact: b\n", "set twice"},
	} {
		_, err := parse(tt.file)
		var line *sources.LineError
		if err == nil || !strings.Contains(err.Error(), tt.want) || !errors.As(err, &line) {
			t.Errorf("ParseConfig(%q) error = %v, want %q", tt.file, err, tt.want)
		}
	}
	_, err := parse("sources:\n  - name: a\n    url: x\n    kind: y\n    zzz: 1\n")
	if err == nil || strings.Count(err.Error(), "sources.yaml:") != 3 {
		t.Errorf("three mistakes are told as %v", err)
	}
}

func TestEditKeepsWhatTheUserWrote(t *testing.T) {
	c, err := parse(whole)
	if err != nil {
		t.Fatal(err)
	}
	re, err := sources.NewPattern(`/news/\d+`)
	if err != nil {
		t.Fatal(err)
	}
	added := &sources.Source{Name: "uruguay", URL: "https://mrree.example/feed", Kind: sources.Feed, Links: re, Issuer: "NO", Parties: []timeline.Party{"NO"},
		Schedule: sources.Duration(90 * time.Minute), Headers: map[string]string{"Accept-Language": "es"}, Pages: 2}
	if err := c.Add(added); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []*sources.Source{{Name: "uruguay", URL: "http://x.example/"}, {Name: "other", URL: added.URL}, {Name: "a b", URL: "http://y.example/"}} {
		if err := c.Add(bad); err == nil {
			t.Errorf("Add(%+v) succeeded", bad)
		}
	}
	out, err := c.Encode()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"# where we look", "# the press office", "schedule: 1h30m"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("the file lost %q:\n%s", want, out)
		}
	}
	again, err := parse(string(out))
	if err != nil {
		t.Fatalf("%v in\n%s", err, out)
	}
	if got := again.Source("uruguay"); got == nil || cmp.Diff(got.Headers, added.Headers) != "" || got.Links.String() != re.String() || got.Schedule != added.Schedule || got.Issuer != "NO" || got.Pages != 2 {
		t.Errorf("read again: %+v, want %+v", got, added)
	}
	if err := again.Remove("norway"); err != nil {
		t.Fatal(err)
	}
	if err := again.Remove("norway"); !errors.Is(err, sources.ErrNoSource) {
		t.Errorf("Remove twice = %v, want ErrNoSource", err)
	}
	out, err = again.Encode()
	if err != nil || strings.Contains(string(out), "norway") || !strings.Contains(string(out), "uruguay") {
		t.Errorf("after Remove: %v\n%s", err, out)
	}
	fresh, err := parse("")
	if err != nil {
		t.Fatal(err)
	}
	if err := fresh.Add(added); err != nil {
		t.Fatal(err)
	}
	if out, err = fresh.Encode(); err != nil || !strings.HasPrefix(string(out), "sources:\n") {
		t.Errorf("a new file: %v\n%s", err, out)
	}
}

func TestNameFor(t *testing.T) {
	c, err := parse("sources:\n  - {name: mfa, url: 'http://mfa.example/', kind: page}\n")
	if err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]string{
		"https://www.mrree.example/press": "mrree", "http://mfa.example/x": "mfa-2", "https://press.mfa.gov.example/": "press-mfa-gov",
		"http://127.0.0.1:80/": "127-0-0-1", "::": "source",
	} {
		if got := c.NameFor(address); got != want {
			t.Errorf("NameFor(%q) = %q, want %q", address, got, want)
		}
	}
}

func TestDuration(t *testing.T) {
	for in, want := range map[string]string{"90m": "1h30m", "24h": "1d", "2w": "2w", "hourly": "1h", "30s": "30s", "daily": "1d"} {
		d, err := sources.ParseDuration(in)
		if err != nil || d.String() != want {
			t.Errorf("ParseDuration(%q) = %v, %v; want %s", in, d, err, want)
		}
		if again, err := sources.ParseDuration(d.String()); err != nil || again != d {
			t.Errorf("%q is read back as %v, %v", d, again, err)
		}
	}
	for _, bad := range []string{"", "0", "-1h", "1y", "99999d", "d"} {
		if d, err := sources.ParseDuration(bad); err == nil {
			t.Errorf("ParseDuration(%q) = %v, want an error", bad, d)
		}
	}
}

func FuzzParseConfig(f *testing.F) {
	f.Add(whole)
	f.Add("sources: [\n")
	f.Add("a: &a [*a]\n")
	f.Fuzz(func(t *testing.T, s string) {
		c, err := parse(s)
		if err != nil {
			return
		}
		out, err := c.Encode()
		if err != nil {
			t.Fatal(err)
		}
		again, err := parse(string(out))
		if err != nil || len(again.Sources) != len(c.Sources) {
			t.Errorf("%q is written as %q, which is read as %v, %v", s, out, again, err)
		}
	})
}

func TestConfigFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "readout", "sources.yaml")
	c, err := sources.ReadConfig(path, gazetteer())
	if err != nil || len(c.Sources) != 0 {
		t.Fatalf("ReadConfig of no file = %+v, %v; want no sources", c, err)
	}
	if err := c.Add(&sources.Source{Name: "a", URL: "http://a.example/", Kind: sources.Page}); err != nil {
		t.Fatal(err)
	}
	if err := c.Write(path); err != nil {
		t.Fatal(err)
	}
	if again, err := sources.ReadConfig(path, gazetteer()); err != nil || again.Source("a") == nil {
		t.Errorf("ReadConfig = %+v, %v; want source a", again, err)
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %q, %v", left, err)
	}
	if err := os.WriteFile(path, []byte("sourses: []\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := sources.ReadConfig(path, gazetteer()); err == nil || !strings.Contains(err.Error(), path+":1:") {
		t.Errorf("ReadConfig of a mistake = %v", err)
	}
}
