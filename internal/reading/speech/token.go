package speech

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"readout/internal/letters"
	"readout/internal/reading/speech/en"
)

// token is a word or a punctuation mark of a statement. The tokens of a whole release
// are held at once, so that they are kept small; [reader.word] gives their text.
type token struct {
	low        string // lower case, straight apostrophes
	start, end int32  // byte offsets into the statement
	id         int32  // of its entry in the lexicon
	word       bool
	upper      bool // begins with a capital letter
}

// newToken returns the token at [start, end) of a statement.
func newToken(low string, start, end int) token {
	return token{low: low, start: int32(start), end: int32(end)}
}

// tokenize splits text into words and punctuation. A possessive "'s" is a token
// of its own; abbreviations ("U.S.", "Mr.", "H.E.") keep their dots; what stands
// between angle brackets is markup and left out.
func tokenize(text string, lex *Lexicon) []token {
	out := make([]token, 0, len(text)/5+1) // about as many as a sentence has
	for i := 0; i < len(text); {
		if t, ok := plainWord(text, i); ok {
			out = append(out, t)
			i = int(t.end)
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case strings.HasPrefix(text[i:], "**"):
			// Bold type sets a heading apart from the sentence it stands before.
			out = append(out, newToken("|", i, i+2))
			i += 2
		case unicode.IsSpace(r) || r == '*' || r == '_':
			i += size
		case r == '<':
			if end := markupEnd(text[i:]); end > 0 {
				// What stands before the end of a heading is apart from what follows.
				if tag := text[i+1 : i+end-1]; tag[0] == '/' && tag != "/sup" && tag != "/sub" && tag != "/i" && tag != "/em" {
					out = append(out, newToken("|", i, i+end))
				}
				i += end
				break
			}
			i += size
		case letters.Word(r):
			end := lex.wordEnd(text, i)
			out = appendWord(out, text, i, end)
			i = end
		case isApostrophe(r) && len(out) > 0 && int(out[len(out)-1].end) == i && strings.HasSuffix(out[len(out)-1].low, "s"):
			out = append(out, possessive(i, i+size))
			i += size
		default:
			low := text[i : i+size]
			if r == utf8.RuneError {
				low = string(r)
			}
			out = append(out, newToken(low, i, i+size))
			i += size
		}
	}
	return out
}

// plainWord returns the word at text[i:] where it is of letters and digits of ASCII
// alone and nothing stands behind it that may be part of it. Nearly all words are so.
func plainWord(text string, i int) (token, bool) {
	end, capitals := i, false
	for ; end < len(text) && isWordByte(text[end]); end++ {
		capitals = capitals || text[end] <= 'Z' && 'A' <= text[end]
	}
	if end == i || end < len(text) && (text[end] >= utf8.RuneSelf || strings.IndexByte("-'.", text[end]) >= 0) {
		return token{}, false
	}
	t := newToken(text[i:end], i, end)
	t.word = true
	if capitals {
		t.low, t.upper = strings.ToLower(t.low), 'A' <= text[i] && text[i] <= 'Z'
	}
	return t, true
}

func isWordByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// markupEnd returns the length of the tag that s begins with, 0 if there is none.
func markupEnd(s string) int {
	if len(s) < 3 || s[1] != '/' && !('a' <= s[1] && s[1] <= 'z') {
		return 0
	}
	if end := strings.IndexByte(s, '>'); end > 0 {
		return end + 1
	}
	return 0
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' }

// wordEnd returns the end of the word that starts at i. Hyphens and apostrophes
// inside a word belong to it, and so do the dots of an abbreviation.
func (lex *Lexicon) wordEnd(text string, i int) int {
	start := i
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if letters.Word(r) {
			i += size
			continue
		}
		next, _ := utf8.DecodeRuneInString(text[i+size:])
		switch {
		case (r == '-' || r == '‑' || isApostrophe(r)) && letters.Word(next):
		case r == '.' && lex.abbreviates(text[start:i], next):
		default:
			return i
		}
		i += size
	}
	return i
}

// abbreviates reports whether a dot after word belongs to it; next is the
// letter after the dot.
func (lex *Lexicon) abbreviates(word string, next rune) bool {
	if last := strings.LastIndexAny(word, ".-"); last >= 0 {
		word = word[last+1:]
	}
	if utf8.RuneCountInString(word) == 1 {
		r, _ := utf8.DecodeRuneInString(word)
		return unicode.IsUpper(r) || letters.Word(next)
	}
	return word != "" && 'A' <= word[0] && word[0] <= 'Z' && lex.Has(en.Dotted, strings.ToLower(word))
}

// appendWord appends text[start:end], its possessive ending apart.
func appendWord(out []token, text string, start, end int) []token {
	word := text[start:end]
	tail := ""
	if last := word[len(word)-1]; last == 's' || last == 'S' {
		mark, size := utf8.DecodeLastRuneInString(word[:len(word)-1])
		if head := len(word) - 1 - size; isApostrophe(mark) && head > 0 {
			word, tail = word[:head], word[head:]
		}
	}
	first, _ := utf8.DecodeRuneInString(word)
	t := newToken(straighten(strings.ToLower(word)), start, start+len(word))
	t.word, t.upper = true, unicode.IsUpper(first)
	out = append(out, t)
	if tail != "" {
		out = append(out, possessive(end-len(tail), end))
	}
	return out
}

// genitive is how a possessive ending is written among the tokens.
const genitive = "'s"

// possessive returns the token of a possessive ending at [start, end).
func possessive(start, end int) token {
	t := newToken(genitive, start, end)
	t.word = true
	return t
}

// straighten writes apostrophes and hyphens in their ASCII forms.
func straighten(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r == '’' || r == 'ʼ' || r == '‑' }) {
		return s
	}
	return plainMarks.Replace(s)
}

var plainMarks = strings.NewReplacer("’", "'", "ʼ", "'", "‑", "-")
