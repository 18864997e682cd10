package proof_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"readout/internal/archive/proof"
	"readout/storage"
)

// manyRuns runs a script on one file after another in one process, and says how each ended.
const manyRuns = `
import contextlib, io, runpy, sys
script, files = sys.argv[1], sys.argv[2:]
for file in files:
    sys.argv, end = [script, file], "taken"
    try:
        with contextlib.redirect_stdout(io.StringIO()): runpy.run_path(script, run_name="__main__")
    except SystemExit as e: end = e.code
    except BaseException as e: end = "trace of " + type(e).__name__
    print(str(end).replace("\n", " "))
`

// scripted is what the script of the documents says of each bundle.
func scripted(t *testing.T, bundles [][]byte) []string {
	t.Helper()
	args := []string{"-c", manyRuns, scriptPath}
	dir := t.TempDir()
	for i, b := range bundles {
		file := filepath.Join(dir, fmt.Sprint(i, ".json"))
		if err := os.WriteFile(file, b, 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, file)
	}
	out, err := exec.Command(python(t), args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	ends := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
	if len(ends) != len(bundles) {
		t.Fatalf("%d bundles, %d answers: %s", len(bundles), len(ends), out)
	}
	return ends
}

// TestScriptRefuses: the script refuses each of these bundles for the reason that is named, so that none of its
// conditions can go unnoticed, and each reason that it has is asked for. The seal of each is right, but for the first.
func TestScriptRefuses(t *testing.T) {
	cs, data := captures(7)
	key := newKey(t)
	made := func(t *testing.T) *proof.Bundle {
		b, err := logOf(t, cs).Prove(cs[4], 4, data[4], key)
		if err != nil {
			t.Fatal(err)
		}
		b.Statement = &proof.Quote{ID: "r#1", Text: "text 4", End: 6}
		return b
	}
	encoded := func(b *proof.Bundle) []byte {
		whole, err := b.Encode()
		if err != nil {
			t.Fatal(err)
		}
		return whole
	}
	whole := encoded(made(t))
	fields := string(whole[:bytes.LastIndex(whole, []byte(`,"sha256":`))]) + "}"
	added := func(field string) []byte { return sealed(strings.TrimSuffix(fields, "}") + "," + field + "}") }
	replaced := func(old, by string) []byte {
		if !strings.Contains(fields, old) {
			t.Fatalf("no %s in %s", old, fields)
		}
		return sealed(strings.Replace(fields, old, by, 1))
	}
	altered := func(alter func(b *proof.Bundle)) []byte {
		b := made(t)
		alter(b)
		return encoded(b)
	}
	cut := bytes.Replace(whole, []byte(`"index":4`), []byte(`"index":5`), 1)
	if bytes.Equal(cut, whole) {
		t.Fatal("nothing was changed")
	}
	cases := []struct {
		what   string
		bundle []byte
		want   string
	}{
		{"nothing", whole, "taken"},
		{"no line end", bytes.TrimSuffix(whole, []byte("\n")), "taken"},
		{"withdrawn bytes", altered(func(b *proof.Bundle) {
			b.Raw, b.Statement, b.Withdrawn = nil, nil, &storage.Withdrawal{Reason: "asked"}
		}), "taken"},
		{"no key", altered(func(b *proof.Bundle) { b.Key, b.Head = "", strings.Split(b.Head, "\n\n")[0]+"\n" }), "taken"},

		{"a changed byte", cut, "a byte was changed"},
		{"no seal", []byte(fields), "a byte was changed"},
		{"no bundle", nil, "a byte was changed"},
		{"a second seal", slices.Concat(bytes.TrimSuffix(whole, []byte("}\n")), []byte(`,"sha256":"00"}`)), "a byte was changed"},
		{"the bytes twice", sealed(`{"raw":"Zm9yZ2Vk",` + fields[1:]), "a field stands twice"},
		{"a field of the quotation twice", replaced(`"start":0`, `"start":9,"start":0`), "a field stands twice"},
		{"a field of the record twice", replaced(`\"name\":`, `\"name\":\"a\",\"name\":`), "a field stands twice"},
		{"a further field", added(`"published_by":"a ministry"`), "it has further fields, or another order of them"},
		{"capitals", replaced(`"release"`, `"Release"`), "it has further fields, or another order of them"},
		{"another order", replaced(`"raw":`, `"key":"","raw":`), "a field stands twice"},
		{"a field at the end", sealed(strings.Replace(strings.TrimSuffix(fields, "}"), `"release":"",`, "", 1) + `,"release":""}`),
			"it has further fields, or another order of them"},
		{"another schema", altered(func(b *proof.Bundle) { b.Schema = "readout.proof/2" }), "unknown form"},
		{"another log", altered(func(b *proof.Bundle) { b.Head = "another\n" + b.Head }), "unknown form"},
		{"a withdrawal for a capture", altered(func(b *proof.Bundle) {
			b.Record = strings.Replace(b.Record, "capture 1", "withdrawal 1", 1)
		}), "unknown form"},
		{"bytes that were withdrawn", altered(func(b *proof.Bundle) {
			b.Statement, b.Withdrawn = nil, &storage.Withdrawal{Reason: "asked"}
		}), "it says that the bytes were withdrawn, and what they are"},
		{"words that were withdrawn", altered(func(b *proof.Bundle) { b.Raw, b.Withdrawn = nil, &storage.Withdrawal{Reason: "asked"} }),
			"it says that the bytes were withdrawn, and what they are"},
		{"other bytes", altered(func(b *proof.Bundle) { b.Raw = []byte("text 5") }), "the bytes have another hash"},
		{"no bytes", altered(func(b *proof.Bundle) { b.Raw = nil }), "the bytes have another hash"},
		{"half a statement", altered(func(b *proof.Bundle) { b.Statement.Text = "text" }), "the quotation is not as long as its place"},
		{"a speaker added", replaced(`"end":6`, `"end":6,"by":"a ministry"`), "the quotation has further fields"},
		{"a place behind the log", altered(func(b *proof.Bundle) { b.Index = 9 }), "the record stands outside the log"},
		{"a place before the log", altered(func(b *proof.Bundle) { b.Index = -1 }), "the record stands outside the log"},
		{"another place", altered(func(b *proof.Bundle) { b.Index = 5 }), "the head does not commit to the record"},
		{"another record", altered(func(b *proof.Bundle) { b.Record = strings.Replace(b.Record, "2031", "2030", 1) }),
			"the head does not commit to the record"},
		{"more in the record", altered(func(b *proof.Bundle) { b.Record += "\n" }), "the head does not commit to the record"},
		{"another proof", altered(func(b *proof.Bundle) { b.Proof[1][3] ^= 1 }), "the head does not commit to the record"},
		{"half a hash", altered(func(b *proof.Bundle) { b.Proof[0] = b.Proof[0][:16] }), "the head does not commit to the record"},
		{"another size", altered(func(b *proof.Bundle) { b.Head = strings.Replace(b.Head, "\n7\n", "\n8\n", 1) }),
			"the head is not signed by the key"}, // the way from this record is the same in both trees
		{"a proof too long", altered(func(b *proof.Bundle) { b.Proof = append(b.Proof, b.Proof[0]) }), "the proof is too long"},
		{"a proof too short", altered(func(b *proof.Bundle) { b.Proof = b.Proof[:2] }), "the proof is too short"},
		{"nobody's signature", altered(func(b *proof.Bundle) { b.Key = "another" + strings.TrimPrefix(b.Key, "readout-captures") }),
			"nobody of that name signed the head"},
		{"another's key", altered(func(b *proof.Bundle) { b.Key = newKey(t).Public() }), "the key has another hash"},
		{"another hash of the key", altered(func(b *proof.Bundle) { b.Key = "readout-captures+00000000+" + b.Key[len(b.Key)-44:] }),
			"the key has another hash"},
		{"another signature", altered(func(b *proof.Bundle) {
			signature(t, b, func(s []byte) { s[10] ^= 1 })
		}), ""}, // another point, or none
		{"another answer", altered(func(b *proof.Bundle) {
			signature(t, b, func(s []byte) { s[36] ^= 1 })
		}), "the head is not signed by the key"},
		{"an answer one round further", altered(func(b *proof.Bundle) {
			signature(t, b, oneRound)
		}), "the head is not signed by the key"},
		{"a key that is no point", altered(noPoint(t)), "no point of the curve"},
		{"letters that are no base64", replaced(`"raw":"`, `"raw":"!!!!`), ""},
		{"no head", altered(func(b *proof.Bundle) { b.Head = "" }), ""},
		{"no signature", altered(func(b *proof.Bundle) { b.Head = strings.Split(b.Head, "\n\n")[0] + "\n" }), ""},
		{"a number for the head", sealed(regexp.MustCompile(`"head":"[^"]*"`).ReplaceAllString(fields, `"head":1`)), ""},
		{"a list", sealed(`[1}`), ""},
		{"no fields", sealed(`{"schema":"readout.proof/1"}`), ""},
		{"a tower of lists", sealed(`{"schema":` + strings.Repeat("[", 200_000) + strings.Repeat("]", 200_000) + `}`), ""},
	}
	var bundles [][]byte
	for _, c := range cases {
		bundles = append(bundles, c.bundle)
	}
	provoked := map[string]bool{}
	for i, end := range scripted(t, bundles) {
		c := cases[i]
		reason, refused := strings.CutPrefix(end, "proves nothing: ")
		provoked[reason] = true
		switch {
		case c.want == "taken" && end == "taken":
		case c.want == "taken" || !refused || c.want != "" && c.want != reason:
			t.Errorf("%s: %q, want %q", c.what, end, c.want)
		}
		b, err := proof.Decode(c.bundle)
		if err == nil {
			_, err = b.Verify()
		}
		quotation := strings.HasPrefix(c.want, "the quotation is not") || c.what == "no bytes" // what the program sees by reading them again
		if taken := err == nil; taken != (c.want == "taken") && !quotation {
			t.Errorf("%s: the program says %v, the script %q", c.what, err, end)
		}
	}
	text, err := os.ReadFile(scriptPath)
	if err != nil {
		t.Fatal(err)
	}
	reasons := regexp.MustCompile(`need\(.*, "([^"]*)"\)`).FindAllSubmatch(text, -1)
	for _, r := range reasons {
		if !provoked[string(r[1])] {
			t.Errorf("nothing is refused for %q", r[1])
		}
	}
	if want := strings.Count(string(text), "need(") - 1; len(reasons) != want {
		t.Errorf("the script names %d reasons in %d conditions", len(reasons), want)
	}
}

// signature lets alter change the signature of a bundle: four bytes of the hash of the key, a point, a number.
func signature(t *testing.T, b *proof.Bundle, alter func([]byte)) {
	t.Helper()
	body, last, _ := strings.Cut(b.Head, "\n\n— readout-captures ")
	data, err := base64.StdEncoding.DecodeString(strings.TrimSpace(last))
	if err != nil || len(data) != 4+64 {
		t.Fatalf("signature %q: %v", last, err)
	}
	alter(data)
	b.Head = body + "\n\n— readout-captures " + base64.StdEncoding.EncodeToString(data) + "\n"
}

// oneRound adds the order of the base point to the number of a signature, which leads to the same point.
func oneRound(s []byte) {
	order, _ := new(big.Int).SetString("27742317777372353535851937790883648493", 10)
	order.Add(order, new(big.Int).Lsh(big.NewInt(1), 252))
	number := slices.Clone(s[36:])
	slices.Reverse(number)
	order.Add(order, new(big.Int).SetBytes(number))
	order.FillBytes(number)
	slices.Reverse(number)
	copy(s[36:], number)
}

// noPoint gives a bundle a key that is no point of the curve, under the hash that it has.
func noPoint(t *testing.T) func(*proof.Bundle) {
	return func(b *proof.Bundle) {
		public := append([]byte{1, 2}, make([]byte, 31)...) // no x goes with y = 2
		sum := sha256.Sum256(append([]byte("readout-captures\n"), public...))
		b.Key = "readout-captures+" + hex.EncodeToString(sum[:4]) + "+" + base64.StdEncoding.EncodeToString(public)
		signature(t, b, func(s []byte) { copy(s, sum[:4]) })
	}
}
