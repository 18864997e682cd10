// Package charset turns the bytes of a text into valid UTF-8, whatever encoding
// they are in and whatever they are declared to be. [Decode] is the way in;
// [Repair] undoes what a program did that took one encoding for another and saved
// the result.
//
// Evidence is graded. A byte order mark and the shape of UTF-16 and ISO 2022 leave
// no doubt. Bytes whose longer sequences are nearly all valid UTF-8 are UTF-8 with
// some bad bytes, each of which becomes U+FFFD: one byte changes the text around it
// and nothing else. Below that, what is declared is weighed against what the text
// would look like, and against the statistics of the bytes.
package charset

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode/utf32"
)

// Hints are what is said of the bytes. The zero Hints work.
type Hints struct {
	Declared []string // labels under which the bytes are declared, the most trustworthy first
	Markup   bool     // the bytes are HTML or XML, whose tags say nothing of the language
	Letters  Letters  // how rare each letter is
}

// Text is what some bytes say.
type Text struct {
	Text string // valid UTF-8
	Name string // of the encoding, by the WHATWG; "johab", "utf-32le" and "utf-32be" are outside that standard
	// Lost is how many places hold bytes that are nothing in that encoding; each is a
	// U+FFFD in Text.
	Lost int
	// Overruled is the first label that was declared and that the bytes contradict, ""
	// for none.
	Overruled string
	// Guessed reports whether only the statistics of the bytes tell the encoding.
	Guessed bool
}

// Decode reads data as a text. It reports false for bytes that are no text in any
// encoding.
func Decode(data []byte, h Hints) (Text, bool) {
	if name, skip := byteOrderMark(data); name != "" {
		return decoded(name, data[skip:]), true
	}
	if name := wide(data); name != "" {
		return decoded(name, data), true
	}
	if unshifted, ok := shiftedKorean(data); ok {
		t := decoded("euc-kr", unshifted)
		t.Name = "iso-2022-kr"
		return t, true
	}
	if binary(data) {
		return Text{}, false
	}
	if escaped(data) {
		if t := decoded("iso-2022-jp", data); t.Lost == 0 {
			return t, true
		}
	}
	t := weigh(data, h)
	if utf8.RuneCountInString(t.Text) != len(t.Text) { // of ASCII, any label is as good
		t.Overruled = overruled(h.Declared, t.Name)
	}
	return t, true
}

// overruled returns the first label if it stands for another encoding than the one
// of that name.
func overruled(declared []string, name string) string {
	if len(declared) == 0 || nameOf(declared[0]) == "" || nameOf(declared[0]) == name {
		return ""
	}
	return strings.ToLower(declared[0])
}

// decoded reads data in the encoding of that name, which is known.
func decoded(name string, data []byte) Text {
	switch name {
	case "utf-8":
		s, lost := fromUTF8(data)
		return Text{Text: s, Name: name, Lost: lost}
	case "johab":
		s := johab(data)
		return Text{Text: s, Name: name, Lost: strings.Count(s, "\uFFFD")}
	}
	// The decoders of x/text replace what they cannot read and return no error
	// but for a failing writer, which there is none of here.
	out, err := lookup(name).NewDecoder().Bytes(data)
	if err != nil {
		out = data
	}
	s := strings.ToValidUTF8(string(out), "\uFFFD")
	return Text{Text: s, Name: name, Lost: strings.Count(s, "\uFFFD")}
}

// nameOf returns the name of the encoding that a label stands for, "" for none
// that is known.
func nameOf(label string) string {
	switch label = strings.ToLower(strings.TrimSpace(label)); label {
	case "johab", "cp1361", "ms1361", "x-johab", "windows-1361", "ks_c_5601-1992", "ksc5601-1992":
		return "johab"
	case "utf-32le", "utf-32be":
		return label
	}
	if _, name := charset.Lookup(label); name != "replacement" && name != "x-user-defined" {
		return name
	}
	return ""
}

// lookup finds an encoding by a WHATWG label, or by one of the few names outside
// that standard.
func lookup(name string) encoding.Encoding {
	switch name {
	case "utf-32le":
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
	case "utf-32be":
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)
	case "ibm855":
		return charmap.CodePage855
	}
	enc, _ := charset.Lookup(name)
	return enc
}

// byteOrderMark returns the encoding that a byte order mark declares and the
// length of the mark.
func byteOrderMark(data []byte) (string, int) {
	for _, m := range []struct{ mark, name string }{
		{"\xef\xbb\xbf", "utf-8"},
		{"\xff\xfe\x00\x00", "utf-32le"}, // before utf-16le, whose mark it begins with
		{"\x00\x00\xfe\xff", "utf-32be"},
		{"\xff\xfe", "utf-16le"},
		{"\xfe\xff", "utf-16be"},
	} {
		if bytes.HasPrefix(data, []byte(m.mark)) {
			return m.name, len(m.mark)
		}
	}
	return "", 0
}

// wide recognises UTF-16 and UTF-32 without a mark by where their zero bytes
// stand: every text holds some spaces, line ends or tags. One zero in fifty may
// stand elsewhere.
func wide(data []byte) string {
	sample := data[:min(len(data), 8192)&^3]
	var zero [4]int
	for i, c := range sample {
		if c == 0 {
			zero[i&3]++
		}
	}
	quarter := len(sample) / 4
	if quarter == 0 {
		return ""
	}
	nearly := func(n int) bool { return n*50 >= quarter*49 }
	few := func(n, of int) bool { return n*50 <= of }
	switch even, odd := zero[0]+zero[2], zero[1]+zero[3]; {
	case nearly(zero[3]) && zero[2] >= quarter*9/10 && few(zero[0], quarter):
		return "utf-32le"
	case nearly(zero[0]) && zero[1] >= quarter*9/10 && few(zero[3], quarter):
		return "utf-32be"
	case few(even, odd) && odd > quarter/16:
		return "utf-16le"
	case few(odd, even) && even > quarter/16:
		return "utf-16be"
	}
	return ""
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

// escaped reports whether the bytes are ISO-2022-JP: seven bits, and an escape to
// Japanese that another leads back from.
func escaped(data []byte) bool {
	at := -1
	for _, to := range []string{"\x1b$@", "\x1b$B"} {
		if i := bytes.Index(data, []byte(to)); i >= 0 && (at < 0 || i < at) {
			at = i
		}
	}
	if at < 0 || slices.ContainsFunc(data, func(c byte) bool { return c >= 0x80 }) {
		return false
	}
	return bytes.Contains(data[at:], []byte("\x1b(B")) || bytes.Contains(data[at:], []byte("\x1b(J"))
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
