package container

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Capture is a line of a CDX listing: a web archive saw a page.
type Capture struct {
	URL       string    // the page's own address
	At        time.Time // when it was seen, UTC
	MediaType string
	Status    int    // of HTTP; 0 where the listing does not say ("-" is said of a page that was as before)
	Digest    string // the same for the same bytes
}

// Replay returns the address under which the Wayback Machine gives the bytes of
// the capture as they were, without its own frame.
func (c Capture) Replay() string {
	return "https://web.archive.org/web/" + c.At.Format(cdxTime) + "id_/" + c.URL
}

const cdxTime = "20060102150405"

// maxListed bounds the lines of a listing.
const maxListed = 1_000_000

// CDX reads a listing of captures: CDX files with a header line, the plain and
// JSON answers of the Wayback CDX server, and CDXJ. Lines that cannot be read are
// left out, and counted in skipped.
func CDX(data []byte) (captures []Capture, skipped int, err error) {
	if cdxJSONHead.Match(data) {
		return cdxRows(data)
	}
	columns := strings.Fields("N b a m s k -")
	for line := range bytes.Lines(data) {
		text := strings.TrimRight(string(line), "\r\n")
		if strings.TrimSpace(text) == "" || strings.HasPrefix(text, "!") {
			continue
		}
		if header, ok := strings.CutPrefix(text, " CDX "); ok {
			columns = strings.Fields(header)
			continue
		}
		if len(captures) >= maxListed {
			return captures, skipped, ErrLimit
		}
		c, ok := cdxRow(text, columns)
		if !ok {
			skipped++
			continue
		}
		captures = append(captures, c)
	}
	if len(captures) == 0 {
		return nil, skipped, ErrEmpty
	}
	return captures, skipped, nil
}

// cdxRow reads one line; columns are the letters of the header.
func cdxRow(line string, columns []string) (Capture, bool) {
	fields := strings.Fields(line)
	if len(fields) >= 3 && strings.HasPrefix(fields[2], "{") { // CDXJ
		var v struct {
			URL, Mime, Digest string
			Status            any
		}
		_, object, _ := strings.Cut(line, " {")
		if json.Unmarshal([]byte("{"+object), &v) != nil {
			return Capture{}, false
		}
		return newCapture(fields[1], v.URL, v.Mime, fmt.Sprint(v.Status), v.Digest)
	}
	var at, address, media, status, digest string
	for i, f := range fields[:min(len(fields), len(columns))] {
		switch columns[i] {
		case "b":
			at = f
		case "a":
			address = f
		case "m":
			media = f
		case "s":
			status = f
		case "k":
			digest = f
		}
	}
	return newCapture(at, address, media, status, digest)
}

func newCapture(at, address, media, status, digest string) (Capture, bool) {
	t, err := time.Parse(cdxTime, at)
	if err != nil {
		return Capture{}, false
	}
	if u, err := url.Parse(address); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return Capture{}, false
	}
	code, _ := strconv.Atoi(status) // "-" is none
	return Capture{URL: address, At: t, MediaType: media, Status: code, Digest: digest}, true
}

// cdxRows reads the JSON answer: a row of names, then rows of values.
func cdxRows(data []byte) (captures []Capture, skipped int, err error) {
	var rows [][]string
	if json.Unmarshal(data, &rows) != nil || len(rows) == 0 {
		return nil, 0, ErrDamaged
	}
	if len(rows) > maxListed {
		return nil, 0, ErrLimit
	}
	for _, row := range rows[1:] {
		v := map[string]string{}
		for i, name := range rows[0] {
			if i < len(row) {
				v[name] = row[i]
			}
		}
		if c, ok := newCapture(v["timestamp"], v["original"], v["mimetype"], v["statuscode"], v["digest"]); ok {
			captures = append(captures, c)
		} else if len(row) > 0 { // the server ends with a key to go on from
			skipped++
		}
	}
	if len(captures) == 0 {
		return nil, skipped, ErrEmpty
	}
	return captures, skipped, nil
}
