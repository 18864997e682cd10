package document

// Decode turns the bytes of a text into valid UTF-8 and names their encoding, as
// [Parse] does before it reads a format. It reports false for bytes that are no
// text in any encoding.
func Decode(data []byte, o Options) (text, charset string, ok bool) { return decode(data, o) }
