package container

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/textproto"
	neturl "net/url"
	"strconv"
	"strings"
	"time"
)

// warcHeader bounds the header of a record.
const warcHeader = 1 << 20

// NamePrefix begins the address of a record that stands for a file: what follows is its name,
// with the escapes of an address.
const NamePrefix = "urn:readout:"

// warcMembers opens a WARC file that is compressed record by record, as the format
// has it, and reports whether it is one. A damaged member costs itself only.
func (w *walk) warcMembers(it Item, depth int) bool {
	opened := false
	for at := 0; at < len(it.Data) && !w.stopped; {
		src := bytes.NewReader(it.Data[at:])
		var record []byte
		z, err := gzip.NewReader(src)
		if err == nil {
			z.Multistream(false)
			if !opened {
				head := make([]byte, 16)
				n, _ := io.ReadFull(z, head)
				if !warcRecord.Match(head[:n]) {
					return false
				}
				opened = true
				record, err = w.read(io.MultiReader(bytes.NewReader(head[:n]), z))
			} else {
				record, err = w.read(z)
			}
		} else if !opened {
			return false
		}
		if len(record) > 0 {
			w.records(it.Name, record, depth)
		}
		if errors.Is(err, ErrLimit) && w.exhausted() {
			w.stop(it.Name, err)
			return true
		}
		if err == nil {
			at = len(it.Data) - src.Len()
			continue
		}
		w.fail(it.Name, fmt.Errorf("record at byte %d: %w", at, damage(err)))
		next := bytes.Index(it.Data[at+1:], []byte("\x1f\x8b\x08"))
		if next < 0 {
			return true
		}
		at += 1 + next
	}
	return opened
}

// damage hides what a library says of damaged bytes.
func damage(err error) error {
	if errors.Is(err, ErrLimit) {
		return err
	}
	return ErrDamaged
}

func (w *walk) warc(it Item, depth int) { w.records(it.Name, it.Data, depth) }

// records takes in WARC records that follow each other (ISO 28500).
func (w *walk) records(name string, data []byte, depth int) {
	for !w.stopped {
		data = bytes.TrimLeft(data, "\r\n")
		if len(data) == 0 || !w.count(name) {
			return
		}
		header, body, rest, err := splitRecord(data)
		if err != nil {
			w.fail(name, err)
			next := bytes.Index(data[1:], []byte("\nWARC/1."))
			if next < 0 {
				return
			}
			data = data[next+2:]
			continue
		}
		data = rest
		w.record(name, header, body, depth)
	}
}

// splitRecord parts the first record from what follows it.
func splitRecord(data []byte) (header textproto.MIMEHeader, body, rest []byte, err error) {
	first, after, ok := bytes.Cut(data, []byte("\n"))
	if !ok || !warcRecord.Match(append(bytes.Clone(first), '\n')) {
		return nil, nil, nil, ErrDamaged
	}
	src := bytes.NewReader(after[:min(len(after), warcHeader)])
	buffered := bufio.NewReader(src)
	header, err = textproto.NewReader(buffered).ReadMIMEHeader()
	if err != nil {
		return nil, nil, nil, ErrDamaged
	}
	at := min(len(after), warcHeader) - src.Len() - buffered.Buffered()
	n, err := strconv.ParseInt(strings.TrimSpace(header.Get("Content-Length")), 10, 64)
	if err != nil || n < 0 || n > int64(len(after)-at) {
		return nil, nil, nil, fmt.Errorf("record of %q: %w", header.Get("Warc-Target-Uri"), ErrDamaged)
	}
	end := at + int(n)
	return header, after[at:end], after[end:], nil
}

// record takes in one record: the page that a server answered with, or a resource
// saved without its answer. Requests, metadata, answers that say "moved" or "not
// found", and records that only say "as before" hold no document.
func (w *walk) record(container string, h textproto.MIMEHeader, body []byte, depth int) {
	url := strings.ToValidUTF8(strings.Trim(h.Get("Warc-Target-Uri"), "<> "), "\uFFFD")
	it := Item{Name: container + "/" + url, URL: url}
	if name, ok := strings.CutPrefix(url, NamePrefix); ok {
		if plain, err := neturl.PathUnescape(name); err == nil {
			it.Name, it.URL = strings.ToValidUTF8(plain, "\uFFFD"), ""
		}
	}
	// Some tools write a time without the T or zone that the standard asks for.
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", "20060102150405"} {
		if t, err := time.Parse(layout, h.Get("Warc-Date")); err == nil {
			it.CapturedAt = t.UTC()
			break
		}
	}
	switch strings.ToLower(h.Get("Warc-Type")) {
	case "resource":
		it.Data, it.MediaType = body, h.Get("Content-Type")
	case "response":
		if !strings.HasPrefix(url, "http") {
			return // answers of name servers
		}
		status, media, data, err := w.answer(body)
		if err != nil {
			w.fail(it.Name, err)
			return
		}
		if status != http.StatusOK {
			return
		}
		it.Data, it.MediaType = data, media
	default:
		return
	}
	if it.CapturedAt.IsZero() && relevant(it) {
		w.fail(it.Name, fmt.Errorf("record without a date: %w", ErrDamaged))
		return
	}
	w.member(it, depth)
}

// answer reads an HTTP response as it came over the wire.
func (w *walk) answer(body []byte) (status int, media string, data []byte, err error) {
	// Some tools keep the version of HTTP that was spoken, which has no such line.
	if line, rest, ok := bytes.Cut(body, []byte("\n")); ok &&
		(bytes.HasPrefix(line, []byte("HTTP/2 ")) || bytes.HasPrefix(line, []byte("HTTP/3 "))) {
		body = append(append([]byte("HTTP/1.1"), line[len("HTTP/2"):]...), append([]byte("\n"), rest...)...)
	}
	resp, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(body)), nil)
	if err != nil {
		return 0, "", nil, ErrDamaged
	}
	defer resp.Body.Close()
	media = resp.Header.Get("Content-Type")
	if resp.StatusCode != http.StatusOK || !relevant(Item{Data: body, MediaType: media}) {
		return resp.StatusCode, media, nil, nil
	}
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		// The tool has taken the chunks or the length apart already.
		_, raw, _ = bytes.Cut(body, []byte("\r\n\r\n"))
	}
	data, err = w.decoded(raw, resp.Header.Get("Content-Encoding"))
	return resp.StatusCode, media, data, err
}

// decoded undoes a content encoding. Many tools store the text decoded and leave
// the header as it was.
func (w *walk) decoded(raw []byte, encoding string) ([]byte, error) {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "gzip", "x-gzip":
		if z, err := gzip.NewReader(bytes.NewReader(raw)); err == nil {
			return w.read(z)
		}
	case "deflate":
		if z, err := zlib.NewReader(bytes.NewReader(raw)); err == nil {
			return w.read(z)
		}
	case "br", "zstd":
		if Detect("", raw) == Zstd {
			if z, err := decompressor(raw, Zstd); err == nil {
				defer z.Close()
				return w.read(z)
			}
		}
		if !textual(raw) {
			return nil, fmt.Errorf("content encoding %q is not read", encoding)
		}
	}
	return raw, nil
}

// textual reports whether bytes are text rather than compressed.
func textual(data []byte) bool {
	head := data[:min(len(data), 512)]
	odd := 0
	for _, c := range head {
		if c < 0x20 && c != '\n' && c != '\r' && c != '\t' {
			odd++
		}
	}
	return odd*50 <= len(head)
}
