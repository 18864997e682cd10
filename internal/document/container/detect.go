package container

import (
	"archive/zip"
	"bytes"
	"regexp"
	"strings"

	"readout/internal/rules/pattern"
)

var (
	feedRoot    = pattern.New(`(?i)^\s*(?:<\?[^>]*>\s*|<!--(?s:.*?)-->\s*|<!doctype[^>]*>\s*)*<(?:\w+:)?(rss|feed|rdf|urlset|sitemapindex)[\s>]`)
	jsonFeed    = pattern.New(`^\s*\{(?s:.{0,1000}?)"version"\s*:\s*"https?:(?:\\?/){2}jsonfeed\.org`)
	warcRecord  = regexp.MustCompile(`^WARC/\d\.\d\r?\n`)
	cdxHeader   = regexp.MustCompile(`^ CDX(?: [A-Za-z])+\s*\n`)
	cdxLine     = regexp.MustCompile(`^\S+ \d{14} (?:\S+ \S+ (?:\d{3}|-) \S+|\{)`)
	cdxJSONHead = regexp.MustCompile(`^\s*\[\s*\[\s*"(?:urlkey|timestamp|original)"`)
)

// Detect says by their content which kind of container the bytes are. Documents
// that are packed as ZIP themselves (DOCX and its like) are none.
func Detect(data []byte) Kind {
	head := bytes.TrimPrefix(data[:min(len(data), 4096)], []byte("\xef\xbb\xbf"))
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		if packedDocument(data) {
			return None
		}
		return ZIP
	case len(head) > 262 && string(head[257:262]) == "ustar":
		return Tar
	case bytes.HasPrefix(head, []byte("\x1f\x8b\x08")):
		return Gzip
	case bytes.HasPrefix(head, []byte("BZh")) && len(head) > 4 && '1' <= head[3] && head[3] <= '9' && bytes.HasPrefix(head[4:], []byte("1AY&SY")):
		return Bzip2
	case bytes.HasPrefix(head, []byte("\x28\xb5\x2f\xfd")):
		return Zstd
	case warcRecord.Match(head):
		return WARC
	case jsonFeed.Regexp().Match(head):
		return Feed
	case cdxHeader.Match(head), cdxLine.Match(head), cdxJSONHead.Match(head):
		return CDXList
	}
	if m := feedRoot.Regexp().FindSubmatch(head); m != nil {
		switch strings.ToLower(string(m[1])) {
		case "urlset", "sitemapindex":
			return Sitemap
		}
		return Feed
	}
	return None
}

// packedDocument reports whether a ZIP archive is one document: an Office Open XML
// package, or one that names its media type first as OpenDocument and EPUB do.
func packedDocument(data []byte) bool {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		head := data[:min(len(data), 4096)]
		return bytes.Contains(head, []byte("[Content_Types].xml")) || bytes.Contains(head, []byte("mimetypeapplication/"))
	}
	for i, f := range z.File {
		if f.Name == "[Content_Types].xml" || i == 0 && f.Name == "mimetype" {
			return true
		}
	}
	return false
}
