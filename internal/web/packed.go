package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

// packedFrom is the size in bytes from which an answer is compressed for who takes it so.
const packedFrom = 1024

// coding is a way to compress an answer, as HTTP names it; "" is none.
type coding string

// The codings, the one that packs best first.
const (
	brotliCoding coding = "br"
	gzipCoding   coding = "gzip"
)

// content is a body with its forms on the wire, each made when it is first asked for and
// kept, so that a page that stays the same is compressed once.
type content struct {
	plain []byte
	hash  string // names the body in validators
	forms map[coding]func() []byte
}

// Brotli at its middle level is about as quick as gzip and packs a page by a fifth more.
const brotliLevel = 5

func newContent(plain []byte) *content {
	sum := sha256.Sum256(plain)
	c := &content{plain: plain, hash: hex.EncodeToString(sum[:12]), forms: map[coding]func() []byte{}}
	for name, pack := range map[coding]func(io.Writer) io.WriteCloser{
		brotliCoding: func(w io.Writer) io.WriteCloser { return brotli.NewWriterLevel(w, brotliLevel) },
		gzipCoding:   func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) },
	} {
		c.forms[name] = sync.OnceValue(func() []byte {
			var out bytes.Buffer
			w := pack(&out)
			// A buffer takes everything.
			_, _ = w.Write(plain)
			_ = w.Close()
			return out.Bytes()
		})
	}
	return c
}

// answer sends the content as something that only this caller may keep.
func (c *content) answer(w http.ResponseWriter, r *http.Request, mediaType string, status int) {
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("Cache-Control", "private, no-cache")
	c.send(w, r, status)
}

// send writes the content as the caller takes it, or says that the caller has it already.
// The headers that are set before stay.
func (c *content) send(w http.ResponseWriter, r *http.Request, status int) {
	h := w.Header()
	h.Add("Vary", "Accept-Encoding")
	body, tag := c.plain, c.hash
	if len(c.plain) >= packedFrom {
		if name := accepted(r.Header.Get("Accept-Encoding")); name != "" {
			body, tag = c.forms[name](), c.hash+"-"+string(name)
			h.Set("Content-Encoding", string(name))
		}
	}
	if status == http.StatusOK {
		tag = `"` + tag + `"`
		h.Set("ETag", tag)
		if matches(r.Header.Get("If-None-Match"), tag) {
			h.Del("Content-Encoding")
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the caller has gone
	}
}

// accepted returns the best coding that an Accept-Encoding header allows (RFC 9110,
// 12.5.3), "" for none.
func accepted(header string) coding {
	weight := map[coding]float64{}
	for part := range strings.SplitSeq(header, ",") {
		name, parameter, _ := strings.Cut(part, ";")
		weight[coding(strings.ToLower(strings.TrimSpace(name)))] = quality(parameter)
	}
	best, most := coding(""), 0.0
	for _, c := range []coding{brotliCoding, gzipCoding} {
		q, named := weight[c]
		if !named {
			q = weight["*"]
		}
		if q > most {
			best, most = c, q
		}
	}
	return best
}

// quality reads "q=0.5": 1 where it is missing, 0 where it cannot be read.
func quality(parameter string) float64 {
	value, ok := strings.CutPrefix(strings.ReplaceAll(strings.ToLower(parameter), " ", ""), "q=")
	if !ok {
		return 1
	}
	q, err := strconv.ParseFloat(value, 64)
	if err != nil || q < 0 || q > 1 {
		return 0
	}
	return q
}
