package document

import (
	"bytes"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode/utf32"
)

// decode turns bytes into a string of valid UTF-8 and names the encoding. It
// reports false for bytes that are no text in any encoding.
//
// In order: a byte order mark; bytes that are plainly UTF-8, whatever they are
// declared to be; the encoding declared from outside, then inside; and what the
// statistics of the bytes say, where nothing is declared or the declaration
// plainly does not fit.
func decode(data []byte, o Options) (text, name string, ok bool) {
	if enc, name, skip := byteOrderMark(data); enc != nil {
		return decodeWith(enc, data[skip:]), name, true
	}
	if enc, name := wide(data); enc != nil {
		return decodeWith(enc, data), name, true
	}
	if unshifted, ok := shiftedKorean(data); ok {
		return decodeWith(lookup("euc-kr"), unshifted), "iso-2022-kr", true
	}
	if binary(data) {
		return "", "", false
	}
	declared := declarations(data, o)
	if plainlyUTF8(data, declared) {
		return string(data), "utf-8", true
	}
	for _, label := range declared {
		if enc, name := charset.Lookup(label); enc != nil {
			if text := decodeWith(enc, data); fits(text) {
				return text, name, true
			}
		}
	}
	text, name = detect(data)
	return text, name, true
}

// byteOrderMark returns the encoding that a byte order mark declares and the
// length of the mark.
func byteOrderMark(data []byte) (encoding.Encoding, string, int) {
	for _, m := range []struct{ mark, name string }{
		{"\xef\xbb\xbf", "utf-8"},
		{"\xff\xfe\x00\x00", "utf-32le"}, // before utf-16le, whose mark it begins with
		{"\x00\x00\xfe\xff", "utf-32be"},
		{"\xff\xfe", "utf-16le"},
		{"\xfe\xff", "utf-16be"},
	} {
		if bytes.HasPrefix(data, []byte(m.mark)) {
			return lookup(m.name), m.name, len(m.mark)
		}
	}
	return nil, "", 0
}

// lookup finds an encoding by a WHATWG label, or by one of the few names outside
// that standard.
func lookup(label string) encoding.Encoding {
	switch strings.ToLower(label) {
	case "utf-32le":
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
	case "utf-32be":
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)
	case "ibm855":
		return charmap.CodePage855
	}
	enc, _ := charset.Lookup(label)
	return enc
}

// wide recognises UTF-16 and UTF-32 without a mark by where their zero bytes
// stand: every text holds some spaces, line ends or tags.
func wide(data []byte) (encoding.Encoding, string) {
	sample := data[:min(len(data), 8192)&^3]
	var zero [4]int
	for i, c := range sample {
		if c == 0 {
			zero[i&3]++
		}
	}
	quarter := len(sample) / 4
	if quarter == 0 {
		return nil, ""
	}
	name := ""
	switch even, odd := zero[0]+zero[2], zero[1]+zero[3]; {
	case zero[3] == quarter && zero[2] >= quarter*9/10 && zero[0] == 0:
		name = "utf-32le"
	case zero[0] == quarter && zero[1] >= quarter*9/10 && zero[3] == 0:
		name = "utf-32be"
	case even == 0 && odd > quarter/16:
		name = "utf-16le"
	case odd == 0 && even > quarter/16:
		name = "utf-16be"
	default:
		return nil, ""
	}
	return lookup(name), name
}

// shiftedKorean turns ISO-2022-KR, in which two control characters switch between
// ASCII and Korean, into EUC-KR, which sets the high bit instead (RFC 1557). It
// reports false for all other bytes.
func shiftedKorean(data []byte) ([]byte, bool) {
	header := []byte("\x1b$)C")
	if !bytes.Contains(data[:min(len(data), 4096)], header) {
		return nil, false
	}
	out := make([]byte, 0, len(data))
	shifted := false
	for _, c := range bytes.ReplaceAll(data, header, nil) {
		switch {
		case c == 0x0E:
			shifted = true
		case c == 0x0F:
			shifted = false
		case shifted && c > ' ' && c < 0x7F:
			out = append(out, c|0x80)
		default:
			out = append(out, c)
		}
	}
	return out, true
}

// binary reports whether the bytes hold control characters as no text does. ESC
// is part of ISO 2022.
func binary(data []byte) bool {
	sample := data[:min(len(data), 1<<16)]
	bad := 0
	for _, c := range sample {
		if c == 0 {
			bad += 4
		} else if c < 0x20 && !strings.ContainsRune("\t\n\v\f\r\x1a\x1b", rune(c)) {
			bad++
		}
	}
	return bad > 8 && bad*50 > len(sample)
}

var (
	metaTag     = regexp.MustCompile(`(?i)<meta\s[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)`)
	xmlEncoding = regexp.MustCompile(`(?i)^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)`)
)

// declarations lists the labels under which the bytes are declared, the most
// trustworthy first.
func declarations(data []byte, o Options) []string {
	var out []string
	if o.Charset != "" {
		out = append(out, o.Charset)
	}
	if _, params, err := mime.ParseMediaType(o.MediaType); err == nil && params["charset"] != "" {
		out = append(out, params["charset"])
	}
	head := data[:min(len(data), 16<<10)]
	if m := xmlEncoding.FindSubmatch(head); m != nil {
		out = append(out, string(m[1]))
	}
	if m := metaTag.FindSubmatch(head); m != nil {
		out = append(out, string(m[1]))
	}
	return out
}

// plainlyUTF8 reports whether the bytes are to be read as UTF-8 without asking
// further: valid, and holding enough longer sequences that chance is ruled out.
// A couple of sequences may be chance in a declared double-byte encoding.
func plainlyUTF8(data []byte, declared []string) bool {
	if !utf8.Valid(data) || bytes.Contains(data, []byte("\x1b$")) || bytes.Contains(data, []byte("\x1b(")) {
		return false
	}
	if len(declared) == 0 {
		return true
	}
	_, name := charset.Lookup(declared[0])
	switch name {
	case "gbk", "gb18030", "big5", "euc-jp", "euc-kr", "shift_jis":
		long := utf8.RuneCount(data)
		return long == len(data) || len(data)-long > 6
	case "iso-2022-jp":
		return !bytes.ContainsRune(data, 0x1b)
	}
	return true
}

func decodeWith(enc encoding.Encoding, data []byte) string {
	// The decoders of x/text replace what they cannot read and return no error
	// but for a failing writer, which there is none of here.
	out, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		out = data
	}
	return strings.ToValidUTF8(string(out), "\uFFFD")
}
