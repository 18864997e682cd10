// Package warc writes captured documents as web archives: WARC (ISO 28500), and WACZ, a ZIP
// of a WARC file with an index and a list of its pages (https://specs.webrecorder.net/wacz).
//
// Each document is a record of type resource: the bytes as they were seen, without the answer
// of a server around them, which was not kept. What it writes depends on the documents and
// their order alone. Package container reads it.
package warc

import (
	"archive/zip"
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"readout/internal/document/container"
	"readout/internal/letters"
)

// Document is one capture.
type Document struct {
	URL       string // "" for none
	Name      string // of the file, where URL is ""
	MediaType string
	At        time.Time
	Data      []byte
	Title     string // for the list of pages
}

// address is what the record is about.
func (d *Document) address() string {
	if d.URL != "" {
		return letters.Clean(d.URL)
	}
	return container.NamePrefix + url.PathEscape(d.Name)
}

// mediaType is what the bytes are: as the server said, else by the ending of the name.
func (d *Document) mediaType() string {
	if d.MediaType != "" {
		return letters.Clean(d.MediaType)
	}
	switch ending := strings.ToLower(path.Ext(cmp.Or(d.Name, d.URL))); ending {
	case ".md":
		return "text/markdown"
	case ".txt":
		return "text/plain"
	default:
		return cmp.Or(mime.TypeByExtension(ending), "application/octet-stream")
	}
}

// Write writes the documents as a WARC file that is compressed record by record.
func Write(w io.Writer, software string, documents func(func(*Document, error) bool)) error {
	_, err := write(w, software, documents)
	return err
}

// entry is where a record stands in a file.
type entry struct {
	key, stamp   string // of the index: the address back to front, and the time
	of           *Document
	offset, size int64
	digest       string
}

func write(w io.Writer, software string, documents func(func(*Document, error) bool)) ([]entry, error) {
	out := &counter{w: w}
	info := "software: " + software + "\r\nformat: WARC File Format 1.1\r\n"
	if err := record(out, [][2]string{{"WARC-Type", "warcinfo"}, {"WARC-Record-ID", recordID("warcinfo", info)},
		{"WARC-Date", "1970-01-01T00:00:00Z"}, {"Content-Type", "application/warc-fields"}}, []byte(info)); err != nil {
		return nil, err
	}
	var entries []entry
	for d, err := range documents {
		if err != nil {
			return nil, err
		}
		sum := sha1.Sum(d.Data) // what the readers of such files expect; it proves nothing here
		digest := "sha1:" + base32.StdEncoding.EncodeToString(sum[:])
		at := d.At.UTC().Format(time.RFC3339Nano)
		from := out.n
		err := record(out, [][2]string{{"WARC-Type", "resource"}, {"WARC-Record-ID", recordID(d.address(), at+digest)}, {"WARC-Date", at},
			{"WARC-Target-URI", d.address()}, {"WARC-Payload-Digest", digest}, {"WARC-Block-Digest", digest},
			{"Content-Type", d.mediaType()}}, d.Data)
		if err != nil {
			return nil, err
		}
		entries = append(entries, entry{indexKey(d.address()), d.At.UTC().Format("20060102150405"), &Document{
			URL:       d.address(),
			MediaType: d.mediaType(),
			At:        d.At,
			Title:     d.Title,
		},
			from, out.n - from, digest})
	}
	return entries, nil
}

// recordID names a record by what it holds, so that the same documents give the same file.
func recordID(parts ...string) string {
	return "<" + uuid.NewSHA1(uuid.NameSpaceURL, []byte(strings.Join(parts, "\n"))).URN() + ">"
}

// record writes one record as a member of its own.
func record(w io.Writer, header [][2]string, block []byte) error {
	z := gzip.NewWriter(w)
	var b strings.Builder
	b.WriteString("WARC/1.1\r\n")
	for _, h := range header {
		fmt.Fprintf(&b, "%s: %s\r\n", h[0], h[1])
	}
	fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n", len(block))
	for _, part := range [][]byte{[]byte(b.String()), block, []byte("\r\n\r\n")} {
		if _, err := z.Write(part); err != nil {
			return err
		}
	}
	return z.Close()
}

// counter counts what is written.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += int64(n)
	return n, err
}

