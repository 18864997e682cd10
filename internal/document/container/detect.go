package container

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"path"
	"slices"
	"strings"

	"readout/internal/rules/pattern"
)

var (
	jsonFeed    = pattern.New(`^\s*\{(?s:.{0,1000}?)"version"\s*:\s*"https?:(?:\\?/){2}jsonfeed\.org`)
	jsonHead    = pattern.New(`^\s*(?:\{\s*["}]|\[\s*(?:\{\s*["}]|\[\s*["{]|\]\s*$))`)
	wordpress   = pattern.New(`"content"\s*:\s*\{\s*"rendered"`)
	warcRecord  = pattern.New(`^WARC/\d\.\d\r?\n`)
	cdxHeader   = pattern.New(`^ CDX(?: [A-Za-z])+\s*\n`)
	cdxLine     = pattern.New(`^\S+ \d{14} (?:\S+ \S+ (?:\d{3}|-) \S+|\{)`)
	cdxJSONHead = pattern.New(`^\s*\[\s*\[\s*"(?:urlkey|timestamp|original)"`)
)

// Detect says by their content, and for tables by their name, which kind of container
// the bytes are. Documents that are packed as ZIP themselves (DOCX and its like) are
// none. The head of a file is enough, 64 KiB of it.
func Detect(name string, data []byte) Kind {
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
	case bytes.HasPrefix(head, []byte("BZh")) && len(head) > 4 && '1' <= head[3] && head[3] <= '9' &&
		bytes.HasPrefix(head[4:], []byte("1AY&SY")):
		return Bzip2
	case bytes.HasPrefix(head, []byte("\x28\xb5\x2f\xfd")):
		return Zstd
	case warcRecord.Match(head):
		return WARC
	case jsonFeed.Regexp().Match(head):
		return Feed
	case cdxHeader.Match(head), cdxLine.Match(head), cdxJSONHead.Match(head):
		return CDXList
	case jsonHead.Match(head):
		return JSON
	}
	root, declared := xmlRoot(data[:min(len(data), 64<<10)])
	ending := strings.ToLower(path.Ext(strings.ReplaceAll(name, `\`, "/")))
	switch {
	case root == "rss" || root == "feed" || root == "rdf":
		return Feed
	case root == "urlset" || root == "sitemapindex":
		return Sitemap
	case root != "" && root != "html" && (declared || ending == ".xml"):
		return XML
	case ending == ".json" || ending == ".jsonl" || ending == ".ndjson":
		return JSON
	case ending == ".csv" || ending == ".tsv" || tabular(head, len(data) > len(head)):
		return CSV
	}
	return None
}

// xmlRoot returns the name of the first element of XML in lower case, without its
// prefix, after what may stand before it; "" where there is none. It reports whether
// the bytes declare themselves to be XML.
func xmlRoot(data []byte) (root string, declared bool) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if !bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte("<")) {
		return "", false
	}
	s := string(data)
	for {
		s = strings.TrimLeft(s, " \t\r\n")
		switch {
		case strings.HasPrefix(s, "<?"):
			declared = declared || strings.HasPrefix(s, "<?xml")
			s = after(s, "?>")
		case strings.HasPrefix(s, "<!--"):
			s = after(s, "-->")
		case len(s) > 9 && strings.EqualFold(s[:9], "<!doctype"):
			if subset := strings.IndexAny(s, "[>"); subset >= 0 && s[subset] == '[' {
				s = after(s, "]")
			}
			s = after(s, ">")
		case len(s) > 1 && s[0] == '<':
			name := s[1:]
			if end := strings.IndexAny(name, " \t\r\n/>"); end >= 0 {
				name = name[:end]
			}
			if _, local, ok := strings.Cut(name, ":"); ok {
				name = local
			}
			return strings.ToLower(name), declared
		default:
			return "", declared
		}
	}
}

// after returns what follows the first end in s, "" for nothing.
func after(s, end string) string {
	_, rest, _ := strings.Cut(s, end)
	return rest
}

var columnName = pattern.New(`^"?[\p{L}_][\p{L}\p{N}_]*(?:[ _-][\p{L}\p{N}_]+){0,2}"?$`)

// tabular reports whether a text is a table whose first row names its columns: names
// of one to three words without a space between one and the next, and in every row as
// many values. Cut says that the text goes on.
func tabular(head []byte, cut bool) bool {
	first, _, _ := bytes.Cut(head, []byte("\n"))
	comma := separatorOf(first)
	if comma == 0 {
		return false
	}
	names := strings.Split(strings.TrimRight(string(first), "\r"), string(comma))
	if len(names) < 3 || slices.ContainsFunc(names, func(n string) bool { return !columnName.MatchString(n) }) {
		return false
	}
	r := csv.NewReader(bytes.NewReader(head))
	r.Comma, r.FieldsPerRecord = comma, len(names)
	rows := 0
	for ; ; rows++ {
		if _, err := r.Read(); err != nil {
			return rows > 1 && (cut || err.Error() == "EOF")
		}
	}
}

// separatorOf returns the sign that parts the names of columns, 0 for none.
func separatorOf(line []byte) rune {
	for _, c := range []rune{'\t', ';', ','} {
		if bytes.ContainsRune(line, c) {
			return c
		}
	}
	return 0
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
