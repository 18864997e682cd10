package show

import (
	"bytes"
	"encoding/json"
	"testing"
)

// FuzzIndent states the law of indent: of what the encoder wrote it makes what
// json.Indent makes.
func FuzzIndent(f *testing.F) {
	for _, s := range []string{`{}`, `[]`, `{"a":[],"b":{},"c":[1,{"d":"x, y: [z]"}]}`, `"a\\\"b"`, `["\\\\","\\\\\""]`, `[-1.5e3,true,null,"<é\u2028>"]`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var v any
		if json.Unmarshal([]byte(s), &v) != nil {
			return
		}
		compact, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		var want bytes.Buffer
		if err := json.Indent(&want, compact, "", "  "); err != nil {
			t.Fatal(err)
		}
		if got := indent(nil, compact); !bytes.Equal(got, want.Bytes()) {
			t.Errorf("indent(%s) = %s, want %s", compact, got, want.Bytes())
		}
	})
}