// indexKey is an address back to front, by which indexes are sorted: com,example)/page.
func indexKey(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return strings.ToLower(address)
	}
	host := strings.Split(strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."), ".")
	slices.Reverse(host)
	key := strings.Join(host, ",")
	if u.Port() != "" {
		key += ":" + u.Port()
	}
	key += ")" + cmp.Or(strings.ToLower(u.EscapedPath()), "/")
	if u.RawQuery != "" {
		key += "?" + strings.ToLower(u.RawQuery)
	}
	return key
}

// WriteWACZ writes the documents as a WACZ file.
func WriteWACZ(w io.Writer, software string, documents func(func(*Document, error) bool)) error {
	z := &packer{zip: zip.NewWriter(w)}
	var entries []entry
	z.add("archive/data.warc.gz", zip.Store, func(w io.Writer) (err error) {
		entries, err = write(w, software, documents)
		return err
	})
	slices.SortStableFunc(entries, func(a, b entry) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.stamp, b.stamp)) })
	z.add("indexes/index.cdx", zip.Deflate, func(w io.Writer) error { return index(w, entries) })
	z.add("pages/pages.jsonl", zip.Deflate, func(w io.Writer) error { return pages(w, entries) })
	z.describe(software)
	if z.err != nil {
		return z.err
	}
	return z.zip.Close()
}

// index writes a line of CDXJ for each record.
func index(w io.Writer, entries []entry) error {
	for _, e := range entries {
		line, err := json.Marshal(map[string]string{"url": e.of.URL, "mime": e.of.MediaType, "status": "200", "digest": e.digest,
			"length": fmt.Sprint(e.size), "offset": fmt.Sprint(e.offset), "filename": "data.warc.gz"})
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, "%s %s %s\n", e.key, e.stamp, line); err != nil {
			return err
		}
	}
	return nil
}

// pages lists what a person opens.
func pages(w io.Writer, entries []entry) error {
	enc := json.NewEncoder(w)
	if err := enc.Encode(map[string]string{"format": "json-pages-1.0", "id": "pages", "title": "All pages"}); err != nil {
		return err
	}
	for _, e := range entries {
		page := struct {
			ID    string    `json:"id"`
			URL   string    `json:"url"`
			At    time.Time `json:"ts"`
			Title string    `json:"title,omitempty"`
		}{uuid.NewSHA1(uuid.NameSpaceURL, []byte(e.of.URL+e.stamp)).String(), e.of.URL, e.of.At.UTC(), e.of.Title}
		if err := enc.Encode(page); err != nil {
			return err
		}
	}
	return nil
}

// packer fills a ZIP file and notes what is in it. After an error it does nothing more.
type packer struct {
	zip     *zip.Writer
	members []member
	err     error
}

type member struct {
	Name  string `json:"name"`
	Path  string `json:"path"`
	Hash  string `json:"hash"`
	Bytes int64  `json:"bytes"`
}

func (p *packer) add(name string, method uint16, fill func(io.Writer) error) {
	if p.err != nil {
		return
	}
	w, err := p.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method})
	if err != nil {
		p.err = err
		return
	}
	sum := sha256.New()
	count := &counter{w: io.MultiWriter(w, sum)}
	p.err = fill(count)
	p.members = append(p.members, member{path.Base(name), name, "sha256:" + hex.EncodeToString(sum.Sum(nil)), count.n})
}

// describe adds the description of the package, and its hash.
func (p *packer) describe(software string) {
	text, err := json.MarshalIndent(map[string]any{
		"profile":      "data-package",
		"wacz_version": "1.1.1",
		"software":     software,
		"resources":    p.members,
	}, "", "  ")
	if err != nil {
		p.err = cmp.Or(p.err, err)
		return
	}
	p.add("datapackage.json", zip.Deflate, func(w io.Writer) error {
		_, err := io.Copy(w, bytes.NewReader(text))
		return err
	})
	sum := sha256.Sum256(text)
	p.add("datapackage-digest.json", zip.Deflate, func(w io.Writer) error {
		return json.NewEncoder(w).Encode(map[string]string{"path": "datapackage.json", "hash": "sha256:" + hex.EncodeToString(sum[:])})
	})
}
