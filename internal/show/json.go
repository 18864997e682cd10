package show

import (
	"bytes"
	"encoding/json"
	"io"
)

// JSON writes v as one indented document. Characters of HTML are not escaped.
func JSON(w io.Writer, v any) error {
	var compact bytes.Buffer
	e := json.NewEncoder(&compact)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	out := make([]byte, 0, compact.Len()*3/2)
	_, err := w.Write(append(indent(out, bytes.TrimSuffix(compact.Bytes(), []byte("\n"))), '\n'))
	return err
}

// indent appends src to dst as [json.Indent] does with two spaces. It takes src for
// what the encoder wrote: valid, and without white space but in strings. Knowing
// that it can pass over strings, which are nearly all there is.
func indent(dst, src []byte) []byte {
	depth := 0
	newline := func() {
		dst = append(dst, '\n')
		for range depth {
			dst = append(dst, "  "...)
		}
	}
	for i := 0; i < len(src); {
		switch c := src[i]; c {
		case '"':
			end := stringEnd(src, i)
			dst = append(dst, src[i:end]...)
			i = end
			continue
		case '{', '[':
			dst = append(dst, c)
			if next := src[i+1]; next == '}' || next == ']' {
				dst = append(dst, next)
				i++
				break
			}
			depth++
			newline()
		case '}', ']':
			depth--
			newline()
			dst = append(dst, c)
		case ',':
			dst = append(dst, c)
			newline()
		case ':':
			dst = append(dst, ": "...)
		default:
			dst = append(dst, c)
		}
		i++
	}
	return dst
}

// stringEnd returns the end of the string that begins with the quote at src[i].
func stringEnd(src []byte, i int) int {
	for i++; ; i++ {
		i += bytes.IndexByte(src[i:], '"')
		escapes := 0
		for src[i-1-escapes] == '\\' {
			escapes++
		}
		if escapes%2 == 0 {
			return i + 1
		}
	}
}

// JSONLines writes one object per line.
func JSONLines(w io.Writer, lines []any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for _, v := range lines {
		if err := e.Encode(v); err != nil {
			return err
		}
	}
	return nil
}
