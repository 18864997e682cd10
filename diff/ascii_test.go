package diff

import (
	"testing"

	"github.com/clipperhouse/uax29/v2/words"
	"github.com/google/go-cmp/cmp"

	"readout/internal/letters"
)

// FuzzSplitASCII states that plain text is split as by the general rules.
func FuzzSplitASCII(f *testing.F) {
	for _, s := range []string{
		"The U.S.'s $1.08 billion, isn't it?", "a:b 1,000;5 3:4 x_1'y 1.a a.1 a..b", "\r\n\t \v\f\x00\x1c\"q\"", "_._ a'", "e-mail 12% (ok)...",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !letters.ASCII(text) {
			t.Skip("not ASCII")
		}
		want := []token{}
		for segments := words.FromString(text); segments.Next(); {
			if !blank(segments.Value()) {
				want = append(want, token{start: int32(segments.Start()), end: int32(segments.End())})
			}
		}
		got := splitASCII([]token{}, text)
		if d := cmp.Diff(want, got, cmp.AllowUnexported(token{})); d != "" {
			t.Errorf("tokens of %q (-want +got):\n%s", text, d)
		}
	})
}
