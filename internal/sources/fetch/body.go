package fetch

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/andybalholm/brotli"
)

// encodings are the content codings that are asked for.
const encodings = "gzip, br"

// readBody reads the body of an answer, decompressed, of at most limit bytes: the
// limit holds after decompression, so a small answer cannot become a large one.
func readBody(resp *http.Response, limit int64) ([]byte, error) {
	if resp.ContentLength > limit {
		return nil, fmt.Errorf("%w: %d bytes, the limit is %d", ErrTooLarge, resp.ContentLength, limit)
	}
	r, err := decompress(resp.Header.Get("Content-Encoding"), resp.Body)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, fmt.Errorf("read body: %w", err)
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, limit)
	}
	return data, nil
}

// decompress undoes one content coding. Several on top of each other have no use
// but as a bomb.
func decompress(coding string, r io.Reader) (io.Reader, error) {
	switch strings.ToLower(strings.TrimSpace(coding)) {
	case "", "identity":
		return r, nil
	case "gzip", "x-gzip":
		z, err := gzip.NewReader(r)
		if errors.Is(err, io.EOF) {
			return strings.NewReader(""), nil // an empty body, as answers to 304 and HEAD have
		}
		if err != nil {
			return nil, fmt.Errorf("read body: gzip: %w", err)
		}
		return z, nil
	case "br":
		return brotli.NewReader(r), nil
	case "deflate":
		// RFC 9110 means zlib; some servers send it bare.
		b := bufio.NewReader(r)
		if head, err := b.Peek(2); err == nil && head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
			z, err := zlib.NewReader(b)
			if err != nil {
				return nil, fmt.Errorf("read body: deflate: %w", err)
			}
			return z, nil
		}
		return flate.NewReader(b), nil
	}
	return nil, fmt.Errorf("read body: content coding %q: %w", coding, errors.ErrUnsupported)
}
