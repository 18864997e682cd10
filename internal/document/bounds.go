package document

import (
	"fmt"
	"iter"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Bounds on the work that one document makes. They are far beyond any release, and keep
// what costs more than its length in check for the stages that come after.
const (
	// MaxText is how many bytes of text a document may have.
	MaxText = 4 << 20
	// MaxBlocks is how many paragraphs, headings and items.
	MaxBlocks = 50_000
	// maxLines is how many lines a text has at most, before it is taken apart.
	maxLines = 200_000
	// maxTags is how many tags a page has at most, before it is taken apart: each of them
	// takes half a kilobyte of memory.
	maxTags = 200_000
	// longestBlock is how many bytes one of them has at most; a longer one is cut, where
	// a sentence or word ends.
	longestBlock = 16 << 10
)

// bounded returns an error for more text than any release has.
func (b *builder) bounded() error {
	size := 0
	for _, p := range b.pieces {
		size += len(p.text)
	}
	switch {
	case len(b.pieces) > MaxBlocks:
		return fmt.Errorf("%d paragraphs are more than any release has; the limit is %d", len(b.pieces), MaxBlocks)
	case size > MaxText:
		return fmt.Errorf("%d MiB of text are more than any release has; the limit is %d MiB", size>>20, MaxText>>20)
	}
	return nil
}

// parts yields a block whole, or where it is too long in parts.
func parts(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for len(text) > longestBlock {
			cut := cutAt(text[:longestBlock])
			if part := strings.TrimSpace(text[:cut]); part != "" && !yield(part) {
				return
			}
			text = strings.TrimSpace(text[cut:])
		}
		if text != "" {
			yield(text)
		}
	}
}

// cutAt returns where to cut the head of a block: behind a sentence or a word of its
// last quarter, or between two characters.
func cutAt(head string) int {
	for _, end := range []string{". ", "。", "\n", " "} {
		if i := strings.LastIndex(head, end); i > len(head)*3/4 {
			return i + len(end)
		}
	}
	if i := norm.NFC.LastBoundary([]byte(head)); i > 0 {
		return i
	}
	return len(strings.ToValidUTF8(head, ""))
}
