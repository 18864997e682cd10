package proof_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"readout/internal/archive/proof"
	"readout/storage"
)

// sealed is a bundle of these fields, with the hash of itself that anybody can make.
func sealed(fields string) []byte {
	body := strings.TrimSuffix(fields, "}")
	sum := sha256.Sum256([]byte(body))
	return []byte(body + `,"sha256":"` + hex.EncodeToString(sum[:]) + "\"}\n")
}

// TestForged: who changes a bundle can make its hash anew. A field that is added, stands twice or is called
// otherwise is refused, as readers might think differently of it; bytes do not stand beside words that they
// were withdrawn.
func TestForged(t *testing.T) {
	cs, data := captures(5)
	b, err := logOf(t, cs).Prove(cs[2], 2, data[2], newKey(t))
	if err != nil {
		t.Fatal(err)
	}
	whole, err := b.Encode()
	if err != nil {
		t.Fatal(err)
	}
	fields := string(whole[:bytes.LastIndex(whole, []byte(`,"sha256":`))]) + "}"
	proved := func(fields string) bool {
		b, err := proof.Decode(sealed(fields))
		if err == nil {
			_, err = b.Verify()
		}
		return err == nil
	}
	if !proved(fields) {
		t.Fatal("the bundle itself does not verify")
	}
	added := func(field string) string { return strings.TrimSuffix(fields, "}") + "," + field + "}" }
	for what, forged := range map[string]string{
		"a further field":       added(`"published_by":"a ministry"`),
		"the bytes twice":       `{"raw":"Zm9yZ2Vk",` + fields[1:],
		"the release once more": added(`"release":"another"`),
		"in capitals":           strings.Replace(fields, `"release"`, `"Release"`, 1),
		"spaces":                strings.Replace(fields, `{"schema"`, `{ "schema"`, 1),
		"another order":         strings.Replace(fields, `"schema":"readout.proof/1",`, "", 1)[:len(fields)-len(`"schema":"readout.proof/1",`)-1] + `,"schema":"readout.proof/1"}`,
	} {
		if proved(forged) {
			t.Errorf("%s: proved", what)
		}
	}
	b.Withdrawn = &storage.Withdrawal{Reason: "asked"}
	if _, err := b.Verify(); err == nil {
		t.Error("bytes beside words that they were withdrawn: proved")
	}
	b.Raw = nil
	if _, err := b.Verify(); err != nil {
		t.Errorf("withdrawn bytes: %v", err)
	}
}
