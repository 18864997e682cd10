package show_test

import (
	"strings"
	"testing"

	"readout/internal/ask"
	"readout/internal/show"
)

// FuzzSavedBrief: whatever is taken for a saved brief can be checked, and holds nothing of an
// empty one unless it claims nothing.
func FuzzSavedBrief(f *testing.F) {
	for _, s := range []string{
		"NO-UY: brief\n\nKrill quota\n", "# NO-UY · brief before 2034-06-01\n\n- Krill\n", `{"schema":"readout.brief/1","series":"NO-UY"}`,
		`{"schema":"readout.brief/1","series":"NO-UY","positions":[{"topic":{"id":"krill"}}]}`, "NO-UY: brief before 2034-99-99", "{", "", "text",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := show.ReadBrief(data)
		if err != nil {
			if b != nil {
				t.Error("a brief and an error")
			}
			return
		}
		if strings.ContainsAny(string(b.Series), " \n") && data[0] != '{' {
			t.Errorf("series %q", b.Series)
		}
		b.Check(&ask.Brief{Schema: "readout.brief/1", Series: b.Series})
	})
}
