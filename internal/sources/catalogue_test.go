package sources_test

import (
	"net/url"
	"testing"

	"readout/internal/reading/names"
	"readout/internal/sources"
)

// TestCatalogue asks of every entry what sources add needs of it.
func TestCatalogue(t *testing.T) {
	all, err := sources.Catalogue()
	if err != nil || len(all) == 0 {
		t.Fatalf("Catalogue() = %d entries, %v", len(all), err)
	}
	known := names.Default()
	seen := map[string]bool{}
	for _, s := range all {
		u, err := url.Parse(s.URL)
		if err != nil || u.Scheme != "https" || u.Host == "" {
			t.Errorf("%s: address %q, %v", s.Name, s.URL, err)
		}
		if p, ok := known.Lookup(string(s.Party)); !ok || p != s.Party {
			t.Errorf("%s: party %q is not known", s.Name, s.Party)
		}
		if seen[s.Name] || seen[s.URL] || s.Publisher == "" {
			t.Errorf("%s stands twice, or has no publisher", s.Name)
		}
		seen[s.Name], seen[s.URL] = true, true
	}
	s, err := sources.FromCatalogue("JP")
	if err != nil || s.Name != "jp" || s.Issuer != "JP" || s.URL == "" {
		t.Errorf("FromCatalogue(JP) = %+v, %v", s, err)
	}
	if s, err := sources.FromCatalogue("atlantis"); err == nil {
		t.Errorf("FromCatalogue(atlantis) = %+v, want an error", s)
	}
}
