package sources

import (
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/publicsuffix"

	"readout/internal/archive/address"
	"readout/internal/rules/pattern"
)

// normalAddress is the form under which an address is known: without fragment,
// parameters that track and default port, host and scheme in lower case.
func normalAddress(u *url.URL) string {
	n := *u
	n.Scheme, n.Host = strings.ToLower(n.Scheme), strings.ToLower(n.Host)
	if n.Scheme == "http" {
		n.Host = strings.TrimSuffix(n.Host, ":80")
	} else {
		n.Host = strings.TrimSuffix(n.Host, ":443")
	}
	n.Fragment, n.RawFragment, n.User = "", "", nil
	if n.Path == "" {
		n.Path = "/"
	}
	if n.RawQuery != "" {
		var kept []string
		for _, pair := range strings.Split(n.RawQuery, "&") {
			key, _, _ := strings.Cut(strings.ToLower(pair), "=")
			if key != "" && !address.Tracks(key) {
				kept = append(kept, pair)
			}
		}
		n.RawQuery = strings.Join(kept, "&")
	}
	n.ForceQuery = false
	return n.String()
}

// sameSite reports whether two hosts belong to the same owner: the same name below
// the public suffix, or the same host where there is none.
func sameSite(a, b string) bool {
	if strings.EqualFold(a, b) {
		return true
	}
	da, err := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(a))
	if err != nil {
		return false
	}
	db, err := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(b))
	return err == nil && da == db
}

var (
	digits    = pattern.New(`\d+`)
	datedPath = pattern.New(`(?:^|[^0-9])(?:(?:19|20)\d{2}(?:[/_.-]?(?:0?[1-9]|1[0-2])(?:[/_.-]?(?:0?[1-9]|[12]\d|3[01]))?)?)(?:[^0-9]|$)|(?:^|[^0-9])\d{6}(?:_\d+)?(?:[^0-9]|$)`)
	numbered  = pattern.New(`\d{4,}`)
)

// shape is what addresses of one kind have in common: digits and the words of the
// last segment do not count.
func shape(u *url.URL) string {
	dir, last := path.Split(strings.TrimSuffix(u.Path, "/"))
	ext := path.Ext(last)
	if len(ext) > 6 || digits.MatchString(ext) {
		ext = ""
	}
	s := strings.ToLower(u.Host) + digits.ReplaceAllString(dir, "#") + "*" + strings.ToLower(ext)
	for i, key := range sortedKeys(u.Query()) {
		s += map[bool]string{true: "?", false: "&"}[i == 0] + key
	}
	return s
}

// isFile reports whether a path ends like something that is no document.
func isFile(p string) bool {
	switch strings.ToLower(path.Ext(p)) {
	case ".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp", ".ico", ".css", ".js", ".json", ".xml", ".rss", ".atom", ".ics",
		".zip", ".gz", ".tar", ".rar", ".7z", ".mp3", ".mp4", ".m4a", ".mov", ".avi", ".wmv", ".webm", ".wav",
		".xls", ".xlsx", ".csv", ".ppt", ".pptx", ".exe", ".apk", ".woff", ".woff2", ".epub":
		return true
	}
	return false
}
