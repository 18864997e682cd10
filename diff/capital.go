package diff

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A word that takes a capital because a sentence begins with it is the same word. Where two texts
// share it so, both spellings are kept as a deletion and an insertion, so that either text can be
// rebuilt, and marked as [Edit.Case]: nobody is to be shown them as an edit.

// sentenceIDs gives the ids by which two texts are compared: their tokens' own, but for words that
// begin a sentence, which have that of the word in lower case. So does only a word that one of the
// texts writes small elsewhere, and neither with a capital: names keep theirs.
func (v *vocabulary) sentenceIDs(olds, news []token) (x, y []int32) {
	x, y = ids(olds), ids(news)
	small, capital := map[int32]bool{}, map[int32]bool{} // by the id of the word in lower case
	for _, ts := range [][]token{olds, news} {
		for i, t := range ts {
			low, ok := v.lowered(t.id)
			switch {
			case !ok:
				small[t.id] = true
			case !v.opens(ts, i):
				capital[low] = true
			}
		}
	}
	for k, ts := range [][]token{olds, news} {
		out := [][]int32{x, y}[k]
		for i, t := range ts {
			if low, ok := v.lowered(t.id); ok && small[low] && !capital[low] && v.opens(ts, i) {
				out[i] = low
			}
		}
	}
	return x, y
}

// lowered returns the id of a capitalized word in lower case; false where it has no capital, or
// more than the first.
func (v *vocabulary) lowered(id int32) (int32, bool) {
	e := v.entries[id]
	if !e.capital {
		return id, false
	}
	first, n := utf8.DecodeRuneInString(e.text)
	if strings.ContainsFunc(e.text[n:], unicode.IsUpper) {
		return id, false
	}
	return v.id(string(unicode.ToLower(first)) + e.text[n:]), true
}

// opens reports whether the token at i begins a sentence or an item.
func (v *vocabulary) opens(ts []token, i int) bool {
	for i--; i >= 0; i-- {
		e := &v.entries[ts[i].id]
		if e.word {
			return false
		}
		if strings.ContainsAny(e.text, ".!?:•") {
			return true
		}
	}
	return true
}

// Legible returns the edits as people are shown them: a word that only takes or loses the
// capital of a sentence's start stays, in the spelling of the new text.
func Legible(edits []Edit) []Edit {
	out := make([]Edit, 0, len(edits))
	for i, e := range edits {
		if e.Case {
			if e.Op == Delete && i+1 < len(edits) && edits[i+1].Case {
				continue // the new spelling follows
			}
			e = Edit{Op: Equal, Text: e.Text}
		}
		if n := len(out); n > 0 && out[n-1].Op == e.Op {
			out[n-1].Text += e.Text
			continue
		}
		out = append(out, e)
	}
	return out
}
