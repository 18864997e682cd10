package storage

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

// FuzzDelta: a text comes back from its bytes and its delta, whatever both are; any
// delta gives an error or a text.
func FuzzDelta(f *testing.F) {
	f.Add([]byte("<p>The two ministers discussed the quota.</p><p>They agreed on the plan of the fleets.</p>"), []byte("The two ministers discussed the quota.\n\nThey agreed on the plan of the fleets."))
	f.Add([]byte(""), []byte("spelled out"))
	f.Add([]byte("aaaaaaaaaaaaaaaaaaaaaaaa"), []byte("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"))
	f.Fuzz(func(t *testing.T, base, text []byte) {
		got, err := applyDelta(base, appendDelta(nil, base, text))
		if err != nil || !bytes.Equal(got, text) {
			t.Errorf("%q came back from %q as %q, %v", text, base, got, err)
		}
		if _, err := applyDelta(base, text); err != nil && !errors.Is(err, ErrDamaged) {
			t.Errorf("delta %q: %v", text, err)
		}
	})
}

// The text of a page takes next to nothing beside the page.
func TestDeltaIsShort(t *testing.T) {
	var page, text strings.Builder
	for _, s := range strings.Split(strings.Repeat("krill quota, ferry, narwhal and observers; ", 3)+"plan of the fleets", " ") {
		line := "The two ministers discussed " + s + " of the northern fleets at some length. "
		page.WriteString("<p class=x>" + line + "</p>\r\n")
		text.WriteString(line + "\n\n")
	}
	delta := appendDelta(nil, []byte(page.String()), []byte(text.String()))
	if 6*len(delta) > text.Len() {
		t.Errorf("a text of %d bytes has a delta of %d", text.Len(), len(delta))
	}
}
